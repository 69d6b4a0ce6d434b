"""The photographs of articles, in the catalog: where they lie, what they look like."""

import json
import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hemeroteca.index.article import Article
from hemeroteca.index.filter import Filter
from hemeroteca.index.picture import Picture
from hemeroteca.index.place import Region
from hemeroteca.index.sources.pictures.marks import as_numbers
from hemeroteca.index.stores.published import where
from hemeroteca.index.text.terms import terms

if TYPE_CHECKING:
    import numpy as np

Rows = Callable[[str, Sequence[Any]], list[Any]]

SCHEMA = """
CREATE TABLE IF NOT EXISTS picture (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL REFERENCES article ON DELETE CASCADE, number INTEGER NOT NULL,
    at TEXT NOT NULL, caption TEXT NOT NULL, region TEXT, member TEXT NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, marks BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS picture_article ON picture (article, number);
"""
_TABLE = "SELECT name FROM sqlite_master WHERE name = 'picture'"
# What a paper shows beside so many of its articles, and so large a share of those that have
# pictures, is its own.
_FEWEST_REPEATED, _SHARE_REPEATED = 5, 0.3
# Kinds of file that have none.
_WITHOUT = ("txt", "md", "markdown", "csv", "tsv", "rtf", "docx", "odt", "eml", "mbox", "ris")


def upgrade(db: sqlite3.Connection) -> None:
    """Have the files be read again that may have pictures, though they have not changed, if the
    catalog is of a former version."""
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "article" in tables and "picture" not in tables:
        others = " AND ".join(f"source NOT LIKE '%.{suffix}'" for suffix in _WITHOUT)
        db.execute(f"UPDATE article SET stamp = stamp || '-' WHERE {others}")


def enter(db: sqlite3.Connection, document: Article) -> None:
    """Record the pictures of `document` in place of what was."""
    db.execute("DELETE FROM picture WHERE article = ?", (document.id,))
    db.executemany(
        """INSERT INTO picture (article, number, at, caption, region, member, width, height, marks)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (
                *(document.id, number, each.at, each.caption),
                json.dumps([round(side, 4) for side in each.region]) if each.region else None,
                *(each.member, each.width, each.height, each.marks),
            )
            for number, each in enumerate(document.pictures, start=1)
        ),
    )


def of(rows: Rows, articles: Sequence[str]) -> dict[str, tuple[Picture, ...]]:
    """The pictures of `articles`, of those that have some; none in the catalog of a former version
    that is only read."""
    if not rows(_TABLE, ()):
        return {}
    found: dict[str, tuple[Picture, ...]] = {}
    blanks = ",".join("?" * len(articles))
    for article, *row in rows(
        f"""SELECT article, at, caption, region, member, width, height, marks FROM picture
            WHERE article IN ({blanks}) ORDER BY article, number""",
        articles,
    ):
        found[article] = (*found.get(article, ()), _picture(row))
    return found


def _picture(row: Sequence[Any]) -> Picture:
    at, caption, region, *others = row
    page = None
    if region:
        number, *sides = json.loads(region)
        page = Region(int(number), *sides)
    return Picture(at, caption, page, *others)


@dataclass(frozen=True)
class Photographs:
    """All photographs of an archive: the article of each, its number there, from 1, its paper, its
    language, its caption, and its marks, a row of numbers."""

    articles: Sequence[str]
    numbers: Sequence[int]
    papers: Sequence[str]
    languages: Sequence[str]
    captions: Sequence[str]
    marks: "np.ndarray"

    @cached_property
    def repeated(self) -> frozenset[tuple[str, bytes]]:
        """What papers show beside many of their articles: (paper, the mark of the whole)."""
        shown: dict[tuple[str, bytes], set[str]] = {}
        for article, paper, whole in zip(self.articles, self.papers, self._wholes, strict=True):
            shown.setdefault((paper, whole), set()).add(article)
        pictured = Counter(paper for _, paper in {*zip(self.articles, self.papers, strict=True)})
        return frozenset(
            (paper, whole)
            for (paper, whole), articles in shown.items()
            if len(articles) >= max(_FEWEST_REPEATED, _SHARE_REPEATED * pictured[paper])
        )

    @cached_property
    def shown(self) -> Sequence[int]:
        """The rows of the others."""
        keys = enumerate(zip(self.papers, self._wholes, strict=True))
        return [row for row, key in keys if key not in self.repeated]

    @cached_property
    def pictured(self) -> Sequence[str]:
        """The articles that have such."""
        return list(dict.fromkeys(self.articles[row] for row in self.shown))

    @cached_property
    def words(self) -> Sequence[frozenset[str]]:
        """The words of each caption, as they are written and by their stems."""
        return [
            frozenset(
                (*terms(caption, ""), *(language + each for each in terms(caption, language)))
            )
            for caption, language in zip(self.captions, self.languages, strict=True)
        ]

    @cached_property
    def _wholes(self) -> Sequence[bytes]:
        return [each.tobytes() for each in self.marks[:, 0]]


class AllPhotographs:
    """The photographs of a catalog, read when they are asked for and kept until they change."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._lock = threading.Lock()
        self._held: tuple[object, Photographs] | None = None

    def get(self) -> Photographs:
        """All of them, in the order in which they were entered."""
        with self._lock:
            state: object = None
            if self._rows(_TABLE, ()):
                # No id is given twice: what comes or goes changes one or the other.
                [state] = self._rows("SELECT count(*), max(id) FROM picture", ())
            if self._held is None or self._held[0] != state:
                rows = self._read() if state else []
                marks = as_numbers([row[5] for row in rows])
                columns: list[Any] = [[row[n] for row in rows] for n in range(5)]
                columns.append(marks)
                self._held = state, Photographs(*columns)
            return self._held[1]

    def latest(self, kept: Filter, undated: bool = False) -> list[str]:
        """The articles that `kept` leaves, or those of them without a date; the latest first."""
        condition, values = where(kept)
        rows = self._rows(
            f"""SELECT article FROM published WHERE {condition} {"AND day = 0" if undated else ""}
                ORDER BY day DESC, article""",
            values,
        )
        return [row[0] for row in rows]

    def files(self) -> set[str]:
        """The files of pictures that lie beside their articles' files."""
        rows = self._rows(
            """SELECT source, substr(at, 8) FROM picture JOIN article USING (article)
               WHERE at LIKE 'beside %' AND member = ''""",
            (),
        )
        return {os.path.normpath(Path(source).parent / name) for source, name in rows}

    def _read(self) -> list[Any]:
        return self._rows(
            """SELECT article, number, paper, language, caption, marks
               FROM picture JOIN published USING (article) WHERE width > 0 ORDER BY id""",
            (),
        )
