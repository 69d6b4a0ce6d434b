"""The sentence that answers, where it is not sure which of its words do."""

from hemeroteca.rag.answer import Answer, Statement
from hemeroteca.rag.cite import cite
from hemeroteca.rag.defaults import SENTENCE_FROM
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading


def holds_answer(question: Question, reading: Reading, least: float) -> bool:
    """Whether the sentence of the best answer to a fact holds the answer, as likely as
    SENTENCE_FROM and as `least` ask."""
    likely = bool(reading.evidence) and reading.holds >= max(SENTENCE_FROM, least)
    return likely and question.kind == "short"


def whole_sentence(question: Question, reading: Reading) -> Answer:
    """The sentence of the best answer of `reading`, which has evidence."""
    citations = cite(reading.evidence[:1])
    return Answer(
        question=question.text,
        kind="sentence",
        language=question.language,
        confidence=reading.holds,
        statements=[Statement(citations[0].quote, (citations[0].n,))],
        citations=citations,
    )
