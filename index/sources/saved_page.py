"""What SingleFile writes at the head of a page that it saves: from where, and when."""

import re
from datetime import date
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from hemeroteca.index.errors import Message

UNDATED = Message("says no day: the one on which it was saved stands for it")
_HEAD = 8_192
_SAVED = re.compile(
    r"<!--\s*(?:Page saved with|Archive processed by) SingleFile(?P<said>.*?)-->", re.DOTALL
)
_ADDRESS = re.compile(r"^\s*url: *(\S+)", re.MULTILINE)
_DATE = re.compile(r"^\s*saved date: *(?:\w{3},? )?(?P<month>\w{3}) (?P<day>\d\d?) (?P<year>\d{4})",
                   re.MULTILINE)  # fmt: skip


def saved_from(markup: str) -> tuple[str, date | None] | None:
    """The address of a page that SingleFile saved, and on which day; None if it did not."""
    found = _SAVED.search(markup[:_HEAD])
    if not found:
        return None
    address = _ADDRESS.search(found["said"])
    written = _DATE.search(found["said"])
    return address[1] if address else "", _day(written) if written else None


def _day(written: "re.Match[str]") -> date | None:
    try:
        said = f"{written['day']} {written['month']} {written['year']} 00:00:00"
        return parsedate_to_datetime(said).date()
    except ValueError:
        return None


def saved_in(stream: BinaryIO) -> list[str] | None:
    """The same of the page in a file, its day in ISO."""
    found = saved_from(stream.read(_HEAD).decode(errors="replace"))
    return [found[0], found[1].isoformat() if found[1] else ""] if found else None
