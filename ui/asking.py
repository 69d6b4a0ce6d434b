"""Questions that are being answered, and that a person can stop."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event
from typing import Generic, TypeVar

Step = TypeVar("Step")

# A question that was stopped holds its thread until its next step, which a model's server may
# take a minute for: enough threads that the others need not wait.
_THREADS = 64


class _End:
    """After the last step."""


class Askings(Generic[Step]):
    """Each under an id of its own. Safe to use from several threads."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="ask")
        self._followed: dict[str, SimpleQueue[Step | Exception | _End]] = {}

    def follow(self, identity: str, steps: Iterator[Step]) -> Iterator[Step]:
        """`steps` as they come, no more of them after `stop(identity)`; raises what they raise."""
        arrived: SimpleQueue[Step | Exception | _End] = SimpleQueue()
        left = Event()
        self._followed[identity] = arrived
        self._threads.submit(_take, steps, arrived, left)
        try:
            while not isinstance(step := arrived.get(), _End):
                if isinstance(step, Exception):
                    raise step
                yield step
        finally:
            left.set()
            del self._followed[identity]

    def stop(self, identity: str) -> None:
        """Let whoever follows these steps go on without the rest; nothing if nobody does."""
        arrived = self._followed.get(identity)
        if arrived is not None:
            arrived.put(_End())


def _take(
    steps: Iterator[Step], arrived: "SimpleQueue[Step | Exception | _End]", left: Event
) -> None:
    try:
        for step in steps:
            if left.is_set():
                return
            arrived.put(step)
    except Exception as error:  # raised again where the steps are followed
        arrived.put(error)
    arrived.put(_End())
