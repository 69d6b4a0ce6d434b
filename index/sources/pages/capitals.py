"""Drop capitals on a scanned page: ink at the head of an article beside lines that are set in for
it. A recognition takes it for a bracket or for nothing, so it is read by itself."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

# In heights of a font of the lines beside it, where nothing else is said.
_SET_IN = (1.0, 9.0)
_EVEN = 0.3  # what the edges of lines in one column may differ
_NEXT = (0.6, 2.0)  # from one line to the next
_LINES = range(2, 7)  # beside it
_TALL = 1.6
_WHITE = 0.15  # between it and the lines
_HIGH = 0.6  # of the lines beside it
_WIDE = (0.08, 1.6)  # of its height: a rule is thinner
_INK = 0.6  # of the paper's light, or darker
_SPECK = 3  # dark pixels of a row or column, that are more than dirt
_MARGIN = 0.5  # of white around what is read by itself
_LETTER = re.compile(r"[«“\"'¿¡‘—–-]?[^\W\d_]")

Reader = Callable[["np.ndarray"], str]


@dataclass(frozen=True)
class Row:
    """A line as it was recognised, in pixels from above: where its words begin and end, its base
    line, and the size of its letters."""

    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True)
class Capital:
    """A letter and its box in pixels, beside the lines `first` to `last` of those given."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    first: int
    last: int


def is_tall(top: float, bottom: float, size: float) -> bool:
    """Whether what stands in a line is no letter of it, but may be a capital beside several."""
    return bottom - top > _TALL * size


def capitals(picture: "np.ndarray", rows: Sequence[Row], letter: Reader) -> Iterator[Capital]:
    """Those beside `rows`, whose words are without what is tall; `letter` reads a picture of one
    letter."""
    import numpy as np

    dark = _INK * float(np.median(picture))
    for first, last, edge in _set_in(rows):
        size = rows[first].size
        top = max(0, int(rows[first].base - size))
        bottom = int(rows[last].base + 0.3 * size)
        left = max(0, int(edge - _EVEN * size))
        right = int(min(row.left for row in rows[first : last + 1]) - _WHITE * size)
        ink = picture[top:bottom, left:right] < dark
        down, across = (np.flatnonzero(ink.sum(axis) >= _SPECK) for axis in (1, 0))
        if not len(down) or not len(across):
            continue
        upper, lower = top + int(down[0]), top + int(down[-1]) + 1
        begin, end = left + int(across[0]), left + int(across[-1]) + 1
        high, wide = lower - upper, end - begin
        if high < _HIGH * (rows[last].base - rows[first].base + 0.7 * size):
            continue
        if not _WIDE[0] * high < wide < _WIDE[1] * high:
            continue
        shown = picture[upper:lower, begin:end]
        text = letter(np.pad(shown, round(_MARGIN * size), constant_values=255))
        if _LETTER.fullmatch(text) and not text.islower():
            yield Capital(text, begin, upper, end, lower, first, last)


def _set_in(rows: Sequence[Row]) -> Iterator[tuple[int, int, float]]:
    """The first and the last of lines that are set in alike, below which one begins further left,
    and where that begins. Rows are in the order of their columns."""
    first = 0
    for number in range(1, len(rows)):
        row, above = rows[number], rows[number - 1]
        step = (row.base - above.base) / above.size
        if not (_NEXT[0] < step < _NEXT[1] and row.left < above.right and row.right > above.left):
            first = number
            continue
        inwards = (above.left - row.left) / above.size
        if abs(inwards) <= _EVEN:
            continue
        if _SET_IN[0] < inwards < _SET_IN[1] and number - first in _LINES:
            yield first, number - 1, row.left
        first = number
