"""A message of electronic mail, such as a newsletter, to one article."""

from collections.abc import Iterator
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.dates import parse_date, parse_hour
from hemeroteca.index.sources.describe import authors_of
from hemeroteca.index.sources.extract import Extract, stable_key
from hemeroteca.index.sources.mail import Letter, read_letter
from hemeroteca.index.sources.markup import html_text


def read_mail(stream: BinaryIO) -> Iterator[Extract]:
    """The one article: the message's text, its subject as title, the moment it was sent, in the
    sender's own zone, its sender as author and its mailing list as paper. Raises ArticleError if it
    has no text."""
    yield article_of(read_letter(stream.read()))


def article_of(letter: Letter, key: str | None = None, where: str | Message = "") -> Extract:
    """The article that a message is; of a folder of several, with its `key` and place. Raises
    ArticleError if it has no text."""
    text = html_text(letter.page) or letter.plain
    if not text.strip():
        raise ArticleError("is mail without a text")
    return Extract(
        text,
        "" if key is None else stable_key(key, text),
        title=letter.subject or None,
        day=parse_date(letter.sent),
        where=where,
        publication=Publication(
            paper=letter.list,
            authors=authors_of(letter.sender),
            url=letter.address,
            hour=parse_hour(letter.sent),
        ),
    )
