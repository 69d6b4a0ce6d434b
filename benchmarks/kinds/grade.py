"""Whether an answer is right, by the rules of docs/kinds.md."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from benchmarks.kinds.asked import Line, Question, Said, holds, plain
from hemeroteca.rag.days import iso_text

_ON_SUBJECT = 0.7  # of a timeline's or summary's lines,
_TOLD = 0.5  # and of the events or points, to be useful
_PRECISION, _RECALL = 0.85, 0.6  # of a list, to be right
_ALIKE = 0.7  # of two lines' words in both
_OF_THE_CATALOG = "noticias/"


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    hits: int = 0
    of: int = 0

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 1.0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.hits + other.hits, self.of + other.of)


@dataclass(frozen=True)
class Grade:
    """How an answer did: `verdict` where yes or no was said, `precision` and `recall` of a list's
    items, `days` of the lines whose day is known."""

    question: Question
    said: Said
    recognised: bool
    right: bool
    verdict: Share
    precision: Share
    recall: Share
    supported: Share
    days: Share
    distinct: bool


def grade(question: Question, said: Said) -> Grade:
    """The grade of what was said to a question."""
    return Grade(
        question=question,
        said=said,
        recognised=said.asked == (question.asked or question.kind),
        right=said.shown and _RULES[question.kind](question, said),
        verdict=Share(int(said.verdict == question.verdict), 1) if said.verdict else Share(),
        precision=_precision(question, said),
        recall=_recall(question, said),
        supported=Share(sum(line.supported for line in said.lines), len(said.lines)),
        days=_days(question, said),
        distinct=not any(_alike(a, b) for a, b in combinations(said.lines, 2)),
    )


def _line_holds(line: Line, pieces: Sequence[str]) -> bool:
    return holds(" ".join([line.text, *line.quotes]), pieces)


def _bearing(question: Question, said: Said) -> bool:
    """One line is what decides, none is another's, and all are of articles that decide."""
    return (
        any(_line_holds(line, question.evidence) for line in said.lines)
        and not any(holds(line.text, question.never) for line in said.lines)
        and all(set(line.articles) & set(said.homes) for line in said.lines)
    )


def _told(question: Question, said: Said) -> bool:
    """The sentences decide, and no wrong verdict is said above them."""
    return said.verdict in ("", question.verdict) and _bearing(question, said)


def _listed(question: Question, said: Said) -> bool:
    return (
        _precision(question, said).value >= _PRECISION and _recall(question, said).value >= _RECALL
    )


def _precision(question: Question, said: Said) -> Share:
    """The lines that are an item, hardly more, or several."""
    if question.kind != "listing" or not said.shown:
        return Share()
    return Share(sum(_is_item(line.text, question.items) for line in said.lines), len(said.lines))


def _is_item(text: str, items: Sequence[str]) -> bool:
    found = sum(len(item.split()) for item in items if holds(text, [item]))
    return found > 0 and len(text.split()) <= 2 * found + 1


def _recall(question: Question, said: Said) -> Share:
    if question.kind != "listing" or not said.shown:
        return Share()
    whole = " ".join(line.text for line in said.lines)
    return Share(sum(holds(whole, [item]) for item in question.items), len(question.items))


def _useful(question: Question, said: Said) -> bool:
    """Enough lines are of the articles on the subject, and enough of what matters is told."""
    pieces = question.points or [event["evidence"] for event in question.events]
    near = [line for line in said.lines if _ids(line) & set(question.articles)]
    told = [piece for piece in pieces if any(_line_holds(line, [piece]) for line in said.lines)]
    return len(near) >= _ON_SUBJECT * len(said.lines) and len(told) >= _TOLD * min(len(pieces), 6)


def _ids(line: Line) -> set[str]:
    return {article.removeprefix(_OF_THE_CATALOG) for article in line.articles}


def _days(question: Question, said: Said) -> Share:
    known = [
        line.day in event["days"]
        for line in said.lines
        for event in question.events
        if said.kind == "timeline" and event.get("days") and _line_holds(line, [event["evidence"]])
    ]
    return Share(sum(known), len(known))


def _compared(question: Question, said: Said) -> bool:
    """Each side has a line that says what is compared, and who is absent is named."""
    return all(
        any(_line_holds(line, pieces) for line in said.lines) for pieces in question.sides.values()
    ) and all(holds(said.notes, [name]) for name in question.absent)


def _catalogued(question: Question, said: Said) -> bool:
    cited = [article for line in said.lines for article in _ids(line)]
    if question.value:
        value = question.value
        shown = iso_text(value, question.language) if question.asked == "day" else value
        return holds(said.answer, [shown])
    if question.asked == "count" and said.answer != str(len(question.articles)):
        return False
    if question.asked == "latest":
        return cited[:1] == [question.first] and set(cited) <= set(question.articles)
    return set(cited) == set(question.articles)


def _named(question: Question, said: Said) -> bool:
    """Every line is of an article that holds the name, and each of these is there."""
    cited = {article for line in said.lines for article in _ids(line)}
    return cited == set(question.articles)


def _followed(question: Question, said: Said) -> bool:
    return any(_line_holds(line, question.evidence) for line in said.lines)


def _alike(one: Line, other: Line) -> bool:
    words, others = (set(re.findall(r"\w+", plain(line.text))) for line in (one, other))
    return len(words & others) > _ALIKE * max(len(words | others), 1)


_RULES: Mapping[str, Callable[[Question, Said], bool]] = {
    "yesno": _told,
    "explanation": _bearing,
    "position": _bearing,
    "listing": _listed,
    "timeline": _useful,
    "summary": _useful,
    "comparison": _compared,
    "catalog": _catalogued,
    "name": _named,
    "followup": _followed,
    "unanswerable": lambda question, said: False,
}
