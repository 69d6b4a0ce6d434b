"""How long a file may take to be read."""

import io
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

import pytest

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.formats.format import Format
from hemeroteca.index.sources.limits import TooLong, limited


def _circles() -> Iterator[int]:
    while True:
        with suppress(Exception):  # as a library may do
            sum(range(100))
    yield 0


def _sleepy() -> Iterator[int]:
    time.sleep(1.5)
    yield 0


def test_what_goes_in_circles_is_stopped() -> None:
    started = time.monotonic()
    with pytest.raises(TooLong):
        list(limited(_circles(), 0.2))
    assert time.monotonic() - started < 60


def test_waiting_is_not_computing() -> None:
    assert list(limited(_sleepy(), 0.5)) == [0]


def test_what_is_done_between_two_parts_is_not_counted() -> None:
    for _ in limited(range(3), 0.2):
        _compute_for(0.3)


def test_what_the_parts_take_is_counted_in_all() -> None:
    def slow() -> Iterator[int]:
        for part in range(100):
            _compute_for(0.1)
            yield part

    parts = limited(slow(), 0.35)
    assert next(parts) == 0
    with pytest.raises(TooLong):
        list(parts)


def _compute_for(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        sum(range(100))


def _compute(done: threading.Event) -> None:
    while not done.is_set():
        sum(range(1000))


def _waiting_for_others(seconds: float) -> Iterator[int]:
    before = time.process_time()
    while time.process_time() - before < seconds:
        time.sleep(0.05)
    yield 0


@pytest.mark.skipif(
    not hasattr(time, "pthread_getcpuclockid"), reason="no clock of one thread on this system"
)
def test_what_other_threads_compute_is_not_counted() -> None:
    done = threading.Event()
    others = [threading.Thread(target=_compute, args=[done]) for _ in range(2)]
    for thread in others:
        thread.start()
    try:
        assert list(limited(_waiting_for_others(1.5), 0.5)) == [0]
    finally:
        done.set()
        for thread in others:
            thread.join()


def test_what_loses_the_exception_is_stopped_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by benchmarks/fuzz.py: an exception in a destructor goes nowhere."""
    monkeypatch.setattr("hemeroteca.index.sources.limits._AGAIN_S", 0.2)

    def lose_one() -> Iterator[int]:
        with suppress(TooLong):
            list(_circles())
        yield from _circles()

    with pytest.raises(TooLong):
        list(limited(lose_one(), 0.1))


def test_what_is_done_in_time_is_left_alone_afterwards() -> None:
    def raising() -> Iterator[int]:
        yield 0
        raise KeyError

    for _ in range(20):
        assert list(limited([0], 0.05)) == [0]
    with pytest.raises(KeyError):
        list(limited(raising(), 0.05))
    for _ in range(20):
        time.sleep(0.01)


_PROFILED = """
import cProfile, sys
from hemeroteca.index.sources.limits import TooLong, limited
def circles():
    while True:
        sum(range(100))
    yield 0
try:
    list(limited({parts}, {seconds}))
except TooLong:
    pass
cProfile.runctx("call()", {{"call": lambda: None}}, {{}})
sys.settrace(lambda *_: None)
print((lambda: "called")())
"""


@pytest.mark.parametrize(("parts", "seconds"), [("[0]", 5), ("circles()", 0.1)])
def test_what_follows_can_be_profiled_and_traced(parts: str, seconds: float) -> None:
    """Under Python 3.11 the first call after it never began."""
    code = _PROFILED.format(parts=parts, seconds=seconds)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.endswith("called\n"), done.stderr


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(stream: BinaryIO) -> Iterator[Extract]:
        list(_circles())
        yield Extract("")

    monkeypatch.setattr("hemeroteca.index.sources.formats.format._FEWEST_SECONDS", 0.2)
    with pytest.raises(ArticleError, match="takes longer than 0 s to read"):
        list(Format(read).extracts(io.BytesIO(b"text"), ".pdf"))


def test_a_file_of_many_that_takes_too_long_keeps_what_was_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read(stream: BinaryIO) -> Iterator[Extract]:
        yield Extract("one")
        list(_circles())

    monkeypatch.setattr("hemeroteca.index.sources.formats.format._FEWEST_SECONDS", 0.2)
    parts = Format(read, many=True).extracts(io.BytesIO(b"text"), ".jsonl")
    assert next(parts) == Extract("one")
    with pytest.raises(ArticleError, match="takes longer than 0 s to read"):
        next(parts)
