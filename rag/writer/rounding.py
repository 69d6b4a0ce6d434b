"""Numbers that are told otherwise than they stand: "more than 200" of 210, "four in five" of 80 %,
the rest of a whole, a decade, twelve months of a year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from hemeroteca.index.text.languages import language as known_of
from hemeroteca.rag.writer.numbers import numbers

# How much more or less than a round number may be what is told by it.
_OVER, _UNDER, _ABOUT = (1.0, 1.3), (0.75, 1.0), (0.9, 1.1)
_DIGITS = 2  # of a round number, noughts aside
_NUMBER = r"(\d+(?:[.,]\d+)*)"
_NEVER = "(?!)"
_ONE = r"(?:an?|una?|uma?|une|eine?[mnrs]?|een|un['’])"  # before what lasts
_SINGLE = frozenset([1.0])
_LASTING = {"day": ("day", 1), "week": ("day", 7), "month": ("month", 1), "year": ("month", 12)}
_MORE_THAN = re.compile(
    rf"{_NUMBER}\s(?:[^\W\d]+\s)?(?:más|menos|more|less|fewer|higher|lower|plus|moins|mehr|weniger|più"
    r"|meno|mais|més|menys|máis)\s(?:[^\W\d]+\s)?(?:que|than|als|di|del|do)\b"
)
_HALF = re.compile(r"\b(?:mitad|half|moitié|Hälfte|metà|metade|meitat)\b")


@dataclass(frozen=True)
class Rounded:
    """A number by its readings, and the least and the most of what it stands for, as shares."""

    readings: frozenset[float]
    least: float
    most: float

    def stands_for(self, told: Sequence[frozenset[float]]) -> bool:
        """Whether one of the numbers that are `told` lies within."""
        return any(
            self.least * number <= other <= self.most * number
            for number in self.readings
            if _is_round(number)
            for readings in told
            for other in readings
        )


@dataclass(frozen=True)
class Duration:
    """A number of days, weeks, months or years by its readings, and how many of `unit`, which is
    "day" or "month", each of them is."""

    readings: frozenset[float]
    unit: str
    each: int

    def is_as_long(self, other: "Duration") -> bool:
        own, others = (
            {number * duration.each for number in duration.readings} for duration in (self, other)
        )
        return self.unit == other.unit and not own.isdisjoint(others)


def durations(text: str, language: str) -> Iterator[Duration]:
    """What the numbers in digits of `text` in `language` (ISO 639-1) last."""
    for pattern, (unit, each) in _units(language):
        for match in pattern.finditer(text):
            yield Duration(numbers(match[1])[0] if match[1] else _SINGLE, unit, each)


def _is_round(number: float) -> bool:
    return len(f"{number:.6g}".replace(".", "").strip("0")) <= _DIGITS


def rounded(text: str, language: str) -> Iterator[Rounded]:
    """The numbers in digits of `text` in `language` (ISO 639-1) that stand behind "more than",
    "almost" or "about"."""
    for pattern, (least, most) in _rounding(language):
        for match in pattern.finditer(text):
            found = numbers(text[match.start(1) :])
            if found:
                yield Rounded(found[0], least, most)


def shares(text: str, language: str) -> Iterator[tuple[float, frozenset[float]]]:
    """The hundredths that each "one in five" of `text` is, with the two numbers."""
    each = known_of(language).numbers.each or _NEVER
    for match in re.finditer(rf"\b{_NUMBER}\s(?:{each})\s{_NUMBER}\b", text, re.IGNORECASE):
        part, whole = (min(numbers(number)[0]) for number in match.groups())
        if 0 < part < whole:
            yield round(100 * part / whole, 1), frozenset([part, whole])


def left_over(text: str, told: Sequence[frozenset[float]]) -> Iterator[frozenset[float]]:
    """What a sentence tells by "two of the five", by half of one of its numbers, or by "300 more
    than" of another."""
    for match in re.finditer(_PART_OF, text, re.IGNORECASE):
        part, whole = (min(numbers(number)[0]) for number in match.groups())
        if part < whole:
            yield frozenset([whole - part])
    for match in _MORE_THAN.finditer(text):
        by = min(numbers(match[1])[0])
        for readings in told:
            if by not in readings:
                yield frozenset(
                    other for number in readings for other in (number - by, number + by)
                )
    if _HALF.search(text):
        for readings in told:
            yield frozenset(number / 2 for number in readings)


_PART_OF = (
    rf"\b{_NUMBER}\s(?:de|of|des?|von|di|dei|delle|dos|das)\s"
    rf"(?:(?:los|las|the|les|den|its|sus|els|os|as|i|le)\s)?{_NUMBER}\b"
)


@cache
def _rounding(language: str) -> Sequence[tuple[re.Pattern[str], tuple[float, float]]]:
    known = known_of(language).numbers
    return [
        (re.compile(rf"\b(?:{words or _NEVER})\s{_NUMBER}", re.IGNORECASE), bounds)
        for words, bounds in ((known.over, _OVER), (known.under, _UNDER), (known.about, _ABOUT))
    ]


@cache
def _units(language: str) -> Sequence[tuple[re.Pattern[str], tuple[str, int]]]:
    days = known_of(language).days
    units = days.units if days else {}
    return [
        (re.compile(rf"\b(?:{_NUMBER}|{_ONE})[\s-]?(?:{units[name]})\b", re.IGNORECASE), lasting)
        for name, lasting in _LASTING.items()
        if name in units
    ]
