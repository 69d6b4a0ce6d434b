"""Files to articles: LlamaIndex `Document`s whose text is what their format's reader found."""

import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from llama_index.core.schema import Document

from hemeroteca.index.errors import ArticleError, StorageError
from hemeroteca.index.sources.dates import date_in_name
from hemeroteca.index.sources.extract import MAX_ARTICLE_CHARACTERS, Extract, Rejected
from hemeroteca.index.sources.formats.registry import FORMATS, Format
from hemeroteca.index.sources.formats.webpage import page_folders
from hemeroteca.index.text.language import detect_language
from hemeroteca.index.text.sentences import sentence_spans

# No paragraph is as long, in scripts without blanks either; what data is packed in has no end, and
# each of its characters would cost as much as a word.
_MAX_UNBROKEN_CHARACTERS = 100_000
_MAX_TITLE_CHARACTERS = 90
_MAX_SOURCE_TITLE_CHARACTERS = 300


@dataclass(frozen=True)
class ArticleFile:
    """A file that should become the article `article` (its path in the folder, without suffix),
    or, if its format holds many, the articles `article/KEY`."""

    article: str
    path: Path

    @property
    def format(self) -> Format:
        return FORMATS[self.path.suffix.lower()]

    def stamp(self) -> str:
        """Changes whenever the file may have changed; costs no reading."""
        s = self.path.stat()
        return f"{s.st_size}-{s.st_mtime_ns}-{s.st_ctime_ns}-{s.st_ino}"

    def holds(self, article: str) -> bool:
        """Whether `article` can be an article of this file."""
        if self.format.many:
            return article.startswith(self.article + "/")
        return article == self.article


def find_articles(sources: Sequence[Path]) -> Iterator[ArticleFile | tuple[Path, str]]:
    """Every article file under `sources` (files or folders) in a stable order; a file that cannot
    be one comes as (path, reason). Hidden files and folders, and links to folders, are passed over.

    Raises StorageError if a source does not exist or cannot be listed."""
    taken: dict[str, Path] = {}
    for source in sources:
        if not source.exists():
            raise StorageError(
                f"there is no {source}: name an existing folder of articles (ARTICLES_DIR)"
            )
        for path in _files(source):
            relative = path.relative_to(source) if source.is_dir() else Path(path.name)
            article = relative.with_suffix("").as_posix()
            if not _is_utf8(str(path)):
                yield path, "its name is not UTF-8: rename it"
            elif path.suffix.lower() not in FORMATS:
                expected = ", ".join(FORMATS)
                yield path, f"expected one of {expected}; found {path.suffix or 'no suffix'}"
            elif _leads_out(path, source):
                yield path, f"is a link that leads out of {source}: name its target as well"
            elif article in taken:
                if not path.samefile(taken[article]):
                    yield path, f"its name {article!r} is taken by {taken[article]}"
            else:
                taken[article] = path
                yield ArticleFile(article, path)


def _leads_out(path: Path, source: Path) -> bool:
    """Whether what lies under the folder `source` is a link to what does not. A folder that came
    from somebody else must not bring in files of one's own."""
    return (
        path != source and path.is_symlink() and not path.resolve().is_relative_to(source.resolve())
    )


def _files(source: Path) -> Iterator[Path]:
    if not source.is_dir():
        yield source
        return

    def refuse(error: OSError) -> None:
        raise StorageError(f"cannot list {error.filename}: {error.strerror}") from error

    for folder, folders, names in os.walk(source, onerror=refuse):
        beside = page_folders(names)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in beside
        )
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def read_articles(file: ArticleFile) -> Iterator[Document | Rejected]:
    """The articles in `file`, in order; a part that is none comes as Rejected.

    Offsets count from the first character of `text`. Metadata: `article` (id), `title`, `date`
    (ISO or None), `day` (yyyymmdd as a number, 0 without a date), `language` (ISO 639-1),
    `source` (path), `hash` (sha256 of what was read) and `body` (the offset at which the text
    proper begins). Raises ArticleError with the reason if the file, or the rest of it, holds no
    article."""
    for extract in _extracts(file):
        try:
            yield extract if isinstance(extract, Rejected) else _document(file, extract)
        except ArticleError as error:
            if not extract.where:
                raise
            yield Rejected(extract.where, str(error))


def read_article(file: ArticleFile) -> Document:
    """The article in a file of one. Raises ArticleError with the reason if it is none."""
    (document,) = read_articles(file)
    assert isinstance(document, Document)
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
        raise ArticleError(f"cannot be read: {error.strerror or error}") from error


def _document(file: ArticleFile, extract: Extract) -> Document:
    text, body = extract.text, extract.body
    if len(text) > MAX_ARTICLE_CHARACTERS:
        raise ArticleError(
            f"has {len(text):,} characters; an article may have {MAX_ARTICLE_CHARACTERS:,}"
        )
    if "\0" in text:
        raise ArticleError("holds NUL characters: it is not text")
    if not _is_utf8(text):
        raise ArticleError("holds halves of characters (surrogates): it is not text")
    longest = max(map(len, text.split()), default=0)
    if longest > _MAX_UNBROKEN_CHARACTERS:
        raise ArticleError(f"holds {longest:,} characters without a blank: it is data, not text")
    if all(_is_invisible(character) for character in text[body:]):
        raise ArticleError("is empty")
    article = f"{file.article}/{extract.key}" if extract.key else file.article
    day = extract.day or date_in_name(file.path.stem)
    language = detect_language(text[body:])
    titles = (extract.title, derive_title(text, language, body), file.path.stem)
    return Document(
        id_=article,
        text=text,
        metadata={
            "article": article,
            "title": next(filter(None, map(_clean_title, titles)), article),
            "date": day.isoformat() if day else None,
            "day": day_number(day),
            "language": language,
            "source": str(file.path),
            "hash": extract.revision(),
            "body": body,
        },
    )


def _clean_title(title: str | None) -> str:
    """A title on one line, without what cannot be shown or stored."""
    visible = "".join(c if c.isprintable() else " " for c in title or "")
    return " ".join(visible.split())[:_MAX_SOURCE_TITLE_CHARACTERS]


def _is_utf8(text: str) -> bool:
    """Whether `text` is text: Linux allows any bytes in names, and JSON halves of characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")


def day_number(day: date | None) -> int:
    """`day` as the number yyyymmdd, which Chroma can compare; 0 for no date."""
    return day.year * 10_000 + day.month * 100 + day.day if day else 0


def derive_title(text: str, language: str, body: int = 0) -> str:
    """The first sentence from `body` on, cut between words at about 90 characters."""
    spans = sentence_spans(text[: body + 2_000], language, body)
    start, end = spans[0]
    title = " ".join(text[start:end].split())
    if len(title) <= _MAX_TITLE_CHARACTERS:
        return title.rstrip(".") or title
    return title[:_MAX_TITLE_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;:") + "…"
