"""Files to articles: LlamaIndex `Article`s whose text is what their format's reader found."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from unicodedata import normalize

from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.picture import Picture
from hemeroteca.index.place import Place, moved
from hemeroteca.index.sources.dates import date_in_folders, date_in_name
from hemeroteca.index.sources.describe import bounded, bounded_publication
from hemeroteca.index.sources.extract import (
    MAX_ARTICLE_CHARACTERS,
    Extract,
    Held,
    LeftOut,
    Part,
    Rejected,
    Version,
    digest,
    reason_of,
)
from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.text.characters import clean, is_invisible, is_utf8
from hemeroteca.index.text.language import detect_language
from hemeroteca.index.text.titles import clean_title, derive_title, lacking_headline

# No paragraph is as long, in scripts without blanks either; what data is packed in has no end, and
# each of its characters would cost as much as a word.
_MAX_UNBROKEN_CHARACTERS = 100_000
_MAX_SUBTITLE_CHARACTERS = 2_000
_MAX_CAPTION_CHARACTERS = 500
_MAX_PICTURES = 50  # of an article


@dataclass(frozen=True)
class Reading:
    """An article as it was read, at the place `where` in its file, for which that was gone through
    as far as the byte `position`; `notes` say what of it could not be read."""

    article: Article
    where: str | Message = ""
    notes: tuple[Message, ...] = ()
    version: Version | None = None
    position: int = 0


def read_articles(file: ArticleFile) -> Iterator[Reading | Rejected | LeftOut | Held]:
    """The articles in `file`, in order; a part that is none comes as Rejected or
    LeftOut, and what a file of a press database held in all as Held.

    Raises ArticleError with the reason if the file, or the rest of it, holds no article."""
    for part, position in _parts(file):
        yield _reading(file, part, position) if isinstance(part, Extract) else part


def read_article(file: ArticleFile) -> Article:
    """The article in a file of one. Raises ArticleError with the reason if it is none."""
    (reading,) = read_articles(file)
    assert isinstance(reading, Reading)
    return reading.article


def _reading(file: ArticleFile, extract: Extract, position: int) -> Reading | Rejected:
    try:
        extract = file.with_said(extract)
        article = _article(file, extract)
        return Reading(article, extract.where, extract.notes, extract.version, position)
    except Exception as error:  # whatever one article raises, the others are read
        reason = reason_of(error)
        if not extract.where:
            raise ArticleError(reason) from error
        return Rejected(extract.where, reason, extract.key, digest(extract.text))


def _parts(file: ArticleFile) -> Iterator[tuple[Part, int]]:
    """What is in a file, and as far as which byte it was gone through for it."""
    try:
        # Before opening: to open a pipe would wait for whoever writes into it.
        status = file.path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError("is not a regular file")
        file.format.check_size(status.st_size)
        with file.path.open("rb") as stream:
            for part in file.format.extracts(stream, file.path.suffix):
                yield part, 0 if stream.closed else stream.tell()
    except OSError as error:
        raise ArticleError(
            "cannot be read: {reason}", reason=error.strerror or str(error)
        ) from error


def _article(file: ArticleFile, extract: Extract) -> Article:
    text = "\n".join(filter(None, (extract.text, extract.title, extract.subtitle)))
    if len(text) > MAX_ARTICLE_CHARACTERS:
        raise ArticleError(
            "has {characters:,} characters; an article may have {most:,}",
            characters=len(text),
            most=MAX_ARTICLE_CHARACTERS,
        )
    if "\0" in extract.text:
        raise ArticleError("holds NUL characters: it is not text")
    if not is_utf8(extract.text):
        raise ArticleError("holds halves of characters (surrogates): it is not text")
    longest = max(map(len, text.split()), default=0)
    if longest > _MAX_UNBROKEN_CHARACTERS:
        raise ArticleError(
            "holds {characters:,} characters without a blank: it is data, not text",
            characters=longest,
        )
    extract = _cleaned(extract)
    text, opening = extract.text, extract.body
    if all(is_invisible(character) for character in text[opening:]):
        raise ArticleError("is empty")
    language = detect_language(text[opening:])
    title = clean_title(extract.title) or clean_title(derive_title(text, language, opening))
    subtitle = bounded(extract.subtitle, _MAX_SUBTITLE_CHARACTERS)
    headline = lacking_headline(text, extract.title, subtitle)
    key = normalize("NFC", extract.key or "")
    article = f"{file.article}/{key}" if key else file.article
    day = extract.day
    if not day and not extract.exported:
        day = date_in_name(file.path.stem)
        if not day and extract.digitised:
            day = date_in_folders(file.path.parent.parts)
    return Article(
        id=article,
        text=text[:opening] + headline + text[opening:],
        title=title or clean_title(file.path.stem) or article,
        date=day.isoformat() if day else None,
        language=language,
        source=str(file.path),
        hash=extract.revision(headline),
        opening=opening,
        body=opening + len(headline),
        subtitle=bounded(subtitle),
        publication=bounded_publication(extract.publication),
        places=_places(extract, opening, len(headline)),
        pictures=_pictures(extract),
    )


def _places(extract: Extract, opening: int, headline: int) -> tuple[Place, ...]:
    """Where the lines of the article stand, with the `headline` characters put before its text."""
    heading = (Place(opening, opening + headline, each) for each in extract.heading if headline)
    return (*heading, *moved(extract.places, headline))


def _pictures(extract: Extract) -> tuple[Picture, ...]:
    """Its pictures, each once, with captions of a length that one may have."""
    found = (
        replace(each, caption=bounded(each.caption, _MAX_CAPTION_CHARACTERS))
        for each in extract.pictures
    )
    return tuple({(each.at, each.region): each for each in found}.values())[:_MAX_PICTURES]


def _cleaned(extract: Extract) -> Extract:
    text, head = clean(extract.text), clean(extract.text[: extract.body]) if extract.body else ""
    title = clean(extract.title.encode(errors="replace").decode()) if extract.title else None
    if (text, title) == (extract.text, extract.title):
        return extract
    return replace(extract, text=text, title=title, body=min(len(head), len(text)))
