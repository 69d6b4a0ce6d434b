"""A long task watched while it works."""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

Result = TypeVar("Result")
Shown = TypeVar("Shown")
Report = Callable[[int, int], None]  # how many are done, how many in all

_EVERY_S = 0.2  # no person reads faster


@dataclass(frozen=True)
class _Done(Generic[Result]):
    result: Result


def watched(
    task: Callable[[Report], Result], show: Callable[[int, int], Shown]
) -> Generator[Shown, None, Result]:
    """What `show` makes of what `task` reports, now and then, and in the end what `task` returns;
    raises what it raises. In a thread of its own it comes to its end though nobody watches any
    more."""
    came: SimpleQueue[tuple[int, int] | _Done[Result] | Exception] = SimpleQueue()
    reported = 0.0

    def report(done: int, total: int) -> None:
        nonlocal reported
        if time.monotonic() - reported >= _EVERY_S:
            reported = time.monotonic()
            came.put((done, total))

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
            case done, total:
                yield show(done, total)
