"""How much the words may add to the vectors: Recall@1 and @5 by the weight of BM25.

    python -m benchmarks.fusion DATA_DIR

Questions in five languages over all Spanish paragraphs of XQuAD, each an article. The articles
of the development split choose; those of the other splits show that the choice holds."""

import argparse
import statistics
import tempfile
from pathlib import Path

import platformdirs

from hemeroteca.index.encoder.encoder import load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_documents
from hemeroteca.rag import retriever
from hemeroteca.rag.question import check_question
from hemeroteca.rag.retriever import HybridRetriever
from training.data import as_documents, load_xquad

_WEIGHTS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    args = parser.parse_args()
    encoder = load_encoder(EMBEDDED_MODEL, platformdirs.user_cache_path("hemeroteca"))
    xquad = load_xquad(args.data / "xquad")
    print("| asked | weight | dev: Recall@1 | @5 | train and test: Recall@1 | @5 |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        archive = Archive(Path(name), encoder)
        sync_documents(archive, as_documents(xquad.paragraphs["es"]))
        for asked in ("en", "es", "de", "ru", "tr"):
            cases = [
                (n, check_question(question.text))
                for n, paragraph in enumerate(xquad.asked_in(asked))
                for question in paragraph.questions
            ]
            vectors = encoder.encode_searches([question.text for _, question in cases])
            for weight in _WEIGHTS:
                retriever.WORDS_WEIGHT = weight
                hits: dict[tuple[bool, int], list[bool]] = {}
                for (n, question), vector in zip(cases, vectors, strict=True):
                    passages = HybridRetriever(archive, question).search(vector)
                    articles = list(dict.fromkeys(p.article for p in passages))
                    for k in (1, 5):
                        is_dev = xquad.split[n] == "dev"
                        hits.setdefault((is_dev, k), []).append(f"{n:04}" in articles[:k])
                cells = [statistics.mean(hits[key]) for key in sorted(hits, reverse=True)]
                dev5, dev1, rest5, rest1 = (f"{cell:.3f}" for cell in cells)
                print(f"| {asked} | {weight} | {dev1} | {dev5} | {rest1} | {rest5} |", flush=True)
        archive.close()


if __name__ == "__main__":
    main()
