"""How time, memory, disk and recall grow with the archive.

    python -m benchmarks.growth DATA_DIR [--sizes 10000 100000]

A passage is five sentences drawn from the Spanish paragraphs of XQuAD, its vector the mean of its
sentences' own, so that only the sentences have to be encoded; its day is one of ten years. The
questions are XQuAD's English ones. One archive grows from size to size; exact search is a product
with every vector. Times are of processor (user and system), which other programs disturb less."""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import platformdirs
from llama_index.core.schema import Document, QueryBundle, TextNode

from index.archive import Archive
from index.checkpoint import EMBEDDED_MODEL
from index.encoder import load_encoder
from index.passages import passage_node
from index.sentences import sentence_spans
from rag.chain import Chain
from rag.question import Question
from rag.reader import load_reader
from rag.retriever import HybridRetriever, nearest
from training.data import load_xquad

_SENTENCES = 1_200  # encoded
_IN_A_PASSAGE = 5
_QUESTIONS = 60
_NEAREST = 50  # what the retriever asks for
_BATCH = 2_000
_FIRST_DAY = date(2015, 1, 1)
_DAYS = 3_650
_PERIODS = {"": (0, 0), "a year": (20180101, 20181231), "a week": (20180301, 20180307)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    args = parser.parse_args()
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    xquad = load_xquad(args.data / "xquad")
    order = random.Random(0)
    sentences = [
        p.text[start:end]
        for p in xquad.paragraphs["es"]
        for start, end in sentence_spans(p.text, "es")
    ]
    sentences = order.sample(sentences, min(_SENTENCES, len(sentences)))
    asked = [q.text for p in xquad.paragraphs["en"] for q in p.questions]
    asked = order.sample(asked, _QUESTIONS)
    made = _Recombined(sentences, encoder.encode_passages(sentences))
    questions = encoder.encode_questions(asked)
    print("| passages | | p50 | p95 | recall |")
    print("|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), encoder)
        chain = Chain(archive, load_reader(encoder))
        for size in args.sizes:
            spent = _processor(partial(made.grow, archive, size))
            _report(archive, made, asked, questions)
            chain.ask(asked[0])
            print(f"| {size:,} | stored, a thousand passages | {spent / made.added:.0f} s | | |")
            megabytes = sum(p.stat().st_size for p in Path(folder).rglob("*") if p.is_file()) / 1e6
            print(f"| {size:,} | on disk | {megabytes:.0f} MB | | |")
            resident = _resident() - made.vectors.nbytes / 1e6
            print(f"| {size:,} | resident, with encoder and reader | {resident:.0f} MB | | |")
        archive.close()


class _Recombined:
    """Passages without end, and all their vectors, to search exactly."""

    def __init__(self, sentences: Sequence[str], vectors: np.ndarray) -> None:
        self._sentences = sentences
        self._sentence_vectors = vectors
        self._order = np.random.default_rng(0)
        self.ids: list[str] = []
        self.days: list[int] = []
        self.vectors = np.zeros((0, vectors.shape[1]), np.float32)
        self.added = 0.0  # thousands, last time

    def grow(self, archive: Archive, size: int) -> None:
        """Store passages until there are `size`."""
        self.added = (size - len(self.ids)) / 1000
        while len(self.ids) < size:
            batch = [
                self._passage(len(self.ids) + n) for n in range(min(_BATCH, size - len(self.ids)))
            ]
            passages = [passage for _, passage, _ in batch]
            vectors = np.stack([vector for *_, vector in batch])
            archive.vectors.put(passages, vectors)
            archive.fulltext.put(passages)
            archive.fulltext.commit()
            archive.catalog.enter((document, "", [passage]) for document, passage, _ in batch)
            self.ids += [passage.node_id for passage in passages]
            self.days += [passage.metadata["day"] for passage in passages]
            self.vectors = np.concatenate([self.vectors, vectors])

    def _passage(self, n: int) -> tuple[Document, TextNode, np.ndarray]:
        chosen = self._order.choice(len(self._sentences), _IN_A_PASSAGE, replace=False)
        text = " ".join(self._sentences[i] for i in chosen)
        day = _FIRST_DAY + timedelta(days=int(self._order.integers(_DAYS)))
        facts: dict[str, object] = {
            "article": f"a{n}", "title": f"Article {n}", "date": day.isoformat(),
            "day": day.year * 10_000 + day.month * 100 + day.day, "language": "es",
            "source": f"{n}.txt",
        }  # fmt: skip
        vector = self._sentence_vectors[chosen].mean(axis=0)
        return (
            Document(id_=f"a{n}", text=text, metadata={**facts, "hash": f"h{n}", "body": 0}),
            passage_node(f"a{n}@h{n}:0-{len(text)}", text, 0, len(text), facts),
            vector / np.linalg.norm(vector),
        )

    def exact(self, vector: np.ndarray, k: int, first: int, last: int) -> set[str]:
        """The ids of the `k` nearest within the period."""
        days = np.array(self.days)
        inside = np.flatnonzero((days >= first) & (days <= last))
        order = inside[np.argsort(-(self.vectors[inside] @ vector), kind="stable")]
        return {self.ids[n] for n in order[:k]}


def _report(
    archive: Archive, made: _Recombined, asked: Sequence[str], questions: np.ndarray
) -> None:
    size = len(made.ids)
    for name, (first, last) in _PERIODS.items():
        within = f" in {name}" if name else ""
        searched, retrieved, recalls = [], [], []
        for text, vector in zip(asked, questions, strict=True):
            question = Question(text, "en", first, last)
            found: set[str] = set()
            searched.append(_processor(partial(_search, archive, question, vector, found)))
            right = made.exact(vector, _NEAREST, *question.days)
            recalls.append(len(right & found) / len(right))
            bundle = QueryBundle(text, embedding=vector.tolist())
            retriever = HybridRetriever(archive, question)
            retrieved.append(_processor(partial(retriever.retrieve, bundle)))
        _row(size, f"nearest {_NEAREST}{within}", searched, f"{statistics.mean(recalls):.3f}")
        _row(size, f"retrieved{within}", retrieved)


def _search(archive: Archive, question: Question, vector: np.ndarray, found: set[str]) -> None:
    found.update(nearest(archive, question, vector, _NEAREST))


def _row(size: int, name: str, seconds: Sequence[float], recall: str = "") -> None:
    ordered = sorted(seconds)
    p50, p95 = (ordered[int(share * (len(ordered) - 1))] * 1e3 for share in (0.5, 0.95))
    print(f"| {size:,} | {name} | {p50:.1f} ms | {p95:.1f} ms | {recall} |", flush=True)


def _processor(action: Callable[[], object]) -> float:
    """Seconds of processor that `action` takes, on all threads."""
    started = time.process_time()
    action()
    return time.process_time() - started


def _resident() -> float:
    """Megabytes of this process in memory (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main()
