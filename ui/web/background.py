"""A long task watched while it works."""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")
Shown = TypeVar("Shown")
Report = Callable[..., None]  # is told how far the task is, in the words of what shows it

_EVERY_S = 0.2  # no person reads faster


@dataclass(frozen=True)
class _Done(Generic[Result]):
    result: Result


@dataclass(frozen=True)
class _Now:
    """How far the task is."""

    said: tuple[Any, ...]


def watched(
    task: Callable[[Report], Result], show: Callable[..., Shown]
) -> Generator[Shown, None, Result]:
    """What `show` makes of what `task` reports, now and then, and in the end what `task` returns;
    raises what it raises. In a thread of its own it comes to its end though nobody watches any
    more."""
    came: SimpleQueue[_Now | _Done[Result] | Exception] = SimpleQueue()
    reported = 0.0

    def report(*said: Any) -> None:
        nonlocal reported
        if time.monotonic() - reported >= _EVERY_S:
            reported = time.monotonic()
            came.put(_Now(said))

    def work() -> None:
        try:
            came.put(_Done(task(report)))
        except Exception as error:  # raised again where it is watched
            came.put(error)

    Thread(target=work, daemon=True).start()
    while True:
        match came.get():
            case _Done(result):
                return result
            case Exception() as error:
                raise error
            case _Now(said):
                yield show(*said)
