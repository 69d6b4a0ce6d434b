"""Which files and folders of a folder are looked at."""

import re
from collections.abc import Sequence

from hemeroteca.index.sources.collections import archivebox, zotero
from hemeroteca.index.sources.collections.references import EXPORTS
from hemeroteca.index.sources.formats.webpage import page_folders

_OF_PARCEL = re.compile(r"bagit\.txt|bag-info\.txt|(?:tag)?manifest-\w+\.txt|fetch\.txt")


def looked_at(folders: Sequence[str], names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Those of the `folders` and files (`names`) in a folder that are looked at, in order: not what
    is hidden, belongs to a saved page, or is what a library or a program keeps beside articles."""
    beside = page_folders(names)
    if "bagit.txt" in names:  # a library's parcel (BagIt), and what is said of it
        names = [name for name in names if not _OF_PARCEL.fullmatch(name)]
    if archivebox.COLLECTION in names:  # and its lists of addresses
        names, folders = [], [name for name in folders if name == archivebox.SNAPSHOTS]
    elif zotero.DATABASE in names:  # and its styles and programs
        names = [name for name in names if name.lower().endswith((*EXPORTS, ".json"))]
        folders = [name for name in folders if name == zotero.STORAGE]
    return (
        sorted(name for name in folders if not name.startswith(".") and name not in beside),
        sorted(name for name in names if not name.startswith(".")),
    )
