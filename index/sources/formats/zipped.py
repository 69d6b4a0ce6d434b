"""ZIP files of articles: each of their files is read as it would be in a folder."""

import io
import stat
import zipfile
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.beside import check_page, named_within, opener
from hemeroteca.index.sources.containers import open_container
from hemeroteca.index.sources.dates import date_in_folders, date_in_name
from hemeroteca.index.sources.extract import Held, LeftOut, Part, Rejected, stable_key
from hemeroteca.index.sources.formats.format import Format
from hemeroteca.index.sources.formats.issue import issue_format
from hemeroteca.index.sources.formats.webpage import page_folders
from hemeroteca.index.sources.kinds_of_picture import NOT_SHOWN, SHOWN, PicturesOfPages

_MAX_FILES = 100_000
_MAX_BYTES = 4_000_000_000
# Text packs to a tenth, a table of much the same to a fiftieth; what packs better says nothing.
_MAX_RATIO = 200
_ANY_RATIO_BYTES = 1_000_000
_HELD_BYTES = 50_000_000  # in memory
_ENCRYPTED = 0x1


def read_zip(stream: BinaryIO, formats: Mapping[str, Format]) -> Iterator[Part]:
    """The articles of every file in it, in the order of their names; what is none, or may not be
    read, is rejected by its name. Nothing is unpacked to the disk. Keys are the files' names
    without suffix, and after a `/` what their own format gives."""
    with open_container(stream, _MAX_FILES, _MAX_BYTES) as container:
        beside = page_folders(container.namelist())
        files = [
            entry
            for entry in sorted(container.infolist(), key=lambda entry: entry.filename)
            if not entry.is_dir() and not _is_passed_over(entry.filename, beside)
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
            if entry.filename in pages or (is_picture and path in of_pages):
                continue
            try:
                kind = _format(entry, path, formats)
                if entry.filename in issues:
                    kind = issues[entry.filename][0]
                yield from _articles(container, entry, kind)
            except ArticleError as error:
                yield Rejected(entry.filename, error.message, _key(entry.filename))


def _is_passed_over(name: str, beside: Set[str]) -> bool:
    """As in a folder: what is hidden or beside a page; and what macOS adds to a ZIP."""
    path = PurePosixPath(name)
    return any(
        (part.startswith(".") and part != "..") or part == "__MACOSX" for part in path.parts
    ) or any(str(parent) in beside for parent in path.parents)


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


def _articles(container: zipfile.ZipFile, entry: zipfile.ZipInfo, kind: Format) -> Iterator[Part]:
    path = PurePosixPath(entry.filename)
    name = path.with_suffix("").as_posix()
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
                yield replace(extract, where=where, key=_key(entry.filename, extract.key))
                continue
            key = stable_key(f"{name}/{extract.key}" if extract.key else name, "")
            named = None if extract.exported else day
            if extract.digitised:
                named = named or date_in_folders(path.parent.parts)
            yield replace(extract, key=key, day=extract.day or named, where=where)


def _key(filename: str, key: str = "") -> str:
    """The beginning of the keys of the articles of a file, or of those of `key` in it."""
    name = PurePosixPath(filename).with_suffix("").as_posix()
    whole = f"{name}/{key}" if key else name
    return whole if stable_key(whole, "") == whole else ""  # of what is too long only a digest


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
    if ".." in path.parts or path.is_absolute() or set("\\:") & set(path.parts[0]):
        raise ArticleError("has a path that leaves the ZIP")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ArticleError("is a link")
    if entry.flag_bits & _ENCRYPTED:
        raise ArticleError("is locked with a password: pack it without one")
    suffix = path.suffix.lower()
    if suffix == ".zip":
        raise ArticleError("is a ZIP in a ZIP: unpack the outer one")
    if suffix not in formats:
        raise ArticleError(
            "is of no kind that is read ({kind})", kind=suffix or Message("no suffix")
        )
    kind = formats[suffix]
    kind.check_size(entry.file_size)
    if entry.file_size > max(_ANY_RATIO_BYTES, _MAX_RATIO * entry.compress_size):
        raise ArticleError(
            "unpacks to {times:,.0f} times its size; articles do not, to more than {most}",
            times=entry.file_size / max(1, entry.compress_size),
            most=_MAX_RATIO,
        )
    return kind
