"""The conversation as the page shows it: each question, and its answer or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass

from hemeroteca.rag.answer import Answer, Citation
from hemeroteca.rag.render import (
    day_of,
    lead_of,
    named,
    notes,
    paragraphs,
    refusal,
    resolved_days,
)
from hemeroteca.ui.web.message import Kept
from hemeroteca.ui.web.view import TEMPLATES


@dataclass(frozen=True)
class Waiting:
    """A question that is being answered: the id by which it is stopped, how many others come
    before it (None once its turn has come), the embedded answer, and the sentences that a model
    has written so far."""

    id: str
    question: str
    ahead: int | None = None
    draft: Answer | None = None
    written: Sequence[str] = ()


def conversation_html(
    conversation: str,
    turns: Sequence[Kept],
    language: str,
    waiting: Waiting | None = None,
    suggestions: Sequence[str] = (),
    articles: bool = True,
) -> str:
    """The turns of the conversation of that id, oldest first, and the question that is being
    answered, if one is; without any, the questions that are suggested or, where there are no
    `articles`, how to add some."""
    return TEMPLATES.render(
        "conversation",
        language,
        conversation=conversation,
        turns=turns,
        waiting=waiting,
        suggestions=suggestions,
        articles=articles,
        paragraphs=paragraphs,
        refusal=refusal,
        notes=notes,
        lead_of=lead_of,
        day_of=day_of,
        resolved_days=resolved_days,
        source=lambda citation: _source(citation, language),
    )


def _source(citation: Citation, language: str) -> str:
    return named(citation.title, citation.publication.paper, citation.date, language)
