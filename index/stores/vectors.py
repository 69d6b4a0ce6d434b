"""The vectors of the passages, in Chroma: embedded in this process, or on a server."""

import logging
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from chromadb.api.models.Collection import Collection as Stored

from hemeroteca.index.article import Passage
from hemeroteca.index.errors import Message, StorageError, damaged
from hemeroteca.index.stores.chroma import ChromaServer, embedded, timed_out

# With the default of 16 neighbours some vectors among many close ones are found by no search,
# not even for themselves: benchmarks/graph.py.
_GRAPH = {"space": "cosine", "max_neighbors": 64, "ef_construction": 200, "ef_search": 100}
_NEIGHBOURS = 10
_WIDER = 8  # times what is wanted
_SPARE = 1.6  # times what would do if the vectors that are kept lay evenly among all
# n vectors of N are compared sooner than searched up to n² / N of this: comparing takes a time in
# proportion to n, a search among them the longer the smaller a part they are (docs/scale.md).
_FEW = 16
_SAME = 1e-5  # cosine distance of equal vectors, with rounding
# What SQLite says of a full or failing disk, where the files may be as they were written.
_UNWRITABLE = re.compile(r"disk I/O error|database or disk is full|No space left")
_BATCH = 1_000  # SQLite limits the variables of a statement, a server the size of a request

log = logging.getLogger(__name__)


class Vectors:
    """A Chroma collection of passage vectors under cosine similarity, in `folder` or on `server`.
    Every method raises StorageError if Chroma cannot do it.

    Chroma is used without LlamaIndex's ChromaVectorStore, whose `add` ignores ids that exist
    instead of replacing them and stores every text a second time."""

    def __init__(
        self, folder: Path, name: str = "passages", server: ChromaServer | None = None
    ) -> None:
        self.name = name
        self._server = server
        self._where = Message("Chroma at {url}", url=server.url) if server else str(folder)
        self._advice = Message(
            "check that the server runs (`chroma run`) and CHROMA_URL"
            if server
            else "run `hemeroteca doctor`"
        )
        try:
            self._client = server.connect() if server else embedded(folder)
            self._collection = self._open(name)
        except Exception as error:  # chromadb and its Rust core raise many types
            unwritable = isinstance(error, OSError) or _UNWRITABLE.search(str(error))
            if server is None and not unwritable:
                raise damaged(Message("vector index"), folder, error) from error
            raise StorageError(
                "cannot open the vectors in {where} ({reason}): {advice}",
                where=self._where,
                reason=self._reason(error),
                advice=self._advice,
            ) from error

    def __len__(self) -> int:
        return int(self._ask("count"))

    def put(self, passages: Sequence[Passage], vectors: np.ndarray) -> None:
        """Store `vectors` (len(passages), dimension) under the passages' ids, replacing."""
        for at in range(0, len(passages), _BATCH):
            batch = passages[at : at + _BATCH]
            self._ask(
                "upsert",
                ids=[passage.id for passage in batch],
                embeddings=vectors[at : at + _BATCH],
            )

    def get(self, ids: Sequence[str]) -> dict[str, np.ndarray]:
        """The stored vectors of `ids` (those that exist), each of shape (dimension,)."""
        vectors: dict[str, np.ndarray] = {}
        for at in range(0, len(ids), _BATCH):
            found = self._ask("get", ids=list(ids[at : at + _BATCH]), include=["embeddings"])
            vectors |= zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True)
        return vectors

    def delete(self, ids: Sequence[str]) -> None:
        for at in range(0, len(ids), _BATCH):
            self._ask("delete", ids=list(ids[at : at + _BATCH]))

    def ids(self) -> Iterator[str]:
        """Every stored id."""
        for at in range(0, len(self), _BATCH):
            yield from self._ask("get", limit=_BATCH, offset=at, include=[])["ids"]

    def nearest(
        self,
        vector: np.ndarray,
        k: int,
        keep: Callable[[Sequence[str]], Collection[str]] = lambda ids: ids,
        share: float = 1.0,
    ) -> dict[str, float]:
        """The ids of the `k` passages nearest to `vector`, best first, with their cosine; only
        those that `keep` leaves of any ids, which is a `share` of all, more or less.

        More are searched than are wanted, because the graph finds the first of many more surely
        than the last (recall .86 to .996 at 10,000 passages), and until `k` are left: Chroma's own
        filter would read what it filters by of every passage first."""
        size = max(_WIDER * k, int(_SPARE * k / share))
        while True:
            found = self._search(vector, size)
            kept = set(keep(list(found)))
            near = [(id, cosine) for id, cosine in found.items() if id in kept]
            if len(near) >= k or len(found) < size:  # all there are: to count them reads each
                return dict(near[:k])
            size *= _WIDER

    def nearest_of(
        self, ids: Sequence[str], vector: np.ndarray, k: int, share: float
    ) -> dict[str, float]:
        """Those of the passages `ids`, a `share` of all, that are the `k` nearest to `vector`, best
        first, with their cosine."""
        if len(ids) * share > _FEW:
            try:
                return self._search(vector, k, ids)
            except StorageError:
                # Chroma searches among none if one of them is not there, such as one that was
                # removed since the catalog named it; comparing passes it over.
                log.info("Searching among %d vectors failed; comparing them.", len(ids))
        cosines = self.cosines(vector, ids)
        return dict(sorted(cosines.items(), key=lambda item: -item[1])[:k])

    def _search(
        self, vector: np.ndarray, k: int, ids: Sequence[str] | None = None
    ) -> dict[str, float]:
        found = self._ask(
            "query",
            query_embeddings=[vector],
            ids=None if ids is None else list(ids),
            n_results=k,
            include=["distances"],
        )
        cosines = [1 - distance for distance in found["distances"][0]]
        return dict(zip(found["ids"][0], cosines, strict=True))

    def cosines(self, vector: np.ndarray, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of `vector` with the stored vectors of `ids` (those that exist)."""
        cosines: dict[str, float] = {}
        for at in range(0, len(ids), _BATCH):
            found = self._ask("get", ids=list(ids[at : at + _BATCH]), include=["embeddings"])
            if found["ids"]:
                products = np.asarray(found["embeddings"]) @ vector
                cosines.update(zip(found["ids"], products.tolist(), strict=True))
        return cosines

    def unreachable(self, ids: Sequence[str]) -> set[str]:
        """Those of the passages `ids` that a search for their own vector does not find: they are
        not there, or the graph has lost the way to them."""
        lost = set(ids)
        neighbours = min(_NEIGHBOURS, len(self))
        for at in range(0, len(ids), _BATCH):
            stored = self.get(ids[at : at + _BATCH])
            if not stored:
                continue
            found = self._ask(
                "query",
                query_embeddings=list(stored.values()),
                n_results=neighbours,
                include=["distances"],
            )
            for id, near, distances in zip(stored, found["ids"], found["distances"], strict=True):
                # Where more passages than are asked for say the same, any of them will do.
                if id in near or distances[-1] < _SAME:
                    lost.discard(id)
        return lost

    def move(self, name: str) -> None:
        """Copy everything into the new collection `name` and use that one: its graph has neither
        what was deleted, which Chroma's keep, nor a way that is lost."""
        fresh = self._open(name)
        for at in range(0, len(self), _BATCH):
            stored = self._ask("get", limit=_BATCH, offset=at, include=["embeddings"])
            fresh.upsert(stored["ids"], stored["embeddings"])
        self.name, self._collection = name, fresh

    def drop(self, name: str) -> None:
        """Remove the collection `name`, if there is one."""
        if name in {collection.name for collection in self._client.list_collections()}:
            self._client.delete_collection(name)

    def close(self) -> None:
        self._client.close()  # type: ignore[attr-defined]  # on the client, not on its API

    def _open(self, name: str) -> Stored:
        return self._client.get_or_create_collection(
            name,
            embedding_function=None,
            configuration={"hnsw": _GRAPH},  # type: ignore[arg-type]
        )

    def _ask(self, method: str, **arguments: Any) -> Any:
        call: Callable[..., Any] = getattr(self._collection, method)
        try:
            return call(**arguments)
        except Exception as error:
            reason = self._reason(error)
            raise StorageError(
                "the vectors in {where} cannot be used ({reason}): {advice}",
                where=self._where,
                reason=reason,
                advice=self._advice,
            ) from error

    def _reason(self, error: Exception) -> str | Message:
        if self._server and timed_out(error):
            return Message(
                "no answer for {seconds} s, CHROMA_TIMEOUT_S", seconds=self._server.timeout_s
            )
        return " ".join(str(error).split())[:200] or type(error).__name__
