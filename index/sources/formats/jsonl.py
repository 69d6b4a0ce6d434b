"""JSON Lines: a JSON object with an article on every line."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError
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
            yield Rejected(f"line {number}", f"has more than {_MAX_LINE_BYTES / 1e6:.0f} MB")
        elif line := line.removeprefix(_UTF8_BOM).strip():
            try:
                yield _article(line, f"line {number}")
            except ArticleError as error:
                yield Rejected(f"line {number}", str(error))


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(_MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
        pass


def _article(line: bytes, where: str) -> Extract:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"is not JSON ({error})") from error
    if not isinstance(record, dict):
        raise ArticleError(f"is a JSON {type(record).__name__}: expected an object")
    return from_record(record, where)
