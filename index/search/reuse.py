"""Passages that several articles share, of a whole archive: what an agency sent, a statement, an
article that was printed again, each with those that have it in the order of their days.

Of every article some runs of seven terms are kept by their hashes (winnowing, Schleimer, Wilkerson
and Aiken 2003, as passim does for newspapers): where twelve terms in a row are the same, one at
least. Runs that stand near each other in nearly the same articles are one passage."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby, pairwise
from operator import itemgetter
from weakref import WeakKeyDictionary

import numpy as np

from hemeroteca.index.article import Article
from hemeroteca.index.filter import Filter
from hemeroteca.index.search.derived import Derived, Progress
from hemeroteca.index.search.grammar import parse
from hemeroteca.index.search.marks import Term, written_terms
from hemeroteca.index.search.passages import LEAST_TERMS, common_runs, is_long
from hemeroteca.index.search.query import All, Days
from hemeroteca.index.search.search import Wanted
from hemeroteca.index.stores.archive import Archive

_WINDOW = 7  # terms of a run
_OF = 6  # runs of which the one with the least hash is kept
_HELD_BY = 5_000  # articles: a run that stands in more is never looked at
_NEAR = 80  # characters between two runs of a passage, at most
_ALIKE = 0.5  # of the articles that have the one run or the other, those that have both
_AROUND = 160  # characters beside a passage that are looked at
_AT_ONCE = 500  # articles read
_FORMULA = 30  # articles: what stands in more may be nothing but a formula,
_A_PAPER = 3  # namely where there are more of them than this a paper


@dataclass(frozen=True)
class Holder:
    """An article that has a passage, at text[start:end]; `date` is its ISO day or ""."""

    article: str
    paper: str
    date: str
    start: int
    end: int


@dataclass(frozen=True)
class Reused:
    """A passage that the `holders` share, in the order of their days, the undated last; `more` are
    how many other passages the very same articles share."""

    holders: Sequence[Holder]
    more: int = 0

    @property
    def papers(self) -> int:
        """How many papers have it; the articles of which none is known count as one."""
        return len({holder.paper for holder in self.holders})

    @property
    def is_formula(self) -> bool:
        """Whether it is said again and again rather than told: in very many articles of few
        papers."""
        number = len(self.holders)
        return number > _FORMULA and number > _A_PAPER * self.papers

    def among(self, articles: set[str]) -> "Reused":
        """It as it is in `articles` alone."""
        return Reused([each for each in self.holders if each.article in articles], self.more)


@dataclass(frozen=True)
class ShownPassage:
    """A passage with the titles of its articles by their ids."""

    passage: Reused
    quote: str
    titles: Mapping[str, str]

    def as_dict(self) -> dict[str, object]:
        """The object in the `passages` of `/passages.json` and of `search --shared --json`."""
        return {
            "quote": self.quote,
            "papers": self.passage.papers,
            "more": self.passage.more,
            "articles": [
                {**vars(each), "title": self.titles[each.article]} for each in self.passage.holders
            ],
        }


_OF_ARCHIVES: WeakKeyDictionary[Archive, Derived[Sequence[Reused]]] = WeakKeyDictionary()


def reused_in(archive: Archive) -> Derived[Sequence[Reused]]:
    """The passages that articles of `archive` share, the most widely shared first."""
    found = _OF_ARCHIVES.get(archive)
    if found is None:
        found = _OF_ARCHIVES[archive] = Derived(archive, "reuse-2", find_reused, _dump, _load)
    return found


def widest(
    passages: Sequence[Reused], among: set[str] | None = None, formulas: bool = False
) -> list[Reused]:
    """Those of `passages` that two articles at least of `among` share (of all, where that is
    None), the most widely shared first: by papers, by articles and by their length; the `formulas`
    or the others."""
    found = passages if among is None else [each.among(among) for each in passages]
    kept = [each for each in found if len(each.holders) > 1 and each.is_formula == formulas]
    return sorted(kept, key=_extent)


def found_by(archive: Archive, wanted: Wanted) -> set[str] | None:
    """The articles that a search finds; None for all of them. Raises SearchError."""
    query = parse(wanted.text)
    if not query.text.strip() and wanted.only == Filter() and not wanted.undated:
        return None
    root = All((query.root, Days(undated=True))) if wanted.undated else query.root
    languages = archive.catalog.languages()
    return {*archive.articles.found_ids(replace(query, root=root), languages, wanted.only)}


def shown_passages(archive: Archive, passages: Sequence[Reused]) -> list[ShownPassage]:
    """The passages with what is shown of their articles."""
    ids = list(dict.fromkeys(each.article for one in passages for each in one.holders))
    titles = {each.article: each.title for each in archive.catalog.listed(only=ids)} if ids else {}
    firsts = archive.documents_of([one.holders[0].article for one in passages])
    found = []
    for passage in passages:
        held = [each for each in passage.holders if each.article in titles]
        first = firsts.get(passage.holders[0].article)
        if first is not None and len(held) > 1:
            quote = _quote(first, held[0])
            found.append(ShownPassage(replace(passage, holders=held), quote, titles))
    return found


def _quote(article: Article, holder: Holder) -> str:
    return " ".join(article.text[holder.start : holder.end].split())


def _extent(passage: Reused) -> tuple[int, int, int]:
    first = passage.holders[0]
    return -passage.papers, -len(passage.holders), first.start - first.end


def find_reused(archive: Archive, progress: Progress) -> list[Reused]:
    """Every passage that two articles or more share."""
    runs = _Runs.of(archive, progress)
    parts = _parts(runs)
    # Passages of neighbours in the archive together: the same texts are read again.
    parts.sort(key=lambda part: part[0][0])
    text_of = lru_cache(maxsize=2_000)(archive.catalog.document)
    passages = []
    for part in parts:
        texts = [(text_of(runs.ids[row]), start, end) for row, start, end in part]
        holders = _extended([(text, s, e) for text, s, e in texts if text is not None])
        if len(holders) > 1:
            passages.append(Reused(holders))
    return sorted(_of_the_same(passages), key=_extent)


@dataclass(frozen=True)
class _Runs:
    """The runs that several articles have, in the order of the articles and of their places: for
    each its number, the row of its article in `ids` and its place; `rows` are the articles of each
    run by its number."""

    ids: Sequence[str]
    numbers: np.ndarray
    articles: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    rows: Sequence[frozenset[int]]

    @classmethod
    def of(cls, archive: Archive, progress: Progress) -> "_Runs":
        ids = sorted(archive.catalog.entries())
        kept: list[tuple[np.ndarray, ...]] = []
        for first in range(0, len(ids), _AT_ONCE):
            batch = ids[first : first + _AT_ONCE]
            found = archive.documents_of(batch)
            for row, id in enumerate(batch, start=first):
                if id in found:
                    hashes, starts, ends = _fingerprints(found[id])
                    kept.append((hashes, np.full(len(hashes), row, np.int32), starts, ends))
            progress(min(first + _AT_ONCE, len(ids)), len(ids))
        empty = np.empty(0, np.int64)
        hashes, articles, starts, ends = (
            np.concatenate(columns) if kept else empty
            for columns in (zip(*kept, strict=True) if kept else [()] * 4)
        )
        order = np.argsort(hashes, kind="stable")
        ordered, held_by = hashes[order], articles[order]
        new = np.append(True, ordered[1:] != ordered[:-1])[: len(order)]
        firsts = new | np.append(True, held_by[1:] != held_by[:-1])[: len(order)]
        of_run = np.cumsum(new) - 1
        spread = np.bincount(of_run[firsts]) if len(order) else empty
        shared = (spread > 1) & (spread <= _HELD_BY)
        numbered = np.cumsum(shared) - 1
        is_kept = shared[of_run] if len(order) else np.empty(0, bool)
        numbers = np.full(len(hashes), -1, np.int64)
        numbers[order[is_kept]] = numbered[of_run[is_kept]]
        rows: list[set[int]] = [set() for _ in range(int(shared.sum()))]
        here = np.flatnonzero(numbers >= 0)
        for number, row in zip(numbers[here].tolist(), articles[here].tolist(), strict=True):
            rows[number].add(row)
        columns = (numbers[here], articles[here], starts[here], ends[here])
        return cls(ids, *columns, [*map(frozenset, rows)])


def _fingerprints(article: Article) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The hashes of the runs of an article that are kept, in order, and their places."""
    said = list(written_terms(article.text, article.body))
    number = len(said) - _WINDOW + 1
    if number < 1:
        return np.empty(0, np.uint64), np.empty(0, np.int32), np.empty(0, np.int32)
    of_terms = np.fromiter((_number_of(term.text) for term in said), np.uint64, len(said))
    hashes = np.zeros(number, np.uint64)
    for at in range(_WINDOW):  # a polynomial of them, modulo 2 ** 64
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + of_terms[at : at + number]
    hashes ^= hashes >> np.uint64(29)
    of = min(_OF, number)
    windows = np.lib.stride_tricks.sliding_window_view(hashes, of)
    places = np.unique(windows.argmin(axis=1) + np.arange(len(windows)))
    starts = np.array([said[at].start for at in places], np.int32)
    ends = np.array([said[at + _WINDOW - 1].end for at in places], np.int32)
    return hashes[places], starts, ends


@lru_cache(maxsize=100_000)
def _number_of(term: str) -> int:
    """The same in every process, as that of `hash` is not: else each finds other runs."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest())


def _parts(runs: _Runs) -> list[list[tuple[int, int, int]]]:
    """The passages as the rows of their articles, each with its place: the longest, where an
    article has several."""
    leader = [*range(len(runs.rows))]

    def leading(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    places = [
        *zip(
            *(column.tolist() for column in (runs.numbers, runs.articles, runs.starts, runs.ends)),
            strict=True,
        )
    ]
    compared: set[tuple[int, int]] = set()
    for (one, row, _, end), (other, next_row, start, _) in pairwise(places):
        if row != next_row or start > end + _NEAR or (one, other) in compared:
            continue
        compared.add((one, other))
        both = len(runs.rows[one] & runs.rows[other])
        if both > 1 and both >= _ALIKE * len(runs.rows[one] | runs.rows[other]):
            leader[leading(other)] = leading(one)
    spans: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for row, of_article in groupby(places, key=itemgetter(1)):
        reached: dict[int, tuple[int, int]] = {}
        for number, _, start, end in of_article:
            part = leading(number)
            first, last = reached.get(part, (start, end))
            if start > last + _NEAR:
                first = start
            reached[part] = first, end
            longest = spans[part].get(row, (0, 0))
            if end - first > longest[1] - longest[0]:
                spans[part][row] = first, end
    return [
        [(row, start, end) for row, (start, end) in sorted(part.items())]
        for part in spans.values()
        if len(part) > 1
    ]


def _extended(texts: Sequence[tuple[Article, int, int]]) -> list[Holder]:
    """Those who have a passage at the given places, as far as the longest of them and the other
    have it, in the order of their days; those that have too little of it are none."""
    in_order = sorted(texts, key=lambda text: (text[0].date or "9", text[0].id))
    model = max(in_order, key=lambda text: text[2] - text[1])
    widened = [_widened(model, each) for each in in_order if each is not model]
    own = (
        min((start for _, (start, _) in widened), default=model[1]),
        max((end for _, (_, end) in widened), default=model[2]),
    )
    places = {id(each): place for each, (place, _) in zip(
        (each for each in in_order if each is not model), widened, strict=True
    )} | {id(model): own}  # fmt: skip
    holders = []
    for each in in_order:
        article, (start, end) = each[0], places[id(each)]
        said = article.text[start:end]
        if is_long(said) and sum(1 for _ in written_terms(said)) >= LEAST_TERMS:
            paper = article.publication.paper
            holders.append(Holder(article.id, paper, article.date or "", start, end))
    return holders


def _widened(
    one: tuple[Article, int, int], other: tuple[Article, int, int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """The place in `other`, and that in `one`, of what both have there, a few terms that differ
    within it included; an empty one in `other` if that is no passage."""
    (_, start, end), (_, their_start, _) = one, other
    said, theirs = _around(*one), _around(*other)
    runs = common_runs([term.text for term in said], [term.text for term in theirs])
    meeting = [
        (said[a].start, said[b - 1].end, theirs[c].start, theirs[d - 1].end)
        for a, b, c, d in runs
        if said[a].start < end and start < said[b - 1].end
    ]
    if not meeting:
        return (their_start, their_start), (start, end)
    first, last, their_first, their_last = max(meeting, key=lambda run: run[1] - run[0])
    return (their_first, their_last), (first, last)


def _around(article: Article, start: int, end: int) -> list[Term]:
    """The terms of a passage and of what stands beside it."""
    least = max(article.body, start - _AROUND)
    if least > article.body:  # not within a word
        least = max(least, article.text.find(" ", least, start) + 1)
    return list(written_terms(article.text[: end + _AROUND], least))


def _of_the_same(passages: Sequence[Reused]) -> Iterator[Reused]:
    """Of the passages of the very same articles the longest."""
    by_articles: dict[tuple[str, ...], list[Reused]] = defaultdict(list)
    for passage in passages:
        by_articles[tuple(holder.article for holder in passage.holders)].append(passage)
    for of_same in by_articles.values():
        yield Reused(min(of_same, key=_extent).holders, len(of_same) - 1)


def _dump(passages: Sequence[Reused]) -> object:
    return [[each.more, [[*vars(holder).values()] for holder in each.holders]] for each in passages]


def _load(said: Sequence[tuple[int, Sequence[Sequence[str]]]]) -> list[Reused]:
    return [Reused([Holder(*holder) for holder in holders], more) for more, holders in said]  # type: ignore[arg-type]
