"""How the store of vectors alone grows: time, memory, disk and recall, to a million in minutes.

    python -m benchmarks.vectors DATA_DIR [--sizes 10000 100000 1000000] [--folder F]

The vectors are those of benchmarks/growth.py, without its texts: means of five sentences' vectors,
each on one of 3,650 days. Storing is measured over the last tenth of each size. Each size is then
searched by a process of its own, which has the encoder and the reader loaded as `hemeroteca chat`
has: 30 questions, the 50 nearest of all, of a year and of a week. Times are of processor, medians;
`times` are those of the first size. With --folder the vectors stay, and a run that was stopped goes
on from them."""

import argparse
import multiprocessing
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.growth import load_embedded, memory, sentences_of
from hemeroteca.index.article import Passage
from hemeroteca.index.stores.vectors import Vectors
from hemeroteca.rag.reader.reader import load_reader
from training.data import load_xquad

_BATCH = 500
_IN_A_PASSAGE = 5
_QUESTIONS, _NEAREST = 30, 50
_DAYS = 3_650
_PERIODS = {"": [], " in a year": [(1_000, 1_364)], " in a week": [(2_000, 2_006)]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, help="where the vectors are stored, and left")
    args = parser.parse_args()
    encoder = load_embedded()
    xquad = load_xquad(args.data / "xquad")
    sentences = encoder.encode_passages(sentences_of(xquad))
    asked = [q.text for p in xquad.paragraphs["en"] for q in p.questions]
    questions = encoder.encode_questions(random.Random(0).sample(asked, _QUESTIONS))
    del encoder
    print("| passages | | | times | recall |\n|---|---|---|---|---|", flush=True)
    first: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = args.folder or Path(temporary)
        for size in sorted(args.sizes):
            for what, value, unit, recall in _measured(folder, sentences, questions, size):
                times = value / first.setdefault(what, value)
                told = "" if recall is None else f"{recall:.4f}"
                print(f"| {size:,} | {what} | {value:,.2f} {unit} | {times:.2f} | {told} |",
                      flush=True)  # fmt: skip


def _measured(
    folder: Path, sentences: np.ndarray, questions: np.ndarray, size: int
) -> Iterator[tuple[str, float, str, float | None]]:
    if (spent := _grown(folder, sentences, size)) is not None:
        yield "stored, a thousand", spent, "s", None
    files = (path for path in folder.rglob("*") if path.is_file())
    yield "on disk", sum(path.stat().st_size for path in files) / 1e6, "MB", None
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        seconds, found, megabytes = pool.apply(partial(_serve, folder, questions))
    for name, days in _PERIODS.items():
        right = _exact(sentences, questions, size, days)
        recalls = [len(of_one & right[n]) / len(right[n]) for n, of_one in enumerate(found[name])]
        spent = statistics.median(seconds[name]) * 1e3
        yield f"nearest {_NEAREST}{name}", spent, "ms", statistics.mean(recalls)
    yield "opened and first searched", seconds["opened"][0] * 1e3, "ms", None
    for what, value in zip(("resident", "of it in no file"), megabytes, strict=True):
        yield f"{what}: encoder, reader, vectors", value, "MB", None


def _grown(folder: Path, sentences: np.ndarray, size: int) -> float | None:
    """Store vectors until there are `size`; the seconds of processor that a thousand of the last
    tenth took, None if they were there."""
    vectors = Vectors(folder)
    there, seconds, counted = len(vectors), 0.0, 0
    for at in range(there // _BATCH * _BATCH, size, _BATCH):
        passages = [_passage(n, day) for n, day in enumerate(_days(at).tolist(), at)]
        of_each = _vectors(sentences, at)
        started = time.process_time()
        vectors.put(passages, of_each)
        if at >= size * 0.9:
            seconds += time.process_time() - started
            counted += len(passages)
    vectors.close()
    return seconds / counted * 1_000 if counted else None


def _passage(n: int, day: int) -> Passage:
    iso = f"{2000 + day // 336}-{day // 28 % 12 + 1:02}-{day % 28 + 1:02}"
    id = f"article-{n // 4}@0123456789ab:{n % 4 * 700}-{n % 4 * 700 + 690}"
    return Passage(id, f"article-{n // 4}", "", 0, 0, "es", date=iso)


def _days(at: int) -> np.ndarray:
    """The days of the passages from `at` on, as numbers of days."""
    return np.random.default_rng([1, at]).integers(0, _DAYS, _BATCH)


def _vectors(sentences: np.ndarray, at: int) -> np.ndarray:
    """The vectors of the passages from `at` on."""
    chosen = np.random.default_rng([0, at]).integers(0, len(sentences), (_BATCH, _IN_A_PASSAGE))
    vectors: np.ndarray = sentences[chosen].mean(axis=1)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _exact(
    sentences: np.ndarray, questions: np.ndarray, size: int, days: Sequence[tuple[int, int]]
) -> list[set[str]]:
    """The ids of the nearest to each question of those on `days`."""
    best: list[list[tuple[float, str]]] = [[] for _ in questions]
    for at in range(0, size, _BATCH):
        of_each = _days(at)
        inside = np.ones(_BATCH, bool)
        for start, end in days:
            inside = (of_each >= start) & (of_each <= end)
        cosines = questions @ _vectors(sentences, at).T
        for mine, row in zip(best, cosines, strict=True):
            least = mine[-1][0] if len(mine) == _NEAREST else -2.0
            better = np.flatnonzero(inside & (row > least)).tolist()
            mine += [(float(row[n]), _passage(at + n, 0).id) for n in better]
            mine.sort(reverse=True)
            del mine[_NEAREST:]
    return [{id for _, id in mine} for mine in best]


def _serve(
    folder: Path, questions: np.ndarray
) -> tuple[dict[str, list[float]], dict[str, list[set[str]]], tuple[float, float]]:
    """Search as a serving process does: seconds, what was found, megabytes."""
    encoder = load_embedded()
    reader = load_reader(encoder)
    encoder.encode_questions(["What happened?"])
    started = time.process_time()
    vectors = Vectors(folder)
    vectors.nearest(questions[0], _NEAREST)
    seconds: dict[str, list[float]] = {"opened": [time.process_time() - started]}
    found: dict[str, list[set[str]]] = {}
    for name, days in _PERIODS.items():
        numbers = [(_passage(0, a).day, _passage(0, b).day) for a, b in days]
        for question in questions:
            started = time.process_time()
            near = vectors.nearest(question, _NEAREST, days=numbers)
            seconds.setdefault(name, []).append(time.process_time() - started)
            found.setdefault(name, []).append(set(near))
    megabytes = memory()
    vectors.close()
    del reader
    return seconds, found, megabytes


if __name__ == "__main__":
    main()
