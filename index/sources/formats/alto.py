"""ALTO: a page of a library's scans, word by word."""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract, Part
from hemeroteca.index.sources.xml_tree import read_tree

_FIRST, _SECOND = "HypPart1", "HypPart2"
_HYPHENS = "-\u00ad\u00ac\u2010\u2e17="


def read_page(stream: BinaryIO) -> Iterator[Part]:
    """The page as one article, a paragraph for each block in the order of the file; words that a
    line's end parts are whole. Raises ArticleError if it holds no words."""
    tree = read_tree(stream)
    words = _Words()
    paragraphs = [" ".join(words.of(block)) for block in tree.root.iter("TextBlock")]
    text = "\n\n".join(filter(None, paragraphs))
    if not text:
        raise ArticleError("is a page of ALTO without words")
    yield Extract(text, notes=tree.notes)
    yield from tree.lost


class _Words:
    """The words of blocks that follow one another."""

    def __init__(self) -> None:
        self._whole = ""  # the word that a line before began, if it was given whole

    def of(self, block: etree._Element) -> list[str]:
        found: list[str] = []
        parted = False  # whether the line before ends within a word that nothing gives whole
        for line in block.iterchildren("TextLine"):
            strings = list(line.iterchildren("String"))
            for string in strings:
                content = string.get("CONTENT", "").strip()
                kind, whole = string.get("SUBS_TYPE", ""), string.get("SUBS_CONTENT", "").strip()
                if kind == _SECOND and whole and whole == self._whole:
                    self._whole = ""
                elif whole:
                    found.append(whole)
                    self._whole = whole if kind == _FIRST else ""
                elif parted and found and content:
                    found[-1] = found[-1].rstrip(_HYPHENS) + content
                elif content:
                    found.append(content)
                parted = False
            last = strings[-1] if strings else None
            hyphen = line.find("HYP") is not None
            parted = hyphen and last is not None and not last.get("SUBS_CONTENT")
        return found
