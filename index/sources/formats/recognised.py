"""Pages whose words a program recognised before, and what is made of them where nothing says which
articles they hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.place import Region
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.extract import Extract, Part, Rejected, stable_key
from hemeroteca.index.sources.formats.runs import HYPHENS, Run, confidence, paragraphs
from hemeroteca.index.sources.pages.pictured import with_pictures
from hemeroteca.index.text.characters import clean

_SOFT_END = re.compile("\u00ad\\s*$")
CUT = Message("is damaged or cut here: what follows cannot be read")


@dataclass(slots=True)
class Block:
    """A piece of a column, line by line; its own id, and those of what it lies in."""

    ids: tuple[str, ...]
    lines: list[Run] = field(default_factory=list)


@dataclass
class Page:
    """The blocks of a page in reading order; its `number`, as printed or counted; what is to be
    said of how it was read, whether its file ends too early, and where it has
    pictures."""

    blocks: list[Block]
    number: str = ""
    notes: tuple[Message, ...] = ()
    is_cut: bool = False
    pictures: Sequence[Region] = ()


@dataclass(slots=True)
class Extent:
    """The page `page` of a file, from 1, `width` and `height` in any unit; how many lines lie
    `outside`, and which is the first of them, so that it can be said."""

    page: int
    width: float
    height: float
    outside: int = 0
    first: str = ""

    def region(
        self, left: float, top: float, width: float, height: float, name: str
    ) -> Region | None:
        """What begins at `left` and `top`, in parts of the page; None where the page has no size,
        or it lies outside, which is noted by the `name` of the line."""
        if not (self.width > 0 and self.height > 0):
            return None
        left, top = left / self.width, top / self.height
        width, height = width / self.width, height / self.height
        if not (left >= 0 and top >= 0 and left + width <= 1 and top + height <= 1):
            right, bottom = left + width, top + height
            if not (left < 1 and top < 1 and right > 0 and bottom > 0):
                self.outside += 1
                self.first = self.first or name
                return None
            left, top = max(left, 0.0), max(top, 0.0)
            width, height = min(right, 1.0) - left, min(bottom, 1.0) - top
        return Region(self.page, left, top, width, height)

    @property
    def notes(self) -> tuple[Message, ...]:
        """What is to be said of lines outside."""
        if not self.outside:
            return ()
        return (
            Message(
                "lines that lie outside of the page, read without their place: {number:,}, the "
                "first {line}",
                number=self.outside,
                line=f'"{self.first[:40]}"',
            ),
        )


def plain(written: str) -> str:
    """Words with one blank between them, without what does not print: what is placed in a text must
    not be moved when that is cleaned. A soft hyphen at their end parts a word, and is seen."""
    if not (written.isascii() and written.isprintable()):
        written = clean(_SOFT_END.sub("-", written))
    return " ".join(written.split())


def is_parted(line: str) -> bool:
    """Whether the last word of a line goes on in the next, which only its hyphen says."""
    return bool(line) and line[-1] in HYPHENS and line.rstrip(HYPHENS)[-1:].isalpha()


def articles(pages: Sequence[Page], kind: str) -> Iterator[Part]:
    """Each page as an article, a paragraph for each block; words that the end of a line or a column
    parts are whole. Raises ArticleError if none holds words, as may be with a `kind` of file."""
    nothing = True
    many = len(pages) > 1
    for number, page in enumerate(pages, start=1):
        told = paragraphs(block.lines for block in page.blocks)
        label = page.number or str(number)
        where = Message("page {page}", page=label) if many else ""
        if told.text:
            nothing = False
            share = confidence(chain.from_iterable(block.lines for block in page.blocks))
            found = Extract(
                told.text,
                stable_key(f"page-{number}", told.text) if many else "",
                where=where,
                notes=page.notes,
                publication=Publication(
                    page=label if page.number or many else "", confidence=share
                ),
                places=told.places,
                digitised=True,
            )
            yield from with_pictures([found], page.pictures)
        if page.is_cut:
            nothing = False
            yield Rejected(where or Message("page {page}", page=label), CUT)
    if nothing:
        raise ArticleError("is a page of {kind} without words", kind=kind)
