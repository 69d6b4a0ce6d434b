"""How fast, as ratios to plain SentenceTransformer.encode in the same run.

    python -m benchmarks.speed DATA_DIR        (make bench)

Each figure is the median of several rounds taken in turn, so that noise falls on all alike. The
texts are the Spanish paragraphs of XQuAD, the questions its English ones."""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import platformdirs
from llama_index.core.schema import Document, QueryBundle

from index.archive import Archive
from index.checkpoint import EMBEDDED_MODEL
from index.encoder import Encoder, load_encoder
from index.passages import split_article
from index.sync import sync_documents
from rag.chain import Chain
from rag.question import check_question
from rag.reader import load_reader
from rag.retriever import HybridRetriever
from training.data import Xquad, as_documents, load_xquad

_ROUNDS = 3
_QUESTIONS_TIMED = 60
_WARM_UP = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    args = parser.parse_args()
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    xquad = load_xquad(args.data / "xquad")
    articles = as_documents(xquad.paragraphs["es"])
    print("| | median | ratio |")
    print("|---|---|---|")
    _indexing(encoder, articles)
    with tempfile.TemporaryDirectory() as name:
        archive = Archive(Path(name), encoder)
        sync_documents(archive, articles)
        _question(archive, xquad)
        archive.close()


def _indexing(encoder: Encoder, articles: list[Document]) -> None:
    """Passages per second of the whole indexing and of encode alone, rounds in turn."""
    texts = [p.text for a in articles for p in split_article(a, encoder.token_offsets)]
    prompted = [(encoder.model.prompts.get("document") or "") + text for text in texts]

    def encode(batch: int) -> float:
        return _milliseconds(
            lambda: encoder.model.encode(prompted, batch_size=batch, show_progress_bar=False)
        )

    batch = min((8, 16, 32, 64), key=encode)
    plain, whole = [], []
    for _ in range(_ROUNDS):
        plain.append(encode(batch))
        with tempfile.TemporaryDirectory() as name:
            archive = Archive(Path(name), encoder)
            whole.append(_milliseconds(partial(sync_documents, archive, articles)))
            archive.close()
    alone, indexed = (len(texts) / statistics.median(times) * 1e3 for times in (plain, whole))
    print(f"| encode alone (batch {batch}) | {alone:.1f} passages/s | 1 |")
    print(f"| indexed | {indexed:.1f} passages/s | {indexed / alone:.2f} |", flush=True)


def _question(archive: Archive, xquad: Xquad) -> None:
    """Encoding alone, encoding with retrieval, the whole answer; and the reading alone against
    encoding the passages that were read."""
    reader = load_reader(archive.encoder)
    chain = Chain(archive, reader)
    asked = [q.text for p in xquad.paragraphs["en"] for q in p.questions]
    chosen = asked[:: len(asked) // (_QUESTIONS_TIMED + _WARM_UP)][: _QUESTIONS_TIMED + _WARM_UP]
    times: dict[str, list[float]] = {}

    for text in chosen:
        retriever = HybridRetriever(archive, check_question(text))
        passages = [p.text for p in retriever.retrieve(QueryBundle(text))[:8]]
        actions: dict[str, Callable[[], object]] = {
            "question encoded": partial(archive.encoder.encode_questions, [text]),
            "encoded and retrieved": partial(retriever.retrieve, QueryBundle(text)),
            "8 passages encoded": partial(archive.encoder.encode_passages, passages),
            "8 passages read": partial(reader.score_spans, text, passages),
            "question answered": partial(chain.ask, text),
        }
        for name, action in actions.items():
            times.setdefault(name, []).append(_milliseconds(action))
    medians = {name: statistics.median(values[_WARM_UP:]) for name, values in times.items()}
    for name, value in medians.items():
        ratio = value / medians["question encoded"]
        print(f"| {name} | {value:.1f} ms | {ratio:.2f} |")
    ratio = medians["8 passages read"] / medians["8 passages encoded"]
    print(f"| reading to encoding the same passages | | {ratio:.2f} |")


def _milliseconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1e3


if __name__ == "__main__":
    main()
