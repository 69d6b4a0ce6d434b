"""A folder with an index of words in tantivy: opened, written to and closed."""

from collections.abc import Sequence
from pathlib import Path

import tantivy

from hemeroteca.index.errors import Message, StorageError, damaged

_HEAP_BYTES = 50_000_000


class WordIndex:
    """A tantivy index of `schema`, which has a field "id", in `folder`. Raises StorageError if that
    cannot be used."""

    def __init__(self, schema: tantivy.Schema, folder: Path) -> None:
        self._schema = schema
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(schema, path=str(folder))
        except OSError as error:
            raise StorageError(
                "cannot open the full-text index in {folder} ({reason})",
                folder=folder,
                reason=str(error),
            ) from error
        except ValueError as error:  # tantivy verifies its files when it opens them
            raise damaged(Message("full-text index"), folder, error) from error
        self._writer: tantivy.IndexWriter | None = None

    def delete(self, ids: Sequence[str]) -> None:
        """Take out what has these `ids`; visible after `commit`."""
        writer = self._open_writer()
        for id in ids:
            writer.delete_documents_by_term("id", id)

    def commit(self) -> None:
        """Make what was put and deleted durable and visible, all of it or nothing."""
        if self._writer is not None:
            self._writer.commit()
        self._index.reload()

    def close(self) -> None:
        """Let go of the writer's lock. What was not committed is given up."""
        if self._writer is not None:
            self._writer.rollback()
            self._writer.wait_merging_threads()
            self._writer = None

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(_HEAP_BYTES, 1)
            except ValueError as error:
                raise StorageError(
                    "cannot write the full-text index ({reason})", reason=str(error)
                ) from error
        return self._writer
