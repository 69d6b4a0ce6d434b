"""One line for who greets or thanks."""

from hemeroteca.index.errors import Message
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.question import Question


def greeting(question: Question) -> Answer:
    """That the articles can be asked."""
    return Answer(
        question=question.text,
        kind="greeting",
        language=question.language,
        confidence=1.0,
        lead=Message("Ask something, and the articles answer, word for word."),
    )
