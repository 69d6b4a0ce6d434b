"""An index whose articles were moved is found again by them: nothing is embedded twice."""

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from hemeroteca.index.errors import StorageError
from hemeroteca.index.sources.find import ArticleFile, find_articles

_MOST_SHARE = 0.5  # of the files that an index knows have to be there, the others may have changed

log = logging.getLogger(__name__)


def follow_moved(folder: Path, sources: Sequence[Path]) -> None:
    """Where there is no index in `folder`, that of `sources`, but beside it one of the same files
    where they lay before, call that one so, with all that is kept beside it.

    The same files are those of the same sizes and times, and none may be left where it was: a copy
    is another archive. Raises StorageError if a source cannot be listed or nothing be renamed."""
    if folder.exists() or not folder.parent.is_dir():
        return
    files = [file for file in find_articles(sources) if isinstance(file, ArticleFile)]
    here = set(filter(None, (_bare(_stamp(file)) for file in files)))
    for catalog in sorted(folder.parent.glob("*/catalog.db")):
        if _is_of(catalog, here):
            _rename(catalog.parent, folder)
            return


def _is_of(catalog: Path, here: set[str]) -> bool:
    """Whether the files of an index are gone, and enough of them `here`."""
    known: dict[str, str] = {}
    try:
        with closing(sqlite3.connect(f"{catalog.resolve().as_uri()}?mode=ro", uri=True)) as db:
            known.update(db.execute("SELECT DISTINCT source, stamp FROM article"))
    except sqlite3.Error:
        log.debug("%s is no catalog that can be read", catalog, exc_info=True)
        return False
    found = sum(_bare(stamp) in here for stamp in known.values())
    if not known or found < _MOST_SHARE * len(known):
        return False
    return not any(Path(source).exists() for source in known)


def _rename(former: Path, folder: Path) -> None:
    log.warning("The articles of the index %s were moved; it is %s now.", former, folder)
    try:
        for path in _belonging(former):
            path.rename(folder.with_name(folder.name + path.name.removeprefix(former.name)))
    except OSError as error:
        raise StorageError(
            "cannot rename the index {former}, whose articles were moved ({reason}): check the "
            "permissions of the data folder (INDEX_DIR)",
            former=former,
            reason=error.strerror,
        ) from error


def _belonging(folder: Path) -> Iterator[Path]:
    """The folder and what is kept beside it under its name."""
    yield from sorted(folder.parent.glob(f"{folder.name}.*"))
    yield folder


def _stamp(file: ArticleFile) -> str:
    try:
        return file.stamp()
    except OSError:  # gone meanwhile
        return ""


def _bare(stamp: str) -> str:
    """The size and the time of change in a stamp: what stays when a file is moved."""
    return "-".join(stamp.split("-")[:2])
