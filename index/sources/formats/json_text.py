"""One JSON value, also as programs write it that do not quite write JSON."""

import json
import re
from ast import literal_eval
from collections.abc import Callable

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.encoding import decode
from hemeroteca.index.sources.records import NOT_UTF8, fields_once

_OF_PYTHON = re.compile(r"\s*[{\[]+\s*'")
_MAX_OF_PYTHON = 1_000_000  # characters; Python reads them at a hundredth of the pace
_LAST_COMMA = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|,(?=\s*[}\]])', re.DOTALL)


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
