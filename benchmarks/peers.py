"""Hemeroteca beside other libraries, on the same encoder weights and the same texts.

    python -m benchmarks.peers DATA_DIR [--archive half]

(`make bench-peers` installs them apart.) The articles are the Spanish paragraphs of XQuAD; the
questions, English and Spanish, the first of each. With `--archive half` every other article is in
English, with `five` each in one of five languages by chance, as in benchmarks/finding.py. Every
library runs in a process of its own over the checkpoint that the embedded model is unpacked to, on
all cores, and returns the articles ranked: no reader, no answer. Times are of the clock: run it
when nothing else does. Memory is the most that the process ever held."""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

_FIVE = ("es", "en", "de", "ru", "zh")
_ASKED = {"es": ("en", "es"), "half": ("es", "en"), "five": _FIVE}  # by the archive
_TOP_K = 20
_BATCH = 1  # the fastest of SentenceTransformer.encode (make bench)
_WARM_UP = 3
_OFFLINE = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False"}
_PROMPTS = {"query": "query: ", "passage": "passage: "}  # what e5 was trained with


class Written(NamedTuple):
    """An article's text, and its language (ISO 639-1)."""

    text: str
    language: str


class Library(Protocol):
    """A library over the checkpoint, loaded; what it keeps on disk is in the folder `home`."""

    def __init__(self, checkpoint: Path, home: Path) -> None: ...

    def index(self, articles: Mapping[str, Written]) -> None:
        """Index articles by name."""
        ...

    def search(self, question: str) -> list[str]:
        """The names of articles, best first."""
        ...


@dataclass(frozen=True)
class Measured:
    """What a library's process measured. `recall` is Recall@1 by the languages of the
    questions and, where there are two, of the articles."""

    passages_per_second: float
    p50_ms: float
    p95_ms: float
    recall: dict[str, float]
    peak_mb: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--each", type=int, default=1, help="questions of each paragraph")
    parser.add_argument("--archive", choices=_ASKED, default="es")
    parser.add_argument("--only", nargs="+", choices=_LIBRARIES, default=list(_LIBRARIES))
    parser.add_argument("--measure", choices=_LIBRARIES, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        measured = _measure(_LIBRARIES[args.measure], args.data, args.archive, args.each)
        print(json.dumps(asdict(measured)))
        return
    for n, name in enumerate(args.only):
        measured = _in_its_own_process(name, args.data, args.archive, args.each)
        if not n:
            print(_head(measured))
        print(_row(name, measured), flush=True)


def _in_its_own_process(name: str, data: Path, archive: str, each: int) -> Measured:
    command = [sys.executable, "-m", "benchmarks.peers", str(data), "--archive", archive]
    done = subprocess.run(
        [*command, "--each", str(each), "--measure", name],
        stdout=subprocess.PIPE, text=True, check=True, env=os.environ | _OFFLINE,
    )  # fmt: skip
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def _head(measured: Measured) -> str:
    cells = ["", "passages indexed a second", "a question, p50 / p95"]
    cells += [f"Recall@1 {asked}" for asked in measured.recall]
    return f"| {' | '.join([*cells, 'peak memory'])} |\n|{'---|' * (len(cells) + 1)}"


def _row(name: str, measured: Measured) -> str:
    cells = [
        name,
        f"{measured.passages_per_second:.1f}",
        f"{measured.p50_ms:.0f} ms / {measured.p95_ms:.0f} ms",
        *(f"{recall:.3f}" for recall in measured.recall.values()),
        f"{measured.peak_mb:,.0f} MB",
    ]
    return f"| {' | '.join(cells)} |"


def _measure(kind: type[Library], data: Path, archive: str, each: int) -> Measured:
    articles = _articles(data, archive)
    with tempfile.TemporaryDirectory() as home:
        library = kind(_checkpoint(), Path(home))
        started = time.perf_counter()
        library.index(articles)
        indexed = len(articles) / (time.perf_counter() - started)
        times: list[float] = []
        found = defaultdict(list)
        for asked in _ASKED[archive]:
            for name, _, paragraph in _paragraphs(data, asked):
                over = asked if archive == "five" else f"{asked} → {articles[name].language}"
                for question in paragraph["qas"][:each]:
                    started = time.perf_counter()
                    ranked = library.search(question["question"])
                    times.append(time.perf_counter() - started)
                    found[over].append(bool(ranked) and ranked[0] == name)
    recall = {over: statistics.mean(hits) for over, hits in found.items()}
    ordered = sorted(times[_WARM_UP:])
    p50, p95 = (ordered[int(share * (len(ordered) - 1))] * 1e3 for share in (0.5, 0.95))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6  # kB on Linux
    return Measured(indexed, p50, p95, recall, peak)


def _articles(data: Path, archive: str) -> dict[str, Written]:
    """The articles of an archive by name: every paragraph, in the language of its article."""
    titles = list(dict.fromkeys(title for _, title, _ in _paragraphs(data, "es")))
    rng = random.Random(0)
    languages = {
        title: {"es": "es", "half": ("es", "en")[n % 2], "five": rng.choice(_FIVE)}[archive]
        for n, title in enumerate(titles)
    }
    texts = {
        language: {name: paragraph["context"] for name, _, paragraph in _paragraphs(data, language)}
        for language in sorted(set(languages.values()))
    }
    return {
        name: Written(texts[languages[title]][name], languages[title])
        for name, title, _ in _paragraphs(data, "es")
    }


def _paragraphs(data: Path, language: str) -> Iterable[tuple[str, str, dict]]:
    """The paragraphs of XQuAD as the file has them, each with a name and its article's title.

    Read here and not by training/data.py, whose imports would count as the libraries' memory."""
    path = data / "xquad" / f"xquad.{language}.json"
    whole = json.loads(path.read_text(encoding="utf-8"))["data"]
    paragraphs = (
        (article["title"], paragraph) for article in whole for paragraph in article["paragraphs"]
    )
    return ((f"{n:04}", *each) for n, each in enumerate(paragraphs))


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

    def index(self, articles: Mapping[str, Written]) -> None:
        from hemeroteca.index.article import Article
        from hemeroteca.index.sync import sync_documents

        sync_documents(
            self._archive,
            [Article(name, *written, hash=name) for name, written in articles.items()],
        )

    def search(self, question: str) -> list[str]:

        from hemeroteca.rag.question import check_question
        from hemeroteca.rag.retriever import HybridRetriever

        checked = check_question(question, expected=self._archive.catalog.languages())
        retriever = HybridRetriever(self._archive, checked, _TOP_K)
        return [p.article for p in retriever.search()]


class _LlamaIndex:
    """SentenceSplitter and VectorStoreIndex in memory, as its own starter has them."""

    settings: Mapping[str, Any] = MappingProxyType({})
    asking: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, checkpoint: Path, home: Path) -> None:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        self._model = HuggingFaceEmbedding(str(checkpoint), device="cpu", **self.settings)

    def index(self, articles: Mapping[str, Written]) -> None:
        from llama_index.core import Document, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter

        documents = [Document(text=each.text, id_=name) for name, each in articles.items()]
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

    def index(self, articles: Mapping[str, Written]) -> None:
        self._embeddings.index((name, each.text, None) for name, each in articles.items())

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

    def index(self, articles: Mapping[str, Written]) -> None:
        from haystack import Document

        documents = [Document(id=name, content=each.text) for name, each in articles.items()]
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
