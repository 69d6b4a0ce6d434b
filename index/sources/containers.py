"""ZIP containers, such as DOCX and EPUB, bounded before anything in them is read."""

import gzip
import io
import zipfile
import zlib
from typing import BinaryIO, cast

from hemeroteca.index.errors import ArticleError

_MAX_FILES = 10_000  # of a document
_MAX_BYTES = 200_000_000
_LOCAL_HEAD = 30  # bytes before a file's name


def open_container(
    stream: BinaryIO, max_files: int = _MAX_FILES, max_bytes: int = _MAX_BYTES
) -> zipfile.ZipFile:
    """The container. Raises ArticleError if it is none, or holds more than it may.

    Python's zipfile never reads more of a file than the size checked here."""
    try:
        container = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError) as error:
        raise ArticleError("is damaged or of another kind ({reason})", reason=str(error)) from error
    files = container.infolist()
    if len(files) > max_files:
        raise ArticleError(
            "holds {files:,} files; it may hold {most:,}", files=len(files), most=max_files
        )
    size = sum(file.file_size for file in files)
    if size > max_bytes:
        raise ArticleError(
            "unpacks to {megabytes:,.0f} MB; it may unpack to {most:,.0f} MB",
            megabytes=size / 1e6,
            most=max_bytes / 1e6,
        )
    return container


def gunzipped(stream: BinaryIO, most: int) -> BinaryIO:
    """What is packed with gzip, of at most so many bytes, in memory. Raises ArticleError if it is
    larger, or damaged."""
    try:
        with gzip.GzipFile(fileobj=stream) as packed:
            data = packed.read(most + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ArticleError("cannot be unpacked ({reason})", reason=str(error)) from error
    if len(data) > most:
        raise ArticleError("has more than {most:.0f} MB", most=most / 1e6)
    return io.BytesIO(data)


def stored(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    """A file of the container that is not packed, in which one may go back and forth (Python's own
    reader begins anew for each step back). Raises ArticleError if it lies elsewhere."""
    file = cast(BinaryIO, container.fp)
    file.seek(entry.header_offset)
    head = file.read(_LOCAL_HEAD)
    if head[:4] != b"PK\x03\x04":
        raise ArticleError("is damaged or of another kind ({reason})", reason="no local header")
    names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    begin = entry.header_offset + _LOCAL_HEAD + names
    part = _Part(file, begin, entry.file_size)
    return cast(BinaryIO, io.BufferedReader(part, 1 << 16))


class _Part(io.RawIOBase):
    """`size` bytes of a file from `begin` on."""

    def __init__(self, file: BinaryIO, begin: int, size: int) -> None:
        self._file, self._begin, self._size, self._at = file, begin, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        from_there = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, from_there + offset)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._file.seek(self._begin + self._at)
        data = self._file.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
