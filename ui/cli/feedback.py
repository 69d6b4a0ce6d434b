"""What people thought of answers, as draft lines of a test set (docs/evaluation.md)."""

import json
from collections.abc import Iterator

from hemeroteca.ui.web.history import History, Judged


def draft_lines(history: History) -> Iterator[str]:
    """A line of JSON for each judged answer, to be corrected by hand.

    An answer that is right brings its answer and evidence. One that is wrong brings none, which
    the test set would read as "not in the articles": its tag `wrong` says that a person must
    write what is right, or that nothing is."""
    for judged in history.feedback():
        yield json.dumps(_line(judged), ensure_ascii=False)


def _line(judged: Judged) -> dict[str, object]:
    turn, right = judged.kept.turn, judged.kept.vote > 0
    line: dict[str, object] = {
        "id": f"{judged.conversation[:12]}-{judged.position}",
        "question": turn.question,
        "answers": [],
        "tags": ["feedback", "right" if right else "wrong"],
    }
    if judged.before:
        line["history"] = [earlier.question for earlier in judged.before]
    answer = turn.answer
    if answer and not answer.named.period:  # such a one is read out of the question again
        days = zip(("from", "to"), answer.period.iso, strict=True)
        line |= {name: day for name, day in days if day}
    if answer and answer.answerable and right:
        article = answer.citations[0].article
        line["answers"] = [answer.answer]
        line["evidence"] = [c.quote for c in answer.citations if c.article == article]
        line["article"] = article
    if judged.kept.comment:
        line["comment"] = judged.kept.comment
    return line
