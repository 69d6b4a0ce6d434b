"""Dates as newspapers, and the programs that export them, write them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import cache

from hemeroteca.index.text.language import LANGUAGES, detect_language
from hemeroteca.index.text.months import month_names

_LONGEST = 100
_ISO_DAY = len("2024-03-05")
_EARLIEST, _LATEST = 1450, 2100  # print; what is beyond is a mistake or another calendar
_BUDDHIST = 543  # years, in Thailand
_NAMED = re.compile(r"(\d{4}-\d{2}-\d{2}(?!\d)|(?:1[5-9]|20)\d{6}(?=[_.-]|$))")
_YEAR, _FOUR = re.compile(r"1[5-9]\d\d|20\d\d"), re.compile(r"\d{4}")
_DAY_IN_FOLDER = re.compile(
    r"(?<!\d)(1[5-9]\d\d|20\d\d)(?:([-_.])(\d\d)\2(\d\d)|(\d\d)(\d\d))(?!\d)"
)
_TIME = re.compile(
    r"(?<!\d)\d{1,2}(?::|\s?h\s?)\d{2}(?::\d{2}(?:[.,]\d+)?)?(?!\d)"
    r"(?:\s?[ap]\.?\s?m\b\.?)?(?:\s?(?:gmt|utc|[+-]\d{2}:?\d{2}))*"
)
_HOUR = re.compile(
    r"(?<![\d:])(?P<h>\d{1,2})(?::|\s?h\s?)(?P<m>\d{2})(?::(?P<s>\d{2}))?(?!\d)"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b)?"
)
_MAIL = re.compile(r"(?:[A-Za-z]{3}, ?)?\d{1,2} [A-Za-z]{3} \d{2,4} \d")
_OF_NET = re.compile(r"\\?/date\((-?\d+)(?:[+-]\d{4})?\)\\?/")  # milliseconds
_DAY_OF_YEAR = re.compile(r"(\d{4})-(\d{3})")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{4}|\d{6})")  # the time after it
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d|[/.-]\d)")
_ROMAN = re.compile(r"(?<!\d)(\d{1,2})[-/. ]([ivx]{1,4})[-/. ](\d{4})(?!\d)")
_VIETNAMESE = re.compile(r"(\d{1,2}) tháng (\d{1,2}),? (?:năm )?(\d{4})")
_ROMANS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12,
}  # fmt: skip
_ORDINAL = re.compile(
    r"(?<=\d)(?:\.?[ºª°]|\s?(?:st|nd|rd|th|er|ère|ro|do|to|o|a|e|è|ún))(?![^\W\d_])"
)
_FIRST = re.compile(r"\b(?:primero|primer|premier|primo|primeiro)\b(?= (?:de|di)?\s?\w+)")
_POINTED_YEAR = re.compile(r"(?<=\bdel )[12]\.\d{3}\b|(?<=\bde )[12]\.\d{3}\b")
_TOKEN = re.compile(r"\d+|[^\s\d.,;:()\[\]/'’\"–-]+")
_JOINED = 2  # words between day, month and year: "de", "of", "року"
_LONGEST_JOINT = 4
_SHORTEST_MONTH = 3
# What CLDR does not list.
_ALSO = {"set": 9, "setiembre": 9, "mrz": 3, "jänner": 1, "feber": 2, "sept": 9}
_SECONDS = (100_000_000, 4_200_000_000)  # 1973 to 2103
_PARTS = (1, 1_000, 1_000_000, 1_000_000_000)  # of a second
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTH_FIRST = ("en",)


def parse_date(
    written: str, text: str = "", *, day_first: bool | None = None, language: str | None = None
) -> date | None:
    """The day that `written` names, in its own time zone; None unless it names year, month and
    day. ISO 8601, RFC 2822 ("Tue, 05 Mar 2024 ..."), seconds and milliseconds since 1970 (UTC), and
    dates in the words of `language`, or of that of `text`, the article. Days and months in
    numbers come in the order of that language, unless `day_first` says what its file shows."""
    written = written.strip()
    if not written or len(written) > _LONGEST:
        return None
    try:
        return _plausible(datetime.fromisoformat(written).date())
    except ValueError:
        pass  # not ISO 8601: another way of writing
    plain = unicodedata.normalize("NFC", written).casefold()
    if match := _OF_NET.fullmatch(plain):
        plain = match[1]
    if (number := _number(plain)) is not None:
        return _of_number(plain, number)
    if match := _DAY_OF_YEAR.fullmatch(plain):
        return _of_year(int(match[1]), int(match[2]))
    if match := _YEAR_FIRST.search(plain):
        return _day(*match.groups())
    if match := _ROMAN.search(plain):
        return _day(match[3], _ROMANS.get(match[2], 0), match[1])
    if match := _VIETNAMESE.search(plain):
        return _day(match[3], match[2], match[1])
    if match := _NUMBERS.search(plain):
        first, _, second, year = match.groups()
        if day_first is None and int(first) <= 12 and int(second) <= 12:
            day_first = (language or detect_language(text)) not in _MONTH_FIRST
        elif int(first) > 12 or int(second) > 12:
            day_first = int(first) > 12
        day, month = (first, second) if day_first else (second, first)
        return _day(year, month, day)
    return _in_words(plain, language, text)


def parse_time(written: str, day: date | None) -> datetime | None:
    """The moment that `written` names, as far as it does, to compare it with others: that of an
    ISO 8601 time, else the beginning of `day`, the day that was read there."""
    found: datetime | None
    try:
        found = datetime.fromisoformat(written.strip())
    except ValueError:
        found = datetime(day.year, day.month, day.day) if day else None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def parse_hour(written: str) -> str:
    """The time of day that `written` names, beside a date or alone, as ISO with the zone that it
    is written with; "" if it names none. Midnight sharp is none: programs write it for a day."""
    written = written.strip()
    if not written or len(written) > _LONGEST:
        return ""
    found = _hour(written)
    if found is None or found.replace(tzinfo=None) == time():
        return ""
    return found.isoformat(timespec="seconds")


def _hour(written: str) -> time | None:
    plain = written.casefold()
    if (number := _number(plain)) is not None:
        least, most = _SECONDS
        parts = next((p for p in _PARTS if least * p <= abs(number) <= most * p), None)
        if parts is None or _COMPACT.fullmatch(plain):
            return None
        return (_EPOCH + timedelta(seconds=number / parts)).timetz()
    for read in (_iso_hour, time.fromisoformat, _mail_hour):
        try:
            return read(written)
        except (ValueError, OverflowError):
            continue  # another way of writing
    match = _HOUR.search(plain)
    if match is None:
        return None
    hour, minute, second = (int(part or 0) for part in match.group("h", "m", "s"))
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _iso_hour(written: str) -> time:
    found = datetime.fromisoformat(written)
    if len(written) <= _ISO_DAY:
        raise ValueError(written)  # a day alone
    return found.timetz()


def _mail_hour(written: str) -> time:
    if not _MAIL.match(written):
        raise ValueError(written)
    return parsedate_to_datetime(written).timetz()


def day_comes_first(dates: Iterable[str]) -> bool | None:
    """Whether dates in numbers, such as "25-04-2025", have the day before the month, as one of them
    proves it; None if none does, or they differ."""
    proved = set()
    for written in dates:
        if match := _NUMBERS.search(written):
            first, second = int(match[1]), int(match[3])
            if (first > 12) != (second > 12):
                proved.add(first > 12)
    return proved.pop() if len(proved) == 1 else None


def date_in_name(stem: str) -> date | None:
    """The date that a file's name begins with, as in "2024-03-05 council meeting" or
    "18820208_1"."""
    match = _NAMED.match(stem)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def date_in_folders(names: Sequence[str]) -> date | None:
    """The day in the names of the folders of a page, outermost first, as libraries keep issues:
    1874/01/06, 1811/0127, nwb18740106, 1874-01-06; the innermost counts. None where none is a
    day."""
    for end in range(len(names), 0, -1):
        found = _DAY_IN_FOLDER.search(names[end - 1])
        if found:
            month, number = found[3] or found[5], found[4] or found[6]
            if day := _day(found[1], month, number):
                return day
        for parts in (names[max(end - 3, 0) : end], names[max(end - 2, 0) : end]):
            year, digits = parts[0], "".join(parts[1:])
            named = _YEAR.fullmatch(year) and _FOUR.fullmatch(digits)
            if named and (day := _day(year, digits[:2], digits[2:])):
                return day
    return None


def _plausible(day: date) -> date | None:
    return day if _EARLIEST <= day.year <= _LATEST else None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    number = int(year)
    if len(str(year)) == 2:  # as in e-mail
        number += 2000 if number < 69 else 1900
    try:
        return _plausible(date(number, int(month), int(day)))
    except ValueError:
        return None


def _of_year(year: int, number: int) -> date | None:
    """The day of a year by its number, from 1."""
    first = _day(year, 1, 1)
    found = first + timedelta(days=number - 1) if first else None
    return found if found and found.year == year else None


def _number(written: str) -> float | None:
    try:
        return float(written) if written.lstrip("-").replace(".", "", 1).isdecimal() else None
    except ValueError:
        return None


def _of_number(written: str, number: float) -> date | None:
    if match := _COMPACT.fullmatch(written):
        day = _day(*match.groups())
        if day:
            return day
    least, most = _SECONDS
    for parts in _PARTS:
        if least * parts <= abs(number) <= most * parts:
            return _plausible((_EPOCH + timedelta(seconds=number / parts)).date())
    return None


def _in_words(written: str, language: str | None, text: str) -> date | None:
    written = _POINTED_YEAR.sub(lambda year: year[0].replace(".", ""), written)
    written = _TIME.sub(" ", _ORDINAL.sub("", _FIRST.sub("1", written)))
    tokens = _TOKEN.findall(written)
    if not any(token.isdecimal() for token in tokens):
        return None
    # Without the language first: to tell it costs more than all else.
    everywhere = [_month_everywhere(token) for token in tokens]
    if day := _among(tokens, everywhere):
        return day
    own = _months(language or detect_language(text))
    return _among(
        tokens,
        [
            month or (0 if token.isdecimal() else _month(token, own))
            for token, month in zip(tokens, everywhere, strict=True)
        ],
    )


def _among(tokens: list[str], months: list[int]) -> date | None:
    """The day that `tokens` name, with what month each of them names, 0 for none."""
    for order in (_day_month_year, _year_month_day, _month_day_year):
        for at, month in enumerate(months):
            if month and (found := order(tokens, months, at)):
                return _day(found.year, month, found.day)
    return None


@dataclass(frozen=True)
class _Numbers:
    day: str
    year: str


def _day_month_year(tokens: list[str], months: list[int], at: int) -> _Numbers | None:
    day, year = _next(tokens, months, at, -1), _next(tokens, months, at, 1)
    if day is None or year is None:
        return None
    # A year of two digits is one in what mail and databases write: "Tue, 05 Mar 24", "05-MAR-24".
    short = year - day == 2 and year == len(tokens) - 1 and day <= 1
    return _numbers(tokens[day], tokens[year], short)


def _year_month_day(tokens: list[str], months: list[int], at: int) -> _Numbers | None:
    year, day = _next(tokens, months, at, -1), _next(tokens, months, at, 1)
    return None if day is None or year is None else _numbers(tokens[day], tokens[year])


def _month_day_year(tokens: list[str], months: list[int], at: int) -> _Numbers | None:
    day = _next(tokens, months, at, 1)
    year = None if day is None else _next(tokens, months, day, 1)
    return None if day is None or year is None else _numbers(tokens[day], tokens[year])


def _numbers(day: str, year: str, short: bool = False) -> _Numbers | None:
    if len(day) > 2 or (len(year) != 4 and not (short and len(year) == 2)):
        return None
    buddhist = len(year) == 4 and int(year) > _LATEST
    return _Numbers(day, str(int(year) - _BUDDHIST) if buddhist else year)


def _next(tokens: list[str], months: list[int], at: int, step: int) -> int | None:
    """Where the next number is from `at` on, behind two short words at most."""
    for joint in range(1, _JOINED + 2):
        where = at + step * joint
        if not 0 <= where < len(tokens) or months[where]:
            return None
        if tokens[where].isdecimal():
            return where
        if len(tokens[where]) > _LONGEST_JOINT:
            return None
    return None


def _month_everywhere(word: str) -> int:
    """The month that `word` names in every language that has such a name; 0 if it names none, or
    several."""
    months = _names_everywhere().get(word, frozenset())
    return next(iter(months)) if len(months) == 1 else 0


def _month(word: str, own: Mapping[str, int]) -> int:
    """The month that `word` names among the names `own` of a language, cut off or not, else in
    English; 0 if it names none."""
    if len(word) < _SHORTEST_MONTH or not word[0].isalpha():
        return 0
    if word in _names_everywhere():
        return own.get(word, 0) or _months("en").get(word, 0)
    begun = {month for name, month in own.items() if _begins(name, word)}
    return begun.pop() if len(begun) == 1 else 0


def _begins(name: str, word: str) -> bool:
    """Whether one is the other cut off, or with a case's ending: "octub.", "maiatzaren"."""
    return name.startswith(word) or (len(name) > _SHORTEST_MONTH + 1 and word.startswith(name))


@cache
def _names_everywhere() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for name, month in _months(language).items():
            found.setdefault(name, set()).add(month)
    return {name: frozenset(months) for name, months in found.items()}


@cache
def _months(language: str) -> dict[str, int]:
    found = dict(_ALSO)
    for form in ("format", "stand-alone"):
        for width in ("abbreviated", "wide"):
            for month, name in month_names(language, form, width).items():
                name = unicodedata.normalize("NFC", name).casefold().rstrip(".")
                found[name] = month
                found.setdefault(_unaccented(name), month)
    return {name: month for name, month in found.items() if not name.isdecimal()}


def _unaccented(name: str) -> str:
    parts = unicodedata.normalize("NFD", name)
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")
