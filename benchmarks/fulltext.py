"""Compare full-text engines on the same stemmed passages: Recall@1, time, disk, memory.

    python -m benchmarks.fulltext XQUAD_DIR [--passages 100000]

Quality: Spanish questions over the Spanish XQuAD paragraphs. Speed: the same questions over
passages recombined from runs of twenty of their words, as many as asked for."""

import argparse
import json
import random
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from hemeroteca.index.text.terms import terms


class Fts5:
    """SQLite FTS5, one row a passage."""

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "fts5.db")
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("CREATE VIRTUAL TABLE t USING fts5(terms, tokenize='unicode61')")

    def add(self, rows: list[list[str]]) -> None:
        with self.db:
            self.db.executemany("INSERT INTO t(terms) VALUES (?)", ((" ".join(r),) for r in rows))

    def search(self, query: list[str], k: int) -> list[int]:
        match = " OR ".join(f'"{t}"' for t in dict.fromkeys(query))
        sql = "SELECT rowid - 1 FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?"
        return [row[0] for row in self.db.execute(sql, (match, k))]


class Tantivy:
    """tantivy, one document a passage."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self.module = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("n", stored=True, fast=True)
        builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        (folder / "tantivy").mkdir()
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(folder / "tantivy"))
        self.count = 0

    def add(self, rows: list[list[str]]) -> None:
        writer = self.index.writer(50_000_000, 1)
        for row in rows:
            writer.add_document(self.module.Document(n=self.count, terms=" ".join(row)))
            self.count += 1
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, query: list[str], k: int) -> list[int]:
        t = self.module
        parts = [
            (t.Occur.Should, t.Query.term_query(self.schema, "terms", term, "freq"))
            for term in dict.fromkeys(query)
        ]
        hits = self.searcher.search(t.Query.boolean_query(parts), k, count=False).hits
        return [self.searcher.doc(address)["n"][0] for _, address in hits]


class Bm25s:
    """bm25s; not incremental: every addition builds the whole index again."""

    def __init__(self, folder: Path) -> None:
        self.rows: list[list[str]] = []

    def add(self, rows: list[list[str]]) -> None:
        import bm25s

        self.rows += rows
        self.model = bm25s.BM25()
        self.model.index(self.rows, show_progress=False)

    def search(self, query: list[str], k: int) -> list[int]:
        k = min(k, len(self.rows))
        return [int(n) for n in self.model.retrieve([query], k=k, show_progress=False)[0][0]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("xquad", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    args = parser.parse_args()
    data = json.loads((args.xquad / "xquad.es.json").read_text())["data"]
    paragraphs = [p for article in data for p in article["paragraphs"]]
    questions = [(q["question"], n) for n, p in enumerate(paragraphs) for q in p["qas"]]
    stems = [terms(p["context"], "es") for p in paragraphs]
    words = [w for row in stems for w in row]
    rng = random.Random(0)
    starts = [[rng.randrange(len(words) - 20) for _ in range(6)] for _ in range(args.passages)]
    many = [[w for start in row for w in words[start : start + 20]] for row in starts]
    print(f"{'engine':8} R@1   R@5   add 180+1 ms", end=" | ")
    print(f"{args.passages}: index s, query p50 ms, p95 ms, MB")
    for engine in (Fts5, Tantivy, Bm25s):
        with tempfile.TemporaryDirectory() as name:
            small = engine(Path(name))
            small.add(stems)
            started = time.perf_counter()
            small.add([["una"]])
            added = (time.perf_counter() - started) * 1e3
            found = [(small.search(terms(q, "es"), 5), n) for q, n in questions]
            r1 = statistics.mean(hits[:1] == [n] for hits, n in found)
            r5 = statistics.mean(n in hits for hits, n in found)
        with tempfile.TemporaryDirectory() as name:
            large = engine(Path(name))
            started = time.perf_counter()
            large.add(many)
            built = time.perf_counter() - started
            times = []
            for question, _ in questions[::5]:
                query = terms(question, "es")
                started = time.perf_counter()
                large.search(query, 50)
                times.append((time.perf_counter() - started) * 1e3)
            size = sum(f.stat().st_size for f in Path(name).rglob("*") if f.is_file()) / 1e6
        cuts = statistics.quantiles(times, n=20)
        print(
            f"{engine.__name__:8} {r1:.3f} {r5:.3f} {added:8.1f}     | {built:8.1f} "
            f"{statistics.median(times):10.2f} {cuts[18]:8.2f} {size:8.0f}"
        )


if __name__ == "__main__":
    main()
