"""The files under a source, a file or folder, that should become articles."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hemeroteca.index.errors import StorageError
from hemeroteca.index.sources.formats.registry import FORMATS, Format
from hemeroteca.index.sources.formats.webpage import page_folders
from hemeroteca.index.text.characters import is_utf8


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


@dataclass(frozen=True)
class Refused:
    """A file that cannot be an article file, and why."""

    path: Path
    reason: str


def find_articles(sources: Sequence[Path]) -> Iterator[ArticleFile | Refused]:
    """Every article file under `sources` (files or folders) in a stable order. Hidden files and
    folders, and links to folders, are passed over.

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
            if not is_utf8(str(path)):
                yield Refused(path, "its name is not UTF-8: rename it")
            elif path.suffix.lower() not in FORMATS:
                expected = ", ".join(FORMATS)
                yield Refused(
                    path, f"expected one of {expected}; found {path.suffix or 'no suffix'}"
                )
            elif _leads_out(path, source):
                yield Refused(
                    path, f"is a link that leads out of {source}: name its target as well"
                )
            elif article in taken:
                if not path.samefile(taken[article]):
                    yield Refused(path, f"its name {article!r} is taken by {taken[article]}")
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
