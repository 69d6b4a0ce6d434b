"""Questions asked of the whole archive of invented news, not of an article before one's eyes.

`asked/*.jsonl` has them, a JSON object a line: the article (file and line), question, language,
answer ("" if no article gives one), other answers that would be right, and kind; "broad" where
any article of the archive may speak of what is asked ("Who is the president of Colombia?")."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.text.sentences import Span, sentence_spans
from training.data import Example, Paragraph, Splitter
from training.news.examples import NEWS, NewsArticle

_NAME = re.compile(r"\b[^\W\d_a-zß-ÿа-я][^\W\d_]{3,}")
_LENGTHS = (128, 200, 256)  # tokens of a passage
_ALONE = 0.5  # of sentences with an answer, or likest to a question without, are read alone
_OTHER = 0.35  # of answered questions are also asked of another passage of their article
_ELSEWHERE = 2  # passages of other articles for a question with an answer, one for another


@dataclass(frozen=True)
class AskedOfAll:
    """A question, its article's place among `load_news()`, and the spans of that article's text
    that answer it, the best first; none if no article does."""

    text: str
    language: str
    article: int
    answers: Sequence[Span]
    kind: str
    broad: bool = False


def load_asked(articles: Sequence[NewsArticle], folder: Path = NEWS / "asked") -> list[AskedOfAll]:
    """The questions of `folder`, asked of `articles`. Raises ValueError if an answer is not in its
    article, and KeyError if there is no such article."""
    places = {article.name: n for n, article in enumerate(articles)}
    return [asked_of(row, articles, places[row["article"]]) for row in asked_rows(folder)]


def asked_rows(folder: Path) -> Iterator[dict[str, Any]]:
    """The lines of the JSON lines files in `folder`."""
    for path in sorted(folder.glob("*.jsonl")):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def asked_of(row: dict[str, Any], articles: Sequence[NewsArticle], place: int) -> AskedOfAll:
    """The question of a line, asked of the article at `place`. Raises ValueError if an answer is
    not in it."""
    spans = [
        (start, start + len(answer))
        for answer in (row["answer"], *row.get("also", ()))
        if answer
        for start in [_place(articles[place], answer, row.get("in", ""))]
    ]
    broad = row.get("broad", False)
    return AskedOfAll(row["question"], row["lang"], place, spans, row["kind"], broad)


def _place(article: NewsArticle, answer: str, around: str) -> int:
    """Where `answer` stands: within `around` if it does there, rather in the text than in the
    headline else."""
    text, body = article.text, len(article.headline) + 2
    if answer in around:
        return text.index(answer, text.index(around))
    found = text.find(answer, body)
    return found if found >= 0 else text.index(answer)


def asked_examples(
    articles: Sequence[NewsArticle],
    asked: Sequence[AskedOfAll],
    splitter: Splitter,
    rng: random.Random,
    encoder: Encoder,
    elsewhere: int = _ELSEWHERE,
) -> list[Example]:
    """Every question of an article that teaches over the passage that answers it, over its sentence
    alone, and over `elsewhere` passages that retrieval takes for the likest of other articles."""
    asked = [q for q in asked if articles[q.article].split == "train"]
    if not asked:
        return []
    pieces: list[tuple[int, Span]] = []
    for n, article in enumerate(articles):
        if article.split == "train":
            paragraph = Paragraph(article.headline, article.language, article.text, ())
            pieces += [(n, s) for s in splitter.split(paragraph, rng.choice(_LENGTHS))]
    texts = [f"{articles[n].headline}\n{articles[n].text[slice(*s)]}" for n, s in pieces]
    vectors = encoder.encode_passages(texts)
    cosines = encoder.encode_questions([q.text for q in asked]) @ vectors.T
    made: list[Example] = []
    for group, (question, row) in enumerate(zip(asked, cosines, strict=True)):
        ranked = [pieces[k] for k in np.argsort(-row)[:60]]
        # A broad question that its article does not answer may be answered by another.
        many = elsewhere if question.answers else int(not question.broad)
        made += _of_question(question, articles, pieces, ranked, rng, group, many)
    return made


def _of_question(
    question: AskedOfAll,
    articles: Sequence[NewsArticle],
    pieces: Sequence[tuple[int, Span]],
    ranked: Sequence[tuple[int, Span]],
    rng: random.Random,
    group: int,
    many: int,
) -> list[Example]:
    own = articles[question.article]
    answers = [own.text[slice(*span)].casefold() for span in question.answers]

    def over(article: NewsArticle, place: Span, gold: Span | None, alone: bool = False) -> Example:
        inside = (gold[0] - place[0], gold[1] - place[0]) if gold else None
        header = article.headline if place[0] > 0 else ""
        passage = article.text[slice(*place)]
        return Example(question.text, passage, inside, "asked", header, -1 if alone else group)

    # Where whom is asked for may be called by one of the names.
    names = {name for a, b in question.answers for name in _NAME.findall(own.text[a:b])}
    told = [*answers, *(map(str.casefold, names) if question.broad else ())]

    def silent(article: NewsArticle, place: Span) -> bool:
        return not any(words in article.text[slice(*place)].casefold() for words in told)

    of_own = [span for n, span in pieces if n == question.article]
    sentences = sentence_spans(own.text, own.language)
    made = []
    if question.answers:
        gold = question.answers[0]
        holding = [p for p in of_own if p[0] <= gold[0] and gold[1] <= p[1]]
        made += [over(own, p, gold) for p in holding]
        alone = [p for p in sentences if p[0] <= gold[0] and gold[1] <= p[1]]
        made += [over(own, p, gold, True) for p in alone if rng.random() < _ALONE]
        others = [p for p in of_own if silent(own, p)]
        made += [over(own, p, None) for p in others[:1] if rng.random() < _OTHER]
    else:
        likest = [span for n, span in ranked if n == question.article] or of_own
        made.append(over(own, likest[0], None))
        inside = [s for s in sentences if likest[0][0] <= s[0] and s[1] <= likest[0][1]]
        if inside and rng.random() < _ALONE:
            made.append(over(own, rng.choice(inside), None, True))
    elsewhere = [
        (articles[n], span)
        for n, span in ranked
        if articles[n].file != own.file and silent(articles[n], span)
    ]
    made += [over(article, span, None) for article, span in elsewhere[:many]]
    return made
