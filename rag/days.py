"""Days as a reader's language writes them."""

from datetime import date, datetime
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

_FALLBACK = "en_GB"  # the day before the month, as nearly everywhere


def day_text(day: date, language: str) -> str:
    """`day` in words of `language` (ISO 639-1): "4 March 2021", "4 de marzo de 2021"."""
    return format_date(day, "long", _locale(language))


def iso_text(iso: str | None, language: str) -> str:
    """The ISO day in words of `language`; "" for none."""
    return day_text(date.fromisoformat(iso), language) if iso else ""


def moment_text(iso: str, language: str) -> str:
    """The ISO time in words of `language`, to the minute: "4 Mar 2021, 10:30"."""
    moment = datetime.fromisoformat(iso)
    locale = _locale(language)
    return f"{format_date(moment, 'medium', locale)}, {format_time(moment, 'short', locale=locale)}"


def days_text(first: date, last: date, language: str) -> str:
    """The days from `first` to `last`: one, a month or a year by name where they are one."""
    if first == last:
        return day_text(first, language)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"
    return f"{day_text(first, language)} – {day_text(last, language)}"


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(_FALLBACK if language == "en" else language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_FALLBACK)
