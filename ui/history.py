"""The conversations of the page, in SQLite: kept on the server, each with its evidence."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from index.errors import StorageError
from ui.turn import Turn, turn_of

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS turn (
    conversation TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE,
    position INTEGER NOT NULL, content TEXT NOT NULL, vote INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (conversation, position)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS conversation_owner ON conversation (owner);
"""
_TITLE_CHARACTERS = 60


@dataclass(frozen=True)
class Past:
    """A conversation in the list."""

    id: str
    title: str


@dataclass(frozen=True)
class Judged:
    """A turn that a person judged: `vote` is 1 or -1, `position` its place in `conversation`."""

    conversation: str
    position: int
    turn: Turn
    vote: int


class History:
    """An SQLite file. A conversation belongs to its owner, a browser or a user: with another
    owner's name it is as if it did not exist. Safe to use from several threads.

    Raises StorageError if the file cannot be used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        with self._transaction() as db:
            for statement in filter(str.strip, _SCHEMA.split(";")):
                db.execute(statement)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._lock:
                db = sqlite3.connect(self._path, timeout=30)
                try:
                    db.execute("PRAGMA foreign_keys=ON")
                    with db:
                        yield db
                finally:
                    db.close()
        except sqlite3.Error as error:
            raise StorageError(
                f"cannot use the conversations in {self._path} ({error}): "
                "check the space and the permissions of the data folder (INDEX_DIR)"
            ) from error

    def begin(self, owner: str, question: str) -> str:
        """A new conversation, named after its first question; returns its id."""
        identity = uuid4().hex
        title = " ".join(question.split())[:_TITLE_CHARACTERS] or "…"
        with self._transaction() as db:
            db.execute("INSERT INTO conversation VALUES (?, ?, ?)", (identity, owner, title))
        return identity

    def add(self, owner: str, conversation: str, turn: Turn) -> None:
        """Add a turn at the end; nothing if the conversation was deleted meanwhile."""
        with self._transaction() as db:
            if _owned(db, owner, conversation):
                db.execute(
                    """INSERT INTO turn (conversation, position, content)
                    SELECT ?, count(*), ? FROM turn WHERE conversation = ?""",
                    (conversation, turn.as_json(), conversation),
                )

    def turns(self, owner: str, conversation: str) -> list[Turn]:
        """The turns, oldest first; none if the owner has no such conversation."""
        return [turn for turn, _ in self.judged_turns(owner, conversation)]

    def judged_turns(self, owner: str, conversation: str) -> list[tuple[Turn, int]]:
        """The turns, oldest first, each with its vote: 1, -1, or 0 for none."""
        with self._transaction() as db:
            rows = db.execute(
                """SELECT content, vote FROM turn JOIN conversation ON id = conversation
                WHERE conversation = ? AND owner = ? ORDER BY position""",
                (conversation, owner),
            ).fetchall()
        return [(turn_of(content), vote) for content, vote in rows]

    def past(self, owner: str) -> list[Past]:
        """The owner's conversations, newest first."""
        with self._transaction() as db:
            rows = db.execute(
                "SELECT id, title FROM conversation WHERE owner = ? ORDER BY rowid DESC", (owner,)
            ).fetchall()
        return [Past(*row) for row in rows]

    def delete(self, owner: str, conversation: str) -> None:
        """Delete the conversation, if it is the owner's."""
        with self._transaction() as db:
            db.execute("DELETE FROM conversation WHERE id = ? AND owner = ?", (conversation, owner))

    def judge(self, owner: str, conversation: str, position: int, vote: int) -> None:
        """Record what the owner thinks of a turn: 1 is right, -1 wrong, 0 takes it back."""
        with self._transaction() as db:
            if _owned(db, owner, conversation):
                db.execute(
                    "UPDATE turn SET vote = ? WHERE conversation = ? AND position = ?",
                    (vote, conversation, position),
                )

    def feedback(self) -> list[tuple[Judged, Sequence[Turn]]]:
        """Every judged turn of every owner, each with the turns before it."""
        with self._transaction() as db:
            rows = db.execute(
                """SELECT conversation, position, content, vote FROM turn
                WHERE conversation IN (SELECT conversation FROM turn WHERE vote != 0)
                ORDER BY conversation, position"""
            ).fetchall()
        found: list[tuple[Judged, Sequence[Turn]]] = []
        before: list[Turn] = []
        for conversation, position, content, vote in rows:
            if position == 0:
                before = []
            turn = turn_of(content)
            if vote:
                found.append((Judged(conversation, position, turn, vote), tuple(before)))
            before.append(turn)
        return found


def _owned(db: sqlite3.Connection, owner: str, conversation: str) -> bool:
    row = db.execute(
        "SELECT 1 FROM conversation WHERE id = ? AND owner = ?", (conversation, owner)
    ).fetchone()
    return row is not None


def as_markdown(turns: Sequence[Turn]) -> str:
    """A conversation with its citations, to keep or to send."""
    return "\n\n".join(map(_turn_markdown, turns)) + "\n"


def _turn_markdown(turn: Turn) -> str:
    lines = [f"## {_inline(turn.question)}"]
    if turn.period != (None, None):
        lines.append(" – ".join(day or "…" for day in turn.period))
    if not turn.answered:
        return "\n\n".join([*lines, _inline(turn.text.split("\n\n")[0])])
    markers = "".join(f"[{citation.n}]" for citation in turn.evidence)
    lines.append(f"**{_inline(turn.answer)}** {markers}")
    for citation in turn.evidence:
        day = f", {citation.date}" if citation.date else ""
        lines.append(
            f"> {_inline(citation.quote)}\n>\n"
            f"> [{citation.n}] {_inline(citation.title)}{day} ({citation.article}, "
            f"{citation.start}–{citation.end})"
        )
    return "\n\n".join(lines)


def _inline(text: str) -> str:
    """`text` on one line, its Markdown and HTML switched off."""
    escaped = "".join(
        f"\\{character}" if character in "\\`*_[]<>#|!" else character for character in text
    )
    return " ".join(escaped.split())
