"""The day that a line of an export names, and where in the line it stands."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from babel import Locale

from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.text.language import LANGUAGES

_LONGEST = 300
_WORD = r"[^\W\d_]{2,12}"
_WEEKDAY = rf"(?:{_WORD}(?:-feira|-{_WORD})?[.,]?\s+)?"
_DAY = r"(?<![\d.,])\d{1,2}(?:\.|\s?(?:st|nd|rd|th|er|º|ª|°)\b|[ºª°])?"
_JOINT = r"(?:\s(?:de|del|do|of)\s|\sd['’]|[\s.-])\s*"
_DATES = re.compile(
    rf"{_WEEKDAY}{_DAY}{_JOINT}{_WORD}\.?,?{_JOINT}\d{{4}}(?!\d)"  # jueves, 3 de mayo de 2018
    rf"|{_WEEKDAY}{_WORD}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}(?!\d)"  # May 3, 2018
    rf"|{_WEEKDAY}\d{{4}}\s{_WORD}\s\d{{1,2}}(?!\d)"  # 2018 May 3
    r"|(?<!\d)\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]?"
    r"|(?<![\d-])\d{4}-\d{2}-\d{2}(?!\d|-)"
    rf"|{_WEEKDAY}(?<![\d./])\d{{1,2}}(?P<mark>[./-])\d{{1,2}}(?P=mark)\d{{4}}(?!\d)"
)
_MONTH_FIRST = re.compile(rf"{_WORD}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}$")
# "10:27 AM", "20:15", "20h15", "7.05 Uhr", where it follows the day.
_HOUR = re.compile(
    rf"[\s,T]*(?:{_WORD}(?:-feira)?[.,]?\s+)??(?:(?:à|a las|at|um|às|alle|om|kl\.?)\s)?"
    r"(\d{1,2})(?:[:h]|\s[:h]\s|\.(?=\d\d\s(?:Uhr|uur)))(\d{2})(?::\d{2})?(?!\d)"
    r"(?:\s?([ap])\.?\s?m\b\.?)?",
    re.IGNORECASE,
)

_CLOCK = re.compile(
    r"(?<!\d)\d{1,2}[:h.]\d{2}(?::\d{2})?(?!\d)(?:\s?[ap]\.?\s?m\b\.?)?(?:\s?(?:uhr|uur|h)\b)?"
    r"|\b(?:GMT|UTC|CES?T|E[SD]T|C[SD]T|P[SD]T|M[SD]T|BST|IST|AEST|MESZ|MEZ)\b(?:\s?[+-]\d{1,4})?"
    r"(?::\d\d)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Dated:
    """A day, the hour behind it ("HH:MM", "" without) as written, and from where to where in the
    line the day stands, its weekday included where that is in front."""

    day: date
    hour: str
    start: int
    end: int


@lru_cache(maxsize=4_096)
def find_date(line: str, language: str | None = None) -> Dated | None:
    """The first day that `line` names; None if it names none. `language` settles the order of
    numbers and the names of months that several languages have."""
    line = line[:_LONGEST]
    for found in _DATES.finditer(line):
        written = " ".join(found[0].split())
        day = parse_date(written, language=language or "es", day_first=None)
        if day:
            start = found.start() + _before(found[0])
            return Dated(day, _hour(line, found.end()), start, found.end())
    return None


def is_date(line: str, language: str | None = None) -> Dated | None:
    """The day that `line` names at its beginning, as a line does that says only when."""
    found = find_date(line.strip(), language)
    return found if found and found.start == 0 else None


def hour_in(written: str) -> str:
    """The hour that `written` begins with, as "HH:MM"; "" if it is none."""
    return _hour(written, 0)


def edition_in(rest: str) -> str:
    """The edition in what stands behind a day, without weekday, hour and zone; "" if there is
    none."""
    rest = _CLOCK.sub(" ", rest)
    words = [word for word in rest.split() if word.strip(",.").casefold() not in _weekdays()]
    edition = " ".join(words).strip(" ,.;-")
    return "" if is_date(edition) else edition


def _before(written: str) -> int:
    """Where in `written` the day begins: a word before it that names no weekday is none of it."""
    first = written.split(maxsplit=1)[0].rstrip(".,").casefold()
    if not first[:1].isalpha() or first in _weekdays() or _MONTH_FIRST.match(written):
        return 0
    return len(written) - len(written.split(maxsplit=1)[1])


@cache
def _weekdays() -> frozenset[str]:
    names: set[str] = set()
    for language in LANGUAGES:
        for form in Locale.parse(language).days.values():
            for width in ("wide", "abbreviated"):
                names.update(name.rstrip(".").casefold() for name in form[width].values())
    return frozenset(names)


def _hour(line: str, at: int) -> str:
    found = _HOUR.match(line, at)
    if not found:
        return ""
    hour, minute = int(found[1]), int(found[2])
    if found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""
