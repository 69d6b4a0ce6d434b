"""The project's own questions, answered by a real and very weak model: what is shown, what is not.

python -m benchmarks.writer [--url URL --model NAME] [--limit N] [--save FILE]

Without a URL it starts llama.cpp's server with SmolLM2-135M. Every sentence that was shown is
printed with what it cites, to be judged by hand; docs/checker.md says how the last ones were."""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import llama
from index.archive import Archive
from index.sync import sync_documents
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


@contextmanager
def judged() -> Iterator[list[Verdict]]:
    """Every verdict of the checker while the context lasts."""
    verdicts: list[Verdict] = []
    check = Checker.check

    def record(self: Checker, claim: Claim) -> Verdict:
        verdicts.append(check(self, claim))
        return verdicts[-1]

    Checker.check = record  # type: ignore[method-assign]
    try:
        yield verdicts
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
    with tempfile.TemporaryDirectory() as folder, judged() as verdicts:
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
    _report(embedded, written, verdicts)


def _as_dict(result: Result) -> dict[str, Any]:
    return {"id": result.case.id, "question": result.case.question, "text": result.text}


def _report(
    embedded: Sequence[Result], written: Sequence[Result], verdicts: Sequence[Verdict]
) -> None:
    for verdict in verdicts:
        if verdict.supported:
            print(f"shown: {verdict.claim.shown}")
    faults = Counter(verdict.fault or "none: shown" for verdict in verdicts)
    print(f"{len(verdicts)} sentences were written, by fault: {dict(faults.most_common())}\n")
    before, after = (score(results, slices=False).figures for results in (embedded, written))
    print("| measure | embedded | with the model |\n|---|---|---|")
    for name in COMPARED:
        print(f"| {name} | {before[name].value:.3f} | {after[name].value:.3f} |")


if __name__ == "__main__":
    main()
