"""The project's own questions, answered by a real and very weak model: what is shown, what is not.

python -m benchmarks.writer [--url URL --model NAME] [--limit N] [--record FILE | --replay FILE]

Without a URL it starts llama.cpp's server with SmolLM2-135M, which takes long; `--record` keeps
what it wrote, and `--replay` has a stub write the same again. A sentence that was shown and is an
extract of what it cites is right; every other one is printed, to be judged by hand. So are those
without markers that would have passed had they cited the sentence nearest to them."""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
from llama_index.core.llms import ChatMessage

from benchmarks import llama
from index.archive import Archive
from index.terms import fold
from rag.chain import Chain
from rag.checker import Checker, Verdict
from rag.claims import Claim
from rag.evaluation.run import Result, ask_all
from rag.evaluation.scores import score
from rag.evaluation.testset import CaseSet, Part, read_cases, read_corpus
from rag.llm import LanguageModel
from tests import stub_llm
from ui.runs import OWN_CORPUS, OWN_TESTSET
from ui.session import open_archive, open_chain
from ui.settings import Settings

COMPARED = ("answer.f1", "answer.quote_holds_answer", "citations.precision", "language.match")
TIMEOUT_S = 300  # of a busy machine


@dataclass(frozen=True)
class Judged:
    """A verdict, and the texts that the sentence cites. `tied` is the verdict on a sentence without
    markers, had it cited the one nearest to it."""

    verdict: Verdict
    cited: Sequence[str]
    tied: Verdict | None = None

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
def judged(tying: bool = False) -> Iterator[list[Judged]]:
    """What the checker judges while the context lasts; sentences without markers are tied to the
    nearest if `tying`."""
    found: list[Judged] = []
    check = Checker.check

    def record(self: Checker, claim: Claim) -> Verdict:
        verdict = check(self, claim)
        tied = check(self, _tied(self, claim)) if tying and verdict.fault == "citation" else None
        cited = (tied or verdict).claim.cited
        found.append(Judged(verdict, [self.sources[n - 1].text for n in cited], tied))
        return verdict

    Checker.check = record  # type: ignore[method-assign]
    try:
        yield found
    finally:
        Checker.check = check  # type: ignore[method-assign]


def _tied(checker: Checker, claim: Claim) -> Claim:
    claimed, *sources = checker.encoded([claim.text, *(s.text for s in checker.sources)])
    return Claim(claim.text, (1 + int(np.argmax([claimed @ source for source in sources])),))


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
    parser.add_argument("--record", type=Path)
    parser.add_argument("--replay", type=Path)
    options = parser.parse_args()
    if options.url:
        _measure(options.url, options)
    elif options.replay:
        with stub_llm.serving(_replayed(options.replay)) as stub:
            _measure(stub.url, options)
    else:
        with llama.serving() as url:
            _measure(url, options)


def _measure(url: str, options: argparse.Namespace) -> None:
    cases = own_questions(options.limit)
    settings = Settings(
        llm_base_url=url,
        llm_model=options.model,
        llm_timeout_s=TIMEOUT_S,
        llm_context_tokens=llama.CONTEXT_TOKENS,
    )
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(replace(settings, index_dir=Path(folder)), [OWN_CORPUS]) as archive,
    ):
        embedded = ask(open_chain(Settings(), archive), archive, cases)
        with judged(tying=True) as found, _recorded(options.record):
            written = ask(open_chain(settings, archive), archive, cases)
    _report(embedded, written, found)


@contextmanager
def _recorded(path: Path | None) -> Iterator[None]:
    """Write what the model writes while the context lasts, and on what prompt, to `path`."""
    if path is None:
        yield
        return
    stream = LanguageModel.stream
    with path.open("w", encoding="utf-8") as file:

        def record(
            self: LanguageModel, messages: Sequence[ChatMessage], max_tokens: int
        ) -> Iterator[str]:
            pieces = []
            try:
                for piece in stream(self, messages, max_tokens):
                    pieces.append(piece)
                    yield piece
            finally:
                kept = {"asked": _asked(messages[-1].content), "wrote": "".join(pieces)}
                print(json.dumps(kept, ensure_ascii=False), file=file, flush=True)

        LanguageModel.stream = record  # type: ignore[method-assign]
        try:
            yield
        finally:
            LanguageModel.stream = stream  # type: ignore[method-assign]


def _asked(prompt: str | None) -> str:
    """The question of a prompt, with the earlier ones where it is to be condensed."""
    return (prompt or "").rsplit("</articles>\n\n", 1)[-1]


def _replayed(path: Path) -> Callable[[dict[str, Any]], stub_llm.Reply]:
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    wrote = {line["asked"]: line["wrote"] for line in lines}
    return lambda body: [wrote.get(_asked(stub_llm.prompt(body)), "")]


def _report(embedded: Sequence[Result], written: Sequence[Result], found: Sequence[Judged]) -> None:
    shown = [judged for judged in found if judged.verdict.supported]
    extracts = sum(judged.is_extract for judged in shown)
    faults = Counter(judged.verdict.fault for judged in found if judged.verdict.fault)
    print(f"{len(found)} sentences written; {len(shown)} shown, {extracts} of them extracts")
    print(f"withdrawn: {', '.join(f'{n} {fault}' for fault, n in faults.most_common())}")
    _print_unjudged("shown", shown)
    tied = [judged for judged in found if judged.tied and judged.tied.supported]
    print(f"{len(tied)} sentences without markers would have passed with the nearest")
    _print_unjudged("tied", tied)
    before, after = (score(results, slices=False).figures for results in (embedded, written))
    print("\n| measure | embedded | with the model |\n|---|---|---|")
    for name in COMPARED:
        print(f"| {name} | {_number(before[name].value)} | {_number(after[name].value)} |")


def _print_unjudged(name: str, found: Sequence[Judged]) -> None:
    for judged in found:
        if not judged.is_extract:
            print(f"{name}: {judged.verdict.claim.text}\n  from: {' '.join(judged.cited)}")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main()
