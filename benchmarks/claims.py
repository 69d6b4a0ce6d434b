"""How often claims are checked rightly against an archive, retrieval included.

    python -m benchmarks.claims DATA [--most 150]

DATA has `verify/fever.jsonl` and `verify/fever_pages.jsonl`. The archive is the pages of FEVER that
the verifier never learnt from (the split "test" of training/verifier/data.py). A third of the
claims is supported there, a third refuted, and a third is of pages that only choose ("dev"), which
are not in it: these are "not said". Prints what is said of each third, the three-way accuracy, and
that at other probabilities (`stated_from`, `contradicted_from`) by the sentences' judgements
alone; "conflicting" is never right."""

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.claim_checker import ClaimChecker
from hemeroteca.rag.verifier.decide import CheckVerdict, decide
from hemeroteca.rag.verifier.judge import Verifier, load_verifier
from hemeroteca.rag.verifier.judgement import VERDICTS, Judgement, Premise, VerdictName
from training.verifier.data import split_of, tidy

_FROM = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_MEANT: dict[str, VerdictName] = {"SUPPORTS": "stated", "REFUTES": "contradicted"}


@dataclass(frozen=True)
class Checked:
    """A claim, what is right of it, what is said of it, and what each sentence made of it."""

    claim: str
    right: VerdictName
    said: CheckVerdict
    judgements: Sequence[Judgement]


class Recording(Verifier):
    """A verifier that keeps in `judged` what it judged."""

    def __init__(self, verifier: Verifier) -> None:
        self._verifier = verifier
        self.rule, self.judged = verifier.rule, list[Judgement]()

    def judge_all(self, pairs: Sequence[tuple[str, Premise]]) -> list[Judgement]:
        judged = self._verifier.judge_all(pairs)
        self.judged += judged
        return judged


def claims_of(data: Path, most: int) -> list[tuple[str, VerdictName]]:
    """About `most` claims, a third of each verdict, at random."""
    by_verdict: dict[VerdictName, list[str]] = {verdict: [] for verdict in VERDICTS}
    for row in _rows(data / "verify" / "fever.jsonl"):
        splits = {split_of(page) for page in row["pages"]}
        if splits == {"test"}:
            by_verdict[_MEANT[row["label"]]].append(row["claim"])
        elif splits == {"dev"}:
            by_verdict["not said"].append(row["claim"])
    draw = random.Random(0)
    return [
        (claim, verdict)
        for verdict, claims in by_verdict.items()
        for claim in draw.sample(claims, min(most // 3, len(claims)))
    ]


def write_pages(data: Path, path: Path) -> None:
    """The pages of the archive as a file of articles."""
    with path.open("w", encoding="utf-8") as file:
        for row in _rows(data / "verify" / "fever_pages.jsonl"):
            if split_of(row["page"]) == "test":
                title = tidy(row["page"].replace("_", " "))
                text = " ".join(tidy(line) for line in row["text"].split("\n"))
                print(json.dumps({"id": row["page"], "title": title, "text": text}), file=file)


def table(checked: Sequence[Checked], verifier: Verifier) -> None:
    """What is said of each third, and the accuracy at other probabilities."""
    names: tuple[CheckVerdict, ...] = (*VERDICTS, "conflicting")
    said: Counter[tuple[VerdictName, CheckVerdict]] = Counter(
        (each.right, each.said) for each in checked
    )
    print("| right | " + " | ".join(names) + " |\n|---" + "|---" * len(names) + "|")
    for right in VERDICTS:
        print(f"| {right} | " + " | ".join(str(said[right, name]) for name in names) + " |")
    right_n = sum(said[verdict, verdict] for verdict in VERDICTS)
    print(f"\n{len(checked)} claims: three-way accuracy {right_n / len(checked):.3f}\n")
    print("| stated from \\ contradicted from | " + " | ".join(f"{p:.2f}" for p in _FROM) + " |")
    print("|---" + "|---" * len(_FROM) + "|")
    for stated in _FROM:
        accuracies = []
        for contradicted in _FROM:
            rule = replace(verifier.rule, stated_from=stated, contradicted_from=contradicted)
            right_n = sum(decide(c.judgements, rule).verdict == c.right for c in checked)
            accuracies.append(f"{right_n / len(checked):.3f}")
        print(f"| {stated:.2f} | " + " | ".join(accuracies) + " |")


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--most", type=int, default=150, help="claims")
    args = parser.parse_args()
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    verifier = Recording(load_verifier(encoder))
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages.jsonl"
        write_pages(args.data, pages)
        archive = Archive(Path(folder) / "index", encoder)
        sync_folders(archive, [pages])
        checker = ClaimChecker(archive, lambda: verifier)
        checked = []
        for claim, right in claims_of(args.data, args.most):
            if not claim.rstrip().endswith((".", "!")):
                claim = f"{claim}."
            verifier.judged = []
            said = checker.check(claim).verdict
            checked.append(Checked(claim, right, said, verifier.judged))
        archive.close()
    table(checked, verifier)


if __name__ == "__main__":
    main()
