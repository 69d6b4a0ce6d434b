"""The period that a question is asked of: two dates and a timeline of the articles."""

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.period import Period
from hemeroteca.ui.messages import counted, said

_MOST_DAYS, _MOST_MONTHS = 62, 72  # bars that fit; beyond them the next unit
_MOST_YEARS = 200
_WIDTH, _HEIGHT = 720, 44


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


def timeline(days: Mapping[str, int]) -> tuple[str, list[Bar]]:
    """The unit ("day", "month" or "year") and its bars, gaps included, for ISO dates and how many
    articles each has; no bars if none has a date. Beyond `_MOST_YEARS` years, only those with
    articles."""
    if not days:
        return "day", []
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if (last - first).days < _MOST_DAYS:
        names = [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]
        unit, length = "day", 10
    elif months <= _MOST_MONTHS:
        ordinals = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        names = [f"{n // 12:04}-{n % 12 + 1:02}" for n in ordinals]
        unit, length = "month", 7
    elif last.year - first.year < _MOST_YEARS:
        names = [f"{year:04}" for year in range(first.year, last.year + 1)]
        unit, length = "year", 4
    else:
        names = sorted({day[:4] for day in days})
        unit, length = "year", 4
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
    first, last = map(escape, dates)
    fields = "".join(
        f'<label>{escape(said(language, name))} <input type="date" name="{name}" value="{day}" '
        'data-event="narrow"></label>'
        for name, day in (("from", first), ("to", last))
    )
    chip = ""
    if first or last:
        label = escape(said(language, "remove_period"))
        chosen = first if first == last else f"{first or '…'} – {last or '…'}"
        chip = (
            f'<button type="button" class="chip" data-event="narrow" data-from="" data-to="" '
            f'aria-label="{label}">{chosen} <span>×</span></button>'
        )
    heading = escape(said(language, "period"))
    return (
        f'<div class="period" role="group" aria-label="{heading}">'
        f'<span class="wide" aria-hidden="true">{heading}</span>{fields}{chip}'
        f"{_plot(days, first, last, language)}</div>"
    )


def _plot(days: Mapping[str, int], first: str, last: str, language: str) -> str:
    unit, bars = timeline(days)
    if len(bars) < 2:
        return ""  # one bar has nothing to compare
    label = escape(said(language, "timeline", unit=said(language, f"unit_{unit}")))
    most = max(bar.articles for bar in bars)
    step = _WIDTH / len(bars)
    inside = "".join(
        _bar(bar, at * step, step, most, _overlaps(bar, first, last), language)
        for at, bar in enumerate(bars)
    )
    return (
        f'<figure><svg viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="group" '
        f'aria-label="{label}">{inside}</svg>'
        f"<figcaption><span>{bars[0].name}</span><span>"
        f'<span class="legend">{escape(said(language, "evidence"))}</span>{label}</span>'
        f"<span>{bars[-1].name}</span></figcaption></figure>"
    )


def _overlaps(bar: Bar, first: str, last: str) -> bool:
    return (not first or bar.last >= first) and (not last or bar.first <= last)


def _bar(bar: Bar, x: float, step: float, most: int, inside: bool, language: str) -> str:
    """A bar that can be selected all over its height, if it has articles."""
    height = _HEIGHT * bar.articles / most
    label = f"{bar.name}: {counted(language, 'article', bar.articles)}"
    drawn = (
        f'<rect class="filled" x="{x + step * 0.1:.2f}" y="{_HEIGHT - height:.2f}" '
        f'width="{step * 0.8:.2f}" height="{height:.2f}"/>'
    )
    if not bar.articles:
        return ""
    return (
        f'<g role="button" tabindex="0" class="{"in" if inside else "out"}" data-event="narrow" '
        f'data-from="{bar.first}" data-to="{bar.last}" aria-label="{label}">'
        f"<title>{label}</title>"
        f'<rect class="reach" x="{x:.2f}" y="0" width="{step:.2f}" height="{_HEIGHT}"/>{drawn}</g>'
    )
