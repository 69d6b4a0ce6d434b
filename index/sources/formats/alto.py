"""ALTO: a page of a library's scans, line by line."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from hemeroteca.index.place import Region
from hemeroteca.index.sources.extract import Part
from hemeroteca.index.sources.formats.recognised import (
    Block,
    Extent,
    Page,
    articles,
    is_parted,
    plain,
)
from hemeroteca.index.sources.formats.runs import HYPHENS, Run, joined
from hemeroteca.index.sources.xml_tree import read_xml_text

# The tags that matter, read as they come: a tree of all of them takes twice as long to build.
_NAME = r"(?:[\w.-]+:)?"
_VALUES = r"""((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)"""
_LINE = re.compile(rf"<{_NAME}TextLine(?=[\s/>])")
_STRING = re.compile(rf"<{_NAME}(String|HYP)\b{_VALUES}>")
_AROUND = re.compile(
    rf"<(/?){_NAME}(TextBlock|ComposedBlock|PrintSpace|Page|ElementRef|Illustration|GraphicalElement)\b{_VALUES}>"
)
_FIRST_PART = re.compile(rf"<{_NAME}String\b([^<>]*HypPart1[^<>]*)>")
_ATTRIBUTE = re.compile(
    r"\b(CONTENT|SUBS_CONTENT|SUBS_TYPE|WC|ID|REF|PHYSICAL_IMG_NR|PRINTED_IMG_NR)"
    r"""\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
_SIDE = re.compile(r"""\b(HPOS|VPOS|WIDTH|HEIGHT)\s*=\s*["']\s*([-+]?\d*\.?\d+)""")
_CONTENT = re.compile('CONTENT="([^"]*)"')  # as nearly all are written
_OTHERWISE = re.compile('CONTENT(?!=")')
_SHARE = re.compile(r'WC="(0?\.\d+|[01](?:\.0*)?)"')
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_END = re.compile(rf"</{_NAME}alto\s*>\s*$", re.IGNORECASE)
_PICTURES = ("Illustration", "GraphicalElement")
_SIDES = ("HPOS", "VPOS", "WIDTH", "HEIGHT")
_FIRST, _SECOND = "HypPart1", "HypPart2"
_PERCENT = 100


def read_page(stream: BinaryIO) -> Iterator[Part]:
    """The page as one article. Raises ArticleError as `articles`."""
    yield from articles([parse_page(stream)], "ALTO")


def parse_page(stream: BinaryIO, by_word: bool = False, number: int = 1) -> Page:
    """The page in `stream`, the page `number` of what it belongs to: a run of words for each line,
    or `by_word` for each word. Raises ArticleError as read_xml_text."""
    decoded = read_xml_text(stream)
    text = _COMMENT.sub("", decoded.text) if "<!--" in decoded.text else decoded.text
    page = _Reading(text, by_word, number)
    begin = _LINE.search(text)
    around, *lines = text.split(begin[0]) if begin else [text]
    page.around(around)
    for line in lines:
        end = _end_of(line)
        page.line(line[:end])
        rest = line[end:]
        if rest.count("<") > 1 or "TextLine" not in rest:  # more than the line's own end
            page.around(rest)
    notes = (*decoded.notes, *page.extent.notes)
    is_cut = not _END.search(text[-200:])
    return Page(page.in_order(), page.number, notes, is_cut, page.pictures)


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

    def __init__(self, text: str, by_word: bool, number: int) -> None:
        self.number = ""
        self.extent = Extent(number, 0.0, 0.0)
        # Told of the whole page, which takes a tenth of the time.
        self._is_parted = "SUBS_" in text or "HYP" in text
        self._is_plain = not by_word and not _OTHERWISE.search(text)
        self._whole = _whole_words(text) if self._is_parted else {}
        self._by_word = by_word
        self._boxes = _Boxes()
        self._shares = _Shares()
        self._blocks: list[Block] = []
        self._groups: list[str] = []
        self._order: list[str] = []
        self.pictures: list[Region] = []
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
                self._measure(written)
            elif name == "PrintSpace" and not self.extent.width:
                self._measure(written)
            elif name == "ElementRef":
                self._order.append(values.get("REF", ""))
            elif name in _PICTURES and (box := _box(written)):
                found = replace(self.extent).region(*box, "")  # of what is outside nothing is said
                self.pictures += [found] if found else []

    def _measure(self, written: str) -> None:
        """Take the size of the page, of which some files say only that of what is printed."""
        sides = _sides(written)
        self.extent.width = sides.get("WIDTH", 0.0) + max(sides.get("HPOS", 0.0), 0.0)
        self.extent.height = sides.get("HEIGHT", 0.0) + max(sides.get("VPOS", 0.0), 0.0)

    def line(self, text: str) -> None:
        """Take in a line from behind its name to its end."""
        if not self._open:  # in no block
            self._blocks.append(Block(("",)))
            self._open = True
        if self._is_plain and not (self._is_parted and ("SUBS_" in text or "HYP" in text)):
            words = _plain(" ".join(_CONTENT.findall(text)))
            if words:
                shares = [self._shares[written] for written in _SHARE.findall(text)]
                sure, counted, begins = sum(shares), len(shares), is_parted(words)
                region = self._region(text, words)
                run = Run(words, False, "", begins, "", sure, counted, (), region)
                self._blocks[-1].lines.append(run)
            return
        runs = self._words(text)
        if runs:
            region = self._region(text, runs[0].text)
            for run in runs:
                run.region = region
            self._blocks[-1].lines += runs if self._by_word else [joined(runs)]

    def _region(self, text: str, name: str) -> Region | None:
        if not self.extent.width:
            return None
        box = self._boxes.of(text[: text.find(">")]) or _around(text)
        return self.extent.region(*box, name) if box else None

    def _words(self, text: str) -> list[Run]:
        """The words of a line, each a run."""
        found: list[Run] = []
        named = _values(text.partition(">")[0]).get("ID", "")
        hyphen = False
        for tag in _STRING.finditer(text):
            if tag[1] == "HYP":
                hyphen = True
            elif run := self._word(_values(tag[2]), named):
                found.append(run)
                hyphen = False
        if found and not found[-1].ends and (hyphen or is_parted(found[-1].text)):
            found[-1].begins = True
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
            whole or content,
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


class _Shares(dict[str, float]):
    """Confidences by how they are written: a page has many words and few of these."""

    def __missing__(self, written: str) -> float:
        self[written] = value = float(written)
        return value


class _Boxes:
    """Left, top, width and height as tags say them, of which nearly all say them in one order."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._places = (0, 0, 0, 0)

    def of(self, written: str) -> tuple[float, float, float, float] | None:
        """Those of a tag; None if it lacks one."""
        parts = written.split('"')
        names = parts[::2]
        try:
            if names != self._names:
                places = [2 * names.index(f" {side}=") + 1 for side in _SIDES]
                self._places = (places[0], places[1], places[2], places[3])
                self._names = names
            left, top, width, height = self._places
            return float(parts[left]), float(parts[top]), float(parts[width]), float(parts[height])
        except (ValueError, IndexError):  # written in another way
            return _box(written)


def _box(written: str) -> tuple[float, float, float, float] | None:
    """The same of a tag that is written in any way."""
    sides = _sides(written)
    return (
        (sides["HPOS"], sides["VPOS"], sides["WIDTH"], sides["HEIGHT"]) if len(sides) == 4 else None
    )


def _around(line: str) -> tuple[float, float, float, float] | None:
    """The same of all words of a line."""
    boxes = [box for tag in _STRING.finditer(line) if tag[1] == "String" and (box := _box(tag[2]))]
    if not boxes:
        return None
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = (max(box[n] + box[n + 2] for box in boxes) for n in (0, 1))
    return left, top, right - left, bottom - top


def _sides(written: str) -> dict[str, float]:
    return {name: float(number) for name, number in _SIDE.findall(written)}


def _plain(written: str) -> str:
    return plain(html.unescape(written) if "&" in written else written)


def _share(written: str) -> float | None:
    try:
        value = float(written)
    except ValueError:
        return None
    value = value / _PERCENT if value > 1 else value
    return value if 0 <= value <= 1 else None


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
