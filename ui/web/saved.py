"""Questions and searches that people follow, and what new articles have brought for them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args
from uuid import uuid4

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.rag.answer import Citation
from hemeroteca.ui.web.database import Database
from hemeroteca.ui.web.message import citation_of

Kind = Literal["question", "search"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_MOST = 200  # that one owner follows: each is asked after every run that indexes something
_SCHEMA = """
CREATE TABLE IF NOT EXISTS saved (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    asked_of TEXT NOT NULL, created TEXT NOT NULL, checked TEXT NOT NULL, held INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS news (
    saved TEXT NOT NULL REFERENCES saved ON DELETE CASCADE, article TEXT NOT NULL,
    citation TEXT NOT NULL, answer TEXT NOT NULL, found TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (saved, article)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feed (owner TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE INDEX IF NOT EXISTS saved_owner ON saved (owner);
"""


class SavedError(HemerotecaError):
    """What is asked of a saved question or search cannot be done."""


@dataclass(frozen=True)
class Saved:
    """A question or a search that `owner` follows. `asked_of` is which articles it is asked of, by
    the names of the page's fields; all articles indexed up to `checked` (ISO time, UTC) have been
    asked, when the archive `held` so many; `unseen` is how much news nobody has looked at."""

    id: str
    owner: str
    kind: Kind
    text: str
    asked_of: Mapping[str, str]
    created: str
    checked: str
    held: int
    unseen: int = 0


@dataclass(frozen=True)
class News:
    """What a new article says to a question that is followed, or that it is one that is searched
    for, then `answer` is empty; `found` is when that was seen (ISO time, UTC)."""

    saved: Saved
    citation: Citation
    answer: str
    found: str
    seen: bool = False


class SavedSearches:
    """An SQLite file, which may be that of the conversations. What is saved belongs to its owner, a
    browser or a user: with another owner's name it is as if it did not exist. Safe to use from
    several threads.

    Raises StorageError if the file cannot be used."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def follow(
        self,
        owner: str,
        kind: Kind,
        text: str,
        asked_of: Mapping[str, str],
        checked: str,
        held: int,
    ) -> str:
        """Follow a question or a search from now on, when the latest of `held` articles was indexed
        at `checked`; returns its id, the same if it is followed already."""
        words = " ".join(text.split())
        if not words:
            raise SavedError("Nothing is written there: write a question or some words.")
        where = json.dumps({k: v for k, v in sorted(asked_of.items()) if v}, ensure_ascii=False)
        now = _now()
        with self._database.transaction() as db:
            same = "owner = ? AND kind = ? AND text = ? AND asked_of = ?"
            key = (owner, kind, words, where)
            if found := db.execute(f"SELECT id FROM saved WHERE {same}", key).fetchone():
                return str(found[0])
            [number] = db.execute("SELECT count(*) FROM saved WHERE owner = ?", (owner,)).fetchone()
            if number >= _MOST:
                raise SavedError(
                    "{most:,} questions and searches are followed already, no more are: "
                    "follow another no more.",
                    most=_MOST,
                )
            id = uuid4().hex
            db.execute(
                "INSERT INTO saved VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (id, *key, now, checked, held),
            )
        return id

    def of(self, owner: str | None = None) -> list[Saved]:
        """What `owner` follows, or everybody; the latest first."""
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT id, owner, kind, text, asked_of, created, checked, held,
                (SELECT count(*) FROM news WHERE saved = saved.id AND NOT seen)
                FROM saved WHERE ? IS NULL OR owner = ? ORDER BY rowid DESC""",
                (owner, owner),
            ).fetchall()
        return [Saved(*(*row[:4], json.loads(row[4]), *row[5:])) for row in rows]

    def forget(self, owner: str, saved: str) -> None:
        """Follow it no more, if it is the owner's; its news go with it."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM saved WHERE id = ? AND owner = ?", (saved, owner))

    def record(
        self, saved: Saved, found: Iterable[tuple[Citation, str]], checked: str, held: int
    ) -> int:
        """Enter what articles said, each once, and up to when all were asked; returns how much of
        it is new. Nothing if it is followed no more."""
        now = _now()
        with self._database.transaction() as db:
            known = db.execute("SELECT 1 FROM saved WHERE id = ?", (saved.id,)).fetchone()
            if known is None:
                return 0
            db.execute(
                "UPDATE saved SET checked = ?, held = ? WHERE id = ?", (checked, held, saved.id)
            )
            return sum(
                db.execute(
                    "INSERT OR IGNORE INTO news VALUES (?, ?, ?, ?, ?, 0)",
                    (
                        saved.id,
                        citation.article,
                        json.dumps(asdict(citation), ensure_ascii=False, default=str),
                        answer,
                        now,
                    ),
                ).rowcount
                for citation, answer in found
            )

    def news(
        self, owner: str | None = None, saved: str = "", since: str = "", limit: int = 200
    ) -> list[News]:
        """The latest news of `owner`, or of everybody, of one saved question or search if given,
        found since the ISO time `since`; the latest first."""
        followed = {each.id: each for each in self.of(owner)}
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT saved, citation, answer, found, seen FROM news
                WHERE saved IN (SELECT value FROM json_each(?)) AND (? = '' OR saved = ?)
                AND found >= ? ORDER BY found DESC, article LIMIT ?""",
                (json.dumps(list(followed)), saved, saved, since, limit),
            ).fetchall()
        return [
            News(followed[id], citation_of(json.loads(citation)), answer, found, bool(seen))
            for id, citation, answer, found, seen in rows
        ]

    def mark_seen(self, owner: str | None, saved: str = "") -> None:
        """Take all the owner's news, or everybody's, or those of one saved question or search, for
        seen."""
        ids = [each.id for each in self.of(owner) if saved in ("", each.id)]
        with self._database.transaction() as db:
            db.executemany("UPDATE news SET seen = 1 WHERE saved = ?", ((id,) for id in ids))

    def feed_key(self, owner: str) -> str:
        """The secret in the address of the owner's feed, the same every time."""
        with self._database.transaction() as db:
            db.execute("INSERT OR IGNORE INTO feed VALUES (?, ?)", (owner, uuid4().hex))
            [key] = db.execute("SELECT key FROM feed WHERE owner = ?", (owner,)).fetchone()
        return str(key)

    def feed_owner(self, key: str) -> str | None:
        """Whose feed has that secret; None if nobody's."""
        with self._database.transaction() as db:
            found = db.execute("SELECT owner FROM feed WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else None


def unseen(followed: Sequence[Saved]) -> int:
    """How much news of all these nobody has looked at."""
    return sum(each.unseen for each in followed)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
