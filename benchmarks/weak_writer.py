"""The project's own questions, answered by a real and very weak model: what is shown, what is not.

python -m benchmarks.weak_writer [RECORDING] [VERDICTS]

RECORDING is what benchmarks.recording kept; a stub writes the same again through the whole chain to
the questions in it. The checker judges every sentence that was written, as it cites and tied to the
source sentence nearest to it, the hardest for a checker. What it lets pass is right if it is an
extract of what it cites, or else by VERDICTS, which a person gave; what nobody has judged is
printed."""

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import llama
from benchmarks.recording import Recorded, asked, own_questions, read_recording
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.text.terms import fold
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.evaluation.run import Result, ask_all
from hemeroteca.rag.evaluation.scores import score
from hemeroteca.rag.evaluation.statistics import Figure
from hemeroteca.rag.evaluation.testset import CaseSet
from hemeroteca.rag.writer.checker import Checker, Verdict
from hemeroteca.rag.writer.claims import Claim, claims
from hemeroteca.rag.writer.prompt import as_data
from hemeroteca.ui.session import open_archive, open_chain
from hemeroteca.ui.settings import OWN_ARTICLES, Settings
from tests import stub_llm

RECORDING = Path(__file__).with_name("smollm2.jsonl")
VERDICTS = Path(__file__).with_name("smollm2-verdicts.jsonl")
COMPARED = (
    "answer.f1",
    "answer.em",
    "answer.quote_holds_answer",
    "citations.precision",
    "citations.recall",
    "language.match",
)
_MARKER = re.compile(r"\[(\d+)\]")


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
    words, others = (re.findall(r"\w+", fold(text).lower()) for text in (claim, source))
    matching = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return sum(block.size for block in matching) / len(words)


@contextmanager
def judged() -> Iterator[list[Judged]]:
    """What the checker judges while the context lasts."""
    found: list[Judged] = []
    proven = Checker.proven

    def record(self: Checker, claim: Claim, named: Sequence[Sequence[int]] = ()) -> Verdict:
        verdict = proven(self, claim, named)
        found.append(_judged(self, verdict))
        return verdict

    Checker.proven = record  # type: ignore[method-assign]
    try:
        yield found
    finally:
        Checker.proven = proven  # type: ignore[method-assign]


def _judged(checker: Checker, verdict: Verdict) -> Judged:
    return Judged(verdict, [checker.sources[n - 1].text for n in verdict.claim.cited])


def as_written(
    encoder: Encoder, recording: Sequence[Recorded]
) -> tuple[list[Judged], list[Judged]]:
    """Every sentence of `recording` judged, as it cites and tied to the nearest source."""
    cited, tied = [], []
    for recorded in recording:
        checker = Checker(recorded.sources, encoder, recorded.language)
        texts = (said.wrote for said in recorded.said if said.is_answer)
        for claim in (claim for text in texts for claim in claims(text, recorded.language)):
            cited.append(_judged(checker, checker.check(claim)))
            tied.append(_judged(checker, checker.check(_tied(checker, claim))))
    return cited, tied


def _tied(checker: Checker, claim: Claim) -> Claim:
    claimed, *sources = checker.encoded([claim.text, *(s.text for s in checker.sources)])
    return Claim(claim.text, (1 + int(np.argmax([claimed @ source for source in sources])),))


def ask(chain: Chain, archive: Archive, cases: CaseSet) -> Sequence[Result]:
    return ask_all(chain, archive, cases, 20, {}, {}).results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", type=Path, nargs="?", default=RECORDING)
    parser.add_argument("verdicts", type=Path, nargs="?", default=VERDICTS)
    options = parser.parse_args()
    recording, right = read_recording(options.recording), read_verdicts(options.verdicts)
    asked_before = {recorded.case for recorded in recording if not recorded.by_grammar}
    [part] = own_questions().parts
    cases = CaseSet(
        "recorded", [replace(part, cases=[c for c in part.cases if c.id in asked_before])]
    )
    with (
        tempfile.TemporaryDirectory() as folder,
        stub_llm.serving(replayed(recording)) as stub,
        open_archive(Settings(index_dir=Path(folder)), [OWN_ARTICLES]) as archive,
    ):
        cited, tied = as_written(archive.encoder, recording)
        _report("as they cite", cited, right)
        _report("tied to the nearest", tied, right)
        embedded = ask(open_chain(Settings(), archive), archive, cases)
        settings = Settings(
            llm_base_url=stub.url,
            llm_model=llama.MODEL,
            llm_context_tokens=llama.CONTEXT_TOKENS,
            llm_always=True,
        )
        with judged() as found:
            written = ask(open_chain(settings, archive), archive, cases)
    _report("through the whole chain", found, right)
    _compare(f"{len(written)} questions", embedded, written)
    after_others = [[r for r in results if r.case.history] for results in (embedded, written)]
    _compare(f"{len(after_others[0])} follow-ups among them", *after_others)


def read_verdicts(path: Path) -> dict[tuple[str, str], bool]:
    """Whether a sentence is right, by its text and that of what it cites."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = (json.loads(line) for line in lines)
    return {(line["claim"], line["cited"]): line["right"] for line in kept}


def replayed(recording: Sequence[Recorded]) -> Callable[[dict[str, Any]], stub_llm.Reply]:
    """A stub's reply that writes and fails as the model did. Sentences may have other numbers in
    the prompt by now, so markers are translated."""
    asked_of_chain = (recorded for recorded in recording if not recorded.by_grammar)
    heard = {said.asked: (recorded, said) for recorded in asked_of_chain for said in recorded.said}

    def reply(body: dict[str, Any]) -> stub_llm.Reply:
        question = asked(stub_llm.prompt(body))
        if question not in heard:
            raise stub_llm.Refusal(404)
        recorded, said = heard[question]

        def renumbered(marker: re.Match[str]) -> str:
            n = int(marker[1])
            if not 1 <= n <= len(recorded.sources):
                return marker[0]
            return f"[{stub_llm.number(body, as_data(recorded.sources[n - 1].text))}]"

        yield _MARKER.sub(renumbered, said.wrote)
        if said.fault:  # the only one it had: it did not come to an end
            yield b'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "length"}]}\n\n'

    return reply


def _report(name: str, found: Sequence[Judged], right: Mapping[tuple[str, str], bool]) -> None:
    shown = [judged for judged in found if judged.verdict.supported]
    verdicts = Counter(_verdict(judged, right) for judged in shown)
    faults = Counter(judged.verdict.fault for judged in found if judged.verdict.fault)
    print(f"\n{name}: {len(found)} sentences, {len(shown)} pass:", end=" ")
    print(", ".join(f"{n} {verdict}" for verdict, n in verdicts.most_common()) or "none")
    print(f"withdrawn: {', '.join(f'{n} {fault}' for fault, n in faults.most_common())}")
    for judged in shown:
        if _verdict(judged, right) in ("wrong", "unjudged"):
            line = {"claim": judged.verdict.claim.text, "cited": " ".join(judged.cited)}
            print(_verdict(judged, right), json.dumps(line, ensure_ascii=False))


def _verdict(judged: Judged, right: Mapping[tuple[str, str], bool]) -> str:
    if judged.is_extract:
        return "extracts"
    known = right.get((judged.verdict.claim.text, " ".join(judged.cited)))
    return "unjudged" if known is None else "right" if known else "wrong"


def _compare(name: str, embedded: Sequence[Result], written: Sequence[Result]) -> None:
    before, after = (score(results, slices=False).figures for results in (embedded, written))
    print(f"\n| {name} | embedded | with the model |\n|---|---|---|")
    for measure in COMPARED:
        print(f"| {measure} | {_number(before[measure])} | {_number(after[measure])} |")


def _number(figure: Figure) -> str:
    return "–" if figure.value is None else f"{figure.value:.3f}"


if __name__ == "__main__":
    main()
