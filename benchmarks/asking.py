"""How long two builds take to answer the same questions, in turn.

    python -m benchmarks.asking DATA BEFORE NOW [--questions 30] [--own]

BEFORE and NOW are checkouts, each with a Python in .venv/bin. Each is a process that indexes the
same articles in a folder of its own, and is asked every question after the other, so that what else
the machine does falls on both. The articles are the first 60 Spanish paragraphs of XQuAD in DATA,
the questions its English ones; with --own, those of the own test set. Prints milliseconds of the
processor and, in brackets, of the clock, at the median, and the median of what NOW takes of the
time of BEFORE."""

import argparse
import json
import random
import statistics
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path

from hemeroteca.rag.evaluation.testset import read_cases, read_corpus
from hemeroteca.ui.runs import OWN_TESTSET
from hemeroteca.ui.settings import OWN_ARTICLES
from training.data import load_xquad

_ARTICLES, _WARM_UP = 60, 3
# Builds before the name `hemeroteca` import their folders by themselves, and had other files.
_CHILD = """
import importlib, json, sys, time
from pathlib import Path
import platformdirs
def take(name, *modules):
    for module in modules:
        try:
            return getattr(importlib.import_module(module), name)
        except ModuleNotFoundError:
            pass
    raise SystemExit(f"no {name} in {modules}")
load_encoder = take("load_encoder", "hemeroteca.index.encoder.encoder", "index.encoder")
Archive = take("Archive", "hemeroteca.index.stores.archive", "index.archive")
sync_folders = take("sync_folders", "hemeroteca.index.sync", "index.sync")
Chain = take("Chain", "hemeroteca.rag.chain", "rag.chain")
load_reader = take("load_reader", "hemeroteca.rag.reader.reader", "rag.reader")
index, articles = map(Path, sys.argv[1:])
encoder = load_encoder("multilingual-e5-small", platformdirs.user_cache_path("hemeroteca"))
archive = Archive(index, encoder)
sync_folders(archive, [articles])
chain = Chain(archive, load_reader(encoder))
print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    clock, processor = time.perf_counter(), time.process_time()
    answer = chain.ask(json.loads(line))
    spent = time.process_time() - processor, time.perf_counter() - clock
    print(json.dumps([*spent, answer.answerable]), flush=True)
"""


class Build:
    """A process of the checkout `folder`, over the `articles` (a folder)."""

    def __init__(self, folder: Path, articles: Path, index: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [folder.resolve() / ".venv/bin/python", "-c", _CHILD, index, articles],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._line()

    def ask(self, question: str) -> tuple[float, float, bool]:
        """Seconds of the processor and of the clock, and whether it answered."""
        assert self._process.stdin
        print(json.dumps(question), file=self._process.stdin, flush=True)
        processor, clock, answered = json.loads(self._line())
        return processor, clock, answered

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _line(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"the build in {self._folder} ended: see above")
        return line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("before", type=Path)
    parser.add_argument("now", type=Path)
    parser.add_argument("--questions", type=int, default=30)
    parser.add_argument("--own", action="store_true")
    args = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        articles = folder / "articles"
        texts, asked = _own() if args.own else _xquad(args.data)
        articles.mkdir()
        for n, text in enumerate(texts):
            (articles / f"{n:04}.txt").write_text(text, encoding="utf-8")
        builds = []
        for name in ("before", "now"):
            build = Build(getattr(args, name), articles, folder / name)
            stack.callback(build.close)
            builds.append(build)
        chosen = random.Random(0).sample(asked, min(len(asked), args.questions + _WARM_UP))
        rounds = [[build.ask(text) for build in builds] for text in chosen][_WARM_UP:]
    print("| | a question, processor (clock), median | answered |")
    print("|---|---|---|")
    for name, of_build in zip(("before", "now"), zip(*rounds, strict=True), strict=True):
        processor, clock = (statistics.median(q[n] for q in of_build) * 1e3 for n in (0, 1))
        answered = sum(q[2] for q in of_build)
        print(f"| {name} | {processor:.0f} ms ({clock:.0f} ms) | {answered} of {len(of_build)} |")
    medians = [
        statistics.median(q[n] for _, q in rounds) / statistics.median(q[n] for q, _ in rounds)
        for n in (0, 1)
    ]
    print(f"| now / before | {medians[0]:.2f} ({medians[1]:.2f}) | |")


def _xquad(data: Path) -> tuple[list[str], list[str]]:
    """Texts of articles, and questions."""
    xquad = load_xquad(data / "xquad")
    texts = [paragraph.text for paragraph in xquad.paragraphs["es"]][:_ARTICLES]
    return texts, [q.text for p in xquad.paragraphs["en"] for q in p.questions]


def _own() -> tuple[list[str], list[str]]:
    corpus = read_corpus([OWN_ARTICLES])
    return [a.text for a in corpus], [case.question for case in read_cases(OWN_TESTSET, corpus)]


if __name__ == "__main__":
    main()
