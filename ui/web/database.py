"""The SQLite file of what people keep: their conversations, collections and saved searches."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hemeroteca.index.errors import StorageError


class Database:
    """A connection to the file at `path` with the tables of `schema` in it. Safe to use from
    several threads. Raises StorageError if the file cannot be used."""

    def __init__(self, path: Path, schema: str) -> None:
        self._path = path
        self._lock = threading.Lock()
        with self._errors():
            self._db = sqlite3.connect(path, timeout=30, check_same_thread=False)
        with self.transaction() as db:
            db.execute("PRAGMA foreign_keys=ON")
            # A commit need not wait for the disk: only a power cut can take the last one.
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            for statement in filter(str.strip, schema.split(";")):
                db.execute(statement)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """What is done with the connection is done as a whole, or not at all."""
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
