"""That the articles do not say, not surely, or deny it, and what comes nearest."""

from hemeroteca.index.article import Passage
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.cite import cite
from hemeroteca.rag.defaults import UNSURE_FROM
from hemeroteca.rag.kinds.denial import denied_above
from hemeroteca.rag.kinds.names import of_whom_it_asks
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading


def absent(
    question: Question, reading: Reading, outside: Reading | None, denied: Passage | None = None
) -> Answer:
    """A refusal, which is unsure from UNSURE_FROM; `outside` is what answers in articles that were
    not asked, if anything does, and `denied` is of an article whose headline denies what is
    asked."""
    nearest = outside.evidence if outside else reading.nearest
    notes = []
    if denied:
        notes = [denied_above(denied)]
        nearest = sorted(nearest, key=lambda found: found.passage.article != denied.article)
    return Answer(
        question=question.text,
        kind="absent",
        language=question.language,
        confidence=reading.confidence,
        nearest=cite(nearest),
        outside=outside is not None,
        unsure=not outside and not denied and _may_answer(question, reading),
        notes=notes,
    )


def _may_answer(question: Question, reading: Reading) -> bool:
    """Whether it is too likely that the best answer is one to say that there is none."""
    likely = bool(reading.evidence) and reading.confidence >= UNSURE_FROM
    return likely and of_whom_it_asks(question, reading)
