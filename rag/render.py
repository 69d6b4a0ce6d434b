"""An Answer put into words, in the language of its question: the only place where that is done."""

from collections.abc import Sequence
from pathlib import Path

from hemeroteca.index.errors import Message
from hemeroteca.index.filter import Filter
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.days import days_text, iso_text
from hemeroteca.rag.translations import Translations

_TRANSLATIONS = Translations(Path(__file__).parent / "locale")
ABSENT = Message("The articles do not say.")
_UNSURE = Message("No sure answer was found.")
_ABSENT_IN_PERIOD = Message("The articles of this period do not say.")
_ABSENT_AMONG = Message("The chosen articles do not say.")
NEAREST = Message("The nearest passages:")
_ELSEWHERE = Message("In other articles:")
ALL_ASKED = Message("No article is of that time: all were asked.")
_ALSO = Message("Also in:")


def plain_text(answer: Answer) -> str:
    """What a person is shown of `answer` where there is nothing but text: what it says with its
    markers, notes in parentheses, and the quotes; or that the articles do not say, or not surely,
    and what comes nearest."""
    language = answer.language
    if not answer.answerable:
        parts = [refusal(answer)]
        if answer.nearest:
            parts += [nearest_of(answer), *(quoted(c, language) for c in answer.nearest)]
        return "\n\n".join(parts)
    parts = [said(answer), *(f"({note})" for note in notes(answer))]
    return "\n\n".join([*parts, *_sources(answer)])


def _sources(answer: Answer) -> list[str]:
    """The citations: what was quoted already once for each article, the others with their quote."""
    told = {statement.text for statement in answer.statements} if answer.lists else set()
    markers: dict[str, str] = {}
    for c in answer.citations:
        shown = source if c.quote in told else quoted
        named = shown(c, answer.language)
        markers[named] = f"{markers.get(named, '')}[{c.n}]"
    return [f"{numbers} {named}" for named, numbers in markers.items()]


def worded(message: Message, language: str) -> str:
    """A sentence of the program's own in the language of an answer (ISO 639-1)."""
    return _TRANSLATIONS.say(message, language)


def refusal(answer: Answer) -> str:
    """That nothing is answered, and what a headline says to the contrary."""
    return " ".join([_not_said(answer), *notes(answer)])


def _not_said(answer: Answer) -> str:
    """That the articles, those of the period, or those chosen otherwise do not say, or not
    surely."""
    if answer.outside:
        return not_said_in(answer.filter, answer.language)
    return worded(_UNSURE if answer.unsure else ABSENT, answer.language)


def not_said_in(asked: Filter, language: str) -> str:
    """That the articles of a filter do not say."""
    return worded(_ABSENT_AMONG if asked.names or asked.articles else _ABSENT_IN_PERIOD, language)


def nearest_of(answer: Answer) -> str:
    """What stands above the passages of a refusal: whether they are of the articles asked."""
    return worded(_ELSEWHERE if answer.outside else NEAREST, answer.language)


def notes(answer: Answer) -> list[str]:
    """What the program says about its own answer."""
    return [worded(note, answer.language) for note in answer.notes]


def paragraphs(answer: Answer) -> list[Sequence[Statement]]:
    """The statements as they stand together: the short answer, where it is one of them, has a
    paragraph of its own, and each item of a list."""
    if answer.lists:
        return [[statement] for statement in answer.statements]
    lead = [statement for statement in answer.statements[:1] if statement.text == answer.answer]
    return [part for part in (lead, answer.statements[len(lead) :]) if part]


def marked(statement: Statement, language: str) -> str:
    """A statement with its markers, its day in words of `language`."""
    markers = "".join(f"[{n}]" for n in statement.cites)
    before = "".join(
        f"{part}: " for part in (statement.subject, day_of(statement, language)) if part
    )
    return f"{before}{statement.text} {markers}"


def said(answer: Answer) -> str:
    """What the answer says, with its markers and without the quotes."""
    if not answer.answerable:
        return refusal(answer)
    lead = [lead_of(answer)] if answer.lead else []
    parted = (
        " ".join(marked(statement, answer.language) for statement in part)
        for part in paragraphs(answer)
    )
    return "\n\n".join([*lead, *parted])


def lead_of(answer: Answer) -> str:
    """What the program says before the statements; "" if nothing."""
    return worded(answer.lead, answer.language) if answer.lead else ""


def day_of(statement: Statement, language: str) -> str:
    """The day of what a statement tells, in words of `language`, in parentheses if it is that of
    its article."""
    day = iso_text(statement.day, language)
    return day if not day or statement.day_said else f"({day})"


def own_words(answer: Answer) -> str:
    """What the program and the user's model say, without anything that stands in an article."""
    if not answer.answerable:
        heading = [nearest_of(answer)] if answer.nearest else []
        return " ".join([_not_said(answer), *heading])
    said = [s.text for s in answer.statements if s.text != answer.answer and not answer.lists]
    return " ".join([lead_of(answer), *said, *notes(answer)]).strip()


def quoted(citation: Citation, language: str) -> str:
    """The quote with its article's title, paper and date, and where else it stands."""
    return f"“{citation.quote}”\n{source(citation, language)}"


def source(citation: Citation, language: str) -> str:
    """The article's title, paper and date, the days that the quote names by that, and where else
    it stands."""
    shown = named(citation.title, citation.publication.paper, citation.date, language)
    if resolved := resolved_days(citation, language):
        shown += f"\n({'; '.join(resolved)})"
    if not citation.also:
        return shown
    others = "; ".join(
        named(copy["title"], copy.get("paper", ""), copy["date"], language)
        for copy in citation.also
    )
    return f"{shown}\n{worded(_ALSO, language)} {others}"


def resolved_days(citation: Citation, language: str) -> list[str]:
    """The days that the quote names by its article's, each with what it is: "jueves → 4 March
    2021"."""
    return [
        f"{citation.quote[day.start : day.end]} → {days_text(day.first, day.last, language)}"
        for day in citation.days
    ]


def named(title: str, paper: str, date: str | None, language: str) -> str:
    """An article as one line names it: "Title (The Paper, 5 March 2024)"."""
    published = ", ".join(filter(None, (paper, iso_text(date, language))))
    return f"{title} ({published})" if published else title
