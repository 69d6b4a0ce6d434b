"""Tables (CSV, TSV) with an article on every row under a row of names."""

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.encoding import decode_lines
from hemeroteca.index.sources.extract import Part, Rejected, digest
from hemeroteca.index.sources.extract import line as at_line
from hemeroteca.index.sources.fields import key_of, read_record
from hemeroteca.index.sources.formats.rows import Row, best_rows
from hemeroteca.index.sources.names import KNOWN, FieldNames, plain_name
from hemeroteca.index.sources.records import NOT_UTF8, Numbered, fields_once, read_records

_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)  # as Excel writes it
_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK_LINES = re.compile(r"(?:[ \t]*+(?:\r\n|\r|\n))*+")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_LONGEST_NAMES = 100_000
_LONGEST_NAME = 200
_JOINED = Message("has more values than names: those after its text began were joined to it")
_QUOTES = Message("has quotes that are not closed or not doubled: they were left in its text")


def read_table(stream: BinaryIO, own: FieldNames = KNOWN) -> Iterator[Part]:
    """The articles, row by row; a row that is none is rejected by the line that it begins on.
    Values are parted by what a first line such as "sep=;" says, else by whichever of comma,
    semicolon, tab and bar the line of names has most of.

    A quote that is not closed, or not doubled within a value, spoils its own line only; values
    too many for the names are joined to the text; both are noted. Raises ArticleError if a text
    stands where the names should."""
    decoded = decode_lines(stream.read())
    text = decoded.text.removeprefix("\ufeff")
    start = _blank(text, 0)
    said = _SEPARATOR.match(text, start)
    start = _blank(text, said.end()) if said else start
    first = _LINE_END.split(text[start : start + _LONGEST_NAMES], maxsplit=1)[0]
    delimiter = said[1] if said else max(_DELIMITERS, key=_QUOTED.sub("", first).count)
    names, *rows = best_rows(text, start, delimiter, own) or [Row([], start, start)]
    if not rows and any(len(name) > _LONGEST_NAME for name in names.values):
        raise ArticleError("begins with no line of names: expected such as id, date, title, text")
    found = list(_records(text, names.values, delimiter, rows, decoded.stray, own))
    yield from read_records(lambda: found, at_line)


def _blank(text: str, start: int) -> int:
    """Where the lines without a letter end that begin at `start`."""
    blank = _BLANK_LINES.match(text, start)
    return blank.end() if blank else start


def _records(
    text: str,
    names: list[str],
    delimiter: str,
    rows: list[Row],
    stray: frozenset[int],
    own: FieldNames,
) -> Iterator[Numbered | Rejected]:
    line, counted = 1, 0
    for row in rows:
        line += len(_LINE_END.findall(text, counted, row.start))
        counted = row.start
        content = text[row.start : row.end]
        if not content.strip():
            continue
        notes = [] if row.strict else [_QUOTES]
        last = line + len(_LINE_END.findall(content))
        if stray and not stray.isdisjoint(range(line, last + 1)):
            notes.append(NOT_UTF8)
        values = row.values
        if any(values[len(names) :]):
            values = _join(names, values, delimiter, own)
            notes.append(_JOINED)
        named = [pair for pair in zip(names, values, strict=False) if pair[0].strip()]
        fields, repeated = fields_once(named, own)
        notes += repeated
        try:
            yield Numbered(line, read_record(fields, own), content, tuple(notes))
        except ArticleError as error:
            yield Rejected(at_line(line), error.message, key_of(fields, own), digest(content))


def _join(names: Sequence[str], values: list[str], delimiter: str, own: FieldNames) -> list[str]:
    """As many values as names: those that are too many are parts of the text, in which the
    delimiter stands unquoted."""
    plain = [plain_name(name) for name in names]
    at = next((plain.index(name) for name in own.of("text") if name in plain), len(names) - 1)
    behind = len(names) - at - 1
    end = len(values) - behind
    text = delimiter.join(values[at:end])
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    return [*values[:at], text, *values[end:]]
