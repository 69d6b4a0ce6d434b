"""ALTO: a page of a library's scans, line by line."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.extract import Extract, Part, Rejected, entry
from hemeroteca.index.sources.formats.runs import HYPHENS, Run, confidence, joined, paragraphs
from hemeroteca.index.sources.xml_tree import read_xml_text

# The tags that matter, read as they come: a tree of all of them takes four times as long.
_NAME = r"(?:[\w.-]+:)?"
_VALUES = r"""((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)"""
_LINE = re.compile(rf"<{_NAME}TextLine(?=[\s/>])")
_STRING = re.compile(rf"<{_NAME}(String|HYP)\b{_VALUES}>")
_AROUND = re.compile(rf"<(/?){_NAME}(TextBlock|ComposedBlock|Page|ElementRef)\b{_VALUES}>")
_FIRST_PART = re.compile(rf"<{_NAME}String\b([^<>]*HypPart1[^<>]*)>")
_ATTRIBUTE = re.compile(
    r"\b(CONTENT|SUBS_CONTENT|SUBS_TYPE|WC|ID|REF|PHYSICAL_IMG_NR|PRINTED_IMG_NR)"
    r"""\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
_CONTENT = re.compile('CONTENT="([^"]*)"')  # as nearly all are written
_SHARE = re.compile(r'WC="(0?\.\d+|[01](?:\.0*)?)"')
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_END = re.compile(rf"</{_NAME}alto\s*>\s*$", re.IGNORECASE)
_FIRST, _SECOND = "HypPart1", "HypPart2"
_PERCENT = 100


@dataclass(slots=True)
class Block:
    """A piece of a column, line by line; its own id, and those of what it lies in."""

    ids: tuple[str, ...]
    lines: list[Run] = field(default_factory=list)


@dataclass
class Page:
    """The blocks of a page in reading order; its `number`, as printed or counted; what is to be
    said of how it was read, and whether its file ends too early."""

    blocks: list[Block]
    number: str = ""
    notes: tuple[Message, ...] = ()
    is_cut: bool = False


def read_page(stream: BinaryIO) -> Iterator[Part]:
    """The page as one article, a paragraph for each block; words that the end of a line or a
    column parts are whole. Raises ArticleError if it holds no words."""
    page = parse_page(stream)
    text = "\n\n".join(paragraphs(block.lines for block in page.blocks))
    if not text:
        raise ArticleError("is a page of ALTO without words")
    share = confidence(chain.from_iterable(block.lines for block in page.blocks))
    said = Publication(page=page.number, confidence=share)
    yield Extract(text, notes=page.notes, publication=said)
    if page.is_cut:
        yield Rejected(entry(1), Message("is damaged or cut here: what follows cannot be read"))


def parse_page(stream: BinaryIO, by_word: bool = False) -> Page:
    """The page in `stream`, a run of words for each line, or `by_word` for each word. Raises
    ArticleError as read_xml_text."""
    decoded = read_xml_text(stream)
    text = _COMMENT.sub("", decoded.text) if "<!--" in decoded.text else decoded.text
    page = _Reading(_whole_words(text), by_word)
    around, *lines = _LINE.split(text)
    page.around(around)
    for line in lines:
        end = _end_of(line)
        page.line(line[:end])
        page.around(line[end:])
    return Page(page.in_order(), page.number, decoded.notes, not _END.search(text[-200:]))


def _end_of(line: str) -> int:
    """Where a line ends, which before its end is cut off; one that is not closed, with its
    block."""
    closed = line.find("TextLine")
    if closed >= 0:
        return line.rfind("<", 0, closed)
    block = _AROUND.search(line)
    return block.start() if block else len(line)


class _Reading:
    """A page while it is read: where in its blocks the next line stands."""

    def __init__(self, whole: dict[str, str], by_word: bool) -> None:
        self.number = ""
        self._whole = whole
        self._by_word = by_word
        self._blocks: list[Block] = []
        self._groups: list[str] = []
        self._order: list[str] = []
        self._open = False

    def around(self, text: str) -> None:
        """Take in the tags around the lines."""
        for tag in _AROUND.finditer(text):
            closes, name, written = tag.groups()
            if closes:
                if name == "ComposedBlock" and self._groups:
                    self._groups.pop()
                self._open = self._open and name != "TextBlock"
                continue
            values = _values(written)
            if name == "TextBlock":
                self._blocks.append(Block((values.get("ID", ""), *self._groups)))
                self._open = True
            elif name == "ComposedBlock" and not written.endswith("/"):
                self._groups.append(values.get("ID", ""))
            elif name == "Page":
                self.number = values.get("PRINTED_IMG_NR") or values.get("PHYSICAL_IMG_NR", "")
            elif name == "ElementRef":
                self._order.append(values.get("REF", ""))

    def line(self, text: str) -> None:
        """Take in a line from behind its name to its end."""
        if not self._open:  # in no block
            self._blocks.append(Block(("",)))
            self._open = True
        words = self._words(text)
        self._blocks[-1].lines += words if self._by_word else [joined(words)]

    def _words(self, text: str) -> list[Run]:
        contents = _CONTENT.findall(text)
        parted = "SUBS_" in text or "HYP" in text
        if not self._by_word and not parted and len(contents) == text.count("CONTENT"):
            words = tuple(filter(None, map(_plain, contents)))
            shares = [float(share) for share in _SHARE.findall(text)]
            begins = bool(words) and _is_parted(words[-1])
            return [Run(words, begins=begins, confidence=sum(shares), counted=len(shares))]
        found: list[Run] = []
        named = _values(text.partition(">")[0]).get("ID", "")
        hyphen = False
        for tag in _STRING.finditer(text):
            if tag[1] == "HYP":
                hyphen = True
            elif run := self._word(_values(tag[2]), named):
                found.append(run)
                hyphen = False
        if found and not found[-1].ends and (hyphen or _is_parted(found[-1].words[-1])):
            found[-1] = found[-1].beginning()
        return found

    def _word(self, values: dict[str, str], line: str) -> Run | None:
        content, kind = _plain(values.get("CONTENT", "")), values.get("SUBS_TYPE")
        if not content:
            return None
        whole = _plain(values.get("SUBS_CONTENT", ""))
        whole = self._whole.get(whole, whole)
        begins, ends = kind == _FIRST, kind == _SECOND
        share = _share(values.get("WC", ""))
        return Run(
            (whole or content,),
            ends,
            whole if ends else "",
            begins,
            whole if begins else "",
            share or 0.0,
            int(share is not None),
            (values.get("ID", ""), line),
        )

    def in_order(self) -> list[Block]:
        """The blocks in the order that the page gives, what it does not name behind; else as they
        stand."""
        places = {name: place for place, name in enumerate(self._order)}
        end = len(places)
        return sorted(self._blocks, key=lambda b: min(places.get(name, end) for name in b.ids))


def _values(written: str) -> dict[str, str]:
    return {key: first or second for key, first, second in _ATTRIBUTE.findall(written)}


def _plain(written: str) -> str:
    written = html.unescape(written) if "&" in written else written
    return " ".join(written.split())


def _share(written: str) -> float | None:
    try:
        value = float(written)
    except ValueError:
        return None
    value = value / _PERCENT if value > 1 else value
    return value if 0 <= value <= 1 else None


def _is_parted(last: str) -> bool:
    """Whether the last word of a line goes on in the next, which only its hyphen says."""
    return last[-1] in HYPHENS and last.rstrip(HYPHENS)[-1:].isalpha()


def _whole_words(text: str) -> dict[str, str]:
    """The words that a line's end parts, by how the page writes them: some libraries leave the
    hyphen in. Where most of a page's have it, it is none of the word."""
    if _FIRST not in text:
        return {}
    found: dict[str, str] = {}
    parted = 0
    for written in _FIRST_PART.findall(text):
        values = _values(written)
        begin = _plain(values.get("CONTENT", "")).rstrip(HYPHENS)
        whole = _plain(values.get("SUBS_CONTENT", ""))
        rest = whole.removeprefix(begin)
        has_hyphen = bool(begin) and rest != whole and len(rest) > 1 and rest[0] in HYPHENS
        parted += has_hyphen
        if whole:
            found[whole] = begin + rest.lstrip(HYPHENS) if has_hyphen else whole
    return found if 2 * parted >= max(1, len(found)) else {}
