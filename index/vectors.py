"""The vectors of the passages, in Chroma."""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

import numpy as np

# Before chromadb is imported: it reads the setting then, and must never call home.
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

import chromadb
from chromadb.config import Settings
from llama_index.core.schema import TextNode

from index.errors import StorageError

_COLLECTION = "passages"
_NEIGHBOURS = 10
_WIDER = 8  # times what is wanted
_SAME = 1e-5  # cosine distance of equal vectors, with rounding
_BATCH = 5_000  # Chroma refuses more than SQLite's variable limit at once


class Vectors:
    """A Chroma collection of passage vectors under cosine similarity.

    Chroma is used without LlamaIndex's ChromaVectorStore, whose `add` ignores ids that exist
    instead of replacing them and stores every text a second time."""

    def __init__(self, folder: Path) -> None:
        try:
            self._client = chromadb.PersistentClient(
                str(folder), Settings(anonymized_telemetry=False)
            )
            self._collection = self._client.get_or_create_collection(
                _COLLECTION,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine"}},
            )
        except Exception as error:  # chromadb and its Rust core raise many types
            raise StorageError(f"cannot open the vectors in {folder} ({error})") from error

    def __len__(self) -> int:
        return self._collection.count()

    def put(self, passages: Sequence[TextNode], vectors: np.ndarray) -> None:
        """Store `vectors` (len(passages), dimension) under the passages' ids, replacing."""
        for at in range(0, len(passages), _BATCH):
            batch = passages[at : at + _BATCH]
            self._collection.upsert(
                ids=[passage.node_id for passage in batch],
                embeddings=vectors[at : at + _BATCH],
                metadatas=[{"day": passage.metadata["day"]} for passage in batch],
            )

    def delete(self, ids: Sequence[str]) -> None:
        for at in range(0, len(ids), _BATCH):
            self._collection.delete(ids=list(ids[at : at + _BATCH]))

    def ids(self) -> Iterator[str]:
        """Every stored id."""
        for at in range(0, len(self), _BATCH):
            yield from self._collection.get(limit=_BATCH, offset=at, include=[])["ids"]

    def nearest(
        self,
        vector: np.ndarray,
        k: int,
        keep: Callable[[Sequence[str]], Collection[str]] = lambda ids: ids,
    ) -> dict[str, float]:
        """The ids of the `k` passages nearest to `vector`, best first, with their cosine; only
        those that `keep` leaves of any ids.

        More are searched than are wanted, because the graph finds the first of many more surely
        than the last (recall .86 to .996 at 10,000 passages), and until `k` are left: Chroma's own
        filter would read what it filters by of every passage first."""
        size = _WIDER * k
        while True:
            found = self._search(vector, size)
            kept = set(keep(list(found)))
            near = [(identity, cosine) for identity, cosine in found.items() if identity in kept]
            if len(near) >= k or size >= len(self):
                return dict(near[:k])
            size *= _WIDER

    def _search(self, vector: np.ndarray, k: int) -> dict[str, float]:
        count = len(self)
        if count == 0:
            return {}
        found = self._collection.query(
            query_embeddings=[vector], n_results=min(k, count), include=["distances"]
        )
        assert found["distances"] is not None
        cosines = [1 - distance for distance in found["distances"][0]]
        return dict(zip(found["ids"][0], cosines, strict=True))

    def cosines(self, vector: np.ndarray, ids: Sequence[str]) -> dict[str, float]:
        """The cosine of `vector` with the stored vectors of `ids` (those that exist)."""
        cosines: dict[str, float] = {}
        for at in range(0, len(ids), _BATCH):
            found = self._collection.get(ids=list(ids[at : at + _BATCH]), include=["embeddings"])
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
            stored = self._collection.get(ids=list(ids[at : at + _BATCH]), include=["embeddings"])
            if not stored["ids"]:
                continue
            found = self._collection.query(
                query_embeddings=stored["embeddings"], n_results=neighbours, include=["distances"]
            )
            assert found["distances"] is not None
            for identity, near, distances in zip(
                stored["ids"], found["ids"], found["distances"], strict=True
            ):
                # Where more passages than are asked for say the same, any of them will do.
                if identity in near or distances[-1] < _SAME:
                    lost.discard(identity)
        return lost

    def close(self) -> None:
        self._client.close()  # type: ignore[attr-defined]  # on the client, not on its API
