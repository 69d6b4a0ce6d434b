"""What is computed of all articles of an archive at once, kept in its folder until they change."""

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

import orjson

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.stores.archive import Archive

log = logging.getLogger(__name__)

T = TypeVar("T")
_AT_REST_S = 30  # seconds since the last commit
Progress = Callable[[int, int], None]  # articles done, of how many


class DerivedError(HemerotecaError):
    """What is computed of all articles could not be computed."""


class Derived(Generic[T]):
    """What `make` computes of `archive`: in a thread of its own where somebody waits for a page,
    once for each state of the archive. `dump` and `load` make plain data of it and back; `name` is
    that of its file and changes with what is computed."""

    def __init__(
        self,
        archive: Archive,
        name: str,
        make: Callable[[Archive, Progress], T],
        dump: Callable[[T], Any],
        load: Callable[[Any], T],
    ) -> None:
        self._archive = archive
        self._path: Path = archive.folder / f"{name}.json"
        self._make, self._dump, self._load = make, dump, load
        self._lock = threading.Lock()
        self._made: tuple[str, T] | None = None
        self._making: threading.Thread | None = None
        self._failed: str | None = None  # the state of which it could not be made
        self.done, self.total = 0, 0  # articles, while it is made

    def of_now(self) -> T | None:
        """It as the articles are; None where it has not been made."""
        state = self._archive.articles.state()
        with self._lock:
            if self._made is None or self._made[0] != state:
                self._made = self._read(state)
            return self._made[1] if self._made else None

    def made(self, progress: Progress = lambda done, total: None) -> T:
        """It as the articles are, made now if need be."""
        found = self.of_now()
        return self._kept(progress) if found is None else found

    def begun(self) -> T | None:
        """The same as `of_now`; where there is none, it is made from now on. Raises DerivedError if
        that failed with the articles as they are."""
        found = self.of_now()
        if found is None and self._failed == self._archive.articles.state():
            raise DerivedError("The articles could not be looked through: the log says why.")
        with self._lock:
            # While articles are being added it is not made anew with each of them.
            may = self._archive.articles.at_rest_s() > _AT_REST_S or not self._path.exists()
            if found is None and self._making is None and may:
                self._making = threading.Thread(target=self._make_apart, daemon=True)
                self._making.start()
        return found

    def _make_apart(self) -> None:
        try:
            self._kept(lambda done, total: None)
        except Exception:
            log.exception("%s could not be made", self._path.stem)
            self._failed = self._archive.articles.state()
        finally:
            self._making = None

    def _kept(self, progress: Progress) -> T:
        def count(done: int, total: int) -> None:
            self.done, self.total = done, total
            progress(done, total)

        state = self._archive.articles.state()
        found = self._make(self._archive, count)
        with self._lock:
            self._made, self._failed = (state, found), None
        part = self._path.with_suffix(f".{os.getpid()}")
        try:
            part.write_bytes(orjson.dumps({"state": state, "made": self._dump(found)}))
            part.replace(self._path)
        except OSError:  # a folder that cannot be written: it is made again next time
            part.unlink(missing_ok=True)
        return found

    def _read(self, state: str) -> tuple[str, T] | None:
        try:
            said = orjson.loads(self._path.read_bytes())
            return (state, self._load(said["made"])) if said["state"] == state else None
        except (OSError, ValueError, KeyError):  # made anew
            return None
