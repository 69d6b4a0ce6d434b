"""WARC: what a crawler was answered, one capture after the other."""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO, Literal

from hemeroteca.index.errors import ArticleError, Message

_GZIP = b"\x1f\x8b\x08"
_BEGIN = re.compile(rb"(?:^|\r?\n)WARC/[01]\.\d+\r?\n")
_CHUNK = 1 << 20
_HEAD = 1 << 16
_PART = 1 << 14  # of what is packed, read at once
_GAP = 32  # bytes behind a record that may be blank
_RECORD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    b"Content-Length: %d\r\n\r\n"
)
_LENGTH = re.compile(rb"^Content-Length:\s*(\d+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Capture:
    """The answer to a request: its `number` among the captures, the place `offset` (bytes) of its
    record in the file, its address, when it was made, HTTP's status and kind of content, in which
    `charset`, and the digest of its content, if its record has one. `body` is its content, None
    unless it was asked for."""

    number: int
    offset: int
    url: str
    moment: datetime | None
    status: int
    kind: str
    charset: str | None
    digest: str
    body: bytes | None = None


@dataclass(frozen=True)
class Damage:
    """A record at `offset` that cannot be read, and why."""

    offset: int
    reason: Message


def captures(stream: BinaryIO, asked: Collection[int], most: int) -> Iterator[Capture | Damage]:
    """The captures of a WARC file, packed or not, in order; of those whose numbers are `asked` for
    the content, at most `most` + 1 bytes of it, whatever it was encoded in. Behind what is damaged
    it goes on with the next record. Raises ArticleError if the file is no WARC."""
    if not _looks_like_warc(stream):
        raise ArticleError("is no WARC")
    ends = _Ends(stream)
    at: int | None = 0
    number = place = 0
    while at is not None:
        place, following, whole = at, None, False
        try:
            for record in _records(stream, at, parse=not asked):
                place = record.stream_pos
                if wrong := ends.wrong(place):
                    yield Damage(place, Message("has a wrong length, or none: it ends elsewhere"))
                    following = wrong.following
                    break
                if not record.record_type & _kinds():
                    continue
                number, whole = number + 1, True
                found = _capture(record, number)
                if found and number in asked:
                    whole = False
                    stored = record.reader.read(most + _HEAD)
                    whole = True
                    yield _with_content(found, stored, most)
                elif found:
                    yield found
            at = following
        except (OSError, ValueError) as error:
            said = " ".join(str(error).split())[:200]
            if whole:
                reason = Message("is followed by what is damaged ({reason})", reason=said)
            else:
                reason = Message("is damaged ({reason})", reason=said)
            yield Damage(place, reason)
            at = _next_record(stream, place + 1)
    if lost := _lost_end(stream, place):
        yield lost


def content_at(stream: BinaryIO, offset: int, most: int) -> bytes:
    """The content of the capture whose record begins at byte `offset`, at most `most` bytes of it.
    Raises ArticleError if there is none or it is larger, OSError or ValueError if it is damaged."""
    for record in _records(stream, offset, parse=False):
        found = _capture(record, 1)
        whole = _with_content(found, record.reader.read(most + _HEAD), most) if found else None
        if isinstance(whole, Capture) and whole.body and len(whole.body) <= most:
            return whole.body
        break
    raise ArticleError("the picture is damaged")


def _kinds() -> Any:
    """What is the answer to a request."""
    from fastwarc.warc import WarcRecordType

    return WarcRecordType.response | WarcRecordType.resource


def _records(stream: BinaryIO, at: int, parse: bool) -> Iterator[Any]:
    """The records from `at` on; not decoded, since one that is not encoded as it says would end
    them."""
    from fastwarc.warc import ArchiveIterator

    stream.seek(at)
    return iter(ArchiveIterator(stream, parse_http=parse, auto_decode="none", quirks_mode=True))


def _capture(record: Any, number: int) -> Capture | None:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    if not url.lower().startswith(("http://", "https://")):
        return None
    http = record.http_headers
    kind = record.http_content_type if http else record.headers.get("Content-Type")
    return Capture(
        number,
        record.stream_pos,
        url,
        record.record_date,
        (http.status_code or 0) if http else 200,
        (kind or "").partition(";")[0].strip().lower(),
        record.http_charset if http else None,
        record.headers.get("WARC-Payload-Digest") or "",
    )


def _with_content(found: Capture, stored: bytes, most: int) -> Capture | Damage:
    """The capture with the content of what is `stored` of it, decoded as its head says, or else
    as it lies there: crawlers decode and let the head stand."""
    from fastwarc.warc import ArchiveIterator

    if not stored.startswith(b"HTTP/"):
        return replace(found, body=stored)
    begin = _RECORD % len(stored)
    decodings: tuple[Literal["all", "content", "transfer", "none"], ...]
    decodings = ("all", "content", "transfer", "none")
    for decoding in decodings:
        packed = io.BytesIO(begin + stored + b"\r\n\r\n")
        try:
            for record in ArchiveIterator(packed, parse_http=True, auto_decode=decoding):
                body = record.reader.read(most + 1)
                if body and body[:3] != _GZIP:
                    return replace(found, body=body, charset=record.http_charset)
        except (OSError, ValueError):
            continue
    if stored.rstrip().endswith(b"\r\n\r\n") or b"\r\n\r\n" not in stored.rstrip():
        return replace(found, body=b"")
    return Damage(found.offset, Message("has a content that cannot be decoded"))


@dataclass(frozen=True)
class _Wrong:
    """A record ends elsewhere than it says; where the next one begins, None if there is none."""

    following: int | None


class _Ends:
    """Whether the records of a file end where they say: one that does not takes in, or cuts, what
    follows it, and the library says nothing."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        stream.seek(0)
        self._packed = stream.read(len(_GZIP)) == _GZIP
        # To go back and forth there would take for ever.
        self._unknown = isinstance(getattr(stream, "raw", None), zipfile.ZipExtFile)

    def wrong(self, at: int) -> _Wrong | None:
        """That the record at `at` does not end where it says, if it does not."""
        if self._unknown:
            return None
        before = self._stream.tell()
        try:
            return self._packed_wrong(at) if self._packed else self._plain_wrong(at)
        finally:
            self._stream.seek(before)

    def _plain_wrong(self, at: int) -> _Wrong | None:
        stream = self._stream
        stream.seek(at)
        head = stream.read(_HEAD)
        end = head.find(b"\r\n\r\n")
        if end < 0:
            return None
        if length := _LENGTH.search(head[:end]):
            stop = at + end + 4 + int(length[1])
            is_within = stop <= stream.seek(0, io.SEEK_END)
            stream.seek(stop)
            behind = stream.read(_GAP).lstrip()
            if (is_within and not behind) or behind.startswith(b"WARC/"):
                return None
        following = _next_record(stream, at + end)
        is_cut = following is None and length is not None  # said at the end
        return None if is_cut else _Wrong(following)

    def _packed_wrong(self, at: int) -> _Wrong | None:
        """The same of a record that is packed by itself, as it should be."""
        stream = self._stream
        stream.seek(at)
        unpacked = zlib.decompressobj(31)
        head, size, read, stop = b"", 0, 0, 0
        while not unpacked.eof and (chunk := stream.read(_PART)):
            read += len(chunk)
            try:
                data = unpacked.decompress(chunk)
            except zlib.error:
                return None  # said where it is read
            size += len(data)
            if not stop:
                head += data
                end = head.find(b"\r\n\r\n")
                if end >= 0:
                    length = _LENGTH.search(head[:end])
                    stop = end + 4 + int(length[1]) if length else -1
        if not unpacked.eof or not stop or stop <= size <= stop + _GAP:
            return None
        if 0 < stop < size and self._holds_more(at, stop):
            self._unknown = True  # all of them are packed together
            return None
        return _Wrong(at + read - len(unpacked.unused_data))

    def _holds_more(self, at: int, stop: int) -> bool:
        """Whether another record begins at byte `stop` of what is packed at `at`."""
        self._stream.seek(at)
        unpacked = zlib.decompressobj(31)
        passed = 0
        while not unpacked.eof and (chunk := self._stream.read(_PART)):
            data = unpacked.decompress(chunk)
            if passed + len(data) > stop + 5:
                return data[max(0, stop - passed) :].lstrip().startswith(b"WARC/")
            passed += len(data)
        return False


def _looks_like_warc(stream: BinaryIO) -> bool:
    stream.seek(0)
    head = stream.read(_HEAD)
    if head[:3] == _GZIP:
        try:
            head = zlib.decompressobj(31).decompress(head, 100)
        except zlib.error:
            return False
    return head.lstrip().startswith(b"WARC/")


def _next_record(stream: BinaryIO, at: int) -> int | None:
    """Where the next record behind `at` begins; None if there is none."""
    stream.seek(0)
    packed = stream.read(3) == _GZIP
    overlap = 32
    stream.seek(at)
    base, before = at, b""
    while chunk := stream.read(_CHUNK):
        data = before + chunk
        start = base - len(before)
        if packed:
            found = data.find(_GZIP)
            while found >= 0:
                if _begins_record(data[found : found + 512]):
                    return start + found
                found = data.find(_GZIP, found + 1)
        elif match := _BEGIN.search(data):
            return start + match.start() + data[match.start() :].index(b"WARC/")
        base += len(chunk)
        before = data[-(512 if packed else overlap) :]
    return None


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 5).startswith(b"WARC/")
    except zlib.error:
        return False


def _lost_end(stream: BinaryIO, at: int) -> Damage | None:
    """Whether the file ends within a record, of those from `at` on; the library says nothing."""
    reason = Message("is damaged or cut here: what follows cannot be read")
    stream.seek(at)
    head = stream.read(3)
    stream.seek(at)
    if head == _GZIP:
        unpacked = zlib.decompressobj(31)
        while chunk := stream.read(_CHUNK):
            while chunk:
                try:
                    unpacked.decompress(chunk)
                except zlib.error:
                    return None  # said already
                chunk = unpacked.unused_data.lstrip(b"\0")
                if unpacked.eof:
                    unpacked = zlib.decompressobj(31)
                    begun = bool(chunk)
                else:
                    begun = True
        return Damage(at, reason) if begun else None
    data = stream.read(_HEAD)
    end = data.find(b"\r\n\r\n")
    length = _LENGTH.search(data[: max(end, 0)])
    size = stream.seek(0, io.SEEK_END)
    cut = end < 0 or (length is not None and at + end + 4 + int(length[1]) > size)
    return Damage(at, reason) if data and cut else None
