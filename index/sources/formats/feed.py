"""RSS and Atom feeds saved as files, and WordPress exports, which look like feeds."""

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.describe import authors_of, web_address
from hemeroteca.index.sources.extract import Part, Rejected, digest
from hemeroteca.index.sources.extract import entry as at_entry
from hemeroteca.index.sources.fields import Record, with_own
from hemeroteca.index.sources.formats import wordpress
from hemeroteca.index.sources.markup import html_text
from hemeroteca.index.sources.names import KNOWN, FieldNames
from hemeroteca.index.sources.records import NOT_UTF8, Numbered, read_records
from hemeroteca.index.sources.xml_tree import read_xml_text
from hemeroteca.index.text.characters import clean
from hemeroteca.index.text.language import LANGUAGES

_SITEMAP = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_HEAD = 4_096
_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*?-->\s*)*$", re.I | re.DOTALL)


def read_feed(stream: BinaryIO, names: FieldNames = KNOWN) -> Iterator[Part]:
    """The entries, in order, each with its whole content where the feed has it and its summary
    where not. Raises ArticleError if it is no feed, such as a sitemap."""
    import feedparser

    if wordpress.NAMESPACE in stream.read(_HEAD):
        stream.seek(0)
        yield from wordpress.read_export(stream)
        return
    stream.seek(0)
    decoded = read_xml_text(stream)
    text = decoded.text
    if _SITEMAP.search(text[:_HEAD]):
        raise ArticleError(
            "is a sitemap: it lists {addresses} addresses and holds no articles. Nothing is "
            "fetched: save the pages as files in this folder, and they are read",
            addresses=text.count("<loc"),
        )
    # As a stream: feedparser would fetch a string that looks like an address.
    parsed = feedparser.parse(
        io.BytesIO(text.encode(errors="replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version"):
        raise ArticleError("is no RSS or Atom feed")
    found = list(_records(parsed, (NOT_UTF8,) if decoded.stray else (), names))
    yield from read_records(lambda: found, at_entry)
    if _ROOT.search(text) and not _END.search(text[-_HEAD:]):
        reason = Message("is damaged or cut here: what follows cannot be read")
        yield Rejected(at_entry(len(found) + 1), reason)


def _records(
    parsed: Any, notes: tuple[Message, ...], names: FieldNames
) -> Iterator[Numbered | Rejected]:
    language = str(parsed.feed.get("language", ""))[:2].lower()
    paper = html_text(str(parsed.feed.get("title", "")))
    for number, entry in enumerate(parsed.entries, start=1):
        own = with_own(Record(""), entry, names)
        identity = own.identity or entry.get("id") or entry.get("link") or ""
        markup = own.text or _content(entry)
        try:
            text = html_text(markup)
            title = html_text(entry.get("title", "")) or None
        except ArticleError as error:
            content = digest(f"{identity} {markup}")
            yield Rejected(at_entry(number), error.message, identity, content)
            continue
        if not clean(text).strip():
            content = digest(f"{identity} {title}")
            yield Rejected(at_entry(number), Message("has no text"), identity, content)
            continue
        # The day as written, in the outlet's own time zone.
        published = str(entry.get("published", ""))
        # Asked by its own method, feedparser would give the one for the other.
        updated = str(dict.get(entry, "updated", ""))
        record = Record(
            text,
            identity,
            title,
            tuple(filter(None, (published, updated))),
            updated,
            language if language in LANGUAGES else None,
            publication=_publication(entry, paper),
        )
        record = with_own(record, entry, names)
        yield Numbered(number, record, f"{identity} {updated} {title} {text}", notes)


def _publication(entry: Any, paper: str) -> Publication:
    """Of an entry, whose feed is that of `paper` unless it names a source of its own."""
    source = entry.get("source") or {}
    tags = [tag.get("term") for tag in entry.get("tags", []) if tag.get("term")]
    return Publication(
        paper=html_text(str(source.get("title") or "")) or paper,
        authors=authors_of([person for person in entry.get("authors", []) if person]),
        section=str(tags[0]) if tags else "",
        url=web_address(str(entry.get("link") or entry.get("id") or "")),
    )


def _content(entry: Any) -> str:
    contents = [content.get("value", "") for content in entry.get("content", [])]
    return str(max([*contents, entry.get("summary", "")], key=len))
