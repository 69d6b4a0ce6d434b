"""What is packed with gzip: a crawl, or XML, as a library packs its pages."""

import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.containers import gunzipped
from hemeroteca.index.sources.extract import Part
from hemeroteca.index.sources.formats.format import Format
from hemeroteca.index.sources.formats.web_archive import read_warc

_MOST_BYTES = 50_000_000
_READ, _HEAD = 4_096, 512
_WITH_HEADER = 31  # zlib's number for gzip


def read_gzip(stream: BinaryIO, markup: Format) -> Iterator[Part]:
    """The articles of a packed WARC, or of packed XML as `markup` reads it. Raises ArticleError if
    something else is packed there."""
    if _is_markup(stream):
        yield from markup.read(gunzipped(stream, _MOST_BYTES))
        return
    try:
        yield from read_warc(stream)
    except ArticleError as error:
        if str(error) != "is no WARC":
            raise
        raise ArticleError("is packed with gzip and is no WARC or XML: unpack it") from error


def _is_markup(stream: BinaryIO) -> bool:
    """Whether XML is packed in `stream`, which is at its beginning and will be again."""
    head = b""
    with suppress(zlib.error):
        head = zlib.decompressobj(_WITH_HEADER).decompress(stream.read(_READ), _HEAD)
    stream.seek(0)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
