"""How long it takes to bring a large archive in line when little has changed, and in how much
memory it is indexed.

    python -m benchmarks.archive --articles 10000
    python -m benchmarks.archive --articles 10000 --memory noticias.jsonl [--sentences 1]
        [--encoded 0.02]

For the times, articles are made of words at random, a file each, and vectors are counts of
letters: what is measured is everything but the model, which has nothing to do in the second and
the last run. For the memory, the embedded model indexes articles as long as those of a JSON Lines
file in turn (or of so many sentences), their sentences drawn from all of them. It splits them all,
and of their passages encodes the share `--encoded`; the others have the vector of one of those with
some noise, which takes as much room."""

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import cast

import numpy as np
import platformdirs

from benchmarks.letters import LetterEncoder
from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.progress import Progress
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import SyncReport, sync_folders
from hemeroteca.index.text.sentences import sentence_spans

_SYLLABLES = ("ca", "lle", "mar", "no", "ti", "cia", "go", "bier", "sol", "pe", "ru", "li", "ma")
_FILES_A_FOLDER = 500
_ROWS = 20  # of the table of memory
_NOISE = 0.02  # of each of 384 numbers: cosines of .93, as of two articles on one thing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--memory", type=Path, metavar="JSONL", help="articles to take after")
    parser.add_argument("--sentences", type=int, help="of an article, instead of their lengths")
    parser.add_argument("--encoded", type=float, default=1.0, metavar="SHARE")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        if args.memory:
            texts = _recombined(args.memory, args.sentences)
            _measure_memory(home, islice(texts, args.articles), args.encoded)
        else:
            _measure_time(home, args.articles)


def _measure_time(home: str, articles: int) -> None:
    chance = random.Random(0)
    press = Path(home, "press")
    for n in range(articles):
        _write(_place(press, n), _nonsense(chance))
    print(
        f"| {articles:,} articles | seconds | of the processor | embedded | passages "
        "| peak memory, MB |"
    )
    print("|---|---|---|---|---|---|")
    _print("the first run", _run(home, press))
    _print("nothing changed", _run(home, press))
    _write(press / "new.txt", _nonsense(chance))
    _print("one article added", _run(home, press))
    _write(press / "new.txt", _nonsense(chance))
    _print("one article changed", _run(home, press))
    (press / "new.txt").unlink()
    _print("one article deleted", _run(home, press))


class _SparingEncoder(Encoder):
    """The embedded model, which encodes only a share of the passages."""

    def __init__(self, share: float) -> None:
        encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
        super().__init__(encoder.model, encoder.fingerprint)
        self._every = round(1 / share)
        self._chance = np.random.default_rng(0)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        encoded = super().encode_passages(texts[:: self._every])
        if self._every == 1:
            return encoded
        vectors = self._chance.choice(encoded, len(texts))
        vectors += self._chance.normal(0, _NOISE, vectors.shape)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def _measure_memory(home: str, texts: Iterable[str], share: float) -> None:
    press, articles, characters = Path(home, "press"), 0, 0
    for articles, text in enumerate(texts, start=1):
        _write(_place(press, articles), text)
        characters += len(text)
    encoder = _SparingEncoder(share)
    archive = Archive(Path(home, "data"), encoder)
    print(f"{articles:,} articles of {characters / articles:,.0f} characters in the mean\n")
    print("| read | passages stored | peak memory, MB | minutes |")
    print("|---|---|---|---|", flush=True)
    started = time.monotonic()

    rows = 0

    def progress(now: Progress) -> None:
        nonlocal rows
        row = now.files * _ROWS // now.files_total
        if row > rows:
            rows = row
            report(f"{now.files:,}")

    def report(read: str) -> None:
        stored = archive.catalog.counts()[1]
        minutes = (time.monotonic() - started) / 60
        print(f"| {read} | {stored:,} | {_peak_mb():,.0f} | {minutes:.1f} |", flush=True)

    sync_folders(archive, [press], progress)
    report("end of the run")
    archive.close()


def _recombined(after: Path, sentences: int | None) -> Iterator[str]:
    """Articles without end, each with as many sentences as the next of the file `after`."""
    records = map(json.loads, after.read_text(encoding="utf-8").splitlines())
    texts = [record["text"] for record in records]
    split = [[text[start:end] for start, end in sentence_spans(text, "es")] for text in texts]
    known = [sentence for article in split for sentence in article]
    chance = random.Random(0)
    while True:
        for article in split:
            yield " ".join(chance.choices(known, k=sentences or len(article)))


def _run(home: str, press: Path) -> tuple[SyncReport, float]:
    """A run with stores opened for it, as the command opens them; its processor seconds, opening
    included."""
    started = time.process_time()
    archive = Archive(Path(home, "data"), cast(Encoder, LetterEncoder()))
    report = sync_folders(archive, [press])
    archive.close()
    return report, time.process_time() - started


def _print(what: str, run: tuple[SyncReport, float]) -> None:
    report, processor = run
    row = (
        f"{what} | {report.seconds:.2f} | {processor:.2f} | {report.embedded} "
        f"| {report.passages} | {_peak_mb():,.0f}"
    )
    print(f"| {row} |", flush=True)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _place(press: Path, n: int) -> Path:
    return press / f"{n // _FILES_A_FOLDER:03}" / f"{n}.txt"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _nonsense(chance: random.Random) -> str:
    sentences = (
        " ".join("".join(chance.choices(_SYLLABLES, k=3)) for _ in range(12)).capitalize()
        for _ in range(chance.randrange(2, 6))
    )
    return ". ".join(sentences) + "."


if __name__ == "__main__":
    main()
