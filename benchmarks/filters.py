"""What a filter costs a search.

    python -m benchmarks.filters [--passages 100000] [--rounds 15] [--folder FOLDER]

Passages of a dozen words with random unit vectors, four an article; of each paper, section, author
and language there are as many articles as VALUES say, and as many days. Each filter keeps a share
of the articles; searching is `HybridRetriever.search` with the question's vector at hand, so
encoding and reading, which cost the same either way, are left out. Times are of processor
(user and system), medians; filtered and unfiltered searches alternate."""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import numpy as np

from benchmarks.letters import LetterEncoder
from hemeroteca.index.article import Article, Passage
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.publication import Publication
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.question import Question
from hemeroteca.rag.retriever import HybridRetriever

VALUES = {"a": 0.001, "b": 0.1, "c": 0.5, "d": 0.389, "e": 0.01}  # value: share
KEPT = {0.001: "a", 0.1: "b", 0.5: "c", 0.99: "abcd"}
_LANGUAGES = {"a": "pt", "b": "fr", "c": "es", "d": "en", "e": "de"}
_FIRST_DAY, _DAYS = date(2018, 1, 1), 1_000
_DIMENSION = 384
_IN_AN_ARTICLE, _WORDS, _VOCABULARY, _BATCH = 4, 12, 3_000, 1_000


@dataclass(frozen=True)
class Row:
    """A line of the table: milliseconds, and how many times those of an unfiltered search."""

    filtered_by: str
    share: float
    milliseconds: float
    times: float

    def __str__(self) -> str:
        spent = f"{self.milliseconds:.1f} | {self.times:.2f}"
        return f"| {self.filtered_by} | {self.share:.1%} | {spent} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--folder", type=Path, help="where the archive is made, and left")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        archive = Archive(args.folder or Path(temporary), cast(Encoder, LetterEncoder()))
        _fill(archive, args.passages)
        print("| by | keeps | ms | times unfiltered |\n|---|---|---|---|", flush=True)
        for row in _measured(archive, args.rounds):
            print(row, flush=True)
        archive.close()


def _fill(archive: Archive, passages: int) -> None:
    rng, order = np.random.default_rng(0), random.Random(0)
    there = archive.catalog.counts()[1]
    for first in range(0, passages, _BATCH):
        vectors = rng.standard_normal((_BATCH, _DIMENSION)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        entries = [_entry(first + n, order) for n in range(0, _BATCH, _IN_AN_ARTICLE)]
        if first < there:
            continue
        made = [passage for _, _, of_one in entries for passage in of_one]
        archive.vectors.put(made, vectors)
        archive.fulltext.put(made)
        archive.fulltext.commit()
        archive.catalog.put(entries)


def _entry(n: int, order: random.Random) -> tuple[Article, str, list[Passage]]:
    paper, section, author, language = (
        order.choices(list(VALUES), list(VALUES.values()))[0] for _ in range(4)
    )
    day = _FIRST_DAY + timedelta(order.randrange(_DAYS))
    texts = [_text(order) for _ in range(_IN_AN_ARTICLE)]
    article = Article(
        f"a{n}",
        " ".join(texts),
        _LANGUAGES[language],
        f"Article {n}",
        day.isoformat(),
        hash=f"h{n}",
        publication=Publication(paper, (author,), section),
    )
    passages, start = [], 0
    for at, text in enumerate(texts, start=n):
        end = start + len(text)
        said = article.language, article.title, article.date
        passages.append(
            Passage(
                *(f"p{at}", article.id, text, start, end, *said), publication=article.publication
            )
        )
        start = end + 1
    return article, "", passages


def _text(order: random.Random) -> str:
    return " ".join(f"word{order.randrange(_VOCABULARY)}" for _ in range(_WORDS))


def _filters() -> Iterator[tuple[str, float, Filter]]:
    for share, values in KEPT.items():
        names = tuple(values)
        yield "paper", share, Filter(papers=names)
        yield "section", share, Filter(sections=names)
        yield "author", share, Filter(authors=names)
        yield "language", share, Filter(languages=tuple(_LANGUAGES[v] for v in names))
        last = _FIRST_DAY + timedelta(int(share * _DAYS) - 1)
        yield "period", share, Filter(Period(_FIRST_DAY, last))


def _measured(archive: Archive, rounds: int) -> Iterator[Row]:
    for name, share, only in _filters():
        rng, order = np.random.default_rng(1), random.Random(1)
        plain: list[float] = []
        filtered: list[float] = []
        for n in range(rounds + 1):
            vector = rng.standard_normal(_DIMENSION).astype(np.float32)
            vector /= np.linalg.norm(vector)
            text = _text(order)
            seconds = [_search(archive, text, each, vector) for each in (Filter(), only)]
            if n:  # the first warms up
                plain.append(seconds[0])
                filtered.append(seconds[1])
        spent = statistics.median(filtered)
        yield Row(name, share, spent * 1e3, spent / statistics.median(plain))


def _search(archive: Archive, text: str, only: Filter, vector: np.ndarray) -> float:
    started = time.process_time()
    HybridRetriever(archive, Question(text, "es", only)).search(vector)
    return time.process_time() - started


if __name__ == "__main__":
    main()
