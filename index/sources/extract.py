"""What a reader takes out of a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b, sha256
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.picture import Picture
from hemeroteca.index.place import Place, Region
from hemeroteca.index.publication import Publication

MAX_ARTICLE_BYTES = 5_000_000
# A whole book of plain text has a million; every million takes some minutes and 100 MB to index.
MAX_ARTICLE_CHARACTERS = 2_000_000
_MAX_KEY_CHARACTERS = 120


@dataclass(frozen=True)
class Version:
    """Which version of an agency's `item`, or of a page of the web, an article is: of two the later
    one has more `order`."""

    item: str
    order: str


@dataclass(frozen=True)
class Extract:
    """An article as it stands in a file: its text, and what the file says about it.

    `key` tells it from the others of its file and stays the same when the file grows; "" in a
    file of one article. `body` is the offset at which the text begins behind a date line, `where`
    the place in a file of many, such as "line 7", `notes` what of it could not be read. `text` need
    not hold `title` and `subtitle`: read.py puts them before it. What stands in `subtitle` and
    `publication` may be of any length: read.py bounds it. One that was `exported` has no day but
    its own: the file's name has that of the export. `places` say where on a page the lines of
    `text` stand, which has nothing that `clean` takes out, `heading` where title and subtitle. Of
    one that is `digitised` the names of its folders may tell the day. `pictures` are not looked at
    yet."""

    text: str
    key: str = ""
    title: str | None = None
    day: date | None = None
    body: int = 0
    where: str | Message = ""
    notes: tuple[Message, ...] = ()
    exported: bool = False
    subtitle: str = ""
    publication: Publication = Publication()
    places: tuple[Place, ...] = ()
    heading: tuple[Region, ...] = ()
    version: "Version | None" = None
    digitised: bool = False
    pictures: tuple[Picture, ...] = ()

    def revision(self, headline: str = "") -> str:
        """sha256 of the text, of the `headline` put before it and of what is said beside it; of a
        date line only as text."""
        beside = [self.title or "", self.day.isoformat() if self.day and not self.body else ""]
        said = "\0".join(["", *beside]) if any(beside) else ""
        return sha256((headline + self.text + said).encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Rejected:
    """A place in a file, such as "line 7", that cannot be read as an article, and why.

    `key` is that of the article that it would be, or the beginning of the keys of those that lie
    there; "" where it cannot be told. `content` stays the same as long as what stands there does;
    "" where it cannot be told."""

    where: str | Message
    reason: Message
    key: str = ""
    content: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A place in a file that was read and is rightly no article, such as an older version of
    another, and why; `content` as in Rejected. It may be a `version` of an agency's item that takes
    back those before it, or one to be looked at again at a moment, `until` which it may not be
    shown."""

    where: str | Message
    reason: Message
    content: str = ""
    version: "Version | None" = None
    until: datetime | None = None


@dataclass(frozen=True)
class Held:
    """What a file of articles of a `provider` held in all: how many were found, how many of them
    have no day, how many it had once more, and how many it announces, None if it does not say."""

    provider: str
    found: int
    undated: int = 0
    repeated: int = 0
    announced: int | None = None
    where: str | Message = ""

    @property
    def is_whole(self) -> bool:
        """Whether all is there that the file announces, each with its day."""
        return not self.undated and self.announced in (None, self.found + self.repeated)

    @property
    def message(self) -> Message:
        """What is to be said of it, once a file."""
        if self.announced is None:
            return Message(
                "articles of {provider}: {found:,}; without a day: {undated:,}; "
                "there once more: {repeated:,}",
                provider=self.provider,
                found=self.found,
                undated=self.undated,
                repeated=self.repeated,
            )
        return Message(
            "articles of {provider}: {found:,}; announced: {announced:,}; "
            "without a day: {undated:,}; there once more: {repeated:,}",
            provider=self.provider,
            found=self.found,
            announced=self.announced,
            undated=self.undated,
            repeated=self.repeated,
        )


Part = Extract | Rejected | LeftOut | Held
Reader = Callable[[BinaryIO], Iterator[Part]]


def line(number: int) -> Message:
    """A place in a file that is read line by line."""
    return Message("line {number}", number=number)


def entry(number: int) -> Message:
    """A place in a file whose articles are counted."""
    return Message("entry {number}", number=number)


def digest(content: str | bytes) -> str:
    """What tells `content` from others, in any process."""
    data = content.encode(errors="surrogatepass") if isinstance(content, str) else content
    return blake2b(data, digest_size=12).hexdigest()


def stable_key(identity: str, text: str) -> str:
    """`identity` if it can be part of an article's id, else one made of it, or of `text` where
    there is none: the same article has the same key wherever it stands in its file."""
    identity = " ".join(identity.split())
    if identity and identity.isprintable() and len(identity) <= _MAX_KEY_CHARACTERS:
        return identity
    return sha256((identity or text).encode(errors="surrogatepass")).hexdigest()[:16]


def reason_of(error: Exception) -> Message:
    """What is to be said of a part that raised `error`."""
    if isinstance(error, ArticleError):
        return error.message
    said = " ".join(str(error).split())[:200]
    return Message("cannot be read ({error}: {reason})", error=type(error).__name__, reason=said)
