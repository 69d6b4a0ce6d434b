"""Vectors as Chroma stores them: in collections that are full at some size, so that none is written
anew for ever more vectors."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hemeroteca.index.errors import Message, StorageError, damaged
from hemeroteca.index.stores.chroma_server import ChromaServer

# Chroma takes half a second to import, and a run that finds nothing new needs none.
if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as Stored

# Chroma writes the whole graph of a collection anew for every thousand vectors.
FULL = 20_000
# Codes are searched, not the graph (index/stores/codes.py): it has as few links as may be.
_GRAPH = {"space": "cosine", "max_neighbors": 4, "ef_construction": 8, "ef_search": 10}
_OPEN = 8  # collections that Chroma holds in memory, of 31 MB each
_BATCH = 1_000  # SQLite limits the variables of a statement, a server the size of a request
# What SQLite says of a full or failing disk, where the files may be as they were written.
_UNWRITABLE = re.compile(r"disk I/O error|database or disk is full|No space left")


class Segments:
    """The collections `name`, `name`-1, `name`-2 and so on in `folder`; on a `server`, which
    several processes fill, `name` alone. Every method raises StorageError if Chroma cannot do it.

    Chroma is used without LlamaIndex's ChromaVectorStore, whose `add` ignores ids that exist
    instead of replacing them and stores every text a second time. In a folder it is opened when it
    is first needed, which to answer a question it is not."""

    def __init__(self, folder: Path, name: str, server: ChromaServer | None = None) -> None:
        self.name = name
        self._folder, self._server = folder, server
        self._client: ClientAPI | None = None
        self._opened: dict[str, Stored] = {}
        self._where = Message("Chroma at {url}", url=server.url) if server else str(folder)
        self._advice = Message(
            "check that the server runs (`chroma run`) and CHROMA_URL"
            if server
            else "run `hemeroteca doctor`"
        )
        if server:
            self._open(name)

    def after(self, segment: int, filled: int) -> int:
        """The segment that new vectors go to, when `segment` has had `filled` of them."""
        return segment + 1 if filled >= FULL and self._server is None else segment

    def put(self, segments: Sequence[int], ids: Sequence[str], vectors: np.ndarray) -> None:
        """Store `vectors` (len(ids), dimension) under `ids`, each in its one of the `segments`,
        replacing."""
        for segment, rows in _by_segment(segments):
            self._ask(segment, "upsert", ids=[ids[n] for n in rows], embeddings=vectors[rows])

    def get(self, segments: Sequence[int], ids: Sequence[str]) -> dict[str, np.ndarray]:
        """The vectors, each (dimension,), of those of `ids` that exist in their `segments`."""
        vectors: dict[str, np.ndarray] = {}
        for segment, rows in _by_segment(segments):
            wanted = [ids[n] for n in rows]
            found = self._ask(segment, "get", ids=wanted, include=["embeddings"])
            vectors |= zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True)
        return vectors

    def delete(self, segments: Sequence[int], ids: Sequence[str]) -> None:
        """Remove `ids`, each from its one of the `segments`."""
        for segment, rows in _by_segment(segments):
            self._ask(segment, "delete", ids=[ids[n] for n in rows])

    def numbers(self) -> list[int]:
        """The segments that there are."""
        return sorted(number for _, number in self._collections(self.name))

    def ids(self, segment: int) -> Iterator[list[str]]:
        """Every id of a segment, some at a time."""
        for at in range(0, int(self._ask(segment, "count")), _BATCH):
            yield self._ask(segment, "get", limit=_BATCH, offset=at, include=[])["ids"]

    def drop(self, name: str) -> None:
        """Remove the collections of `name`, if there are any."""
        for collection, _ in self._collections(name):
            self._opened.pop(collection, None)
            self._use(partial(self._chroma().delete_collection, collection))

    def close(self) -> None:
        """Let go of the files."""
        self._opened.clear()
        if self._client is not None:
            self._client.close()  # type: ignore[attr-defined]  # on the client, not on its API
            self._client = None

    def _collections(self, name: str) -> list[tuple[str, int]]:
        """The collections of `name` with their numbers."""
        listed = self._use(lambda: self._chroma().list_collections())
        numbered = re.compile(re.escape(name) + r"(?:-(\d+))?")
        found = (numbered.fullmatch(collection.name) for collection in listed)
        return [(match[0], int(match[1] or 0)) for match in found if match]

    def _ask(self, segment: int, method: str, **arguments: Any) -> Any:
        name = f"{self.name}-{segment}" if segment else self.name
        if name not in self._opened:
            if len(self._opened) >= _OPEN:
                self.close()
            self._opened[name] = self._open(name)
        ask: Callable[..., Any] = getattr(self._opened[name], method)
        return self._use(lambda: ask(**arguments))

    def _chroma(self) -> "ClientAPI":
        if self._client is None:
            from hemeroteca.index.stores.chroma import connected, embedded

            server = self._server
            self._client = connected(server) if server else embedded(self._folder)
        return self._client

    def _open(self, name: str) -> "Stored":
        try:
            return self._chroma().get_or_create_collection(
                name,
                embedding_function=None,
                configuration={"hnsw": _GRAPH},  # type: ignore[arg-type]
            )
        except Exception as error:  # chromadb and its Rust core raise many types
            unwritable = isinstance(error, OSError) or _UNWRITABLE.search(str(error))
            if self._server is None and not unwritable:
                raise damaged(Message("vector index"), self._folder, error) from error
            raise StorageError(
                "cannot open the vectors in {where} ({reason}): {advice}",
                where=self._where,
                reason=self._reason(error),
                advice=self._advice,
            ) from error

    def _use(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except Exception as error:
            raise StorageError(
                "the vectors in {where} cannot be used ({reason}): {advice}",
                where=self._where,
                reason=self._reason(error),
                advice=self._advice,
            ) from error

    def _reason(self, error: Exception) -> str | Message:
        from hemeroteca.index.stores.chroma import timed_out

        if self._server and timed_out(error):
            return Message(
                "no answer for {seconds} s, CHROMA_TIMEOUT_S", seconds=self._server.timeout_s
            )
        return " ".join(str(error).split())[:200] or type(error).__name__


def _by_segment(segments: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Each segment with the positions that are in it, so many as one request may have."""
    held: dict[int, list[int]] = defaultdict(list)
    for position, segment in enumerate(segments):
        held[segment].append(position)
    for segment in sorted(held):
        for at in range(0, len(held[segment]), _BATCH):
            yield segment, held[segment][at : at + _BATCH]
