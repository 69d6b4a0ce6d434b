"""The files under a source, a file or folder, that should become articles."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

from hemeroteca.index.errors import Message, StorageError
from hemeroteca.index.sources.beside import Beside, named_beside
from hemeroteca.index.sources.collections import archivebox, zotero
from hemeroteca.index.sources.collections.folders import looked_at
from hemeroteca.index.sources.collections.references import (
    EXPORTS,
    NO_EXPORT,
    read_works,
    without_texts,
    works_from,
)
from hemeroteca.index.sources.collections.said import Said
from hemeroteca.index.sources.extract import Extract, digest
from hemeroteca.index.sources.formats.format import Format
from hemeroteca.index.sources.formats.issue import issue_format
from hemeroteca.index.sources.formats.registry import FORMATS, formats
from hemeroteca.index.sources.kinds_of_picture import NOT_SHOWN, SHOWN, PicturesOfPages
from hemeroteca.index.sources.looks import Looks, file_stamp
from hemeroteca.index.sources.names import KNOWN, FieldNames
from hemeroteca.index.sources.saved_page import saved_in
from hemeroteca.index.text.characters import is_utf8


@dataclass(frozen=True)
class ArticleFile:
    """A file that should become the article `article` (its path in the folder, without suffix),
    or, if it holds many, the articles `article/KEY`; where another file has an article of
    the same id, that of this one has the file's suffix in it. What METS names, such as the pages
    of its issue, lies `beside` it and is read with it; what the program that keeps it `said` of it
    is added to it."""

    article: str
    path: Path
    names: FieldNames = KNOWN
    beside: Beside | None = None
    said: Said | None = None

    @property
    def format(self) -> Format:
        if self.beside is not None:
            return issue_format(self.beside.open, self.beside.size)
        return formats(self.names)[self.path.suffix.lower()]

    def stamp(self) -> str:
        """Changes whenever the file, or how it is read, may have changed; costs no reading."""
        stamp = file_stamp(self.path)
        if self.beside is not None:
            pages = "\n".join(f"{name} {file_stamp(path)}" for name, path in self.beside.files)
            stamp = f"{stamp}-{digest(pages)}"
        if self.said is not None:
            stamp = f"{stamp}-{digest(repr(self.said))}"
        return f"{stamp}-{self.names.mark}" if self.names.own else stamp

    def holds(self, article: str) -> bool:
        """Whether `article` can be an article of this file."""
        ids = (self.article, self.distinct(self.article))
        return article in ids or article.startswith(tuple(each + "/" for each in ids))

    def is_only(self, article: str) -> bool:
        """Whether `article` is the id of the one article of this file, not of one of many."""
        return article in (self.article, self.distinct(self.article))

    def with_said(self, found: Extract) -> Extract:
        """The article with what was said of it, if it is the only one of its file."""
        return found if self.said is None or found.key else self.said.applied(found)

    def distinct(self, article: str) -> str:
        """The id of an article of this file whose own, `article`, another file's has."""
        return self.article + self.path.suffix + article.removeprefix(self.article)


@dataclass(frozen=True)
class Refused:
    """A file that cannot be an article file, and why."""

    path: Path
    reason: Message


def find_articles(
    sources: Sequence[Path], names: FieldNames = KNOWN, looks: Looks | None = None
) -> Iterator[ArticleFile | Refused]:
    """Every article file under `sources` (files or folders), each once, in a stable order. Hidden
    files and folders, and links to folders, are passed over. Files of one name in different
    folders are told apart by the names of these folders, whatever the order of `sources`; of
    those that only their suffixes tell apart, such as a.txt and a.md, the first is taken. Records
    call their fields by `names`. What files were opened for is in `looks`.

    Raises StorageError if a source does not exist or cannot be listed."""
    found: dict[Path, _Found] = {}
    pictures: list[tuple[Path, Message]] = []
    exports: list[Path] = []
    looks = Looks() if looks is None else looks
    # In the order of their paths: what lies in a source and in a folder of it, too, is the outer's.
    for source in sorted(sources, key=lambda source: str(source.resolve())):
        if not source.exists():
            raise StorageError(
                "there is no {source}: name an existing folder of articles (ARTICLES_DIR)",
                source=source,
            )
        root = source if source.is_dir() else source.parent
        resolved = root.resolve()
        for each in _files(source, looks):
            if isinstance(each, Refused):
                yield each
                continue
            path = each.path
            reason = _unfit(path, source)
            if reason and path.suffix.lower() in EXPORTS and is_utf8(str(path)):
                exports.append(path)
            elif reason and path.suffix.lower() in (*SHOWN, *NOT_SHOWN):
                pictures.append((path, reason))
            elif reason and not each.is_quiet:
                yield Refused(path, reason)
            elif not reason:
                relative = path.relative_to(root)
                parts = len(relative.parts)
                found.setdefault(resolved / relative, _Found(path, parts, root, said=each.said))
    files = [each.path for each in found.values()]
    _join_issues(found, looks)
    issues = [each.path.parent for each in found.values() if each.beside is not None]
    of_pages = PicturesOfPages(files, issues)
    for path, reason in pictures:
        if path not in of_pages and not zotero.is_attachment(path.parent):
            yield Refused(path, reason)
    yield from _join_exports(found, exports, looks)
    taken: dict[str, Path] = {}
    for article, one in _told_apart(found):
        path = one.path
        if article not in taken:
            taken[article] = path
            yield ArticleFile(article, path, names, one.beside, one.said)
        elif not path.samefile(taken[article]):
            other = taken[article]
            reason = Message("its name {name!r} is taken by {other}", name=article, other=other)
            yield Refused(path, reason)


@dataclass(frozen=True)
class _Found:
    """A file as it was named, how many of the last parts of its path make its article's id, the
    folder that it was found in or under, and what is read with it or said of it."""

    path: Path
    parts: int
    root: Path
    beside: Beside | None = None
    said: Said | None = None


def _join_issues(found: dict[Path, _Found], looks: Looks) -> None:
    """Put the pages of digitised issues beside the METS that names them; of METS that only names
    pages of which another knows the articles, nothing is left."""
    issues: dict[Path, Beside] = {}
    for where, each in list(found.items()):
        if where.suffix.lower() != ".xml":
            continue
        try:
            beside = named_beside(each.path, each.root, looks)
        except OSError:
            continue  # said where it is read
        if beside is not None:
            found[where] = replace(each, beside=beside)
            issues[where] = beside
    pages = {where: {path.resolve() for _, path in b.files} for where, b in issues.items()}
    known = {page for where, b in issues.items() if b.has_articles for page in pages[where]}
    for where, beside in issues.items():
        if pages[where] and not beside.has_articles and pages[where] <= known:
            found.pop(where, None)
    for page in {page for of_one in pages.values() for page in of_one}:
        found.pop(page, None)


def _join_exports(
    found: dict[Path, _Found], exports: Sequence[Path], looks: Looks
) -> Iterator[Refused]:
    """Add to the files that a reference manager keeps what its exports say of them."""

    def saved_from(page: Path) -> str:
        saved = looks.of(page, "saved", _reading(saved_in))
        return saved[0] if saved else ""

    others = [each.path for each in found.values() if each.path.suffix.lower() == ".json"]
    for export in [*exports, *others]:
        try:
            works = looks.of(export, "works", _reading(read_works, export.suffix))
        except OSError:
            continue  # said where it is read
        is_own = export.suffix.lower() in EXPORTS
        if works is None:
            if is_own:
                yield Refused(export, NO_EXPORT)
            continue
        files = {each.path: where for where, each in found.items() if each.path != export}
        said = zotero.said_of(works_from(works), export, files.keys(), saved_from)
        for path, of_one in said.items():
            found[files[path]] = replace(found[files[path]], said=of_one)
        if said and not is_own:
            found.pop(next(where for where, each in found.items() if each.path == export))
        elif not said and is_own:
            yield Refused(export, without_texts(len(works)))


def _reading(read: Callable[..., object], *said: object) -> Callable[[Path], object]:
    """What opens a file for `read`, which gets what is `said` of it as well."""

    def look(path: Path) -> object:
        with path.open("rb") as stream:
            return read(stream, *said)

    return look


def _told_apart(found: Mapping[Path, _Found]) -> Iterator[tuple[str, _Found]]:
    """The article's id of each file: what its path in its source is without suffix; where files in
    different folders would share it, with as many names of outer folders in front as it takes."""
    # Some systems take the letters of names apart from their accents; an id is one all the same.
    places = {where: Path(normalize("NFC", str(where.with_suffix("")))) for where in found}
    lengths = {where: each.parts for where, each in found.items()}
    while True:
        sharing: dict[str, list[Path]] = {}
        for where, place in places.items():
            sharing.setdefault("/".join(place.parts[-lengths[where] :]), []).append(where)
        longer = [
            where
            for several in sharing.values()
            if len({places[where] for where in several}) > 1
            for where in several
            if lengths[where] < len(places[where].parts) - 1
        ]
        if not longer:
            return (
                ("/".join(place.parts[-lengths[where] :]), found[where])
                for where, place in places.items()
            )
        for where in longer:
            lengths[where] += 1


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


@dataclass(frozen=True)
class _Named:
    """A file of a source, what is said of it, and whether nothing is to be said where it is of no
    kind that is read."""

    path: Path
    said: Said | None = None
    is_quiet: bool = False


def _files(source: Path, looks: Looks) -> Iterator[_Named | Refused]:
    if not source.is_dir():
        yield _Named(source)
        return

    def refuse(error: OSError) -> None:
        raise StorageError(
            "cannot list {folder}: {reason}", folder=error.filename, reason=error.strerror
        ) from error

    for place, folders, names in os.walk(source, onerror=refuse):
        folder = Path(place)
        if snapshot := _snapshot(folder, names, looks):
            folders.clear()
            yield snapshot
            continue
        folders[:], names = looked_at(folders, names)
        is_quiet = zotero.is_attachment(folder)
        yield from (_Named(Path(folder, name), is_quiet=is_quiet) for name in names)


def _snapshot(folder: Path, names: Sequence[str], looks: Looks) -> _Named | Refused | None:
    """The one file that is read of a snapshot of ArchiveBox."""
    try:
        snapshot = archivebox.snapshot_in(
            folder,
            names,
            lambda index: looks.of(index, "snapshot", _reading(archivebox.read_index)),
        )
    except OSError:
        return None  # said where it is read
    if snapshot is None:
        return None
    if snapshot.page is None:
        reason = Message("is a snapshot of {address} without the page", address=snapshot.url)
        return Refused(folder / archivebox.INDEX, reason)
    return _Named(snapshot.page, snapshot.said)
