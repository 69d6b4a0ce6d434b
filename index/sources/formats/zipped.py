"""ZIP files of articles: each of their files is read as it would be in a folder."""

import io
import stat
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.beside import check_page, named_within, opener
from hemeroteca.index.sources.collections.packed import kept_in
from hemeroteca.index.sources.collections.said import Said
from hemeroteca.index.sources.collections.zotero import is_attachment
from hemeroteca.index.sources.containers import open_container
from hemeroteca.index.sources.dates import date_in_folders, date_in_name
from hemeroteca.index.sources.extract import Held, LeftOut, Part, Rejected
from hemeroteca.index.sources.formats.format import Format
from hemeroteca.index.sources.formats.issue import issue_format
from hemeroteca.index.sources.kinds_of_picture import NOT_SHOWN, SHOWN, PicturesOfPages
from hemeroteca.index.sources.pages.packed import Files, key_in

_MAX_FILES = 100_000
_MAX_BYTES = 4_000_000_000
# Text packs to a tenth, a table of much the same to a fiftieth; what packs better says nothing.
_MAX_RATIO = 200
_ANY_RATIO_BYTES = 1_000_000
_HELD_BYTES = 50_000_000  # in memory
_DEEPEST = 100
_ENCRYPTED = 0x1


def read_zip(stream: BinaryIO, formats: Mapping[str, Format]) -> Iterator[Part]:
    """The articles of every file in it, in the order of their names; what is none, or may not be
    read, is rejected by its name. Nothing is unpacked to the disk. Keys are the files' names
    without suffix, and after a `/` what their own format gives."""
    with open_container(stream, _MAX_FILES, _MAX_BYTES) as container:
        files = sorted(
            (
                entry
                for entry in container.infolist()
                if not entry.is_dir() and not _is_of_macos(entry.filename)
            ),
            key=lambda entry: entry.filename,
        )
        kept = kept_in(_Entries(container, files, formats))
        yield from kept.refused
        files = [
            each
            for each in files
            if each.filename in kept.files or _leaves(each.filename) or _is_deep(each.filename)
        ]
        issues = _issues(container, files, formats)
        pages = {page for _, named in issues.values() for page in named}
        of_pages = PicturesOfPages(
            (PurePosixPath(entry.filename) for entry in files),
            (PurePosixPath(name).parent for name in issues),
        )
        for entry in files:
            path = PurePosixPath(entry.filename)
            is_picture = path.suffix.lower() in (*SHOWN, *NOT_SHOWN)
            is_attached = is_attachment(path.parent)
            if entry.filename in pages or (is_picture and (path in of_pages or is_attached)):
                continue
            if is_attached and path.suffix.lower() not in formats:
                continue
            try:
                kind = _format(entry, path, formats)
                if entry.filename in issues:
                    kind = issues[entry.filename][0]
                yield from _articles(container, entry, kind, kept.files.get(entry.filename))
            except ArticleError as error:
                yield Rejected(entry.filename, error.message, key_in(entry.filename))


class _Entries(Files):
    """The files of an opened ZIP, but for those that lie in more folders than any program makes."""

    def __init__(
        self,
        container: zipfile.ZipFile,
        files: Sequence[zipfile.ZipInfo],
        formats: Mapping[str, Format],
    ) -> None:
        self._container = container
        self._entries = {entry.filename: entry for entry in files}
        self._formats = formats

    @cached_property
    def sizes(self) -> dict[str, int]:
        return {n: each.file_size for n, each in self._entries.items() if not _is_deep(n)}

    def read(self, name: str) -> bytes:
        entry = self._entries[name]
        _check_packing(entry)
        if entry.file_size > _HELD_BYTES:
            raise ArticleError("has more than {most:.0f} MB", most=_HELD_BYTES / 1e6)
        with _unpacked(self._container, entry) as file:
            return file.read()


def _is_of_macos(name: str) -> bool:
    return "__MACOSX" in PurePosixPath(name).parts


def _is_deep(name: str) -> bool:
    return name.count("/") > _DEEPEST


def _leaves(name: str) -> bool:
    """Whether a path does not lie within the ZIP."""
    path = PurePosixPath(name)
    return (
        ".." in path.parts
        or path.is_absolute()
        or any(set("\\:") & set(part) for part in path.parts[:1])
    )


def _issues(
    container: zipfile.ZipFile, files: Sequence[zipfile.ZipInfo], formats: Mapping[str, Format]
) -> dict[str, tuple[Format, list[str]]]:
    """How each METS file is read, and the names of the pages that it names."""
    entries = {entry.filename: entry for entry in files}

    def read(name: str) -> bytes:
        entry = entries[name]
        _format(entry, PurePosixPath(name), formats)
        check_page(entry.file_size)
        with _unpacked(container, entry) as file:
            return file.read()

    found = {}
    for name in entries:
        if not name.lower().endswith(".xml"):
            continue
        try:
            places = named_within(name, entries, read)
        except ArticleError:
            continue  # said where it is read
        if places is not None:
            size = sum(entries[place].file_size for place in places.values())
            kind = issue_format(opener(places, read), size)
            found[name] = kind, list(places.values())
    return found


def _articles(
    container: zipfile.ZipFile, entry: zipfile.ZipInfo, kind: Format, said: Said | None
) -> Iterator[Part]:
    path = PurePosixPath(entry.filename)
    day = date_in_name(path.stem)
    with _unpacked(container, entry) as file:
        for extract in kind.extracts(file, path.suffix):
            where: str | Message = entry.filename
            if extract.where:
                where = Message("{file}, {where}", file=entry.filename, where=extract.where)
            if isinstance(extract, LeftOut | Held):
                yield replace(extract, where=where)
                continue
            if isinstance(extract, Rejected):
                yield replace(extract, where=where, key=key_in(entry.filename, extract.key))
                continue
            if said is not None and not extract.key:
                extract = said.applied(extract)
            key = key_in(entry.filename, extract.key)
            named = None if extract.exported else day
            if extract.digitised:
                named = named or date_in_folders(path.parent.parts)
            shown = tuple(replace(each, member=entry.filename) for each in extract.pictures)
            day_of = extract.day or named
            yield replace(extract, key=key, day=day_of, where=where, pictures=shown)


def _unpacked(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    try:
        packed = container.open(entry)
        if entry.file_size > _HELD_BYTES:  # lines, read as they come
            return io.BufferedReader(packed)  # type: ignore[type-var,return-value]
        with packed:
            return io.BytesIO(packed.read())
    except Exception as error:  # each way of packing has errors of its own
        raise ArticleError("cannot be unpacked ({reason})", reason=str(error)) from error


def _format(entry: zipfile.ZipInfo, path: PurePosixPath, formats: Mapping[str, Format]) -> Format:
    """How the file is to be read. Raises ArticleError with the reason if it may not be."""
    if _leaves(entry.filename):
        raise ArticleError("has a path that leaves the ZIP")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ArticleError("is a link")
    suffix = path.suffix.lower()
    if suffix == ".zip":
        raise ArticleError("is a ZIP in a ZIP: unpack the outer one")
    if suffix not in formats:
        raise ArticleError(
            "is of no kind that is read ({kind})", kind=suffix or Message("no suffix")
        )
    kind = formats[suffix]
    kind.check_size(entry.file_size)
    _check_packing(entry)
    return kind


def _check_packing(entry: zipfile.ZipInfo) -> None:
    """Raises ArticleError with the reason if a file may not be unpacked, whatever it holds."""
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ArticleError("is a link")
    if entry.flag_bits & _ENCRYPTED:
        raise ArticleError("is locked with a password: pack it without one")
    if entry.file_size > max(_ANY_RATIO_BYTES, _MAX_RATIO * entry.compress_size):
        raise ArticleError(
            "unpacks to {times:,.0f} times its size; articles do not, to more than {most}",
            times=entry.file_size / max(1, entry.compress_size),
            most=_MAX_RATIO,
        )
