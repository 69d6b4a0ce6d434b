"""Articles split and embedded by many processes of a Ray cluster, which write the vectors to a
Chroma server; `pip install 'hemeroteca[ray]'`.

What is costly, and divides without loss because texts do not depend on each other, is done there;
whoever runs the command finds what is new, and alone writes catalog and words. A vector's id is
made of its article, revision and offsets, so that what a killed worker had written is replaced by
the worker that repeats its task, and never there twice."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.environment import without_telemetry
from hemeroteca.index.errors import HemerotecaError, IndexMismatchError, StorageError
from hemeroteca.index.stores.chroma_server import ChromaServer
from hemeroteca.index.stores.segments import Segments
from hemeroteca.index.text.passages import split_article

LOCAL = "local"  # the address of a Ray that is started here, for this run
_AHEAD = 2  # tasks that wait for each worker, so that none idles while results are entered
_RETRIES = 5  # of a task whose worker was killed; a worker is always started again


@dataclass(frozen=True)
class Batch:
    """Articles, each with the stamp to enter it under, and the passages of each once they are
    split and their vectors stored."""

    documents: Sequence[tuple[Article, str]]
    passages: Sequence[list[Passage]] = ()


class Worker:
    """What runs on the cluster, one for each processor: an encoder, made there by `load`, and the
    collection that its vectors go to. Raises IndexMismatchError if `load` makes another encoder
    there than `fingerprint` names, and what `load` and Segments raise."""

    def __init__(
        self,
        load: Callable[[], Encoder],
        fingerprint: str,
        server: ChromaServer,
        collection: str,
        max_tokens: int,
    ) -> None:
        self._encoder = load()
        if self._encoder.fingerprint != fingerprint:
            raise IndexMismatchError(
                "a worker has the encoder {found}, expected {expected}: install the same version "
                "of hemeroteca on every machine",
                found=self._encoder.fingerprint,
                expected=fingerprint,
            )
        self._vectors = Segments(Path(), collection, server)
        self._max_tokens = max_tokens

    def prepare(self, documents: Sequence[Article]) -> list[list[Passage]]:
        """The passages of each document, their vectors stored."""
        split = [
            split_article(document, self._encoder.token_offsets, self._max_tokens)
            for document in documents
        ]
        passages = [passage for of_one in split for passage in of_one]
        if passages:
            vectors = self._encoder.encode_passages([passage.text for passage in passages])
            ids = [passage.id for passage in passages]
            self._vectors.put([0] * len(ids), ids, vectors)
        return split

    def process(self) -> int:
        """The id of the worker's process on its machine."""
        return os.getpid()


class Workers:
    """A worker on every processor of the Ray cluster at `address`.

    `load` makes the encoder, on one processor, in each of them. Raises StorageError if there is no
    such cluster or Ray is not installed."""

    def __init__(self, address: str, load: Callable[[], Encoder], server: ChromaServer) -> None:
        try:
            with without_telemetry():
                import ray
        except ImportError as error:
            raise StorageError(
                "--ray needs Ray, which is not installed: pip install 'hemeroteca[ray]'"
            ) from error
        self._ray: Any = ray
        self._load = load
        self._server = server
        try:
            with without_telemetry():  # which the processes that it starts inherit
                ray.init(
                    None if address == LOCAL else address,
                    include_dashboard=False if address == LOCAL else None,
                    log_to_driver=False,
                    configure_logging=False,
                )
        except Exception as error:  # of every type, a bare one where it takes over 30 s to start
            reason = " ".join(str(error).split())[:200]
            raise StorageError(
                "cannot use Ray at {address} ({reason}): start it with `ray start --head`, or say "
                "--ray {local}",
                address=address,
                reason=reason,
                local=LOCAL,
            ) from error
        self._actors: list[Any] = []

    def start(self, fingerprint: str, collection: str, max_tokens: int) -> None:
        """Start the workers for a collection, in place of those for another."""
        self._stop()
        count = max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        actor = self._ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=_RETRIES)(Worker)
        self._actors = [
            actor.remote(self._load, fingerprint, self._server, collection, max_tokens)
            for _ in range(count)
        ]

    def prepare(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """The batches with their passages, in the order given, while more are under way.

        Raises StorageError if a batch outlives its workers, and what Worker raises."""
        under_way: deque[tuple[Batch, Any]] = deque()
        for n, batch in enumerate(batches):
            documents = [document for document, _ in batch.documents]
            actor = self._actors[n % len(self._actors)]
            under_way.append((batch, actor.prepare.remote(documents)))
            if len(under_way) > _AHEAD * len(self._actors):
                yield self._done(*under_way.popleft())
        while under_way:
            yield self._done(*under_way.popleft())

    def processes(self) -> list[int]:
        """The id of each worker's process on its machine."""
        found: list[int] = self._ray.get([actor.process.remote() for actor in self._actors])
        return found

    def close(self) -> None:
        """End the workers, and the Ray that was started for them."""
        self._stop()
        self._ray.shutdown()

    def _done(self, batch: Batch, result: Any) -> Batch:
        try:
            return Batch(batch.documents, self._ray.get(result))
        except self._ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, HemerotecaError):
                raise error.cause from None
            raise
        except self._ray.exceptions.RayActorError as error:
            cause = getattr(error, "cause", None)
            if isinstance(cause, HemerotecaError):
                raise cause from None
            articles = ", ".join(document.id for document, _ in batch.documents[:3])
            raise StorageError(
                "workers on Ray were killed {times} times over the articles {articles}, ...: see "
                "their machine's memory, and run this again",
                times=_RETRIES + 1,
                articles=articles,
            ) from error

    def _stop(self) -> None:
        for actor in self._actors:
            self._ray.kill(actor)
        self._actors = []
