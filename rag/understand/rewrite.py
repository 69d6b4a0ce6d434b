"""A follow-up put by the user's own model as a question that stands alone.

What the model writes is searched only if it leans on nothing any more, invents nothing and forgets
nothing: its names, numbers, dates and most of its words are those of the conversation, and those of
the question are still in it."""

import re
from collections.abc import Sequence

from babel import Locale
from llama_index.core.llms import ChatMessage

from hemeroteca.rag.question import MAX_QUESTION_CHARACTERS
from hemeroteca.rag.understand.followup import is_follow_up
from hemeroteca.rag.writer.facts import (
    Facts,
    facts,
    longer_words,
    missing_fact,
    most_words_in,
    together,
)
from hemeroteca.rag.writer.llm import LanguageModel

_QUESTION_TOKENS = 200
_TURNS = 4  # what a follow-up leans on was asked just before it
_FIRST = re.compile(r"[^\W\d_]")
_RULES = """Rewrite the last question so that it can be understood without the earlier ones: put
the names that it stands for in place of words like he, it, there or then. Keep its meaning and its
language, {language}. If it is about something else, or is clear by itself, repeat it unchanged.
Write the question only."""
_EXAMPLES = (
    (("Who opened the bridge?", "and when?"), "When was the bridge opened?"),
    (("Who opened the bridge?", "What did the council decide about the school in Dover?"),
     "What did the council decide about the school in Dover?"),
)  # fmt: skip


def condense(
    model: LanguageModel, question: str, language: str, history: Sequence[str]
) -> str | None:
    """`question`, which is in `language` (ISO 639-1), as one that stands alone after the questions
    `history`, oldest first; None if what the model wrote is not to be trusted. Raises ModelError
    if it writes nothing."""
    asked = [*history[-_TURNS:], question]
    pieces = model.stream(_messages(asked, language), _QUESTION_TOKENS)
    written = "".join(pieces).strip()
    if "\n" in written or not 0 < len(written) <= MAX_QUESTION_CHARACTERS:
        return None
    invented = missing_fact(_stated([written], language), _stated(asked, language))
    forgotten = missing_fact(_stated([question], language), _stated([written], language))
    kept = most_words_in(question, [written], language) and most_words_in(written, asked, language)
    if not kept or invented or forgotten or is_follow_up(written):
        return None
    return (
        None
        if is_follow_up(question) and not _added(question, written, asked, language)
        else written
    )


def _added(question: str, written: str, asked: Sequence[str], language: str) -> set[str]:
    """The words that `written` has from the earlier questions."""
    earlier = longer_words(" ".join(asked[:-1]), language) - longer_words(question, language)
    return longer_words(written, language) & earlier


def _stated(texts: Sequence[str], language: str) -> Facts:
    # The word that asks begins a question with a capital, though it names nobody.
    return together([facts(_FIRST.sub(_lowered, text, count=1), language) for text in texts])


def _lowered(first: re.Match[str]) -> str:
    return first[0].lower()


def _messages(asked: Sequence[str], language: str) -> list[ChatMessage]:
    rules = _RULES.format(language=Locale.parse("en").languages[language])
    messages = [ChatMessage(role="system", content=rules)]
    for example, written in _EXAMPLES:
        messages.append(ChatMessage(role="user", content=_conversation(example)))
        messages.append(ChatMessage(role="assistant", content=written))
    return [*messages, ChatMessage(role="user", content=_conversation(asked))]


def _conversation(asked: Sequence[str]) -> str:
    earlier = "\n".join(f"- {question}" for question in asked[:-1])
    return f"Earlier questions:\n{earlier}\n\nLast question: {asked[-1]}"
