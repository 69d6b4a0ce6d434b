"""That the articles do not say, and what comes nearest."""

from hemeroteca.rag.answer import Answer
from hemeroteca.rag.cite import cite
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading


def absent(question: Question, reading: Reading, outside: Reading | None) -> Answer:
    """A refusal; `outside` is what answers in articles that were not asked, if anything does."""
    return Answer(
        question=question.text,
        kind="absent",
        language=question.language,
        confidence=reading.confidence,
        nearest=cite(outside.evidence if outside else reading.nearest),
        outside=outside is not None,
    )
