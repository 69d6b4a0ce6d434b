"""Paragraphs of a page to the text of an article, and where its lines stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hemeroteca.index.place import Place
from hemeroteca.index.sources.pages.layout import Paragraph, words_whole
from hemeroteca.index.text.characters import clean

_COMPOUND = re.compile(r"\w+-\w+(?=\W)")
_SOFT = "\u00ad"  # at the end of a line it parts a word
_BETWEEN = "\n\n"


@dataclass(frozen=True)
class Told:
    """A text, and where its lines stand."""

    text: str
    places: tuple[Place, ...]


def compounds(paragraphs: Iterable[Paragraph]) -> frozenset[str]:
    """The words in small letters that have a hyphen within a line."""
    return frozenset(
        word.lower()
        for part in paragraphs
        for line in part.lines
        for word in _COMPOUND.findall(f"{line.text} ")
    )


def told(paragraphs: Sequence[Paragraph], known: frozenset[str]) -> Told:
    """The paragraphs with a blank line between them, their words whole; `known` as `compounds`
    gives them."""
    text = ""
    places = []
    for paragraph in paragraphs:
        whole = words_whole([_printing(line.text) for line in paragraph.lines], known)
        text += _BETWEEN if text else ""
        ends = (*whole.starts[1:], len(whole.text))
        for line, start, end in zip(paragraph.lines, whole.starts, ends, strict=True):
            if line.region:
                places.append(Place(len(text) + start, len(text) + end, line.region))
        text += whole.text
    return Told(text, tuple(places))


def _printing(line: str) -> str:
    """The line as `clean` leaves a text, which must not move what is placed in it."""
    return clean(line) + _SOFT if line.endswith(_SOFT) else clean(line)
