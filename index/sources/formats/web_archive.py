"""Web archives, as WARC or packed as WACZ: the articles among their captures."""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import BinaryIO
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.containers import open_container, stored
from hemeroteca.index.sources.describe import host_of
from hemeroteca.index.sources.extract import (
    MAX_ARTICLE_BYTES,
    Extract,
    LeftOut,
    Part,
    Rejected,
    Version,
    digest,
    reason_of,
    stable_key,
)
from hemeroteca.index.sources.formats.captures import Capture, Damage, captures
from hemeroteca.index.sources.formats.menus import is_menu
from hemeroteca.index.sources.formats.webpage import article_in, decode_page, tree_of

_MAX_FILES = 100_000
_MAX_BYTES = 50_000_000_000
_MAX_LIST_BYTES = 100_000_000
_PAGES = frozenset(("", "text/html", "application/xhtml+xml"))
# What says how one came to a page, and not which it is.
_TRACKING = ("utm_", "fbclid", "gclid", "mc_", "ref_src", "igshid", "_ga", "sessionid", "phpsessid")
_INDEX = ("index.html", "index.htm", "index.php")
Opener = Callable[[], BinaryIO]


def read_warc(stream: BinaryIO) -> Iterator[Part]:
    """The articles of the newest capture of each address. Raises ArticleError if it is no WARC."""
    yield from _Crawl([_File("", lambda: stream)]).parts()


def read_wacz(stream: BinaryIO) -> Iterator[Part]:
    """The same of all WARC files in a WACZ; where it lists its pages, of these alone."""
    with open_container(stream, _MAX_FILES, _MAX_BYTES) as container:
        entries = sorted(container.infolist(), key=lambda entry: entry.filename)
        warcs = [e for e in entries if e.filename.lower().endswith((".warc", ".warc.gz"))]
        if not warcs:
            raise ArticleError("is a WACZ without a WARC")
        files = [_File(entry.filename, _opener(container, entry)) for entry in warcs]
        yield from _Crawl(files, _listed(container, entries)).parts()


@contextmanager
def open_crawl(stream: BinaryIO, name: str = "") -> Iterator[BinaryIO]:
    """The WARC file `stream`, or the one of this `name` in the WACZ that it is. Raises ArticleError
    if it is none, KeyError if it holds no such file."""
    if not name:
        yield stream
        return
    with open_container(stream, _MAX_FILES, _MAX_BYTES) as container:
        yield _opener(container, container.getinfo(name))()


def _opener(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Opener:
    if entry.compress_type == zipfile.ZIP_STORED and container.fp is not None:
        return lambda: stored(container, entry)
    return lambda: io.BufferedReader(container.open(entry))  # type: ignore[type-var,return-value]


def _listed(container: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> frozenset[str]:
    """The addresses of the pages that a WACZ lists, as `address_key` has them."""
    found = set()
    for entry in entries:
        if not entry.filename.startswith("pages/") or not entry.filename.endswith(".jsonl"):
            continue
        if entry.file_size > _MAX_LIST_BYTES:
            continue
        for line in container.read(entry).splitlines():
            try:
                page = json.loads(line)
            except ValueError:
                continue
            if isinstance(page, dict) and isinstance(page.get("url"), str):
                found.add(address_key(page["url"]))
    return frozenset(found)


def address_key(url: str) -> str:
    """What is the same for addresses of one page: without scheme, "www.", fragment, and what only
    says how one came there."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path
    for name in _INDEX:
        path = path.removesuffix(name)
    pairs = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not pair[0].lower().startswith(_TRACKING)
    ]
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{urlencode(sorted(pairs))}" if pairs else ""
    return f"{host}{port}{path.rstrip('/')}{query}"


@dataclass(frozen=True)
class _File:
    """A WARC file by its name in the archive, "" where it is the archive."""

    name: str
    open: Opener

    def where(self, place: int) -> Message:
        if self.name:
            return Message("{file}, byte {place}", file=self.name, place=place)
        return Message("byte {place}", place=place)


@dataclass
class _Crawl:
    """The captures of some files as a whole: which are read, and how many are not, and why."""

    files: list[_File]
    listed: frozenset[str] = frozenset()
    left: Counter[str] = field(default_factory=Counter)
    # Where each picture lies, in which file; the first of its captures.
    pictures: dict[str, tuple[int, int]] = field(default_factory=dict)

    def parts(self) -> Iterator[Part]:
        """The articles, what is damaged, and how many captures were left out for which reason."""
        newest = self._newest()
        texts: set[str] = set()
        for number, file in enumerate(self.files):
            read = newest.get(number, set())
            for found in captures(file.open(), read, MAX_ARTICLE_BYTES):
                if isinstance(found, Damage):
                    yield Rejected(file.where(found.offset), found.reason)
                elif found.body is not None:
                    yield from self._article(found, file, texts)
        for kind, number in sorted(self.left.items()):
            said = _left_out(kind, number)
            yield LeftOut("", said, digest(str(said)))

    def _newest(self) -> dict[int, set[int]]:
        """The numbers of the captures to read, for each file by its number."""
        latest: dict[str, tuple[datetime | None, int, int]] = {}
        digests: dict[str, str] = {}
        known: dict[str, str] = {}  # the digest of the capture to read of each address
        for number, file in enumerate(self.files):
            for found in captures(file.open(), (), 0):
                if isinstance(found, Damage):
                    continue
                if found.kind.startswith("image/") and found.status == 200:
                    self.pictures.setdefault(_picture_key(found.url), (number, found.offset))
                if found.kind not in _PAGES:
                    continue
                if found.status != 200:
                    self.left["errors"] += 1
                    continue
                key = address_key(found.url)
                before = latest.get(key)
                if before and not _is_later(found.moment, before[0]):
                    self.left["older"] += 1
                    continue
                if before:
                    self.left["older"] += 1
                latest[key] = found.moment, number, found.number
                known[key] = found.digest
        listed = latest.keys() & self.listed
        chosen: dict[int, set[int]] = {}
        for key, (_, number, capture) in latest.items():
            if listed and key not in listed:
                self.left["unlisted"] += 1
            elif (mark := known[key]) and digests.setdefault(mark, key) != key:
                self.left["same"] += 1
            else:
                chosen.setdefault(number, set()).add(capture)
        return chosen

    def _article(self, found: Capture, file: _File, texts: set[str]) -> Iterator[Part]:
        where = found.url
        key = stable_key(address_key(found.url), "")
        body = found.body or b""
        try:
            if len(body) > MAX_ARTICLE_BYTES:
                raise ArticleError("has more than {most:.0f} MB", most=MAX_ARTICLE_BYTES / 1e6)
            page = tree_of(decode_page(body, found.charset))
            if page is None or is_menu(page, found.url):
                self.left["menus"] += 1
                return
            article = article_in(page, partial(self._picture, found.url))
        except ArticleError as error:
            if str(error).startswith("has no article"):
                self.left["menus"] += 1
            else:
                yield Rejected(where, error.message, key, digest(body))
            return
        except Exception as error:  # what libraries raise has no end
            yield Rejected(where, reason_of(error), key, digest(body))
            return
        mark = digest(f"{article.title}\0{article.text}")
        if mark in texts:
            self.left["same"] += 1
            return
        texts.add(mark)
        yield self._placed(article, found, key, where)

    def _picture(self, page: str, address: str) -> str:
        """Where the picture lies that a page shows from `address`, as `Picture.at` says it; "" if
        it was not captured."""
        try:
            place = self.pictures.get(_picture_key(urljoin(page, address)))
        except ValueError:  # no address
            return ""
        if place is None:
            return ""
        number, offset = place
        return " ".join(filter(None, ("inside", str(offset), self.files[number].name)))

    def _placed(self, article: Extract, found: Capture, key: str, where: str) -> Extract:
        known = article.publication
        known = replace(known, paper=known.paper or host_of(found.url), url=found.url)
        # A crawl comes in many files, and is repeated: of a page the newest capture of all counts.
        moment = found.moment.isoformat() if found.moment else ""
        return replace(
            article,
            key=key,
            where=where,
            publication=known,
            exported=True,
            version=Version(f"page {address_key(found.url)}", moment),
        )


def _picture_key(url: str) -> str:
    return url.partition("#")[0].partition("://")[2]


def _left_out(kind: str, number: int) -> Message:
    """How many captures of a kind were left out."""
    said = {
        "errors": Message("redirects and errors: {number:,}", number=number),
        "older": Message("older captures of pages that are read: {number:,}", number=number),
        "unlisted": Message(
            "frames and other pages that are not listed: {number:,}", number=number
        ),
        "same": Message("pages that say what another says: {number:,}", number=number),
        "menus": Message("pages without an article, such as menus: {number:,}", number=number),
    }
    return said[kind]


def _is_later(moment: datetime | None, other: datetime | None) -> bool:
    return other is None or (moment is not None and moment >= other)
