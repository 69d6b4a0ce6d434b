"""How much processor time two builds take to index the same articles, alternating.

    python -m benchmarks.indexing ARTICLES BEFORE NOW [--pairs 5]

BEFORE and NOW are the shell commands of the builds, such as "cd ../before && .venv/bin/python -m
ui.cli" and "hemeroteca", to which `index ARTICLES` is added. Each build indexes into a folder of
its own, which is removed: `whole` is a first run; `again` a second one, which reads all and finds
it unchanged. Prints seconds of the processor (user and system, all threads), the median of the
pairs, and what NOW does in the time of BEFORE: above 1 it is faster. Other work on the machine
makes both slower."""

import argparse
import json
import os
import resource
import subprocess
import tempfile
from pathlib import Path
from statistics import median

_MEASURES = ("whole", "again")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("before")
    parser.add_argument("now")
    parser.add_argument("--pairs", type=int, default=5)
    args = parser.parse_args()
    builds = {"before": args.before, "now": args.now}
    seconds: dict[str, dict[str, list[float]]] = {
        build: {measure: [] for measure in _MEASURES} for build in builds
    }
    for _ in range(args.pairs):
        for build, command in builds.items():
            for measure, spent in _run(command, args.articles.resolve()).items():
                seconds[build][measure].append(spent)
    medians = {
        build: {measure: round(median(spent), 2) for measure, spent in found.items()}
        for build, found in seconds.items()
    }
    for build, found in medians.items():
        print(build, json.dumps(found))
    ratios = {
        measure: round(
            median(
                before / now
                for before, now in zip(
                    seconds["before"][measure], seconds["now"][measure], strict=True
                )
            ),
            3,
        )
        for measure in _MEASURES
    }
    print("before / now", json.dumps(ratios))


def _run(command: str, articles: Path) -> dict[str, float]:
    """The seconds of each of _MEASURES."""
    with tempfile.TemporaryDirectory() as temporary:
        index = Path(temporary)
        return {measure: _index(command, articles, index) for measure in _MEASURES}


def _index(command: str, articles: Path, index: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        f'{command} index "{articles}"',
        shell=True,
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"INDEX_DIR": str(index)},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
