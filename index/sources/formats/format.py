"""A kind of file: its reader, and how much it may hold."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.extract import MAX_ARTICLE_BYTES, LeftOut, Part, Reader, digest
from hemeroteca.index.sources.limits import TooLong, limited

log = logging.getLogger(__name__)

_FEWEST_SECONDS = 5
_BYTES_A_SECOND = 50_000  # a tenth of what the slowest reader, that of PDF, does
_NOTHING = LeftOut("", Message("holds no article"), digest(b""))


@dataclass(frozen=True)
class Format:
    """How a kind of file is read, how many bytes it may have, whether it holds many articles, and
    whether its size says how long that may take, with that of the files `beside` it that are read
    with it; not of a file of files that have limits of their own."""

    read: Reader
    max_bytes: int = MAX_ARTICLE_BYTES
    many: bool = False
    timed: bool = True
    beside: int = 0

    def extracts(self, stream: BinaryIO, suffix: str) -> Iterator[Part]:
        """What `read` finds in `stream`; if that is nothing, that it is. Raises ArticleError with
        the reason if the file, or the rest of it, cannot be read, or not in the time that its size
        allows."""
        nothing = True
        try:
            parts = self.read(stream)
            if self.timed:
                size = stream.seek(0, SEEK_END) + self.beside
                seconds = _FEWEST_SECONDS + size / _BYTES_A_SECOND
                stream.seek(0)
                parts = limited(parts, seconds)
            for part in parts if self.many else list(parts):
                nothing = False
                yield part
            if nothing:
                yield _NOTHING
        except ArticleError:
            raise
        except TooLong:
            raise ArticleError(
                "takes longer than {seconds:.0f} s to read", seconds=seconds
            ) from None
        except OSError as error:
            raise ArticleError(
                "cannot be read: {reason}", reason=error.strerror or str(error)
            ) from error
        except Exception as error:  # what the libraries raise for a damaged file has no end
            log.debug("unreadable", exc_info=True)
            reason = " ".join(str(error).split())[:200]
            raise ArticleError(
                "cannot be read as {suffix} ({error}: {reason})",
                suffix=suffix,
                error=type(error).__name__,
                reason=reason,
            ) from error

    def check_size(self, size: int) -> None:
        """Raises ArticleError if a file of so many bytes is too large."""
        if size > self.max_bytes:
            raise ArticleError(
                "has {megabytes:.1f} MB; {what} may have {most:.0f} MB",
                megabytes=size / 1e6,
                what=Message("a file of articles" if self.many else "an article"),
                most=self.max_bytes / 1e6,
            )
