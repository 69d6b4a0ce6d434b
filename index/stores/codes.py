"""The vectors in few bits (quantise.py), which a question is compared with: all of them by two bits
a number, the best of those by eight, the best of these by twelve. Chroma has them in full
(segments.py); what is here is made anew from there.

In a folder, of n vectors of d numbers:

    rows.db     ids, Chroma's segments and what is deleted, by row, in SQLite: what it has exists
    two-G       (n, d / 4) bytes, where there are many: in memory once they are searched
    first, last (n, d) and (n, d / 2) bytes: twelve bits a number
    steps, days (n,) float32 and int32: how long a step is, and YYYYMMDD, 0 for none

Rows are added. What is deleted is passed over until everything moves (Vectors.move). A killed
process may leave bytes behind the last row; the next one writes over them."""

import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from hemeroteca.index.errors import Message, StorageError, damaged
from hemeroteca.index.stores.quantise import Twelve, Two, dump, load, padded

_MANY = 8_192  # rows from which on two bits are worth keeping
_AGAIN = 8  # times as many rows as their mean was measured of, it is measured again
_MEASURED = 50_000  # rows that it is measured of, at the most
# How many are compared by eight bits to find k, and by twelve (docs/scale.md has the recall).
_LOOKED_AT, _FOR_EACH = 1_800, 4
_REFINED = 150  # and twice as many as are wanted
_FEW = 4_000  # of a period: so many are compared by eight bits without a look at two
_BLOCK = 10_000  # rows at once
# How far from a vector (of length 1) its twelve bits may be, and which part of its two bits must be
# those of it: what twelve bits tell was put into two.
_ALIKE, _MOSTLY = 0.02, 0.8
_VARIABLES = 500  # ids in one statement; SQLite allows 32,766, older builds 999
_SCHEMA = """
CREATE TABLE IF NOT EXISTS row (row INTEGER PRIMARY KEY, id TEXT UNIQUE, segment INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS dead (row INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

Days = tuple[int, int]


@dataclass(frozen=True)
class _State:
    """What the files hold: rows, dead ones among them, changes; the segment of Chroma that is being
    filled and with how many; the mark of the file of two bits and how many rows it was measured
    of, 0 if there is none."""

    rows: int = 0
    dead: int = 0
    segment: int = 0
    filled: int = 0
    two: int = 0
    measured: int = 0


@dataclass(frozen=True)
class _Opened:
    """The files as they were at `state`. `dead` are sorted."""

    state: _State
    twelve: Twelve
    first: np.ndarray
    last: np.ndarray
    steps: np.ndarray
    days: np.ndarray
    dead: np.ndarray
    two: Two | None
    many: Any  # faiss's index of what is in two bits

    def looked_at(self, vector: np.ndarray, k: int, days: Sequence[Days]) -> np.ndarray:
        """The rows among which the `k` nearest to `vector` are, of those on `days`, if any."""
        state = self.state
        living = state.rows - state.dead
        inside = np.ones(state.rows, bool)
        if days:
            inside[:] = False
            for start, end in days:
                inside |= (self.days >= start) & (self.days <= end)
        inside[self.dead] = False
        kept = int(np.count_nonzero(inside)) if days else living
        if self.many is None or kept <= _FEW:
            return np.flatnonzero(inside)
        wanted = (_LOOKED_AT + _FOR_EACH * k) * state.rows / kept
        _, [rows] = self.many.search(vector[None], min(int(wanted), state.rows))
        return np.sort(rows[inside[rows]])

    def best(self, vector: np.ndarray, rows: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """The `k` of `rows` nearest to `vector`, best first, and their cosines."""
        parts = [rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK)]
        cosines = [
            self.twelve.products(vector, self.first[part], None, self.steps[part]) for part in parts
        ]
        refined = _REFINED + 2 * k
        if len(rows) > refined:
            rows = rows[np.argpartition(-np.concatenate(cosines), refined)[:refined]]
        exact = self.cosines(vector, rows)
        best = np.lexsort((rows, -exact))[:k]
        return rows[best], exact[best]

    def cosines(self, vector: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """The cosines (n,) of `vector` with `rows`."""
        return self.twelve.products(vector, self.first[rows], self.last[rows], self.steps[rows])

    def vectors(self, rows: np.ndarray) -> np.ndarray:
        return self.twelve.decode(self.first[rows], self.last[rows], self.steps[rows])


class Codes:
    """The codes in `folder`. Several threads and processes read while one writes; what it has
    entered the others find by their next search. Raises StorageError if they are damaged."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._opened: _Opened | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                "cannot open the vectors in {where} ({reason}): {advice}",
                where=folder,
                reason=error.strerror,
                advice=Message("run `hemeroteca doctor`"),
            ) from error
        with self._errors():
            self._db = sqlite3.connect(
                folder / "rows.db", timeout=30, isolation_level=None, check_same_thread=False
            )
            self._db.execute("PRAGMA journal_mode=WAL")
            for statement in filter(str.strip, _SCHEMA.split(";")):
                self._db.execute(statement)

    def __len__(self) -> int:
        state = self._state()
        return state.rows - state.dead

    def ids(self) -> list[str]:
        """Every id."""
        return [id for (id,) in self._rows("SELECT id FROM row")]

    def filling(self) -> tuple[int, int]:
        """The segment that was filled last, and how many vectors it was given."""
        state = self._state()
        return state.segment, state.filled

    def segments(self, ids: Sequence[str]) -> dict[str, int]:
        """The segments of Chroma that those of `ids` are in that exist."""
        return {id: segment for id, _, segment in self._known(ids)}

    def put(
        self,
        ids: Sequence[str],
        segments: Sequence[int],
        days: Sequence[int],
        vectors: np.ndarray,
    ) -> None:
        """Enter `vectors` (len(ids), dimension), replacing, with the segments that have them."""
        if not len(ids):
            return
        with self._lock, self._errors():
            state, twelve = self._state(), self._twelve(vectors)
            vectors = padded(vectors)
            names = ("first", "last", "steps")
            parts = dict(zip(names, twelve.encode(vectors), strict=True))
            parts["days"] = np.array(days, np.int32)
            if two := self._two(state):
                parts[f"two-{state.two}"] = two.encode(vectors)
            for name, part in parts.items():
                self._write(name, state.rows, part)
            last = max(segments)
            filled = sum(segment == last for segment in segments)
            with self._transaction():
                state = self._kill([row for _, row, _ in self._known(ids)])
                self._db.executemany(
                    "INSERT INTO row VALUES (?, ?, ?)", zip(count(state.rows), ids, segments)
                )
                if last >= state.segment:
                    before = state.filled if last == state.segment else 0
                    state = replace(state, segment=last, filled=before + filled)
                self._enter(replace(state, rows=state.rows + len(ids)))
            state = self._state()
            if state.rows >= max(_MANY, _AGAIN * state.measured):
                self._measure(state, twelve)

    def delete(self, ids: Sequence[str]) -> None:
        with self._lock, self._errors(), self._transaction():
            self._kill([row for _, row, _ in self._known(ids)])

    def nearest(self, vector: np.ndarray, k: int, days: Sequence[Days] = ()) -> dict[str, float]:
        """The ids of the `k` vectors nearest to `vector`, best first, with their cosine; only those
        of `days`, each from a first to a last, if any are given."""
        opened = self._fresh()
        if opened is None or k < 1:
            return {}
        [vector] = padded(vector[None])
        rows = opened.looked_at(vector, k, days)
        best, cosines = opened.best(vector, rows, k)
        named = self._named(best)
        # One may have been deleted since.
        return {
            named[row]: cosine
            for row, cosine in zip(best.tolist(), cosines.tolist(), strict=True)
            if row in named
        }

    def nearest_of(self, ids: Sequence[str], vector: np.ndarray, k: int) -> dict[str, float]:
        """The same of the vectors of `ids` (those that exist)."""
        opened = self._fresh()
        known = {row: id for id, row, _ in self._known(ids)}
        if opened is None or not known:
            return {}
        [vector] = padded(vector[None])
        best, cosines = opened.best(vector, np.array(sorted(known)), k)
        return {known[row]: c for row, c in zip(best.tolist(), cosines.tolist(), strict=True)}

    def cosines(self, vector: np.ndarray, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of `vector` with the vectors of `ids` (those that exist)."""
        return self.nearest_of(ids, vector, max(len(ids), 1))

    def get(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        """The vectors (dimension,) of `ids` (those that exist), as twelve bits tell them."""
        opened, known = self._fresh(), self._known(ids)
        if opened is None or not known:
            return {}
        dimension = int(self._fact("dimension") or 0)
        vectors = opened.vectors(np.array([row for _, row, _ in known]))
        return {id: v[:dimension] for (id, _, _), v in zip(known, vectors, strict=True)}

    def days(self, ids: Sequence[str]) -> dict[str, int]:
        """The days of `ids` (those that exist)."""
        opened, known = self._fresh(), self._known(ids)
        return {id: int(opened.days[row]) for id, row, _ in known} if opened else {}

    def sound(self, vectors: Mapping[str, np.ndarray]) -> set[str]:
        """The ids of those of `vectors` (dimension,) that the codes find by what they are."""
        opened, known = self._fresh(), self._known(list(vectors))
        if opened is None or not known:
            return set()
        rows = np.array([row for _, row, _ in known])
        right = padded(np.stack([vectors[id] for id, _, _ in known]))
        found = np.linalg.norm(opened.vectors(rows) - right, axis=1) < _ALIKE
        if opened.two is not None:
            two = np.memmap(self._path(f"two-{opened.state.two}"), np.uint8, "r")
            two = two.reshape(-1, right.shape[1] // 4)[rows]
            found &= (two == opened.two.encode(right)).mean(axis=1) > _MOSTLY
        return {id for (id, _, _), is_found in zip(known, found, strict=True) if is_found}

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._opened = None
            self._db.close()

    def _fresh(self) -> _Opened | None:
        """The files as they are now; None without a vector."""
        with self._lock, self._errors():
            state = self._state()
            if not state.rows - state.dead:
                return None
            while self._opened is None or self._opened.state != state:
                try:
                    self._opened = self._open(state, self._opened)
                except FileNotFoundError:  # a writer has just measured anew
                    before, state = state, self._state()
                    if state == before:
                        raise
            return self._opened

    def _open(self, state: _State, before: _Opened | None) -> _Opened:
        mean = load(self._fact("mean") or "")
        shape = state.rows, len(mean)
        two = self._two(state)
        many = None
        if two is not None and before is not None and before.state.two == state.two:
            many = before.many
        if two is not None:
            codes = np.fromfile(
                self._path(f"two-{state.two}"),
                np.uint8,
                (state.rows - (many.ntotal if many else 0)) * shape[1] // 4,
                offset=(many.ntotal if many else 0) * shape[1] // 4,
            ).reshape(-1, shape[1] // 4)
            if many is None:
                many = two.searched(codes)
            elif len(codes):
                many.add(two.decode(codes))
        dead = np.array([row for (row,) in self._rows("SELECT row FROM dead ORDER BY row")], int)
        return _Opened(
            state,
            Twelve(mean),
            self._map("first", np.int8, shape),
            self._map("last", np.uint8, (shape[0], shape[1] // 2)),
            self._map("steps", np.float32, shape[:1]),
            self._map("days", np.int32, shape[:1]),
            dead[dead < state.rows],
            two,
            many,
        )

    def _map(self, name: str, kind: type, shape: tuple[int, ...]) -> np.ndarray:
        return np.memmap(self._path(name), kind, "r", shape=shape)

    def _twelve(self, vectors: np.ndarray) -> Twelve:
        """By the mean of the first vectors that came."""
        mean = self._fact("mean")
        if mean is None:
            mean = dump(padded(vectors).mean(axis=0))
            with self._transaction():
                self._set("dimension", str(vectors.shape[1]))
                self._set("mean", mean)
        return Twelve(load(mean))

    def _two(self, state: _State) -> Two | None:
        if not state.two:
            return None
        said = json.loads(self._fact(f"two-{state.two}") or "{}")
        return Two(load(said["mean"]), load(said["deviation"]))

    def _measure(self, state: _State, twelve: Twelve) -> None:
        """Write the two bits of every row, by the mean and deviation of what is there."""
        opened = self._open(replace(state, two=0), None)
        two = Two.of(opened.vectors(np.arange(0, state.rows, -(-state.rows // _MEASURED))))
        mark = state.two + 1
        for at in range(0, state.rows, _BLOCK):
            rows = np.arange(at, min(at + _BLOCK, state.rows))
            self._write(f"two-{mark}", at, two.encode(opened.vectors(rows)))
        with self._transaction():
            said = {"mean": dump(two.mean), "deviation": dump(two.deviation)}
            self._set(f"two-{mark}", json.dumps(said))
            self._enter(replace(state, two=mark, measured=state.rows))
        self._path(f"two-{state.two}").unlink(missing_ok=True)

    def _write(self, name: str, row: int, part: np.ndarray) -> None:
        """Write `part` at `row`, onto the disk: SQLite is told of it after."""
        path = self._path(name)
        with path.open("r+b" if path.exists() else "wb") as file:
            file.seek(row * part[:1].nbytes)
            file.write(part.tobytes())
            file.flush()
            os.fsync(file.fileno())

    def _path(self, name: str) -> Path:
        return self._folder / name

    def _known(self, ids: Sequence[str]) -> list[tuple[str, int, int]]:
        """(id, row, segment) of those of `ids` that exist."""
        found: list[tuple[str, int, int]] = []
        for at in range(0, len(ids), _VARIABLES):
            batch = ids[at : at + _VARIABLES]
            blanks = ",".join("?" * len(batch))
            found += self._rows(f"SELECT id, row, segment FROM row WHERE id IN ({blanks})", batch)
        return found

    def _named(self, rows: np.ndarray) -> dict[int, str]:
        found: dict[int, str] = {}
        numbers = rows.tolist()
        for at in range(0, len(numbers), _VARIABLES):
            batch = numbers[at : at + _VARIABLES]
            blanks = ",".join("?" * len(batch))
            found |= self._rows(f"SELECT row, id FROM row WHERE row IN ({blanks})", batch)
        return found

    def _kill(self, rows: Sequence[int]) -> _State:
        self._db.executemany("INSERT INTO dead VALUES (?)", ((row,) for row in rows))
        self._db.executemany("DELETE FROM row WHERE row = ?", ((row,) for row in rows))
        state = self._state()
        state = replace(state, dead=state.dead + len(rows))
        self._enter(state)
        return state

    def _state(self) -> _State:
        said = self._fact("state")
        return _State(**json.loads(said)) if said else _State()

    def _enter(self, state: _State) -> None:
        self._set("state", json.dumps(asdict(state)))

    def _fact(self, name: str) -> str | None:
        rows = self._rows("SELECT value FROM fact WHERE name = ?", (name,))
        return rows[0][0] if rows else None

    def _set(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock, self._errors():
            return self._db.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, ValueError) as error:
            raise damaged(Message("vector index"), self._folder, error) from error
