"""An Answer put into words, in the language of its question: the only place where that is done."""

from collections.abc import Sequence
from pathlib import Path

from hemeroteca.index.errors import Message
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.days import days_text
from hemeroteca.rag.translations import Translations

_TRANSLATIONS = Translations(Path(__file__).parent / "locale")
_ABSENT = Message("The articles do not say.")
_ABSENT_IN_PERIOD = Message("The articles of this period do not say.")
_ABSENT_AMONG = Message("The chosen articles do not say.")
_NEAREST = Message("The nearest passages:")
_ALSO = Message("Also in:")


def plain_text(answer: Answer) -> str:
    """What a person is shown of `answer` where there is nothing but text: what it says with its
    markers, notes in parentheses, and the quotes; or that the articles do not say, and what comes
    nearest."""
    language = answer.language
    if not answer.answerable:
        parts = [refusal(answer)]
        if answer.nearest:
            parts += [worded(_NEAREST, language), *(quoted(c, language) for c in answer.nearest)]
        return "\n\n".join(parts)
    parts = [said(answer), *(f"({note})" for note in notes(answer))]
    parts += [f"[{c.n}] {quoted(c, language)}" for c in answer.citations]
    return "\n\n".join(parts)


def worded(message: Message, language: str) -> str:
    """A sentence of the program's own in the language of an answer (ISO 639-1)."""
    return _TRANSLATIONS.say(message, language)


def refusal(answer: Answer) -> str:
    """That the articles, those of the period, or those chosen otherwise do not say."""
    if not answer.outside:
        return worded(_ABSENT, answer.language)
    return worded(_ABSENT_AMONG if answer.filter.names else _ABSENT_IN_PERIOD, answer.language)


def notes(answer: Answer) -> list[str]:
    """What the program says about its own answer."""
    return [worded(note, answer.language) for note in answer.notes]


def paragraphs(answer: Answer) -> list[Sequence[Statement]]:
    """The statements as they stand together: the short answer, where it is one of them, has a
    paragraph of its own."""
    lead = [statement for statement in answer.statements[:1] if statement.text == answer.answer]
    return [part for part in (lead, answer.statements[len(lead) :]) if part]


def marked(statement: Statement) -> str:
    """A statement with its markers."""
    markers = (f"[{n}]" for n in statement.cites)
    return f"{statement.text} {''.join(markers)}"


def said(answer: Answer) -> str:
    """What the answer says, with its markers and without the quotes."""
    if not answer.answerable:
        return refusal(answer)
    return "\n\n".join(" ".join(map(marked, part)) for part in paragraphs(answer))


def own_words(answer: Answer) -> str:
    """What the program and the user's model say, without anything that stands in an article."""
    if not answer.answerable:
        heading = [worded(_NEAREST, answer.language)] if answer.nearest else []
        return " ".join([refusal(answer), *heading])
    said = [s.text for s in answer.statements if s.text != answer.answer]
    return " ".join([*said, *notes(answer)])


def quoted(citation: Citation, language: str) -> str:
    """The quote with its article's title, paper and date, and where else it stands."""
    shown = (
        f"“{citation.quote}”\n{named(citation.title, citation.publication.paper, citation.date)}"
    )
    if resolved := resolved_days(citation, language):
        shown += f"\n({'; '.join(resolved)})"
    if not citation.also:
        return shown
    others = "; ".join(
        named(copy["title"], copy.get("paper", ""), copy["date"]) for copy in citation.also
    )
    return f"{shown}\n{worded(_ALSO, language)} {others}"


def resolved_days(citation: Citation, language: str) -> list[str]:
    """The days that the quote names by its article's, each with what it is: "jueves → 4 March
    2021"."""
    return [
        f"{citation.quote[day.start : day.end]} → {days_text(day.first, day.last, language)}"
        for day in citation.days
    ]


def named(title: str, paper: str, date: str | None) -> str:
    """An article as one line names it: "Title (The Paper, 2024-03-05)"."""
    published = ", ".join(filter(None, (paper, date)))
    return f"{title} ({published})" if published else title
