"""Tables (CSV, TSV) with an article on every row under a row of names."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.encoding import decode
from hemeroteca.index.sources.extract import MAX_ARTICLE_BYTES, Extract, Rejected
from hemeroteca.index.sources.records import from_record

csv.field_size_limit(MAX_ARTICLE_BYTES)  # the default of 131,072 is less than a long report


def read_table(stream: BinaryIO) -> Iterator[Extract | Rejected]:
    """The articles, row by row; a row that is none is rejected by the line it ends on. Values are
    parted by whichever of comma, semicolon, tab and bar the first line has most of."""
    text = decode(stream.read()).removeprefix("\ufeff")
    names = text.partition("\n")[0]
    delimiter = max(",;\t|", key=names.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Rejected(f"line {rows.line_num}", f"is not CSV ({error})")
            return
        if row is None:
            return
        row.pop("", None)  # values without a name
        where = f"line {rows.line_num}"
        try:
            yield from_record(row, where)
        except ArticleError as error:
            yield Rejected(where, str(error))
