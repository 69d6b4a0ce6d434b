"""The files that were added on the page, in the archive's own folder of added articles."""

import filecmp
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import normalize

from gradio.utils import get_upload_folder

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.stores.archive import Archive

MAX_BYTES = 50_000_000  # what is larger goes into the folder of articles

_NAME_BYTES = 200
_PASTED_NAME = 60  # characters of a first line that name its file
_NOT_IN_NAMES = '<>:"/\\|?*'


class UploadError(HemerotecaError):
    """A file that is not added. The message is the reason, without the name."""


class Uploads:
    """The files of `archive.added`. Safe to use from one thread at a time."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def add(self, file: Path, name: str) -> Path:
        """Keep `file`, whose name was `name`, under one that is safe and free; returns its path.

        Raises UploadError if it is too large, of no kind that is read,
        or here already."""
        if not file.is_file():
            raise UploadError("It did not arrive; please add it again.")
        if file.stat().st_size > MAX_BYTES:
            raise too_large(file.stat().st_size)
        stem, suffix = _split(name)
        if suffix not in FORMATS:
            found = suffix or "–"
            raise UploadError(
                "Expected one of {kinds}; found {found}.", kinds=", ".join(FORMATS), found=found
            )
        folder = self._archive.added
        folder.mkdir(parents=True, exist_ok=True)
        for kept in folder.iterdir():
            if kept.suffix == suffix and filecmp.cmp(kept, file, shallow=False):
                raise UploadError("It is here already, as {file}.", file=kept.name)
        path = folder / f"{self._free(stem)}{suffix}"
        arriving = folder / f".{path.name}"  # hidden: no run reads half a file
        shutil.copyfile(file, arriving)
        arriving.rename(path)
        return path

    def add_text(self, text: str) -> Path:
        """Keep a text that was pasted, named after its first line; raises as `add`, and UploadError
        if there is none."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if not lines:
            raise UploadError("Nothing is written there: paste the text of an article.")
        with TemporaryDirectory() as folder:
            file = Path(folder) / "pasted.txt"
            file.write_text(text, encoding="utf-8", errors="replace")
            return self.add(file, f"{lines[0][:_PASTED_NAME].replace('.', ' ')}.txt")

    def _free(self, stem: str) -> str:
        """`stem`, numbered if there is an article or a file of that name."""
        taken = {article.split("/")[0] for article in self._archive.catalog.entries()}
        taken |= {kept.stem for kept in self._archive.added.iterdir()}
        return _unlike(stem, taken)

    def holds(self, source: str) -> bool:
        """Whether the file of that path was added here."""
        return Path(source).resolve().parent == self._archive.added

    def remove(self, source: str) -> None:
        """Remove an added file; nothing if it is none, or gone."""
        if self.holds(source):
            Path(source).unlink(missing_ok=True)


def arrived(sent: Mapping[str, Any]) -> Path:
    """The file that the page's script sent. Raises UploadError if it is too large or none."""
    if int(sent["size"]) > MAX_BYTES:  # the script did not even send it
        raise too_large(int(sent["size"]))
    path = Path(str(sent["path"])).resolve()
    # A request may name any path; only what was sent here is taken.
    if not path.is_relative_to(Path(get_upload_folder()).resolve()):
        raise UploadError("It did not arrive; please add it again.")
    return path


def too_large(size: int) -> UploadError:
    """Why a file of `size` bytes is not added."""
    return UploadError(
        "It has {megabytes:,.0f} MB; what is added here may have {most:.0f} MB.",
        megabytes=size / 1e6,
        most=MAX_BYTES / 1e6,
    )


def _unlike(stem: str, taken: Collection[str]) -> str:
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem} ({number})"
    return name


def _split(name: str) -> tuple[str, str]:
    """A name that every system can store, never hidden and in no folder, and its suffix."""
    whole = PurePosixPath(normalize("NFC", name).replace("\\", "/")).name
    safe = "".join("_" if c in _NOT_IN_NAMES or not c.isprintable() else c for c in whole)
    path = PurePosixPath(safe.encode(errors="replace").decode())
    stem = path.stem.strip(". ").encode()[:_NAME_BYTES].decode(errors="ignore")
    return stem or "article", path.suffix.lower()
