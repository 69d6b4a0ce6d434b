"""JSON as a whole: an array of articles, or an object that is one or holds them."""

import json
import re
from ast import literal_eval
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.encoding import decode
from hemeroteca.index.sources.extract import Part, Rejected, digest, entry
from hemeroteca.index.sources.fields import key_of
from hemeroteca.index.sources.formats.ninjs import record_of
from hemeroteca.index.sources.names import KNOWN, FieldNames, plain_name
from hemeroteca.index.sources.records import NOT_UTF8, Numbered, fields_once, read_records

_MAX_BYTES = 500_000_000  # held in memory, unlike lines
_MAX_DEPTH = 100  # of a record
_CONTAINER_DEPTH = 4
_MAX_READINGS = 20  # of the same byte, where what is damaged is looked for anew
_BETWEEN = re.compile(rb"[\s,\x00]*(?:\xef\xbb\xbf)?[\s,]*")
_OF_PYTHON = re.compile(r"\s*[{\[]+\s*'")
_MAX_OF_PYTHON = 1_000_000  # characters; Python reads them at a hundredth of the pace
_LAST_COMMA = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|,(?=\s*[}\]])', re.DOTALL)
# A string that is not closed goes to the end: tried from each of its quotes, it would be read anew.
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)
_SCALAR = re.compile(rb"[^\s,\]\[{}]+|[\]}]")
_LIST = re.compile(rb'"[^"\\]{1,100}"\s*:\s*\[\s*(?=\{)')


def read_values(stream: BinaryIO, names: FieldNames = KNOWN) -> Iterator[Part]:
    """The articles, by their number; what is none is rejected. Raises ArticleError if the file is
    too large to be held."""
    data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise ArticleError(
            "has more than {most:,.0f} MB: save it as JSON Lines, an article on every line",
            most=_MAX_BYTES / 1e6,
        )
    yield from read_records(lambda: _records(data, names), entry)


def _records(data: bytes, names: FieldNames) -> Iterator[Numbered | Rejected]:
    number = 0
    for piece in _pieces(data):
        if isinstance(piece, Message):
            # Without what stands there: all that was read from the file before may be behind it.
            yield Rejected(entry(number + 1), piece)
            continue
        where, content = entry(number + 1), digest(piece)
        try:
            value, notes = parse(piece)
        except ArticleError as error:
            number += 1
            yield Rejected(where, error.message, content=content)
            continue
        found: Sequence[object] = records_in(value, names) or [value]
        for fields in found:
            number += 1
            where = entry(number)
            try:
                yield Numbered(number, record_of(as_object(fields), names), piece, notes)
            except ArticleError as error:
                yield Rejected(where, error.message, as_key(fields, names), content)


def parse(data: bytes) -> tuple[object, tuple[Message, ...]]:
    """The JSON value in `data`, and what is to be said of how it was read; controls within its
    strings are let through, and so is what Python writes for it, and a comma behind the last value.
    Raises ArticleError if it is none."""
    notes: tuple[Message, ...] = ()
    repeated: list[Message] = []

    def record(pairs: list[tuple[str, object]]) -> dict[str, object]:
        fields, said = fields_once(pairs)
        repeated.extend(said)
        return fields

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text, notes = decode(data), (NOT_UTF8,)
    try:
        value = json.loads(text, strict=False, object_pairs_hook=record)
    except (ValueError, RecursionError) as error:
        try:
            value, said = _nearly(text, record)
        except (ValueError, RecursionError, SyntaxError, MemoryError, TypeError):
            raise ArticleError("is not JSON ({reason})", reason=str(error)) from error
        repeated.append(said)
    return value, (*notes, *repeated)


def _nearly(
    text: str, record: Callable[[list[tuple[str, object]]], object]
) -> tuple[object, Message]:
    """What is no JSON, and what it is."""
    if _OF_PYTHON.match(text) and len(text) <= _MAX_OF_PYTHON:
        return literal_eval(text.strip()), Message("is written as Python does, not as JSON")
    mended = _LAST_COMMA.sub(lambda found: found[0] if found[0][0] == '"' else "", text)
    value = json.loads(mended, strict=False, object_pairs_hook=record)
    return value, Message("has a comma behind its last value, which JSON has not")


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


def _pieces(data: bytes) -> Iterator[bytes | Message]:
    """The values of `data` one by one, those of its arrays apart; a Message where it ends too
    early. What is damaged goes to where the next value seems to begin."""
    at, within, spare = 0, False, _MAX_READINGS * len(data)
    lists = True  # whether there may be one behind what was read
    past: set[bytes] = set()
    while (at := _BETWEEN.match(data, at).end()) < len(data):  # type: ignore[union-attr]
        first = data[at : at + 1]
        if first == b"[" and not within:
            at, within = at + 1, True
            continue
        if first == b"]" and within:
            at, within = at + 1, False
            continue
        if first not in b"{[":
            scalar = _SCALAR.match(data, at)
            end = scalar.end() if scalar else at + 1
            yield data[at:end]
            at = end
            continue
        end, read = _end(data, at)
        if end and _is_json(data[at:end]):
            yield data[at:end]
            at = end
            continue
        spare -= read - at
        inner = _LIST.search(data, at) if lists and not within else None
        lists = within or inner is not None
        if inner:  # an object that holds a list, of which something is damaged
            at, within = inner.end(), True
            continue
        following = _following(data, at, past) if spare > 0 else None
        yield data[at : following or len(data)]
        if following is None:
            break
        at = following
    else:
        if not within:
            return
    yield Message("is damaged or cut here: what follows cannot be read")


def _is_json(piece: bytes) -> bool:
    try:
        parse(piece)
    except ArticleError:
        return False
    return True


def _end(data: bytes, start: int) -> tuple[int, int]:
    """Where the value that begins at `start` ends, 0 if it does not, and how far was read."""
    depth, at = 0, start
    for token in _TOKEN.finditer(data, start):
        at = token.end()
        if data[token.start()] in b"{[":
            depth += 1
        elif data[token.start()] in b"}]":
            depth -= 1
        if depth == 0:
            return at, at
        if depth > _MAX_DEPTH:
            return 0, at
    return 0, len(data)


def _following(data: bytes, start: int, past: set[bytes]) -> int | None:
    """Where the next object behind the damaged one at `start` begins: on a line of its own as that
    did, else behind another's end. In `past` are the indents of which no line follows."""
    indent = data[data.rfind(b"\n", 0, start) + 1 : start]
    if not indent.strip() and indent not in past:
        own_line = data.find(b"\n" + indent + b"{", start)
        if own_line >= 0:
            return own_line + 1 + len(indent)
        past.add(indent)
    behind = re.compile(rb"\}\s*,?\s*(?=\{)").search(data, start)
    return behind.end() if behind else None
