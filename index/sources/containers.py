"""ZIP containers, such as DOCX and EPUB, bounded before anything in them is read."""

import zipfile
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError

_MAX_FILES = 10_000  # of a document
_MAX_BYTES = 200_000_000


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
