"""Several indexes by their names, each opened when it is first asked."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from threading import Lock
from typing import Generic, TypeVar

from hemeroteca.index.errors import HemerotecaError

Opened = TypeVar("Opened")


class UnknownIndexError(HemerotecaError):
    """An index is named that there is not."""


def unknown_index(name: str, known: Sequence[str]) -> UnknownIndexError:
    """What to say of `name`, which is none of the `known` indexes."""
    return UnknownIndexError(
        "there is no index {name!r}: expected one of {known}",
        name=name[:100],
        known=", ".join(known),
    )


class Indexes(Generic[Opened]):
    """What `open` gives for each of `names`, kept until `close`. Safe to use from several
    threads."""

    def __init__(
        self, names: Sequence[str], open: Callable[[str], AbstractContextManager[Opened]]
    ) -> None:
        self.names = names
        self._open = open
        self._opened: dict[str, Opened] = {}
        self._locks = {name: Lock() for name in names}
        self._stack = ExitStack()

    def of(self, name: str) -> Opened:
        """That of the index `name`. Raises UnknownIndexError, and whatever opening it raises: the
        next time it is tried again."""
        if name not in self._locks:
            raise unknown_index(name, self.names)
        with self._locks[name]:
            if name not in self._opened:
                self._opened[name] = self._stack.enter_context(self._open(name))
            return self._opened[name]

    def close(self) -> None:
        """Close all that were opened, the last first."""
        self._stack.close()
