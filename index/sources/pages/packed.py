"""The files of a ZIP as places that lie beside one another, like those of a folder."""

import io
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, Self
from unicodedata import normalize

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.containers import open_container
from hemeroteca.index.sources.extract import stable_key
from hemeroteca.index.sources.kinds_of_picture import RECOGNISED

_MOST_FILES = 100_000
_MOST_BYTES = 20_000_000_000  # of all its files; of one:
_MOST_UNPACKED = 300_000_000
_OF_PAGES = (".pdf", *RECOGNISED)


class Place(Protocol):
    """A file or folder, of the disk (`Path`) or of a ZIP (`Packed`)."""

    @property
    def name(self) -> str: ...
    @property
    def stem(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def parent(self) -> Self: ...
    def __truediv__(self, name: str, /) -> Self: ...
    def resolve(self) -> Self: ...
    def is_relative_to(self, folder: Self, /) -> bool: ...
    def is_file(self) -> bool: ...
    def is_dir(self) -> bool: ...
    def iterdir(self) -> Iterator[Self]: ...


def opened(place: Place) -> BinaryIO:
    """The file at a place. Raises ArticleError or OSError if it cannot be read."""
    assert isinstance(place, Path | Packed)
    return place.open("rb")


def size_of(place: Place) -> int:
    """The bytes that the file at a place has."""
    assert isinstance(place, Path | Packed)
    return place.stat().st_size if isinstance(place, Path) else place.archive.sizes[str(place.at)]


class Files:
    """Files by their names, in folders."""

    @cached_property
    def sizes(self) -> dict[str, int]:
        """The bytes that each file has, unpacked, by its name."""
        raise NotImplementedError

    def read(self, name: str) -> bytes:
        """A file. Raises ArticleError if it is too large or damaged."""
        raise NotImplementedError

    @cached_property
    def folders(self) -> dict[PurePosixPath, set[PurePosixPath]]:
        """What lies in each folder."""
        found: dict[PurePosixPath, set[PurePosixPath]] = {PurePosixPath(): set()}
        for name in self.sizes:
            path = PurePosixPath(name)
            for inner, folder in zip((path, *path.parents), path.parents, strict=False):
                found.setdefault(folder, set()).add(inner)
        return found


@dataclass(frozen=True)
class Archive(Files):
    """The ZIP at `path`, which is opened for its names and for each of its files. Raises
    ArticleError if it is none, OSError if it is gone."""

    path: Path

    @cached_property
    def sizes(self) -> dict[str, int]:
        with self.path.open("rb") as stream, self._opened(stream) as container:
            return {each.filename: each.file_size for each in container.infolist()}

    def read(self, name: str) -> bytes:
        if self.sizes[name] > _MOST_UNPACKED:
            raise ArticleError("{file} is too large to be shown", file=name)
        try:
            with self.path.open("rb") as stream, self._opened(stream) as container:
                return container.read(name)
        except OSError:
            raise
        except Exception as error:  # each way of packing has errors of its own
            raise ArticleError("cannot be unpacked ({reason})", reason=str(error)) from error

    def _opened(self, stream: BinaryIO) -> zipfile.ZipFile:
        return open_container(stream, _MOST_FILES, _MOST_BYTES)


@dataclass(frozen=True)
class Packed:
    """A file or folder of a ZIP, by its path there; with those of pathlib's names that are used of
    a file beside a page."""

    archive: Files = field(compare=False)
    at: PurePosixPath

    @property
    def name(self) -> str:
        return self.at.name

    @property
    def stem(self) -> str:
        return self.at.stem

    @property
    def suffix(self) -> str:
        return self.at.suffix

    @property
    def parent(self) -> "Packed":
        return Packed(self.archive, self.at.parent)

    def __truediv__(self, name: str) -> "Packed":
        return Packed(self.archive, self.at / name)

    def resolve(self) -> "Packed":
        return Packed(self.archive, PurePosixPath(os.path.normpath(self.at).replace(os.sep, "/")))

    def is_relative_to(self, folder: "Packed") -> bool:
        return self.at.is_relative_to(folder.at)

    def is_file(self) -> bool:
        return str(self.at) in self.archive.sizes

    def is_dir(self) -> bool:
        return self.at in self.archive.folders

    def iterdir(self) -> Iterator["Packed"]:
        """What lies in the folder, by name."""
        return (Packed(self.archive, at) for at in sorted(self.archive.folders[self.at]))

    def open(self, mode: str = "rb") -> BinaryIO:
        """The file, unpacked in memory. Raises ArticleError or OSError if it cannot be read."""
        return io.BytesIO(self.archive.read(str(self.at)))


def key_in(name: str, key: str = "") -> str:
    """The key of the article `key` of the file `name` of a ZIP, or the beginning of those of all
    its articles: its name without suffix, and `key` behind it; of what is too long what is made of
    the name."""
    stem = _stem(name)
    whole = f"{stem}/{key}" if key else stem
    if stable_key(whole, "") != whole:
        stem = _made(name)
    return f"{stem}/{key}" if key else stem


def _stem(name: str) -> str:
    return " ".join(PurePosixPath(name).with_suffix("").as_posix().split())


def _made(name: str) -> str:
    return stable_key("", _stem(name))


def packed_source(path: Path, article: str) -> Packed | None:
    """The file of the ZIP at `path` from which the article with the id `article` was read; None if
    that is of no kind that has pages. Raises ArticleError or OSError if the ZIP cannot be read."""
    archive = Archive(path)
    stems: dict[str, str] = {}
    for name in sorted(archive.sizes):  # of two with one name without suffix the latter is kept
        if PurePosixPath(name).suffix.lower() in _OF_PAGES:
            stems[normalize("NFC", _stem(name))] = stems[_made(name)] = name
    # An id begins with as many of the last names of the ZIP's path as tell it from others.
    whole = normalize("NFC", path.resolve().with_suffix("").as_posix()).split("/")
    for start in range(len(whole)):
        for own in ("/".join(whole[start:]), "/".join(whole[start:]) + path.suffix):
            key = article.removeprefix(own + "/")
            ends = [len(key), *(n for n in range(len(key) - 1, 0, -1) if key[n] == "/")]
            found = next((key[:end] for end in ends if key != article and key[:end] in stems), None)
            if found is not None:
                return Packed(archive, PurePosixPath(stems[found]))
    return None
