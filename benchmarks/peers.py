"""Hemeroteca beside other libraries, on the same encoder weights and the same texts.

    python -m benchmarks.peers DATA_DIR          (make bench-peers, which installs them apart)

The articles are the Spanish paragraphs of XQuAD; the questions, English and Spanish, the first of
each. Every library runs in a process of its own over the checkpoint that the embedded model is
unpacked to, on all cores, and returns the articles ranked: no reader, no answer. Times are of the
clock; run it when nothing else does. Memory is the most that the process ever held."""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

_LANGUAGES = ("en", "es")
_WRITTEN = "es"
_TOP_K = 20
_BATCH = 1  # the fastest of SentenceTransformer.encode (make bench)
_WARM_UP = 3
_OFFLINE = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False"}
_PROMPTS = {"query": "query: ", "passage": "passage: "}  # what e5 was trained with


class Library(Protocol):
    """A library over the checkpoint, loaded; what it keeps on disk is in the folder `home`."""

    def __init__(self, checkpoint: Path, home: Path) -> None: ...

    def index(self, articles: dict[str, str]) -> None:
        """Index texts by name."""
        ...

    def search(self, question: str) -> list[str]:
        """The names of articles, best first."""
        ...


@dataclass(frozen=True)
class Measured:
    """What a library's process measured. `recall` is Recall@1 by the questions' language."""

    passages_per_second: float
    p50_ms: float
    p95_ms: float
    recall: dict[str, float]
    peak_mb: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--each", type=int, default=1, help="questions of each paragraph")
    parser.add_argument("--only", nargs="+", choices=_LIBRARIES, default=list(_LIBRARIES))
    parser.add_argument("--measure", choices=_LIBRARIES, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(asdict(_measure(_LIBRARIES[args.measure], args.data, args.each))))
        return
    print("| | passages indexed a second | a question, p50 / p95 | Recall@1 en → es | es → es "
          "| peak memory |")  # fmt: skip
    print("|---|---|---|---|---|---|", flush=True)
    for name in args.only:
        print(_row(name, _in_its_own_process(name, args.data, args.each)), flush=True)


def _in_its_own_process(name: str, data: Path, each: int) -> Measured:
    command = [sys.executable, "-m", "benchmarks.peers", str(data), "--each", str(each)]
    done = subprocess.run(
        [*command, "--measure", name],
        stdout=subprocess.PIPE, text=True, check=True, env=os.environ | _OFFLINE,
    )  # fmt: skip
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def _row(name: str, measured: Measured) -> str:
    en, es = (measured.recall[language] for language in _LANGUAGES)
    return (
        f"| {name} | {measured.passages_per_second:.1f} "
        f"| {measured.p50_ms:.0f} ms / {measured.p95_ms:.0f} ms "
        f"| {en:.3f} | {es:.3f} | {measured.peak_mb:,.0f} MB |"
    )


def _measure(kind: type[Library], data: Path, each: int) -> Measured:
    articles = {name: paragraph["context"] for name, paragraph in _paragraphs(data, _WRITTEN)}
    with tempfile.TemporaryDirectory() as home:
        library = kind(_checkpoint(), Path(home))
        started = time.perf_counter()
        library.index(articles)
        indexed = len(articles) / (time.perf_counter() - started)
        times: list[float] = []
        recall = {}
        for language in _LANGUAGES:
            found = []
            for name, paragraph in _paragraphs(data, language):
                for question in paragraph["qas"][:each]:
                    started = time.perf_counter()
                    ranked = library.search(question["question"])
                    times.append(time.perf_counter() - started)
                    found.append(bool(ranked) and ranked[0] == name)
            recall[language] = statistics.mean(found)
    ordered = sorted(times[_WARM_UP:])
    p50, p95 = (ordered[int(share * (len(ordered) - 1))] * 1e3 for share in (0.5, 0.95))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6  # kB on Linux
    return Measured(indexed, p50, p95, recall, peak)


def _paragraphs(data: Path, language: str) -> Iterable[tuple[str, dict]]:
    """The paragraphs of XQuAD as the file has them, each with a name.

    Read here and not by training/data.py, whose imports would count as the libraries' memory."""
    path = data / "xquad" / f"xquad.{language}.json"
    whole = json.loads(path.read_text(encoding="utf-8"))["data"]
    paragraphs = (paragraph for article in whole for paragraph in article["paragraphs"])
    return ((f"{n:04}", paragraph) for n, paragraph in enumerate(paragraphs))


def _checkpoint() -> Path:
    """The folder that the embedded model is unpacked to."""
    import platformdirs

    from hemeroteca.index.encoder.e5 import e5_checkpoint

    return e5_checkpoint(platformdirs.user_cache_path("hemeroteca"))[0]


class _Hemeroteca:
    def __init__(self, checkpoint: Path, home: Path) -> None:
        from hemeroteca.index.encoder.e5 import E5
        from hemeroteca.index.encoder.encoder import Encoder
        from hemeroteca.index.encoder.transformer import eight_bits_are_exact
        from hemeroteca.index.stores.archive import Archive

        model = E5(checkpoint, precision="int8" if eight_bits_are_exact() else "fp32")
        self._archive = Archive(home, Encoder(model, "e5"))

    def index(self, articles: dict[str, str]) -> None:
        from hemeroteca.index.article import Article
        from hemeroteca.index.sync import sync_documents

        sync_documents(
            self._archive,
            [Article(name, text, _WRITTEN, hash=name) for name, text in articles.items()],
        )

    def search(self, question: str) -> list[str]:

        from hemeroteca.rag.question import check_question
        from hemeroteca.rag.retriever import HybridRetriever

        retriever = HybridRetriever(self._archive, check_question(question), _TOP_K)
        return [p.article for p in retriever.search()]


class _LlamaIndex:
    """SentenceSplitter and VectorStoreIndex in memory, as its own starter has them."""

    settings: Mapping[str, Any] = MappingProxyType({})
    asking: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, checkpoint: Path, home: Path) -> None:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        self._model = HuggingFaceEmbedding(str(checkpoint), device="cpu", **self.settings)

    def index(self, articles: dict[str, str]) -> None:
        from llama_index.core import Document, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter

        documents = [Document(text=text, id_=name) for name, text in articles.items()]
        index = VectorStoreIndex.from_documents(
            documents, transformations=[SentenceSplitter()], embed_model=self._model
        )
        self._retriever = index.as_retriever(**self.asking)

    def search(self, question: str) -> list[str]:
        return [found.node.ref_doc_id or "" for found in self._retriever.retrieve(question)]


class _LlamaIndexAtItsBest(_LlamaIndex):
    """With the model's prompts, and the batch size that is fastest here (make bench)."""

    settings = MappingProxyType(
        {
            "query_instruction": _PROMPTS["query"],
            "text_instruction": _PROMPTS["passage"],
            "embed_batch_size": _BATCH,
        }
    )
    asking = MappingProxyType({"similarity_top_k": _TOP_K})


class _Txtai:
    def __init__(self, checkpoint: Path, home: Path) -> None:
        from txtai import Embeddings

        self._embeddings = Embeddings(
            path=str(checkpoint),
            instructions={"query": _PROMPTS["query"], "data": _PROMPTS["passage"]},
            encodebatch=_BATCH,
            gpu=False,
        )

    def index(self, articles: dict[str, str]) -> None:
        self._embeddings.index((name, text, None) for name, text in articles.items())

    def search(self, question: str) -> list[str]:
        return [name for name, _ in self._embeddings.search(question, _TOP_K)]


class _Haystack:
    def __init__(self, checkpoint: Path, home: Path) -> None:
        from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack.utils import ComponentDevice
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
            SentenceTransformersTextEmbedder,
        )

        cpu = ComponentDevice.from_str("cpu")
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        self._retriever = InMemoryEmbeddingRetriever(self._store, top_k=_TOP_K)
        self._passages = SentenceTransformersDocumentEmbedder(
            model=str(checkpoint),
            device=cpu,
            prefix=_PROMPTS["passage"],
            batch_size=_BATCH,
            progress_bar=False,
        )
        self._questions = SentenceTransformersTextEmbedder(
            model=str(checkpoint), device=cpu, prefix=_PROMPTS["query"], progress_bar=False
        )
        for embedder in (self._passages, self._questions):
            embedder.warm_up()

    def index(self, articles: dict[str, str]) -> None:
        from haystack import Document

        documents = [Document(id=name, content=text) for name, text in articles.items()]
        self._store.write_documents(self._passages.run(documents)["documents"])

    def search(self, question: str) -> list[str]:
        vector = self._questions.run(question)["embedding"]
        return [document.id for document in self._retriever.run(vector)["documents"]]


_LIBRARIES: dict[str, type[Library]] = {
    "Hemeroteca": _Hemeroteca,
    "LlamaIndex, its defaults": _LlamaIndex,
    "LlamaIndex, at its best": _LlamaIndexAtItsBest,
    "txtai": _Txtai,
    "Haystack": _Haystack,
}


if __name__ == "__main__":
    main()
