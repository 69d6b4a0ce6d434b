"""The folders that programs keep, in a ZIP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from hemeroteca.index.errors import ArticleError, Message
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
from hemeroteca.index.sources.extract import Rejected
from hemeroteca.index.sources.pages.packed import Files, Packed
from hemeroteca.index.sources.saved_page import saved_in


@dataclass
class Kept:
    """The names of the files of a ZIP that are looked at, with what is said of them, and those of
    which it is said why they are not read."""

    files: dict[str, Said | None] = field(default_factory=dict)
    refused: list[Rejected] = field(default_factory=list)


def kept_in(files: Files) -> Kept:
    """What is looked at in a ZIP, as in a folder."""
    kept = Kept()
    _look(Packed(files, PurePosixPath()), kept)
    _join_exports(files, kept)
    return kept


def _look(folder: Packed, kept: Kept) -> None:
    inner = list(folder.iterdir())
    names = [each.name for each in inner if each.is_file()]
    snapshot = archivebox.snapshot_in(folder, names, _index_in)
    if snapshot is not None and snapshot.page is not None:
        kept.files[str(snapshot.page.at)] = snapshot.said
        return
    if snapshot is not None:
        reason = Message("is a snapshot of {address} without the page", address=snapshot.url)
        kept.refused.append(Rejected(str(folder.at / archivebox.INDEX), reason))
        return
    folders, names = looked_at([each.name for each in inner if each.is_dir()], names)
    kept.files |= dict.fromkeys(str(folder.at / name) for name in names)
    for name in folders:
        _look(folder / name, kept)


def _index_in(place: Packed) -> Mapping[str, Any] | None:
    try:
        with place.open() as stream:
            return archivebox.read_index(stream)
    except ArticleError:
        return None  # said where it is read


def _join_exports(files: Files, kept: Kept) -> None:
    """Add to the files that a reference manager keeps what its exports say of them."""
    places = [PurePosixPath(name) for name in kept.files]
    exports = [place for place in places if place.suffix.lower() in EXPORTS]
    if any(zotero.is_attachment(place.parent) for place in places):
        exports += [place for place in places if place.suffix.lower() == ".json"]
    for export in exports:
        is_own = export.suffix.lower() in EXPORTS
        if is_own:
            del kept.files[str(export)]
        try:
            with Packed(files, export).open() as stream:
                works = read_works(stream, export.suffix)
        except ArticleError as error:
            if is_own:
                kept.refused.append(Rejected(str(export), error.message))
            continue
        if works is None:
            if is_own:
                kept.refused.append(Rejected(str(export), NO_EXPORT))
            continue
        others = [place for place in places if place != export]
        said = zotero.said_of(
            works_from(works), export, set(others), lambda page: _saved_from(Packed(files, page))
        )
        kept.files |= {str(place): of_one for place, of_one in said.items()}
        if said and not is_own:
            del kept.files[str(export)]
        elif not said and is_own:
            kept.refused.append(Rejected(str(export), without_texts(len(works))))


def _saved_from(page: Packed) -> str:
    try:
        with page.open() as stream:
            saved = saved_in(stream)
    except ArticleError:
        return ""
    return saved[0] if saved else ""
