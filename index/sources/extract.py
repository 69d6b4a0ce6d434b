"""What a reader takes out of a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import BinaryIO

from hemeroteca.index.errors import Message

MAX_ARTICLE_BYTES = 5_000_000
# A whole book of plain text has a million; every million takes some minutes and 100 MB to index.
MAX_ARTICLE_CHARACTERS = 2_000_000
_MAX_KEY_CHARACTERS = 120


@dataclass(frozen=True)
class Extract:
    """An article as it stands in a file: its text, and what the file says about it.

    `key` tells it from the others of its file and stays the same when the file grows; "" in a
    file of one article. `body` is the offset at which the text proper begins, `where` the place
    in a file of many, such as "line 7"."""

    text: str
    key: str = ""
    title: str | None = None
    day: date | None = None
    body: int = 0
    where: str | Message = ""

    def revision(self) -> str:
        """sha256 of the text and of what is said beside it; of a date line only as text."""
        beside = [self.title or "", self.day.isoformat() if self.day and not self.body else ""]
        said = "\0".join(["", *beside]) if any(beside) else ""
        return sha256((self.text + said).encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Rejected:
    """A place in a file, such as "line 7", that holds no article, and why."""

    where: str | Message
    reason: Message


Reader = Callable[[BinaryIO], Iterator[Extract | Rejected]]


def stable_key(identity: str, text: str) -> str:
    """`identity` if it can be part of an article's id, else one made of it, or of `text` where
    there is none: the same article has the same key wherever it stands in its file."""
    identity = " ".join(identity.split())
    if identity and identity.isprintable() and len(identity) <= _MAX_KEY_CHARACTERS:
        return identity
    return sha256((identity or text).encode(errors="surrogatepass")).hexdigest()[:16]
