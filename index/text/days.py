"""The days that a text names by the day on which it was written: "este jueves", "two weeks ago".

Precise before eager: what may be no day is left alone, such as a habit ("los jueves"), a holiday
("Jueves Santo") or "today" for nowadays. The words of each language are in languages/."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from hemeroteca.index.text.languages import Days, language
from hemeroteca.index.text.months import month_names, months_by_name

_AROUND = 140  # characters in which a verb tells whether a day was or will be
_NEAR_DAYS = 40  # of a date without its month
_LONG_AGO = 150  # of a unit, beyond which a number is none of a date
_CLAUSE_END = re.compile(r"[.;:!?\n]")
_WEEKDAYS = ("this", "last", "next", "plain")
_I = re.IGNORECASE
_WITHIN = re.compile(r"\s(?:(?:de|da|della|of|der|du|do|di|van)\s)?(?:l[ao]\s)?")


@dataclass(frozen=True)
class RelativeDay:
    """`text[start:end]` names the days from `first` to `last`, most often one."""

    start: int
    end: int
    first: date
    last: date

    def as_dict(self, text: str) -> dict[str, object]:
        """The day as JSON has it; `text` is what it stands in."""
        first, last = self.first.isoformat(), self.last.isoformat()
        return {"text": text[self.start : self.end], "first": first, "last": last}


def days_in(text: str, code: str, day: date | None, asked: bool = False) -> list[RelativeDay]:
    """The days that `text`, in the language of the ISO 639-1 code and written on `day`, names by
    that day, in order; none where the text has no day or the language no words for them. In what
    is `asked`, "today" always means the day itself."""
    known = language(code).days
    if day is None or known is None:
        return []
    found = sorted(_candidates(text, code, known, day, asked), key=lambda d: (d.start, -d.end))
    chosen: list[RelativeDay] = []
    for each in found:
        if not chosen or each.start >= chosen[-1].end:
            chosen.append(each)
    return _joined(text, chosen)


def _joined(text: str, days: list[RelativeDay]) -> list[RelativeDay]:
    """A weekday before its week is that day of it: "el jueves de la semana pasada"."""
    joined: list[RelativeDay] = []
    for each in days:
        before = joined[-1] if joined else None
        if (
            before
            and before.first == before.last
            and (each.last - each.first).days == 6
            and _WITHIN.fullmatch(text, before.end, each.start)
        ):
            there = each.first + timedelta(before.first.weekday())
            joined[-1] = RelativeDay(before.start, each.end, there, there)
        else:
            joined.append(each)
    return joined


def _candidates(text: str, code: str, known: Days, day: date, asked: bool) -> Iterator[RelativeDay]:
    words = _words(code)
    rules: Mapping[str, Callable[[re.Match[str]], tuple[date, date] | None]] = {
        "this": lambda m: _one(_this(m, words.weekday(m[0]), known, day)),
        "last": lambda m: _one(_before(words.weekday(m[0]), day)),
        "next": lambda m: _one(_after(words.weekday(m[0]), day)),
        "plain": lambda m: _one(_plain(m, words.weekday(m[0]), known, day)),
        "words": lambda m: _one(day + timedelta(words.offset(m[0]))),
        "ago": lambda m: _moved(words.unit(m[0]), day, -words.number(m[0])),
        "ahead": lambda m: _moved(words.unit(m[0]), day, words.number(m[0])),
        "last_unit": lambda m: _moved(words.unit(m[0]), day, -1),
        "this_unit": lambda m: _moved(words.unit(m[0]), day, 0),
        "next_unit": lambda m: _moved(words.unit(m[0]), day, 1),
        "asked" if asked else "today": lambda m: _one(day),
    }
    for name, days in rules.items():
        for match in words.patterns[name].finditer(text):
            start, end = match.span("whole")
            try:
                if name in _WEEKDAYS and (behind := words.numbered.match(text, end)):
                    ahead = bool(_looks_ahead(match, known))
                    found, end = _numbered(behind, words.weekday(match[0]), day, ahead)
                else:
                    found = days(match)
            except (OverflowError, ValueError):  # before the first year, after the last
                continue
            if found:
                yield RelativeDay(start, end, *found)


def _one(day: date) -> tuple[date, date]:
    return day, day


def _nearest(weekday: int, day: date) -> date:
    return day + timedelta((weekday - day.weekday() + 3) % 7 - 3)


def _before(weekday: int, day: date) -> date:
    return day - timedelta((day.weekday() - weekday - 1) % 7 + 1)


def _after(weekday: int, day: date) -> date:
    return day + timedelta((weekday - day.weekday() - 1) % 7 + 1)


def _this(match: re.Match[str], weekday: int, known: Days, day: date) -> date:
    """The nearest such weekday, if the verb beside it does not look the other way."""
    nearest, ahead = _nearest(weekday, day), _looks_ahead(match, known)
    if nearest > day and ahead is False:
        return _before(weekday, day)
    return _after(weekday, day) if nearest < day and ahead else nearest


def _plain(match: re.Match[str], weekday: int, known: Days, day: date) -> date:
    """The last such weekday up to `day`, or the next one where the verb beside it looks ahead."""
    if _looks_ahead(match, known):
        return _after(weekday, day)
    return day if weekday == day.weekday() else _before(weekday, day)


def _looks_ahead(match: re.Match[str], known: Days) -> bool | None:
    """Whether the nearest verb looks ahead, not back; None if none does either."""
    text, (start, end) = match.string, match.span("whole")
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    for stop in _CLAUSE_END.finditer(text, first, start):
        first = stop.end()
    if stop_after := _CLAUSE_END.search(text, end, last):
        last = stop_after.start()

    def places(words: str) -> list[tuple[int, int]]:
        near = [m.span() for m in _whole(words).finditer(text, first, last)]
        return [(at, to) for at, to in near if to <= start or at >= end]

    def distance(spans: Sequence[tuple[int, int]]) -> int:
        return min((max(start - to, at - end) for at, to in spans), default=_AROUND)

    ahead = places(known.future)
    # What looks ahead has the form of what looks back, too: "it is expected on Monday".
    said = [s for s in places(known.said) if not any(s[0] < b and a < s[1] for a, b in ahead)]
    return distance(ahead) < distance(said) if ahead or said else None


def _numbered(
    match: re.Match[str], weekday: int, day: date, ahead: bool
) -> tuple[tuple[date, date] | None, int]:
    """The date that a number behind a weekday makes of it, and where that ends; None if the text
    says itself in which month, or there is no such day near."""
    if match["month"] or not match["n"]:
        return None, match.end()
    near = [day + timedelta(n) for n in range(-_NEAR_DAYS, _NEAR_DAYS + 1)]
    same = [each for each in near if each.day == int(match["n"]) and each.weekday() == weekday]
    best = min(same, key=lambda d: ((d > day) != ahead, abs((d - day).days)), default=None)
    return _one(best) if best else None, match.end()


def _moved(unit: str, day: date, moved: int) -> tuple[date, date] | None:
    """The day, week (from its Monday), month or year that lies `moved` of them from `day`."""
    if abs(moved) > _LONG_AGO:
        return None
    if unit == "day":
        return _one(day + timedelta(moved)) if moved else None
    if unit == "week":
        monday = day - timedelta(day.weekday()) + timedelta(7 * moved)
        return monday, monday + timedelta(6)
    if unit == "year":
        return date(day.year + moved, 1, 1), date(day.year + moved, 12, 31)
    months = day.year * 12 + day.month - 1 + moved
    year, month = months // 12, months % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


class _Words:
    """The words of a language as patterns; what a match of one of them says."""

    def __init__(self, code: str, known: Days) -> None:
        self._weekdays = [_whole(name) for name in known.weekdays]
        self._units = {name: _whole(words) for name, words in known.units.items()}
        self._offsets = {_whole(words): offset for words, offset in known.words.items()}
        self._numbers = [_whole(words) for words in known.numbers.split()]
        day, unit = f"(?:{'|'.join(known.weekdays)})", f"(?:{'|'.join(known.units.values())})"
        number = rf"(?:\d{{1,3}}|{'|'.join(known.numbers.split())})"
        # A feast may share its name with another: "Jueves y Viernes Santo".
        shared = rf"(?:\w{{1,3}}\s{day}\s)?"
        no_day = rf"(?!\s{shared}(?:{known.no_day}))" if known.no_day else ""
        # "el próximo mes de abril" says itself which month.
        no_month = rf"(?!,?\s(?:de |d[’']|of |di |do )?(?:{_months(code)})\b)"
        nowadays = rf"(?!\s?(?:{known.now})(?!\w))" if known.now else ""
        filled = {
            name: getattr(known, name)
            .replace("{day}", day)
            .replace("{unit}", unit)
            .replace("{number}", number)
            for name in (*_WEEKDAYS, "ago", "ahead", "last_unit", "this_unit", "next_unit")
        }
        filled["words"] = "|".join(known.words)
        filled["asked"] = known.today + nowadays
        self.patterns = {
            name: re.compile(
                rf"(?<!\w)(?P<whole>{ways})(?!\w){no_day if name in _WEEKDAYS else no_month}", _I
            )
            for name, ways in filled.items()
        }
        self.patterns["today"] = re.compile(
            rf"(?<!\w)(?:{known.said})(?:\s\w+)?\s(?P<whole>{known.today})(?!\w){nowadays}", _I
        )
        self.numbered = re.compile(
            rf",?\s+\(?(?:(?:el|the|den|dem|le|il|día|dia|o)\s+)?(?:"
            rf"(?P<n>\d{{1,2}})(?!\d|[.,:]\d|\s?%|\s?(?:h|am|pm|uhr)\b)(?:st|nd|rd|th|º|er)?\)?"
            rf"(?P<month>\.?\s+(?:de |d[’']|of |di |do )?(?:{_months(code)})\b|[/.-]\d)?"
            rf"|(?:{_months(code)})\b\.?\s+\d)",
            _I,
        )

    def weekday(self, written: str) -> int:
        return next(n for n, name in enumerate(self._weekdays) if name.search(written))

    def unit(self, written: str) -> str:
        return next(name for name, words in self._units.items() if words.search(written))

    def offset(self, written: str) -> int:
        """Of the longest words, of which others may be a part."""
        return next(o for words, o in self._offsets.items() if words.fullmatch(written))

    def number(self, written: str) -> int:
        if digits := re.search(r"\d+", written):
            return int(digits[0])
        numbers = enumerate(self._numbers, start=1)
        return next((n for n, words in numbers if words.search(written)), 1)


@cache
def _words(code: str) -> _Words:
    known = language(code).days
    assert known is not None
    return _Words(code, known)


@cache
def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", _I)


def unit_ago(code: str, written: str, day: date) -> date | None:
    """The day that lies as many days, weeks, months or years before `day` as `written` says; None
    if there is none."""
    words = _words(code)
    number, unit = words.number(written), words.unit(written)
    try:
        if unit in ("day", "week"):
            return day - timedelta(number * (1 if unit == "day" else 7))
        months = day.year * 12 + day.month - 1 - number * (12 if unit == "year" else 1)
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        return None


@cache
def month_pattern(code: str) -> str:
    """The whole names of the months as alternatives of a regular expression."""
    return "|".join(sorted(map(re.escape, months_by_name(code)), key=len, reverse=True))


def _months(code: str) -> str:
    names = {
        name.rstrip(".")
        for form in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in month_names(code, form, width).values()
    }
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))
