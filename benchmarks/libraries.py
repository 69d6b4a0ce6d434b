"""A library, or a build of this one, that benchmarks/peers.py asks over its standard streams.

    python -P benchmarks/libraries.py NAME CHECKPOINT HOME

Run by the Python that the library is installed in, so nothing else is imported here. A line in is
`[request, argument]` as JSON: `index` articles by name, `search` or `ask` a question; a line out is
`[result, seconds of the processor, seconds of the clock]`, and megabytes, the most that the process
ever held. A search's result are the names of articles, best first; that of a question, which builds
alone take, is whether it was answered."""

import asyncio
import importlib
import json
import os
import resource
import sys
import time
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

_TOP_K = 20
_BATCH = 1  # the fastest of SentenceTransformer.encode (make bench)
_PROMPTS = {"query": "query: ", "passage": "passage: "}  # what e5 was trained with


class Written(NamedTuple):
    """An article's text, and its language (ISO 639-1)."""

    text: str
    language: str


class Library(Protocol):
    """A library over the checkpoint, loaded; what it keeps on disk is in the folder `home`."""

    def __init__(self, checkpoint: Path, home: Path) -> None: ...

    def index(self, articles: Mapping[str, Written]) -> None:
        """Index articles by name, and nothing else from now on."""
        ...

    def search(self, question: str) -> list[str]:
        """The names of articles, best first."""
        ...


class _Build:
    """A checkout of this program, as its own command line has it, over a folder of text files.

    Builds before the name `hemeroteca` import their folders by themselves, had other files and
    retrieved by LlamaIndex's interface."""

    def __init__(self, checkpoint: Path, home: Path) -> None:
        import platformdirs

        load_encoder = _taken("load_encoder", "index.encoder.encoder", "index.encoder")
        load_reader = _taken("load_reader", "rag.reader.reader", "rag.reader")
        cache = platformdirs.user_cache_path("hemeroteca")
        self._folders = (home / str(n) for n in count())
        self._encoder = load_encoder("multilingual-e5-small", cache)
        self._reader = load_reader(self._encoder)

    def index(self, articles: Mapping[str, Written]) -> None:
        folder = next(self._folders)
        texts = folder / "articles"
        texts.mkdir(parents=True)
        for name, article in articles.items():
            (texts / f"{name}.txt").write_text(article.text, encoding="utf-8")
        archive_of = _taken("Archive", "index.stores.archive", "index.archive")
        self._archive = archive_of(folder / "index", self._encoder)
        _taken("sync_folders", "index.sync")(self._archive, [texts])
        self._chain = _taken("Chain", "rag.chain")(self._archive, self._reader)

    def search(self, question: str) -> list[str]:
        check = _taken("check_question", "rag.question")
        retriever_of = _taken("HybridRetriever", "rag.retriever")
        if hasattr(retriever_of, "search"):
            checked = check(question, expected=self._archive.catalog.languages())
            sources = [p.source for p in retriever_of(self._archive, checked, _TOP_K).search()]
        else:
            found = retriever_of(self._archive, check(question), _TOP_K).retrieve(question)
            sources = [each.node.metadata["source"] for each in found]
        return [Path(source).stem for source in sources]

    def ask(self, question: str) -> bool:
        return bool(self._chain.ask(question).answerable)


def _taken(name: str, *modules: str) -> Any:
    """`name` of the first of `modules` that there is."""
    for module in (f"{prefix}{each}" for each in modules for prefix in ("hemeroteca.", "")):
        try:
            return getattr(importlib.import_module(module), name)
        except ModuleNotFoundError:
            pass
    raise SystemExit(f"no {name} in {modules}")


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


class _Haiku:
    """haiku.rag, on LanceDB, searching by vectors and words as it does by itself. Its documents are
    made here, since its converter of texts is another package of several gigabytes; of the model's
    prompts it takes none where sentence-transformers runs the model."""

    def __init__(self, checkpoint: Path, home: Path) -> None:
        from haiku.rag.client import HaikuRAG
        from haiku.rag.config import AppConfig

        config = AppConfig.model_validate(
            {
                "embeddings": {
                    "model": {
                        "provider": "sentence-transformers",
                        "name": str(checkpoint),
                        "vector_dim": 384,
                    }
                },
                "processing": {"chunking_tokenizer": str(checkpoint)},
            }
        )
        self._loop = asyncio.new_event_loop()
        self._client = HaikuRAG(home / "haiku.lancedb", config=config, create=True)
        self._loop.run_until_complete(self._client.__aenter__())

    def index(self, articles: Mapping[str, Written]) -> None:
        from docling_core.types.doc import DocItemLabel, DoclingDocument

        async def enter() -> None:
            for name, each in articles.items():
                document = DoclingDocument(name=name)
                document.add_text(DocItemLabel.TEXT, each.text)
                chunks = await self._client.chunk(document)
                await self._client.import_document(document, chunks, uri=f"x:{name}")

        self._loop.run_until_complete(enter())

    def search(self, question: str) -> list[str]:
        found = self._loop.run_until_complete(self._client.search(question, limit=_TOP_K))
        return [(each.document_uri or "").removeprefix("x:") for each in found]


LIBRARIES: Mapping[str, type[Library]] = {
    "build": _Build,
    "LlamaIndex, its defaults": _LlamaIndex,
    "LlamaIndex, at its best": _LlamaIndexAtItsBest,
    "txtai": _Txtai,
    "Haystack": _Haystack,
    "haiku.rag": _Haiku,
}


def main() -> None:
    name, checkpoint, home = sys.argv[1:]
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    library = LIBRARIES[name](Path(checkpoint), Path(home))
    print(json.dumps("ready"), file=answers, flush=True)
    for line in sys.stdin:
        request, argument = json.loads(line)
        if request == "index":
            argument = {name: Written(*written) for name, written in argument.items()}
        clock, processor = time.perf_counter(), time.process_time()
        result = getattr(library, request)(argument)
        spent = time.process_time() - processor, time.perf_counter() - clock
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6  # kB on Linux
        print(json.dumps([result, *spent, peak]), file=answers, flush=True)


if __name__ == "__main__":
    main()
