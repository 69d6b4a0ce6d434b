"""What a sentence says by the day on which its article appeared: "on Sunday" of 30 August 2016 is
the 28th, "last year" 2015, "in June" the next or the last one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from hemeroteca.index.text.days import days_in
from hemeroteca.rag.writer.facts import Day, Facts


def with_days(
    told: Facts, text: str, language: str, day: str | None, appeared_then: bool = True
) -> Facts:
    """`told`, the facts of `text` in `language` (ISO 639-1), with those that it names by the `day`
    on which its article appeared (ISO; none if it is not known); with this day itself where it
    names none by it, unless not `appeared_then`."""
    if not day:
        return told
    appeared = date.fromisoformat(day)
    found = days_in(text, language, appeared)
    single = [each.first for each in found if each.first == each.last]
    spans = [each for each in found if each.first != each.last]
    known = single or ([appeared] if appeared_then else [])
    years = {each.year for each in (appeared, *single)}
    years |= {each.first.year for each in spans if each.first.year == each.last.year}
    return replace(
        told,
        published=[
            *(Day(each.year, each.month, each.day) for each in known),
            *_with_years(told, appeared),
        ],
        numbers=[*told.numbers, *(frozenset([float(year)]) for year in sorted(years))],
        months=told.months | {s.first.month for s in spans if s.first.month == s.last.month},
        weekdays=told.weekdays | {each.weekday() for each in single},
    )


def _with_years(told: Facts, appeared: date) -> Iterator[Day]:
    """The days and months without a year, in the year in which they were last and in which they are
    next."""
    parts = [(each.month, each.day) for each in told.days if not each.year]
    parts += [(month, 0) for month in told.months]
    for month, day in parts:
        passed = (month, day or 1) <= (appeared.month, appeared.day)
        last = appeared.year if passed else appeared.year - 1
        yield from (Day(last, month, day), Day(last + 1, month, day))
