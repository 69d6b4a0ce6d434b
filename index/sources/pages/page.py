"""A page as it is read: its paragraphs in order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from hemeroteca.index.place import Region
from hemeroteca.index.sources.pages.layout import Box, Paragraph, around
from hemeroteca.index.sources.pages.sheet import Sheet

_FEWEST_LINES = 3


@dataclass(frozen=True)
class Page:
    """The page `number`, from 1, of a file, on which `label` is printed as its number, if any; its
    paragraphs in reading order, and the pictures and frames on it. `confidence` is that of a
    scan's words, 0 to 1, None of what was drawn; `photographs` are where they stand."""

    number: int
    label: str
    paragraphs: Sequence[Paragraph]
    pictures: Sequence[Box] = ()
    confidence: float | None = None
    photographs: Sequence[Region] = ()

    @cached_property
    def body(self) -> float:
        """The size in which most of it is set."""
        sizes = sorted((each.size, each.words) for each in self.paragraphs)
        half = sum(words for _, words in sizes) / 2
        for size, words in sizes:
            half -= words
            if half <= 0:
                return size
        return 1.0

    @cached_property
    def has_columns(self) -> bool:
        """Whether text of several lines stands beside other such text."""
        blocks: dict[int, list[Paragraph]] = {}
        for each in self.paragraphs:
            if each.box and abs(each.size - self.body) < 0.15 * self.body:
                blocks.setdefault(each.block, []).append(each)
        boxes = []
        for block in blocks.values():
            lines = [line for each in block for line in each.lines]
            if len(lines) >= _FEWEST_LINES:
                boxes.append(around(each.box for each in block if each.box))
        reach = _FEWEST_LINES * self.body
        return any(
            one.along(other) > reach and one.across(other) <= 0
            for n, one in enumerate(boxes)
            for other in boxes[:n]
        )


def page_of(sheet: Sheet, label: str) -> Page:
    """What is read of a sheet from which the running heads are taken."""
    paragraphs = []
    for each in sheet.paragraphs():
        lines = tuple(
            replace(line, region=sheet.frame.region(line.box, sheet.number)) if line.box else line
            for line in each.lines
        )
        paragraphs.append(replace(each, lines=lines))
    shown = (sheet.frame.region(box, sheet.number) for box in sheet.photographs)
    photographs = [each for each in shown if each is not None]
    return Page(sheet.number, label, paragraphs, sheet.pictures, sheet.confidence, photographs)
