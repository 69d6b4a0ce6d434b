"""Where, when and by whom the articles were published, in the catalog: a small row for each, so
that to filter by it reads no text."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from hemeroteca.index.article import Article
from hemeroteca.index.filter import Filter
from hemeroteca.index.publication import PUBLICATION_FIELDS, Publication

_TEXTS = ("subtitle", *PUBLICATION_FIELDS, "described")  # `authors` is a JSON array
SCHEMA = f"""
CREATE TABLE IF NOT EXISTS published (
    article TEXT PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    day INTEGER NOT NULL, language TEXT NOT NULL,
    {", ".join(f"{name} TEXT NOT NULL DEFAULT ''" for name in _TEXTS)}) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS author (
    name TEXT, article TEXT REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (name, article)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS published_day ON published (day);
CREATE INDEX IF NOT EXISTS published_paper ON published (paper, day);
CREATE INDEX IF NOT EXISTS published_section ON published (section, day);
CREATE INDEX IF NOT EXISTS published_language ON published (language, day);
CREATE INDEX IF NOT EXISTS author_article ON author (article);
"""
PUBLICATION = ", ".join(
    f"published.{name}" for name in PUBLICATION_FIELDS
)  # columns, as `publication` takes them


def upgrade(db: sqlite3.Connection) -> None:
    """Enter the articles of a catalog that had no such rows, and add the columns that it lacks.
    In the first case its files are read again, though they have not changed, for what they say
    beside the text."""
    known = "SELECT name FROM sqlite_master WHERE type = 'table'"
    tables = {row[0] for row in db.execute(known)}
    if "published" in tables:
        columns = {row[1] for row in db.execute("PRAGMA table_info(published)")}
        for name in _TEXTS:
            if name not in columns:
                db.execute(f"ALTER TABLE published ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
    if "article" not in tables or "published" in tables:
        return
    create(db)
    db.execute(
        "INSERT INTO published (article, day, language) SELECT article, day, language FROM article"
    )
    db.execute("UPDATE article SET stamp = stamp || '-'")


def create(db: sqlite3.Connection) -> None:
    for statement in filter(str.strip, SCHEMA.split(";")):
        db.execute(statement)


def enter(db: sqlite3.Connection, document: Article) -> None:
    """Record what is said of an article beside its text, in place of what was."""
    said = document.publication.as_dict() | {
        "article": document.id,
        "day": document.day,
        "language": document.language,
        "subtitle": document.subtitle,
        "authors": json.dumps(document.publication.authors, ensure_ascii=False),
        "described": document.described,
    }
    columns, blanks = ", ".join(said), ", ".join("?" * len(said))
    db.execute(f"INSERT OR REPLACE INTO published ({columns}) VALUES ({blanks})", [*said.values()])
    db.execute("DELETE FROM author WHERE article = ?", (document.id,))
    db.executemany(
        "INSERT OR IGNORE INTO author VALUES (?, ?)",
        ((name, document.id) for name in document.publication.authors),
    )


def publication(columns: Sequence[str]) -> Publication:
    """What the columns PUBLICATION of a row say."""
    paper, said, *others = columns
    authors = () if said in ("", "[]") else tuple(json.loads(said))
    return Publication(paper, authors, *others)


def where(
    kept: Filter, among: Sequence[str] | None = None, of_few: bool = False
) -> tuple[str, list[Any]]:
    """The condition on a row of `published` that `kept` is and, if given, that its article is
    `among` these ids; and its values. Where it is asked of few rows, `of_few`, the articles of an
    author are not gathered first."""
    conditions: list[str] = []
    values: list[Any] = []
    if kept.period:
        days = "day BETWEEN ? AND ?"
        conditions.append(f"({days} OR day = 0)" if kept.undated else days)
        values += [*kept.period.days]
    for field, names in kept.names.items():
        blanks = ", ".join("?" * len(names))
        if field == "author":
            named = f"SELECT author.article FROM author WHERE name IN ({blanks})"
            one = f"EXISTS ({named} AND author.article = published.article)"
            conditions.append(one if of_few else f"article IN ({named})")
        else:
            conditions.append(f"{field} IN ({blanks})")
        values += names
    for ids in (among, kept.articles or None):
        if ids is not None:
            conditions.append("article IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(list(ids), ensure_ascii=False))
    return " AND ".join(conditions) or "TRUE", values
