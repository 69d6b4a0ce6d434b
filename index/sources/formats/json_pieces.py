"""JSON of any size as its values, one after the other, of which only one is held.

Libraries that stream JSON end at the first fault; here the next value is looked for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.formats.json_text import parse

_CHUNK = 1 << 20
_MAX_RECORD = 50_000_000
_MAX_BYTES = 500_000_000  # of an object that is not in an array, unless it has one
_BEFORE = 1_000  # bytes of a line before its value
_MAX_DEPTH = 100  # of a record
_MAX_READINGS = 20  # of the same byte, where what is damaged is looked for anew
_BETWEEN = re.compile(rb"[\s,\x00]*(?:\xef\xbb\xbf)?[\s,]*")
# A string that is not closed goes to the end: tried from each of its quotes, it would be read anew.
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)
_SCALAR = re.compile(rb"[^\s,\]\[{}]+|[\]}]")
_LIST = re.compile(rb'"[^"\\]{1,100}"\s*:\s*\[\s*(?=\{)')
_NEXT = re.compile(rb"\}\s*,?\s*(?=\{)")
_CUT = Message("is damaged or cut here: what follows cannot be read")


@dataclass(frozen=True)
class Piece:
    """A value as it stands in the file, as read, and what is to be said of that; `value` is the
    ArticleError that says why where it is none."""

    data: bytes
    value: object
    notes: tuple[Message, ...] = ()


def pieces(stream: BinaryIO, holds: Callable[[object], object]) -> Iterator[Piece | Message]:
    """The values of `stream` one by one, those of its arrays apart, and of a large object those of
    its first list of which `holds` says that they are what is looked for; a Message where it ends
    too early. What is damaged goes to where the next value seems to begin. Raises ArticleError at a
    value that is too large to be held."""
    window = _Window(stream)
    at, within, inside = 0, False, False
    lists = True  # whether there may be one behind what was read
    past: set[bytes] = set()
    while (at := window.begin(at)) < len(window.data):
        first = window.data[at : at + 1]
        if first == b"[" and not within:
            at, within = at + 1, True
            continue
        if first == b"]" and within:
            if inside:  # behind the list stands what else its object says
                if not window.ends_with(b"}"):
                    yield _CUT
                return
            at, within = at + 1, False
            continue
        if first not in b"{[":
            end = window.scalar_end(at)
            yield _piece(window.data[at:end])
            at = window.drop(end)
            continue
        end = window.value_end(at, _MAX_RECORD)
        if not end and not within and not window.ended:
            if inner := _list(window.data, at, holds):
                at, within, inside = inner, True, True
                continue
            end = window.value_end(at, _MAX_BYTES)
        if end and not isinstance((found := _piece(window.data[at:end])).value, ArticleError):
            yield found
            at = window.drop(end)
            continue
        inner = _inner(window.data, at) if lists and not within else 0
        lists = within or inner > 0
        if inner:  # an object that holds a list, of which something is damaged
            at, within = inner, True
            continue
        following = window.following(at, past)
        yield _piece(window.data[at : following or len(window.data)])
        if following is None:
            break
        at = window.drop(following)
    else:
        if not within:
            return
    yield _CUT


def _piece(data: bytes) -> Piece:
    try:
        return Piece(data, *parse(data))
    except ArticleError as error:
        return Piece(data, error)


def _inner(data: bytes, at: int) -> int:
    """Where the first list of objects behind `at` begins; 0 if there is none."""
    found = _LIST.search(data, at)
    return found.end() if found else 0


def _list(data: bytes, at: int, holds: Callable[[object], object]) -> int:
    """The same of the first list whose first object `holds` what is looked for."""
    for found in _LIST.finditer(data, at):
        end, _ = _value_end(data, found.end())
        if end and holds(_piece(data[found.end() : end]).value):
            return found.end()
    return 0


class _Window:
    """What is held of a stream: from the value on that is read, as far as was needed until now."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.data = b""
        self.ended = False
        self._spare = 0

    def _more(self) -> bool:
        """Hold as much again, at least a chunk; False at the end of the stream."""
        chunk = self._stream.read(max(_CHUNK, len(self.data)))
        self.ended = not chunk
        self.data += chunk
        self._spare += _MAX_READINGS * len(chunk)
        return bool(chunk)

    def drop(self, at: int) -> int:
        """Let go of what lies before the line of `at`, once that is much; where `at` is then."""
        if at < _CHUNK:
            return at
        line = self.data.rfind(b"\n", 0, at) + 1
        keep = max(line, at - _BEFORE)
        self.data = self.data[keep:]
        return at - keep

    def begin(self, at: int) -> int:
        """Where the next value or bracket from `at` on begins; the end if there is none."""
        while True:
            end = _BETWEEN.match(self.data, at).end()  # type: ignore[union-attr]
            if end < len(self.data):
                return end
            at = self.drop(end)
            if not self._more():
                return len(self.data)

    def scalar_end(self, at: int) -> int:
        """Where the number or word at `at` ends."""
        while True:
            found = _SCALAR.match(self.data, at)
            end = found.end() if found else at + 1
            if end < len(self.data) or end - at > _MAX_RECORD or not self._more():
                return end

    def value_end(self, start: int, most: int) -> int:
        """Where the value that begins at `start` ends; 0 if it does not, nor within `most` bytes.
        Raises ArticleError if it has more than may be held."""
        while True:
            end, read = _value_end(self.data, start)
            if end or read < len(self.data):
                break
            if len(self.data) - start >= most:
                if most == _MAX_BYTES:
                    raise ArticleError(
                        "has a value of more than {most:,.0f} MB: save it as JSON Lines, an "
                        "article on every line",
                        most=_MAX_BYTES / 1e6,
                    )
                return 0
            if not self._more():
                break
        if not end:
            self._spare -= read - start
        return end

    def following(self, start: int, past: set[bytes]) -> int | None:
        """Where the next object behind the damaged one at `start` begins: on a line of its own as
        that did, else behind another's end. In `past` are the indents of which no line follows."""
        if self._spare <= 0:
            return None
        indent = self.data[self.data.rfind(b"\n", 0, start) + 1 : start]
        if not indent.strip() and indent not in past:
            own_line = self._find(lambda at: self.data.find(b"\n" + indent + b"{", at), start)
            if own_line >= 0:
                return own_line + 1 + len(indent)
            past.add(indent)
        found = _NEXT.search(self.data, start)
        while found is None and len(self.data) - start < _MAX_BYTES and self._more():
            found = _NEXT.search(self.data, start)
        return found.end() if found else None

    def _find(self, find: Callable[[int], int], start: int) -> int:
        """What `find` finds from `start` on, in so much as an object may have; -1 if nothing."""
        found = find(start)
        while found < 0 and len(self.data) - start < _MAX_RECORD and self._more():
            found = find(start)
        return found

    def ends_with(self, last: bytes) -> bool:
        """Whether the last byte of the stream that is not blank is `last`."""
        tail = self.data.rstrip()[-1:]
        while chunk := self._stream.read(_CHUNK):
            tail = chunk.rstrip()[-1:] or tail
        return tail == last


def _value_end(data: bytes, start: int) -> tuple[int, int]:
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
