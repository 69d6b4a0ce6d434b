"""How well the checker tells supported sentences from subtly wrong ones: by kind, by part.

python -m benchmarks.checker [FILE ...] [--faults]

Without FILE, the pairs of tests/checker_pairs.jsonl. A line of FILE holds a sentence that was
written (`claim`), the `sources` that it cites, their language (`language`, else that which is
detected), that of the question (`lang`), and whether it is `supported` or its `grade`: S supported,
P partly, W not by what it cites, N by nothing."""

import argparse
import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.text.language import detect_language
from hemeroteca.rag.verifier.judge import Verifier, load_verifier
from hemeroteca.rag.writer.checker import Checker, Source
from hemeroteca.rag.writer.claims import Claim

PAIRS = Path(__file__).parent.parent / "tests" / "checker_pairs.jsonl"
WRITTEN = PAIRS.with_name("written_claims.jsonl")
ACROSS = PAIRS.with_name("claims_across_languages.jsonl")
NEWS = PAIRS.with_name("news_claims")
# What the rules were fitted on, first and later; what they were not.
PARTS = ("tuning", "added", "held out")


@dataclass(frozen=True)
class Score:
    """How many pairs of each kind ("supported", or what was swapped) were judged, and rightly."""

    total: Counter[str]
    right: Counter[str]

    @property
    def supported(self) -> float:
        """The share of supported claims that pass."""
        return self.right["supported"] / self.total["supported"]

    @property
    def unsupported(self) -> float:
        """The share of unsupported claims that are withdrawn."""
        wrong = self.total.total() - self.total["supported"]
        return (self.right.total() - self.right["supported"]) / wrong

    @property
    def balanced_accuracy(self) -> float:
        return (self.supported + self.unsupported) / 2


def measure(encoder: Encoder, part: str) -> Score:
    """The score on one of the PARTS of the pairs."""
    score = Score(Counter(), Counter())
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        if pair["half"] != part:
            continue
        source = Source(pair["source"], pair["language"], pair["day"])
        verdict = Checker([source], encoder).check(Claim(pair["claim"], (1,)))
        score.total[pair["kind"]] += 1
        score.right[pair["kind"]] += verdict.supported == (pair["kind"] == "supported")
    return score


def judged(
    encoder: Encoder, line: Mapping[str, Any], verifier: Callable[[], Verifier] | None = None
) -> str | None:
    """The fault of a sentence that was written, None if it is shown."""
    sources = [
        Source(text, line.get("language") or detect_language(text), line.get("day"))
        for text in line["sources"]
    ]
    checker = Checker(sources, encoder, line.get("lang"), verifier)
    return checker.check(Claim(line["claim"], tuple(range(1, len(sources) + 1)))).fault


def kinds_of(line: Mapping[str, Any]) -> list[str]:
    """What a sentence that was written counts under."""
    if "grade" in line:
        return [f"grade {line['grade']}"]
    what = "right" if line["supported"] else "wrong"
    return [f"{what}: {line['kind']}", what]


def _report(encoder: Encoder, path: Path, faults: bool) -> None:
    verifier = cache(lambda: load_verifier(encoder))
    total: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    times, spent = [], []
    for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        started, began = time.perf_counter(), time.process_time()
        fault = judged(encoder, line, verifier)
        times.append(time.perf_counter() - started)
        spent.append(time.process_time() - began)
        total.update(kinds_of(line))
        shown.update(kinds_of(line) if fault is None else ())
        if faults and (fault is None) != (line.get("supported") or line.get("grade") == "S"):
            print(*kinds_of(line)[:1], fault, line["claim"], "<", " // ".join(line["sources"]))
    print(f"\n| {path.name} | sentences | shown |\n|---|---|---|")
    for kind in sorted(total):
        print(f"| {kind} | {total[kind]} | {shown[kind] / total[kind]:.2f} |")
    wall, processor = (1e3 * statistics.median(each) for each in (times, spent))
    print(f"\n{wall:.0f} ms a sentence at the median, {processor:.0f} of the processor's")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--faults", action="store_true", help="print what is judged wrongly")
    options = parser.parse_args()
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    for path in options.files:
        _report(encoder, path, options.faults)
    if not options.files:
        _report_pairs(encoder)


def _report_pairs(encoder: Encoder) -> None:
    started = time.perf_counter()
    scores = {part: measure(encoder, part) for part in PARTS}
    seconds = time.perf_counter() - started
    print(f"| kind | {' | '.join(PARTS)} |\n|---|{'---|' * len(PARTS)}")
    for kind in scores["tuning"].total:
        cells = [f"{scores[part].right[kind]} of {scores[part].total[kind]}" for part in PARTS]
        print(f"| {kind} | {' | '.join(cells)} |")
    accuracies = " | ".join(f"{scores[part].balanced_accuracy:.3f}" for part in PARTS)
    print(f"| balanced accuracy | {accuracies} |")
    judged = sum(score.total.total() for score in scores.values())
    print(f"\n{1e3 * seconds / judged:.0f} ms a sentence")


if __name__ == "__main__":
    main()
