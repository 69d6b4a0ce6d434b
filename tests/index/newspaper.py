"""Pages of a newspaper drawn by hand, as modular layouts are: articles over several columns, a
photograph with its caption, running heads."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.index.drawn import LETTER, WIDTH, Drawn, Framed, wrapped

MARGIN, TOP, GUTTER = 45.0, 770.0, 11.0
SIZE, LEADING = 9.0, 10.8
_INDENT = "xx"  # as wide as the indent of a paragraph
_TEXT = """
ayuntamiento presupuesto carretera votó el la de puerto vecinos anunció año según con los obras
inversión un consejera plazo una millones que retraso en licitación del proyecto barrio agua
comarca para sin oposición por su temporada tren ministerio acuerdo
"""
_WORDS = _TEXT.split()


@dataclass(frozen=True)
class Told:
    """An article: its headline, the line below it, and its paragraphs."""

    title: str
    subtitle: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def told(chance: random.Random, number: int, paragraphs: int = 3) -> Told:
    """An article that shares no name with those of other numbers."""
    name = "".join(chance.choices("bcdfglmnrst", k=1) + chance.choices("aeiou", k=1)) * 2
    place = f"{name.capitalize()}{'abcdefghij'[number % 10]}"

    def sentence(words: int) -> str:
        return " ".join([place, *chance.choices(_WORDS, k=words)])

    return Told(
        sentence(chance.randint(4, 7)),
        sentence(5),
        tuple(f"{sentence(chance.randint(14, 40))}." for _ in range(paragraphs)),
    )


@dataclass
class Area:
    """A part of a page: some of its columns, from a height down."""

    left: float
    columns: int
    width: float  # of a column
    top: float

    @property
    def across(self) -> float:
        return self.columns * self.width + (self.columns - 1) * GUTTER

    def line(self, text: str, size: float, parted: bool = False) -> list[Drawn]:
        """`text` over all columns, in as many lines as it takes."""
        drawn = []
        for line in wrapped(text, int(self.across / (size * LETTER)), parted):
            self.top -= 1.15 * size
            drawn.append(Drawn(self.left, self.top, line, size, font="Helvetica"))
        self.top -= 0.5 * size
        return drawn

    def text(self, paragraphs: Sequence[str], indented: bool = True) -> list[Drawn]:
        """The paragraphs, in columns of even length; the first `indented` like the others."""
        letters = int(self.width / (SIZE * LETTER))
        lines = []
        for place, each in enumerate(paragraphs):
            begins = indented or place > 0
            for line in wrapped(_INDENT * begins + each, letters):
                lines.append((line, begins))
                begins = False
        deep = -(-len(lines) // self.columns)
        drawn = []
        for number, (line, begins) in enumerate(lines):
            x = self.left + number // deep * (self.width + GUTTER)
            y = self.top - SIZE - number % deep * LEADING
            indent = len(_INDENT) * SIZE * LETTER if begins else 0.0
            drawn.append(Drawn(x + indent, y, line[len(_INDENT) * begins :], SIZE))
        self.top -= deep * LEADING + 2 * SIZE
        return drawn

    def article(self, each: Told, size: float) -> list[Drawn]:
        """An article under its headline of that size."""
        head = self.line(each.title, size)
        return [*head, *self.line(each.subtitle, 1.25 * SIZE), *self.text(each.paragraphs)]


def page(
    articles: Sequence[Told], columns: int, caption: str, head: Sequence[Drawn] = ()
) -> list[Drawn | Framed]:
    """A page of four articles: the first over all columns; below it two under one another over all
    but the last; in that a photograph, its caption and the fourth."""
    width = (WIDTH - 2 * MARGIN - (columns - 1) * GUTTER) / columns
    whole = Area(MARGIN, columns, width, TOP)
    drawn: list[Drawn | Framed] = [*head, *whole.article(articles[0], 20)]
    left = Area(MARGIN, columns - 1, width, whole.top)
    right = Area(MARGIN + (columns - 1) * (width + GUTTER), 1, width, whole.top)
    drawn += [*left.article(articles[1], 16), *left.article(articles[2], 15)]
    right.top -= 60
    drawn.append(Framed(right.left, right.top, width, 55))
    drawn += right.line(caption, 7.0)
    right.top -= 8
    drawn += right.article(articles[3], 13)
    return drawn
