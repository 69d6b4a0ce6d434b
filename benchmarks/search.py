"""What a search costs beside tantivy's own query.

    python -m benchmarks.search [--articles 100000] [--rounds 20] [--folder FOLDER]

Invented articles of a hundred words, drawn as often as words are (Zipf), each of a paper, a
section, an author and a day, and each naming four persons, two places and two organisations, drawn
likewise; nothing is embedded. A search is `hemeroteca.index.search.search`:
read, looked up, counted by every facet, its twenty articles read from the catalog and their places
marked. tantivy's own is the same query in its own words, twenty best and the count, with the same
counts of facets in one request, and without them. The columns that count the names of few articles
(index/stores/columns.py) have been made, as after the first searches of an index at rest. Times are
of processor (user and system), medians of searches that alternate, each for other words; the
first of each is left out."""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

import numpy as np
import tantivy

from benchmarks.letters import LetterEncoder
from hemeroteca.index.article import Article, Passage
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.publication import Publication
from hemeroteca.index.search.search import Wanted, search
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.text.names import Kind as NameKind
from hemeroteca.index.text.names import Name

_WORDS, _VOCABULARY, _BATCH = 100, 40_000, 2_000
_PAPERS, _SECTIONS, _AUTHORS, _FIRST_DAY, _DAYS = 40, 25, 3_000, date(2010, 1, 1), 5_000
_HELD: dict[NameKind, tuple[int, int]] = {  # how many an article names, of how many in all
    "person": (4, 20_000), "place": (2, 300), "organisation": (2, 5_000)
}  # fmt: skip
_FACETS = {
    field: {"terms": {"field": field, "size": 12, "segment_size": 65_000}}
    for field in ("paper", "section", "author", "language", *_HELD)
} | {"months": {"histogram": {"field": "day", "interval": 100, "min_doc_count": 1}}}
Own = Callable[[tantivy.Index], tantivy.Query]


@dataclass(frozen=True)
class Kind:
    """A search as a person writes it and as tantivy has it."""

    written: str
    own: Own


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--folder", type=Path, help="where the archive is made, and left")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        archive = Archive(args.folder or Path(temporary), cast(Encoder, LetterEncoder()))
        fill(archive, args.articles)
        print("| search | found | ms | tantivy's own | with facets | times |", flush=True)
        print("|---|---|---|---|---|---|", flush=True)
        times: list[tuple[float, float]] = []
        for name in kinds(random.Random(0)):
            found, ours, alone, faceted = _measured(archive, name, args.rounds)
            times.append((ours, faceted))
            print(
                f"| {name} | {found:,} | {ours:.1f} | {alone:.1f} | {faceted:.1f} | "
                f"{ours / faceted:.2f} |",
                flush=True,
            )
        ours, own = (statistics.median(column) for column in zip(*times, strict=True))
        print(f"p50 of all: {ours:.1f} ms, tantivy's own with facets {own:.1f} ms")
        archive.close()


def kinds(order: random.Random) -> dict[str, Kind]:
    """A search of each kind, for words of the drawer's choice."""

    def word(low: int, high: int) -> str:
        return _word(order.randrange(low, high))

    common, other = word(5, 60), word(5, 60)
    middle, rare = word(500, 2_000), word(5_000, 30_000)

    def parsed(text: str) -> Own:
        return lambda index: index.parse_query(text, ["text_words"])

    prefix, slip = middle[:4], middle[:-1]
    return {
        "a rare word": Kind(rare, parsed(rare)),
        "a common word": Kind(common, parsed(common)),
        "two words": Kind(f"{common} {middle}", parsed(f"+{common} +{middle}")),
        "one of three": Kind(
            f"{common} OR {middle} OR {rare}", parsed(f"{common} {middle} {rare}")
        ),
        "one without another": Kind(f"{middle} NOT {common}", parsed(f"+{middle} -{common}")),
        "a phrase": Kind(f'"{common} {other}"', parsed(f'"{common} {other}"')),
        "a beginning": Kind(
            f"{prefix}*",
            lambda index: tantivy.Query.regex_query(index.schema, "text_words", f"{prefix}.*"),
        ),
        "a slip": Kind(
            f"{slip}~1",
            lambda index: tantivy.Query.fuzzy_term_query(index.schema, "text_words", slip, 1),
        ),
        "a word of a year": Kind(
            f"{common} date:2015", parsed(f"+{common} +day:[20150101 TO 20151231]")
        ),
        "every article": Kind("", lambda index: tantivy.Query.all_query()),
    }  # fmt: skip


def _measured(archive: Archive, name: str, rounds: int) -> tuple[int, float, float, float]:
    """How many articles are found, and the milliseconds of a search, of tantivy's own, and of that
    with facets."""
    index: tantivy.Index = archive.articles._index
    _make_columns(archive)
    spent: list[list[float]] = [[], [], []]
    order, found = random.Random(1), []
    for n in range(rounds + 1):
        kind = kinds(order)[name]

        def ours(kind: Kind = kind) -> int:
            return search(archive, Wanted(kind.written)).total

        def alone(kind: Kind = kind) -> int:
            result: Any = index.searcher().search(kind.own(index), 20, count=True)
            return int(result.count)

        def faceted(kind: Kind = kind) -> int:
            searcher, query = index.searcher(), kind.own(index)
            result: Any = searcher.search(query, 20, count=True)
            searcher.aggregate(query, _FACETS)
            return int(result.count)

        seconds, counts = zip(*map(_timed, (ours, alone, faceted)), strict=True)
        found.append(counts[0])
        for column, second in zip(spent, seconds, strict=True):
            column += [second * 1e3] if n else []
    one, two, three = map(statistics.median, spent)
    return int(statistics.median(found)), one, two, three


def _make_columns(archive: Archive) -> None:
    """Have the names of the articles in memory, as after some searches of an index at rest."""
    with patch("hemeroteca.index.stores.columns._AT_REST_S", 0):
        while archive.articles._columns.of_now() is None:
            archive.articles._columns.wait()


def _timed(work: Callable[[], int]) -> tuple[float, int]:
    started = time.process_time()
    found = work()
    return time.process_time() - started, found


def fill(archive: Archive, articles: int) -> None:
    there = archive.catalog.counts()[0]
    rng = np.random.default_rng(1)
    # The words are terms as they stand, and no text is a copy of another.
    with (
        patch("hemeroteca.index.stores.articles.names", lambda text, language: _held(rng)),
        patch("hemeroteca.index.stores.articles.terms", lambda text, language: text.split()),
        patch("hemeroteca.index.stores.copies.signature", lambda text: np.empty(0, np.uint32)),
    ):
        for batch in _batches(articles):
            if int(batch[-1].id[1:]) < there:
                continue
            archive.articles.put(batch)
            archive.catalog.put((article, "", _passages(article)) for article in batch)
    archive.articles.commit()


def _held(rng: np.random.Generator) -> list[Name]:
    """What an article names."""
    return [
        Name(kind, f"{kind.title()} {rank}")
        for kind, (drawn, known) in _HELD.items()
        for rank in {int(known ** float(share)) for share in rng.random(drawn)}
    ]


def _batches(articles: int) -> Iterator[list[Article]]:
    rng, order = np.random.default_rng(0), random.Random(0)
    ranks = np.arange(1, _VOCABULARY + 1)
    shares = 1 / ranks
    shares /= shares.sum()
    for first in range(0, articles, _BATCH):
        drawn = rng.choice(_VOCABULARY, (min(_BATCH, articles - first), _WORDS), p=shares)
        yield [_article(first + n, row, order) for n, row in enumerate(drawn.tolist())]


def _article(n: int, words: list[int], order: random.Random) -> Article:
    text = " ".join(map(_word, words))
    day = _FIRST_DAY + timedelta(order.randrange(_DAYS))
    publication = Publication(
        f"Diario {order.randrange(_PAPERS)}",
        (f"Persona {order.randrange(_AUTHORS)}",),
        f"Sección {order.randrange(_SECTIONS)}",
    )
    title = " ".join(map(_word, words[:6]))
    dated = day.isoformat() if n % 10 else None
    return Article(
        f"a{n}", f"{title}\n\n{text}", "es", title, dated, hash=f"h{n}", body=len(title) + 2,
        publication=publication,
    )  # fmt: skip


@cache
def _word(rank: int) -> str:
    """A word for each rank, of syllables."""
    said, number = "", rank + 64**2
    while number:
        number, digit = divmod(number, 64)
        said += "bcdfghjklmnprstv"[digit % 16] + "aeio"[digit // 16]
    return said


def _passages(article: Article) -> list[Passage]:
    text = article.text
    return [Passage(f"{article.id}:0", article.id, text, 0, len(text), article.language)]


if __name__ == "__main__":
    main()
