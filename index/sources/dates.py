"""Dates as newspapers write them."""

import re
from datetime import date, datetime
from email.utils import parsedate_tz

from hemeroteca.index.text.language import detect_language

_LONGEST = 60
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NAMED = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")


def parse_date(written: str, text: str = "") -> date | None:
    """The day that `written` names, in its own time zone; None unless it names year, month and
    day. ISO 8601, RFC 2822 ("Tue, 05 Mar 2024 ...") and dates in the words of the language of
    `text`, the article; days and months in numbers come in the order of that language."""
    written = written.strip()
    if not written or len(written) > _LONGEST:
        return None
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        pass  # not ISO 8601: another way of writing
    try:
        # dateparser would make a day of month 13.
        if match := _YEAR_FIRST.match(written):
            return date(*map(int, match.groups()))
        parts = parsedate_tz(written)
        if parts and ":" in written:
            return date(*parts[:3])
    except ValueError:
        return None
    return _in_words(written, detect_language(text))


def date_in_name(stem: str) -> date | None:
    """The date that a file's name begins with, as in "2024-03-05 council meeting"."""
    match = _NAMED.match(stem)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _in_words(written: str, language: str) -> date | None:
    import dateparser

    options = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    try:
        found = dateparser.parse(written, languages=[language], settings=options)
    except ValueError:  # a language that dateparser does not know
        return None
    return found.date() if found else None
