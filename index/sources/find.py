"""The files under a source, a file or folder, that should become articles."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hemeroteca.index.errors import Message, StorageError
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
    reason: Message


def find_articles(sources: Sequence[Path]) -> Iterator[ArticleFile | Refused]:
    """Every article file under `sources` (files or folders) in a stable order. Hidden files and
    folders, and links to folders, are passed over.

    Raises StorageError if a source does not exist or cannot be listed."""
    taken: dict[str, Path] = {}
    for source in sources:
        if not source.exists():
            raise StorageError(
                "there is no {source}: name an existing folder of articles (ARTICLES_DIR)",
                source=source,
            )
        for path in _files(source):
            relative = path.relative_to(source) if source.is_dir() else Path(path.name)
            article = relative.with_suffix("").as_posix()
            if reason := _unfit(path, source):
                yield Refused(path, reason)
            elif article not in taken:
                taken[article] = path
                yield ArticleFile(article, path)
            elif not path.samefile(taken[article]):
                other = taken[article]
                reason = Message("its name {name!r} is taken by {other}", name=article, other=other)
                yield Refused(path, reason)


def _unfit(path: Path, source: Path) -> Message | None:
    """Why a file under `source` cannot be an article file, as far as its name tells."""
    if not is_utf8(str(path)):
        return Message("its name is not UTF-8: rename it")
    if path.suffix.lower() not in FORMATS:
        found = path.suffix or Message("no suffix")
        kinds = ", ".join(FORMATS)
        return Message("expected one of {kinds}; found {found}", kinds=kinds, found=found)
    if _leads_out(path, source):
        return Message(
            "is a link that leads out of {source}: name its target as well", source=source
        )
    return None


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
        raise StorageError(
            "cannot list {folder}: {reason}", folder=error.filename, reason=error.strerror
        ) from error

    for folder, folders, names in os.walk(source, onerror=refuse):
        beside = page_folders(names)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in beside
        )
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))
