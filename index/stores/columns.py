"""The names of the articles as columns in memory, to count those of few articles: tantivy's
aggregation costs the same 2 ms for fifty articles of 100,000 as for a thousand, counting here a
fifth of it."""

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

log = logging.getLogger(__name__)

_MOST_ARTICLES = 300_000  # of an index: beyond, the columns cost much memory (140 bytes each)
_AT_REST_S = 30  # seconds since the last commit: an index that is being written changes too often
_MOST_NAMES = 60_000  # of a field; tantivy counts 65,000
_AFTER = 3  # counts that show that there will be more


class _Column:
    """The names of one field: the codes of each row, one after the other."""

    def __init__(
        self, searcher: tantivy.Searcher, schema: tantivy.Schema, field: str, rows: "Rows"
    ) -> None:
        asked = {field: {"terms": {"field": field, "size": _MOST_NAMES}}}
        counted: Any = searcher.aggregate(tantivy.Query.all_query(), asked)
        self.is_whole = not counted[field]["sum_other_doc_count"]
        self.names = [str(bucket["key"]) for bucket in counted[field]["buckets"]]
        of_names: list[np.ndarray] = [np.empty(0, np.int64)]
        for name in self.names:
            query = tantivy.Query.term_query(schema, field, name, "basic")
            hits = searcher.search(query, searcher.num_docs, count=False).hits
            of_names.append(rows.of(hits))
        codes = np.repeat(np.arange(-1, len(self.names), dtype=np.int32), [*map(len, of_names)])
        together = np.concatenate(of_names)
        self._codes = codes[np.argsort(together, kind="stable")]
        self._starts = np.append(0, np.cumsum(np.bincount(together, minlength=rows.number)))

    def counted(self, rows: np.ndarray, most: int) -> dict[str, Any]:
        """The counts of the articles in `rows`, as tantivy has them."""
        first = self._starts[rows]
        lengths = self._starts[rows + 1] - first
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total) + np.repeat(first - ends + lengths, lengths)
        codes, counts = np.unique(self._codes[places], return_counts=True)
        order = np.lexsort((codes, -counts))[:most]
        buckets = [
            {"key": self.names[code], "doc_count": number}
            for code, number in zip(codes[order].tolist(), counts[order].tolist(), strict=True)
        ]
        others = total - sum(bucket["doc_count"] for bucket in buckets)
        return {"buckets": buckets, "sum_other_doc_count": others}


class Rows:
    """A row for each document of an index, those of its segments one after the other."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        hits = searcher.search(
            tantivy.Query.all_query(), max(1, searcher.num_docs), count=False
        ).hits
        ends = [0] * searcher.num_segments
        for _, address in hits:
            ends[address.segment_ord] = max(ends[address.segment_ord], address.doc + 1)
        self._firsts = [0, *np.cumsum(ends).tolist()]
        self.number = self._firsts[-1]

    def of(self, hits: Sequence[tuple[Any, tantivy.DocAddress]]) -> np.ndarray:
        """The rows of what was found: int64 of shape (hits,)."""
        rows = [self._firsts[address.segment_ord] + address.doc for _, address in hits]
        return np.array(rows, np.int64)


@dataclass(frozen=True)
class Made:
    """The columns of the fields whose names are all known, of the articles that `searcher` has."""

    searcher: tantivy.Searcher
    rows: Rows
    columns: Mapping[str, _Column]


class Columns:
    """The columns of `fields` of an index in `folder`, made in a thread of their own once it is at
    rest and was asked several times, and made anew after it has changed."""

    def __init__(
        self, index: tantivy.Index, schema: tantivy.Schema, folder: Path, fields: Sequence[str]
    ) -> None:
        self._index = index
        self._schema = schema
        self._state = folder / "meta.json"  # written anew with every commit
        self._fields = fields
        self._made: tuple[tuple[int, int], Made] | None = None
        self._asked = 0
        self._making: threading.Thread | None = None

    def of_now(self) -> Made | None:
        """The columns of the index as it is; None where there are none yet."""
        try:
            made, stamp = self._made, self._stamp()
        except FileNotFoundError:  # the index was removed to be made anew
            return None
        if made is not None and made[0] == stamp:
            return made[1]
        self._asked += 1
        if self._asked >= _AFTER and self._making is None and self._is_at_rest(stamp):
            self._making = threading.Thread(target=self._make)
            self._making.start()
        return None

    def wait(self) -> None:
        """Wait until those that are being made are."""
        if (making := self._making) is not None:
            making.join()

    def _stamp(self) -> tuple[int, int]:
        state = self._state.stat()
        return state.st_mtime_ns, state.st_ino

    def _is_at_rest(self, stamp: tuple[int, int]) -> bool:
        return time.time() - stamp[0] / 1e9 > _AT_REST_S

    def _make(self) -> None:
        try:
            stamp = self._stamp()
            self._index.reload()
            searcher = self._index.searcher()
            found: dict[str, _Column] = {}
            rows = Rows(searcher)
            if searcher.num_docs <= _MOST_ARTICLES:
                found = {name: _Column(searcher, self._schema, name, rows) for name in self._fields}
            kept = {name: column for name, column in found.items() if column.is_whole}
            self._made = stamp, Made(searcher, rows, kept)
        except Exception:  # tantivy counts all the same
            log.exception("the names of the articles could not be counted beforehand")
        finally:
            self._making = None
