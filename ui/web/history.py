"""The conversations of the page, in SQLite: kept on the server, each with its evidence."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from hemeroteca.index.errors import StorageError
from hemeroteca.rag.answer import Answer, Statement
from hemeroteca.rag.days import period_text
from hemeroteca.rag.references import plain
from hemeroteca.rag.render import day_of, lead_of, notes, paragraphs, refusal
from hemeroteca.ui.web.message import Kept, Turn, turn_of

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS turn (
    conversation TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE,
    position INTEGER NOT NULL, content TEXT NOT NULL, vote INTEGER NOT NULL DEFAULT 0,
    comment TEXT NOT NULL DEFAULT '', PRIMARY KEY (conversation, position)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS conversation_owner ON conversation (owner);
"""
_TITLE_CHARACTERS = 60
_COMMENT_CHARACTERS = 1_000


@dataclass(frozen=True)
class Conversation:
    """A conversation in the list."""

    id: str
    title: str


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
        self._path = path
        self._lock = threading.Lock()
        with self._errors():
            self._db = sqlite3.connect(path, timeout=30, check_same_thread=False)
        with self._transaction() as db:
            db.execute("PRAGMA foreign_keys=ON")
            # A commit need not wait for the disk: only a power cut can take the last turn.
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            for statement in filter(str.strip, _SCHEMA.split(";")):
                db.execute(statement)
            columns = [row[1] for row in db.execute("PRAGMA table_info(turn)")]
            if "comment" not in columns:  # a file of a former version
                db.execute("ALTER TABLE turn ADD COLUMN comment TEXT NOT NULL DEFAULT ''")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._errors(), self._lock, self._db:
            yield self._db

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StorageError(
                "cannot use the conversations in {path} ({reason}): check the space and the "
                "permissions of the data folder (INDEX_DIR)",
                path=self._path,
                reason=str(error),
            ) from error

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

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


def as_markdown(turns: Sequence[Kept]) -> str:
    """A conversation with its citations, to keep or to send."""
    return "\n\n".join(_turn_markdown(kept.turn) for kept in turns) + "\n"


def _turn_markdown(turn: Turn) -> str:
    lines = [f"## {_inline(turn.question)}"]
    answer = turn.answer
    if answer is None:
        return "\n\n".join([*lines, _inline(turn.failure)])
    if answer.period:
        lines.append(period_text(answer.period, answer.language))
    if not answer.answerable:
        return "\n\n".join([*lines, _inline(refusal(answer))])
    lines += [_inline(lead_of(answer))] if answer.lead else []
    lines += [" ".join(_statement(s, answer) for s in part) for part in paragraphs(answer)]
    lines += [f"({_inline(note)})" for note in notes(answer)]
    for citation in answer.citations:
        reference = _inline(plain(citation, answer.language))
        lines.append(
            f"> {_inline(citation.quote)}\n>\n"
            f"> [{citation.n}] {reference} ({citation.article}, {citation.start}–{citation.end})"
        )
    return "\n\n".join(lines)


def _statement(statement: Statement, answer: Answer) -> str:
    before = (part for part in (statement.subject, day_of(statement, answer.language)) if part)
    text = _inline("".join(f"{part}: " for part in before) + statement.text)
    markers = "".join(f"[{n}]" for n in statement.cites)
    return f"**{text}** {markers}" if statement.text == answer.answer else f"{text} {markers}"


def _inline(text: str) -> str:
    """`text` on one line, its Markdown and HTML switched off."""
    escaped = "".join(
        f"\\{character}" if character in "\\`*_[]<>#|!" else character for character in text
    )
    return " ".join(escaped.split())
