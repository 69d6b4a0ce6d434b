"""How long the reading of a file may compute."""

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_AGAIN_S = 0.5
set_exception = ctypes.pythonapi.PyThreadState_SetAsyncExc


class TooLong(BaseException):
    """Thrown into the thread that reads; no library may take it for an error of its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooLong in this thread, if it computes longer while what is inside is done: seconds of
    the processor that it had itself, since neither a busy machine nor what other threads of this
    process do makes a file a bad one.

    It stops what is written in Python, such as a reader that goes in circles, at its next step;
    thrown into a destructor, it is lost, and thrown again."""
    reading = ctypes.c_ulong(threading.get_ident())
    lock = threading.Lock()
    over = threading.Event()
    thrown = threading.Event()

    clock = _clock_of_this_thread()
    begun = clock()

    def throw() -> None:
        wait = seconds
        while not over.wait(wait):
            with lock:  # in it the reading thread is alive, and has a clock
                if over.is_set():
                    return
                left = seconds - (clock() - begun)
                if left <= 0:
                    thrown.set()
                    set_exception(reading, ctypes.py_object(TooLong))
            wait = max(left, _AGAIN_S)

    threading.Thread(target=throw, daemon=True).start()
    try:
        try:
            yield
        finally:
            over.set()
    finally:  # also where it arrived before that
        over.set()
        with lock:
            # What is on its way must not arrive in the caller. Where nothing is, this would have
            # Python 3.11 look for it ever after, and never come back to what runs under a profiler.
            if thrown.is_set():
                set_exception(reading, None)


def _clock_of_this_thread() -> Callable[[], float]:
    """What tells any thread the seconds that this one has computed; where the system has no such
    clock (macOS, Windows), those of the whole process."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    clock = time.pthread_getcpuclockid(threading.get_ident())
    return lambda: time.clock_gettime(clock)
