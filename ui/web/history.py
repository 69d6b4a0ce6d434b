"""The conversations of the page, in SQLite: kept on the server, each with its evidence."""

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from hemeroteca.ui.web.database import Database
from hemeroteca.ui.web.message import Kept, Turn, turn_of

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS turn (
    conversation TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE,
    position INTEGER NOT NULL, content TEXT NOT NULL, vote INTEGER NOT NULL DEFAULT 0,
    comment TEXT NOT NULL DEFAULT '', PRIMARY KEY (conversation, position)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS conversation_owner ON conversation (owner);
CREATE TABLE IF NOT EXISTS shared (
    conversation TEXT PRIMARY KEY REFERENCES conversation ON DELETE CASCADE,
    key TEXT NOT NULL UNIQUE) WITHOUT ROWID;
"""
_TITLE_CHARACTERS = 60
_COMMENT_CHARACTERS = 1_000


@dataclass(frozen=True)
class Conversation:
    """A conversation in the list."""

    id: str
    title: str


@dataclass(frozen=True)
class Shared:
    """A conversation as those see it with whom it is shared: no votes, no comments."""

    title: str
    turns: Sequence[Turn]


@dataclass(frozen=True)
class Judged:
    """A turn that a person judged, `position` its place in `conversation`, and those before it."""

    conversation: str
    position: int
    kept: Kept
    before: Sequence[Turn]


class History:
    """An SQLite file. A conversation belongs to its owner, a browser or a user: with another
    owner's name it is as if it did not exist. Safe to use from several threads.

    Raises StorageError if the file cannot be used."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _SCHEMA)
        with self._transaction() as db:
            columns = [row[1] for row in db.execute("PRAGMA table_info(turn)")]
            if "comment" not in columns:  # a file of a former version
                db.execute("ALTER TABLE turn ADD COLUMN comment TEXT NOT NULL DEFAULT ''")

    def _transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._database.transaction()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def begin(self, owner: str, turn: Turn) -> str:
        """A new conversation with its first turn, named after its question; returns its id."""
        conversation = uuid4().hex
        with self._transaction() as db:
            db.execute(
                "INSERT INTO conversation VALUES (?, ?, ?)",
                (conversation, owner, _title(turn.question)),
            )
            _append(db, conversation, turn)
        return conversation

    def add(self, owner: str, conversation: str, turn: Turn) -> None:
        """Add a turn at the end; nothing if the conversation was deleted meanwhile."""
        with self._transaction() as db:
            if _owned(db, owner, conversation):
                _append(db, conversation, turn)

    def turns(self, owner: str, conversation: str) -> list[Kept]:
        """The turns, oldest first; none if the owner has no such conversation."""
        if not conversation:
            return []
        with self._transaction() as db:
            rows = db.execute(
                """SELECT content, vote, comment FROM turn JOIN conversation ON id = conversation
                WHERE conversation = ? AND owner = ? ORDER BY position""",
                (conversation, owner),
            ).fetchall()
        return [Kept(turn_of(content), vote, comment) for content, vote, comment in rows]

    def conversations(self, owner: str) -> list[Conversation]:
        """The owner's conversations, newest first."""
        with self._transaction() as db:
            rows = db.execute(
                "SELECT id, title FROM conversation WHERE owner = ? ORDER BY rowid DESC", (owner,)
            ).fetchall()
        return [Conversation(*row) for row in rows]

    def delete(self, owner: str, conversation: str) -> None:
        """Delete the conversation, if it is the owner's."""
        with self._transaction() as db:
            db.execute("DELETE FROM conversation WHERE id = ? AND owner = ?", (conversation, owner))

    def rename(self, owner: str, conversation: str, title: str) -> None:
        """Give the conversation another title; nothing if the title is blank or it is not the
        owner's."""
        if not title.strip():
            return
        with self._transaction() as db:
            db.execute(
                "UPDATE conversation SET title = ? WHERE id = ? AND owner = ?",
                (_title(title), conversation, owner),
            )

    def share(self, owner: str, conversation: str) -> str:
        """The key by which others may read the owner's conversation, the same until `unshare`; ""
        if there is no such conversation."""
        with self._transaction() as db:
            if not _owned(db, owner, conversation):
                return ""
            db.execute("INSERT OR IGNORE INTO shared VALUES (?, ?)", (conversation, uuid4().hex))
            row = db.execute("SELECT key FROM shared WHERE conversation = ?", (conversation,))
            return str(row.fetchone()[0])

    def unshare(self, owner: str, conversation: str) -> None:
        """Let nobody read the owner's conversation any more."""
        with self._transaction() as db:
            if _owned(db, owner, conversation):
                db.execute("DELETE FROM shared WHERE conversation = ?", (conversation,))

    def shared(self, key: str) -> Shared | None:
        """The conversation that is shared by that key."""
        with self._transaction() as db:
            rows = db.execute(
                """SELECT title, content FROM shared JOIN conversation ON id = shared.conversation
                JOIN turn ON turn.conversation = id WHERE key = ? ORDER BY position""",
                (key,),
            ).fetchall()
        return Shared(rows[0][0], [turn_of(content) for _, content in rows]) if rows else None

    def judge(self, owner: str, conversation: str, position: int, vote: int) -> None:
        """Record what the owner thinks of a turn: 1 is right, -1 wrong, 0 takes it back."""
        with self._transaction() as db:
            if _owned(db, owner, conversation):
                db.execute(
                    "UPDATE turn SET vote = ? WHERE conversation = ? AND position = ?",
                    (vote, conversation, position),
                )

    def remark(self, owner: str, conversation: str, position: int, comment: str) -> None:
        """Record what the owner says about their vote on a turn, cut to `_COMMENT_CHARACTERS`."""
        with self._transaction() as db:
            if _owned(db, owner, conversation):
                db.execute(
                    "UPDATE turn SET comment = ? WHERE conversation = ? AND position = ?",
                    (comment.strip()[:_COMMENT_CHARACTERS], conversation, position),
                )

    def feedback(self) -> list[Judged]:
        """Every judged turn of every owner."""
        with self._transaction() as db:
            rows = db.execute(
                """SELECT conversation, position, content, vote, comment FROM turn
                WHERE conversation IN (SELECT conversation FROM turn WHERE vote != 0)
                ORDER BY conversation, position"""
            ).fetchall()
        found: list[Judged] = []
        before: list[Turn] = []
        for conversation, position, content, vote, comment in rows:
            if position == 0:
                before = []
            turn = turn_of(content)
            if vote:
                kept = Kept(turn, vote, comment)
                found.append(Judged(conversation, position, kept, tuple(before)))
            before.append(turn)
        return found


def _title(text: str) -> str:
    return " ".join(text.split())[:_TITLE_CHARACTERS] or "…"


def _append(db: sqlite3.Connection, conversation: str, turn: Turn) -> None:
    db.execute(
        """INSERT INTO turn (conversation, position, content)
        SELECT ?, count(*), ? FROM turn WHERE conversation = ?""",
        (conversation, turn.as_json(), conversation),
    )


def _owned(db: sqlite3.Connection, owner: str, conversation: str) -> bool:
    row = db.execute(
        "SELECT 1 FROM conversation WHERE id = ? AND owner = ?", (conversation, owner)
    ).fetchone()
    return row is not None
