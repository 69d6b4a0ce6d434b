"""How time, memory, disk and recall grow with the archive.

    python -m benchmarks.growth DATA_DIR [--sizes 10000 100000] [--plot docs/growth.png]

A passage is five sentences drawn from the Spanish paragraphs of XQuAD, its vector the mean of its
sentences' own, so that only the sentences have to be encoded; four make an article, whose day is
one of ten years. The questions are XQuAD's English ones. One archive grows from size to size. At
each it is opened by a process of its own, as `hemeroteca chat` does, which answers the questions;
exact search is a product with every vector. Times are of processor (user and system), which other
programs disturb less. With --folder the archive stays, and a run that was stopped goes on from it
(the times of storing are then of what was left to store); --json keeps the rows in its file that
are not measured anew, and --plot draws them all."""

import argparse
import json
import multiprocessing
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import platformdirs

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.reader import load_reader
from hemeroteca.rag.retriever import HybridRetriever, nearest
from hemeroteca.ui.session import loaded_verifier
from training.data import Xquad, load_xquad

_SENTENCES = 1_200  # encoded
_IN_A_PASSAGE = 5
_IN_AN_ARTICLE = 4  # passages
_QUESTIONS = 30
_WARM_UP = 3
_NEAREST = 50  # what the retriever asks for
_BATCH = 512  # as index.sync writes
_STORES = ("vectors", "words", "catalog")
_SENTENCE_VECTORS = "sentences.npy"
_FIRST_DAY = date(2015, 1, 1)
_DAYS = 3_650
_PERIODS = {
    "": Period(),
    " in a year": Period(date(2018, 1, 1), date(2018, 12, 31)),
    " in a week": Period(date(2018, 3, 1), date(2018, 3, 7)),
}


@dataclass(frozen=True)
class Served:
    """What a serving process measured: seconds by stage, a number a question; the ids that were
    nearest, by period and question; megabytes resident at the end, and those of them that are no
    file's."""

    seconds: dict[str, list[float]]
    found: dict[str, list[set[str]]]
    resident: float
    anonymous: float


@dataclass(frozen=True)
class Row:
    """A line of the table: milliseconds, unless `unit` says otherwise."""

    passages: int
    what: str
    p50: float
    p95: float | None = None
    recall: float | None = None
    unit: str = "ms"

    def __str__(self) -> str:
        p95 = f"{self.p95:.1f} ms" if self.p95 is not None else ""
        recall = f"{self.recall:.3f}" if self.recall is not None else ""
        p50 = f"{self.p50:.1f}" if self.unit in {"ms", "s"} else f"{self.p50:,.0f}"
        return f"| {self.passages:,} | {self.what} | {p50} {self.unit} | {p95} | {recall} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sizes", type=_whole_articles, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--folder", type=Path, help="where the archive is made, and left")
    parser.add_argument("--json", type=Path, help="a file for the numbers")
    parser.add_argument("--plot", type=Path, help="a file for the plot; needs the extra `bench`")
    args = parser.parse_args()
    encoder = load_embedded()
    xquad = load_xquad(args.data / "xquad")
    order = random.Random(0)
    sentences = order.sample(everything := sentences_of(xquad), min(_SENTENCES, len(everything)))
    asked = [q.text for p in xquad.paragraphs["en"] for q in p.questions]
    asked = order.sample(asked, _QUESTIONS + _WARM_UP)
    questions = encoder.encode_searches(asked[_WARM_UP:])
    rows = _kept(args.json)
    print("| passages | | p50 | p95 | recall |")
    print("|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = args.folder or Path(temporary)
        made = _Recombined(sentences, _encoded(sentences, encoder, folder), max(args.sizes))
        for size in sorted(args.sizes):
            for row in _grown(made, folder, encoder, size):
                _report(rows, row)
            served = _in_its_own_process(partial(_serve, folder, asked))
            for row in _measured(made, served, questions):
                _report(rows, row)
            if args.json:
                kept = [asdict(row) for row in rows.values()]
                args.json.write_text(json.dumps(kept, indent=1) + "\n")
    if args.plot:
        _draw(sorted(rows.values(), key=lambda row: row.passages), args.plot)


def _whole_articles(text: str) -> int:
    size = int(text)
    if size < 1 or size % _IN_AN_ARTICLE:
        raise argparse.ArgumentTypeError(f"{text}: expected a multiple of {_IN_AN_ARTICLE}")
    return size


def _kept(path: Path | None) -> dict[tuple[int, str], Row]:
    """The rows that another run left in `path`, by what they measure."""
    if path is None or not path.exists():
        return {}
    rows = [Row(**row) for row in json.loads(path.read_text())]
    return {(row.passages, row.what): row for row in rows}


def _encoded(sentences: Sequence[str], encoder: Encoder, folder: Path) -> np.ndarray:
    """The sentences' vectors, of the run before if it was stopped."""
    path = folder / _SENTENCE_VECTORS
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        np.save(path, encoder.encode_passages(sentences))
    vectors: np.ndarray = np.load(path)
    return vectors


def sentences_of(xquad: Xquad) -> list[str]:
    """The sentences of the Spanish paragraphs."""
    return [
        p.text[start:end]
        for p in xquad.paragraphs["es"]
        for start, end in sentence_spans(p.text, "es")
    ]


def load_embedded() -> Encoder:
    return load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))


def _report(rows: dict[tuple[int, str], Row], row: Row) -> None:
    rows[row.passages, row.what] = row
    print(row, flush=True)


class _Recombined:
    """Passages without end, and all their vectors, to search exactly."""

    def __init__(self, sentences: Sequence[str], vectors: np.ndarray, most: int) -> None:
        self._sentences = sentences
        self._sentence_vectors = vectors
        self._order = random.Random(0)
        self.size = 0
        self._days = np.zeros(most, np.int32)
        self._vectors = np.zeros((most, vectors.shape[1]), np.float32)

    def grow(self, archive: Archive, size: int) -> dict[str, float]:
        """Store passages until there are `size`, but those that are there; the seconds of
        processor that a thousand takes, by store."""
        there = min(archive.catalog.counts()[1], size)
        while self.size < there:
            self._draw(min(_BATCH, there - self.size))
        spent = dict.fromkeys(_STORES, 0.0)
        while self.size < size:
            first = self.size
            entries = [
                self._article(first + at, passages)
                for at, passages in self._draw(min(_BATCH, size - first))
            ]
            passages = [passage for _, _, of_one in entries for passage in of_one]
            spent["vectors"] += _processor(
                partial(archive.vectors.put, passages, self._vectors[first : self.size])
            )
            spent["words"] += _processor(partial(_put_words, archive, passages))
            spent["catalog"] += _processor(partial(archive.catalog.put, entries))
        thousands = max(size - there, 1) / 1000
        return {store: seconds / thousands for store, seconds in spent.items() if seconds}

    def _draw(self, count: int) -> list[tuple[int, list[str]]]:
        """The texts of the next `count` passages, those of an article together, each with how many
        of these passages come before it; their vectors and days are kept. The same passages come
        whatever the counts."""
        everything = range(len(self._sentences))
        chosen: list[list[int]] = []
        articles = []
        for at in range(0, count, _IN_AN_ARTICLE):
            day = _FIRST_DAY + timedelta(days=self._order.randrange(_DAYS))
            self._days[self.size + at :][:_IN_AN_ARTICLE] = _number(day)
            passages = [
                self._order.sample(everything, _IN_A_PASSAGE) for _ in range(_IN_AN_ARTICLE)
            ]
            chosen += passages
            articles.append((at, [" ".join(self._sentences[i] for i in p) for p in passages]))
        vectors = self._sentence_vectors[np.array(chosen)].mean(axis=1)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        self._vectors[self.size : self.size + count] = vectors
        self.size += count
        return articles

    def _article(self, n: int, texts: Sequence[str]) -> tuple[Article, str, list[Passage]]:
        """An article of the passages from number `n` on, as the catalog takes it."""
        day = int(self._days[n])
        iso = f"{day // 10_000}-{day // 100 % 100:02}-{day % 100:02}"
        facts = ("es", f"Article {n}", iso, f"{n}.txt")
        article = Article(f"a{n}", " ".join(texts), *facts, hash=f"h{n}")
        passages = []
        start = 0
        for at, text in enumerate(texts, start=n):
            end = start + len(text)
            passages.append(Passage(f"p{at}", article.id, text, start, end, *facts))
            start = end + 1
        return article, "", passages

    def exact(self, questions: np.ndarray, k: int, first: int, last: int) -> list[set[str]]:
        """The ids of the `k` passages nearest to each question within the period."""
        inside = np.arange(self.size)
        if first or last:
            days = self._days[: self.size]
            inside = np.flatnonzero((days >= first) & (days <= last))
        cosines = questions @ self._vectors[: self.size].T
        best = np.argsort(-cosines[:, inside], axis=1, kind="stable")[:, :k]
        return [{f"p{n}" for n in inside[row]} for row in best]


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _put_words(archive: Archive, passages: list[Passage]) -> None:
    archive.fulltext.delete([passage.id for passage in passages])
    archive.fulltext.put(passages)
    archive.fulltext.commit()


def _grown(made: _Recombined, folder: Path, encoder: Encoder, size: int) -> list[Row]:
    """Let the archive grow to `size`."""
    archive = Archive(folder, encoder)
    spent = made.grow(archive, size)
    archive.close()
    rows = [
        Row(size, f"stored, a thousand: {store}", seconds, unit="s")
        for store, seconds in spent.items()
    ]
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != _SENTENCE_VECTORS)
    megabytes = sum(p.stat().st_size for p in files) / 1e6
    return [*rows, Row(size, "on disk", megabytes, unit="MB")]


def _in_its_own_process(work: Callable[[], Served]) -> Served:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work)


def _serve(folder: Path, asked: Sequence[str]) -> Served:
    """Open the archive as the chat does and answer the questions in every period."""
    started = time.process_time()
    encoder = load_embedded()
    archive = Archive(folder, encoder)
    chain = Chain(archive, load_reader(encoder), verifier=partial(loaded_verifier, encoder))
    len(archive.vectors)
    chain.ask(asked[0])
    seconds = {"opened, and the first question answered": [time.process_time() - started]}
    found: dict[str, list[set[str]]] = {name: [] for name in _PERIODS}
    for n, text in enumerate(asked):
        taken: dict[str, float] = {}
        taken["question encoded"] = _processor(partial(encoder.encode_searches, [text]))
        vector = encoder.encode_searches([text])[0]
        for name, period in _PERIODS.items():
            question = Question(text, "en", Filter(period))
            near: set[str] = set()
            taken[f"nearest {_NEAREST}{name}"] = _processor(
                partial(_search, archive, question, vector, near)
            )
            retriever = HybridRetriever(archive, question)
            taken[f"retrieved{name}"] = _processor(partial(retriever.search, vector))
            if n >= _WARM_UP:
                found[name].append(near)
        taken["answered"] = _processor(partial(chain.ask, text))
        if n >= _WARM_UP:
            for stage, spent in taken.items():
                seconds.setdefault(stage, []).append(spent)
    megabytes = memory()
    archive.close()
    return Served(seconds, found, *megabytes)


def memory() -> tuple[float, float]:
    """Megabytes of this process that are resident, and of them those of no file."""
    status = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    resident, anonymous = (int(status[name].split()[0]) / 1e3 for name in ("VmRSS", "RssAnon"))
    return resident, anonymous


def _search(archive: Archive, question: Question, vector: np.ndarray, found: set[str]) -> None:
    found.update(nearest(archive, question, vector, _NEAREST))


def _measured(made: _Recombined, served: Served, questions: np.ndarray) -> list[Row]:
    recalls = {}
    for name, period in _PERIODS.items():
        exact = made.exact(questions, _NEAREST, *period.days)
        recalls[f"nearest {_NEAREST}{name}"] = statistics.mean(
            len(right & found) / len(right)
            for right, found in zip(exact, served.found[name], strict=True)
        )
    rows = []
    for stage, seconds in served.seconds.items():
        ordered = sorted(seconds)
        p50, p95 = (ordered[int(share * (len(ordered) - 1))] * 1e3 for share in (0.5, 0.95))
        rows.append(Row(made.size, stage, p50, p95 if len(ordered) > 1 else None,
                        recalls.get(stage)))  # fmt: skip
    rows.append(Row(made.size, "resident: encoder, reader, index", served.resident, unit="MB"))
    rows.append(Row(made.size, "of it in no file", served.anonymous, unit="MB"))
    return rows


def _draw(rows: Sequence[Row], path: Path) -> None:
    """Lines over the number of passages: milliseconds, recall, storing, memory and disk."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    stages = ["question encoded", f"nearest {_NEAREST}", "retrieved", "answered"]
    periods = [f"nearest {_NEAREST}{name}" for name in _PERIODS]
    stored = [f"stored, a thousand: {store}" for store in _STORES]
    sizes = ["on disk", "resident: encoder, reader, index"]
    panels: list[tuple[str, list[str], Callable[[Row], float | None]]] = [
        ("ms of processor, p50", stages, lambda row: row.p50),
        (f"recall of the {_NEAREST} nearest", periods, lambda row: row.recall),
        ("s of processor", stored, lambda row: row.p50),
        ("MB", sizes, lambda row: row.p50),
    ]
    figure, axes = pyplot.subplots(1, len(panels), figsize=(17, 4), layout="constrained")
    for axis, (unit, names, value) in zip(axes, panels, strict=True):
        for name in names:
            line = [(row.passages, value(row)) for row in rows if row.what == name]
            axis.plot(*zip(*line, strict=True), marker="o", label=name)
        axis.set(xscale="log", xlabel="passages", ylabel=unit)
        axis.legend(fontsize="small")
        axis.grid(alpha=0.3)
    axes[0].set_yscale("log")
    axes[3].set_yscale("log")
    axes[1].set_ylim(0.95, 1.002)
    axes[2].set_ylim(0)
    figure.savefig(path, dpi=110)


def _processor(action: Callable[[], object]) -> float:
    """Seconds of processor that `action` takes, on all threads."""
    started = time.process_time()
    action()
    return time.process_time() - started


if __name__ == "__main__":
    main()
