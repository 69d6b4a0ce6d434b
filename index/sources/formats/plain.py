"""Plain text, which may begin with `date YYYY-MM-DD`."""

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.encoding import decode_lines
from hemeroteca.index.sources.extract import Extract, LeftOut
from hemeroteca.index.sources.formats.listing import listing
from hemeroteca.index.sources.records import undated

_BLANKS = re.compile(r"[\s\ufeff]*")
_DATE_LINE = re.compile(r"[\s\ufeff]*date[ \t]+(\S+)[\s\ufeff]*", re.IGNORECASE)
_DAY = re.compile(r"[\d./-]+(?:T[\d:.+-]+Z?)?")


def read_text(stream: BinaryIO) -> Iterator[Extract | LeftOut]:
    """The one article: the file's text, whole, and the day of its date line. A date line that
    names no day is text as well, and is noted. A list of files is none."""
    decoded = decode_lines(stream.read())
    text = decoded.text
    if left_out := listing(text):
        yield left_out
        return
    notes = list(decoded.notes)
    blanks = _BLANKS.match(text)
    body = blanks.end() if blanks else 0
    day: date | None = None
    written = _DATE_LINE.match(text)
    if written and any(character.isdigit() for character in written[1]):
        if _DAY.fullmatch(written[1]):
            day = parse_date(written[1], text[written.end() :])
        if day:
            body = written.end()
        else:
            notes.append(undated(written[1]))
    yield Extract(text, day=day, body=body, notes=tuple(notes))
