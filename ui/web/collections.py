"""What people keep of the articles: quotes and whole articles, in collections, with their notes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.rag.answer import Citation
from hemeroteca.ui.web.database import Database
from hemeroteca.ui.web.message import citation_of

MAX_NOTE_CHARACTERS = 20_000

_NAME_CHARACTERS = 80
_SCHEMA = """
CREATE TABLE IF NOT EXISTS collection (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, created TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS item (
    id TEXT PRIMARY KEY, collection TEXT NOT NULL REFERENCES collection ON DELETE CASCADE,
    article TEXT NOT NULL, quote TEXT NOT NULL, citation TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '', UNIQUE (collection, article, quote));
CREATE INDEX IF NOT EXISTS collection_owner ON collection (owner);
"""


class CollectionError(HemerotecaError):
    """What is asked of a collection cannot be done."""


@dataclass(frozen=True)
class Collection:
    """A collection in the list; `created` is its ISO time (UTC), `items` how many are in it."""

    id: str
    name: str
    created: str
    items: int


@dataclass(frozen=True)
class Item:
    """What is kept: a quote or, with an empty quote, a whole article, and what its owner notes."""

    id: str
    citation: Citation
    note: str = ""


@dataclass(frozen=True)
class Within:
    """A collection that is searched by itself: its `name`, "" if there is none of that `id`, and
    the ids of its `articles`, each once."""

    id: str
    name: str = ""
    articles: Sequence[str] = ()


class Collections:
    """An SQLite file, which may be that of the conversations. A collection belongs to its owner, a
    browser or a user: with another owner's name it is as if it did not exist. Safe to use from
    several threads.

    Raises StorageError if the file cannot be used."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def add(self, owner: str, name: str) -> str:
        """A new, empty collection; returns its id. Raises CollectionError if the name is blank."""
        id, now = uuid4().hex, datetime.now(UTC).isoformat(timespec="seconds")
        with self._database.transaction() as db:
            db.execute("INSERT INTO collection VALUES (?, ?, ?, ?)", (id, owner, _name(name), now))
        return id

    def of(self, owner: str) -> list[Collection]:
        """The owner's collections, the oldest first."""
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT id, name, created,
                (SELECT count(*) FROM item WHERE collection = collection.id)
                FROM collection WHERE owner = ? ORDER BY rowid""",
                (owner,),
            ).fetchall()
        return [Collection(*row) for row in rows]

    def find(self, owner: str, collection: str) -> Collection | None:
        """The collection of that id; None if the owner has none, or has it no more."""
        return next((each for each in self.of(owner) if each.id == collection), None)

    def within(self, collection: str, user: str | None) -> Within:
        """The collection of that id, to be searched: the user's; where there are no users,
        whoever has its address, which nobody can guess."""
        with self._database.transaction() as db:
            found = db.execute(
                "SELECT name FROM collection WHERE id = ? AND iif(?, owner = ?, owner GLOB ?)",
                (collection, user is not None, f"user:{user}", "browser:*"),
            ).fetchone()
            held = db.execute(
                """SELECT article FROM item WHERE collection = ?
                GROUP BY article ORDER BY min(rowid)""",
                (collection,),
            ).fetchall()
        if found is None:
            return Within(collection)
        return Within(collection, found[0], tuple(row[0] for row in held))

    def rename(self, owner: str, collection: str, name: str) -> None:
        """Give the collection another name; nothing if it is gone. Raises CollectionError if the
        name is blank."""
        with self._database.transaction() as db:
            db.execute(
                "UPDATE collection SET name = ? WHERE id = ? AND owner = ?",
                (_name(name), collection, owner),
            )

    def delete(self, owner: str, collection: str) -> None:
        """Delete the collection with what is in it, if it is the owner's."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM collection WHERE id = ? AND owner = ?", (collection, owner))

    def items(self, owner: str, collection: str) -> list[Item]:
        """What is in the collection, in the order in which it was kept."""
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT item.id, citation, note FROM item
                JOIN collection ON collection.id = item.collection
                WHERE collection = ? AND owner = ? ORDER BY item.rowid""",
                (collection, owner),
            ).fetchall()
        return [Item(id, citation_of(json.loads(citation)), note) for id, citation, note in rows]

    def toggle(self, owner: str, collection: str, citation: Citation) -> bool:
        """Keep the quote, or the article, unless it is kept: then keep it no more, with its note.
        Returns whether it is kept now. Raises CollectionError if the collection is gone."""
        with self._database.transaction() as db:
            found = db.execute(
                "SELECT 1 FROM collection WHERE id = ? AND owner = ?", (collection, owner)
            ).fetchone()
            if found is None:
                raise gone()
            key = (collection, citation.article, citation.quote)
            kept = "WHERE collection = ? AND article = ? AND quote = ?"
            if db.execute(f"DELETE FROM item {kept}", key).rowcount:
                return False
            content = json.dumps(asdict(citation), ensure_ascii=False, default=str)
            db.execute(
                "INSERT INTO item (id, collection, article, quote, citation) VALUES (?,?,?,?,?)",
                (uuid4().hex, *key, content),
            )
            return True

    def note(self, owner: str, item: str, note: str) -> None:
        """Record what the owner notes on an item; nothing if it is gone. Raises CollectionError if
        the note is longer than MAX_NOTE_CHARACTERS."""
        if len(note) > MAX_NOTE_CHARACTERS:
            raise CollectionError(
                "The note has {found:,} characters; at most {most:,} are kept: shorten it.",
                found=len(note),
                most=MAX_NOTE_CHARACTERS,
            )
        with self._database.transaction() as db:
            db.execute(
                """UPDATE item SET note = ? WHERE id = ?
                AND collection IN (SELECT id FROM collection WHERE owner = ?)""",
                (note.strip(), item, owner),
            )

    def remove(self, owner: str, item: str) -> None:
        """Keep an item no more, if it is the owner's."""
        with self._database.transaction() as db:
            db.execute(
                """DELETE FROM item WHERE id = ?
                AND collection IN (SELECT id FROM collection WHERE owner = ?)""",
                (item, owner),
            )

    def articles(self, owner: str, collection: str) -> Sequence[str]:
        """The ids of the articles in the collection, each once. Raises CollectionError if it is
        gone or empty: asked by itself it can say nothing."""
        if self.find(owner, collection) is None:
            raise gone()
        items = self.items(owner, collection)
        if not items:
            raise empty()
        return tuple(dict.fromkeys(item.citation.article for item in items))


def gone() -> CollectionError:
    """Why nothing can be done with a collection that was deleted, perhaps in another tab."""
    return CollectionError("The collection is gone: it was deleted. Choose another.")


def empty() -> CollectionError:
    """Why a collection can be neither asked nor searched."""
    return CollectionError("The collection is empty: keep a quote or an article in it.")


def _name(name: str) -> str:
    words = " ".join(name.split())[:_NAME_CHARACTERS]
    if not words:
        raise CollectionError("The collection has no name: write one.")
    return words
