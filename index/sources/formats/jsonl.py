"""JSON Lines: a JSON object with an article on every line."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.extract import MAX_ARTICLE_BYTES, Extract, Rejected
from hemeroteca.index.sources.records import from_record

_MAX_LINE_BYTES = 2 * MAX_ARTICLE_BYTES  # escapes and other fields
_UTF8_BOM = b"\xef\xbb\xbf"


def read_lines(stream: BinaryIO) -> Iterator[Extract | Rejected]:
    """The articles, line by line; a line that is none is rejected by its number."""
    number = 0
    while line := stream.readline(_MAX_LINE_BYTES):
        number += 1
        if len(line) == _MAX_LINE_BYTES and not line.endswith(b"\n"):
            _skip_line(stream)
            yield Rejected(
                _line(number), Message("has more than {most:.0f} MB", most=_MAX_LINE_BYTES / 1e6)
            )
        elif line := line.removeprefix(_UTF8_BOM).strip():
            try:
                yield _article(line, _line(number))
            except ArticleError as error:
                yield Rejected(_line(number), error.message)


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(_MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
        pass


def _line(number: int) -> Message:
    return Message("line {number}", number=number)


def _article(line: bytes, where: Message) -> Extract:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ArticleError("is not JSON ({reason})", reason=str(error)) from error
    if not isinstance(record, dict):
        raise ArticleError("is a JSON {kind}: expected an object", kind=type(record).__name__)
    return from_record(record, where)
