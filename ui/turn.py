"""One question of a conversation and what came of it, as the page keeps and shows it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from rag.answer import Answer, Citation


@dataclass(frozen=True)
class Turn:
    """A question and its outcome.

    `answered` is None where the question could not be asked, then `text` is the reason; `answer`
    is the short answer, `text` the whole. `evidence` is what was cited or, without an answer,
    what came nearest. `period` is the first and the last ISO date asked of, each or None."""

    question: str
    text: str
    answered: bool | None = None
    answer: str = ""
    confidence: float = 0.0
    evidence: Sequence[Citation] = ()
    period: tuple[str | None, str | None] = (None, None)

    def as_json(self) -> str:
        """The line that `turn_of` reads."""
        return json.dumps(asdict(self), ensure_ascii=False)


def turn_of(line: str) -> Turn:
    """The turn that `Turn.as_json` wrote."""
    kept = json.loads(line)
    kept["period"] = tuple(kept["period"])
    kept["evidence"] = tuple(
        Citation(**(citation | {"mark": tuple(citation["mark"])})) for citation in kept["evidence"]
    )
    return Turn(**kept)


def answered_turn(answer: Answer, date_from: date | None, date_to: date | None) -> Turn:
    """What the page keeps of an answer, asked of that period."""
    return Turn(
        question=answer.question,
        text=answer.text,
        answered=answer.answerable,
        answer=answer.answer,
        confidence=answer.confidence,
        evidence=tuple(answer.citations if answer.answerable else answer.nearest),
        period=(
            date_from.isoformat() if date_from else None,
            date_to.isoformat() if date_to else None,
        ),
    )
