"""Fit the rule by which the reader's scores become an answer and a probability.

    python -m training.calibrate DATA_DIR WORK_DIR [--extra EXTRA]    writes rag/reader/reader.json

Only the development articles' questions are asked. Seven corpora: the Spanish paragraphs of XQuAD
(English and Spanish questions), all of SQuAD-es (Spanish questions, its unanswerable ones as near
misses), and the news invented for the verifier (training/verifier/written, the questions of the
articles from which it did not learn, in nine languages; near misses, false premises and what is
denied have no answer). Every question of the first two is asked again with the paragraph that
answers it taken out. The fourth is an archive of all invented news, asked the questions of
training/news/asked whose articles do not teach, the fifth one of real news among them
(training/news/press), the sixth one of a Spanish agency's and the seventh one of a paper's and
agencies' in Spanish and Catalan, if EXTRA has them. What the network read is kept in WORK_DIR, so
that fitting again takes minutes."""

import argparse
import itertools
import json
import pickle
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import platformdirs
from sklearn.linear_model import LogisticRegression

from hemeroteca.index.article import Passage
from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_documents
from hemeroteca.rag.defaults import ANSWER_FROM, PASSAGES_READ, PASSAGES_TOLD
from hemeroteca.rag.evaluation.text import token_f1
from hemeroteca.rag.question import Question, check_question
from hemeroteca.rag.reader.decide import (
    RULE_FILE,
    Reading,
    Rule,
    ScoredSpan,
    confidence_features,
    decide,
    rank_again,
    rank_answers,
    share_out,
)
from hemeroteca.rag.reader.reader import (
    CLEAR,
    FACT_WITHIN,
    READ_FIRST,
    READ_WITHIN,
    SpanReader,
    as_likely_as_article,
    is_stated,
    load_reader,
    with_rest,
    worth_reading,
)
from hemeroteca.rag.retriever import HybridRetriever
from training.data import Paragraph, Xquad, as_documents, load_xquad, squad_es
from training.measure import auroc
from training.news.asked import AskedOfAll, load_asked
from training.news.examples import UNANSWERABLE, NewsArticle, load_news
from training.news.press import PRINTED, load_press, load_press_asked
from training.verifier.data import WRITTEN, split_of

_SQUAD_QUESTIONS = 300
_GATHERED_WITHIN = 0.1  # of the best passage's score, so that reading more can be judged
_PLATEAU = 0.004  # of Recall@1
_NEAR = 0.002  # of what is gained
Asked = TypeVar("Asked")
_TIMES = 4  # that the confidence is fitted; the weights no longer change then
RIGHT = 0.6  # token F1 with a gold answer


@dataclass(frozen=True)
class Read:
    """A question with what was retrieved and read for it. `gold` are the acceptable answers and
    `article` the one that gives them; no gold, no answer in the corpus. `rest` are all passages
    of the likeliest articles, and what was read of them."""

    question: Question
    passages: Sequence[Passage]
    spans: list[ScoredSpan]
    gold: list[str]
    article: str
    rest: Mapping[str, tuple[list[Passage], list[ScoredSpan]]]
    corpus: str = ""


def read_question(
    archive: Archive, reader: SpanReader, text: str, gold: list[str], article: str, without: str
) -> Read:
    """Ask `text` where the article `without` is not in the corpus. More is read than usual."""
    question = check_question(text)
    retriever = HybridRetriever(archive, question, 20)
    found = retriever.search()
    passages = [p for p in found if p.article != without]
    read = worth_reading(passages, PASSAGES_TOLD, _GATHERED_WITHIN)
    spans = reader.score_spans(text, read)
    rest = {}
    for likely in dict.fromkeys(passage.article for passage in read[:PASSAGES_READ]):
        whole = retriever.whole(likely)
        rest[likely] = whole, reader.score_spans(text, whole)
    return Read(question, passages, spans, gold, article, rest)


def cut(read: Read, passages: int = PASSAGES_TOLD, within: float = READ_WITHIN) -> Read:
    """As if only the first `passages` were read, and those not more than `within` behind."""
    return _first(read, len(worth_reading(read.passages, passages, within)))


def _first(read: Read, passages: int) -> Read:
    return replace(read, spans=[s for s in read.spans if s.owner < passages])


def answered(read: Read, rule: Rule) -> tuple[float, bool]:
    """(F1 of the best answer, whether the re-ranked first passage is of the gold article)."""
    shares = share_out(read.passages, read.spans, rule)
    best = read.spans[rank_answers(read.passages, read.spans, shares)[0].spans[0]]
    passage = read.passages[best.owner]
    given = passage.text[best.start : best.end]
    first = rank_again(read.passages, read.spans, shares, rule.rerank)[0]
    language = passage.language
    return (
        max(token_f1(given, gold, language) for gold in read.gold),
        first.article == read.article,
    )


def fit(present: list[Read], absent: list[Read]) -> Rule:
    """Scale and weights by which more is shown that is right than that is wrong, each with the
    confidence fitted to it; then what reading has to say on the passages' ranks, by Recall@1."""
    reads = present + absent
    start = Rule.load()
    tried: list[tuple[float, float, Rule]] = []
    for sharpness, retrieval in itertools.product((0.4, 0.5, 0.6, 0.7), (45, 60, 80)):
        rule = replace(start, sharpness=sharpness, retrieval=retrieval)
        rule = fit_to_what_is_read(reads, rule)
        read = [as_read(each, rule) for each in reads]
        tried.append((gain(read, rule), apart(read, rule), rule))
        print("sharpness {}, retrieval {}: {:.4f}, AUROC {:.4f}".format(
            sharpness, retrieval, *tried[-1][:2]), flush=True)  # fmt: skip
    # What is so near the best is a question or two behind: of that, what tells right from wrong.
    near = max(gained for gained, *_ in tried) - _NEAR
    _, best = max(((known, r) for gained, known, r in tried if gained >= near), key=lambda t: t[0])
    read = [as_read(each, best) for each in present]
    ranks = {
        weight: float(np.mean([answered(r, replace(best, rerank=weight))[1] for r in read]))
        for weight in (0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5)
    }
    # Beyond the rise the differences are a question or two: retrieval keeps as much say as it can.
    weight = min(w for w, value in ranks.items() if value >= max(ranks.values()) - _PLATEAU)
    print("Recall@1 by rerank weight:", {w: round(v, 4) for w, v in ranks.items()})
    return fit_to_what_is_read(reads, replace(best, rerank=weight))


def fit_to_what_is_read(reads: list[Read], rule: Rule) -> Rule:
    """The confidence, fitted _TIMES: what is read depends on it."""
    for _ in range(_TIMES):
        rule = fit_confidence([as_read(read, rule) for read in reads], rule)
    return rule


def apart(reads: list[Read], rule: Rule) -> float:
    """The AUROC of the confidence for right answers against all else."""
    likely = np.array([confidence(read, rule) for read in reads])
    right = np.array([bool(r.gold) and answered(r, rule)[0] >= RIGHT for r in reads])
    return auroc(list(likely[right]), list(likely[~right]))


def gain(reads: list[Read], rule: Rule) -> float:
    """The share of questions answered rightly less that answered wrongly, the mean of corpora."""
    gained: dict[str, list[int]] = defaultdict(list)
    for read in reads:
        shown = confidence(read, rule) >= ANSWER_FROM
        right = shown and bool(read.gold) and answered(read, rule)[0] >= RIGHT
        gained[read.corpus].append(right - (shown and not right))
    return float(np.mean([np.mean(of_corpus) for of_corpus in gained.values()]))


def fit_confidence(reads: list[Read], rule: Rule) -> Rule:
    """The probability that the best answer is right, by the questions that have an answer in the
    corpus and those that have none. Each corpus counts alike, and in each two questions of three
    have an answer, as people ask."""
    reads = [read for read in reads if read.spans]
    features = np.array([features_of(read, rule) for read in reads])
    labels = np.array([bool(read.gold) and answered(read, rule)[0] >= RIGHT for read in reads])
    sides = [(read.corpus, bool(read.gold)) for read in reads]
    often = Counter(sides)
    weights = np.array([(2 if gold else 1) / often[corpus, gold] for corpus, gold in sides])
    model = LogisticRegression(C=1.0, max_iter=5000)
    model.fit(features, labels, weights * len(reads) / weights.sum())
    answer, runner_up, top, lead, same = (float(w) for w in model.coef_[0])
    return replace(
        rule,
        answer=answer,
        runner_up=runner_up,
        top=top,
        lead=lead,
        same_language=same,
        intercept=float(model.intercept_[0]),
    )


def report(reads: list[Read], rule: Rule) -> None:
    """What would be shown from the probability .5 on, by corpus."""
    reads = [read for read in reads if read.spans]
    likely = np.array([confidence(read, rule) for read in reads])
    gold = np.array([bool(read.gold) for read in reads])
    right = np.array([bool(read.gold) and answered(read, rule)[0] >= RIGHT for read in reads])
    corpora = np.array([read.corpus for read in reads])
    print("| questions | all | right of shown | answerable: right | unanswerable: shown | AUROC |")
    print("|---|---|---|---|---|---|")
    for corpus in [*dict.fromkeys(corpora.tolist()), ""]:
        of, shown = (corpora == corpus) | (corpus == ""), likely >= 0.5
        print(f"| {corpus or 'all'} | {of.sum()} | {right[of & shown].mean():.3f} | "
              f"{(right & shown)[of & gold].mean():.3f} | {shown[of & ~gold].mean():.3f} | "
              f"{auroc(list(likely[of & right]), list(likely[of & ~right])):.3f} |")  # fmt: skip


def features_of(read: Read, rule: Rule) -> tuple[float, ...]:
    shares = share_out(read.passages, read.spans, rule)
    answers = rank_answers(read.passages, read.spans, shares)
    return confidence_features(read.question, read.passages, read.spans, answers, rule)


def confidence(read: Read, rule: Rule) -> float:
    return rule.confidence(features_of(read, rule)) if read.spans else 0.0


def gather(data: Path, most: int, extra: Path | None = None) -> tuple[list[Read], list[Read]]:
    """(questions whose answer is in the corpus, questions whose answer is not), of at most `most`
    questions of each corpus."""
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    reader = load_reader(encoder)
    xquad = load_xquad(data / "xquad")
    reads = _read(
        encoder, reader, xquad.paragraphs["es"], _some(_xquad_questions(xquad), most), "xquad"
    )
    held = squad_es(data, xquad, held_out=True)
    dev_ids = xquad.ids("dev")
    titles = {
        p.article.rpartition("#")[0] for p in held if any(q.id in dev_ids for q in p.questions)
    }
    paragraphs = squad_es(data, xquad, held_out=False) + held
    asked = [
        (q.text, [p.text[s:e] for s, e in q.spans], f"{n:04}")
        for n, p in enumerate(paragraphs)
        if p.article.rpartition("#")[0] in titles
        for q in p.questions
    ]
    asked = _some(asked, min(most, _SQUAD_QUESTIONS))
    reads += _read(encoder, reader, paragraphs, asked, "squad")
    reads += _written(encoder, reader, most)
    reads += _news(encoder, reader, most)
    reads += _press(encoder, reader, data, most)
    if extra is not None:
        reads += _agency(encoder, reader, data, extra, most)
        reads += _papers(encoder, reader, data, extra, most)
    return [read for read in reads if read.gold], [read for read in reads if not read.gold]


def _some(asked: list[Asked], most: int) -> list[Asked]:
    return random.Random(0).sample(asked, min(most, len(asked)))


def _written(encoder: Encoder, reader: SpanReader, most: int) -> list[Read]:
    """The questions over invented news from which the verifier did not learn."""
    paragraphs, asked = [], []
    for path in sorted(WRITTEN.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            text = "\n\n".join((row["headline"], f"{row['before']} {row['evidence']}".strip()))
            paragraphs.append(Paragraph(row["headline"], row["lang"], text, ()))
            if split_of(f"written {path.stem} {number}") == "train":
                continue
            gold: dict[str, list[str]] = {}
            for q in row.get("questions", ()):
                if q["kind"] == "yesno":
                    continue
                if q["verdict"] == "stated":
                    gold.setdefault(q["question"], []).append(q["answer"])
                elif q["kind"] in UNANSWERABLE:
                    gold.setdefault(q["question"], [])
            name = f"{len(paragraphs) - 1:04}"
            asked += [(question, golds, name) for question, golds in gold.items()]
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), encoder)
        sync_documents(archive, as_documents(paragraphs))
        reads = [
            replace(read_question(archive, reader, *question, without=""), corpus="written")
            for question in _some(asked, most)
        ]
        archive.close()
    return reads


def _news(encoder: Encoder, reader: SpanReader, most: int) -> list[Read]:
    """Questions asked of the archive of invented news, of articles that do not teach."""
    articles = load_news()
    # Twice as many as of the others: half of them have no answer, and each is asked once.
    return _of_archive(encoder, reader, articles, load_asked(articles), 2 * most, "news")


def _press(encoder: Encoder, reader: SpanReader, data: Path, most: int) -> list[Read]:
    """Questions asked of an archive of NTREX's news, each article in one of its translations into
    Spanish, and of invented news; of articles that do not teach."""
    every = load_press(data)
    spanish = ("es-", "es2-", "es3-")
    real = [a for a in every if a.name.startswith(spanish[int(a.name[-3:]) % 3])]
    articles = [*real, *load_news()]
    return _of_archive(encoder, reader, articles, load_press_asked(articles), 2 * most, "press")


def _agency(encoder: Encoder, reader: SpanReader, data: Path, extra: Path, most: int) -> list[Read]:
    """Questions asked of an archive of an agency's news, in Spanish from the first, and of invented
    news; of articles that do not teach."""
    real = [a for a in load_press(data, extra) if a.name.startswith("AN")]
    articles = [*real, *load_news()]
    return _of_archive(encoder, reader, articles, load_press_asked(articles), 2 * most, "agency")


def _papers(encoder: Encoder, reader: SpanReader, data: Path, extra: Path, most: int) -> list[Read]:
    """Questions asked of an archive of a paper's and agencies' news in Spanish and Catalan, and of
    invented news; of articles that do not teach."""
    real = [a for a in load_press(data, extra) if a.name.startswith(PRINTED)]
    articles = [*real, *load_news()]
    return _of_archive(encoder, reader, articles, load_press_asked(articles), 2 * most, "papers")


def _of_archive(
    encoder: Encoder,
    reader: SpanReader,
    articles: Sequence[NewsArticle],
    questions: Sequence[AskedOfAll],
    most: int,
    corpus: str,
) -> list[Read]:
    asked = [
        (q.text, [articles[q.article].text[s:e] for s, e in q.answers], f"{q.article:04}")
        for q in questions
        # A broad one that its article does not answer, another article may.
        if articles[q.article].split != "train" and (q.answers or not q.broad)
    ]
    paragraphs = [Paragraph(a.headline, a.language, a.text, ()) for a in articles]
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), encoder)
        sync_documents(archive, as_documents(paragraphs))
        reads = [
            replace(read_question(archive, reader, *question, without=""), corpus=corpus)
            for question in _some(asked, most)
        ]
        archive.close()
    return reads


def _read(
    encoder: Encoder,
    reader: SpanReader,
    paragraphs: list[Paragraph],
    asked: list[tuple[str, list[str], str]],
    corpus: str,
) -> list[Read]:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), encoder)
        sync_documents(archive, as_documents(paragraphs))
        reads = [read_question(archive, reader, *question, without="") for question in asked]
        reads += [
            read_question(archive, reader, text, [], "", without=article)
            for text, gold, article in asked
            if gold
        ]
        archive.close()
    return [replace(read, corpus=corpus) for read in reads]


def _xquad_questions(xquad: Xquad) -> list[tuple[str, list[str], str]]:
    return [
        (asked.text, [paragraph.text[s:e] for s, e in asked.spans], f"{n:04}")
        for language in ("en", "es")
        for n, paragraph in enumerate(xquad.asked_in(language))
        if xquad.split[n] == "dev"
        for asked in paragraph.questions
    ]


def as_read(read: Read, rule: Rule) -> Read:
    """What SpanReader.read would read for it as a question of a fact, by `rule`."""
    worth = worth_reading(read.passages, PASSAGES_READ, FACT_WITHIN)
    likely = replace(read, passages=as_likely_as_article(read.passages))
    first = _first(likely, 1)
    if is_stated(_decided(first, rule), worth):
        return first
    first = _first(likely, len(worth))
    reading = _decided(first, rule)
    if reading.confidence >= ANSWER_FROM or not first.spans:
        return first
    article = reading.passages[0].article
    whole, spans = read.rest[article]
    passages, rest = with_rest(likely.passages, len(worth), article, whole)
    places = {p.id: n for n, p in enumerate(rest, len(passages) - len(rest))}
    added = [
        replace(span, owner=places[whole[span.owner].id])
        for span in spans
        if whole[span.owner].id in places
    ]
    return replace(read, passages=passages, spans=[*first.spans, *added])


def _decided(read: Read, rule: Rule) -> Reading:
    return decide(read.question, read.passages, read.spans, rule)


def _as_told(read: Read, rule: Rule, clear: float) -> Read:
    """What SpanReader.read would read for what is told of several passages, if it stopped at the
    confidence `clear`."""
    first = cut(read, READ_FIRST)
    return first if confidence(first, rule) >= clear else cut(read)


def _row(name: str, present: list[Read], absent: list[Read], rule: Rule) -> str:
    quality = np.mean([answered(read, rule)[0] for read in present])
    count = np.mean([1 + max(s.owner for s in read.spans) for read in present])
    apart = auroc([confidence(r, rule) for r in present], [confidence(r, rule) for r in absent])
    return f"| {name} | {quality:.4f} | {apart:.4f} | {count:.1f} |"


def fit_all(whole: tuple[list[Read], list[Read]]) -> Rule:
    """The whole rule, and what reading less would cost, printed."""
    rule = fit(*whole)
    present, absent = ([as_read(read, rule) for read in side] for side in whole)
    yes = [confidence(read, rule) for read in present]
    no = [confidence(read, rule) for read in absent]
    print(f"{len(yes)} present, {len(no)} absent, AUROC {auroc(yes, no):.4f}")
    for low, high in itertools.pairwise((0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.01)):
        inside_yes = sum(low <= c < high for c in yes)
        inside_no = sum(low <= c < high for c in no)
        weighted = inside_yes / len(yes) + inside_no / len(no)
        if weighted:
            share = inside_yes / len(yes) / weighted
            print(f"confidence {low:.1f} to {min(high, 1):.1f}: answerable {share:.2f}")
    print("| passages read | F1 of what is answered | AUROC | read on average |")
    print("|---|---|---|---|")
    for within in (0.0, 0.01, 0.02, 0.03, READ_WITHIN, 0.07, _GATHERED_WITHIN):
        yes_read, no_read = ([cut(read, within=within) for read in side] for side in whole)
        print(_row(f"at most {within} behind", yes_read, no_read, rule))
    for clear in (0.6, 0.7, 0.8, 0.9, CLEAR):
        yes_read, no_read = ([_as_told(read, rule, clear) for read in side] for side in whole)
        print(_row(f"of these {READ_FIRST} first, all if less than {clear} sure", yes_read,
                   no_read, rule))  # fmt: skip
    return rule


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--most", type=int, default=1000, help="questions of each corpus")
    parser.add_argument(
        "--confidence", action="store_true", help="fit only how likely an answer is right"
    )
    parser.add_argument("--extra", type=Path, help="a folder as training.train_reader has it")
    args = parser.parse_args()
    kept = args.work / "reads.pickle"
    if kept.exists():
        present, absent = pickle.loads(kept.read_bytes())
    else:
        present, absent = gather(args.data, args.most, args.extra)
        kept.write_bytes(pickle.dumps((present, absent)))
    reads = present + absent
    if args.confidence:
        rule = fit_to_what_is_read(reads, Rule.load())
    else:
        rule = fit_all((present, absent))
    report([as_read(read, rule) for read in reads], rule)
    rule.save()
    print(f"written to {RULE_FILE}")


if __name__ == "__main__":
    main()
