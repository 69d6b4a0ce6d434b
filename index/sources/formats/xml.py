"""XML of any kind that holds articles, told by its root."""

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Part
from hemeroteca.index.sources.formats import alto, feed, newsml, nitf
from hemeroteca.index.sources.names import KNOWN, FieldNames

_HEAD = 16_384
_ASIDE = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)")
_READERS = {
    "nitf": nitf.read_nitf,
    "newsItem": newsml.read_newsml,
    "newsMessage": newsml.read_newsml,
    "packageItem": newsml.read_newsml,
    "alto": alto.read_page,
}


def read_xml(stream: BinaryIO, names: FieldNames = KNOWN) -> Iterator[Part]:
    """The articles of an agency's news (NITF, NewsML-G2), a library's page (ALTO), a feed, whose
    fields may be called by `names`, or a WordPress export. Raises ArticleError if it is none of
    these."""
    head = stream.read(_HEAD).replace(b"\0", b"")  # as UTF-16 has them
    stream.seek(0)
    root = _ROOT.search(_ASIDE.sub(b"", head))
    name = root[1].decode() if root else ""
    if name == "mets":
        raise ArticleError("is METS without its folder, in which its pages lie")
    reader = _READERS.get(name, partial(feed.read_feed, names=names))
    yield from reader(stream)
