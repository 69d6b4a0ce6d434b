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
class Place:
    """How many of those that wait come before a question; None once its turn has come."""

    ahead: int | None


class _End:
    """After the last step."""


@dataclass(frozen=True)
class _Asking(Generic[Step]):
    steps: Iterator[Step]
    arrived: "SimpleQueue[Step | Place | Exception | _End]"
    left: Event


class Askings(Generic[Step]):
    """Each under an id of its own; `at_once` of them are answered at the same time, and at most
    `room`, one or more, wait, in the order in which they came. Safe to use from several threads."""

    def __init__(self, at_once: int, room: int) -> None:
        self._at_once = at_once
        self._room = room
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="ask")
        self._lock = Lock()
        self._waiting: dict[str, _Asking[Step]] = {}  # the first to come is the next
        self._running: dict[str, _Asking[Step]] = {}

    def follow(self, identity: str, steps: Iterator[Step]) -> Iterator[Step | Place]:
        """`steps` as they come, no more of them after `stop(identity)`; before them its place
        whenever that changes. Raises what the steps raise, and FullError."""
        asking = _Asking(steps, SimpleQueue(), Event())
        with self._lock:
            if len(self._waiting) >= self._room:
                raise FullError
            self._waiting[identity] = asking
            self._admit()
            if identity in self._waiting:
                asking.arrived.put(Place(len(self._waiting) - 1))
        try:
            while not isinstance(step := asking.arrived.get(), _End):
                if isinstance(step, Exception):
                    raise step
                yield step
        finally:
            asking.left.set()
            with self._lock:
                self._waiting.pop(identity, None)
                self._running.pop(identity, None)
                self._admit()
                for ahead, waiting in enumerate(self._waiting.values()):
                    waiting.arrived.put(Place(ahead))

    def _admit(self) -> None:
        """Begin with those whose turn has come."""
        free = self._at_once - len(self._running)
        for identity in list(self._waiting)[:free]:
            asking = self._running[identity] = self._waiting.pop(identity)
            asking.arrived.put(Place(None))
            self._threads.submit(_take, asking)

    def stop(self, identity: str) -> None:
        """Let whoever follows these steps go on without the rest; nothing if nobody does."""
        with self._lock:
            asking = self._running.get(identity) or self._waiting.get(identity)
        if asking is not None:
            asking.arrived.put(_End())


def _take(asking: _Asking[Step]) -> None:
    try:
        for step in asking.steps:
            if asking.left.is_set():
                return
            asking.arrived.put(step)
    except Exception as error:  # raised again where the steps are followed
        asking.arrived.put(error)
    finally:
        # At once: whatever still names the asking would keep a model's answer coming.
        if isinstance(asking.steps, Generator):
            asking.steps.close()
    asking.arrived.put(_End())
