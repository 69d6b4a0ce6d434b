"""How long it takes to bring a large archive in line when little has changed.

    python -m benchmarks.archive --articles 10000

The articles are made of words at random, a file each. Vectors are counts of letters: what is
measured is everything but the model, which has nothing to do in the second and the last run."""

import argparse
import random
import resource
import tempfile
import time
from pathlib import Path
from typing import cast

from benchmarks.letters import LetterEncoder
from index.archive import Archive
from index.encoder import Encoder
from index.sync import SyncReport, sync_folders

_SYLLABLES = ("ca", "lle", "mar", "no", "ti", "cia", "go", "bier", "sol", "pe", "ru", "li", "ma")
_FILES_A_FOLDER = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    args = parser.parse_args()
    chance = random.Random(0)
    with tempfile.TemporaryDirectory() as home:
        press = Path(home, "press")
        for n in range(args.articles):
            _write(press / f"{n // _FILES_A_FOLDER:03}" / f"{n}.txt", chance)
        print(
            f"| {args.articles:,} articles | seconds | of the processor | embedded | passages "
            "| peak memory, MB |"
        )
        print("|---|---|---|---|---|---|")
        _print("the first run", _run(home, press))
        _print("nothing changed", _run(home, press))
        _write(press / "new.txt", chance)
        _print("one article added", _run(home, press))
        _write(press / "new.txt", chance)
        _print("one article changed", _run(home, press))
        (press / "new.txt").unlink()
        _print("one article deleted", _run(home, press))


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
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    row = (
        f"{what} | {report.seconds:.2f} | {processor:.2f} | {report.embedded} "
        f"| {report.passages} | {peak:,.0f}"
    )
    print(f"| {row} |", flush=True)


def _write(path: Path, chance: random.Random) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    sentences = (
        " ".join("".join(chance.choices(_SYLLABLES, k=3)) for _ in range(12)).capitalize()
        for _ in range(chance.randrange(2, 6))
    )
    path.write_text(". ".join(sentences) + ".")


if __name__ == "__main__":
    main()
