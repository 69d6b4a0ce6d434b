"""How long the reading of a file may compute."""

import ctypes
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

_AGAIN_S = 0.5
T = TypeVar("T")
set_exception = ctypes.pythonapi.PyThreadState_SetAsyncExc


class TooLong(BaseException):
    """Thrown into the thread that reads; no library may take it for an error of its own."""


def limited(parts: Iterable[T], seconds: float) -> Iterator[T]:
    """`parts`, one by one. Raises TooLong in this thread, if to find them takes it longer in all:
    seconds of the processor that it had itself, since neither a busy machine nor what other threads
    of this process do makes a file a bad one; nor does what is done with a part before the next.

    It stops what is written in Python, such as a reader that goes in circles, at its next step;
    thrown into a destructor, it is lost, and thrown again."""
    found = iter(parts)
    watch = _Watch(seconds)
    try:
        while True:
            with watch:
                try:
                    part = next(found)
                except StopIteration:
                    return
            yield part
    finally:
        watch.end()


class _Watch:
    """Throws TooLong into the thread that is within it, once that computed longer in all."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._within = False
        self._thrown = False
        self._begin()
        threading.Thread(target=self._throw, args=[seconds], daemon=True).start()

    def __enter__(self) -> None:
        with self._lock:
            self._begin()
            self._within = True

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._left -= self._clock() - self._begun
            self._leave()

    def end(self) -> None:
        try:
            self._over.set()
        finally:  # also where it arrived before that
            self._over.set()
            with self._lock:
                self._leave()

    def _begin(self) -> None:
        self._reading = ctypes.c_ulong(threading.get_ident())
        self._clock = _clock_of_this_thread()
        self._begun = self._clock()

    def _leave(self) -> None:
        self._within = False
        if not self._thrown:
            return
        # What is on its way must not arrive in the caller: one more takes its place, and is awaited
        # here. Taken back, it would have Python 3.11 look for it ever after, and never come back to
        # what is traced or profiled.
        with suppress(TooLong):
            set_exception(self._reading, ctypes.py_object(TooLong))
            while True:
                time.sleep(0)
        self._thrown = False

    def _throw(self, wait: float) -> None:
        while not self._over.wait(wait):
            with self._lock:  # in it the thread that is within is alive, and has a clock
                left = self._left
                if self._within:
                    left -= self._clock() - self._begun
                    if left <= 0 and not self._over.is_set():
                        self._thrown = True
                        set_exception(self._reading, ctypes.py_object(TooLong))
            wait = max(left, _AGAIN_S)


def _clock_of_this_thread() -> Callable[[], float]:
    """What tells any thread the seconds that this one has computed; where the system has no such
    clock (macOS, Windows), those of the whole process."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    clock = time.pthread_getcpuclockid(threading.get_ident())
    return lambda: time.clock_gettime(clock)
