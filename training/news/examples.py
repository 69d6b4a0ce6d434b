"""Examples from invented news: what a passage says of one thing and not of another.

Every article was written for this, with questions that it answers and, beside them, questions of
the same people, sums and days that it does not. Passages are read behind their article's headline,
as the program reads them."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hemeroteca.index.text.sentences import Span, sentence_spans
from hemeroteca.index.text.terms import terms
from training.data import Example, Paragraph, Splitter
from training.verifier.data import WRITTEN, split_of

NEWS = Path(__file__).parent
_LENGTHS = (80, 128, 200, 256)  # tokens of a passage
_HEADLINE = 0.8  # of passages are read behind their headline
_ALONE, _OTHER, _NEAR = 0.5, 0.35, 0.3  # sentences by themselves; other passages; other sentences
# Kinds of written questions that have no answer.
UNANSWERABLE = ("near-miss", "false-premise", "denied")


@dataclass(frozen=True)
class Asked:
    """A question with the span that answers it in the article's text; None if none does."""

    text: str
    language: str
    span: Span | None
    kind: str


@dataclass(frozen=True)
class NewsArticle:
    """An article: `text` begins with the headline and a blank line; `file` is where it stands with
    others that may tell of the same, `group` what the split goes by, `name` what questions asked of
    an archive call it."""

    language: str
    headline: str
    text: str
    asked: Sequence[Asked]
    file: str
    group: str
    name: str

    @property
    def split(self) -> str:
        return split_of(self.group)


def load_news(folder: Path = NEWS) -> list[NewsArticle]:
    """The articles of the JSON lines files in `folder`. Raises ValueError if an answer is not in
    its article."""
    articles = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            text = f"{row['headline']}\n\n{row['text']}"
            asked = [
                Asked(q["question"], q["lang"], _place(text, row["headline"], q), q["kind"])
                for q in row["questions"]
            ]
            name = f"{path.stem} {number}"
            articles.append(
                NewsArticle(
                    row["lang"], row["headline"], text, asked, path.stem, f"news {name}", name
                )
            )
    return articles


def _place(text: str, headline: str, question: dict[str, str]) -> Span | None:
    answer, inside = question["answer"], question.get("in", "")
    if not answer:
        return None
    if inside == "headline":
        start = headline.index(answer)
    else:
        body = len(headline) + 2
        start = text.index(inside or answer, body)
        start = text.index(answer, start)
    return start, start + len(answer)


def news_examples(
    articles: Sequence[NewsArticle], splitter: Splitter, rng: random.Random
) -> list[Example]:
    """Every question over the passage that answers it, or that is most alike if none does, and
    some of them over its sentence, another sentence and another passage."""
    made: list[Example] = []
    for article in articles:
        paragraph = Paragraph(article.headline, article.language, article.text, ())
        pieces = splitter.split(paragraph, rng.choice(_LENGTHS))
        sentences = sentence_spans(article.text, article.language)
        for question in article.asked:
            made += _of_question(article, question, pieces, sentences, rng)
    return made


def _of_question(
    article: NewsArticle,
    question: Asked,
    pieces: Sequence[Span],
    sentences: Sequence[Span],
    rng: random.Random,
) -> list[Example]:
    asked, span = set(terms(question.text, article.language)), question.span

    def over(place: Span, answers: bool) -> Example:
        inside = (span[0] - place[0], span[1] - place[0]) if span and answers else None
        shown = place[0] > 0 and rng.random() < _HEADLINE
        return Example(
            question.text, article.text[slice(*place)], inside, "news",
            article.headline if shown else "",
        )  # fmt: skip

    def most_alike(places: Sequence[Span]) -> Span:
        return max(
            places,
            key=lambda p: (
                len(asked & set(terms(article.text[slice(*p)], article.language))),
                rng.random(),
            ),
        )

    if span is None:
        made = [over(most_alike(pieces), False)]
        if rng.random() < _ALONE:
            made.append(over(most_alike(sentences), False))
        return made
    answer = article.text[slice(*span)].casefold()
    made = []
    for places, share in ((pieces, 1.0), (sentences, _ALONE)):
        holding = [p for p in places if p[0] <= span[0] and span[1] <= p[1]]
        made += [over(p, True) for p in holding if rng.random() < share]
    for places, share in ((pieces, _OTHER), (sentences, _NEAR)):
        others = [p for p in places if answer not in article.text[slice(*p)].casefold()]
        if others and rng.random() < share:
            made.append(over(most_alike(others), False))
    return made


def written_examples(rng: random.Random, folder: Path = WRITTEN) -> list[Example]:
    """The questions written for the judge of sentences (training/verifier/written), whose
    passages are one sentence or two; without those that calibration asks."""
    made = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            if split_of(f"written {path.stem} {number}") != "train":
                continue
            row = json.loads(line)
            passage = f"{row['before']} {row['evidence']}".strip()
            answers: dict[str, str] = {}
            for q in row.get("questions", ()):
                if q["kind"] == "yesno":
                    continue
                if q["verdict"] == "stated" and q["answer"] in passage:
                    answers[q["question"]] = q["answer"]
                elif q["kind"] in UNANSWERABLE:
                    answers.setdefault(q["question"], "")
            for question, answer in answers.items():
                start = passage.rindex(answer) if answer else 0
                span = (start, start + len(answer)) if answer else None
                header = row["headline"] if rng.random() < _HEADLINE else ""
                made.append(Example(question, passage, span, "written", header))
    return made
