"""The files that a METS file names, which are read with it."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.containers import gunzipped
from hemeroteca.index.sources.formats.mets import (
    HEAD,
    has_articles,
    is_mets,
    named_files,
    relative_name,
)
from hemeroteca.index.sources.looks import Looks

PACKED = ".gz"  # what the name of a page may have at its end that METS does not say
_MAX_PAGE_BYTES = 50_000_000


@dataclass(frozen=True)
class Beside:
    """The files that one names, by the addresses that it gives them."""

    files: tuple[tuple[str, Path], ...] = ()
    has_articles: bool = False

    def open(self, address: str) -> BinaryIO:
        """The file. Raises ArticleError if it is not there or too large."""
        path = self._by_address.get(address)
        if path is None:
            raise missing(address)
        try:
            check_page(path.stat().st_size)
            if path.suffix.lower() != PACKED:
                return path.open("rb")
            with path.open("rb") as stream:
                return gunzipped(stream, _MAX_PAGE_BYTES)
        except OSError as error:
            raise ArticleError(
                "cannot be read: {reason}", reason=error.strerror or str(error)
            ) from error

    @cached_property
    def _by_address(self) -> Mapping[str, Path]:
        return dict(self.files)

    @cached_property
    def size(self) -> int:
        """In bytes, of all of them."""
        return sum(path.stat().st_size for _, path in self.files if path.exists())


def missing(address: str) -> ArticleError:
    """What is to be said of a file that is named and not read."""
    if ".." in PurePosixPath(relative_name(address)).parts or relative_name(address)[:1] == "/":
        return ArticleError("is named by METS and lies outside the folder that is read")
    return ArticleError("is named by METS and is not there")


def check_page(size: int) -> None:
    """Raises ArticleError if a page of so many bytes is too large."""
    if size > _MAX_PAGE_BYTES:
        raise ArticleError("has more than {most:.0f} MB", most=_MAX_PAGE_BYTES / 1e6)


def named_beside(path: Path, root: Path, looks: Looks | None = None) -> Beside | None:
    """The files that the METS file `path` names and that lie under the folder `root`; None if it
    is no METS. One that is not where METS says is looked for by its name below the file's own
    folder."""
    looks = Looks() if looks is None else looks
    named = looks.of(path, "METS", _named)
    if named is None:
        return None
    within = root.resolve()
    listed: dict[str, list[Path]] | None = None
    found = []
    for address in named["files"]:
        name = relative_name(address)
        place = path.parent / name
        if not place.is_file():  # as the National Library of France packs its pages
            place = place.with_name(f"{place.name}{PACKED}")
        if not place.is_file():
            if listed is None:
                listed = _by_name(path.parent)
            same = listed.get(PurePosixPath(name).name, [])
            if len(same) != 1:
                continue
            place = same[0]
        if place.resolve().is_relative_to(within) and not place.samefile(path):
            found.append((address, place))
    for _, inner in list(found):
        more = named_beside(inner, root, looks)  # a table of contents has the pages of the issue
        found += more.files if more else ()
    return Beside(tuple(dict(found).items()), named["has_articles"])


def _named(path: Path) -> dict[str, object] | None:
    """What METS names, and whether it knows articles; None if the file is none."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        if not is_mets(head):
            return None
        data = head + stream.read()
    return {"files": list(named_files(data)), "has_articles": has_articles(data)}


def _by_name(folder: Path) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for place, _, names in os.walk(folder):
        for name in names:
            found.setdefault(name, []).append(Path(place, name))
    return found


def named_within(
    name: str, names: Iterable[str], read: Callable[[str], bytes]
) -> Mapping[str, str] | None:
    """The same of the file `name` in a container whose files are `names`: which of them each
    address is."""
    data = read(name)
    if not is_mets(data[:HEAD]):
        return None
    folder = PurePosixPath(name).parent
    known = set(names)
    by_name: dict[str, list[str]] = {}
    for each in known:
        if PurePosixPath(each).is_relative_to(folder):
            by_name.setdefault(PurePosixPath(each).name, []).append(each)
    found = {}
    for address in named_files(data):
        relative = relative_name(address)
        place = os.path.normpath(str(folder / relative)).replace(os.sep, "/")
        if place not in known and f"{place}{PACKED}" in known:
            place = f"{place}{PACKED}"
        same = by_name.get(PurePosixPath(relative).name, [])
        if place in known:
            found[address] = place
        elif len(same) == 1:
            found[address] = same[0]
    return {address: place for address, place in found.items() if place != name}


def opener(places: Mapping[str, str], read: Callable[[str], bytes]) -> Callable[[str], BinaryIO]:
    """What opens a file of a container by its address."""

    def open_page(address: str) -> BinaryIO:
        if address not in places:
            raise missing(address)
        stream = BytesIO(read(places[address]))
        is_packed = places[address].lower().endswith(PACKED)
        return gunzipped(stream, _MAX_PAGE_BYTES) if is_packed else stream

    return open_page
