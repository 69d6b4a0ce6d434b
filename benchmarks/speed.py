"""How fast, as ratios to plain SentenceTransformer.encode in the same run.

    python -m benchmarks.speed DATA_DIR        (make bench)

Each figure is the median of several rounds taken in turn, so that noise falls on all alike:
milliseconds of processor (user and system) and, in brackets, of the clock. The texts are Spanish
paragraphs of XQuAD, the questions its English ones. Do not set OMP_NUM_THREADS: only torch obeys
it, and the two sides would run on different numbers of cores."""

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import platformdirs

from hemeroteca.index.article import Article
from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_documents
from hemeroteca.index.text.passages import split_article
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.question import check_question
from hemeroteca.rag.reader.reader import READ_FIRST, load_reader
from hemeroteca.rag.retriever import HybridRetriever
from hemeroteca.ui.session import loaded_verifier
from training.data import Xquad, as_documents, load_xquad

_ROUNDS = 3
_BATCHES = (1, 4, 8, 32)
_WARM_UP = 3
_COLD = "who met the Venezuelan ambassador?"  # asked of seeds/


@dataclass(frozen=True)
class Spent:
    """Seconds of processor and of the clock."""

    processor: float
    clock: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--questions", type=int, default=30)
    args = parser.parse_args()
    cache = platformdirs.user_cache_path("hemeroteca")
    encoder = load_encoder(EMBEDDED_MODEL, cache)
    xquad = load_xquad(args.data / "xquad")
    articles = as_documents(xquad.paragraphs["es"])[: args.articles]
    print("| | processor (clock) | ratio |")
    print("|---|---|---|")
    _cold_start()
    with tempfile.TemporaryDirectory() as name:
        archive = Archive(Path(name), encoder)
        sync_documents(archive, articles)
        _question(archive, xquad, args.questions)
        archive.close()
    _indexing(encoder, load_encoder(EMBEDDED_MODEL, cache, "sentence-transformers"), articles)


def _cold_start() -> None:
    """`hemeroteca ask` from nothing to the printed answer, against importing what plain encoding
    imports."""
    ask = [sys.executable, "-m", "hemeroteca.ui.cli.main", "ask", _COLD]
    plain = [sys.executable, "-c", "import sentence_transformers"]
    _child(ask)  # makes the index
    rounds = [(_child(plain), _child(ask)) for _ in range(_ROUNDS)]
    imported, answered = (_median(list(column)) for column in zip(*rounds, strict=True))
    _row("sentence_transformers imported", imported, imported)
    _row("`hemeroteca ask`, cold, answered", answered, imported)


def _indexing(encoder: Encoder, plain: Encoder, articles: list[Article]) -> None:
    """The whole indexing and each encoding alone, rounds in turn."""
    texts = [p.text for a in articles for p in split_article(a, encoder.token_offsets)]
    # Only now: its memory is not what serving takes.
    from hemeroteca.index.encoder.sentence_transformer import SentenceTransformerModel

    assert isinstance(plain.model, SentenceTransformerModel)
    encode = partial(plain.model.model.encode, show_progress_bar=False, prompt_name="document")
    batches = {size: _spent(partial(encode, texts, batch_size=size)) for size in _BATCHES}
    best = min(_BATCHES, key=lambda size: batches[size].clock)
    rounds: list[list[Spent]] = []
    for _ in range(_ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            archive = Archive(Path(name), encoder)
            rounds.append([
                _spent(partial(encode, texts, batch_size=best)),
                _spent(partial(encoder.encode_passages, texts)),
                _spent(partial(sync_documents, archive, articles)),
            ])  # fmt: skip
            archive.close()
    alone, ours, indexed = (_median(list(column)) for column in zip(*rounds, strict=True))
    for name, spent in [
        (f"SentenceTransformer.encode, best batch ({best})", alone),
        ("the same, its default batch (32)", batches[32]),
        ("encoded by the embedded model", ours),
        ("indexed: read, split, encoded, stored", indexed),
    ]:
        speeds = f"{len(texts) / spent.clock:.1f} ({len(texts) / spent.processor:.1f})"
        ratios = f"{alone.clock / spent.clock:.2f} ({alone.processor / spent.processor:.2f})"
        print(f"| {name}, passages a second by the clock (of processor) | {speeds} | {ratios} |")


def _question(archive: Archive, xquad: Xquad, timed: int) -> None:
    """Encoding alone, encoding with retrieval, the whole answer; and the reading alone against
    encoding the passages that were read."""
    reader = load_reader(archive.encoder)
    chain = Chain(archive, reader, verifier=partial(loaded_verifier, archive.encoder))
    asked = [q.text for p in xquad.paragraphs["en"] for q in p.questions]
    chosen = random.Random(0).sample(asked, timed + _WARM_UP)
    times: dict[str, list[Spent]] = {}
    for text in chosen:
        retriever = HybridRetriever(archive, check_question(text))
        passages = retriever.search()[:READ_FIRST]
        texts = [passage.text for passage in passages]
        actions: dict[str, Callable[[], object]] = {
            "question encoded": partial(archive.encoder.encode_searches, [text]),
            "encoded and retrieved": partial(_retrieved, retriever, archive, text),
            f"{READ_FIRST} passages encoded": partial(archive.encoder.encode_passages, texts),
            f"{READ_FIRST} passages read": partial(reader.score_spans, text, passages),
            "question answered": partial(chain.ask, text),
        }
        for name, action in actions.items():
            times.setdefault(name, []).append(_spent(action))
    medians = {name: _median(spent[_WARM_UP:]) for name, spent in times.items()}
    for name, spent in medians.items():
        _row(name, spent, medians["question encoded"])
    print(f"| resident: encoder, reader, index | {_resident():.0f} MB | |", flush=True)


def _retrieved(retriever: HybridRetriever, archive: Archive, text: str) -> object:
    return retriever.search(archive.encoder.encode_searches([text])[0])  # it remembers its own


def _row(name: str, spent: Spent, unit: Spent) -> None:
    ratio = spent.processor / unit.processor
    processor, clock = (f"{s * 1e3:.0f} ms" for s in (spent.processor, spent.clock))
    print(f"| {name} | {processor} ({clock}) | {ratio:.2f} |", flush=True)


def _median(rounds: list[Spent]) -> Spent:
    return Spent(
        statistics.median(spent.processor for spent in rounds),
        statistics.median(spent.clock for spent in rounds),
    )


def _spent(action: Callable[[], object]) -> Spent:
    clock, processor = time.perf_counter(), time.process_time()
    action()
    return Spent(time.process_time() - processor, time.perf_counter() - clock)


def _child(command: list[str]) -> Spent:
    """What a process of its own takes."""

    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return children.ru_utime + children.ru_stime

    clock, processor = time.perf_counter(), used()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return Spent(used() - processor, time.perf_counter() - clock)


def _resident() -> float:
    """Megabytes of this process in memory (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main()
