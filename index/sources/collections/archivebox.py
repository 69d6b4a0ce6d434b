"""ArchiveBox: a folder for each snapshot of a page, with the page in many formats and an
index.json that says which page it is."""

import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.collections.said import Said
from hemeroteca.index.sources.describe import host_of
from hemeroteca.index.sources.looks import Looks

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


@dataclass(frozen=True)
class Snapshot:
    """The file of a snapshot that is read, None if it has none, what is said of it, and the address
    of its page."""

    page: Path | None
    said: Said
    url: str


def snapshot_in(folder: Path, names: Collection[str], looks: Looks) -> Snapshot | None:
    """The snapshot that `folder` is, whose files are `names`; None if it is none. Raises OSError if
    its index cannot be read."""
    if INDEX not in names:
        return None
    said = looks.of(folder / INDEX, "snapshot", _read_index)
    if not said:
        return None
    url, served = said["url"], said["served"]
    names_of_pages = (*_BEFORE_SERVED, *served, *_served(folder, url), *_BEHIND_SERVED)
    page = next(filter(_has_content, (folder / name for name in names_of_pages)), None)
    beside = Said(said["title"], "", Publication(url=url, paper=host_of(url)), entered=False)
    return Snapshot(page, beside, url)


def _read_index(path: Path) -> dict[str, object] | None:
    """What the index of a snapshot says: its address, title, and where the page lies as the server
    sent it."""
    if path.stat().st_size > _MAX_BYTES:
        return None
    try:
        index = json.loads(path.read_bytes())
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
    parts = Path(unquote(name)).parts
    return bool(parts) and ".." not in parts and not Path(name).is_absolute()


def _served(folder: Path, url: str) -> Iterator[str]:
    """The pages in the folder of the host, where the index does not say which: the only one."""
    host = url.partition("://")[2].partition("/")[0]
    if not host or not (folder / host).is_dir():
        return
    found = [
        Path(place, name)
        for place, _, names in os.walk(folder / host)
        for name in names
        if name.lower().endswith(_PAGES)
    ]
    if len(found) == 1:
        yield str(found[0].relative_to(folder))


def _has_content(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0
