"""Days as a reader's language writes them."""

from calendar import monthrange
from datetime import date, datetime, time
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time

from hemeroteca.index.period import Period

_FALLBACK = "en_GB"  # the day before the month, as nearly everywhere


def day_text(day: date, language: str) -> str:
    """`day` in words of `language` (ISO 639-1): "4 March 2021", "4 de marzo de 2021"."""
    return format_date(day, "long", _locale(language))


def full_text(day: date, language: str) -> str:
    """`day` in words of `language` (ISO 639-1), with that of the week: "Thursday, 4 March 2021"."""
    return format_date(day, "full", _locale(language))


def iso_text(iso: str | None, language: str) -> str:
    """The ISO day in words of `language`; "" for none."""
    return day_text(date.fromisoformat(iso), language) if iso else ""


def moment_text(iso: str, language: str) -> str:
    """The ISO time in words of `language`, to the minute: "4 Mar 2021, 10:30"."""
    moment = datetime.fromisoformat(iso)
    locale = _locale(language)
    return f"{format_date(moment, 'medium', locale)}, {format_time(moment, 'short', locale=locale)}"


def hour_text(iso: str, language: str) -> str:
    """The ISO time of a day in words of `language`, with its zone as far as it is known: "10:30",
    "10:30 UTC+01:00"; "" for none."""
    if not iso:
        return ""
    hour = time.fromisoformat(iso)
    shown = format_time(hour.replace(tzinfo=None), "short", locale=_locale(language))
    return f"{shown} {hour.tzname()}" if hour.tzinfo else shown


def short_text(iso: str | None, language: str) -> str:
    """The ISO day in a few characters of `language`, for a table: "4 Mar 2021"; "" for none."""
    return format_date(date.fromisoformat(iso), "medium", _locale(language)) if iso else ""


def days_text(first: date, last: date, language: str) -> str:
    """The days from `first` to `last`: one, a month or a year by name where they are one."""
    if first == last:
        return day_text(first, language)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        begin, end = (format_skeleton("yMMMM", d, locale=_locale(language)) for d in (first, last))
        return begin if begin == end else f"{begin} – {end}"
    return f"{day_text(first, language)} – {day_text(last, language)}"


def period_text(period: Period, language: str) -> str:
    """The days of `period`, open where it is: "4 March 2021 – …"; "" for all."""
    if period.first and period.last:
        return days_text(period.first, period.last, language)
    sides = (day_text(day, language) if day else "…" for day in (period.first, period.last))
    return " – ".join(sides) if period else ""


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(_FALLBACK if language == "en" else language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_FALLBACK)
