"""The examples that the reader learns from and is measured on, split by article."""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import numpy as np

from hemeroteca.index.article import Article
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.text.passages import TokenOffsets, split_article
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.index.text.terms import terms
from hemeroteca.index.text.titles import derive_title

# XQuAD's articles in the order of their titles' hashes: what is reported, what is chosen by, and
# the rest to learn from. SQuAD-es articles that share a question id go with them.
TEST_ARTICLES, DEV_ARTICLES = 8, 6
_NEAREST = 4  # passages among which a negative is looked for
# A name within a sentence, or a number: what a question is made false by.
_WORD = r"[^\W\d_a-zß-ÿα-ωа-яё][^\W\d_]{2,}"
_NAME = re.compile(rf"(?<=[\w,;] ){_WORD}(?: {_WORD})*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
XQUAD_LANGUAGES = ("ar", "de", "el", "en", "es", "hi", "ro", "ru", "th", "tr", "vi", "zh")


@dataclass(frozen=True)
class Question:
    """A question with the character spans that answer it in `paragraph`; none if nothing does."""

    id: str
    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of `article` and its questions."""

    article: str
    language: str
    text: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Example:
    """A question over one passage, read behind `headline` where there is one; `span` is None where
    the passage does not answer. Examples of one `group` ask the same of several passages, among
    which the answer is to be found; -1 is no group."""

    question: str
    passage: str
    span: tuple[int, int] | None
    source: str
    headline: str = ""
    group: int = -1


def load_squad(path: Path, language: str) -> list[Paragraph]:
    """The paragraphs of a SQuAD 1.1 or 2.0 file."""
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    paragraphs = []
    for number, article in enumerate(data):
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            questions = []
            for q in paragraph["qas"]:
                answers = [] if q.get("is_impossible") else q["answers"]
                spans = {(a["answer_start"], a["answer_start"] + len(a["text"])) for a in answers}
                spans = {(s, e) for s, e in spans if s < e and text[s:e].strip()}
                if spans or q.get("is_impossible"):
                    questions.append(Question(str(q["id"]), q["question"], tuple(sorted(spans))))
            name = f"{article.get('title', '')}#{number}"
            paragraphs.append(Paragraph(name, language, text, tuple(questions)))
    return paragraphs


def as_documents(paragraphs: Sequence[Paragraph]) -> list[Article]:
    """Every paragraph as an article of its own, named by its number."""
    return [
        Article(
            id=f"{n:04}",
            text=p.text,
            language=p.language,
            title=derive_title(p.text, p.language),
            source=p.article,
            hash=str(n),
        )
        for n, p in enumerate(paragraphs)
    ]


@dataclass(frozen=True)
class Xquad:
    """XQuAD's paragraphs by language, parallel lists, with the split of each."""

    paragraphs: dict[str, list[Paragraph]]
    split: list[str]  # "train", "dev" or "test", by paragraph

    def asked_in(self, asked: str, written: str = "es") -> list[Paragraph]:
        """The paragraphs in the language `written` with their questions in `asked`."""
        return [
            replace(
                paragraph,
                questions=tuple(
                    Question(q.id, other.text, q.spans)
                    for q, other in zip(paragraph.questions, twin.questions, strict=True)
                ),
            )
            for paragraph, twin in zip(
                self.paragraphs[written], self.paragraphs[asked], strict=True
            )
        ]

    def ids(self, *splits: str) -> set[str]:
        return {
            q.id
            for p, split in zip(self.paragraphs["es"], self.split, strict=True)
            if split in splits
            for q in p.questions
        }


def load_xquad(folder: Path) -> Xquad:
    """Every language of XQuAD."""
    paragraphs = {
        language: load_squad(folder / f"xquad.{language}.json", language)
        for language in XQUAD_LANGUAGES
    }
    articles = sorted(
        {p.article for p in paragraphs["en"]}, key=lambda a: sha256(a.encode()).hexdigest()
    )
    held = dict.fromkeys(articles[:TEST_ARTICLES], "test")
    held |= dict.fromkeys(articles[TEST_ARTICLES : TEST_ARTICLES + DEV_ARTICLES], "dev")
    return Xquad(paragraphs, [held.get(p.article, "train") for p in paragraphs["en"]])


def squad_es(folder: Path, xquad: Xquad, held_out: bool) -> list[Paragraph]:
    """SQuAD-es paragraphs whose article is (or is not) one of XQuAD's held-out articles."""
    held_ids = xquad.ids("dev", "test")
    by_title = defaultdict(list)  # both files have some of the articles, under one title
    for name in ("squad_es_v2.json", "squad_es_v1.json"):
        for paragraph in load_squad(folder / name, "es"):
            by_title[paragraph.article.rpartition("#")[0]].append(paragraph)
    chosen = []
    for paragraphs in by_title.values():
        is_held = any(q.id in held_ids for p in paragraphs for q in p.questions)
        if is_held == held_out:
            chosen += paragraphs
    return chosen


class Splitter:
    """Cuts paragraphs into passages as the index does."""

    def __init__(self, token_offsets: TokenOffsets) -> None:
        self._token_offsets = token_offsets

    def split(self, paragraph: Paragraph, max_tokens: int) -> list[tuple[int, int]]:
        """Character spans of the passages of `paragraph`."""
        article = Article("", paragraph.text, paragraph.language)
        return [(p.start, p.end) for p in split_article(article, self._token_offsets, max_tokens)]


def examples(
    paragraphs: Sequence[Paragraph],
    splitter: Splitter,
    rng: random.Random,
    source: str,
    share: float = 1.0,
    negatives: float = 0.3,
    index: "PassageIndex | None" = None,
    swaps: float = 0.0,
    titles: float = 0.0,
) -> list[Example]:
    """Examples of `share` of the questions: each over the passage that holds its answer, cut to a
    length drawn at random, and for a share `negatives` of them another over a passage that does
    not answer: another of the same article, or one of the nearest in `index` (by shared words,
    if it is not given). A share `swaps` is also asked falsely of the passage that answers it. A
    share `titles` of the passages is read behind the title of the question's article."""

    def titled(title: str) -> str:
        return title if titles and rng.random() < titles else ""

    by_article = defaultdict(list)
    passages: list[str] = []
    for paragraph in paragraphs:
        by_article[paragraph.article].append(paragraph)
    pieces: dict[int, list[tuple[int, int]]] = {}
    for n, paragraph in enumerate(paragraphs):
        pieces[n] = splitter.split(paragraph, rng.choice((80, 128, 128, 200, 256)))
        passages += [paragraph.text[s:e] for s, e in pieces[n]]
    if index is None:
        index = WordIndex(passages, paragraphs[0].language)
    made = []
    for n, paragraph in enumerate(paragraphs):
        title = paragraph.article.rpartition("#")[0].replace("_", " ")
        for question in paragraph.questions:
            if rng.random() >= share:
                continue
            if not question.spans:
                start, end = rng.choice(pieces[n])
                text = paragraph.text[start:end]
                made.append(Example(question.text, text, None, source, titled(title)))
                continue
            span = question.spans[0]
            holding = [(s, e) for s, e in pieces[n] if s <= span[0] and span[1] <= e]
            if not holding:
                continue
            start, end = holding[0]
            inside = (span[0] - start, span[1] - start)
            text = paragraph.text[start:end]
            made.append(Example(question.text, text, inside, source, titled(title)))
            if rng.random() < swaps:
                elsewhere = rng.choice(by_article[paragraph.article]).text
                false = swapped(question.text, text, elsewhere, rng)
                if false is not None:
                    made.append(Example(false, text, None, f"{source}-swapped"))
            if rng.random() < negatives:
                answer = paragraph.text[span[0] : span[1]].casefold()
                siblings = [
                    p.text[s:e]
                    for p in [rng.choice(by_article[paragraph.article])]
                    for s, e in [rng.choice(splitter.split(p, 128))]
                ]
                near = index.nearest(question.text) if rng.random() < index.preferred else []
                rng.shuffle(near)
                other = next((t for t in near + siblings if answer not in t.casefold()), None)
                if other is not None:
                    negative = f"{source}-negative"
                    made.append(Example(question.text, other, None, negative, titled(title)))
    return made


def sentence_examples(
    made: Sequence[Example], language: str, share: float, rng: random.Random
) -> list[Example]:
    """For a `share` of the `made` that have an answer, the sentence that holds it as a passage of
    its own, and in every other case the sentence beside it that shares most words with the question
    and has no answer: rag/reader/reader.py reads single sentences, too. The passages are in
    `language`."""
    alone = []
    for example in made:
        if example.span is None or rng.random() >= share:
            continue
        start, end = example.span
        bounds = sentence_spans(example.passage, language)
        holding = next(((s, e) for s, e in bounds if s <= start and end <= e), None)
        if holding is None or len(bounds) < 2:
            continue
        sentence = example.passage[slice(*holding)]
        inside = (start - holding[0], end - holding[0])
        alone.append(replace(example, passage=sentence, span=inside))
        answer = example.passage[start:end].casefold()
        asked = set(terms(example.question, language))
        others = [example.passage[s:e] for s, e in bounds]
        others = [other for other in others if answer not in other.casefold()]
        if others and rng.random() < 0.5:
            rng.shuffle(others)
            near = max(others, key=lambda other: len(asked & set(terms(other, language))))
            alone.append(replace(example, passage=near, span=None))
    return alone


def as_follow_ups(made: Sequence[Example], share: float, rng: random.Random) -> list[Example]:
    """The examples, a `share` of them asked behind another question over the same passage, as
    rag/understand/followup.py reads what follows in a conversation; the last question is the one to
    answer."""
    asked: dict[tuple[str, str], list[str]] = defaultdict(list)
    for example in made:
        asked[example.passage, example.source].append(example.question)
    changed = []
    for example in made:
        others = [q for q in asked[example.passage, example.source] if q != example.question]
        if others and rng.random() < share:
            text = example.question
            if rng.random() < 0.5:
                text = re.sub(r"^(¿?)(\w)", lambda m: m[1] + m[2].lower(), text)
            example = replace(example, question=f"{rng.choice(others)} {text}")
        changed.append(example)
    return changed


def swapped(question: str, passage: str, elsewhere: str, rng: random.Random) -> str | None:
    """`question` with one name or number that `passage` holds put in another's place, so that the
    passage answers it no longer; the other is taken from the passage or from `elsewhere`. None if
    there is none to put or to replace."""
    for kind in rng.sample((_NAME, _NUMBER), 2):
        mine = [m for m in kind.finditer(question) if m[0] in passage]
        if not mine:
            continue
        old = rng.choice(mine)
        others = {
            name
            for name in kind.findall(rng.choice((passage, elsewhere)))
            if name not in question and (kind is _NAME or len(name) == len(old[0]))
        }
        if others:
            other: str = rng.choice(sorted(others))
            return question[: old.start()] + other + question[old.end() :]
    return None


def crossed(
    xquad: Xquad,
    splits: Iterable[str],
    languages: Sequence[tuple[str, str]],
    splitter: Splitter,
    rng: random.Random,
    negatives: float = 0.3,
    index: "PassageIndex | None" = None,
    swaps: float = 0.0,
    titles: float = 0.0,
) -> list[Example]:
    """XQuAD's questions of `splits` in one language over the paragraphs in another, for every
    (question language, paragraph language) of `languages`."""
    made = []
    for asked, written in languages:
        paragraphs = [
            paragraph
            for paragraph, split in zip(xquad.asked_in(asked, written), xquad.split, strict=True)
            if split in splits
        ]
        source = f"xquad-{asked}-{written}"
        made += examples(paragraphs, splitter, rng, source, 1.0, negatives, index, swaps, titles)
    return made


class PassageIndex(Protocol):
    """Where negatives come from, and how often rather than from the same article."""

    preferred: float

    def nearest(self, question: str) -> list[str]:
        """Passages near `question`, best first."""


class WordIndex:
    """Passages by the rare words they share with a question."""

    preferred = 0.6

    def __init__(self, passages: list[str], language: str) -> None:
        self._passages, self._language = passages, language
        self._holding: dict[str, list[int]] = defaultdict(list)
        for n, passage in enumerate(passages):
            for word in set(terms(passage, language)):
                self._holding[word].append(n)

    def nearest(self, question: str) -> list[str]:
        scores: dict[int, float] = defaultdict(float)
        for word in set(terms(question, self._language)):
            holding = self._holding.get(word, [])
            if 0 < len(holding) < 200:
                for n in holding:
                    scores[n] += 1 / len(holding) ** 0.5
        best = sorted(scores, key=lambda n: -scores[n])[:_NEAREST]
        return [self._passages[n] for n in best]


class VectorIndex:
    """Passages by the encoder's cosine: what a question in any language really retrieves."""

    preferred = 0.8

    def __init__(self, passages: list[str], questions: Sequence[str], encoder: Encoder) -> None:
        self._passages = passages
        asked = list(dict.fromkeys(questions))
        vectors = encoder.encode_passages(passages)
        cosines = encoder.encode_questions(asked) @ vectors.T
        best = np.argsort(-cosines, axis=1)[:, :_NEAREST]
        self._nearest = dict(zip(asked, best.tolist(), strict=True))

    def nearest(self, question: str) -> list[str]:
        """`question` must be one of those given before."""
        return [self._passages[n] for n in self._nearest[question]]
