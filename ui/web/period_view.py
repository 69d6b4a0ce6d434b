"""The period that a question is asked of: two dates and a timeline of the articles."""

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.period import Period
from hemeroteca.ui.web.view import TEMPLATES

_MOST_DAYS, _MOST_MONTHS = 62, 72  # bars that fit; beyond them the next unit
_MOST_YEARS = 200
_WIDTH, _HEIGHT = 720, 44
_DAY, _MONTH, _YEAR = Message("day"), Message("month"), Message("year")


class PeriodError(HemerotecaError):
    """A date of the page is no date."""


@dataclass(frozen=True)
class Bar:
    """The articles of one day, month or year: both its days are ISO dates and included."""

    name: str
    first: str
    last: str
    articles: int


def parse_period(first: str, last: str) -> Period:
    """The period between two ISO dates, each open if empty. Raises PeriodError."""

    def parse(day: str) -> date | None:
        try:
            return date.fromisoformat(day) if day else None
        except ValueError:
            raise PeriodError("{date!r} is not a date YYYY-MM-DD.", date=day) from None

    return Period(parse(first), parse(last))


def timeline(days: Mapping[str, int]) -> tuple[Message, list[Bar]]:
    """The unit (day, month or year) and its bars, gaps included, for ISO dates and how many
    articles each has; no bars if none has a date. Beyond `_MOST_YEARS` years, only those with
    articles."""
    if not days:
        return _DAY, []
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if (last - first).days < _MOST_DAYS:
        names = [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]
        unit, length = _DAY, 10
    elif months <= _MOST_MONTHS:
        ordinals = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        names = [f"{n // 12:04}-{n % 12 + 1:02}" for n in ordinals]
        unit, length = _MONTH, 7
    elif last.year - first.year < _MOST_YEARS:
        names = [f"{year:04}" for year in range(first.year, last.year + 1)]
        unit, length = _YEAR, 4
    else:
        names = sorted({day[:4] for day in days})
        unit, length = _YEAR, 4
    counts: Counter[str] = Counter()
    for day, articles in days.items():
        counts[day[:length]] += articles
    return unit, [Bar(name, *_days_of(name), counts[name]) for name in names]


def _days_of(name: str) -> tuple[str, str]:
    """The first and the last day of YYYY, YYYY-MM or YYYY-MM-DD."""
    if len(name) == 4:
        return f"{name}-01-01", f"{name}-12-31"
    if len(name) == 7:
        year, month = map(int, name.split("-"))
        return f"{name}-01", f"{name}-{monthrange(year, month)[1]:02}"
    return name, name


def period_html(days: Mapping[str, int], dates: tuple[str, str], language: str) -> str:
    """The two date fields, the chip that removes them, and the timeline below; `dates` are the
    ISO dates chosen, "" for none."""
    unit, bars = timeline(days)
    first, last = dates
    return TEMPLATES.render(
        "period",
        language,
        first=first,
        last=last,
        unit=unit,
        bars=bars,
        width=_WIDTH,
        height=_HEIGHT,
    )
