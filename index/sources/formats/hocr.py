"""hOCR: pages as a program recognised them, in HTML."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from lxml import etree

from hemeroteca.index.sources.extract import Part
from hemeroteca.index.sources.formats.format import Format
from hemeroteca.index.sources.formats.recognised import (
    Block,
    Extent,
    Page,
    articles,
    is_parted,
    plain,
)
from hemeroteca.index.sources.formats.runs import Run
from hemeroteca.index.sources.formats.webpage import decode_page
from hemeroteca.index.sources.html_tree import parse_html

_HEAD = 16_384
_MARK = re.compile(rb"""ocr_page|name\s*=\s*["']?ocr-(?:system|capabilities)""")
_LINES = frozenset(("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocrx_line"))
_GROUPS = ("ocr_par", "ocr_carea", "ocrx_block", "ocr_page")
_BOX = re.compile(r"\bbbox((?:\s+-?\d+(?:\.\d+)?){4})")
_SURE = re.compile(r"\bx_wconf\s+(\d+(?:\.\d+)?)")
_PICTURES = ("ocr_photo", "ocr_image")
_PERCENT = 100


def is_hocr(stream: BinaryIO) -> bool:
    """Whether the HTML in `stream`, which is at its beginning and will be again, is hOCR."""
    head = stream.read(_HEAD)
    stream.seek(0)
    return _MARK.search(head) is not None


def hocr_first(other: Format) -> Format:
    """Web pages that may be hOCR, and are else read as any `other`."""

    def read_either(stream: BinaryIO) -> Iterator[Part]:
        yield from read_hocr(stream) if is_hocr(stream) else other.read(stream)

    return replace(other, read=read_either)


def read_hocr(stream: BinaryIO) -> Iterator[Part]:
    """Each page as an article. Raises ArticleError as `articles`."""
    root = parse_html(decode_page(stream.read()).encode(errors="replace"))
    every = [] if root is None else root.iter(etree.Element)
    found = [each for each in every if _class(each) == "ocr_page"]
    yield from articles([_page(each, number) for number, each in enumerate(found, 1)], "hOCR")


def _page(page: etree._Element, number: int) -> Page:
    left, top, right, bottom = _box(page) or (0.0, 0.0, 0.0, 0.0)
    extent = Extent(number, right - left, bottom - top)
    blocks: list[Block] = []
    last: etree._Element | None = None
    for line in page.iter(etree.Element):
        if _class(line) not in _LINES:
            continue
        run = _run(line)
        if not run.text:
            continue
        box = _box(line)
        if box:
            x, y, across, down = box
            run.region = extent.region(x - left, y - top, across - x, down - y, run.text)
        group = next((e for e in line.iterancestors() if _class(e) in _GROUPS), page)
        if group is not last or not blocks:
            blocks.append(Block(("",)))
            last = group
        blocks[-1].lines.append(run)
    pictures = []
    for each in page.iter(etree.Element):
        if _class(each) in _PICTURES and (box := _box(each)):
            x, y, across, down = box
            pictures.append(replace(extent).region(x - left, y - top, across - x, down - y, ""))
    return Page(blocks, notes=extent.notes, pictures=[*filter(None, pictures)])


def _run(line: etree._Element) -> Run:
    words = [each for each in line.iter(etree.Element) if _class(each) == "ocrx_word"]
    said = [plain("".join(each.itertext())) for each in words or [line]]
    sure = [float(found[1]) for each in words if (found := _SURE.search(each.get("title", "")))]
    text = " ".join(filter(None, said))
    if words and is_parted(plain("".join(line.itertext()))) and not is_parted(text):
        text += "-"  # behind the last word, in none
    begins = is_parted(text)
    return Run(text, begins=begins, confidence=sum(sure) / _PERCENT, counted=len(sure))


def _class(element: etree._Element) -> str:
    """The first class of an element that is of hOCR."""
    names = element.get("class", "").split()
    return next((name for name in names if name.startswith("ocr")), "")


def _box(element: etree._Element) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom in pixels of the picture."""
    found = _BOX.search(element.get("title", ""))
    if not found:
        return None
    left, top, right, bottom = map(float, found[1].split())
    return left, top, right, bottom
