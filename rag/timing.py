"""How long the stages of a question take."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    """Add the milliseconds spent inside to `timings[stage]`."""
    started = time.perf_counter()
    try:
        yield
    finally:
        timings[stage] = timings.get(stage, 0.0) + since(started)


def since(started: float) -> float:
    """Milliseconds since `started`, of time.perf_counter."""
    return (time.perf_counter() - started) * 1e3
