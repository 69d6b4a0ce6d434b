"""ZIP containers, as DOCX and EPUB are, bounded before anything in them is read."""

import zipfile
from typing import BinaryIO

from index.errors import ArticleError

_MAX_FILES = 10_000
_MAX_BYTES = 200_000_000


def open_container(stream: BinaryIO) -> zipfile.ZipFile:
    """The container. Raises ArticleError if it is none, or holds more than a document would.

    Python's zipfile never reads more of a file than the size checked here."""
    try:
        container = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError) as error:
        raise ArticleError(f"is damaged or of another kind ({error})") from error
    files = container.infolist()
    if len(files) > _MAX_FILES:
        raise ArticleError(f"holds {len(files):,} files; it may hold {_MAX_FILES:,}")
    size = sum(file.file_size for file in files)
    if size > _MAX_BYTES:
        raise ArticleError(
            f"unpacks to {size / 1e6:,.0f} MB; it may unpack to {_MAX_BYTES / 1e6:,.0f} MB"
        )
    return container
