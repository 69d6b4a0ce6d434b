"""JSON as a whole: an array of articles, or an object that is one or holds them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.extract import Part, Rejected, digest, entry
from hemeroteca.index.sources.fields import key_of
from hemeroteca.index.sources.formats.json_pieces import pieces
from hemeroteca.index.sources.formats.ninjs import record_of
from hemeroteca.index.sources.names import KNOWN, FieldNames, plain_name
from hemeroteca.index.sources.records import Numbered, read_records

_CONTAINER_DEPTH = 4


def read_values(stream: BinaryIO, names: FieldNames = KNOWN) -> Iterator[Part]:
    """The articles, by their number; what is none is rejected. Raises ArticleError at a value that
    is too large to be held."""

    def records() -> Iterator[Numbered | Rejected]:
        stream.seek(0)
        return _records(stream, names)

    yield from read_records(records, entry)


def _records(stream: BinaryIO, names: FieldNames) -> Iterator[Numbered | Rejected]:
    number = 0
    for piece in pieces(stream, lambda value: records_in(value, names)):
        if isinstance(piece, Message):
            # Without what stands there: all that was read from the file before may be behind it.
            yield Rejected(entry(number + 1), piece)
            continue
        content = digest(piece.data)
        if isinstance(piece.value, ArticleError):
            number += 1
            yield Rejected(entry(number), piece.value.message, content=content)
            continue
        found: Sequence[object] = records_in(piece.value, names) or [piece.value]
        for fields in found:
            number += 1
            try:
                record = record_of(as_object(fields), names)
                yield Numbered(number, record, piece.data, piece.notes)
            except ArticleError as error:
                yield Rejected(entry(number), error.message, as_key(fields, names), content)


def as_object(value: object) -> Mapping[str, object]:
    """Raises ArticleError if `value` is no JSON object."""
    if not isinstance(value, dict):
        raise ArticleError("is a JSON {kind}: expected an object", kind=type(value).__name__)
    return value


def as_key(value: object, names: FieldNames = KNOWN) -> str:
    """The key of the article that `value` would be; "" if it has no id."""
    return key_of(value, names) if isinstance(value, dict) else ""


def records_in(
    value: object, own: FieldNames = KNOWN, depth: int = 0
) -> list[Mapping[str, object]]:
    """The records in what an API or a table's export answers: those of the first list that has
    any; itself, if it is one."""
    if not isinstance(value, dict) or depth > _CONTAINER_DEPTH:
        return []
    if _has_text(value, own):
        return [value]
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        names, rows = value["columns"], value["data"]  # pandas, orient="split"
        return [dict(zip(map(str, names), row, strict=False)) for row in rows if _is_list(row)]
    if by_column := _transposed(value, own):
        return by_column
    inner = list(value.values())
    for listed in [*filter(_is_list, inner), inner]:  # of objects by their numbers, last
        objects = [each for each in listed if isinstance(each, dict)]
        if len(objects) == len(listed) and any(_has_text(each, own) for each in objects):
            return list(objects)
        found = [record for each in objects for record in records_in(each, own, depth + 1)]
        if found:
            return found
    return []


def _has_text(value: Mapping[str, object], names: FieldNames) -> bool:
    try:
        return bool(record_of(value, names).text)
    except ArticleError:
        return False


def _transposed(value: Mapping[str, object], own: FieldNames) -> list[Mapping[str, object]]:
    """The rows of columns such as {"text": {"0": ..., "1": ...}}, as pandas writes a table."""
    columns = {name: column for name, column in value.items() if isinstance(column, dict)}
    texts = [column for name, column in columns.items() if plain_name(name) in own.of("text")]
    if not texts or len(columns) != len(value) or not all(key.isdecimal() for key in texts[0]):
        return []
    return [{name: column.get(key) for name, column in columns.items()} for key in texts[0]]


def _is_list(value: object) -> bool:
    return isinstance(value, list)
