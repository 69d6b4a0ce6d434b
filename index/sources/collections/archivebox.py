"""ArchiveBox: a folder for each snapshot of a page, with the page in many formats and an
index.json that says which page it is."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Generic, TypeVar
from urllib.parse import unquote

from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.collections.said import Said
from hemeroteca.index.sources.describe import host_of
from hemeroteca.index.sources.pages.packed import Place, size_of

COLLECTION = "ArchiveBox.conf"  # lies in the folder of a collection
SNAPSHOTS = "archive"
INDEX = "index.json"
_MAX_BYTES = 20_000_000
_TELLING = ("timestamp", "history", "canonical", "archive_path", "hash", "base_url", "sources")
# What ArchiveBox makes of a page, the most faithful first: the page whole, as the browser had it,
# as the server sent it, and what programs took for its text.
_BEFORE_SERVED = ("singlefile.html", "output.html", "dom/output.html", "singlefile/singlefile.html")
_BEHIND_SERVED = (
    "readability/content.html", "mercury/content.html", "htmltotext.txt",
    "readability/content.txt", "mercury/content.txt", "output.pdf", "pdf/output.pdf",
)  # fmt: skip
_PAGES = (".html", ".htm", ".xhtml")


P = TypeVar("P", bound=Place)


@dataclass(frozen=True)
class Snapshot(Generic[P]):
    """The file of a snapshot that is read, None if it has none, what is said of it, and the address
    of its page."""

    page: P | None
    said: Said
    url: str


def snapshot_in(
    folder: P, names: Collection[str], index_in: Callable[[P], Mapping[str, Any] | None]
) -> Snapshot[P] | None:
    """The snapshot that `folder` is, whose files are `names` and whose index is read by `index_in`;
    None if it is none. Raises OSError if that cannot be read."""
    if INDEX not in names:
        return None
    said = index_in(folder / INDEX)
    if not said:
        return None
    url, served = said["url"], said["served"]
    names_of_pages = (*_BEFORE_SERVED, *served)
    pages = [*(folder / name for name in names_of_pages), *_served(folder, url)]
    pages += [folder / name for name in _BEHIND_SERVED]
    page = next((each for each in pages if each.is_file() and size_of(each)), None)
    beside = Said(said["title"], "", Publication(url=url, paper=host_of(url)), entered=False)
    return Snapshot(page, beside, url)


def read_index(stream: BinaryIO) -> dict[str, object] | None:
    """What the index of a snapshot says: its address, title, and where the page lies as the server
    sent it."""
    data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        return None
    try:
        index = json.loads(data)
    except ValueError:
        return None
    if not isinstance(index, dict) or not isinstance(index.get("url"), str):
        return None
    if sum(name in index for name in _TELLING) < 2:
        return None
    title = index.get("title")
    places = index.get("canonical")
    served = places.get("wget_path") if isinstance(places, Mapping) else None
    return {
        "url": index["url"],
        "title": title if isinstance(title, str) and title != index["url"] else "",
        "served": [unquote(served)] if isinstance(served, str) and _is_within(served) else [],
    }


def _is_within(name: str) -> bool:
    path = PurePosixPath(unquote(name))
    return bool(path.parts) and ".." not in path.parts and not path.is_absolute()


def _served(folder: P, url: str) -> Iterator[P]:
    """The pages in the folder of the host, where the index does not say which: the only one."""
    host = url.partition("://")[2].partition("/")[0]
    if not host or not (folder / host).is_dir():
        return
    found = list(_pages_below(folder / host))
    if len(found) == 1:
        yield found[0]


def _pages_below(folder: P) -> Iterator[P]:
    for each in folder.iterdir():
        if each.is_dir() and not (isinstance(each, Path) and each.is_symlink()):
            yield from _pages_below(each)
        elif each.suffix.lower() in _PAGES:
            yield each
