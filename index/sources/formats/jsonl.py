"""JSON Lines: a JSON object with an article on every line."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO, cast

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.extract import MAX_ARTICLE_BYTES, Part, Rejected, digest
from hemeroteca.index.sources.extract import line as at_line
from hemeroteca.index.sources.formats.json_text import parse
from hemeroteca.index.sources.formats.json_values import (
    as_key,
    as_object,
    read_values,
)
from hemeroteca.index.sources.formats.ninjs import record_of
from hemeroteca.index.sources.names import KNOWN, FieldNames
from hemeroteca.index.sources.records import Numbered, read_records

_MAX_LINE_BYTES = 2 * MAX_ARTICLE_BYTES  # escapes and other fields
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_lines(stream: BinaryIO, names: FieldNames = KNOWN) -> Iterator[Part]:
    """The articles, line by line; a line that is none is rejected by its number. An array, or an
    object over several lines, is read as a whole."""
    stream = _as_utf8(stream)
    line = _first_line(stream)
    stream.seek(0)
    whole = line.startswith(b"[") or line == b"{"
    yield from read_values(stream, names) if whole else _read_lines(stream, names)


def read_json(stream: BinaryIO, names: FieldNames = KNOWN) -> Iterator[Part]:
    """The articles of JSON as a whole, or of lines, whatever the name says."""
    stream = _as_utf8(stream)
    line = _first_line(stream)
    alone = not stream.read(_MAX_LINE_BYTES).strip()
    stream.seek(0)
    lines = line.startswith(b"{") and line.endswith(b"}") and not alone and _is_object(line)
    yield from _read_lines(stream, names) if lines else read_values(stream, names)


def _as_utf8(stream: BinaryIO) -> BinaryIO:
    if stream.read(2) in _UTF16_BOMS:
        stream.seek(0)
        return cast(BinaryIO, codecs.EncodedFile(stream, "utf-8", "utf-16"))
    stream.seek(0)
    return stream


def _first_line(stream: BinaryIO) -> bytes:
    """The first line that is not blank, of a length that a line may have."""
    line = b""
    while not line and (read := stream.readline(_MAX_LINE_BYTES)):
        line = read.removeprefix(_UTF8_BOM).strip()
    return line


def _is_object(line: bytes) -> bool:
    try:
        as_object(parse(line)[0])
    except ArticleError:
        return False
    return True


def _read_lines(stream: BinaryIO, names: FieldNames) -> Iterator[Part]:
    def records() -> Iterator[Numbered | Rejected]:
        stream.seek(0)
        return _records(stream, names)

    yield from read_records(records, at_line)


def _records(stream: BinaryIO, names: FieldNames) -> Iterator[Numbered | Rejected]:
    number = 0
    while line := stream.readline(_MAX_LINE_BYTES):
        number += 1
        where = at_line(number)
        if len(line) == _MAX_LINE_BYTES and not line.endswith(b"\n"):
            _skip_line(stream)
            most = Message("has more than {most:.0f} MB", most=_MAX_LINE_BYTES / 1e6)
            yield Rejected(where, most, content=digest(line))
        elif line := line.removeprefix(_UTF8_BOM).strip():
            value: object = None
            try:
                value, notes = parse(line)
                yield Numbered(number, record_of(as_object(value), names), line, notes)
            except ArticleError as error:
                yield Rejected(where, error.message, as_key(value, names), digest(line))


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(_MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
        pass
