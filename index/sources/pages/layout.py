"""The words of a page, known by their places, to paragraphs in reading order.

Columns are told by the white between them (recursive cuts, after Nagy and Seth's X-Y tree): never
is a word made of letters that stand in two of them. Lengths are in points, heights grow upwards."""

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

import numpy as np

from hemeroteca.index.place import Region

# In heights of the page's commonest letters, where nothing else is said.
HEADLINE = 1.25
_CAPITAL = 1.7
SAME = 1.12
_BREAK = 0.6  # the white above a headline
_GUTTER = 0.7
_SHORT_GUTTER = 1.5  # beside few lines, where blanks may stand under one another
_FEW_LINES = 2
_FAR = 3.0  # white between the cells of a table
_CELL = 0.55  # of the width of its column, a cell's
_NARROW = 4.0  # a column of a table, of bullets or labels
_BLANK = 0.5
_MOST_EMS = 1_000  # of a page's width
_TRIES = 8
_MOST_CAPITALS = 100
_BINS = 8  # an em
_FURTHEST = 6  # paragraphs between the parts of one

_FULL, _RAGGED = 2.0, 8.0  # the white behind a line that goes on in the next
_NO_END = 100.0

_HYPHENS = "-\u2010\u00ad"
ENDS = re.compile(r"[.!?…:;](?:[»”\"'’)\]]*)$")
_INITIAL = re.compile(r"[«“\"'¿¡‘—–-]*[^\W\d_]|[«“\"'¿¡‘—–]+")
_VOWEL = re.compile(r"[aeiouyàèéìòùáíóú]", re.IGNORECASE)
_UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page."""

    left: float
    bottom: float
    right: float
    top: float

    def across(self, other: "Box") -> float:
        """How much of their width both share."""
        return min(self.right, other.right) - max(self.left, other.left)

    def along(self, other: "Box") -> float:
        """How much of their height both share."""
        return min(self.top, other.top) - max(self.bottom, other.bottom)

    def meets(self, other: "Box") -> bool:
        """Whether both share a part of the page."""
        return self.across(other) > 0 and self.along(other) > 0


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of `boxes`."""
    each = list(boxes)
    return Box(
        min(box.left for box in each),
        min(box.bottom for box in each),
        max(box.right for box in each),
        max(box.top for box in each),
    )


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or part of one, that stands at `left` to `right` on the line at `base`."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def bottom(self) -> float:
        return self.base - 0.25 * self.size

    @property
    def top(self) -> float:
        return self.base + 0.75 * self.size


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a line in one column, from left to right."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def base(self) -> float:
        return self.words[0].base

    @property
    def size(self) -> float:
        return statistics.median(word.size for word in self.words)

    @property
    def text(self) -> str:
        parts = [self.words[0].text]
        for before, word in pairwise(self.words):
            apart = word.left - before.right > 0.1 * min(before.size, word.size)
            parts.append(f" {word.text}" if apart else word.text)
        return "".join(parts)

    @property
    def box(self) -> Box:
        return Box(
            self.left,
            min(word.bottom for word in self.words),
            self.right,
            max(word.top for word in self.words),
        )


@dataclass(frozen=True, slots=True)
class Printed:
    """A line as it is printed: what it says, and where it stands, if that is known."""

    text: str
    box: Box | None = None
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together. `begins`: something shows that they continue no others, such as
    an indent; `room`: the white between its last line and the end of its column, in sizes of its
    letters; `block` is the same in all that stand in one column of one part of the page, `part` in
    all that belong to one headline; `apart`: it stands in a frame that has none."""

    lines: tuple[Printed, ...]
    size: float = 1.0
    begins: bool = False
    room: float = _NO_END
    block: int = 0
    part: int = 0
    apart: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it may end within a sentence: at the end of a column, ragged or not."""
        return self.room < _RAGGED and not ENDS.search(self.lines[-1].text)

    @property
    def box(self) -> Box | None:
        boxes = [line.box for line in self.lines if line.box]
        return around(boxes) if boxes else None

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(line.text.split()) for line in self.lines)


def body_size(words: Sequence[Word]) -> float:
    """The size in which most letters of a page are set."""
    sizes = sorted((word.size, len(word.text)) for word in words)
    half = sum(letters for _, letters in sizes) / 2
    for size, letters in sizes:
        half -= letters
        if half <= 0:
            return size
    return 1.0


def in_reading_order(words: Sequence[Word], body: float) -> list[Paragraph]:
    """The paragraphs of a page, or of a part of one, in reading order; `body` is the size of the
    page's text. A text that goes on in the next column is still in two."""
    if not words:
        return []
    return [
        replace(found, block=number)
        for number, block in enumerate(_blocks(_pieces(words, body), body))
        for found in _in_block(block, body)
    ]


def with_capitals(words: Sequence[Word], body: float) -> list[Word]:
    """The words, with each drop capital at the beginning of the word that it belongs to."""
    known = Counter(map(_bare, words))
    kept = list(words)
    capitals = (w for w in words if w.size >= _CAPITAL * body and _INITIAL.fullmatch(w.text))
    for capital in islice(capitals, _MOST_CAPITALS):
        beside = [n for n, word in enumerate(kept) if _is_beside(word, capital, body)]
        if not beside:
            continue
        # The first word of the first line, of which one may stand a little higher than another.
        highest = max(kept[n].base for n in beside)
        first = [n for n in beside if highest - kept[n].base < 0.3 * body]
        place = min(first, key=lambda n: kept[n].left)
        rest = kept[place]
        # "A las cinco" or "Alas de ...": the rest of the page knows which of them are words.
        whole = replace(rest, text=capital.text + rest.text)
        if _VOWEL.fullmatch(capital.text) and known[_bare(rest)] > 1 and not known[_bare(whole)]:
            whole = replace(rest, text=f"{capital.text} {rest.text}")
        kept[place] = whole
        kept.remove(capital)
    return kept


def _bare(word: Word) -> str:
    return word.text.lower().strip(".,;:")


def _is_beside(word: Word, capital: Word, body: float) -> bool:
    """Whether the word stands directly behind a drop capital, on any of the lines beside it."""
    top = capital.base + 0.75 * capital.size
    return (
        word.size < capital.size / 1.4
        and -0.2 * body <= word.left - capital.right < 1.3 * body
        and capital.base - 0.3 * body <= word.base <= top + 0.3 * body
    )


def _pieces(words: Sequence[Word], body: float) -> list[Word]:
    """The words, with those made one between which no white is that could part columns. In a
    headline a blank is as wide as a gutter."""
    pieces: list[Word] = []
    for row in rows_of(words, body):
        for number, word in enumerate(row):
            last = pieces[-1] if number else None
            if last is None or not _is_one_line(last, word):
                pieces.append(word)
                continue
            text = Line((last, word)).text
            right = max(last.right, word.right)
            pieces[-1] = replace(last, text=text, right=right)
    return pieces


def _is_one_line(last: Word, word: Word) -> bool:
    size = min(last.size, word.size)
    return (
        abs(last.base - word.base) < 0.1 * size
        and max(last.size, word.size) < SAME * size
        and -_BLANK * size < word.left - last.right < _BLANK * size
    )


def _blocks(words: Sequence[Word], body: float) -> list[Sequence[Word]]:
    """The words of each column of each article, in reading order."""
    strips = bands(words)
    parts = _cut_above_headlines(strips, body)
    if len(parts) == 1:
        parts = _columns(words, body)
    if len(parts) == 1:
        parts = _free_columns(strips, body)
    if len(parts) == 1:
        return [words]
    return [block for part in parts for block in _blocks(part, body)]


def bands(words: Sequence[Word]) -> list[list[Word]]:
    """The words between the strips of white that cross them all, from the top."""
    bands: list[list[Word]] = []
    floor = float("-inf")
    for word in sorted(words, key=lambda word: -word.top):
        if not bands or word.top < floor:
            bands.append([])
            floor = word.bottom
        bands[-1].append(word)
        floor = min(floor, word.bottom)
    return bands


def _cut_above_headlines(bands: Sequence[list[Word]], body: float) -> list[list[Word]]:
    """The bands put together again, but for where white and then a headline stand, with the small
    line directly above it if it has one."""
    heads = [max(word.size for word in band) >= HEADLINE * body for band in bands]
    whites = [float("inf")]
    whites += [_white(above, band) for above, band in pairwise(bands)]
    cuts = set()
    for number in range(1, len(bands)):
        if not heads[number] or heads[number - 1]:
            continue
        kicker = number > 1 and whites[number - 1] > max(whites[number], _BREAK * body)
        if kicker and _is_line(bands[number - 1]):
            cuts.add(number - 1)
        elif whites[number] >= _BREAK * body:
            cuts.add(number)
    parts: list[list[Word]] = []
    for number, band in enumerate(bands):
        if number == 0 or number in cuts:
            parts.append([])
        parts[-1] += band
    return parts


def _white(above: Sequence[Word], band: Sequence[Word]) -> float:
    return min(word.bottom for word in above) - max(word.top for word in band)


def _is_line(band: Sequence[Word]) -> bool:
    bases = [word.base for word in band]
    return max(bases) - min(bases) < 0.1 * band[0].size


def _columns(words: Sequence[Word], body: float) -> list[list[Word]]:
    """The words parted at the white that runs between them from top to bottom."""
    columns: list[list[Word]] = []
    gaps: list[float] = []
    edge = float("inf")
    for word in sorted(words, key=lambda word: word.left):
        if not columns or word.left - edge >= _GUTTER * body:
            if columns:
                gaps.append(word.left - edge)
            columns.append([])
            edge = word.right
        columns[-1].append(word)
        edge = max(edge, word.right)
    parted = columns[:1]
    for gap, column in zip(gaps, columns[1:], strict=True):
        if _are_columns(parted[-1], column, gap, body):
            parted.append(column)
        else:
            parted[-1] = [*parted[-1], *column]
    return parted


def _are_columns(left: Sequence[Word], right: Sequence[Word], gap: float, body: float) -> bool:
    """Whether two neighbours are read one after the other, and are not the cells of a table."""
    rows = [rows_of(left, body), rows_of(right, body)]
    short, long = sorted(rows, key=len)
    few = len(long) <= _FEW_LINES
    # One line that stands beside any but the first of the others is a part of it.
    few |= len(short) == 1 and any(abs(short[0][0].base - r[0].base) < 0.2 * body for r in long[1:])
    if gap < (_SHORT_GUTTER if few else _GUTTER) * body:
        return False
    if _is_table(rows[0], rows[1], body):
        return False
    narrow, other = sorted(rows, key=_usual_width)
    if _usual_width(narrow) >= _NARROW * body or (len(narrow) == 1 and len(other) > _FEW_LINES):
        return True  # no cells stand beside one line: it is the last of a text
    bases = [row[0].base for row in other]
    aligned = sum(any(abs(row[0].base - base) < 0.2 * body for base in bases) for row in narrow)
    return aligned < 0.8 * len(narrow)


def _is_table(left: Sequence[Sequence[Word]], right: Sequence[Sequence[Word]], body: float) -> bool:
    """Whether every line of one stands beside a line of the other, far apart: lines of a text reach
    to the end of their column."""
    start, edge = (min(row[0].left for row in rows) for rows in (left, right))
    width = statistics.median(max(word.right for word in row) - start for row in left)
    bases = [row[0].base for row in left]
    aligned = sum(any(abs(row[0].base - base) < 0.2 * body for base in bases) for row in right)
    even = 0.8 * max(len(left), len(right))
    is_far = edge - start - width > _FAR * body and width < _CELL * (edge - start)
    return min(len(left), len(right)) > 1 and is_far and aligned >= even


def _usual_width(rows: Sequence[Sequence[Word]]) -> float:
    return statistics.median(max(word.right for word in row) - row[0].left for row in rows)


def rows_of(words: Iterable[Word], body: float) -> list[list[Word]]:
    """The words on each line, from the top and from the left."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.base):
        size = min(word.size, rows[-1][0].size) if rows else 0
        if not rows or rows[-1][0].base - word.base > 0.45 * size:
            rows.append([])
        rows[-1].append(word)
    for row in rows:
        row.sort(key=lambda word: word.left)
    return rows


def _free_columns(strips: Sequence[list[Word]], body: float) -> list[list[Word]]:
    """The strips in two parts of which one has columns, if there is such a cut. It leaves that part
    the most gutters, and these long: the blanks of a few lines may stand under one another."""
    left = min(word.left for strip in strips for word in strip)
    right = max(word.right for strip in strips for word in strip)
    scale = _BINS / max(body, (right - left) / _MOST_EMS)
    inked = np.zeros((len(strips), int((right - left) * scale) + 1), dtype=bool)
    for row, strip in zip(inked, strips, strict=True):
        for word in strip:
            row[int((word.left - left) * scale) : int((word.right - left) * scale) + 1] = True
    above = np.cumsum(inked, axis=0, dtype=np.int32)
    below = np.cumsum(inked[::-1], axis=0, dtype=np.int32)
    tops = [max(word.top for word in strip) for strip in strips]
    bottoms = [min(word.bottom for word in strip) for strip in strips]
    options = [
        (_gutters(row) ** 2 * (tops[0] - bottoms[n - 1]), n, False)
        for n, row in enumerate(above[:-1], start=1)
    ]
    options += [
        (_gutters(row) ** 2 * (tops[-n] - bottoms[-1]), n, True)
        for n, row in enumerate(below[:-1], start=1)
    ]
    large = [max(word.size for word in strip) >= HEADLINE * body for strip in strips]
    tries = 0
    for white, kept, is_below in sorted(options, reverse=True):
        if not white or tries == _TRIES:
            break
        cut = len(strips) - kept if is_below else kept
        if large[cut - 1] and large[cut]:
            continue  # within a headline
        tries += 1
        halves = [[w for strip in part for w in strip] for part in (strips[:cut], strips[cut:])]
        if len(_columns(halves[is_below], body)) > 1:
            return halves
    return [[word for strip in strips for word in strip]]


def _gutters(inked: np.ndarray) -> int:
    """How many runs of white as wide as a gutter lie between columns, of which each bin of `inked`
    is in so many strips."""
    bins = np.flatnonzero(inked)
    white = np.diff(bins)
    ends = np.flatnonzero(white > _GUTTER * _BINS)
    lines = np.maximum.reduceat(inked[bins], [0, *(ends + 1)])
    short = np.maximum(lines[1:], lines[:-1]) <= _FEW_LINES
    return int((~short | (white[ends] > _SHORT_GUTTER * _BINS)).sum())


def _in_block(words: Sequence[Word], body: float) -> list[Paragraph]:
    lines = [Line(tuple(row)) for row in rows_of(words, body)]
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    leadings = [above.base - line.base for above, line in pairwise(lines)]
    usual = statistics.median(leadings) if leadings else 0.0
    found: list[list[Line]] = []
    begins: list[bool] = []
    for number, line in enumerate(lines):
        indented = 0.5 * line.size < line.left - left < 4 * line.size
        if number == 0:
            follows = len(lines) > 1 and lines[1].left - left < 0.3 * line.size
            found.append([line])
            begins.append(indented and follows)
            continue
        above = lines[number - 1]
        other = max(line.size, above.size) > SAME * min(line.size, above.size)
        leading = usual * max(1.0, min(above.size, line.size) / body)  # a headline's is larger
        apart = above.base - line.base > max(1.35 * leading, leading + 0.3 * line.size)
        entered = indented and above.left - left < 0.5 * line.size
        ended = right - above.right > 2 * line.size and bool(ENDS.search(above.text))
        ended = ended and not line.text[:1].islower()
        if other or apart or entered or ended:
            found.append([])
            begins.append(apart or entered or ended or not line.text[:1].islower())
        found[-1].append(line)
    return [
        Paragraph(
            tuple(Printed(line.text, line.box) for line in group),
            group[0].size,
            begin,
            (right - group[-1].right) / group[0].size,
        )
        for group, begin in zip(found, begins, strict=True)
    ]


def joined(found: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs with those made one that a column's or a page's end parted, over what stands
    between them, such as a caption."""
    left = list(found)
    whole: list[Paragraph] = []
    while left:
        first = left.pop(0)
        while place := _continuation(first, left):
            rest = left.pop(place - 1)
            first = replace(first, lines=(*first.lines, *rest.lines), room=rest.room)
        whole.append(first)
    return whole


def _continuation(first: Paragraph, rest: Sequence[Paragraph]) -> int:
    """Which of the next paragraphs goes on with `first`, from 1; 0 for none."""
    if not first.is_open:
        return 0
    is_full = first.room < _FULL
    for number, each in enumerate(rest[:_FURTHEST], start=1):
        if max(first.size, each.size) > SAME * min(first.size, each.size):
            continue  # a caption, a headline
        start = each.lines[0].text.lstrip("«“\"'¿¡(‘")[:1]
        likely = start.islower() or (is_full and number == 1 and len(first.lines) > 1)
        return number if likely and not each.begins else 0
    return 0


@dataclass(frozen=True, slots=True)
class Whole:
    """A paragraph in one line, and where in it each of its lines begins."""

    text: str
    starts: tuple[int, ...]


def words_whole(lines: Iterable[str], known: frozenset[str]) -> Whole:
    """The text of the lines of a paragraph, with the words whole that their ends parted. `known`
    are words in small letters that stand elsewhere: a hyphen that they have stays."""
    text = ""
    starts = []
    for line in lines:
        text = _appended(text, line, known) if text else line
        starts.append(len(text) - len(line))
    return Whole(text, tuple(starts))


def _appended(text: str, line: str, known: frozenset[str]) -> str:
    if text[-1] not in _HYPHENS:
        unspaced = _UNSPACED.match(text[-1]) and _UNSPACED.match(line)
        return text + line if unspaced else f"{text} {line}"
    before = re.search(r"[\w\u00ad-]*[^\W_]$", text[:-1])
    if text[-1] == "\u00ad":
        return text[:-1] + line
    if before is None:  # a dash, or a minus
        return text + line if line[0].isdigit() else f"{text} {line}"
    after = re.match(r"\w*", line)
    compound = f"{before[0]}-{after[0] if after else ''}".lower()
    if line[0].islower() and before[0][-1].isalpha() and compound not in known:
        return text[:-1] + line
    return text + line
