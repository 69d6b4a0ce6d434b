"""Tables (CSV, TSV) with an article on every row under a row of names."""

import csv
import io
import threading
from collections.abc import Iterator
from typing import Any, BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.encoding import decode
from hemeroteca.index.sources.extract import MAX_ARTICLE_BYTES, Extract, Rejected
from hemeroteca.index.sources.records import from_record

_limiting = threading.Lock()


def read_table(stream: BinaryIO) -> Iterator[Extract | Rejected]:
    """The articles, row by row; a row that is none is rejected by the line it ends on. Values are
    parted by whichever of comma, semicolon, tab and bar the first line has most of."""
    text = decode(stream.read()).removeprefix("\ufeff")
    names = text.partition("\n")[0]
    delimiter = max(",;\t|", key=names.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")
    while True:
        try:
            row = _next(rows)
        except csv.Error as error:
            where = Message("line {number}", number=rows.line_num)
            yield Rejected(where, Message("is not CSV ({reason})", reason=str(error)))
            return
        if row is None:
            return
        row.pop("", None)  # values without a name
        where = Message("line {number}", number=rows.line_num)
        try:
            yield from_record(row, where)
        except ArticleError as error:
            yield Rejected(where, error.message)


def _next(rows: "csv.DictReader[str]") -> dict[str | Any, Any] | None:
    """The next row, its values as long as an article: csv has one limit for the whole process, and
    its default of 131,072 characters is less than a long report."""
    with _limiting:
        others = csv.field_size_limit(MAX_ARTICLE_BYTES)
        try:
            return next(rows, None)
        finally:
            csv.field_size_limit(others)
