"""The part of a year or a month that a question names: "a principios de 2020", "in Q1 2021"."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import cache

from hemeroteca.index.period import Period
from hemeroteca.index.text.days import days_in, month_pattern
from hemeroteca.index.text.languages import language as known_language
from hemeroteca.index.text.months import months_by_name
from hemeroteca.rag.understand.span import OF, YEAR, Span

_SHORTEST_MONTH, _LONGEST_MONTH = 27, 31  # days from the first to the last, at least and at most
_LONGEST_ARTICLE = 4  # characters of "del ", "the "


def named_part(question: str, language: str, latest: date, today: date) -> Span | None:
    """The third of a year or month, or the quarter, that `question` names; None if it names none.
    A quarter without a year is the latest that has begun on `latest`; "last year" counts from
    `today`."""
    days = known_language(language).days
    if days is None:
        return None
    for n, words in enumerate(days.parts):
        if match := _part(language, words).search(question):
            month = match["month"]
            number = months_by_name(language)[month.casefold()] if month else 0
            return Span(match.start(), _third(int(match["year"]), number, n))
    if part := _part_of_last(question, language, days.parts, today):
        return part
    for n, words in enumerate(days.quarters):
        if match := _quarter(words).search(question):
            first = 3 * n + 1
            year = int(match["year"] or latest.year - (latest.month < first))
            return Span(match.start(), Period(date(year, first, 1), _end(year, first + 2)))
    return None


def _part_of_last(question: str, language: str, parts: Sequence[str], today: date) -> Span | None:
    """The third of a year or month that is named by `today`: "at the end of last year"."""
    for day in days_in(question, language, today, asked=True):
        length = (day.last - day.first).days
        for n, words in enumerate(parts) if length >= _SHORTEST_MONTH else ():
            for match in _beginning(words).finditer(question):
                # "Finales del año": the end of the one is the beginning of the other.
                if -1 <= match.end() - day.start <= _LONGEST_ARTICLE:
                    month = 0 if length > _LONGEST_MONTH else day.first.month
                    return Span(match.start(), _third(day.first.year, month, n), relative=True)
    return None


def _third(year: int, month: int, n: int) -> Period:
    if not month:
        return Period(date(year, 4 * n + 1, 1), _end(year, 4 * n + 4))
    last = date(year, month, (10, 20)[n]) if n < 2 else _end(year, month)
    return Period(date(year, month, 10 * n + 1), last)


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@cache
def _part(language: str, words: str) -> re.Pattern[str]:
    month = rf"(?:(?P<month>{month_pattern(language)})(?!\w){OF})?"
    return re.compile(rf"(?<!\w)(?:{words}){OF}{month}{YEAR}", re.IGNORECASE)


@cache
def _beginning(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)


@cache
def _quarter(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)(?:{OF}{YEAR})?", re.IGNORECASE)
