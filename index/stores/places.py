"""Where on the pages of their files the lines of articles stand, in the catalog."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from hemeroteca.index.article import Article
from hemeroteca.index.place import Place, packed, unpacked

SCHEMA = """
CREATE TABLE IF NOT EXISTS place (
    article TEXT PRIMARY KEY REFERENCES article ON DELETE CASCADE, places BLOB NOT NULL
    ) WITHOUT ROWID;
"""


def enter(db: sqlite3.Connection, document: Article) -> None:
    """Record where the lines of `document` stand."""
    db.execute("DELETE FROM place WHERE article = ?", (document.id,))
    if document.places:
        db.execute("INSERT INTO place VALUES (?, ?)", (document.id, packed(document.places)))


def of(
    rows: Callable[[str, Sequence[Any]], list[Any]], articles: Sequence[str]
) -> dict[str, tuple[Place, ...]]:
    """Where the lines of `articles` stand, of those of which it is known; nowhere in the catalog of
    a former version that is only read."""
    if not rows("SELECT name FROM sqlite_master WHERE name = 'place'", ()):
        return {}
    blanks = ",".join("?" * len(articles))
    found = rows(f"SELECT article, places FROM place WHERE article IN ({blanks})", articles)
    return {article: unpacked(places) for article, places in found}
