"""PAGE XML: a page line by line, as Transkribus, eScriptorium and OCR-D's programs keep it
(Pletschacher and Antonacopoulos 2010, github.com/PRImA-Research-Lab/PAGE-XML)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import isfinite
from typing import BinaryIO

from lxml import etree

from hemeroteca.index.sources.extract import Part
from hemeroteca.index.sources.formats.recognised import (
    Block,
    Extent,
    Page,
    articles,
    is_parted,
    plain,
)
from hemeroteca.index.sources.formats.runs import Run
from hemeroteca.index.sources.xml_tree import read_tree

ROOT = "PcGts"
_OF_TEXT = ("TextRegion", "TableCell")  # the latter are Transkribus' own
_BEGIN = re.compile(rb"<(?:[\w.-]+:)?PcGts\b")
_HEAD = 16_384
_PICTURES = (
    "ImageRegion", "GraphicRegion", "LineDrawingRegion", "ChartRegion", "MapRegion",
)  # fmt: skip
_POINT = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")
_NO_TEXT = "page-number"  # a kind of region
_ORDERED = ("OrderedGroup", "OrderedGroupIndexed", "RegionRefIndexed")
_LAST = 1 << 30


def is_page_xml(data: bytes) -> bool:
    """Whether XML is a page of PAGE, which those of METS may be as well as ALTO's."""
    return bool(_BEGIN.search(data[:_HEAD].replace(b"\0", b"")))


def read_page_xml(stream: BinaryIO) -> Iterator[Part]:
    """The page as one article. Raises ArticleError as `articles` and `read_tree`."""
    yield from articles([parse_page_xml(stream)], "PAGE XML")


def parse_page_xml(stream: BinaryIO, by_word: bool = False, number: int = 1) -> Page:
    """The page in `stream`, the page `number` of what it belongs to: a run of words for each line,
    or `by_word` for each word that has one of its own. Raises ArticleError as read_tree."""
    tree = read_tree(stream)
    page = tree.root.find(".//Page")
    if page is None:
        return Page([], notes=tree.notes, is_cut=bool(tree.lost))
    width, height = (_number(page.get(f"image{side}", "")) or 0.0 for side in ("Width", "Height"))
    extent = Extent(number, width, height)
    blocks = [
        Block(_ids(region), runs)
        for region in page.iter(*_OF_TEXT)
        if region.get("type") != _NO_TEXT and (runs := list(_runs(region, extent, by_word)))
    ]
    places = {name: place for place, name in enumerate(_reading_order(page))}
    blocks.sort(key=lambda b: min(places.get(name, len(places)) for name in b.ids))
    pictures = [
        replace(extent).region(*box, "")
        for kind in _PICTURES
        for region in page.iter(kind)
        if (box := _box(region))
    ]
    notes = (*tree.notes, *extent.notes)
    found = [*filter(None, pictures)]
    return Page(blocks, notes=notes, is_cut=bool(tree.lost), pictures=found)


def _ids(region: etree._Element) -> tuple[str, ...]:
    """The ids of a region and of those that it lies in."""
    around = [region, *region.iterancestors(*_OF_TEXT, "TableRegion")]
    return tuple(each.get("id", "") for each in around)


def _reading_order(page: etree._Element) -> Iterator[str]:
    """The ids of regions in the order that the page gives."""
    order = page.find("ReadingOrder")
    if order is not None:
        yield from _in_group(order)


def _in_group(group: etree._Element) -> Iterator[str]:
    children = list(group.iterchildren("*"))
    if group.tag in _ORDERED:
        children.sort(key=lambda child: int(_number(child.get("index", "")) or 0))
    for child in children:
        if name := child.get("regionRef"):
            yield name
        yield from _in_group(child)


def _runs(region: etree._Element, extent: Extent, by_word: bool) -> Iterator[Run]:
    """The lines of a region; where it has none that say anything, its own text."""
    said = False
    for line in region.iterchildren("TextLine"):
        for run in _of_line(line, extent, by_word):
            said = True
            yield run
    inner = next(region.iterchildren(*_OF_TEXT), None) is not None
    if said or inner:
        return
    text, share = _reading(region)
    box = _box(region)
    for line in text.splitlines():
        if words := plain(line):
            yield _run(words, share, box, extent, ())


def _of_line(line: etree._Element, extent: Extent, by_word: bool) -> Iterator[Run]:
    named = line.get("id", "")
    box = _box(line)
    words = [
        (each.get("id", ""), plain(text), share)
        for each in line.iterchildren("Word")
        for text, share in [_reading(each)]
    ]
    words = [each for each in words if each[1]]
    if by_word and words:
        for name, word, share in words:
            yield _run(word, share, box, extent, (name, named))
        return
    text, share = _reading(line)
    text = plain(text)
    if not text:
        text = " ".join(word for _, word, _ in words)
        shares = [sure for _, _, sure in words if sure is not None]
        share = sum(shares) / len(shares) if shares else None
    if text:
        yield _run(text, share, box, extent, (named,))


def _run(
    text: str,
    share: float | None,
    box: tuple[float, float, float, float] | None,
    extent: Extent,
    ids: tuple[str, ...],
) -> Run:
    words = len(text.split()) if share is not None else 0
    return Run(
        text,
        begins=is_parted(text),
        confidence=words * (share or 0.0),
        counted=words,
        ids=ids,
        region=extent.region(*box, text) if box else None,
    )


def _reading(element: etree._Element) -> tuple[str, float | None]:
    """The text of an element's first reading, which is that of the lowest index (what a person
    corrected stands before what a program read), and how sure that is, 0 to 1."""
    readings = sorted(element.iterchildren("TextEquiv"), key=_index)
    for reading in readings:
        for name in ("Unicode", "PlainText"):
            if (found := reading.find(name)) is not None and (
                text := "".join(found.itertext())
            ).strip():
                return text, _between(_number(reading.get("conf", "")))
    return "", None


def _index(reading: etree._Element) -> int:
    written = _number(reading.get("index", ""))
    return _LAST if written is None else int(written)


def _box(element: etree._Element) -> tuple[float, float, float, float] | None:
    """Left, top, width and height of the smallest upright frame around an element's outline."""
    coords = element.find("Coords")
    if coords is None:
        return None
    corners: Iterable[tuple[str, str]] = _POINT.findall(coords.get("points", ""))
    points = [(float(x), float(y)) for x, y in corners]
    for point in coords.iterchildren("Point"):  # as before 2013
        x, y = _number(point.get("x", "")), _number(point.get("y", ""))
        if x is not None and y is not None:
            points.append((x, y))
    if not points:
        return None
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top


def _number(written: str) -> float | None:
    try:
        value = float(written)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _between(value: float | None) -> float | None:
    return value if value is not None and 0 <= value <= 1 else None
