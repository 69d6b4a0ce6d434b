"""MBOX: the messages of a mail folder, such as newsletters, each an article."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.extract import LeftOut, Part, Rejected, digest, entry, reason_of
from hemeroteca.index.sources.formats.mail import article_of
from hemeroteca.index.sources.mail import read_letter

_MAX_BYTES = 50_000_000  # of a message with what is attached to it
_LONGEST_LINE = 1_000_000
_BEGIN = re.compile(rb"From \S.*\d{4}\s*$")
_QUOTED = re.compile(rb">+From ")


def read_mailbox(stream: BinaryIO) -> Iterator[Part]:
    """The messages in order, one at a time; of those of one id the first. Raises ArticleError if
    the file does not begin with one."""
    seen: dict[str, int] = {}
    number = 0
    for number, data in enumerate(_messages(stream), start=1):
        where = entry(number)
        if data is None:
            yield Rejected(where, Message("has more than {most:.0f} MB", most=_MAX_BYTES / 1e6))
            continue
        try:
            letter = read_letter(data)
            key = letter.identity
            if key and key in seen:
                newer = Message("has the same id as {place}, which is read instead",
                                place=entry(seen[key]))  # fmt: skip
                yield LeftOut(where, newer, digest(data))
                continue
            seen[key] = number
            yield article_of(letter, key, where)
        except Exception as error:  # what libraries raise has no end
            yield Rejected(where, reason_of(error), content=digest(data))
    if not number:
        raise ArticleError("is no mail folder (MBOX): it begins with no message")


def _messages(stream: BinaryIO) -> Iterator[bytes | None]:
    """Each message without the line that parts it from the one before; None for what is larger
    than a message may be."""
    lines: list[bytes] | None = None
    size = 0
    blank = True
    while line := stream.readline(_LONGEST_LINE):
        if blank and _BEGIN.match(line):
            if lines is not None:
                yield b"".join(lines) if size <= _MAX_BYTES else None
            lines, size = [], 0
        elif lines is None:
            if line.strip():
                return
        elif (size := size + len(line)) <= _MAX_BYTES:
            lines.append(line[1:] if _QUOTED.match(line) else line)
        blank = not line.strip()
    if lines is not None:
        yield b"".join(lines) if size <= _MAX_BYTES else None
