"""Exports before all else: what a file is to be read as, by what it holds."""

from collections.abc import Iterator
from dataclasses import replace
from io import SEEK_END
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.extract import (
    Extract,
    LeftOut,
    Part,
    Rejected,
    digest,
    entry,
    stable_key,
)
from hemeroteca.index.sources.formats.format import Format
from hemeroteca.index.sources.press.article import Export, PressArticle
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.providers import recognise

_MOST_BYTES = 50_000_000  # held in memory


def exports_first(other: Format) -> Format:
    """A kind of file that may be an export of a press database, and is read as such before it is
    read as any `other`."""

    def read_either(stream: BinaryIO) -> Iterator[Part]:
        size = stream.seek(0, SEEK_END)
        stream.seek(0)
        if size <= _MOST_BYTES:
            document = Document(stream.read())
            provider = recognise(document)
            if provider:
                yield from _parts(provider.read(document), provider.name)
                return
            stream.seek(0)
        other.check_size(size)
        yield from other.read(stream)

    return replace(other, read=read_either, max_bytes=max(other.max_bytes, _MOST_BYTES))


def _parts(export: Export, name: str) -> Iterator[Part]:
    """The articles of `export`, each once."""
    if not export.articles:
        raise ArticleError(
            "looks like an export of {provider}, and holds no article", provider=name
        )
    seen: dict[str, tuple[Message, str]] = {}
    for number, article in enumerate(export.articles, start=1):
        if isinstance(article, Rejected):
            yield article
            continue
        where = entry(number)
        text = _text(article)
        if not text.strip():
            reason = Message("has no text")
            yield Rejected(where, reason, article.accession, digest(article.identity))
            continue
        key = stable_key(article.identity, text)
        if key in seen and not article.accession and seen[key][1] != text:
            key = stable_key("", text)  # another of that title, paper and day
        if key in seen:
            place = seen[key][0]
            reason = Message("has the same id as {place}, which is read instead", place=place)
            yield LeftOut(where, reason, digest(key))
            continue
        seen[key] = where, text
        yield Extract(text, key, article.title or None, article.day, where=where, exported=True)


def _text(article: PressArticle) -> str:
    """The text by which an article is found: what is no field of an Extract stands there."""
    return "\n\n".join(filter(None, (article.subtitle, *article.paragraphs, *article.captions)))
