"""Question a newspaper archive and see the sentence that proves the answer.

    import hemeroteca

    with hemeroteca.open("~/press") as archive:
        archive.sync()
        answer = archive.ask("Who met the Venezuelan ambassador?")
        print(answer.text, answer.citations[0].quote)

Everything is imported when it is first used. docs/python.md has the rest."""

from importlib import import_module
from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hemeroteca.archive import Archive
    from hemeroteca.index.article import Article, Passage
    from hemeroteca.index.errors import (
        ArticleError,
        BusyError,
        CheckpointError,
        HemerotecaError,
        IndexMismatchError,
        StorageError,
    )
    from hemeroteca.index.sync import SyncReport
    from hemeroteca.rag.answer import Answer, Citation
    from hemeroteca.rag.check import Check, Evidence
    from hemeroteca.rag.claim import ClaimError
    from hemeroteca.rag.question import QuestionError
    from hemeroteca.ui.settings import SettingsError

    __version__: str

__all__ = [
    "Answer",
    "Archive",
    "Article",
    "ArticleError",
    "BusyError",
    "Check",
    "CheckpointError",
    "Citation",
    "ClaimError",
    "Evidence",
    "HemerotecaError",
    "IndexMismatchError",
    "Passage",
    "QuestionError",
    "SettingsError",
    "StorageError",
    "SyncReport",
    "__version__",
    "open",
]

_HOMES = {
    "hemeroteca.archive": ("Archive",),
    "hemeroteca.index.article": ("Article", "Passage"),
    "hemeroteca.index.errors": (
        "ArticleError",
        "BusyError",
        "CheckpointError",
        "HemerotecaError",
        "IndexMismatchError",
        "StorageError",
    ),
    "hemeroteca.index.sync": ("SyncReport",),
    "hemeroteca.rag.answer": ("Answer", "Citation"),
    "hemeroteca.rag.check": ("Check", "Evidence"),
    "hemeroteca.rag.claim": ("ClaimError",),
    "hemeroteca.rag.question": ("QuestionError",),
    "hemeroteca.ui.settings": ("SettingsError",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def open(*sources: str | PathLike[str], **settings: object) -> "Archive":
    """The archive of `sources`, folders and files of articles as `hemeroteca index` takes them,
    without any those of ARTICLES_DIR. It has the index that the command line has for the same.

    `settings` are those of the environment and of `.env`, by their names in small letters, such as
    `index_dir` or `answer_from`; those given here win. Raises HemerotecaError: StorageError if a
    source does not exist or the index cannot be written, SettingsError for a setting that is
    unknown or malformed, IndexMismatchError if another model made the index, CheckpointError if
    the model cannot be loaded."""
    from hemeroteca.archive import Archive

    return Archive(*sources, **settings)


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("hemeroteca")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'hemeroteca' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *_HOME, "__version__"]
