"""XML of any kind that holds articles, told by its root."""

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Part
from hemeroteca.index.sources.formats import abbyy, alto, feed, newsml, newsml1, nitf, page_xml
from hemeroteca.index.sources.names import KNOWN, FieldNames

_HEAD = 16_384
_ASIDE = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)")
_FEED = re.compile(rb"\bxmlUrl\s*=", re.IGNORECASE)
_MOST_LISTED = 50_000_000
_FEEDS = frozenset(("rss", "feed", "rdf", "channel", "urlset", "sitemapindex", ""))
_READERS = {
    "nitf": nitf.read_nitf,
    "newsItem": newsml.read_newsml,
    "newsMessage": newsml.read_newsml,
    "packageItem": newsml.read_newsml,
    "NewsML": newsml1.read_newsml1,
    "alto": alto.read_page,
    page_xml.ROOT: page_xml.read_page_xml,
}


def read_xml(stream: BinaryIO, names: FieldNames = KNOWN) -> Iterator[Part]:
    """The articles of an agency's news (NITF, NewsML), a library's pages (ALTO, PAGE, ABBYY), a
    feed, whose fields may be called by `names`, or a WordPress export. Raises ArticleError if it is
    none of these."""
    head = stream.read(_HEAD).replace(b"\0", b"")  # as UTF-16 has them
    stream.seek(0)
    root = _ROOT.search(_ASIDE.sub(b"", head))
    name = root[1].decode() if root else ""
    if name == "mets":
        raise ArticleError("is METS without its folder, in which its pages lie")
    if name.lower() == "opml":
        raise ArticleError(
            "is a list of {feeds:,} feeds (OPML): it holds addresses and no articles. Nothing is "
            "fetched: save the feeds as files in this folder, and they are read",
            feeds=len(_FEED.findall(stream.read(_MOST_LISTED))),
        )
    if not head.strip():
        raise ArticleError("is empty")
    of_abbyy = abbyy.is_abbyy(name, head)
    if name not in _READERS and name.lower() not in _FEEDS and not of_abbyy:
        raise ArticleError(
            "is XML of another kind than is read: it begins with <{root}>", root=name[:80]
        )
    reader = _READERS.get(name, partial(feed.read_feed, names=names))
    if of_abbyy:
        reader = abbyy.read_abbyy
    yield from reader(stream)
