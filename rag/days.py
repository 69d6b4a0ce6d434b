"""Days as a reader's language writes them."""

from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

_FALLBACK = "en_GB"  # the day before the month, as nearly everywhere


def day_text(day: date, language: str) -> str:
    """`day` in words of `language` (ISO 639-1): "4 March 2021", "4 de marzo de 2021"."""
    return format_date(day, "long", _locale(language))


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
