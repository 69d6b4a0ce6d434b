"""Running heads, feet and page numbers: what stands at the edge of a page and is of no article."""

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.pages.layout import ENDS, HEADLINE, Word, bands, body_size
from hemeroteca.index.sources.pages.sheet import Sheet

_APART = 0.7  # in heights of the text
_WIDE = 3.0  # the same, between the parts of a line
_LARGEST = 2.0  # a running head's letters
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:p[áàa]g(?:ina|e|\.)?|seite|side|sivu|strona|p\.)\s*)?(\d{1,4})(?:\s*(?:/|de|of|von)\s*\d+)?\W*",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}(?:º|\.)?(?:\s+de)?\s+[^\W\d]{3,}\.?(?:\s+del?)?\s+\d{4}|[^\W\d]{3,}\s+\d{1,2},\s+\d{4}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}"
)
_SEPARATOR = re.compile(r"\s+[—–|·•/-]\s+|\s*[|·•]\s*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+/\S*|\S+@\S+")
_WEEKDAY = re.compile(r"^\W*[^\W\d_]+\W*$")


@dataclass(frozen=True)
class RunningHead:
    """What a running head says on the page `page`, from 1, in its parts."""

    page: int
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.parts)

    @property
    def number(self) -> str:
        """The number that is printed on the page; "" if none is."""
        for part in self.parts:
            found = _PAGE_NUMBER.fullmatch(part)
            if found:
                return found[1]
        return ""

    @property
    def names(self) -> tuple[str, ...]:
        """What it says beside the day and the page: the newspaper, the section."""
        found = []
        for part in self.parts:
            if _PAGE_NUMBER.fullmatch(part):
                continue
            for piece in _SEPARATOR.split(part):
                dated = _DATE.search(piece)
                # "Domingo, 2 de junio": the weekday goes with the day.
                if dated and not _WEEKDAY.match(piece[: dated.start()] or "x"):
                    piece = piece[: dated.start()].rstrip(" ,;")
                elif dated:
                    continue
                if any(map(str.isalpha, piece)) and not _ADDRESS.fullmatch(piece.strip()):
                    found.append(piece.strip())
        return tuple(found)


class RunningHeads:
    """The lines that recur at the edges of a file's pages, as far as it was read."""

    def __init__(self) -> None:
        self._counted: Counter[tuple[str, ...]] = Counter()

    def take(self, sheets: Sequence[Sheet]) -> list[RunningHead]:
        """Take the running heads and page numbers out of `sheets`, which follow those of the last
        call, and give them: the first or last lines of several pages, but for the numbers in them,
        or one apart that has the page's number at an end."""
        edges = [_edge_lines(sheet) for sheet in sheets]
        for page in edges:
            self._counted.update({_kind(edge.line) for edge in page})
        heads = []
        for sheet, lines in zip(sheets, edges, strict=True):
            for edge in lines:
                recurs = self._counted[_kind(edge.line)] > 1
                # Two pages may begin with a last word such as "vecinos."; a foot has several lines.
                if recurs and edge.ends_text:
                    recurs = self._counted[_kind(edge.inner)] > 1
                parts = _parts(edge.line)
                if recurs or (edge.is_apart and _has_page_number(parts)):
                    heads.append(RunningHead(sheet.number, parts))
                    taken = set(map(id, edge.line))
                    sheet.words = [word for word in sheet.words if id(word) not in taken]
        return heads


def day_of(heads: Sequence[RunningHead], text: str) -> date | None:
    """The day that running heads state; `text` is in their language."""
    for head in heads:
        for written in _DATE.findall(head.text):
            day = parse_date(written, text)
            if day:
                return day
    return None


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at the top or foot of a page, the one next to it further within, and whether white
    parts the two."""

    line: Sequence[Word]
    inner: Sequence[Word]
    is_apart: bool

    @property
    def ends_text(self) -> bool:
        """Whether it reads as the end of a text that it stands in."""
        first, last = self.line[0].text, self.line[-1].text
        is_within = not (self.is_apart and self.inner)
        return is_within and first[:1].islower() and bool(ENDS.search(last))


def _edge_lines(sheet: Sheet) -> list[_Edge]:
    """The first two and the last two lines of a page, those that are not set larger than its
    text, or that have its number in the file, and stand over its whole width alone."""
    words = sheet.words
    if not words:
        return []
    found = bands(words)
    body = body_size(words)
    edges = []
    last = len(found) - 1
    for number, band in enumerate(found):
        if 1 < number < last - 1:
            continue
        line = sorted(band, key=lambda word: word.left)
        size = statistics.median(word.size for word in line)
        bases = [word.base for word in line]
        is_small = size < HEADLINE * body or (
            size < _LARGEST * body and _has_page_number(_parts(line), str(sheet.number))
        )
        if max(bases) - min(bases) < 0.5 * size and is_small:
            inner = number + 1 if number < 2 else number - 1
            next_ = found[inner] if inner <= last else []
            is_apart = not next_ or _white(band, next_) > _APART * body
            edges.append(_Edge(line, next_, is_apart))
    return edges


def _white(band: Sequence[Word], other: Sequence[Word]) -> float:
    """How much white lies between two bands."""
    upper, lower = sorted((band, other), key=lambda each: -each[0].base)
    return min(word.bottom for word in upper) - max(word.top for word in lower)


def _kind(line: Sequence[Word]) -> tuple[str, ...]:
    """What the same running head has on all pages: its words in any order, without numbers."""
    return tuple(sorted(re.sub(r"\d+", "0", word.text) for word in line))


def _parts(line: Sequence[Word]) -> tuple[str, ...]:
    """What stands on a line between wide white."""
    parts: list[list[Word]] = [[line[0]]]
    for before, word in pairwise(line):
        if word.left - before.right > _WIDE * word.size:
            parts.append([])
        parts[-1].append(word)
    return tuple(" ".join(word.text for word in part) for part in parts)


def _has_page_number(parts: Sequence[str], number: str = "") -> bool:
    """Whether a line is a page's number, or has one at an end of its own; `number`, if given."""
    found = (_PAGE_NUMBER.fullmatch(part) for part in (parts[0], parts[-1]))
    return any(each and each[1] == (number or each[1]) for each in found)
