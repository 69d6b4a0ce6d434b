"""Zotero: a folder for each attached file, and an export beside it that says what they are."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import PurePath, PurePosixPath
from typing import TypeVar
from unicodedata import normalize

from hemeroteca.index.sources.collections.references import Work
from hemeroteca.index.sources.collections.said import Said
from hemeroteca.index.sources.formats.web_archive import address_key

DATABASE = "zotero.sqlite"
STORAGE = "storage"
_KEY = re.compile(r"[A-Z0-9]{8}")
_PAGES = (".html", ".htm", ".xhtml")
_LETTERS = re.compile(r"[\W_]+")
_FEWEST_LETTERS = 12  # of a title by which a file is known
_LONGEST = 60  # letters of a title in a file's name
P = TypeVar("P", bound=PurePath)


def is_attachment(folder: PurePath) -> bool:
    """Whether a folder is one that Zotero keeps a file in."""
    return folder.parent.name == STORAGE and bool(_KEY.fullmatch(folder.name))


def said_of(
    works: Iterable[Work], export: P, files: Collection[P], saved_from: Callable[[P], str]
) -> Mapping[P, Said]:
    """What the works of an export say of those of `files` that are attached to them: by their
    paths, by the address that a page was `saved_from`, or by the title that a file's name holds."""
    by_end = {PurePosixPath(*file.parts[-number:]): file for file in files for number in (2, 3)}
    found: dict[P, Said] = {}
    others = []
    for work in works:
        named = [_named(written, export, files, by_end) for written in work.files]
        own = [file for file in named if file is not None]
        found.update(dict.fromkeys(own, work.said))
        if not own:
            others.append(work.said)
    by_address = {address_key(s.publication.url): s for s in others if s.publication.url}
    left = [file for file in files if file not in found and is_attachment(file.parent)]
    for file in left if others else ():
        address = saved_from(file) if file.suffix.lower() in _PAGES else ""
        if said := by_address.get(address_key(address)) or _by_title(file, others):
            found[file] = said
    return found


def _named(
    written: str, export: P, files: Collection[P], by_end: Mapping[PurePosixPath, P]
) -> P | None:
    """The file that an export calls so."""
    place = export.parent / written
    if place in files:
        return place
    parts = PurePosixPath(written.replace("\\", "/")).parts
    ends = (PurePosixPath(*parts[-number:]) for number in (3, 2) if len(parts) >= number)
    return next((by_end[end] for end in ends if end in by_end), None)


def _by_title(file: PurePath, works: Iterable[Said]) -> Said | None:
    """The only work whose title the name of `file` holds."""
    name = _letters(file.stem)
    held = [said for said in works if _holds(name, _letters(said.title))]
    return held[0] if len(held) == 1 else None


def _holds(name: str, title: str) -> bool:
    return len(title) >= _FEWEST_LETTERS and title[:_LONGEST] in name


def _letters(text: str) -> str:
    return _LETTERS.sub("", normalize("NFKC", text).casefold())
