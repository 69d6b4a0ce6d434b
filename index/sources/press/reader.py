"""Exports before all else: what a file is to be read as, by what it holds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import SEEK_END
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.extract import (
    Extract,
    Held,
    LeftOut,
    Part,
    Rejected,
    digest,
    entry,
    stable_key,
)
from hemeroteca.index.sources.formats.format import Format
from hemeroteca.index.sources.press.article import Export, PressArticle
from hemeroteca.index.sources.press.copies import with_copies
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.likeness import with_likeness
from hemeroteca.index.sources.press.mixed import Piece, pieces
from hemeroteca.index.sources.press.provider import Provider
from hemeroteca.index.sources.press.providers import recognise

_MOST_BYTES = 50_000_000  # held in memory
_FEWEST_WORDS = 40  # of a paragraph
_SHOWN_WORDS = 6


def exports_first(other: Format) -> Format:
    """A kind of file that may be an export of a press database, and is read as such before it is
    read as any `other`."""

    def read_either(stream: BinaryIO) -> Iterator[Part]:
        size = stream.seek(0, SEEK_END)
        stream.seek(0)
        if size <= _MOST_BYTES:
            document = Document(stream.read()).inner
            provider = _provider(document)
            if provider:
                yield from _parts(_whole(document, provider), provider.name)
                return
            stream.seek(0)
            other.check_size(size)
            yield from with_likeness(other.read(stream), lambda: document.characters)
            return
        other.check_size(size)
        yield from other.read(stream)

    return replace(other, read=read_either, max_bytes=max(other.max_bytes, _MOST_BYTES))


def _provider(document: Document) -> Provider | None:
    try:
        return recognise(document)
    except ArticleError:  # the other reader says what is wrong with it
        return None


def _whole(document: Document, provider: Provider) -> Export:
    """The export that `document` is, with the articles of other databases in it."""
    exports = [_export(piece) for piece in pieces(document, provider)]
    announced = [each.announced for each in exports if each.announced is not None]
    articles = tuple(article for each in exports for article in each.articles)
    return Export(articles, sum(announced) if len(announced) == len(exports) else None)


def _export(piece: Piece) -> Export:
    document, provider = piece.document, piece.provider
    export = provider.read(document)
    if export.rest is None:
        return export
    other = recognise(export.rest)
    if other:
        further = _whole(export.rest, other)
        return replace(export, articles=export.articles + further.articles)
    words = export.rest.text.split()
    if len(words) < _FEWEST_WORDS:
        return export
    reason = Message(
        "{words:,} words from {beginning!r} on are of no article of the export: not read",
        words=len(words),
        beginning=" ".join(words[:_SHOWN_WORDS]),
    )
    lost = Rejected(entry(len(export.articles) + 1), reason, content=digest(export.rest.text))
    return replace(export, articles=(*export.articles, lost))


def _parts(export: Export, name: str) -> Iterator[Part]:
    """The articles of `export`, each once, and how many they are."""
    if not export.articles:
        raise ArticleError(
            "looks like an export of {provider}, and holds no article", provider=name
        )
    seen: dict[str, _Seen] = {}
    repeated = 0
    copies = with_copies(export.articles)
    for number, article in enumerate(copies.articles):
        if isinstance(article, Rejected | LeftOut):
            yield article
            continue
        where = entry(number + 1)
        text = _text(article)
        if number in copies.copy_of:
            place = entry(copies.copy_of[number] + 1)
            reason = Message("is the same article as {place}, which is read with both", place=place)
            yield LeftOut(where, reason, digest(f"{article.identity} {text}"))
            repeated += 1
            continue
        if not text.strip():
            reason = Message("has no text")
            yield Rejected(where, reason, article.accession, digest(article.identity))
            continue
        keys = list(_keys(article, text))
        known = [seen[key] for key in keys if key in seen]
        twin = next((each for each in known if each.is_again(article, text)), None)
        if twin:
            reason = Message("has the same id as {place}, which is read instead", place=twin.where)
            yield LeftOut(where, reason, digest(f"{article.identity} {text}"))
            repeated += 1
            continue
        key = next(key for key in keys if key not in seen)
        seen[key] = _Seen(where, article, text)
        yield Extract(
            text,
            key,
            article.title or None,
            article.day,
            where=where,
            exported=True,
            subtitle=article.subtitle,
            publication=article.publication,
        )
    undated = sum(each.article.day is None for each in seen.values())
    yield Held(name, len(seen), undated, repeated, export.announced)


@dataclass(frozen=True)
class _Seen:
    """An article that was read, at its place."""

    where: Message
    article: PressArticle
    text: str

    def is_again(self, other: PressArticle, text: str) -> bool:
        """Whether `other` is the same: by its `text`, or by the database's number, unless day or
        title say that they are two."""
        own = self.article
        numbered = bool(own.accession) and own.accession == other.accession
        return text == self.text or (numbered and (own.title, own.day) == (other.title, other.day))


def _keys(article: PressArticle, text: str) -> Iterator[str]:
    """What tells the article from the others of its file, the best first."""
    yield stable_key(article.identity, text)
    yield stable_key(article.described, text)
    yield stable_key("", text)


def _text(article: PressArticle) -> str:
    """The text that answers are found in: what a subtitle says may stand nowhere else."""
    return "\n\n".join(filter(None, (article.subtitle, *article.paragraphs, *article.captions)))
