"""The errors that the index raises; the command line and the page turn each into one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, init=False)
class Message:
    """A sentence in English with named blanks, such as "has {pages:,} pages", and what fills them.

    The sentence is the key of its translations; whatever words it for a person fills in `values`
    (a value may be a Message itself)."""

    sentence: str
    values: Mapping[str, Any]

    def __init__(self, sentence: str, /, **values: Any) -> None:
        object.__setattr__(self, "sentence", sentence)
        object.__setattr__(self, "values", values)

    def __hash__(self) -> int:
        return hash(self.sentence)  # what fills the blanks need not have one

    def __str__(self) -> str:
        return self.sentence.format(**self.values) if self.values else self.sentence


class HemerotecaError(Exception):
    """Base of every error that a user can cause or mend. Its message says what was expected,
    what came, and what to do next; `str` gives it in English."""

    def __init__(self, sentence: str | Message, /, **values: Any) -> None:
        self.message = sentence if isinstance(sentence, Message) else Message(sentence, **values)
        super().__init__(str(self.message))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message,)  # between processes, with what fills the blanks


class ArticleError(HemerotecaError):
    """A file that cannot become an article. The message is the reason, without the path."""


class CheckpointError(HemerotecaError):
    """The embedded model cannot be unpacked, read or verified."""


class IndexMismatchError(HemerotecaError):
    """The index on disk was made by another model or another version of the program."""


class StorageError(HemerotecaError):
    """The data folder cannot be read or written."""


def damaged(store: Message, place: object, error: BaseException) -> StorageError:
    """What to say of a store, such as the catalog, whose files are not what was written."""
    return StorageError(
        "the {store} in {place} is damaged ({reason}): run `hemeroteca index --rebuild`, which "
        "makes the index anew from the articles",
        store=store,
        place=place,
        reason=" ".join(str(error).split())[:200] or type(error).__name__,
    )


class ReadOnlyError(StorageError):
    """The index may be read and not written."""


class BusyError(HemerotecaError):
    """Another process is writing the index."""
