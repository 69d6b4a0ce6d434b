"""The names and days of the articles as columns in memory, to count those of few articles:
tantivy's aggregation costs the same 2 ms for fifty articles of 100,000 as for a thousand, counting
here a tenth of it."""

import logging
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

log = logging.getLogger(__name__)

_MOST_ARTICLES = 300_000  # of an index: beyond, the columns cost much memory (140 bytes each)
_AT_REST_S = 30  # seconds since the last commit: an index that is being written changes too often
_MOST_NAMES = 60_000  # of a field; tantivy counts 65,000
_NONE = np.iinfo(np.int64).min  # no number
_AFTER = 3  # counts that show that there will be more
Hits = Sequence[tuple[Any, tantivy.DocAddress]]  # scores, and where each document is


class Rows:
    """A row for each of the documents at `addresses`, those of its segments one after the other."""

    def __init__(self, addresses: Sequence[tantivy.DocAddress]) -> None:
        ends: dict[int, int] = {}
        for address in addresses:
            ends[address.segment_ord] = max(ends.get(address.segment_ord, 0), address.doc + 1)
        segments = range(max(ends, default=-1) + 1)
        self._firsts = [0, *np.cumsum([ends.get(segment, 0) for segment in segments]).tolist()]
        self.number = int(self._firsts[-1])

    def of(self, addresses: Iterable[tantivy.DocAddress]) -> np.ndarray:
        """The rows of documents: int64 of shape (documents,)."""
        rows = [self._firsts[address.segment_ord] + address.doc for address in addresses]
        return np.array(rows, np.int64)


class Made:
    """The columns of the articles that `searcher` has: the names of those of `fields` whose names
    are all known, together, and the `numbers`, of which an article has one or none."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        fields: Sequence[str],
        numbers: Sequence[str],
    ) -> None:
        self.searcher = searcher
        everything, number = tantivy.Query.all_query(), max(1, searcher.num_docs)
        addresses = [address for _, address in searcher.search(everything, number).hits]
        self._rows = rows = Rows(addresses)
        self._names: list[str] = []
        self._codes_of: dict[str, tuple[int, int]] = {}  # from, to
        of_names: list[np.ndarray] = [np.empty(0, np.int64)]
        for field in fields:
            names = _names_of(searcher, field)
            if names is None:
                continue
            for name in names:
                query = tantivy.Query.term_query(schema, field, name, "basic")
                hits = searcher.search(query, searcher.num_docs, count=False).hits
                of_names.append(rows.of(address for _, address in hits))
            self._codes_of[field] = len(self._names), len(self._names) + len(names)
            self._names += names
        codes = np.repeat(np.arange(-1, len(self._names), dtype=np.int32), [*map(len, of_names)])
        together = np.concatenate(of_names)
        self._codes = codes[np.argsort(together, kind="stable")]
        self._starts = np.append(0, np.cumsum(np.bincount(together, minlength=rows.number)))
        placed = rows.of(addresses)
        self._numbers: dict[str, np.ndarray] = {}
        for field in numbers:
            values = searcher.fast_field_values(field, addresses)
            self._numbers[field] = column = np.full(rows.number, _NONE, np.int64)
            column[placed] = [_NONE if value is None else value for value in values]

    def counted(self, hits: Hits, asked: Mapping[str, Any]) -> dict[str, Any]:
        """What of the aggregations `asked` the columns can answer over what was found, as tantivy
        answers them."""
        rows = self._rows.of(address for _, address in hits)
        first = self._starts[rows]
        lengths = self._starts[rows + 1] - first
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total) + np.repeat(first - ends + lengths, lengths)
        # Few of all names are held by few articles, but to sort what they hold takes longer.
        counts = np.bincount(self._codes[places], minlength=len(self._names))
        found: dict[str, Any] = {}
        for name, said in asked.items():
            match said:
                case {"terms": {"field": field, "size": most}} if field in self._codes_of:
                    found[name] = self._terms(counts, field, most)
                case {"histogram": {"field": field, "interval": interval}}:
                    found[name] = _histogram(self._numbers[field][rows], interval)
                case {"range": {"field": field, "ranges": ranges}}:
                    found[name] = _ranges(self._numbers[field][rows], ranges)
        return found

    def _terms(self, counts: np.ndarray, field: str, most: int) -> dict[str, Any]:
        first, last = self._codes_of[field]
        of_field = counts[first:last]
        held = of_field.nonzero()[0]
        order = held[np.argsort(-of_field[held], kind="stable")[:most]]
        buckets = [
            {"key": self._names[first + code], "doc_count": number}
            for code, number in zip(order.tolist(), of_field[order].tolist(), strict=True)
        ]
        others = int(of_field.sum()) - sum(bucket["doc_count"] for bucket in buckets)
        return {"buckets": buckets, "sum_other_doc_count": others}


def _names_of(searcher: tantivy.Searcher, field: str) -> list[str] | None:
    """The names of a field, the most frequent first; None where they are too many."""
    asked = {field: {"terms": {"field": field, "size": _MOST_NAMES}}}
    counted: Any = searcher.aggregate(tantivy.Query.all_query(), asked)
    if counted[field]["sum_other_doc_count"]:
        return None
    return [str(bucket["key"]) for bucket in counted[field]["buckets"]]


def _histogram(values: np.ndarray, interval: int) -> dict[str, Any]:
    keys, counts = np.unique(values[values != _NONE] // interval * interval, return_counts=True)
    both = zip(keys.tolist(), counts.tolist(), strict=True)
    return {"buckets": [{"key": float(key), "doc_count": number} for key, number in both]}


def _ranges(values: np.ndarray, ranges: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    known = values[values != _NONE]
    return {
        "buckets": [
            {"key": each["key"], "doc_count": int(((known >= low) & (known < high)).sum())}
            for each in ranges
            for low, high in [(each["from"], each["to"])]
        ]
    }


class Columns:
    """The columns of `fields` and `numbers` of an index in `folder`, made in a thread of their
    own once it is at rest and was asked several times, and made anew after it has changed."""

    def __init__(
        self,
        index: tantivy.Index,
        schema: tantivy.Schema,
        folder: Path,
        fields: Sequence[str],
        numbers: Sequence[str],
    ) -> None:
        self._index = index
        self._schema = schema
        self._state = folder / "meta.json"  # written anew with every commit
        self._fields = fields
        self._numbers = numbers
        self._made: tuple[tuple[int, int], Made | None] | None = None
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
            made = None
            if searcher.num_docs <= _MOST_ARTICLES:
                made = Made(searcher, self._schema, self._fields, self._numbers)
            self._made = stamp, made
        except Exception:  # tantivy counts all the same
            log.exception("the names of the articles could not be counted beforehand")
        finally:
            self._making = None
