"""The span of years or months that a question names: "in the 1990s", "the last week of March",
"desde el verano pasado"."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from hemeroteca.index.period import Period
from hemeroteca.index.text.days import month_pattern, unit_ago
from hemeroteca.index.text.languages import Days, Spans
from hemeroteca.index.text.languages import language as known_language
from hemeroteca.index.text.months import months_by_name

OF = r"(?:\s+(?:de|del|of|von|des|di|du|dell[’']anno|do|da|in|van|the|года|im|dels))*[\s-]*"
YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_TWENTIES, _THIRTIES = 20, 30
_LAST = 3  # of the weeks of a month
_WEEK = 7


@dataclass(frozen=True)
class Span:
    """`question[start:]` begins with what names `period`; `relative` if it counts from today."""

    start: int
    period: Period
    relative: bool = False


def named_span(question: str, language: str, latest: date, today: date) -> Span | None:
    """The first such span that `question` names; None if it names none. A month without a year
    is the latest that has begun on `latest`. Summers are the north's, from June to August."""
    known = known_language(language)
    if known.spans is None or known.days is None:
        return None
    found = _spans(question, language, known.spans, known.days, latest, today)
    return min(found, key=lambda span: span.start, default=None)


def _spans(
    question: str, language: str, spans: Spans, days: Days, latest: date, today: date
) -> Iterator[Span]:
    patterns = _patterns(language)

    def year_of(match: re.Match[str], month: int) -> int:
        return int(match["year"] or latest.year - (latest.month < month))

    def decade(match: re.Match[str]) -> Period | None:
        first = int(match["n"])
        if first < 100:
            first += 1900 if first >= _THIRTIES else 0
        return Period(date(first, 1, 1), date(first + 9, 12, 31)) if first >= 100 else None

    def named(match: re.Match[str]) -> Period | None:
        n = next(n for n, w in enumerate(spans.named.split()) if re.search(w, match[0], re.I))
        first = 1900 + _TWENTIES + 10 * n
        return Period(date(first, 1, 1), date(first + 9, 12, 31)) if n else None

    def half(match: re.Match[str], n: int) -> Period:
        year = int(match["year"])
        return Period(date(year, 6 * n + 1, 1), _end(year, 6 * n + 6))

    def part_of_month(match: re.Match[str], n: int, length: int, last: int) -> Period:
        month = months_by_name(language)[match["month"].casefold()]
        year = year_of(match, month)
        end = _end(year, month)
        if n == last:
            first = date(year, month, 16) if length > _WEEK else end - timedelta(_WEEK - 1)
            return Period(first, end)
        return Period(date(year, month, length * n + 1), date(year, month, length * (n + 1)))

    def season(match: re.Match[str], n: int) -> Period:
        return _season(int(match["year"]), n)

    def last_season(_: re.Match[str], n: int) -> Period:
        years = (today.year - back for back in range(3))
        return next(p for p in (_season(y, n) for y in years) if p.last and p.last < today)

    def recent(match: re.Match[str]) -> Period | None:
        first = unit_ago(language, match[0], today)
        return Period(first, None) if first else None

    readers: dict[str, Callable[[re.Match[str], int], Period | None]] = {
        "decade": lambda m, _: decade(m),
        "named": lambda m, _: named(m),
        "half": half,
        "fortnight": lambda m, n: part_of_month(m, n, 15, 1),
        "week": lambda m, n: part_of_month(m, n, _WEEK, _LAST),
        "season": season,
        "last_season": last_season,
        "recent": lambda m, _: recent(m),
    }
    for name, of_one in patterns.items():
        for n, pattern in enumerate(of_one):
            for match in pattern.finditer(question):
                if period := readers[name](match, n):
                    yield Span(match.start(), period, name in ("last_season", "recent"))


def _season(year: int, n: int) -> Period:
    first = date(year, 3 * n + 3, 1)
    return Period(first, _end(year, 3 * n + 5) if n < 3 else _end(year + 1, 2))


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@cache
def _patterns(language: str) -> dict[str, list[re.Pattern[str]]]:
    known = known_language(language)
    spans, days = known.spans, known.days
    assert spans is not None
    assert days is not None
    month = rf"(?P<month>{month_pattern(language)})"
    number = rf"(?:\d{{1,3}}|{'|'.join(days.numbers.split())})"
    unit = f"(?:{'|'.join(days.units.values())})"
    named = "|".join(spans.named.split())

    def in_month(words: str) -> str:
        whole = words if "{month}" in words else f"(?:{words}){OF}{{month}}"
        return rf"(?:{whole.replace('{month}', month)})(?!\w)(?:{OF}{YEAR})?"

    written = {
        "decade": [rf"(?:{spans.decades})\s?['’]?(?P<n>(?:1[89]|20)?\d0){spans.decade_behind}"],
        "named": [rf"(?:{spans.decades})\s?(?:{named}){spans.named_behind}"],
        "half": [rf"(?:{words}){OF}{YEAR}" for words in spans.halves],
        "fortnight": [in_month(words) for words in spans.fortnights],
        "week": [in_month(words) for words in spans.weeks],
        "season": [rf"(?:{words}){OF}{YEAR}" for words in spans.seasons],
        "last_season": [
            spans.last_season.replace("{season}", f"(?:{words})") for words in spans.seasons
        ],
        "recent": [spans.recent.replace("{number}", number).replace("{unit}", unit)],
    }
    return {
        name: [re.compile(rf"(?<!\w)(?:{ways})(?!\w)", re.IGNORECASE) for ways in of_one]
        for name, of_one in written.items()
    }
