"""Indexing that goes on while the page is open already, and answers from what is in."""

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.progress import Progress, Tell

log = logging.getLogger(__name__)


class Indexing:
    """`task`, in a thread of its own, which tells how far it is. Safe to use from several
    threads."""

    def __init__(self, task: Callable[[Tell], None]) -> None:
        self._task = task
        self._done, self._stopped, self._left = Event(), Event(), Event()
        self._failed: BaseException | None = None
        self._thread = Thread(target=self._work, daemon=True, name="indexing")
        self.writing = Lock()  # held meanwhile, and by whatever else writes to the archive
        self.now: Progress | None = None

    @property
    def goes_on(self) -> bool:
        """Whether it has begun and not ended."""
        return self._thread.ident is not None and not self._done.is_set()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wait(self, seconds: float) -> None:
        """Wait so long at most. Raises what the task raised by then; what it raises later is
        logged."""
        if not self._done.wait(seconds):
            self._left.set()
        elif self._failed is not None:
            raise self._failed

    def then(self, act: Callable[[], None]) -> None:
        """Do `act` when it has ended."""

        def wait() -> None:
            self._done.wait()
            act()

        Thread(target=wait, daemon=True, name="indexed").start()

    def stop(self) -> None:
        """End it after the article that it is at; what was done is kept."""
        self._stopped.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _tell(self, now: Progress) -> None:
        self.now = now
        if self._stopped.is_set():
            raise KeyboardInterrupt

    def _work(self) -> None:
        try:
            with self.writing:
                self._task(self._tell)
        except KeyboardInterrupt:
            log.info("indexing was stopped")
        except Exception as error:
            self._failed = error
            if self._left.is_set() and isinstance(error, HemerotecaError):
                log.error("%s", error)
            elif self._left.is_set():
                log.exception("the articles could not be indexed")
        finally:
            self._done.set()
