"""The kinds of file that articles come in: one table, one small reader each."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import SEEK_END
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.extract import MAX_ARTICLE_BYTES, Part, Reader
from hemeroteca.index.sources.formats import (
    ebook,
    feed,
    jsonl,
    markdown,
    pdf,
    plain,
    table,
    webpage,
    word,
    zipped,
)
from hemeroteca.index.sources.limits import TooLong, time_limit

log = logging.getLogger(__name__)

_FEWEST_SECONDS = 5
_BYTES_A_SECOND = 50_000  # a tenth of what the slowest reader, that of PDF, does


@dataclass(frozen=True)
class Format:
    """How a kind of file is read, how many bytes it may have, and whether it holds many
    articles."""

    read: Reader
    max_bytes: int = MAX_ARTICLE_BYTES
    many: bool = False

    def extracts(self, stream: BinaryIO, suffix: str) -> Iterator[Part]:
        """What `read` finds in `stream`. Raises ArticleError with the reason if the file, or the
        rest of it, cannot be read, or not in the time that its size allows."""
        try:
            if self.many:
                yield from self.read(stream)
                return
            seconds = _FEWEST_SECONDS + stream.seek(0, SEEK_END) / _BYTES_A_SECOND
            stream.seek(0)
            with time_limit(seconds):
                found = list(self.read(stream))
            yield from found
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


_PICTURED = 50_000_000  # a document with its pictures and fonts
_WHOLE = 50_000_000  # a file of many articles that is held in memory
_STREAMED = 2_000_000_000

_WEB_PAGE = Format(webpage.read_page, _PICTURED)
_FEED = Format(feed.read_feed, _WHOLE, many=True)
_XML = Format(feed.read_feed, _STREAMED, many=True)  # may be a site's export
_MARKDOWN = Format(markdown.read_markdown)
_JSON_LINES = Format(jsonl.read_lines, _STREAMED, many=True)
_TABLE = Format(table.read_table, _WHOLE, many=True)

FORMATS = {
    ".txt": Format(plain.read_text),
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".html": _WEB_PAGE,
    ".htm": _WEB_PAGE,
    ".xhtml": _WEB_PAGE,
    ".mhtml": Format(webpage.read_web_archive, _PICTURED),
    ".mht": Format(webpage.read_web_archive, _PICTURED),
    ".pdf": Format(pdf.read_pdf, _PICTURED),
    ".docx": Format(word.read_docx, _PICTURED),
    ".epub": Format(ebook.read_epub, _PICTURED, many=True),
    ".jsonl": _JSON_LINES,
    ".ndjson": _JSON_LINES,
    ".json": Format(jsonl.read_json, _STREAMED, many=True),
    ".csv": _TABLE,
    ".tsv": _TABLE,
    ".rss": _FEED,
    ".atom": _FEED,
    ".xml": _XML,
}
FORMATS[".zip"] = Format(partial(zipped.read_zip, formats=FORMATS), _STREAMED, many=True)
