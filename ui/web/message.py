"""One question of a conversation and what came of it, as the page keeps and shows it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from hemeroteca.rag.answer import Answer, Citation
from hemeroteca.rag.understand.period import Period

Days = tuple[str | None, str | None]  # the first and the last ISO date, each open if None


@dataclass(frozen=True)
class Turn:
    """A question and its outcome.

    `answered` is None where there is no outcome, then `text` is the reason; `answer` is the short
    answer, `text` the whole. `evidence` is what was cited or, without an answer, what came
    nearest. `period` is what was asked of, `proposed` whether the question's own dates named it;
    `searched` is what was searched where that is not the question alone."""

    question: str
    text: str
    answered: bool | None = None
    answer: str = ""
    confidence: float = 0.0
    evidence: Sequence[Citation] = ()
    period: Days = (None, None)
    proposed: bool = False
    searched: str = ""

    @property
    def lead(self) -> str:
        """What stands before the quotes."""
        return self.text.split("\n\n")[0]

    @property
    def written(self) -> bool:
        """Whether a model worded the answer."""
        markers = "".join(f"[{citation.n}]" for citation in self.evidence)
        return bool(self.answered) and self.lead != f"{self.answer} {markers}"

    @property
    def notes(self) -> list[str]:
        """What the program says about its own answer, such as why no model wrote it."""
        parts = self.text.split("\n\n")[1:]
        return [part[1:-1] for part in parts if part[:1] == "(" and part[-1:] == ")"]

    def as_json(self) -> str:
        """The line that `turn_of` reads."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True)
class Kept:
    """A turn of a conversation with what its owner thinks of it: `vote` is 1 for right, -1 for
    wrong, 0 for nothing."""

    turn: Turn
    vote: int = 0
    comment: str = ""


def turn_of(line: str) -> Turn:
    """The turn that `Turn.as_json` wrote."""
    kept = json.loads(line)
    kept["period"] = tuple(kept["period"])
    kept["evidence"] = tuple(
        Citation(**(citation | {"mark": tuple(citation["mark"])})) for citation in kept["evidence"]
    )
    return Turn(**kept)


def answered_turn(answer: Answer, period: Period, proposed: bool) -> Turn:
    """What the page keeps of an answer, asked of `period`."""
    return Turn(
        question=answer.question,
        text=answer.text,
        answered=answer.answerable,
        answer=answer.answer,
        confidence=answer.confidence,
        evidence=tuple(answer.citations if answer.answerable else answer.nearest),
        period=(
            period.first.isoformat() if period.first else None,
            period.last.isoformat() if period.last else None,
        ),
        proposed=proposed,
        searched=answer.searched if answer.searched != answer.question else "",
    )
