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
from hemeroteca.index.sources.limits import TooLong, time_limit


def _circles() -> None:
    while True:
        with suppress(Exception):  # as a library may do
            sum(range(100))


def test_what_goes_in_circles_is_stopped() -> None:
    started = time.monotonic()
    with pytest.raises(TooLong), time_limit(0.2):
        _circles()
    assert time.monotonic() - started < 60


def test_waiting_is_not_computing() -> None:
    with time_limit(0.5):
        time.sleep(1.5)


def _compute(done: threading.Event) -> None:
    while not done.is_set():
        sum(range(1000))


@pytest.mark.skipif(
    not hasattr(time, "pthread_getcpuclockid"), reason="no clock of one thread on this system"
)
def test_what_other_threads_compute_is_not_counted() -> None:
    done = threading.Event()
    others = [threading.Thread(target=_compute, args=[done]) for _ in range(2)]
    for thread in others:
        thread.start()
    try:
        before = time.process_time()
        with time_limit(0.5):
            while time.process_time() - before < 1.5:
                time.sleep(0.05)
    finally:
        done.set()
        for thread in others:
            thread.join()


def test_what_loses_the_exception_is_stopped_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by benchmarks/fuzz.py: an exception in a destructor goes nowhere."""
    monkeypatch.setattr("hemeroteca.index.sources.limits._AGAIN_S", 0.2)

    def lose_one() -> None:
        with suppress(TooLong):
            _circles()
        _circles()

    with pytest.raises(TooLong), time_limit(0.1):
        lose_one()


def test_what_is_done_in_time_is_left_alone_afterwards() -> None:
    for _ in range(20):
        with time_limit(0.05):
            pass
    with pytest.raises(KeyError), time_limit(0.05):
        raise KeyError
    for _ in range(20):
        time.sleep(0.01)


_PROFILED = """
import cProfile
from hemeroteca.index.sources.limits import time_limit
with time_limit(5):
    pass
cProfile.runctx("call()", {"call": lambda: None}, {})
"""


def test_what_is_done_in_time_can_be_profiled_afterwards() -> None:
    """Under Python 3.11 the first call after it never began."""
    done = subprocess.run(
        [sys.executable, "-c", _PROFILED], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(stream: BinaryIO) -> Iterator[Extract]:
        _circles()
        yield Extract("")

    monkeypatch.setattr("hemeroteca.index.sources.formats.format._FEWEST_SECONDS", 0.2)
    with pytest.raises(ArticleError, match="takes longer than 0 s to read"):
        list(Format(read).extracts(io.BytesIO(b"text"), ".pdf"))
