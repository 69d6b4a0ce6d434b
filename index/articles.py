"""Files to articles: LlamaIndex `Document`s whose text is the file's text, unchanged."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from llama_index.core.schema import Document

from index.errors import ArticleError, StorageError
from index.language import detect_language
from index.sentences import sentence_spans

MAX_ARTICLE_BYTES = 5_000_000  # longer than any article; a whole book of plain text has 1 MB
_MAX_TITLE_CHARACTERS = 90
_BLANKS = re.compile(r"[\s\ufeff]*")
_DATE_LINE = re.compile(r"[\s\ufeff]*date[ \t]+(\S+)[\s\ufeff]*", re.IGNORECASE)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class ArticleFile:
    """A file that should become the article `article` (its path in the folder, without suffix)."""

    article: str
    path: Path

    def stamp(self) -> str:
        """Changes whenever the file may have changed; costs no reading."""
        s = self.path.stat()
        return f"{s.st_size}-{s.st_mtime_ns}-{s.st_ctime_ns}-{s.st_ino}"


def find_articles(sources: Sequence[Path]) -> Iterator[ArticleFile | tuple[Path, str]]:
    """Every article file under `sources` (files or folders) in a stable order; a file that cannot
    be one comes as (path, reason). Hidden files and folders are passed over.

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
            elif path.suffix.lower() != ".txt":
                yield path, f"expected a .txt file, found {path.suffix or 'no suffix'}"
            elif article in taken:
                if not path.samefile(taken[article]):
                    yield path, f"its name {article!r} is taken by {taken[article]}"
            else:
                taken[article] = path
                yield ArticleFile(article, path)


def _files(source: Path) -> Iterator[Path]:
    if not source.is_dir():
        yield source
        return

    def refuse(error: OSError) -> None:
        raise StorageError(f"cannot list {error.filename}: {error.strerror}") from error

    for folder, folders, names in os.walk(source, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def read_article(file: ArticleFile) -> Document:
    """The article in `file`.

    `text` is the decoded file, whole, so that offsets count from its first character. Metadata:
    `article` (id), `title`, `date` (ISO or None), `day` (yyyymmdd as a number, 0 without a date),
    `language` (ISO 639-1), `source` (path), `hash` (sha256 of the bytes) and `body` (the offset
    at which the text proper begins). Raises ArticleError with the reason if it is no article."""
    try:
        size = file.path.stat().st_size
        if size > MAX_ARTICLE_BYTES:
            raise ArticleError(
                f"has {size / 1e6:.1f} MB; an article may have {MAX_ARTICLE_BYTES / 1e6:.0f} MB"
            )
        data = file.path.read_bytes()
    except OSError as error:
        raise ArticleError(f"cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ArticleError(f"is not UTF-8 text (byte {error.start}): save it as UTF-8") from error
    if "\0" in text:
        raise ArticleError("holds NUL characters: it is not a text file")
    day, body = _parse_date(text)
    if all(_is_invisible(character) for character in text[body:]):
        raise ArticleError("is empty")
    language = detect_language(text[body:])
    return Document(
        id_=file.article,
        text=text,
        metadata={
            "article": file.article,
            "title": derive_title(text, language, body),
            "date": day.isoformat() if day else None,
            "day": day_number(day),
            "language": language,
            "source": str(file.path),
            "hash": hashlib.sha256(data).hexdigest(),
            "body": body,
        },
    )


def _is_utf8(name: str) -> bool:
    """Whether a file's name is text; Linux allows any bytes."""
    try:
        name.encode()
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


def _parse_date(text: str) -> tuple[date | None, int]:
    """The date in the first line, if there is one, and the offset at which the text proper
    begins, behind the date and any blanks."""
    match = _DATE_LINE.match(text)
    if match is None or not any(character.isdigit() for character in match[1]):
        blanks = _BLANKS.match(text)
        return None, blanks.end() if blanks else 0
    try:
        if not _ISO_DATE.fullmatch(match[1]):
            raise ValueError
        return date.fromisoformat(match[1]), match.end()
    except ValueError:
        raise ArticleError(
            f"begins with the date {match[1][:40]!r}; expected date YYYY-MM-DD"
        ) from None
