"""How long a file may take to be read."""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_AGAIN_S = 0.5
set_exception = ctypes.pythonapi.PyThreadState_SetAsyncExc


class TooLong(BaseException):
    """Thrown into the thread that reads; no library may take it for an error of its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooLong in this thread, if what is done inside takes longer.

    It stops what is written in Python, such as a reader that goes in circles, at its next step;
    thrown into a destructor, it is lost, and thrown again."""
    reading = ctypes.c_ulong(threading.get_ident())
    lock = threading.Lock()
    over = threading.Event()

    def throw() -> None:
        wait = seconds
        while not over.wait(wait):
            with lock:
                if not over.is_set():
                    set_exception(reading, ctypes.py_object(TooLong))
            wait = _AGAIN_S

    threading.Thread(target=throw, daemon=True).start()
    try:
        try:
            yield
        finally:
            over.set()
    finally:  # also where it arrived before that
        over.set()
        with lock:
            set_exception(reading, None)  # what is on its way must not arrive in the caller
