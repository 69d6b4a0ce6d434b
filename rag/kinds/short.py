"""The words of an article that answer, with the sentences that prove them."""

from hemeroteca.index.errors import Message
from hemeroteca.rag.answer import Answer, Statement
from hemeroteca.rag.cite import cite
from hemeroteca.rag.days import iso_text
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
        notes=_other_versions(reading, question),
    )


def _other_versions(reading: Reading, question: Question) -> list[Message]:
    """What other versions of the story say, which the answer corrects."""
    if not reading.versions:
        return []
    said = (
        f"{version.answer} ({version.passage.title}, "
        f"{iso_text(version.passage.date, question.language)})"
        for version in sorted(reading.versions, key=lambda version: version.passage.day)
    )
    return [Message("Other versions of the text say: {versions}", versions="; ".join(said))]
