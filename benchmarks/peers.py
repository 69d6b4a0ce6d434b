"""This build beside former ones and beside other libraries, on the same weights and texts, in turn.

    python -m benchmarks.peers DATA [BUILD ...] [--python PYTHON] [--haiku PYTHON]
                               [--archive half] [--only NAME ...] [--questions 50]

(`make bench-peers DATA=folder BUILDS=folders` installs the libraries apart and runs it.) A BUILD is
a checkout with a Python in .venv/bin; PYTHON has the libraries, that of --haiku haiku.rag, which
wants 3.12. Each has a process of its own (benchmarks/libraries.py), told to keep off the network,
on all cores, over the checkpoint that the embedded model is unpacked to.

What is found: the articles are the Spanish paragraphs of XQuAD, the questions, English and Spanish,
the first of each. With `--archive half` every other article is in English, with `five` each in one
of five languages by chance, as in benchmarks/finding.py. A question is put to one after the other,
so that what else the machine does falls on all. Memory is the most that a process held until then.
What builds answer: English questions over the same articles, then the own test set over its own.
Times are of the processor and, in brackets, of the clock; milliseconds at the median."""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from benchmarks import libraries
from benchmarks.libraries import LIBRARIES, Written
from hemeroteca.index.encoder.e5 import e5_checkpoint
from hemeroteca.rag.evaluation.testset import read_cases, read_corpus
from hemeroteca.ui.runs import OWN_TESTSET
from hemeroteca.ui.settings import OWN_ARTICLES

_FIVE = ("es", "en", "de", "ru", "zh")
_ASKED = {"es": ("en", "es"), "half": ("es", "en"), "five": _FIVE}  # by the archive
_OTHERS = [name for name in LIBRARIES if name != "build"]
_WARM_UP = 3
_HERE = Path(__file__).resolve().parents[1]
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "PYTHONWARNINGS": "ignore",
}


class Process:
    """The library `name` in a process by `python`, in `folder`."""

    def __init__(self, name: str, python: Path, folder: Path, home: Path) -> None:
        self._name = name
        checkpoint, _ = e5_checkpoint(platformdirs.user_cache_path("hemeroteca"))
        home.mkdir()
        self._process = subprocess.Popen(
            [python, "-P", libraries.__file__, name, checkpoint, home],
            cwd=folder,
            env=os.environ | _OFFLINE | {"PYTHONPATH": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._line()
        self.peak_mb = 0.0

    def __call__(self, request: str, argument: Any) -> tuple[Any, float, float]:
        """What came of it, and the seconds of the processor and of the clock that it took."""
        assert self._process.stdin
        print(json.dumps([request, argument]), file=self._process.stdin, flush=True)
        result, processor, clock, self.peak_mb = self._line()
        return result, processor, clock

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _line(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self._name} ended: see above")
        return json.loads(line)


@dataclass
class Row:
    """What was measured of one. Times are of the processor and of the clock, in seconds; `found`
    tells which questions had their article first, by the languages of question and article."""

    process: Process
    passages_per_second: tuple[float, float] = (0.0, 0.0)
    search: list[tuple[float, float]] = field(default_factory=list)
    found: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    peak_mb: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("builds", type=Path, nargs="*", default=[])
    parser.add_argument("--python", type=Path, default=Path(sys.executable))
    parser.add_argument("--haiku", type=Path, help="without it, haiku.rag is left out")
    parser.add_argument("--archive", choices=_ASKED, default="es")
    parser.add_argument("--each", type=int, default=1, help="questions of each paragraph")
    parser.add_argument("--only", nargs="*", choices=_OTHERS, default=_OTHERS)
    parser.add_argument("--questions", type=int, default=50, help="that builds answer")
    args = parser.parse_args()
    builds = {folder.name: folder.resolve() for folder in args.builds} | {"Hemeroteca": _HERE}
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        rows: dict[str, Row] = {}
        for name, folder in builds.items():
            python = folder / ".venv/bin/python"
            rows[name] = Row(Process("build", python, folder, home / name))
        for name in args.only:
            if python := args.haiku if name == "haiku.rag" else args.python:
                rows[name] = Row(Process(name, python, home, home / name))
        for row in rows.values():
            stack.callback(row.process.close)
        _find(rows.values(), args.data, args.archive, args.each)
        print(_table(rows), flush=True)
        if args.questions:
            asked = [q for _, _, p in _paragraphs(args.data, "en") for q in _questions(p)]
            chosen = random.Random(0).sample(asked, args.questions + _WARM_UP)
            answering = {name: rows[name].process for name in builds}
            print("\n" + _answers("XQuAD", answering, chosen))
            corpus = read_corpus([OWN_ARTICLES])
            articles = {f"{n:04}": Written(a.text, a.language) for n, a in enumerate(corpus)}
            for process in answering.values():
                process("index", articles)
            own = [case.question for case in read_cases(OWN_TESTSET, corpus)]
            own = random.Random(0).sample(own, min(len(own), args.questions + _WARM_UP))
            print("\n" + _answers("own set", answering, own))


def _find(rows: Iterable[Row], data: Path, archive: str, each: int) -> None:
    rows = list(rows)
    articles = _articles(data, archive)
    for row in rows:
        _, *spent = row.process("index", articles)
        processor, clock = (len(articles) / seconds for seconds in spent)
        row.passages_per_second = processor, clock
    for asked in _ASKED[archive]:
        for name, _, paragraph in _paragraphs(data, asked):
            over = asked if archive == "five" else f"{asked} → {articles[name].language}"
            for question in _questions(paragraph)[:each]:
                for row in rows:
                    ranked, *spent = row.process("search", question)
                    row.search.append((spent[0], spent[1]))
                    row.found[over].append(bool(ranked) and ranked[0] == name)
    for row in rows:
        row.peak_mb = row.process.peak_mb


def _table(rows: Mapping[str, Row]) -> str:
    recalls = list(next(iter(rows.values())).found)
    head = ["", "passages indexed a second", "a question found, p50"]
    lines = [head + [f"Recall@1 {over}" for over in recalls] + ["peak memory"]]
    lines.append(["---"] * len(lines[0]))
    for name, row in rows.items():
        processor, clock = row.passages_per_second
        lines.append(
            [
                name,
                f"{processor:.1f} ({clock:.1f})",
                _milliseconds(row.search[_WARM_UP:]),
                *(f"{statistics.mean(row.found[over]):.3f}" for over in recalls),
                f"{row.peak_mb:,.0f} MB",
            ]
        )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _answers(what: str, builds: Mapping[str, Process], questions: Sequence[str]) -> str:
    """The questions put to every build; the last is this one."""
    rounds = [[build("ask", text) for build in builds.values()] for text in questions][_WARM_UP:]
    by_build = dict(zip(builds, zip(*rounds, strict=True), strict=True))
    lines = [f"| {what} | a question answered, p50 | shown | of the first |", "|---|---|---|---|"]
    first, *_ = by_build.values()
    for name, asked in by_build.items():
        of_first = [
            statistics.median(q[n] for q in asked) / statistics.median(q[n] for q in first)
            for n in (1, 2)
        ]
        lines.append(
            f"| {name} | {_milliseconds([q[1:] for q in asked])} | {sum(q[0] for q in asked)} of "
            f"{len(asked)} | {of_first[0]:.2f} ({of_first[1]:.2f}) |"
        )
    return "\n".join(lines)


def _milliseconds(spent: Sequence[Sequence[float]]) -> str:
    processor, clock = (statistics.median(each[n] for each in spent) * 1e3 for n in (0, 1))
    return f"{processor:.0f} ms ({clock:.0f} ms)"


def _articles(data: Path, archive: str) -> dict[str, Written]:
    """The articles of an archive by name: every paragraph, in the language of its article."""
    titles = list(dict.fromkeys(title for _, title, _ in _paragraphs(data, "es")))
    rng = random.Random(0)
    languages = {
        title: {"es": "es", "half": ("es", "en")[n % 2], "five": rng.choice(_FIVE)}[archive]
        for n, title in enumerate(titles)
    }
    texts = {
        language: {name: paragraph["context"] for name, _, paragraph in _paragraphs(data, language)}
        for language in sorted(set(languages.values()))
    }
    return {
        name: Written(texts[languages[title]][name], languages[title])
        for name, title, _ in _paragraphs(data, "es")
    }


def _paragraphs(data: Path, language: str) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """The paragraphs of XQuAD as the file has them, each with a name and its article's title."""
    path = data / "xquad" / f"xquad.{language}.json"
    whole = json.loads(path.read_text(encoding="utf-8"))["data"]
    paragraphs = (
        (article["title"], paragraph) for article in whole for paragraph in article["paragraphs"]
    )
    return ((f"{n:04}", *each) for n, each in enumerate(paragraphs))


def _questions(paragraph: Mapping[str, Any]) -> list[str]:
    return [asked["question"] for asked in paragraph["qas"]]


if __name__ == "__main__":
    main()
