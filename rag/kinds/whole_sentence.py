"""The sentence that answers, where it is not sure which of its words do."""

from hemeroteca.rag.answer import Answer, Statement
from hemeroteca.rag.cite import cite
from hemeroteca.rag.defaults import WORDS_FROM
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading


def is_sure_of_words(reading: Reading) -> bool:
    """Whether the words of the best answer are told, not its sentence; so, too, where nobody has
    said how likely the sentence is."""
    return reading.confidence >= WORDS_FROM or not reading.holds


def whole_sentence(question: Question, reading: Reading) -> Answer:
    """The sentence of the best answer of `reading`, which has evidence."""
    citations = cite(reading.evidence[:1])
    return Answer(
        question=question.text,
        kind="sentence",
        language=question.language,
        confidence=reading.holds,
        answer=citations[0].quote,
        statements=[Statement(citations[0].quote, (citations[0].n,))],
        citations=citations,
    )
