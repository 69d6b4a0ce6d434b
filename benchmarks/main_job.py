"""The main job measured: is the right article found, does the citation hold the answer, how fast.

    python -m benchmarks.main_job XQUAD_DIR        (make bench)

Quality: the Spanish paragraphs of XQuAD, each an article, asked in English and in Spanish through
the whole chain. Speed: each figure is a ratio to plain SentenceTransformer.encode in the same run,
the median of several rounds."""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import platformdirs
from llama_index.core.schema import QueryBundle

from benchmarks.xquad import documents, questions
from index.archive import Archive
from index.encoder import EMBEDDED_MODEL, Encoder, load_encoder
from index.passages import split_article
from index.sync import sync_documents
from rag.chain import Chain
from rag.question import check_question
from rag.reader import SentenceReader
from rag.retriever import HybridRetriever

_ROUNDS = 3
_QUESTIONS_TIMED = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("xquad", type=Path)
    parser.add_argument("--limit", type=int, help="ask only the first questions")
    args = parser.parse_args()
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    with tempfile.TemporaryDirectory() as name:
        archive = Archive(Path(name), encoder)
        sync_documents(archive, documents(args.xquad))
        chain = Chain(archive, SentenceReader(encoder, archive.fulltext))
        print("| XQuAD | Recall@1 | Recall@5 | cited sentence holds the answer | questions |")
        print("|---|---|---|---|---|")
        for asked in ("en", "es"):
            print(_quality(chain, args.xquad, asked, args.limit), flush=True)
        print()
        _question_speed(archive, chain, args.xquad)
        archive.close()
    _indexing_speed(encoder, args.xquad)


def _quality(chain: Chain, xquad: Path, asked: str, limit: int | None) -> str:
    first, fifth, holds = [], [], []
    for question in questions(xquad, asked)[:limit]:
        answer = chain.ask(question.text)
        ranked = list(dict.fromkeys(p.metadata["article"] for p in answer.passages))
        first.append(question.article in ranked[:1])
        fifth.append(question.article in ranked[:5])
        # An answer that is refused cites nothing and counts as wrong.
        quote = answer.citations[0].quote if answer.citations else ""
        holds.append(any(gold in quote for gold in question.answers))
    figures = (statistics.mean(first), statistics.mean(fifth), statistics.mean(holds))
    cells = " | ".join(f"{figure:.3f}" for figure in figures)
    return f"| {asked} → es | {cells} | {len(holds)} |"


def _question_speed(archive: Archive, chain: Chain, xquad: Path) -> None:
    """Encoding alone, encoding with retrieval, the whole answer: medians over the same questions,
    taken in turn so that noise falls on all alike."""
    asked = [question.text for question in questions(xquad, "en")[:_QUESTIONS_TIMED]]
    encode_ms, retrieve_ms, answer_ms = [], [], []
    for text in asked[:5] + asked:
        encode_ms.append(_milliseconds(lambda t=text: archive.encoder.encode_questions([t])))
        retrieve_ms.append(_milliseconds(lambda t=text: _retrieve(archive, t)))
        answer_ms.append(_milliseconds(lambda t=text: chain.ask(t)))
    plain, retrieved, answered = (
        statistics.median(times[5:]) for times in (encode_ms, retrieve_ms, answer_ms)
    )
    print(f"question encoded:            {plain:7.1f} ms")
    print(f"encoded and retrieved:       {retrieved:7.1f} ms, {retrieved / plain:.2f} times")
    print(f"answered (sentences read):   {answered:7.1f} ms, {answered / plain:.2f} times")


def _retrieve(archive: Archive, text: str) -> None:
    question = check_question(text)
    vector = archive.encoder.encode_questions([question.text])[0]
    HybridRetriever(archive, question).retrieve(QueryBundle(text, embedding=vector.tolist()))


def _indexing_speed(encoder: Encoder, xquad: Path) -> None:
    """Passages per second of the whole indexing and of encode alone, rounds in turn."""
    articles = list(documents(xquad))
    texts = [p.text for a in articles for p in split_article(a, encoder.token_offsets)]
    prompted = [(encoder.model.prompts.get("document") or "") + text for text in texts]
    batch = min(
        (8, 16, 32, 64),
        key=lambda size: _milliseconds(
            lambda: encoder.model.encode(prompted, batch_size=size, show_progress_bar=False)
        ),
    )
    plain, whole = [], []
    for _ in range(_ROUNDS):
        plain.append(
            _milliseconds(
                lambda: encoder.model.encode(prompted, batch_size=batch, show_progress_bar=False)
            )
        )
        with tempfile.TemporaryDirectory() as name:
            archive = Archive(Path(name), encoder)
            whole.append(_milliseconds(lambda a=archive: sync_documents(a, articles)))
            archive.close()
    encode, index = (len(texts) / statistics.median(times) * 1e3 for times in (plain, whole))
    print(f"encode alone (batch {batch:2}):     {encode:7.1f} passages/s")
    print(f"indexed:                     {index:7.1f} passages/s, {index / encode:.2f} of it")


def _milliseconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1e3


if __name__ == "__main__":
    main()
