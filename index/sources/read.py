"""Files to articles: LlamaIndex `Article`s whose text is what their format's reader found."""

import stat
from collections.abc import Iterator

from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.dates import date_in_name
from hemeroteca.index.sources.extract import MAX_ARTICLE_CHARACTERS, Extract, Rejected
from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.text.characters import is_invisible, is_utf8
from hemeroteca.index.text.language import detect_language
from hemeroteca.index.text.titles import clean_title, derive_title

# No paragraph is as long, in scripts without blanks either; what data is packed in has no end, and
# each of its characters would cost as much as a word.
_MAX_UNBROKEN_CHARACTERS = 100_000


def read_articles(file: ArticleFile) -> Iterator[Article | Rejected]:
    """The articles in `file`, in order; a part that is none comes as Rejected.

    Raises ArticleError with the reason if the file, or the rest of it, holds no article."""
    for extract in _extracts(file):
        try:
            yield extract if isinstance(extract, Rejected) else _document(file, extract)
        except ArticleError as error:
            if not extract.where:
                raise
            yield Rejected(extract.where, error.message)


def read_article(file: ArticleFile) -> Article:
    """The article in a file of one. Raises ArticleError with the reason if it is none."""
    (document,) = read_articles(file)
    assert isinstance(document, Article)
    return document


def _extracts(file: ArticleFile) -> Iterator[Extract | Rejected]:
    try:
        # Before opening: to open a pipe would wait for whoever writes into it.
        status = file.path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError("is not a regular file")
        file.format.check_size(status.st_size)
        with file.path.open("rb") as stream:
            yield from file.format.extracts(stream, file.path.suffix)
    except OSError as error:
        raise ArticleError(
            "cannot be read: {reason}", reason=error.strerror or str(error)
        ) from error


def _document(file: ArticleFile, extract: Extract) -> Article:
    text, body = extract.text, extract.body
    if len(text) > MAX_ARTICLE_CHARACTERS:
        raise ArticleError(
            "has {characters:,} characters; an article may have {most:,}",
            characters=len(text),
            most=MAX_ARTICLE_CHARACTERS,
        )
    if "\0" in text:
        raise ArticleError("holds NUL characters: it is not text")
    if not is_utf8(text):
        raise ArticleError("holds halves of characters (surrogates): it is not text")
    longest = max(map(len, text.split()), default=0)
    if longest > _MAX_UNBROKEN_CHARACTERS:
        raise ArticleError(
            "holds {characters:,} characters without a blank: it is data, not text",
            characters=longest,
        )
    if all(is_invisible(character) for character in text[body:]):
        raise ArticleError("is empty")
    article = f"{file.article}/{extract.key}" if extract.key else file.article
    day = extract.day or date_in_name(file.path.stem)
    language = detect_language(text[body:])
    titles = (extract.title, derive_title(text, language, body), file.path.stem)
    return Article(
        id=article,
        text=text,
        title=next(filter(None, map(clean_title, titles)), article),
        date=day.isoformat() if day else None,
        language=language,
        source=str(file.path),
        hash=extract.revision(),
        body=body,
    )
