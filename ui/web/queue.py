"""Questions that wait for their turn and are answered, and that a person can stop."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Lock
from typing import Generic, TypeVar

Step = TypeVar("Step")

# A question that was stopped holds its thread until its next step, which a model's server may
# take a minute for: enough threads that the others need not wait.
_THREADS = 64


class FullError(Exception):
    """So many questions wait already that this one cannot."""


@dataclass(frozen=True)
class Position:
    """How many of those that wait come before a question; None once its turn has come."""

    ahead: int | None


class _End:
    """After the last step."""


@dataclass(frozen=True)
class _Queued(Generic[Step]):
    steps: Iterator[Step]
    arrived: "SimpleQueue[Step | Position | Exception | _End]"
    left: Event


class QuestionQueue(Generic[Step]):
    """Each under an id of its own; `at_once` of them are answered at the same time, and at most
    `room`, one or more, wait, in the order in which they came. Safe to use from several threads."""

    def __init__(self, at_once: int, room: int) -> None:
        self._at_once = at_once
        self._room = room
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="ask")
        self._lock = Lock()
        self._waiting: dict[str, _Queued[Step]] = {}  # the first to come is the next
        self._running: dict[str, _Queued[Step]] = {}

    def follow(self, id: str, steps: Iterator[Step]) -> Iterator[Step | Position]:
        """`steps` as they come, no more of them after `stop(id)`; before them its place
        whenever that changes. Raises what the steps raise, and FullError."""
        queued = _Queued(steps, SimpleQueue(), Event())
        with self._lock:
            if len(self._waiting) >= self._room:
                raise FullError
            self._waiting[id] = queued
            self._admit()
            if id in self._waiting:
                queued.arrived.put(Position(len(self._waiting) - 1))
        try:
            while not isinstance(step := queued.arrived.get(), _End):
                if isinstance(step, Exception):
                    raise step
                yield step
        finally:
            queued.left.set()
            with self._lock:
                self._waiting.pop(id, None)
                self._running.pop(id, None)
                self._admit()
                for ahead, waiting in enumerate(self._waiting.values()):
                    waiting.arrived.put(Position(ahead))

    def _admit(self) -> None:
        """Begin with those whose turn has come."""
        free = self._at_once - len(self._running)
        for id in list(self._waiting)[:free]:
            queued = self._running[id] = self._waiting.pop(id)
            queued.arrived.put(Position(None))
            self._threads.submit(_take, queued)

    def stop(self, id: str) -> None:
        """Let whoever follows these steps go on without the rest; nothing if nobody does."""
        with self._lock:
            queued = self._running.get(id) or self._waiting.get(id)
        if queued is not None:
            queued.arrived.put(_End())


def _take(queued: _Queued[Step]) -> None:
    try:
        for step in queued.steps:
            if queued.left.is_set():
                return
            queued.arrived.put(step)
    except Exception as error:  # raised again where the steps are followed
        queued.arrived.put(error)
    finally:
        # At once: whatever still names the queued would keep a model's answer coming.
        if isinstance(queued.steps, Generator):
            queued.steps.close()
    queued.arrived.put(_End())
