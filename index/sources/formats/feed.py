"""RSS and Atom feeds saved as files, and WordPress exports, which look like feeds."""

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.extract import Extract, Rejected, stable_key
from hemeroteca.index.sources.formats import wordpress
from hemeroteca.index.sources.markup import html_text

_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_HEAD_BYTES = 4_096
_MAX_BYTES = 50_000_000  # a feed is held in memory, an export is not


def read_feed(stream: BinaryIO) -> Iterator[Extract | Rejected]:
    """The entries, in order, each with its whole content where the feed has it and its summary
    where not. Raises ArticleError if it is no feed, such as a sitemap."""
    import feedparser

    if wordpress.NAMESPACE in stream.read(_HEAD_BYTES):
        stream.seek(0)
        yield from wordpress.read_export(stream)
        return
    stream.seek(0)
    data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise ArticleError("has more than {most:.0f} MB", most=_MAX_BYTES / 1e6)
    # A feed needs no entities of its own, and expanding them is how small files become huge.
    if b"<!ENTITY" in data:
        raise ArticleError("defines XML entities, which a feed does not need: remove them")
    if _SITEMAP.search(data[:_HEAD_BYTES]):
        raise ArticleError(
            "is a sitemap: it lists {addresses} addresses and holds no articles. Nothing is "
            "fetched: save the pages as files in this folder, and they are read",
            addresses=data.count(b"<loc"),
        )
    # As a stream: feedparser would fetch a string that looks like an address.
    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version"):
        raise ArticleError("is no RSS or Atom feed")
    for number, entry in enumerate(parsed.entries, start=1):
        text = html_text(_content(entry))
        where = Message("entry {number}", number=number)
        if not text:
            yield Rejected(where, Message("has no text"))
            continue
        title = html_text(entry.get("title", "")) or None
        identity = entry.get("id") or entry.get("link") or ""
        yield Extract(text, stable_key(identity, text), title, _day(entry), where=where)


def _content(entry: Any) -> str:
    contents = [content.get("value", "") for content in entry.get("content", [])]
    return str(max([*contents, entry.get("summary", "")], key=len))


def _day(entry: Any) -> date | None:
    """The day as written, in the outlet's own time zone."""
    for name in ("published", "updated"):
        day = parse_date(entry.get(name, ""))
        if day:
            return day
    return None
