"""The "ü" of "güe" and "güi" on scanned pages: Tesseract's Spanish takes it for "u", "ú" or "ii",
and the two dots above it can be seen."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from hemeroteca.index.sources.pages.layout import Box

if TYPE_CHECKING:
    import numpy as np

_READ = re.compile(r"(?<=g)(?:u|ú|ù|ii)(?=[eéií])", re.IGNORECASE)
# In heights of the word, where nothing else is said.
_ABOVE = 0.35  # where capitals have their dots
_LARGEST = 0.22  # a dot
_FURTHEST = 0.4  # of one dot from the other
_EVEN = 0.06  # what they may differ by, and a pixel
_DARK = 0.4  # of the way from ink to paper: dots run into one another
_REACH = 1.6  # letters to either side
_CENTRE = 1.2  # letters, of the two dots from where they should be


def with_diaeresis(text: str, box: Box, picture: "np.ndarray") -> str:
    """A word with the "ü" that its `box`, in pixels of the grey `picture` from above, shows. Of
    several places where one may be, none is told."""
    found = list(_READ.finditer(text))
    if len(found) != 1:
        return text
    at = found[0]
    letter = (box.right - box.left) / len(text)
    left = box.left + (at.start() - _REACH) * letter
    right = box.left + (at.end() + _REACH) * letter
    height = box.bottom - box.top
    rows = slice(max(int(box.top - _ABOVE * height), 0), int(box.bottom))
    columns = slice(max(int(left), int(box.left)), min(int(right), int(box.right)) + 1)
    centre = box.left + (at.start() + at.end()) / 2 * letter - columns.start
    if not any(
        abs(each - centre) < _CENTRE * letter for each in _pairs(picture[rows, columns], height)
    ):
        return text
    seen = "Ü" if at[0].isupper() else "ü"
    return text[: at.start()] + seen + text[at.end() :]


def _pairs(picture: "np.ndarray", height: float) -> Iterator[float]:
    """The middles of two dots alike that stand beside one another, in columns of the picture."""
    even = _EVEN * height + 1
    for one, other in pairwise(_dots(picture, height)):
        if (
            abs(one.top - other.top) <= even
            and abs(one.bottom - other.bottom) <= even
            and abs((one.right - one.left) - (other.right - other.left)) <= even
            and 0 < other.left - one.right < _FURTHEST * height
        ):
            yield (one.left + other.right) / 2


def _dots(picture: "np.ndarray", height: float) -> list[Box]:
    """The small spots that touch no other ink and no edge, from the left."""
    import numpy as np

    if not picture.size:
        return []
    black, white = int(picture.min()), int(np.percentile(picture, 90))
    dark = picture < black + _DARK * (white - black)
    ink = set(zip(*(side.tolist() for side in np.nonzero(dark)), strict=True))
    found = []
    while ink:
        spot, edge = set(), [ink.pop()]
        while edge:
            row, column = edge.pop()
            spot.add((row, column))
            beside = ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
            near = ink.intersection(beside)
            ink -= near
            edge += near
        rows, columns = zip(*spot, strict=True)
        each = Box(min(columns), max(rows) + 1, max(columns) + 1, min(rows))
        largest = max(each.right - each.left, each.bottom - each.top)
        if largest <= _LARGEST * height and each.top > 0:
            found.append(each)
    return sorted(found, key=lambda each: each.left)
