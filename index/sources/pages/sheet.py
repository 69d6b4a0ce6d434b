"""A page as it was drawn or scanned: its words at their places."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hemeroteca.index.place import Region
from hemeroteca.index.sources.pages.layout import (
    ENDS,
    Box,
    Line,
    Paragraph,
    Printed,
    Word,
    body_size,
    in_reading_order,
    with_capitals,
)
from hemeroteca.index.sources.pages.parts import parts_of

_PARTED = re.compile(r"[^\W\d_][-\u00ad\u2010¬]$")
_FEW = 2  # breaks that say nothing


@dataclass(frozen=True, slots=True)
class Frame:
    """The edges of a page in the lengths of its words, and whether they stand on it as it is
    shown, not on its side."""

    box: Box
    is_shown: bool = True

    def region(self, box: Box, page: int) -> Region | None:
        """Where `box` lies on the page; None for what is not on it as it is shown."""
        width, height = self.box.right - self.box.left, self.box.top - self.box.bottom
        if not self.is_shown or width <= 0 or height <= 0:
            return None
        left, right = ((x - self.box.left) / width for x in (box.left, box.right))
        top, bottom = ((self.box.top - y) / height for y in (box.top, box.bottom))
        if right <= 0 or bottom <= 0 or left >= 1 or top >= 1:
            return None
        left, top = max(left, 0.0), max(top, 0.0)
        return Region(page, left, top, min(right, 1.0) - left, min(bottom, 1.0) - top)


@dataclass
class Sheet:
    """The page `number`, from 1, of a file: its words by their places, or its lines where places
    do not give the order; the pictures and frames on it, those that are `photographs`, how much of
    it the largest covers, 0 to 1, and how many things are `drawn` on it beside text.

    Of a scan, `confidence` is the mean of its words', 0 to 1, and `grouped` are they by paragraphs
    and lines, in the order that the recognition gives them."""

    number: int
    frame: Frame
    words: list[Word]
    lines: Sequence[str] = ()
    pictures: Sequence[Box] = ()
    covered: float = 0.0
    drawn: int = 0
    confidence: float | None = None
    grouped: Sequence[Sequence[Sequence[Word]]] = ()
    photographs: Sequence[Box] = ()

    def paragraphs(self) -> list[Paragraph]:
        """What it says, in reading order."""
        if self.lines:
            return [Paragraph(tuple(map(Printed, self.lines)))]
        found = self._ordered()
        if not self.grouped:
            return found
        # The white between the columns of a poor scan may not be seen.
        otherwise = _as_grouped(self.grouped, set(map(id, self.words)))
        return otherwise if _breaks(otherwise) + _FEW < _breaks(found) else found

    def _ordered(self) -> list[Paragraph]:
        body = body_size(self.words)
        found: list[Paragraph] = []
        for number, part in enumerate(parts_of(with_capitals(self.words, body), self.pictures)):
            blocks = found[-1].block + 1 if found else 0
            found += [
                replace(each, block=blocks + each.block, part=number, apart=part.apart)
                for each in in_reading_order(part.words, body)
            ]
        return found


def _as_grouped(
    grouped: Sequence[Sequence[Sequence[Word]]], kept: Collection[int]
) -> list[Paragraph]:
    """The paragraphs of `grouped`, of the words whose ids are `kept`."""
    found = []
    for block, group in enumerate(grouped):
        lines = [Line(tuple(word for word in words if id(word) in kept)) for words in group]
        lines = [line for line in lines if line.words]
        if lines:
            printed = tuple(Printed(line.text, line.box) for line in lines)
            found.append(Paragraph(printed, lines[0].size, room=0.0, block=block))
    return found


def _breaks(paragraphs: Sequence[Paragraph]) -> int:
    """How often a line does not go on as the one before it ends: within a word, or with one."""
    lines = [line.text for each in paragraphs for line in each.lines]
    return sum(
        not after[:1].islower() if _PARTED.search(before) else bool(ENDS.search(before))
        for before, after in pairwise(lines)
        if _PARTED.search(before) or after[:1].islower()
    )
