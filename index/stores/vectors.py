"""The vectors of the passages: Chroma keeps them, embedded in this process or on a server; codes of
them are searched."""

import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import numpy as np

from hemeroteca.index.article import Passage
from hemeroteca.index.stores.chroma_server import ChromaServer
from hemeroteca.index.stores.codes import Codes, Days
from hemeroteca.index.stores.segments import Segments

# Times what would do if the vectors that are kept lay evenly among all, and times as many as that
# where they were too few.
_SPARE, _WIDER = 1.6, 8
_BATCH = 1_000


class Vectors:
    """Vectors under cosine similarity: in Chroma in collections of `name`, in `folder` or on
    `server`, and their codes in `folder`. Every method raises StorageError if it cannot be done."""

    def __init__(
        self, folder: Path, name: str = "passages", server: ChromaServer | None = None
    ) -> None:
        self._folder, self._server = folder, server
        self._chroma = Segments(folder, name, server)
        self._codes = Codes(_place(folder, name))

    @property
    def name(self) -> str:
        return self._chroma.name

    def __len__(self) -> int:
        return len(self._codes)

    def put(self, passages: Sequence[Passage], vectors: np.ndarray) -> None:
        """Store `vectors` (len(passages), dimension) under the passages' ids, replacing."""
        self._put([passage.id for passage in passages], [p.day for p in passages], vectors)

    def _put(self, ids: Sequence[str], days: Sequence[int], vectors: np.ndarray) -> None:
        known, new = self._codes.segments(ids), self._chroma.after(*self._codes.filling())
        segments = [known.get(id, new) for id in ids]
        self._chroma.put(segments, ids, vectors)
        self._codes.put(ids, segments, days, vectors)

    def adopt(self, passages: Sequence[Passage]) -> None:
        """Make codes of passages whose vectors another process has stored on the server."""
        days = {passage.id: passage.day for passage in passages}
        self._encode(0, list(days), days)

    def encode(self, days_of: Callable[[Sequence[str]], Mapping[str, int]]) -> None:
        """Make the codes anew of what Chroma has. `days_of` tells the days (YYYYMMDD, 0 for none)
        of those of any ids that there are passages of."""
        self._codes.close()
        shutil.rmtree(_place(self._folder, self.name))
        self._codes = Codes(_place(self._folder, self.name))
        for segment in self._chroma.numbers():
            for ids in self._chroma.ids(segment):
                self._encode(segment, ids, days_of(ids))

    def _encode(self, segment: int, ids: Sequence[str], days: Mapping[str, int]) -> None:
        wanted = [id for id in ids if id in days]
        vectors = self._chroma.get([segment] * len(wanted), wanted)
        if vectors:
            of_each = np.stack(list(vectors.values()))
            self._codes.put(
                list(vectors), [segment] * len(vectors), [days[id] for id in vectors], of_each
            )

    def get(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        """The vectors of `ids` (those that exist), each of shape (dimension,), as their codes tell
        them: within 1e-4 of what was stored."""
        return self._codes.get(ids)

    def stored(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        """The vectors of `ids` (those that exist), each of shape (dimension,), as Chroma has
        them."""
        segments = self._codes.segments(ids)
        return self._chroma.get(list(segments.values()), list(segments))

    def delete(self, ids: Sequence[str]) -> None:
        segments = self._codes.segments(ids)
        # What has no code, a killed process has left in Chroma, who knows where.
        left = [id for id in ids if id not in segments]
        for segment in self._chroma.numbers() if left else []:
            self._chroma.delete([segment] * len(left), left)
        self._codes.delete(list(segments))
        self._chroma.delete(list(segments.values()), list(segments))

    def ids(self) -> set[str]:
        """Every id that Chroma or the codes have."""
        found = set(self._codes.ids())
        for segment in self._chroma.numbers():
            found.update(*self._chroma.ids(segment))
        return found

    def nearest(
        self,
        vector: np.ndarray,
        k: int,
        keep: Callable[[Sequence[str]], Collection[str]] | None = None,
        share: float = 1.0,
        days: Sequence[Days] = (),
    ) -> dict[str, float]:
        """The ids of the `k` passages nearest to `vector`, best first, with their cosine: of those
        of `days` (from a first to a last, YYYYMMDD), if any are given, and of those that `keep`
        leaves of any ids, which is a `share` of all, more or less."""
        if keep is None:
            return self._codes.nearest(vector, k, days)
        size = max(k, int(_SPARE * k / share))
        while True:
            found = self._codes.nearest(vector, size, days)
            kept = set(keep(list(found)))
            near = [(id, cosine) for id, cosine in found.items() if id in kept]
            if len(near) >= k or len(found) < size:
                return dict(near[:k])
            size *= _WIDER

    def nearest_of(self, ids: Sequence[str], vector: np.ndarray, k: int) -> dict[str, float]:
        """Those of the passages `ids` that are the `k` nearest to `vector`, best first, with their
        cosine."""
        return self._codes.nearest_of(ids, vector, k)

    def cosines(self, vector: np.ndarray, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of `vector` with the stored vectors of `ids` (those that exist)."""
        return self._codes.cosines(vector, ids)

    def unreachable(self, ids: Sequence[str]) -> set[str]:
        """Those of the passages `ids` that Chroma does not have, or their codes do not tell."""
        lost = set(ids)
        segments = self._codes.segments(ids)
        ordered = sorted(segments, key=lambda id: (segments[id], id))
        for at in range(0, len(ordered), _BATCH):
            batch = ordered[at : at + _BATCH]
            lost -= self._codes.sound(self._chroma.get([segments[id] for id in batch], batch))
        return lost

    def move(self, name: str) -> None:
        """Copy everything into new collections called `name` and use these: they and their codes
        have nothing of what was deleted, which the others keep."""
        fresh = Vectors(self._folder, name, self._server)
        ids = self._codes.ids()
        for at in range(0, len(ids), _BATCH):
            vectors = self.stored(ids[at : at + _BATCH])
            days = self._codes.days(list(vectors))
            fresh._put(
                list(vectors), [days[id] for id in vectors], np.stack(list(vectors.values()))
            )
        self.close()
        self._chroma, self._codes = fresh._chroma, fresh._codes

    def drop(self, name: str) -> None:
        """Remove what is stored by `name`, if there is something."""
        self._chroma.drop(name)
        shutil.rmtree(_place(self._folder, name), ignore_errors=True)

    def close(self) -> None:
        self._chroma.close()
        self._codes.close()


def _place(folder: Path, name: str) -> Path:
    return folder / f"codes-{name}"
