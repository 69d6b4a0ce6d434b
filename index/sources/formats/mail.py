"""A message of electronic mail, such as a newsletter, to one article."""

from collections.abc import Iterator
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.mail import read_letter
from hemeroteca.index.sources.markup import html_text


def read_mail(stream: BinaryIO) -> Iterator[Extract]:
    """The one article: the message's text, its subject as title and the day it was sent, in the
    sender's own zone. Raises ArticleError if it has no text."""
    letter = read_letter(stream.read())
    text = html_text(letter.page) or letter.plain
    if not text.strip():
        raise ArticleError("is mail without a text")
    yield Extract(text, title=letter.subject or None, day=parse_date(letter.sent))
