"""Answers and conversations as Markdown, in which what articles and people write stays text."""

from collections.abc import Collection, Sequence

from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.days import period_text
from hemeroteca.rag.references import plain
from hemeroteca.rag.render import day_of, lead_of, notes, paragraphs, refusal
from hemeroteca.ui.language import say
from hemeroteca.ui.web.message import Kept, Turn


def as_markdown(turns: Sequence[Kept], gone: Collection[str] = ()) -> str:
    """A conversation with its citations, to keep or to send; `gone` are those of its articles that
    are in the archive no more."""
    return "\n\n".join(_turn_markdown(kept.turn, gone) for kept in turns) + "\n"


def cited(turns: Sequence[Kept]) -> list[Citation]:
    """What a conversation cites, in its order."""
    answers = (kept.turn.answer for kept in turns)
    return [each for a in answers if a and a.answerable for each in a.citations]


def _turn_markdown(turn: Turn, gone: Collection[str]) -> str:
    lines = [f"## {inline(turn.question)}"]
    answer = turn.answer
    if answer is None:
        return "\n\n".join([*lines, inline(turn.failure)])
    if answer.period:
        lines.append(period_text(answer.period, answer.language))
    lines.append(said_markdown(answer))
    for each in answer.citations if answer.answerable else ():
        lines.append(quote_markdown(each, answer.language, _place(each)))
        if each.article in gone:
            lines[-1] += (
                f"\n>\n> {say('This article is no longer in the archive.', answer.language)}"
            )
    return "\n\n".join(lines)


def said_markdown(answer: Answer) -> str:
    """What an answer says, with its markers, or that the articles do not say."""
    if not answer.answerable:
        return inline(refusal(answer))
    lines = [inline(lead_of(answer))] if answer.lead else []
    lines += [" ".join(_statement(s, answer) for s in part) for part in paragraphs(answer)]
    lines += [f"({inline(note)})" for note in notes(answer)]
    return "\n\n".join(lines)


def quote_markdown(citation: Citation, language: str, behind: str = "") -> str:
    """A quote with its number and its reference, and what is said `behind` that, in Markdown."""
    reference = f"[{citation.n}] {inline(plain(citation, language))} {behind}".strip()
    return f"> {inline(citation.quote)}\n>\n> {reference}"


def _place(citation: Citation) -> str:
    return f"({citation.article}, {citation.start}–{citation.end})"


def _statement(statement: Statement, answer: Answer) -> str:
    before = (part for part in (statement.subject, day_of(statement, answer.language)) if part)
    text = inline("".join(f"{part}: " for part in before) + statement.text)
    markers = "".join(f"[{n}]" for n in statement.cites)
    return f"**{text}** {markers}" if statement.text == answer.answer else f"{text} {markers}"


def inline(text: str) -> str:
    """`text` on one line, its Markdown and HTML switched off."""
    escaped = "".join(
        f"\\{character}" if character in "\\`*_[]<>#|!" else character for character in text
    )
    return " ".join(escaped.split())
