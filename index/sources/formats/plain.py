"""Plain text, which may begin with `date YYYY-MM-DD`."""

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.encoding import decode
from hemeroteca.index.sources.extract import Extract

_BLANKS = re.compile(r"[\s\ufeff]*")
_DATE_LINE = re.compile(r"[\s\ufeff]*date[ \t]+(\S+)[\s\ufeff]*", re.IGNORECASE)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_text(stream: BinaryIO) -> Iterator[Extract]:
    """The one article: the file's text, whole. Raises ArticleError for a date line that names no
    day."""
    text = decode(stream.read())
    day, body = _parse_date(text)
    yield Extract(text, day=day, body=body)


def _parse_date(text: str) -> tuple[date | None, int]:
    """The date in the first line, if there is one, and the offset at which the text proper
    begins, behind the date and any blanks."""
    match = _DATE_LINE.match(text)
    if match is None or not any(character.isdigit() for character in match[1]):
        blanks = _BLANKS.match(text)
        return None, blanks.end() if blanks else 0
    try:
        if not _ISO_DATE.fullmatch(match[1]):
            raise ValueError
        return date.fromisoformat(match[1]), match.end()
    except ValueError:
        raise ArticleError(
            "begins with the date {date!r}; expected date YYYY-MM-DD", date=match[1][:40]
        ) from None
