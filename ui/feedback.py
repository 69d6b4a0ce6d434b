"""What people thought of answers, as draft lines of a test set (docs/evaluation.md)."""

import json
from collections.abc import Iterator, Sequence

from ui.history import History, Judged
from ui.turn import Turn


def draft_lines(history: History) -> Iterator[str]:
    """A line of JSON for each judged answer, to be corrected by hand.

    An answer that is right brings its answer and evidence. One that is wrong brings none, which
    the test set would read as "not in the articles": its tag `wrong` says that a person must
    write what is right, or that nothing is."""
    for judged, before in history.feedback():
        yield json.dumps(_line(judged, before), ensure_ascii=False)


def _line(judged: Judged, before: Sequence[Turn]) -> dict[str, object]:
    turn = judged.turn
    line: dict[str, object] = {
        "id": f"{judged.conversation[:12]}-{judged.position}",
        "question": turn.question,
        "answers": [],
        "tags": ["feedback", "right" if judged.vote > 0 else "wrong"],
    }
    if before:
        line["history"] = [earlier.question for earlier in before]
    line |= {name: day for name, day in zip(("from", "to"), turn.period, strict=True) if day}
    if turn.answered and judged.vote > 0:
        article = turn.evidence[0].article
        line["answers"] = [turn.answer]
        line["evidence"] = [c.quote for c in turn.evidence if c.article == article]
        line["article"] = article
    return line
