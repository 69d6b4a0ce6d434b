"""The period that a question names with its own dates, such as "after 20 November".

Precise before eager: a period is read only where a word such as "after" or "between" stands before
a month, a year or a day with its month. A day by itself names what happened then, which the
articles of other days tell as well, so it is no period."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from unicodedata import combining, normalize

from hemeroteca.index.period import Period
from hemeroteca.index.text.months import month_names


@dataclass(frozen=True)
class _Words:
    """A language's words, without accents, as alternatives of a regular expression."""

    after: str
    since: str
    before: str
    until: str
    during: str
    between: tuple[str, str]
    spanning: tuple[str, str]  # "from 1 to 10 December"


_WORDS = {
    "ca": _Words(
        *("despres de|despres del", "des de|des del|a partir de|a partir del"),
        *("abans de|abans del", "fins a|fins al", "en|durant"),
        *(("entre", "i"), ("del|de|des de", "al|a|fins al")),
    ),
    "de": _Words(
        *("nach", "seit|ab", "vor", "bis|bis zum", "im|in|wahrend"),
        *(("zwischen", "und"), ("vom|von", "bis|bis zum")),
    ),
    "en": _Words(
        *("after", "since", "before", "until|till|up to", "in|during|throughout"),
        *(("between", "and"), ("from", "to|until|till|through")),
    ),
    "es": _Words(
        *("despues de|despues del|tras", "desde|a partir de|a partir del"),
        *("antes de|antes del", "hasta", "en|durante"),
        *(("entre", "y"), ("del|de|desde", "al|a|hasta")),
    ),
    "fr": _Words(
        *("apres", "depuis|a partir de|a partir du|des", "avant"),
        *("jusqu'a|jusqu'au|jusqu'en", "en|durant|pendant|au"),
        *(("entre", "et"), ("du|de", "au|a")),
    ),
    "gl": _Words(
        *("despois de|despois do|tras", "desde|dende|a partir de|a partir do"),
        *("antes de|antes do", "ata", "en|durante"),
        *(("entre", "e"), ("do|desde|dende", "ao|ata")),
    ),
    "it": _Words(
        *("dopo", "da|dal|a partire da|a partire dal", "prima di|prima del"),
        *("fino a|fino al", "in|nel|durante|a"),
        *(("tra|fra", "e"), ("dal|da", "al|a")),
    ),
    "nl": _Words(
        *("na", "sinds|vanaf", "voor", "tot|tot en met", "in|tijdens|gedurende"),
        *(("tussen", "en"), ("van", "tot|tot en met")),
    ),
    "pt": _Words(
        *("depois de|depois do|apos", "desde|a partir de|a partir do"),
        *("antes de|antes do", "ate", "em|durante|no"),
        *(("entre", "e"), ("de|do|desde", "a|ao|ate")),
    ),
    "ro": _Words(
        *("dupa", "incepand cu|de la", "inainte de", "pana in|pana la", "in|in timpul lui"),
        *(("intre", "si"), ("de la|din", "pana la|pana in")),
    ),
    "sv": _Words(
        *("efter", "sedan|fran och med", "fore|innan", "till|fram till", "i|under"),
        *(("mellan", "och"), ("fran", "till")),
    ),
}
# What may stand between such a word and the date: articles, "the month of", "the year".
_FILLING = """the el la los le l' il lo o os dem den der das de del do di du da al au as
    month of mes mois mese maand monat manaden luna year ano any annee an anno jahr jaar aret"""
_ORDINAL = r"(?:st|nd|rd|th|er|o|\.|º|°)?"
_OF = r"(?:(?:of|de|di)\s+|d')?"
_PARTS = ("iso", "n", "d", "m", "dd", "y", "yy", "alone")
_ALSO_WORDS = ("may", "march")  # in English no month unless a number or a capital says so


@dataclass(frozen=True)
class _When:
    """A date as it is written; what is not is None."""

    year: int | None
    month: int | None
    day: int | None

    def period(self) -> tuple[date, date]:
        """Its first and its last day. Raises ValueError if there are none."""
        assert self.year
        first, last = self.month or 1, self.month or 12
        days = self.day or monthrange(self.year, last)[1]
        return date(self.year, first, self.day or 1), date(self.year, last, days)

    def within(self, latest: date) -> "_When":
        """The same; without a year, of the latest that does not begin after `latest`."""
        if self.year:
            return self
        begins = date(latest.year, self.month or 1, self.day or 1)
        return _When(latest.year - (begins > latest), self.month, self.day)


def named_period(question: str, language: str, latest: date) -> Period | None:
    """The period that `question` (in `language`, ISO 639-1) names; None if it names none, or more
    than one. A date without a year is the latest such date until `latest`."""
    if language not in _WORDS:
        return None
    text = _plain(question)
    try:
        return _between(text, language, latest) or _one_sided(text, language, latest)
    except ValueError:  # a day that no month has
        return None


def turned(before: str, language: str, span: Period) -> Period:
    """The period that `span` and the word at the end of `before`, such as "since", name together;
    `span` itself, if there is none."""
    words = _WORDS.get(language)
    if words is None:
        return span
    filling = "|".join(map(re.escape, _FILLING.split()))

    def ends_with(ways: str) -> bool:
        pattern = rf"(?<!\w)(?:{ways})\s+(?:(?:{filling})(?:(?<=')|\s+)){{0,4}}$"
        return re.search(pattern, f"{_plain(before)} ", re.IGNORECASE) is not None

    if ends_with(words.since):
        return Period(span.first, None)
    if span.last and ends_with(words.after):
        return Period(span.last + timedelta(1), None)
    if span.first and ends_with(words.before):
        return Period(None, span.first - timedelta(1))
    return Period(None, span.last) if ends_with(words.until) else span


def _between(text: str, language: str, latest: date) -> Period | None:
    words = _WORDS[language]
    for begin, end in (words.between, words.spanning):
        found = _found(text, language, begin, end)
        if len(found) != 1:
            continue
        first, last = found[0]
        last = last.within(latest)
        if bool(last.month) != bool(first.month or first.day):
            return None  # "between May and 2020"
        first = _When(first.year or last.year, first.month or last.month, first.day)
        if first.period()[0] > last.period()[1]:  # "between November and January 2026"
            first = _When(last.year and last.year - 1, first.month, first.day)
        return Period(first.period()[0], last.period()[1])
    return None


def _one_sided(text: str, language: str, latest: date) -> Period | None:
    words = _WORDS[language]
    during, after, since, before, until = (
        [when.within(latest) for (when,) in _found(text, language, each)]
        for each in (words.during, words.after, words.since, words.before, words.until)
    )
    if during and not (after or since or before or until):
        whole = len(during) == 1 and not during[0].day
        return Period(*during[0].period()) if whole else None
    first = [when.period()[1] + timedelta(1) for when in after]
    first += [when.period()[0] for when in since]
    last = [when.period()[0] - timedelta(1) for when in before]
    last += [when.period()[1] for when in until]
    if len(first) > 1 or len(last) > 1 or not (first or last):
        return None
    if first and last and first[0] > last[0]:
        return None
    return Period(first[0] if first else None, last[0] if last else None)


def _found(text: str, language: str, *before: str) -> list[Sequence[_When]]:
    """The dates that stand behind the words `before`, one behind each."""
    matches = _pattern(language, before).finditer(text)
    found = [[_when(match, at, language) for at in range(len(before))] for match in matches]
    return [[when for when in whens if when] for whens in found if all(whens)]


def _when(match: re.Match[str], at: int, language: str) -> _When | None:
    written = {name: match[f"{name}{at}"] for name in _PARTS}
    if written["iso"]:
        return _When(*map(int, written["iso"].split("-")))
    if written["n"]:
        if language == "en":
            return None  # whether the day or the month comes first depends on the country
        return _When(*reversed([int(number) for number in re.split(r"\D", written["n"])]))
    day, year = written["d"] or written["dd"] or written["alone"], written["y"] or written["yy"]
    month = written["m"]
    if language == "en" and month in _ALSO_WORDS and not (day or year):
        return None
    number = _months(language)[month.lower()] if month else None
    return _When(int(year) if year else None, number, int(day) if day else None)


@cache
def _pattern(language: str, before: Sequence[str]) -> re.Pattern[str]:
    filling = "|".join(map(re.escape, sorted(_FILLING.split(), key=len, reverse=True)))
    dates = [
        rf"(?<!\w)(?:{words})\s+(?:(?:{filling})(?:(?<=')|\s+)){{0,4}}"
        rf"(?:{_date_pattern(language, at, at + 1 < len(before))})(?!\w)"
        for at, words in enumerate(before)
    ]
    return re.compile(r"\s+".join(dates), re.IGNORECASE)


def _date_pattern(language: str, at: int, day_alone: bool) -> str:
    """`day_alone`: a later date may bring its month."""
    months = "|".join(sorted(_months(language), key=len, reverse=True))
    ways = [
        rf"(?P<iso{at}>\d{{4}}-\d{{2}}-\d{{2}})",
        rf"(?P<n{at}>\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}})",
        rf"(?:(?P<d{at}>\d{{1,2}}){_ORDINAL}\s+{_OF})?(?P<m{at}>{months})"
        rf"(?:\s+(?P<dd{at}>\d{{1,2}}){_ORDINAL}(?!\w))?"
        rf"(?:,?\s+(?:(?:of|de|del|do)\s+)?(?P<y{at}>\d{{4}}))?",
        rf"(?P<yy{at}>(?:19|20)\d\d)",
        rf"(?P<alone{at}>\d{{1,2}}){_ORDINAL}" if day_alone else rf"(?P<alone{at}>(?!))",
    ]
    return "|".join(ways)


@cache
def _months(language: str) -> dict[str, int]:
    names = month_names(language, "stand-alone", "wide")
    months = {_plain(name).lower(): number for number, name in names.items()}
    return months | ({"setiembre": 9} if language == "es" else {})


def _plain(text: str) -> str:
    """`text` without accents, its apostrophes straight and its blanks single."""
    bare = "".join(c for c in normalize("NFKD", text.replace("’", "'")) if not combining(c))
    return " ".join(bare.split())
