"""The words of an article that answer, with the sentences that prove them."""

from hemeroteca.rag.answer import Answer, Statement
from hemeroteca.rag.cite import cite
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading


def short(question: Question, reading: Reading) -> Answer:
    """The best answer of `reading`, which has evidence."""
    citations = cite(reading.evidence)
    said = reading.evidence[0].answer
    return Answer(
        question=question.text,
        kind="short",
        language=question.language,
        confidence=reading.confidence,
        answer=said,
        statements=[Statement(said, tuple(citation.n for citation in citations))],
        citations=citations,
    )
