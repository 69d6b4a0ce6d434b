"""Numbers in words to numbers in digits, and to what they may mean.

text2num reads the words; what it takes for a number and is none ("cientos de", "por ciento"), and
the halves and dozens that it leaves, are told by index/text/languages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from text_to_num import alpha2digit

from hemeroteca.index.text.languages import language as known_of

_READ = {"de", "en", "es", "fr", "it", "nl", "pt"}  # by text2num
_NUMBER = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?!\d)|\d{1,3}['’´]\d{1,2}(?!\d)|\d+(?:[.,]\d+)*"
)
_DIVIDING = re.compile(r"['’´](?=\d{1,2}$)")  # "0'5", as Spanish papers print it
_SCALES = (1e12, 1e9, 1e6, 1e3)
_PART_OF = re.compile(
    r"(?<![\d.,])(?P<part>\d{1,3}) (?:de|of|von|des?|di|dei|dos|das)(?: (?:los|las|the|les"
    r"|den|its|sus))?"
    r" (?P<whole>\d+0{3})(?![\d.,])"
)
_NEVER = r"(?!)"


@lru_cache(maxsize=4096)  # a sentence is read for its facts, and for what they belong to
def in_digits(text: str, language: str) -> str:
    """`text` with its numbers in digits, as far as words of `language` (ISO 639-1) are read."""
    patterns = _patterns(language)
    for pattern, spelling in patterns.spellings:
        text = pattern.sub(spelling, text)
    if language not in _READ:
        return text
    text = patterns.article.sub("", text)
    text = patterns.several.sub(lambda match: match["counted"] or "", text)
    text = str(alpha2digit(text, language, threshold=0))
    text = _PART_OF.sub(_scaled, text)
    text = patterns.and_half.sub(_half_more, text)
    text = patterns.half.sub(lambda m: f" {_plain(int(m[1]) / 2)}", text)
    groups = known_of(language).numbers.groups

    def count(match: re.Match[str]) -> str:
        counted = 0.5 if match["half"] else int(match["count"] or 1)
        return _plain(counted * groups[match["group"].lower()])

    return patterns.group.sub(count, text)


def _scaled(match: re.Match[str]) -> str:
    """Four of the ten million: four million."""
    part, whole = int(match["part"]), int(match["whole"])
    scale = next((int(s) for s in _SCALES if whole % int(s) == 0), 1)
    return (
        match[0].replace(match["part"], str(part * scale), 1) if part * scale < whole else match[0]
    )


def reads_numbers(language: str) -> bool:
    """Whether numbers in words of `language` (ISO 639-1) are read."""
    return language in _READ or bool(known_of(language).numbers.spellings)


def is_number(word: str, language: str) -> bool:
    """Whether `word` is read as a number."""
    return in_digits(word, language) != word


def numbers(text: str) -> list[frozenset[float]]:
    """The numbers in digits of `text`, each as the set of its readings."""
    found: list[frozenset[float]] = []
    end = -1
    for match in _NUMBER.finditer(text):
        readings = _readings(match[0])
        scale = next((s for s in _SCALES if s in readings), 0)
        # "1.5 million" comes as "1.5 1000000".
        if found and scale and text[end : match.start()] == " " and max(found[-1]) < scale:
            readings = frozenset(number * scale for number in found.pop())
        found.append(readings)
        end = match.end()
    return found


def _readings(written: str) -> frozenset[float]:
    """What a number may mean where comma and point each group or divide."""
    digits = re.sub(r"[^\d.,]", "", _DIVIDING.sub(",", written))
    readings = set()
    groups = re.split(r"[.,]", digits)
    if all(len(group) == 3 for group in groups[1:]):
        readings.add(float("".join(groups)))
    if len(groups) > 1:
        readings.add(float("".join(groups[:-1]) + "." + groups[-1]))
    return frozenset(readings)


def _half_more(match: re.Match[str]) -> str:
    """A number, half of its scale, and what it counts: two and a half, two and a half million."""
    number, scale = int(match["number"]), int(match["scale"] or 1)
    half = scale if match["scale"] else next((s for s in _SCALES if s <= number), 1)
    return _plain(number * scale + half / 2) + (match["counted"] or "")


def _plain(number: float) -> str:
    return f"{number:.0f}" if number == int(number) else str(number)


@dataclass(frozen=True)
class _Patterns:
    spellings: Sequence[tuple[re.Pattern[str], str]]
    article: re.Pattern[str]
    several: re.Pattern[str]
    and_half: re.Pattern[str]
    half: re.Pattern[str]
    group: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns:
    known = known_of(language).numbers
    several, half = known.several or _NEVER, known.half or _NEVER
    group = "|".join(known.groups) or _NEVER

    def pattern(written: str) -> re.Pattern[str]:
        return re.compile(written, re.IGNORECASE)

    counted = rf"(?P<counted>(?:\d|\b(?:{known.words or _NEVER}|{half}))\s+(?:{several})\b)"
    number = rf"\d|(?:{known.words or _NEVER})\b"
    return _Patterns(
        spellings=[(pattern(rf"\b{written}\b"), read) for written, read in known.spellings],
        # "treinta y un mil" counts with it.
        article=pattern(
            rf"(?<!\by )(?<!\be )(?<!\bet )\b(?:{known.articles or _NEVER})\s+(?={number})"
        ),
        several=pattern(rf"{counted}|\b(?:{several})\b"),
        and_half=pattern(
            r"(?<![\d.,])(?P<number>\d+)(?: (?P<scale>10{3}|10{6}|10{9}))?"
            rf"(?P<counted>\s+[^\W\d_]+)?\s+(?:{known.and_half or _NEVER})\b"
        ),
        half=pattern(rf"\b(?:{half})\s+(10{{3}}|10{{6}}|10{{9}})\b"),
        group=pattern(
            rf"(?:\b(?:(?P<count>\d+)|(?P<half>{half}))\s+)?\b(?P<group>{group})(?:s|es|en)?\b"
        ),
    )
