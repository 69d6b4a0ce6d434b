"""Tables for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute what begins so


def table(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The rows as CSV, behind the mark by which spreadsheets know UTF-8."""
    yield "\ufeff".encode()
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow(_inert(value) for value in row)
        yield line.getvalue().encode()


def _inert(value: str) -> str:
    """The value as a spreadsheet shows it and does not compute it."""
    return f"'{value}" if value.startswith(_FORMULA) else value
