"""How long the reading of a file may compute."""

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_AGAIN_S = 0.5
set_exception = ctypes.pythonapi.PyThreadState_SetAsyncExc


class TooLong(BaseException):
    """Thrown into the thread that reads; no library may take it for an error of its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooLong in this thread, if this process computes longer while what is inside is done:
    seconds of the processor, since a busy machine makes no file a bad one.

    It stops what is written in Python, such as a reader that goes in circles, at its next step;
    thrown into a destructor, it is lost, and thrown again."""
    reading = ctypes.c_ulong(threading.get_ident())
    lock = threading.Lock()
    over = threading.Event()
    thrown = threading.Event()

    begun = time.process_time()

    def throw() -> None:
        wait = seconds
        while not over.wait(wait):
            left = seconds - (time.process_time() - begun)
            wait = max(left, _AGAIN_S)
            if left > 0:
                continue
            with lock:
                if not over.is_set():
                    thrown.set()
                    set_exception(reading, ctypes.py_object(TooLong))

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
