"""Letters and marks of one shape on scanned pages, which only size or place tells apart: "C" and
"c", "." and ",", "I" and "l". Tesseract tells them by what it has seen before; the word itself, and
what stands around it, shows them."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hemeroteca.index.sources.pages.layout import Box

if TYPE_CHECKING:
    import numpy as np

_PARTED = re.compile(r"[a-zà-ÿ]-$")
_STROKE = re.compile(r"I[a-zà-ÿ]")  # the rest of a word begins with no capital
_SHAPES = frozenset("COSUVWXZ")
_SMALL = frozenset("acemnorsuvwxz")  # as high as an "x"
_ON_LINE = frozenset("abcdefhiklmnorstuvwxz0123456789")  # nothing of which hangs down
_CAPITAL = 1.15  # of a small letter's height, at least
_EVEN, _SEVERAL = 1.1, 3  # of small letters, their heights, and how many show it
_NARROW, _WIDE = 0.4, 1.5  # of a letter's usual width
_MARK = 0.7  # of the same
_STOP, _COMMA = 0.03, 0.1  # of a word's height, how far each hangs down

_LONG = 1.4  # of its width, a comma's height


def as_seen(text: str, around: tuple[str, str], box: Box, picture: "np.ndarray") -> str:
    """A word, between those `around` it, with its first capital and its last mark as its `box`, in
    pixels of the grey `picture` from above, shows them; a mark only if the following word goes with
    it, for in a poor picture each looks like the other."""
    before_it, following = around
    if _PARTED.search(before_it) and _STROKE.match(text):
        text = f"l{text[1:]}"
    has_capital = text[:1] in _SHAPES and text[1:2] in _SMALL
    has_mark = text[-1:] in (".", ",") and text[-2:-1].lower() in _ON_LINE
    if not (has_capital or has_mark):
        return text
    letters = _letters(picture, box)
    if len(letters) < 2:
        return text
    usual = (box.right - box.left) / len(text)
    if has_capital and _is_small(letters, usual):
        text = text[0].lower() + text[1:]
    if has_mark:
        before, mark = letters[-2:]
        width, height = mark.right - mark.left, mark.bottom - mark.top
        goes_on = bool(following) and not following[0].isupper()
        hangs = (mark.bottom - before.bottom) / (box.bottom - box.top)
        if width < _MARK * usual and mark.top > before.top:
            if hangs < _STOP and height < _LONG * width and not goes_on:
                text = f"{text[:-1]}."
            elif hangs > _COMMA and height >= _LONG * width and goes_on:
                text = f"{text[:-1]},"
    return text


def _is_small(letters: Sequence[Box], usual: float) -> bool:
    """Whether the first of the letters is as high as the lowest, of which there are several."""
    heights = [
        each.bottom - each.top
        for each in letters
        if _NARROW * usual < each.right - each.left < _WIDE * usual
    ]
    lowest = min(heights, default=0.0)
    is_known = sum(height < _EVEN * lowest for height in heights[1:]) >= _SEVERAL
    first = letters[0]
    is_one = _NARROW * usual < first.right - first.left < _WIDE * usual
    return is_one and is_known and first.bottom - first.top < _CAPITAL * lowest


def _letters(picture: "np.ndarray", box: Box) -> list[Box]:
    """What stands in a word between white columns, from the left."""
    import numpy as np

    top, left = max(int(box.top), 0), max(int(box.left), 0)
    shown = picture[top : int(box.bottom) + 1, left : int(box.right) + 1]
    if not shown.size:
        return []
    ink = shown < (int(np.percentile(shown, 90)) + int(shown.min())) / 2
    edges = np.flatnonzero(np.diff(np.pad(ink.any(axis=0).astype(np.int8), 1)))
    found = []
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        rows = np.flatnonzero(ink[:, begin:end].any(axis=1))
        found.append(Box(float(begin), float(rows[-1] + 1), float(end), float(rows[0])))
    return found
