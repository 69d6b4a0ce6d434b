"""What the verifier learns from: statements, each with evidence and what the evidence makes of it.

A statement is a claim, or a question with an answer behind it. What is kept for choosing ("dev")
and for reporting ("test") is split off by page, article or sentence, never by statement."""

import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.index.text.terms import cognates, terms
from training.data import Paragraph, Question, load_squad, load_xquad, squad_es, swapped
from training.verifier.edits import (
    DENYING_HEADLINES,
    NAME,
    Language,
    Verdict,
    edits,
    framed,
    other_number,
)  # fmt: skip

VERDICTS: tuple[Verdict, ...] = ("stated", "contradicted", "not said")
_DEV, _TEST = 6, 20  # of a hundred groups: below the first "dev", below the second "test"
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}
_PAPERS = "El Diario|La Gaceta|El Heraldo|La Voz|Daily Post|The Courier|El Correo|Le Journal|News"
_NUMBER = re.compile(r"\d[\d.,]*")
_TRANSLATED = ("fever", "fm2", "boolq", "qed", "snli")  # English sets
# NTREX's other languages, by the names of its files.
_NTREX = {
    "deu": "de", "fra": "fr", "ita": "it", "por": "pt", "por-BR": "pt", "cat": "ca", "glg": "gl",
    "nld": "nl", "rus": "ru",
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """A statement, its evidence, and what that makes of it. `source` is the data set, `group` the
    page, article or sentence that the split goes by."""

    statement: str
    evidence: str
    verdict: Verdict
    source: str
    group: str


def split_of(group: str) -> str:
    """The split "train", "dev" or "test", by the hash of a page's, article's or sentence's name."""
    number = int(sha256(group.replace("_", " ").encode()).hexdigest(), 16) % 100
    return "dev" if number < _DEV else "test" if number < _TEST else "train"


def tidy(text: str) -> str:
    """Tokens of a treebank as they were written."""
    for token, written in _BRACKETS.items():
        text = text.replace(token, written)
    text = re.sub(r" (n't|'s|'re|'ve|'ll|'d|'m)\b", r"\1", text)
    text = re.sub(r" ([,.;:!?)\]%])", r"\1", text)
    text = re.sub(r"([(\[$]) ", r"\1", text)
    text = re.sub(r"(\w) - (\w)", r"\1-\2", text)
    text = re.sub(r'(^|\s)" ([^"]+?) "', r'\1"\2"', text)
    return " ".join(re.sub(r"\[[^\]]*\]|\([^\w)]*\)", "", text).split())


def in_context(
    evidence: str, rng: random.Random, headline: str = "", before: str = "", share: float = 0.35
) -> str:
    """`evidence` as the program gives it: sometimes behind the headline, paper and day, and behind
    the sentence `before`."""
    if before and rng.random() < share:
        evidence = f"{before} {evidence}"
    if headline and rng.random() < share:
        day = f"{rng.randint(2005, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        parts = [headline, rng.choice(_PAPERS.split("|")), day]
        evidence = " · ".join(parts[: rng.choice((1, 3))]) + "\n" + evidence
    return evidence


def fever(folder: Path, rng: random.Random) -> list[Judged]:
    """FEVER's claims; for every second one also a sentence of its page, or of another with the
    same words, that says nothing of it."""
    pages = {}
    with (folder / "fever_pages.jsonl").open(encoding="utf-8") as file:
        for line in file:
            page = json.loads(line)
            sentences = [tidy(s) for s in page["text"].split("\n")]
            pages[page["page"]] = [s for s in sentences if len(s) > 30]
    near = _Near([(name, s) for name, sentences in pages.items() for s in sentences])
    judged = []
    for row in _rows(folder / "fever.jsonl"):
        page = row["pages"][0]
        evidence = [tidy(sentence) for sentence in row["evidence"]]
        headline = tidy(page.replace("_", " "))
        verdict: Verdict = "stated" if row["label"] == "SUPPORTS" else "contradicted"
        shown = in_context(" ".join(evidence[:3]), rng, headline)
        judged.append(Judged(row["claim"], shown, verdict, "fever", page))
        if rng.random() < 0.5:
            same = [s for s in pages.get(page, ()) if s not in evidence]
            if rng.random() < 0.5 and same:
                words = set(terms(row["claim"], "en"))
                other = max(same, key=lambda s: len(words & set(terms(s, "en"))))
            else:
                other = near.other(row["claim"], page, split_of(page)) or ""
            if other:
                shown = in_context(other, rng, headline if other in same else "")
                judged.append(Judged(row["claim"], shown, "not said", "fever", page))
    return judged


class _Near:
    """Sentences of pages by the rare words that they share with a claim."""

    def __init__(self, sentences: Sequence[tuple[str, str]]) -> None:
        self._sentences = sentences
        self._holding: dict[str, list[int]] = defaultdict(list)
        for n, (_, sentence) in enumerate(sentences):
            for word in set(terms(sentence, "en")):
                self._holding[word].append(n)

    def other(self, claim: str, page: str, split: str) -> str | None:
        """The sentence nearest to `claim` on another page of the same split."""
        scores: dict[int, float] = defaultdict(float)
        for word in set(terms(claim, "en")):
            holding = self._holding.get(word, [])
            if 0 < len(holding) < 1500:
                for n in holding:
                    scores[n] += 1 / len(holding) ** 0.5
        for n in sorted(scores, key=lambda n: -scores[n])[:20]:
            owner, sentence = self._sentences[n]
            if owner != page and split_of(owner) == split:
                return sentence
        return None


def fool_me_twice(extra: Path, rng: random.Random) -> list[Judged]:
    """Fool Me Twice's claims, and some of its retrieved sentences that prove nothing of them."""
    judged = []
    for name in ("fm2_dev", "fm2_test"):
        for row in _rows(extra / f"{name}.jsonl"):
            page = row["wikipedia_page"]
            proof = [e["text"] for e in row["gold_evidence"]]
            verdict: Verdict = "stated" if row["label"] == "SUPPORTS" else "contradicted"
            shown = in_context(" ".join(proof), rng, page)
            judged.append(Judged(row["text"], shown, verdict, "fm2", page))
            others = [e["text"] for e in row["retrieved_evidence"] if e["text"] not in proof]
            if others and rng.random() < 0.5:
                shown = in_context(others[-1], rng, page)
                judged.append(Judged(row["text"], shown, "not said", "fm2", page))
    return judged


def boolq(folder: Path, rng: random.Random) -> list[Judged]:
    """BoolQ's questions with "yes" or "no" behind them, over the sentences that answer."""
    judged = []
    for name in ("eraser_test", "eraser_val"):
        for row in _rows(folder / "boolq" / f"{name}.jsonl"):
            text = " ".join(e["text"] for group in row["evidences"] for e in group)
            if len(text.split()) > 110:
                continue
            true, said = row["classification"] == "True", rng.random() < 0.6
            verdict: Verdict = "stated" if true == said else "contradicted"
            asked = row["query"].capitalize() + ("?" if rng.random() < 0.7 else "")
            statement = f"{asked} {'Yes' if said else 'No'}"
            group = row["evidences"][0][0]["docid"]
            judged.append(Judged(statement, tidy(text), verdict, "boolq", group))
    return judged


def qed(folder: Path, rng: random.Random) -> list[Judged]:
    """QED's questions with their answers over the sentence that says it, and with another thing of
    that sentence."""
    judged = []
    for row in _rows(folder / "qed" / "qed-dev.jsonlines"):
        note = row["annotation"]
        if note["explanation_type"] != "single_sentence" or not note["answer"]:
            continue
        chosen = note["selected_sentence"]
        sentence = tidy(row["paragraph_text"][chosen["start"] : chosen["end"]])
        answer = tidy(note["answer"][0]["paragraph_reference"]["string"])
        asked = row["question_text"].capitalize() + rng.choice(("", "?"))
        shown = in_context(sentence, rng, row["title_text"])
        group = row["title_text"]
        judged.append(Judged(f"{asked} {answer}", shown, "stated", "qed", group))
        other = _alike(sentence, answer, row["question_text"], rng)
        if other:
            judged.append(Judged(f"{asked} {other}", shown, "not said", "qed", group))
    return judged


def entailment(extra: Path) -> list[Judged]:
    """Pairs of sentences that people wrote and judged: IndoNLI, FarsTail, KLUE's, the development
    and test halves of SNLI, and a sample of MultiNLI in Indonesian."""
    judged = []
    meant: dict[str, Verdict] = {"e": "stated", "c": "contradicted", "n": "not said"}
    for row in _rows(extra / "indonli_train.jsonl"):
        verdict = meant[row["label"]]
        group = f"indonli {row['premise_id']}"
        judged.append(Judged(row["hypothesis"], row["premise"], verdict, "indonli", group))
    with (extra / "farstail_train.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["label"] in meant:
                verdict, group = meant[row["label"]], row["premise"]
                judged.append(Judged(row["hypothesis"], group, verdict, "farstail", group))
    for row in json.loads((extra / "klue_dev.json").read_text(encoding="utf-8")):
        verdict, group = meant[row["gold_label"][0]], row["premise"]
        judged.append(Judged(row["hypothesis"], group, verdict, "klue", group))
    for half in ("dev", "test"):
        parts = [_lines(extra / f"snli.{part}.{half}") for part in ("s1", "s2", "labels")]
        for premise, hypothesis, label in zip(*parts, strict=True):
            if label[:1] in meant:
                premise, hypothesis = tidy(premise), tidy(hypothesis)
                judged.append(Judged(hypothesis, premise, meant[label[0]], "snli", premise))
    for name in ("train", "dev"):
        for row in _rows(extra / "translate_train_small" / f"{name}.jsonl"):
            if row["gold_label"][0] in meant:
                premise, verdict = row["sentence1"], meant[row["gold_label"][0]]
                judged.append(Judged(row["sentence2"], premise, verdict, "mnli", row["promptid"]))
    return judged


def translated(
    judged: Sequence[Judged], portuguese: Mapping[str, str], rng: random.Random
) -> list[Judged]:
    """`judged`, of which the statement, the evidence or both of about every second English pair
    are in Portuguese, so that a statement is judged over another language."""
    made = []
    for one in judged:
        draw = rng.random()
        said, shown = portuguese.get(one.statement), portuguese.get(one.evidence)
        if one.source in _TRANSLATED and said and shown and draw < 0.55:
            if draw < 0.35:
                one = replace(one, statement=said)
            if draw > 0.2:
                one = replace(one, evidence=shown)
            one = replace(one, source=f"{one.source}-pt")
        made.append(one)
    return made


def to_translate(judged: Sequence[Judged]) -> list[str]:
    """The texts that `translated` may exchange."""
    texts = [text for j in judged if j.source in _TRANSLATED for text in (j.statement, j.evidence)]
    return list(dict.fromkeys(texts))


@dataclass(frozen=True)
class Twin:
    """A sentence in English, in Spanish and in what other languages there are (one version or
    more in each), and the ones before it."""

    texts: dict[str, tuple[str, ...]]
    before: dict[str, str]
    source: str
    number: int


def twins(folder: Path, extra: Path) -> list[Twin]:
    """NTREX's (in `extra` in more languages), TICO-19's and PUD's sentences, in their order."""
    ntrex = folder / "ntrex"
    names = ("newstest2019-ref.spa", "newstest2019-ref-2.spa", "newstest2019-ref.spa-MX")
    english = _lines(ntrex / "newstest2019-src.eng.txt")
    spanish = list(zip(*(_lines(ntrex / f"{name}.txt") for name in names), strict=True))
    tico = re.findall(
        r'xml:lang="en">\s*<seg>(.*?)</seg></tuv>\s*<tuv xml:lang="es-419"><seg>(.*?)</seg>',
        (folder / "tico19" / "all.en-es-419.tmx").read_text(encoding="utf-8"), re.DOTALL,
    )  # fmt: skip
    pud = [
        [line[9:] for line in _lines(folder / "pud" / f"{n}_pud-ud-test.conllu")
         if line.startswith("# text = ")]
        for n in ("en", "es")
    ]  # fmt: skip
    sets: dict[str, list[tuple[str, tuple[str, ...]]]] = {
        "ntrex": list(zip(english, spanish, strict=True)),
        "tico19": [(en, (es,)) for en, es in tico],
        "pud": [(en, (es,)) for en, es in zip(*pud, strict=True)],
    }
    elsewhere = {name: _lines(extra / f"ntrex.{name}.txt") for name in _NTREX}
    made = []
    for source, sentences in sets.items():
        last: dict[str, str] = {"en": "", "es": ""}
        for number, (en, es) in enumerate(sentences):
            texts: dict[str, tuple[str, ...]] = {
                "en": (_plain(en),), "es": tuple(_plain(text) for text in es)
            }  # fmt: skip
            for name, lines in elsewhere.items() if source == "ntrex" else ():
                if number < len(lines):
                    texts[_NTREX[name]] = (*texts.get(_NTREX[name], ()), _plain(lines[number]))
            made.append(Twin(texts, dict(last), source, number))
            last = {language: versions[0] for language, versions in texts.items()}
    return made


def twin_examples(found: Sequence[Twin], rng: random.Random, many: int = 8) -> list[Judged]:
    """About `many` examples of each twin: the sentence in the other language or words, changed in
    one thing, in a frame that denies or only reports it, or another one of its text."""
    judged = []
    for place, twin in enumerate(found):
        if not 30 <= len(twin.texts["en"][0]) <= 320 or twin.texts["en"][0].endswith("?"):
            continue
        group = f"{twin.source} {twin.number // 8}"
        around = [t for t in found[max(0, place - 8) : place + 9] if t.source == twin.source]
        for _ in range(many):
            said, proof, claimed, written = _two_versions(twin, rng)
            before = twin.before.get(written, "")
            draw = rng.random()
            made: list[tuple[str, str, Verdict]] = []
            if draw < 0.26:
                part = _part(said, rng)
                made.append((part, in_context(proof, rng, "", before), "stated"))
            elif draw < 0.68:
                made += _edited(said, proof, claimed, written, around, rng)[:1]
            elif draw < 0.88:
                made.append(_in_frame(said, proof, claimed, written, before, rng))
            else:
                others = [t for t in around if t is not twin and claimed in t.texts]
                other = rng.choice(others or [twin])
                if other is not twin:
                    claim = _part(rng.choice(other.texts[claimed]), rng)
                    made.append((claim, proof, "not said"))
            judged += [Judged(s, e, v, f"twins-{claimed}-{written}", group) for s, e, v in made]
    return judged


def _two_versions(twin: Twin, rng: random.Random) -> tuple[str, str, str, str]:
    """A claim, evidence that says the same, and the languages of both, one of which at least is
    English or Spanish."""
    weights = {("es", "es"): 0.25, ("en", "es"): 0.2, ("es", "en"): 0.15, ("en", "en"): 0.1}
    others = [language for language in twin.texts if language not in ("en", "es")]
    for other in others:
        for own in ("es", "en"):
            weights[other, own] = weights[own, other] = 0.3 / 4 / len(others)
    claimed, written = rng.choices(list(weights), list(weights.values()))[0]
    if claimed == written and len(twin.texts[claimed]) > 1:
        said, proof = rng.sample(twin.texts[claimed], 2)
    else:
        said, proof = rng.choice(twin.texts[claimed]), rng.choice(twin.texts[written])
    return said, proof, claimed, written


def _changeable(language: str) -> Language | None:
    """The language, where edits and frames are made in it."""
    return "es" if language == "es" else "en" if language == "en" else None


def _part(text: str, rng: random.Random) -> str:
    """The sentence, or its beginning up to a comma or an "and" if that is a sentence's length."""
    joints = r"[,;] | (?:and|y|but|pero|while|mientras|e|et|und|mas|mais|aber|ma|però|pero|и|но) "
    cuts = [m.start() for m in re.finditer(joints, text)]
    cuts = [cut for cut in cuts if len(text[:cut].split()) >= 7]
    on_condition = text.lower().startswith(("if ", "si ", "when "))
    if cuts and rng.random() < 0.5 and not on_condition:
        return text[: rng.choice(cuts)] + "."
    return text


def _edited(
    said: str,
    proof: str,
    claimed: str,
    written: str,
    around: Sequence[Twin],
    rng: random.Random,
) -> list[tuple[str, str, Verdict]]:
    """The claim changed in one thing, or the evidence instead, so that how a changed sentence
    reads tells nothing."""

    def names(language: Language) -> list[str]:
        return [n for t in around for n in NAME.findall(t.texts[language][0])]

    made: list[tuple[str, str, Verdict]] = []
    own, its = _changeable(claimed), _changeable(written)
    if own and (its is None or rng.random() < 0.5):
        made += [(e.text, proof, e.verdict) for e in edits(said, own, names(own), rng)]
    elif its:
        made += [(said, e.text, e.reverse) for e in edits(proof, its, names(its), rng)]
    rng.shuffle(made)
    both = _both_changed(said, proof, rng)
    if both and rng.random() < 0.3:
        made.insert(0, (*both, "stated"))
    return made


def _both_changed(said: str, proof: str, rng: random.Random) -> tuple[str, str] | None:
    """Claim and evidence with the same number in the place of one that both have."""
    shared = [n for n in _NUMBER.findall(said) if proof.count(n) == 1 and said.count(n) == 1]
    if not shared:
        return None
    old = rng.choice(shared)
    new = other_number(old, rng)
    return said.replace(old, new), proof.replace(old, new)


def _in_frame(
    said: str, proof: str, claimed: str, written: str, before: str, rng: random.Random
) -> tuple[str, str, Verdict]:
    """The evidence in a frame, or under a headline, that decides; or the claim in one."""
    verdicts: tuple[Verdict, ...] = ("contradicted", "contradicted", "not said", "stated")
    verdict = rng.choice(verdicts)
    draw = rng.random()
    own, its = _changeable(claimed), _changeable(written)
    if own and (its is None or draw < 0.15):
        if verdict == "not said":
            return said, in_context(proof, rng, "", before), "stated"
        # Who claims that it is false, where the article says it.
        return framed(said, own, verdict, rng), proof, verdict
    assert its
    if draw < 0.3:
        headline = rng.choice(DENYING_HEADLINES[its]).format(said)
        return said, f"{headline}\n{proof}", "contradicted"
    if own and draw < 0.4:
        debunked = framed(proof, its, "contradicted", rng)
        return framed(said, own, "contradicted", rng), debunked, "stated"
    return said, in_context(framed(proof, its, verdict, rng), rng, "", before, 0.2), verdict


def mined_examples(path: Path, rng: random.Random) -> list[Judged]:
    """The reader's own answers, right and wrong, as training/verifier/mine.py found them; the
    source is the name of the file. What was mined with its headline is read as the program reads
    it: always behind it."""
    judged = []
    for row in _rows(path):
        passage, language = row["passage"], row["language"]
        bounds = sentence_spans(passage, language)
        shown, before = _sentence_around(passage, bounds, row["start"], row["end"])
        statement = f"{row['question']} {passage[row['start'] : row['end']]}"
        verdict: Verdict = "stated" if row["right"] else "not said"
        if headline := row.get("headline"):
            shown = f"{headline}\n{before} {shown}" if before else f"{headline}\n{shown}"
        else:
            headline = row["article"].rpartition("#")[0].replace("_", " ")
            shown = in_context(shown, rng, headline, before)
        judged.append(Judged(statement, shown, verdict, path.stem, row["article"]))
    return list(dict.fromkeys(judged))


def reading_examples(
    paragraphs: Sequence[Paragraph], share: float, source: str, rng: random.Random
) -> list[Judged]:
    """Questions of a `share` with their answers over the sentence that holds it; and as not said:
    another thing of the sentence, another question of the paragraph with this answer, a question
    made false, an unanswerable one with what is alike; as contradicted: the sentence denied."""
    judged = []
    for paragraph in paragraphs:
        bounds = sentence_spans(paragraph.text, paragraph.language)
        answered = [q for q in paragraph.questions if q.spans]
        headline = paragraph.article.rpartition("#")[0].replace("_", " ")
        for question in paragraph.questions:
            if rng.random() >= share:
                continue
            made = (
                _answered(question, paragraph, answered, bounds, rng)
                if question.spans
                else _unanswered(question, paragraph, bounds, rng)
            )
            for statement, sentence, before, verdict in made:
                shown = in_context(sentence, rng, headline, before)
                if len(shown) < 900:
                    judged.append(Judged(statement, shown, verdict, source, paragraph.article))
    return judged


WRITTEN = Path(__file__).parent / "written"
# By the first letter of their file: what is learnt from twice, as strong models write; that in
# which the sentence before may decide any claim.
_TWICE, _WITH_BEFORE = ("g", "l", "s"), ("h", "j", "l", "m", "y", "z")


def written_examples(rng: random.Random, folder: Path = WRITTEN) -> list[Judged]:
    """News invented and judged by hand: claims as a strong writer makes them, and questions with
    right answers and tempting wrong ones. What stands around the sentence is left out half of the
    time where it decides nothing."""
    judged = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, row in enumerate(_rows(path)):
            group = f"written {path.stem} {number}"
            said = [(c["claim"], c) for c in row.get("claims", ())]
            said += [(f"{q['question']} {q['answer']}", q) for q in row.get("questions", ())]
            head = " · ".join(part for part in (row["headline"], row["paper"], row["day"]) if part)
            evidence = " ".join(filter(None, (row["before"], row["evidence"])))
            alone = evidence if path.stem[0] in _WITH_BEFORE else row["evidence"]
            for statement, one in said * (2 if path.stem[0] in _TWICE else 1):
                needed = one["kind"] in _DECIDED_AROUND or rng.random() < 0.5
                shown = f"{head}\n{evidence}" if needed else alone
                judged.append(Judged(statement, shown, one["verdict"], "written", group))
            # What was written as stated shares few words with its sentence, and what was written
            # as contradicted many: near copies are stated as well, or likeness itself would speak
            # against a statement.
            for copied in _copies(row["evidence"], row["lang"], rng):
                shown = f"{head}\n{row['evidence']}" if rng.random() < 0.5 else row["evidence"]
                judged.append(Judged(copied, shown, "stated", "written", group))
    return judged


_ELSEWHERE = 0.35  # of what is written, is also judged by a sentence of another article
_NAMED = re.compile(r"(?<=\w )[^\W\d_a-z]\w{2,}")


def elsewhere_examples(rng: random.Random, folder: Path = WRITTEN) -> list[Judged]:
    """Statements written of one article (written_examples) over the sentence of another, which says
    nothing of them: that with most of their words, one of the same author's or any. They name what
    the other article does not."""
    rows = [
        (f"written {path.stem} {number}", path.stem, row)
        for path in sorted(folder.glob("*.jsonl"))
        for number, row in enumerate(_rows(path))
    ]
    told = [" ".join((r["headline"], r["before"], r["evidence"])) for _, _, r in rows]
    heads = [set(cognates(text)) for text in told]
    holding: dict[str, list[int]] = defaultdict(list)
    by_author: dict[str, list[int]] = defaultdict(list)
    for n, (_, author, _) in enumerate(rows):
        by_author[author].append(n)
        for head in heads[n]:
            holding[head].append(n)
    judged = []
    for group, author, row in rows:
        said = [c["claim"] for c in row.get("claims", ())]
        said += [f"{q['question']} {q['answer']}" for q in row.get("questions", ())]
        for statement in said:
            names = _NAMED.findall(statement)
            if not names or rng.random() > _ELSEWHERE:
                continue
            way = rng.random()
            if way < 0.5:
                scores: dict[int, float] = defaultdict(float)
                for head in set(cognates(statement)):
                    for n in holding[head]:
                        scores[n] += 1 / len(holding[head]) ** 0.5
                at = sorted(scores, key=lambda n: -scores[n])[:12]
            else:
                at = by_author[author] if way < 0.75 else list(range(len(rows)))
                at = rng.sample(at, min(12, len(at)))
            for n in at:
                other = rows[n][2]
                strange = any(name not in told[n] for name in names)
                if rows[n][0] != group and strange and split_of(rows[n][0]) == split_of(group):
                    shown = in_context(
                        other["evidence"], rng, other["headline"], other["before"], share=0.5
                    )
                    judged.append(Judged(statement, shown, "not said", "elsewhere", group))
                    break
    return judged


CLAIMED = Path(__file__).parent / "press"
_STORIES = 3000  # questions of them
# How often a headline stands before what a claim on real news is judged by.
_UNDER_HEADLINE = 0.35


def claimed_examples(
    data: Path, extra: Path | None, rng: random.Random, folder: Path = CLAIMED
) -> list[Judged]:
    """Claims on real news, judged by hand, over the sentences that they were written of, and
    questions with right and tempting answers; what is claimed of an article that is not there is
    left out. Raises ValueError if an article has no such sentence."""
    # Imported here: it takes the splits from this module.
    from training.news.press import load_press

    articles = {article.name: article for article in load_press(data, extra)}
    judged = []
    for path in sorted(folder.glob("*.jsonl")):
        for row in _rows(path):
            article = articles.get(row["article"])
            if article is None:
                continue
            first, last = row["sentences"][0], row["sentences"][-1]
            if last >= len(article.sentences):
                raise ValueError(
                    f"{path}: {article.name} has {len(article.sentences)} sentences, and number"
                    f" {last} is asked for"
                )
            evidence = article.text[article.sentences[first][0] : article.sentences[last][1]]
            evidence = " ".join(evidence.split())
            said = [(c["claim"], c["verdict"]) for c in row.get("claims", ())]
            said += [
                (f"{q['question']} {q['answer']}", q["verdict"]) for q in row.get("questions", ())
            ]
            for statement, verdict in said:
                headline = article.headline if first else ""
                shown = in_context(evidence, rng, headline, share=_UNDER_HEADLINE)
                judged.append(Judged(statement, shown, verdict, "claimed", article.group))
            for copied in _copies(evidence, article.language, rng):
                judged.append(Judged(copied, evidence, "stated", "claimed", article.group))
    return judged


def news_statements(rng: random.Random) -> list[Judged]:
    """Invented news (training/news): each question with its answer over the sentence that gives it,
    and each that has none with what answers the question most like it, which it is often a twin
    of."""
    # Imported here: it takes the folder of what is written and the splits from this module.
    from training.news.examples import load_news

    said: Verdict = "stated"
    unsaid: Verdict = "not said"
    judged = []
    for article in load_news():
        bounds = sentence_spans(article.text, article.language)
        answered = [q for q in article.asked if q.span]
        for question in article.asked:
            if question.span:
                span, verdict = question.span, said
            else:
                words = set(terms(question.text, question.language))
                twin = max(
                    answered,
                    key=lambda q: len(words & set(terms(q.text, q.language))),
                    default=None,
                )
                if twin is None or twin.span is None:
                    continue
                span, verdict = twin.span, unsaid
            sentence, before = _sentence_around(article.text, bounds, *span)
            statement = f"{question.text} {article.text[slice(*span)]}"
            shown = in_context(sentence, rng, article.headline, before)
            if len(shown) < 900:
                judged.append(Judged(statement, shown, verdict, "news", article.group))
    return judged


def story_statements(count: int, rng: random.Random) -> list[Judged]:
    """Who met, sued or replaced whom, in made-up stories told among invented news: each question
    with its answer over the sentence that gives it, and with another name of that sentence; one
    that has none with a name or number of what is most like it."""
    # Imported here: they take the splits from this module.
    from training.news.examples import load_news
    from training.news.stage import told_among
    from training.stories import story_examples

    articles = [article for article in load_news() if article.split == "train"]
    judged = []
    for n, example in enumerate(story_examples(told_among(articles), count, rng)):
        text = example.passage
        bounds = sentence_spans(text, "es")
        if example.span:
            sentence, before = _sentence_around(text, bounds, *example.span)
            answer = text[slice(*example.span)]
            made: Made = [(f"{example.question} {answer}", sentence, before, "stated")]
            other = _alike(sentence, answer, example.question, rng)
            if other and rng.random() < 0.4:
                made.append((f"{example.question} {other}", sentence, before, "not said"))
        else:
            made = _unanswered(
                Question("", example.question, ()), Paragraph("", "es", text, ()), bounds, rng
            )
        for statement, evidence, before, verdict in made:
            shown = in_context(evidence, rng, "", before)
            judged.append(Judged(statement, shown, verdict, "stories", f"story {n}"))
    return judged


def _copies(evidence: str, language: str, rng: random.Random) -> list[str]:
    """The sentences of `evidence` and parts of them."""
    sentences = [evidence[start:end] for start, end in sentence_spans(evidence, language)]
    parts = [_part(s, rng) for s in sentences for _ in range(2)] + [evidence]
    return rng.sample(list(dict.fromkeys(parts)), min(3, len(set(parts))))


# Kinds of written statements that the headline, the day or the sentence before may decide.
_DECIDED_AROUND = (
    "pronoun",
    "before",
    "headline",
    "date",
    "day",
    "debunk",
    "debunked",
    "denied",
    "rumour",
    "aggregation",
    "when",
    "who",
    "none",
    "count",
)

Made = list[tuple[str, str, str, Verdict]]  # statement, sentence, the one before, verdict


def _answered(
    question: Question, paragraph: Paragraph, answered: Sequence[Question],
    bounds: Sequence[tuple[int, int]], rng: random.Random,
) -> Made:  # fmt: skip
    text = paragraph.text
    span = question.spans[0]
    answer = text[slice(*span)].strip()
    sentence, before = _sentence_around(text, bounds, *span)
    made: Made = []
    if rng.random() < 0.75:
        made.append((f"{question.text} {answer}", sentence, before, "stated"))
    other = _alike(sentence, answer, question.text, rng)
    if other and rng.random() < 0.45:
        made.append((f"{question.text} {other}", sentence, before, "not said"))
    strangers = [
        q for q in answered
        if q is not question and _kind(answer) == _kind(text[slice(*q.spans[0])])
        and not any(_overlap(span, s) for s in q.spans)
    ]  # fmt: skip
    if strangers and rng.random() < 0.45:
        stranger = rng.choice(strangers).text
        made.append((f"{stranger} {answer}", sentence, before, "not said"))
    if rng.random() < 0.2:
        false = swapped(question.text, sentence, text, rng)
        if false:
            made.append((f"{false} {answer}", sentence, before, "not said"))
    if paragraph.language in ("es", "en") and rng.random() < 0.12:
        language: Language = "es" if paragraph.language == "es" else "en"
        if rng.random() < 0.7:
            denied = framed(sentence, language, "contradicted", rng)
        else:
            denied = f"{rng.choice(DENYING_HEADLINES[language]).format(sentence[:80])}\n{sentence}"
        made.append((f"{question.text} {answer}", denied, "", "contradicted"))
    return made


def _unanswered(
    question: Question, paragraph: Paragraph, bounds: Sequence[tuple[int, int]], rng: random.Random
) -> Made:
    """A question without an answer, with a name or number of the sentence nearest to it."""
    words = set(terms(question.text, paragraph.language))
    sentences = [paragraph.text[s:e] for s, e in bounds]
    if not sentences:
        return []
    near = max(sentences, key=lambda s: len(words & set(terms(s, paragraph.language))))
    things = [t for t in [*NAME.findall(near), *_NUMBER.findall(near)] if t not in question.text]
    return [(f"{question.text} {rng.choice(things)}", near, "", "not said")] if things else []


def _sentence_around(
    text: str, bounds: Sequence[tuple[int, int]], start: int, end: int
) -> tuple[str, str]:
    """The sentences that a span touches, and the one before them."""
    touched = [n for n, (s, e) in enumerate(bounds) if s < end and start < e]
    if not touched:
        return text[start:end], ""
    first, last = touched[0], touched[-1]
    before = text[slice(*bounds[first - 1])] if first else ""
    return text[bounds[first][0] : bounds[last][1]], before


def _kind(answer: str) -> str:
    if any(character.isdigit() for character in answer):
        return "number"
    return "name" if answer[:1].isupper() else "words"


def _alike(sentence: str, answer: str, question: str, rng: random.Random) -> str | None:
    """Another number, name or stretch of words of `sentence` than `answer`, of its kind."""
    kind = _kind(answer)
    if kind == "words":
        words = sentence.rstrip(".").split()
        size = min(len(answer.split()), 6)
        starts = range(len(words) - size + 1)
        found = [" ".join(words[n : n + size]).strip(",;:") for n in starts]
    else:
        found = (_NUMBER if kind == "number" else NAME).findall(sentence)
        found = [f.rstrip(".,") for f in found]
    mine = set(answer.casefold().split())
    found = [
        f for f in found
        if len(f) > (3 if kind == "words" else 0) and not mine & set(f.casefold().split())
        and (kind == "words" or f not in question)
    ]  # fmt: skip
    return rng.choice(found) if found else None


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


# Sets of reading/ with the share of their questions.
_READING = {
    "squad_es_dist": 1.0, "qamr_en": 0.07, "tydiqa_en": 0.5, "piaf_fr": 0.12, "viquiquad_ca": 0.6,
    "squad_pt_sample": 0.5, "faquad_pt": 0.6, "norquad_no": 0.1, "tydiqa_ru": 0.6,
    "omosqa_de": 0.15, "heq_he": 0.15,
}  # fmt: skip


def everything(
    data: Path, extra: Path | None, mined: Sequence[Path], portuguese: Path, seed: int = 0
) -> list[Judged]:
    """All that is learnt from, in every split; without `extra` none of the sets that `data` lacks.
    A page that is held out of FEVER is held out of the other sets too, as far as they name their
    pages. What the reader says is learnt from where it was mined, by the files `mined`."""
    rng = random.Random(seed)
    verify = data / "verify"
    judged = fever(verify, rng) + boolq(verify, rng) + qed(verify, rng)
    judged += fool_me_twice(extra, rng) + entailment(extra) if extra else []
    if portuguese.exists():
        texts = json.loads(portuguese.read_text(encoding="utf-8"))
        judged = translated(judged, texts, random.Random(seed))
    judged += twin_examples(twins(verify, extra or verify), rng)
    for path in mined:
        judged += mined_examples(path, rng) if path.exists() else []
    judged += written_examples(rng) + claimed_examples(data, extra, rng) + news_statements(rng)
    judged += elsewhere_examples(rng)
    judged += story_statements(_STORIES, rng)
    xquad = load_xquad(data / "xquad")
    judged += reading_examples(squad_es(data, xquad, held_out=False), 0.9, "squad_es", rng)
    for asked, written in (("en", "es"), ("es", "es"), ("es", "en"), ("de", "es"), ("ru", "es"),
                           ("fr", "es"), ("en", "en"), ("zh", "es"), ("ro", "es")):  # fmt: skip
        if asked not in xquad.paragraphs:
            continue
        crossed = zip(xquad.asked_in(asked, written), xquad.split, strict=True)
        taught = [paragraph for paragraph, split in crossed if split == "train"]
        share = 0.9 if {asked, written} == {"en", "es"} else 0.35
        judged += reading_examples(taught, share, f"xquad-{asked}-{written}", rng)
    for name, share in _READING.items():
        paragraphs = load_squad(data / "reading" / f"{name}.json", name[-2:])
        language = "es" if name == "squad_es_dist" else name[-2:]
        paragraphs = [replace(p, language=language) for p in paragraphs]
        judged += reading_examples(paragraphs, share, name, rng)
    return judged


def of_split(judged: Iterable[Judged], split: str) -> list[Judged]:
    return [j for j in judged if split_of(_page(j.group)) == split]


def _page(group: str) -> str:
    return group.rpartition("#")[0] or group


def _plain(text: str) -> str:
    return " ".join(text.replace("&amp;", "&").replace("&quot;", '"').split())


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
