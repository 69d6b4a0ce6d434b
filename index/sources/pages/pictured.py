"""The pictures of pages given to the articles that they are printed with."""

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hemeroteca.index.picture import Picture
from hemeroteca.index.place import Region
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.pages.captions import is_credited

_FEWEST = 0.06  # of a page's width, that a picture has
_LOWEST = 0.03  # of its height
_WHOLE = 0.85  # of a page: its scan
_NEAR = 0.03  # of the page's height, between a picture and its caption
_INSIDE = 0.6  # of a caption's width, below its picture
_CAPTION_WORDS = 60
_SMALL = 0.97  # of the page's letters
_HEADLINE = 0.5  # how much less the way to a headline counts than that to a text
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class _Block:
    """A paragraph on a page, of the extract `owner`."""

    owner: int
    text: str
    lines: Sequence[Region]

    @property
    def size(self) -> float:
        return statistics.median(line.height for line in self.lines)


def with_pictures(extracts: Sequence[Extract], regions: Iterable[Region]) -> list[Extract]:
    """The extracts, each with those of the pictures at `regions` that stand nearest to its lines
    and its headline; with the caption that stands below a picture."""
    blocks: dict[int, list[_Block]] = {}
    for owner, extract in enumerate(extracts):
        for page, block in _blocks(owner, extract):
            blocks.setdefault(page, []).append(block)
    found: dict[int, list[Picture]] = {}
    for region in _photographs(regions):
        around = blocks.get(region.page, [])
        caption = _caption(region, around)
        chosen = _owner(region, extracts, around)
        if chosen is not None:
            picture = Picture("page", caption.text if caption else "", region)
            found.setdefault(chosen, []).append(picture)
    return [
        replace(each, pictures=(*each.pictures, *found[n])) if n in found else each
        for n, each in enumerate(extracts)
    ]


def _photographs(regions: Iterable[Region]) -> list[Region]:
    """Those that are as large as pictures are, each once, without what lies within another."""
    large = [
        each
        for each in dict.fromkeys(regions)
        if each.width >= _FEWEST and each.height >= _LOWEST and each.width * each.height < _WHOLE
    ]
    return [
        each for each in large if not any(other != each and _holds(other, each) for other in large)
    ]


def _holds(outer: Region, inner: Region) -> bool:
    return outer.page == inner.page and _shared(outer, inner) > 0.9 * inner.width * inner.height


def _shared(one: Region, other: Region) -> float:
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return max(across, 0.0) * max(down, 0.0)


def _blocks(owner: int, extract: Extract) -> Iterable[tuple[int, _Block]]:
    begin = 0
    ends = [*(gap.start() for gap in _PARAGRAPH.finditer(extract.text)), len(extract.text)]
    places = sorted(extract.places)
    at = 0
    for end in ends:
        lines: dict[int, list[Region]] = {}
        while at < len(places) and places[at].start < end:
            lines.setdefault(places[at].region.page, []).append(places[at].region)
            at += 1
        text = " ".join(extract.text[begin:end].split())
        begin = end
        for page, of_page in lines.items():
            yield page, _Block(owner, text, of_page)


def _caption(region: Region, blocks: Sequence[_Block]) -> _Block | None:
    """The paragraph closely below a picture, if it is short, and smaller than the page's text or
    says who took the picture."""
    if not blocks:
        return None
    usual = statistics.median(line.height for each in blocks for line in each.lines)
    bottom = region.top + region.height
    near: list[tuple[float, int]] = []
    for number, each in enumerate(blocks):
        first = min(each.lines, key=lambda line: line.top)
        across = min(first.left + first.width, region.left + region.width)
        across -= max(first.left, region.left)
        gap = first.top - bottom
        if -_NEAR / 2 < gap < _NEAR and across >= _INSIDE * first.width:
            near.append((abs(gap), number))
    if not near:
        return None
    found = blocks[min(near)[1]]
    if len(found.text.split()) > _CAPTION_WORDS:
        return None
    return found if found.size < _SMALL * usual or is_credited(found.text) else None


def _owner(region: Region, extracts: Sequence[Extract], blocks: Sequence[_Block]) -> int | None:
    """The article that a picture stands with; of several with headlines, of these."""
    ways: dict[int, float] = {}
    for block in blocks:
        way = min(_way(region, line) for line in block.lines)
        ways[block.owner] = min(ways.get(block.owner, way), way)
    for owner, extract in enumerate(extracts):
        heads = [_way(region, each) for each in extract.heading if each.page == region.page]
        if heads:
            ways[owner] = min(ways.get(owner, 1.0), 1.0) + _HEADLINE * min(heads)
    titled = {owner: way for owner, way in ways.items() if extracts[owner].title}
    # Where nothing says where lines stand, whose picture it is can be told of one article alone.
    otherwise = 0 if len(extracts) == 1 else None
    return min(titled or ways, key=(titled or ways).__getitem__, default=otherwise)


def _way(one: Region, other: Region) -> float:
    """How far apart two parts of a page stand."""
    across = max(one.left, other.left) - min(one.left + one.width, other.left + other.width)
    down = max(one.top, other.top) - min(one.top + one.height, other.top + other.height)
    return max(across, 0.0) + max(down, 0.0)
