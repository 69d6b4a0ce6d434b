"""How well the checker tells supported sentences from subtly wrong ones: by kind, by part.

python -m benchmarks.checker"""

import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.rag.writer.checker import Checker, Source
from hemeroteca.rag.writer.claims import Claim

PAIRS = Path(__file__).parent.parent / "tests" / "checker_pairs.jsonl"
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


def main() -> None:
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
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
