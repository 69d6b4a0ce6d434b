"""Days as a search names them: date:2020, date:2020-03, date:2020-03-15..2020-04, date:>2020-03,
date:none."""

import re
from calendar import monthrange
from datetime import date

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.period import Period
from hemeroteca.index.search.query import Days

_NAMED = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_COMPARED = re.compile(r"(>=|<=|>|<)(.*)")
_NONE = ("none", "without", "sin", "ninguna")


class DaysError(HemerotecaError):
    """A search names days in a way that is not understood."""


def parse_days(text: str) -> Days:
    """The days that `text` names. Raises DaysError."""
    said = text.strip().lower()
    if said in _NONE:
        return Days(undated=True)
    if (compared := _COMPARED.fullmatch(said)) is not None:
        sign, named = compared[1], _named(compared[2], text)
        return Days(_beyond(sign, named))
    first, between, last = said.partition("..")
    if not between:
        return Days(_named(said, text))
    if not (first or last):
        raise _wrong(text)
    period = Period(
        _named(first, text).first if first else None, _named(last, text).last if last else None
    )
    if period.first and period.last and period.first > period.last:
        raise DaysError(
            "date:{text} ends before it begins: write the earlier day first.", text=text[:40]
        )
    return Days(period)


def _beyond(sign: str, named: Period) -> Period:
    assert named.first is not None
    assert named.last is not None
    if sign == ">=":
        return Period(named.first, None)
    if sign == "<=":
        return Period(None, named.last)
    ordinal = named.last.toordinal() + 1 if sign == ">" else named.first.toordinal() - 1
    day = date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
    return Period(day, None) if sign == ">" else Period(None, day)


def _named(said: str, text: str) -> Period:
    """The days of a year, a month or a day."""
    found = _NAMED.fullmatch(said)
    if found is None:
        raise _wrong(text)
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        if month is None:
            return Period(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return Period(date(year, month, day), date(year, month, day))
    except ValueError:  # a thirteenth month, a 30 February
        raise _wrong(text) from None


def _wrong(text: str) -> DaysError:
    return DaysError(
        "date:{text} is no date: write date:2020, date:2020-03, date:2020-03-15, "
        "date:2020-03..2020-06, date:>2020-03 or date:none.",
        text=text[:40],
    )
