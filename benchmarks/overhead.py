"""What a written answer costs beside the model's own time.

python -m benchmarks.overhead [--answers N]

A stub server streams five supported English sentences about the Spanish seed article: as a model of
50 tokens a second does, as one of 500, the fastest there are to rent, and all at once. The figures
are milliseconds of `write` less the server's own, and their ratio to encoding the five sentences
and what they cite one after the other."""

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.answer import Answer
from hemeroteca.ui.session import open_archive, open_chain
from hemeroteca.ui.settings import OWN_ARTICLES, Settings
from tests.stub_llm import Reply, number, serving

QUESTION = "Who met the Venezuelan ambassador?"
# What each sentence cites is found by a word of it.
SENTENCES = {
    "Velázquez": "Alexander Lukashenko met the Venezuelan ambassador in Moscow twice.",
    "Belta": "According to Belta, Lukashenko spoke to the Venezuelan envoy on 25 November.",
    "F/A-18": "Two F/A-18 fighters flew in Venezuelan airspace for 40 minutes.",
    "Trump": "On 21 November Maduro told Trump that he was willing to leave Venezuela.",
    "posible destino": "Belarus appears as a possible destination for the family of the leader.",
}
SPEEDS = {"50 tokens a second": 0.02, "500 tokens a second": 0.002, "all at once": 0.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=20)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(Settings(index_dir=Path(folder)), [OWN_ARTICLES]) as archive,
    ):
        sync_folders(archive, [OWN_ARTICLES])
        _report(archive, options.answers)


def _report(archive: Archive, answers: int) -> None:
    plain = _encoding(archive)
    print("| the model streams | p50 ms | p95 ms | p95 / plain encoding |\n|---|---|---|---|")
    for name, pause in SPEEDS.items():
        spent = np.percentile(_overheads(archive, answers, pause), [50, 95])
        print(f"| {name} | {spent[0]:.0f} | {spent[1]:.0f} | {spent[1] / plain:.2f} |")
    print(f"\nplain encoding: {plain:.0f} ms")


def _overheads(archive: Archive, answers: int, pause: float) -> list[float]:
    own: list[float] = []

    def reply(body: dict[str, Any]) -> Reply:
        started = time.perf_counter()
        for held, sentence in SENTENCES.items():
            for word in f"[{number(body, held)}] {sentence}".split():
                yield f"{word} "
                if pause:
                    yield pause
        own.append((time.perf_counter() - started) * 1e3 if pause else 0.0)

    spent = []
    with serving(reply) as stub:
        settings = Settings(
            answer_from=0.0, llm_base_url=stub.url, llm_model="stub", llm_always=True
        )
        chain = open_chain(settings, archive)
        for _ in range(answers + 1):
            _embedded, *shown, answer = chain.stream(QUESTION)
            assert isinstance(answer, Answer)
            assert len(shown) == len(SENTENCES), answer.text
            spent.append(answer.timings_ms["write"] - own[-1])
    return spent[1:]  # the first loads what the next have


def _encoding(archive: Archive) -> float:
    """The median of ten, in milliseconds."""
    document = next(archive.catalog.documents())
    sentences = document.text.split(". ")[:5]
    taken = []
    for _ in range(10):
        started = time.perf_counter()
        for text in (*SENTENCES.values(), *sentences):
            archive.encoder.encode_passages([text])
        taken.append((time.perf_counter() - started) * 1e3)
    return float(np.median(taken))


if __name__ == "__main__":
    main()
