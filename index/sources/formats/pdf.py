"""PDF files that hold text."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import MAX_ARTICLE_BYTES, Extract

_MAX_PAGES = 1_000
_HYPHEN = re.compile(r"(?<=\w)[-\u00ad]\n(?=[^\W\d_])")
_WRAPPED = re.compile(r"(?<!\n)\n(?!\n)")


def read_pdf(stream: BinaryIO) -> Iterator[Extract]:
    """The one article: the text of all pages, with the lines of a paragraph and the words parted
    at their ends joined again. Raises ArticleError if there is no text, or a password."""
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(stream)
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise ArticleError("is locked with a password: save it without one")
    if len(reader.pages) > _MAX_PAGES:
        raise ArticleError(
            "has {pages:,} pages; it may have {most:,}", pages=len(reader.pages), most=_MAX_PAGES
        )
    pages: list[str] = []
    characters = 0
    for page in reader.pages:
        pages.append(page.extract_text().strip())
        characters += len(pages[-1])
        if characters > MAX_ARTICLE_BYTES:
            break  # too long for an article: the rest need not be read to say so
    text = "\n\n".join(filter(None, pages))
    if not text:
        raise ArticleError("has no text, as a scan has none: run OCR over it first")
    yield Extract(_WRAPPED.sub(" ", _HYPHEN.sub("", text)), title=_title(reader))


def _title(reader) -> str | None:  # type: ignore[no-untyped-def]
    """The title that the file states, unless it is what a word processor wrote there."""
    title = reader.metadata.title if reader.metadata else None
    if not title or " " not in title.strip() or title.startswith("Microsoft"):
        return None
    return str(title)
