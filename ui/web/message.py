"""One question of a conversation and what came of it, as the page keeps and shows it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from hemeroteca.index.errors import Message
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.publication import Publication
from hemeroteca.index.text.days import RelativeDay
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.question import question_language

# What only the answering itself needs.
_NOT_KEPT = ("passages", "timings_ms")
_FORMER = ("period", "period_named", "outside_period")  # fields that answers had
_MARKER = re.compile(r"\s*\[(\d+)\]")


@dataclass(frozen=True)
class Turn:
    """A question and its answer, without the passages; None where there is none, then `failure` is
    the reason."""

    question: str
    answer: Answer | None = None
    failure: str = ""

    @property
    def evidence(self) -> Sequence[Citation]:
        """What was cited or, without an answer, what came nearest."""
        if self.answer is None:
            return ()
        return self.answer.citations if self.answer.answerable else self.answer.nearest

    def as_json(self) -> str:
        """The line that `turn_of` reads."""
        return json.dumps(
            asdict(self) | {"answer": _kept(self.answer)}, ensure_ascii=False, default=str
        )


@dataclass(frozen=True)
class Kept:
    """A turn of a conversation with what its owner thinks of it: `vote` is 1 for right, -1 for
    wrong, 0 for nothing."""

    turn: Turn
    vote: int = 0
    comment: str = ""


def answered_turn(answer: Answer) -> Turn:
    """What the page keeps of an answer."""
    return Turn(answer.question, replace(answer, passages=(), timings_ms={}))


def turn_of(line: str) -> Turn:
    """The turn that `Turn.as_json` wrote."""
    kept = json.loads(line)
    if "answered" in kept:
        return _former(kept)
    answer = kept.pop("answer")
    return Turn(**kept, answer=_answer(answer) if answer else None)


def _kept(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    kept = asdict(answer) | {"filter": answer.filter.as_dict(), "named": answer.named.as_dict()}
    return {name: value for name, value in kept.items() if name not in _NOT_KEPT}


def _answer(kept: Mapping[str, Any]) -> Answer:
    asked, named = _asked(kept)
    return Answer(**{
        **{name: value for name, value in kept.items() if name not in _FORMER},
        "statements": tuple(
            Statement(**{**s, "cites": tuple(s["cites"])}) for s in kept["statements"]
        ),
        "lead": _message(kept.get("lead")),
        "citations": tuple(map(citation_of, kept["citations"])),
        "nearest": tuple(map(citation_of, kept["nearest"])),
        "notes": tuple(map(_message, kept["notes"])),
        "outside": kept.get("outside", kept.get("outside_period", False)),
        "filter": asked,
        "named": named,
    })  # fmt: skip


def _asked(kept: Mapping[str, Any]) -> tuple[Filter, Filter]:
    """Of which articles it was asked, and what of that the question named; formerly that could only
    be a period."""
    if "filter" in kept:
        return Filter.from_dict(kept["filter"]), Filter.from_dict(kept["named"])
    period = Filter(Period.from_iso(*kept["period"]))
    return period, period if kept["period_named"] else Filter()


def citation_of(kept: Mapping[str, Any]) -> Citation:
    """The citation whose fields JSON kept."""
    published = dict(kept.get("publication", {}))
    published["authors"] = tuple(published.get("authors", ()))
    return Citation(
        **{
            **kept,
            "mark": tuple(kept["mark"]),
            "publication": Publication(**published),
            "days": tuple(map(_day, kept.get("days", ()))),
        }
    )


def _day(kept: Mapping[str, Any]) -> RelativeDay:
    first, last = (date.fromisoformat(kept[name]) for name in ("first", "last"))
    return RelativeDay(kept["start"], kept["end"], first, last)


def _message(kept: Any) -> Any:
    """A message, and the messages among what fills its blanks."""
    if not isinstance(kept, dict):
        return kept
    values = {name: _message(value) for name, value in kept["values"].items()}
    return Message(kept["sentence"], **values)


def _former(kept: Mapping[str, Any]) -> Turn:
    """A turn as it was kept before answers were data: what stood before the quotes in its text is
    one statement, with the numbers that it shows."""
    if kept["answered"] is None:
        return Turn(kept["question"], failure=kept["text"])
    lead = kept["text"].split("\n\n")[0]
    evidence = [citation_of(citation) for citation in kept["evidence"]]
    cites = tuple(dict.fromkeys(map(int, _MARKER.findall(lead))))
    said = _MARKER.sub("", lead)
    answered = kept["answered"]
    asked, named = _asked({"period": kept["period"], "period_named": kept["proposed"]})
    answer = Answer(
        question=kept["question"],
        kind=("short" if said == kept["answer"] else "written") if answered else "absent",
        language=question_language(kept["question"]),
        confidence=kept["confidence"],
        answer=kept["answer"],
        statements=[Statement(said, cites)] if answered else [],
        citations=evidence if answered else [],
        nearest=[] if answered else evidence,
        filter=asked,
        named=named,
        searched=kept["searched"] or kept["question"],
        text=kept["text"],
    )
    return Turn(kept["question"], answer)
