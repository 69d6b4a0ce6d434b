"""The days that a text names by the day on which it was written: "este jueves", "two weeks ago".

Precise before eager: what may be no day is left alone, such as a habit ("los jueves"), a holiday
("Jueves Santo"), "today" for nowadays or in what somebody said on an unknown day. The words of each
language are in languages/."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from hemeroteca.index.text.languages import Days, language
from hemeroteca.index.text.months import month_names, months_by_name
from hemeroteca.index.text.verbs import Verbs

_SATURDAY = 5  # of the days of a week from 0
_WEEKENDS_OVER = 3  # days of a week, in which "this weekend" is more often the last
_NEAR_DAYS = 21  # of a date without its month
_LONG_AGO = 150  # of a unit, beyond which a number is none of a date
_WEEKDAYS = ("this", "last", "next", "plain")
_UNITS = ("last_unit", "this_unit", "next_unit")
_MOVED = ("last_unit", "next_unit")
_COUNTED = ("ago", "ahead")
_OF_SPEAKER = ("words", "today", "today_at")
_I = re.IGNORECASE
_NEVER = "(?!)"
_WORD_BEFORE = re.compile(r"(?<!\w)(\w+)[ -]$")
_LONGEST_WORD = 30
_HOUR_WITHIN = 60  # characters behind "today" in which an hour makes it the day
_WITHIN_TEXT = re.compile(r"[^\W\d_]['’]?,?\s$|\($")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_LEADS_TO = re.compile(
    r"\s(?:a|al|à|au|ao|op|auf|to|into|through|para|in|на|по|zu[mr]?|bis|tot)\s(?:el\s|o\s)?", _I
)
_QUOTED = re.compile(
    # What closes a quotation that began in a sentence before.
    r"\A[^«»“”„\"]*(?:[»”]|(?<=[^\s(])[\"“](?=[\s,.;:)]|\Z))|"
    r"«[^»]*»?|“[^”]*”?|„[^“”]*[“”]?|\"[^\"]*\"?|(?:``|,,).*?(?:''|”|$)"
    r"|\A‘(?=\w)[^’]*\Z"
    r"|(?<!\w)[‘'](?=\w)(?![tsnmk]\s)(?:[^'’]|['’](?=\w))*['’](?!\w)"
)
_TITLE = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"")  # of what a question asks about
_IN_YEAR = r"(?!,?\s\w{1,3}\s(?:\w+\s)?(?:19|20)\d\d(?!\d))"  # "today, in 2019": nowadays
_IN_PARENTHESES = re.compile(r"\s?\((?:\w+,? )?(?P<n>\d{1,2})\)")
_TENS = range(20, 100, 10)
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
    told: list[RelativeDay] = []
    spoken: list[RelativeDay] = []
    listed: list[RelativeDay] = []
    quotes = [match.span() for match in (_TITLE if asked else _QUOTED).finditer(text)]
    for name, each in _candidates(text, code, known, day, asked):
        quoted = any(start < each.start and each.end <= end for start, end in quotes)
        if quoted and asked:
            continue
        if name == "other":
            listed.append(each)
        else:
            (spoken if quoted and name in _OF_SPEAKER else told).append(each)
    ends = {each.end for each in listed}
    told = [each for each in told if each.end not in ends] + listed
    found = sorted([*told, *_said_on(told, spoken, day)], key=lambda d: (d.start, -d.end))
    chosen: list[RelativeDay] = []
    for each in found:
        if not chosen or each.start >= chosen[-1].end:
            chosen.append(each)
        elif each.end > chosen[-1].end:  # "since last Tuesday" is more than "since Tuesday"
            chosen[-1] = replace(each, start=chosen[-1].start)
    return _joined(text, chosen, day)


def _said_on(
    told: list[RelativeDay], spoken: list[RelativeDay], day: date
) -> Iterator[RelativeDay]:
    """The `spoken` days, counted from the one past day that is `told` around what was said and not
    from the `day` of writing: "'We start tomorrow,' he said on Monday"; none without such a day."""
    past = {each.first for each in told if each.first == each.last <= day}
    if len(past) == 1:
        moved = past.pop() - day
        for each in spoken:
            yield replace(each, first=each.first + moved, last=each.last + moved)


def _joined(text: str, days: list[RelativeDay], day: date) -> list[RelativeDay]:
    """A weekday before its week is that day of it: "el jueves de la semana pasada"; one that leads
    to the next is the day before that: "in the night from Friday to Saturday"; one that leads to
    another is of every week: "open Tuesday to Sunday"."""
    joined: list[RelativeDay] = []
    for each in days:
        before = joined[-1] if joined else None
        if before is None or before.first != before.last:
            joined.append(each)
        elif (each.last - each.first).days == 6 and _WITHIN.fullmatch(text, before.end, each.start):
            there = each.first + timedelta(before.first.weekday())
            joined[-1] = RelativeDay(before.start, each.end, there, there)
        elif (
            each.first == each.last
            and (to := _LEADS_TO.match(text, before.end))
            and each.start <= to.end()
        ):
            eve = each.first - timedelta(1)
            joined.pop()
            if eve.weekday() == before.first.weekday():
                # A weekday on its own day is that day, but not behind one that is to come.
                eve = before.first if before.first > max(day, each.first) else eve
                morrow = eve + timedelta(1)
                joined.append(replace(before, first=eve, last=eve))
                joined.append(replace(each, first=morrow, last=morrow))
        else:
            joined.append(each)
    return joined


def _candidates(
    text: str, code: str, known: Days, day: date, asked: bool
) -> Iterator[tuple[str, RelativeDay]]:
    """The days with the names of the rules that found them."""
    words, verbs = _words(code), Verbs(text, known)

    def ahead(match: re.Match[str]) -> bool | None:
        return verbs.look_ahead(*match.span("whole"))

    def told_today(match: re.Match[str]) -> object:
        start, end = match.span("whole")
        if number := _IN_PARENTHESES.match(text, end):  # "today (19)"
            return int(number["n"]) == day.day
        return (
            not words.nowadays.search(text, max(0, start - _LONGEST_WORD), start)
            and not words.is_contrast(text, start)
            and not verbs.looks_back_to_then(start, end)
            and (words.by_hour.search(text, end, end + _HOUR_WITHIN) or verbs.act(start, end))
        )

    def will_be(match: re.Match[str]) -> bool:
        look = ahead(match)
        # "In two days all was over" counts from another day, "the first in two years" from none.
        return bool(look) or (asked and look is None)

    rules: Mapping[str, Callable[[re.Match[str]], tuple[date, date] | None]] = {
        "this": lambda m: _one(_this(ahead(m), words.weekday(m[0]), day)),
        "last": lambda m: _one(_before(words.weekday(m[0]), day)),
        "next": lambda m: _one(_after(words.weekday(m[0]), day)),
        "plain": lambda m: (
            None
            if verbs.is_usual(*m.span("whole")) or words.is_of_story(text, m.start("whole"))
            else _one(_plain(ahead(m), words.weekday(m[0]), day))
        ),
        "words": lambda m: _one(day + timedelta(words.offset(m))),
        "weekend": lambda m: None if verbs.is_usual(*m.span("whole")) else _weekend(ahead(m), day),
        "ago": lambda m: _moved(words.unit(m[0]), day, -words.number(m[0])),
        "ahead": lambda m: (
            _moved(words.unit(m[0]), day, words.number(m[0])) if will_be(m) else None
        ),
        "last_unit": lambda m: _moved(words.unit(m[0]), day, -1),
        "this_unit": lambda m: _this_unit(words.unit(m[0]), ahead(m), day),
        "next_unit": lambda m: _moved(words.unit(m[0]), day, 1),
        "today": lambda m: _one(day) if asked or told_today(m) else None,
        "today_at": lambda m: _one(day),
    }
    dated: list[tuple[int, int]] = []  # weekdays whose date the text says itself
    for name, days in rules.items():
        for match in words.patterns[name].finditer(text):
            start, end = match.span("whole")
            if any(at <= start and end <= to for at, to in dated):
                continue
            try:
                if name in _WEEKDAYS and words.is_of_many(match):
                    continue
                if name in _COUNTED and words.is_vague(text, start):
                    continue
                if name in _OF_SPEAKER and not asked and _is_name(text, start):
                    continue
                if name in _WEEKDAYS and words.dated.search(
                    text, max(0, start - _LONGEST_WORD), start
                ):
                    continue
                if name == "this" and words.is_of_other_day(match, day):
                    continue
                behind = words.numbered.match(text, end)
                if behind and name in _WEEKDAYS:
                    weekday = words.weekday(match[0])
                    found, end = _numbered(behind, weekday, bool(ahead(match)), day)
                    # "On Monday, 11 people died."
                    counts = behind["counts"] is not None and not verbs.begins(behind.end() + 1)
                    if not found and not behind["month"] and counts:
                        found, end = days(match), match.end("whole")
                    elif not found:
                        dated.append(match.span("whole"))
                elif name in _MOVED and words.unit(match[0]) == "day":
                    # "The next day" is that of a story.
                    if not behind:
                        continue
                    found, end = _numbered(behind, None, name == "next_unit", day)
                else:
                    found = days(match)
            except (OverflowError, ValueError):  # before the first year, after the last
                continue
            if found:
                yield name, RelativeDay(start, end, *found)
            if found and name in _WEEKDAYS:
                yield from words.others(text, end, found[0])


def _is_name(text: str, start: int) -> bool:
    """Whether the word at `start` has a capital that no sentence begins with: "USA Today"."""
    word = text[start : start + 2]
    capital = word[0].isupper() and not word[1:].isupper()
    return capital and _WITHIN_TEXT.search(text, 0, start) is not None


def _one(day: date) -> tuple[date, date]:
    return day, day


def _nearest(weekday: int, day: date) -> date:
    return day + timedelta((weekday - day.weekday() + 3) % 7 - 3)


def _before(weekday: int, day: date) -> date:
    return day - timedelta((day.weekday() - weekday - 1) % 7 + 1)


def _after(weekday: int, day: date) -> date:
    return day + timedelta((weekday - day.weekday() - 1) % 7 + 1)


def _this(ahead: bool | None, weekday: int, day: date) -> date:
    """The nearest such weekday, if the verb beside it does not look the other way: "published this
    Thursday" may be written on its eve."""
    nearest = _nearest(weekday, day)
    if nearest > day + timedelta(1) and ahead is False:
        return _before(weekday, day)
    return _after(weekday, day) if nearest < day and ahead else nearest


def _plain(ahead: bool | None, weekday: int, day: date) -> date:
    """The last such weekday up to `day`, or the next one where the verb beside it looks ahead;
    `day` itself if it is one: a week later would be "next Friday"."""
    if weekday == day.weekday():
        return day
    return _after(weekday, day) if ahead else _before(weekday, day)


def _numbered(
    behind: re.Match[str], weekday: int | None, ahead: bool, day: date
) -> tuple[tuple[date, date] | None, int]:
    """The date that the number `behind` a weekday, or behind "last day", makes of it, and where
    that ends; None if the text says itself in which month, or there is no such day near."""
    if behind["month"] or not behind["n"]:
        return None, behind.end()
    near = [day + timedelta(n) for n in range(-_NEAR_DAYS, _NEAR_DAYS + 1)]
    same = [each for each in near if each.day == int(behind["n"])]
    if weekday is not None:
        same = [each for each in same if each.weekday() == weekday]
    best = min(same, key=lambda d: ((d > day) != ahead, abs((d - day).days)), default=None)
    return _one(best) if best else None, behind.end()


def _weekend(ahead: bool | None, day: date) -> tuple[date, date]:
    """The Saturday and Sunday of the day's week; those before if the verb beside them looks back
    and they have not begun or, at the beginning of a week, does not look ahead."""
    saturday = day + timedelta(_SATURDAY - day.weekday())
    if (ahead is False and day < saturday) or (not ahead and day.weekday() < _WEEKENDS_OVER):
        saturday -= timedelta(7)
    return saturday, saturday + timedelta(1)


def _this_unit(unit: str, ahead: bool | None, day: date) -> tuple[date, date] | None:
    return _weekend(ahead, day) if unit == "weekend" else _moved(unit, day, 0)


def _moved(unit: str, day: date, moved: int) -> tuple[date, date] | None:
    """The day, week (from its Monday), weekend, month or year that lies `moved` of them from
    `day`."""
    if abs(moved) > _LONG_AGO:
        return None
    if unit == "weekend":
        begun = day.weekday() >= _SATURDAY
        saturday = day + timedelta((_SATURDAY - 1 - day.weekday()) % 7 + 1)  # the first to begin
        saturday += timedelta(7 * (moved - 1 if moved > 0 else moved - begun))
        return saturday, saturday + timedelta(1)
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
        self._small = known.small
        self._nth = _whole(known.nth or _NEVER)
        # Part of a longer word, too: "Dienstagabend".
        self._weekdays = [re.compile(rf"(?<!\w)(?:{name})", _I) for name in known.weekdays]
        # Most questions have none, so that their patterns are compiled when they are looked for.
        self._units = known.units
        self._offsets = list(known.words.values())
        self._numbers = list(_numbers(known))
        day, unit = known.day, f"(?:{'|'.join(known.units.values())})"
        # "The coming months" are no month.
        one_unit = rf"(?!(?:{known.plural})(?!\w)){unit}" if known.plural else unit
        # The last digits of "9,000 years ago" count nothing.
        number = rf"(?:(?<!\d[.,’'\s])\d{{1,3}}|{'|'.join(_number_words(known))})"
        # A feast may share its name with another: "Jueves y Viernes Santo".
        shared = rf"(?:\w{{1,3}}\s{day}\s)?"
        no_day = rf"(?!\s{shared}(?:{known.no_day}))" if known.no_day else ""
        # "On Thursday, two days later" is a day of a story.
        later = rf"(?!,?\s{number}\s{unit}\s(?:{known.later})(?!\w))" if known.later else ""
        # "el próximo mes de abril" says itself which month, "a Sunday of August" not which Sunday;
        # "last year may have been" and "ontem dez salas" name none.
        no_month = rf"(?!,?\s(?:de |d[’']|of |di |do |(?=(?-i:[A-ZÀ-Þ])))(?:{_months(code)})\b)"
        of_month = rf"(?!\s(?:de |d[’']|of |di |do )(?:{_months(code)})\b)"
        no_unit = rf"(?!\s(?:{known.no_unit})(?!\w))" if known.no_unit else ""
        nowadays = (rf"(?!\s?(?:{known.now})(?!\w))" if known.now else "") + _IN_YEAR
        filled = {
            name: getattr(known, name)
            .replace("{day}", day)
            .replace("{unit}", one_unit if name in _UNITS else unit)
            .replace("{number}", number)
            for name in (*_WEEKDAYS, "ago", "ahead", *_UNITS)
        }
        filled["words"] = "|".join(f"(?P<_{n}>{words})" for n, words in enumerate(known.words))
        filled["weekend"] = known.weekend or _NEVER
        filled["today"] = f"(?:{known.today}){nowadays}"
        hour = rf"(?:{known.hour or _NEVER}) ?(?:[01]?\d|2[0-4])"
        filled["today_at"] = rf"(?:{known.today}),? {hour}(?!\d)"
        self.patterns = {
            name: re.compile(
                rf"(?<!\w)(?P<whole>{ways})(?!\w)"
                rf"{no_day + later + of_month if name in _WEEKDAYS else no_month + no_unit}",
                _I,
            )
            for name, ways in filled.items()
        }
        self.nowadays = re.compile(rf"(?<!\w)(?:{known.nowadays or _NEVER})\s?$", _I)
        joint = f"{known.joins or _NEVER}|or?|ou|oder|of|или"
        small = r"(?:on|am|el|o|a|en el|n[oa]|em|à|le|op|в|во)\s"
        self._other = re.compile(
            rf"(?:,|,?\s(?:{joint}))\s(?P<day>(?:{small})?{day})(?!\w)(?!,?\s\(?\d){no_day}", _I
        )
        self._some = re.compile(rf"(?<!\w)(?:{known.some or _NEVER})\s{day}(?!\w)", _I)
        self._joined = re.compile(rf"(?<!\w)(?:{known.joins or _NEVER}),?\s$", _I)
        self.by_hour = re.compile(
            rf"(?<!\w){hour}"
            r"(?:h|[:.]\d\d| ?(?:horas|heures|hores|uhr|uur|ore|a\.?m|p\.?m))(?!\w)",
            _I,
        )
        vague = (known.vague or _NEVER).replace("{number}", number).replace("{unit}", unit)
        self._vague = re.compile(rf"(?:(?<!\w)(?:{vague})\s|\d(?:-|–|\s-\s|\s–\s))$", _I)
        # "On 8 December (Saturday)": the weekday of a date.
        of = r"(?:de |of |di |do |d[’'])?"
        year = rf"(?:,?\s{of}\d{{4}})?"
        self.dated = re.compile(
            rf"(?:\d{{1,2}}(?:º|ª|\.|st|nd|rd|th)?\s{of}(?:{_months(code)})\.?{year}"
            rf"|(?<!\w)(?:{_months(code)})\.?\s\d{{1,2}}(?:st|nd|rd|th)?{year}"
            r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}),?\s?\(?$",
            _I,
        )
        self.numbered = re.compile(
            rf"(?:,?\s+|\s+[—–]\s+)\(?(?:(?:el|the|den|dem|le|il|día|dia|o)\s+)?(?:"
            rf"(?P<n>0?[1-9]|[12]\d|3[01])(?!\d|(?!st|nd|rd|th|º|er)[^\W\d]|[.,:]\d|[-–]\d|\s?%|\s?(?:h|am|pm|uhr)\b)(?:st|nd|rd|th|º|er)?\)?"
            rf"(?P<month>\.?\s+{of}(?:{_months(code)})\b|[/.](?:0?[1-9]|1[0-2])(?!\d))?"
            rf"(?P<counts>(?<!\))(?=\s(?!(?:{_months(code)})\b)\w))?"
            rf"|\d{{1,2}}[./-]\d{{1,2}}[./-]|(?:{_months(code)})\b\.?\s+\d)",
            _I,
        )

    def is_of_many(self, match: re.Match[str]) -> bool:
        """Whether the word before makes a weekday one of many ("every", "first"), or part of a
        name, by their capitals, which mean nothing in languages that always give a weekday one."""
        start = match.start("whole")
        before = _WORD_BEFORE.search(match.string, max(0, start - _LONGEST_WORD), start)
        if before is None:
            return False
        capital = match[0][0].isupper() and match[0][1:].islower() and before[1][0].isupper()
        if self._small and capital:
            return True
        # "The final on Sunday" is no final Sunday.
        bare = any(weekday.match(match.string, start) for weekday in self._weekdays)
        return bare and self._nth.fullmatch(before[1]) is not None

    def is_of_story(self, text: str, start: int) -> bool:
        """Whether some weekday is named before, from which one counts: "they came on a Friday"."""
        return self._some.search(text, 0, start) is not None

    def is_of_other_day(self, match: re.Match[str], day: date) -> bool:
        """Whether the weekday behind "today" is another: "plays today, Friday and Sunday"."""
        start = match.start("whole")
        if spoken := self.patterns["words"].match(match.string, start):
            offset = self.offset(spoken)
        elif self.patterns["today"].match(match.string, start):
            offset = 0
        else:
            return False
        return (day + timedelta(offset)).weekday() != self.weekday(match[0])

    def others(self, text: str, end: int, day: date) -> Iterator[tuple[str, RelativeDay]]:
        """The weekdays behind `end` that follow `day` in a list: "on Monday and Friday"."""
        while match := self._other.match(text, end):
            days = (self.weekday(match["day"]) - day.weekday() - 1) % 7 + 1
            day, end = day + timedelta(days), match.end()
            yield "other", RelativeDay(match.start("day"), end, day, day)

    def is_contrast(self, text: str, start: int) -> bool:
        """Whether "and" before `start` sets what follows against a year: "in 1949, and today"."""
        begun = max(text.rfind(mark, 0, start) for mark in (".", ";", "\n")) + 1
        return self._joined.search(text, begun, start) is not None and bool(
            _YEAR.search(text, begun, start)
        )

    def is_vague(self, text: str, start: int) -> bool:
        """Whether a number of units that begins at `start` is not counted ("about", "two or")."""
        return self._vague.search(text, max(0, start - _LONGEST_WORD), start) is not None

    def weekday(self, written: str) -> int:
        return next(n for n, name in enumerate(self._weekdays) if name.search(written))

    def unit(self, written: str) -> str:
        return next(name for name, words in self._units.items() if _whole(words).search(written))

    def offset(self, match: re.Match[str]) -> int:
        """Of the words that match."""
        return next(o for n, o in enumerate(self._offsets) if match[f"_{n}"] is not None)

    def number(self, written: str) -> int:
        if digits := re.search(r"\d+", written):
            return int(digits[0])
        return next((n for words, n in self._numbers if _whole(words).search(written)), 1)


def _numbers(known: Days) -> Iterator[tuple[str, int]]:
    """Alternatives of a regular expression and the numbers that they are, compounds before their
    parts: "thirty-one", "fünfunddreißig", "vint-i-cinc"."""
    small = list(zip(known.numbers.split(), range(1, 13), strict=True))
    for tens, many in known.more_numbers.items():
        if many in _TENS:
            yield from ((_compound(tens, unit), many + few) for unit, few in small[:9])
    yield from known.more_numbers.items()
    yield from small


def _number_words(known: Days) -> list[str]:
    """Alternatives that any of the numbers is, in few."""
    tens = "|".join(words for words, number in known.more_numbers.items() if number in _TENS)
    units = known.numbers.split()
    return [_compound(tens, "|".join(units[:9])), *known.more_numbers, *units]


def _compound(tens: str, units: str) -> str:
    joint = "(?:[- ]|[- ](?:y|e|i|et)[- ])?"
    return f"(?:{tens}){joint}(?:{units})|(?:{units})(?:und|[eë]n)(?:{tens})"


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


# A date in numbers, and the small words of one in words: "2nd of March", "2 марта 2024 г.".
_IN_NUMBERS = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}")
_OF_DATES = r"(?<![^\W\d_])(?:del?|di|do|of|the|am|den|der|le|il|el|em|op|st|nd|rd|th|er|года|г)\b"


def is_date(text: str, code: str) -> bool:
    """Whether `text` is a date and nothing else, as the line under many a headline is: such a line
    says when an article appeared and nothing of what it tells."""
    if not any(character.isdigit() for character in text):
        return False
    rest, names = _date_words(code).subn("", text)
    if any(character.isalpha() for character in re.sub(_OF_DATES, "", rest.lower())):
        return False
    return names > 0 or _IN_NUMBERS.search(text) is not None


@cache
def _date_words(code: str) -> re.Pattern[str]:
    """The names of months and weekdays."""
    known = language(code).days
    names = [_months(code), *(known.weekdays if known else ())]
    return re.compile(rf"\b(?:{'|'.join(filter(None, names)) or '(?!)'})\b\.?", re.IGNORECASE)


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
