"""Web pages, as HTML or as the web archive (MHTML) that browsers save."""

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.encoding import decode
from hemeroteca.index.sources.extract import MAX_ARTICLE_BYTES, Extract

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.I
)
_HEAD_BYTES = 4_096
# How XML begins in UTF-16 without a mark.
_WIDE = {"<?".encode(encoding): encoding for encoding in ("utf-16-le", "utf-16-be")}
# What browsers call the folder of pictures and scripts beside a page that they save.
_FOLDERS = ("_files", "_archivos", "_arquivos", "_fichiers", "-Dateien", "_bestanden", "_file")


def read_page(stream: BinaryIO) -> Iterator[Extract]:
    """The one article: the page's text proper without menus and advertisements, and its title
    and date. Raises ArticleError if there is none."""
    yield _extract(decode_page(stream.read()))


def decode_page(data: bytes, declared: str | None = None) -> str:
    """The text of a page or of a part of one: in the encoding that it was sent with, else in the
    one that it names itself. Raises ArticleError if none can be told."""
    if data[:4] in _WIDE:
        return data.decode(_WIDE[data[:4]], errors="replace")
    match = _CHARSET.search(data[:_HEAD_BYTES])
    return decode(data, declared or (match[1].decode("ascii") if match else None))


def read_web_archive(stream: BinaryIO) -> Iterator[Extract]:
    """The same of the first page in a web archive."""
    message = email.message_from_binary_file(stream, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            data = part.get_payload(decode=True)
            assert isinstance(data, bytes)
            yield _extract(decode_page(data, part.get_content_charset()))
            return
    raise ArticleError("holds no web page")


def _extract(html: str) -> Extract:
    from trafilatura import bare_extraction

    if len(html) > MAX_ARTICLE_BYTES:
        raise ArticleError(
            "has {characters:,} characters; a page may have {most:,}",
            characters=len(html),
            most=MAX_ARTICLE_BYTES,
        )
    # Without the wide search: it takes any number of the text for a date.
    page = bare_extraction(
        html,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or isinstance(page, dict) or not page.text:
        raise ArticleError("has no article: no text was found among menus and scripts")
    text = page.text.replace("\n", "\n\n")  # a line is a paragraph
    return Extract(text, title=page.title, day=parse_date(page.date or ""))


def page_folders(names: Iterable[str]) -> set[str]:
    """The folders that belong to those of the files `names` that are saved pages."""
    split = (name.rpartition(".") for name in names)
    stems = [stem for stem, _, suffix in split if suffix.lower() in ("html", "htm", "xhtml")]
    return {stem + end for stem in stems if stem for end in _FOLDERS}
