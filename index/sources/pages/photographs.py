"""Photographs on a scanned page: what is darker than the paper without the white of text."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hemeroteca.index.sources.pages.layout import Box, Word

if TYPE_CHECKING:
    import numpy as np

_CELL = 2.0  # points: less than the white between two lines
_SIDE = 20  # cells, of the smallest
_DARK = 0.94  # of the paper's light
_FULL = 0.97  # of the cells of a photograph
_PAPER = 75  # of a hundred cells, this light or darker
_WRITTEN = 0.1  # of a photograph, at most, by words


def photographs(picture: "np.ndarray", scale: float, words: Sequence[Word]) -> list[Box]:
    """Where they are on a page in grey, of which a pixel is `scale` points and which bears `words`;
    in points from the lower edge. What reaches the page's edge is the shadow of the scanner."""
    import numpy as np

    cell = max(1, round(_CELL / scale))
    rows, columns = (side // cell for side in picture.shape)
    if min(rows, columns) < _SIDE:
        return []
    cells = picture[: rows * cell, : columns * cell].reshape(rows, cell, columns, cell)
    light = cells.mean((1, 3), dtype=np.float32)
    dark = light < _DARK * np.percentile(light, _PAPER)
    squares = _sums(dark, _SIDE) >= _FULL * _SIDE**2
    covered = _sums(np.pad(squares, _SIDE - 1), _SIDE) > 0
    height = picture.shape[0] * scale
    side = cell * scale
    found = []
    for top, left, bottom, right in _boxes(covered, 0, 0):
        if top and left and bottom < rows and right < columns:
            box = Box(left * side, height - bottom * side, right * side, height - top * side)
            if _written(box, words) <= _WRITTEN:
                found.append(box)
    return found


def _sums(cells: "np.ndarray", side: int) -> "np.ndarray":
    """How many cells are set in each square of `side` cells, by its upper left one."""
    import numpy as np

    table = np.pad(cells.astype(np.int32).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    whole: np.ndarray = (
        table[side:, side:] - table[:-side, side:] - table[side:, :-side] + table[:-side, :-side]
    )
    return whole


def _boxes(cells: "np.ndarray", top: int, left: int) -> Iterator[tuple[int, int, int, int]]:
    """The boxes around what is set, cut apart at rows and columns of which nothing is: top, left,
    bottom and right; `cells` begin at `top` and `left`."""
    rows, columns = _runs(cells.max(1)), _runs(cells.max(0))
    if len(rows) == len(columns) == 1:
        (first, last), (begin, end) = rows[0], columns[0]
        yield top + first, left + begin, top + last, left + end
        return
    for first, last in rows:  # none, if nothing is set
        for begin, end in columns:
            yield from _boxes(cells[first:last, begin:end], top + first, left + begin)


def _runs(line: "np.ndarray") -> list[tuple[int, int]]:
    """Where what is set begins and ends."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.pad(line.astype(np.int8), 1)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _written(box: Box, words: Sequence[Word]) -> float:
    """How much of a box words cover, 0 to 1."""
    inside = sum(
        max(0.0, min(word.right, box.right) - max(word.left, box.left)) * word.size
        for word in words
        if box.bottom < word.base < box.top
    )
    return inside / max((box.right - box.left) * (box.top - box.bottom), 1.0)
