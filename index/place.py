"""Where on which page of its file a piece of an article stands."""

import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_PACKED = struct.Struct("<IIHHHHH")
_WHOLE = 65_535  # a page's width or height, packed
_MOST_PAGE = 65_535


# Tuples, for a page has hundreds of each: frozen dataclasses take three times as long to make.
class Region(NamedTuple):
    """A part of the page `page`, from 1: its left and upper edge, its width and height, all in
    parts of the page as it is shown, 0 to 1."""

    page: int
    left: float
    top: float
    width: float
    height: float


class Place(NamedTuple):
    """The text from `start` to `end` stands in `region`."""

    start: int
    end: int
    region: Region


def moved(places: Iterable[Place], by: int) -> tuple[Place, ...]:
    """The places of a text that stands `by` characters further behind."""
    return tuple(Place(each.start + by, each.end + by, each.region) for each in places)


def regions_of(places: Sequence[Place], start: int, end: int) -> list[Region]:
    """Where the text from `start` to `end` stands, line by line."""
    return [each.region for each in places if each.start < end and each.end > start]


def packed(places: Iterable[Place]) -> bytes:
    """The places in 18 bytes each; those beyond page 65,535 are left out."""
    found = bytearray()
    for place in places:
        region = place.region
        sides = (region.left, region.top, region.width, region.height)
        if 0 < region.page <= _MOST_PAGE:
            parts = (round(min(max(side, 0.0), 1.0) * _WHOLE) for side in sides)
            found += _PACKED.pack(place.start, place.end, region.page, *parts)
    return bytes(found)


def unpacked(data: bytes) -> tuple[Place, ...]:
    """What `packed` packed."""
    return tuple(
        Place(start, end, Region(page, *(side / _WHOLE for side in sides)))
        for start, end, page, *sides in _PACKED.iter_unpack(data)
    )
