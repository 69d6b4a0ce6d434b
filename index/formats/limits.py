"""How long a file may take to be read."""

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class TooLong(BaseException):
    """Thrown into the thread that reads; no library may take it for an error of its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooLong in this thread, if what is done inside takes longer.

    It stops what is written in Python, such as a reader that goes in circles, at its next step."""
    reading = threading.get_ident()
    lock = threading.Lock()
    over = thrown = arrived = False

    def throw() -> None:
        nonlocal thrown
        with lock:
            if not over:
                thrown = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(reading), ctypes.py_object(TooLong)
                )

    timer = threading.Timer(seconds, throw)
    timer.daemon = True
    timer.start()
    try:
        yield
    except TooLong:
        arrived = True
        raise
    finally:
        with lock:
            over = True
        timer.cancel()
        while thrown and not arrived:  # on its way: it must not arrive in the caller
            time.sleep(0.001)
