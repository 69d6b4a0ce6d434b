"""Which articles a question is asked of: two dates, a timeline, papers, sections and so on."""

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from babel import Locale

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.chosen import chosen
from hemeroteca.index.stores.holdings import FIELDS, Field, Holdings
from hemeroteca.rag.days import period_text
from hemeroteca.ui.web.view import TEMPLATES

_MOST_DAYS, _MOST_MONTHS = 62, 72  # bars that fit; beyond them the next unit
_MOST_YEARS = 200
_WIDTH, _HEIGHT = 720, 44
_MOST_CHOICES = 200  # of each field: a list of more is no choice
EVERYTHING: Mapping[Field, Message] = {
    "paper": Message("All papers"),
    "section": Message("All sections"),
    "author": Message("All authors"),
    "language": Message("All languages"),
}
Chosen = Mapping[str, str]  # what is chosen on the page, by the names of its fields
CHOSEN = ("from", "to", "undated", "collection", *FIELDS)
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
    return unit, [Bar(name, *days_of(name), counts[name]) for name in names]


def days_of(name: str) -> tuple[str, str]:
    """The first and the last day of YYYY, YYYY-MM or YYYY-MM-DD."""
    if len(name) == 4:
        return f"{name}-01-01", f"{name}-12-31"
    if len(name) == 7:
        year, month = map(int, name.split("-"))
        return f"{name}-01", f"{name}-{monthrange(year, month)[1]:02}"
    return name, name


def chosen_filter(holdings: Holdings, asked: Chosen) -> Filter:
    """The filter that is chosen on the page. Raises PeriodError for what is no date, FilterError
    for a name that no article has any more."""
    period = parse_period(asked.get("from", ""), asked.get("to", ""))
    names = {field: [asked[field]] for field in FIELDS if asked.get(field)}
    return chosen(holdings, names, period, bool(asked.get("undated")))


def choices(holdings: Holdings) -> dict[Field, dict[str, int]]:
    """What can be chosen beside the period, with how many articles each has: of fields in which the
    articles differ."""
    found = {field: holdings.names(field, limit=_MOST_CHOICES) for field in FIELDS}
    return {field: names for field, names in found.items() if len(names) > 1}


def period_html(
    days: Mapping[str, int],
    asked: Chosen,
    language: str,
    choices: Mapping[Field, Mapping[str, int]] = MappingProxyType({}),
    undated: int = 0,
) -> str:
    """The two date fields, the chip that removes them, what else can be chosen, and the timeline
    below. `asked` is what is chosen: ISO dates `from` and `to`, and names; `undated` is how many
    articles have no date."""
    unit, bars = timeline(days)
    spoken = Locale(language).languages
    return TEMPLATES.render(
        "period",
        language,
        first=asked.get("from", ""),
        last=asked.get("to", ""),
        chip=_chip(asked, language),
        asked=asked,
        choices=choices,
        everything=EVERYTHING,
        undated=undated,
        language_name=lambda code: spoken.get(code, code),
        unit=unit,
        bars=bars,
        width=_WIDTH,
        height=_HEIGHT,
    )


def _chip(asked: Chosen, language: str) -> str:
    """The chosen days in words; as they came where they are none."""
    first, last = asked.get("from", ""), asked.get("to", "")
    try:
        return period_text(parse_period(first, last), language)
    except PeriodError:
        return f"{first} – {last}"


def asked_html(archive: Archive, asked: Chosen, language: str) -> str:
    """The same, over what the archive holds."""
    catalog = archive.catalog
    undated = catalog.holdings.undated()
    return period_html(catalog.dates(), asked, language, choices(catalog.holdings), undated)
