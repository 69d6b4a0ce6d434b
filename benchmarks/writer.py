"""The project's own questions, answered by a real and very weak model: what is shown, what is not.

python -m benchmarks.writer [--url URL --model NAME] [--limit N] [--save FILE]

Without a URL it starts llama.cpp's server with SmolLM2-135M. A sentence that was shown and is an
extract of what it cites is right; every other one is printed, to be judged by hand."""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from benchmarks import llama
from index.archive import Archive
from index.sync import sync_documents
from index.terms import fold
from rag.chain import Chain
from rag.checker import Checker, Verdict
from rag.claims import Claim
from rag.evaluation.run import Result, ask_all
from rag.evaluation.scores import score
from rag.evaluation.testset import CaseSet, Part, read_cases, read_corpus
from ui.evaluate import OWN_CORPUS, OWN_TESTSET
from ui.session import open_archive, open_chain
from ui.settings import Settings

COMPARED = ("answer.f1", "answer.quote_holds_answer", "citations.precision", "language.match")
TIMEOUT_S = 300  # of a busy machine


@dataclass(frozen=True)
class Judged:
    """A verdict, and the texts that the sentence cites."""

    verdict: Verdict
    cited: Sequence[str]

    @property
    def is_extract(self) -> bool:
        """Whether what it cites says the same in the same words and order, so that it cannot be
        wrong: of its words at most one in ten is its own."""
        claim = self.verdict.claim.text
        return any(_kept_in_order(claim, text) >= 0.9 for text in self.cited)


def _kept_in_order(claim: str, source: str) -> float:
    """The share of the words of `claim` that stand in `source` in the same order."""
    words, others = (fold(text).lower().split() for text in (claim, source))
    matching = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return sum(block.size for block in matching) / len(words)


@contextmanager
def judged() -> Iterator[list[Judged]]:
    """What the checker judges while the context lasts."""
    found: list[Judged] = []
    check = Checker.check

    def record(self: Checker, claim: Claim) -> Verdict:
        verdict = check(self, claim)
        cited = [self.sources[n - 1].text for n in verdict.claim.cited]
        found.append(Judged(verdict, cited))
        return verdict

    Checker.check = record  # type: ignore[method-assign]
    try:
        yield found
    finally:
        Checker.check = check  # type: ignore[method-assign]


def own_questions(limit: int | None = None) -> CaseSet:
    """The project's own test set, or its first questions."""
    documents = read_corpus([OWN_CORPUS])
    cases = CaseSet("seeds", [Part(documents, read_cases(OWN_TESTSET, documents))])
    return cases.first(limit) if limit else cases


def ask(chain: Chain, archive: Archive, cases: CaseSet) -> Sequence[Result]:
    return ask_all(chain, archive, cases, 20, {}, {}).results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url")
    parser.add_argument("--model", default=llama.MODEL)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--save", type=Path)
    options = parser.parse_args()
    if options.url:
        _measure(options.url, options)
    else:
        with llama.serving() as url:
            _measure(url, options)


def _measure(url: str, options: argparse.Namespace) -> None:
    cases = own_questions(options.limit)
    with tempfile.TemporaryDirectory() as folder, judged() as found:
        settings = Settings(
            index_dir=Path(folder),
            llm_base_url=url,
            llm_model=options.model,
            llm_timeout_s=TIMEOUT_S,
            llm_context_tokens=llama.CONTEXT_TOKENS,
        )
        with open_archive(settings, [OWN_CORPUS]) as archive:
            sync_documents(archive, cases.documents)
            embedded = ask(open_chain(Settings(), archive), archive, cases)
            written = ask(open_chain(settings, archive), archive, cases)
    if options.save:
        lines = (json.dumps(_as_dict(result), ensure_ascii=False) for result in written)
        options.save.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _report(embedded, written, found)


def _as_dict(result: Result) -> dict[str, Any]:
    return {"id": result.case.id, "question": result.case.question, "text": result.text}


def _report(embedded: Sequence[Result], written: Sequence[Result], found: Sequence[Judged]) -> None:
    shown = [judged for judged in found if judged.verdict.supported]
    for judged in shown:
        if not judged.is_extract:
            print(f"to be judged: {judged.verdict.claim.text}\n  from: {' '.join(judged.cited)}")
    faults = Counter(judged.verdict.fault for judged in found if judged.verdict.fault)
    extracts = sum(judged.is_extract for judged in shown)
    print(f"{len(found)} sentences written; {len(shown)} shown, {extracts} of them extracts")
    print(f"withdrawn: {', '.join(f'{n} {fault}' for fault, n in faults.most_common())}\n")
    before, after = (score(results, slices=False).figures for results in (embedded, written))
    print("| measure | embedded | with the model |\n|---|---|---|")
    for name in COMPARED:
        print(f"| {name} | {_number(before[name].value)} | {_number(after[name].value)} |")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main()
