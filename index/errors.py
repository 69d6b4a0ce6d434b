"""The errors that the index raises; the command line and the page turn each into one sentence."""


class HemerotecaError(Exception):
    """Base of every error that a user can cause or mend. Its text says what was expected,
    what came, and what to do next."""


class ArticleError(HemerotecaError):
    """A file that cannot become an article. The text is the reason, without the path."""


class CheckpointError(HemerotecaError):
    """The embedded model cannot be unpacked, read or verified."""


class IndexMismatchError(HemerotecaError):
    """The index on disk was made by another model or another version of the program."""


class StorageError(HemerotecaError):
    """The data folder cannot be read or written."""


class BusyError(HemerotecaError):
    """Another process is writing the index."""
