"""ABBYY FineReader's XML: pages as it recognised them, letter by letter or line by line."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from lxml import etree

from hemeroteca.index.errors import ArticleError
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

_MARK = b"FineReader"  # in its namespace, or as what made it
_BLOCK = b"blockType="
_HEAD = 16_384
_PERCENT = 100


def is_abbyy(root: str, head: bytes) -> bool:
    """Whether XML with that root, which begins with `head`, is ABBYY's: a document, or a page that
    was taken out of one."""
    return (root == "document" and _MARK in head) or (root == "page" and _BLOCK in head)


def read_abbyy(stream: BinaryIO) -> Iterator[Part]:
    """Each page as an article; of a damaged file those before the damage. Raises ArticleError as
    `articles`, if it defines entities, and if it is no XML."""
    head = stream.read(_HEAD)
    stream.seek(0)
    if b"<!ENTITY" in head:
        raise ArticleError("defines XML entities, which articles do not need: remove them")
    yield from articles(list(_pages(stream)), "ABBYY")


def _pages(stream: BinaryIO) -> Iterator[Page]:
    """The pages, of which one at a time is held."""
    number = 0
    parsed = etree.iterparse(
        stream,
        events=("start", "end"),
        tag="{*}page",
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
    )
    page: etree._Element | None = None
    try:
        for event, element in parsed:
            page = element if event == "start" else None
            if event == "end":
                number += 1
                yield _page(element, number)
                element.clear()
    except etree.XMLSyntaxError as error:
        if page is None and not number:
            raise ArticleError("is no XML") from error
        found = _page(page, number + 1) if page is not None else Page([])
        found.is_cut = True
        yield found


def _page(page: etree._Element, number: int) -> Page:
    extent = Extent(number, _number(page, "width"), _number(page, "height"))
    blocks = []
    for paragraph in page.iter("{*}par"):
        runs = [run for line in paragraph.iter("{*}line") if (run := _run(line, extent)).text]
        if runs:
            blocks.append(Block(("",), runs))
    pictures = []
    for each in page.iter("{*}block"):
        if each.get("blockType") == "Picture":
            left, top, right, bottom = (_number(each, side) for side in ("l", "t", "r", "b"))
            pictures.append(replace(extent).region(left, top, right - left, bottom - top, ""))
    return Page(blocks, notes=extent.notes, pictures=[*filter(None, pictures)])


def _run(line: etree._Element, extent: Extent) -> Run:
    letters = list(line.iter("{*}charParams"))
    # A blank may be written as a letter without one.
    written = "".join(each.text or " " for each in letters) or "".join(line.itertext())
    text = plain(written)
    sure = [_number(each, "charConfidence", -1.0) for each in letters]
    sure = [each / _PERCENT for each in sure if 0 <= each <= _PERCENT]
    words = len(text.split()) if sure else 0
    left, top, right, bottom = (_number(line, side) for side in ("l", "t", "r", "b"))
    return Run(
        text,
        begins=is_parted(text),
        confidence=words * sum(sure) / len(sure) if sure else 0.0,
        counted=words,
        region=extent.region(left, top, right - left, bottom - top, text) if text else None,
    )


def _number(element: etree._Element, name: str, otherwise: float = 0.0) -> float:
    try:
        return float(element.get(name, otherwise))
    except ValueError:
        return otherwise
