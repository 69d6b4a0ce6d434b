"""What a competent model writes to questions over real news, by Hemeroteca and by plain LlamaIndex.

python -m benchmarks.news_recording FILE ARTICLES QUESTIONS --url URL [--model NAME] [--most N]

Both have the same passages, embedded by the same model, and the same server. Each answer is
appended to FILE as it comes, so that what was broken off goes on; the systems take turns, in an
order of questions in which every kind comes up as often as in the whole. Of the articles only the
offsets are kept."""

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from llama_index.core import ChatPromptTemplate, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.response.schema import StreamingResponse
from llama_index.core.llms import ChatMessage
from llama_index.core.prompts.chat_prompts import CHAT_TEXT_QA_PROMPT
from llama_index.core.schema import TextNode
from pydantic import PrivateAttr

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.reader.reader import load_reader
from hemeroteca.rag.writer.llm import LanguageModel, ModelError
from hemeroteca.rag.writer.prompt import Told, evidence_first, fit
from hemeroteca.ui.session import open_archive
from hemeroteca.ui.settings import Settings

MODEL = "qwen2.5-coder-1.5b-instruct"
OURS, PLAIN, TOLD = "hemeroteca", "llamaindex", "llamaindex, told to refuse"
_SYSTEMS = (PLAIN, TOLD, OURS)
_TOP_K = 4  # passages that LlamaIndex puts into its prompt
_MOST_TOKENS = 200  # of an answer, for all alike
_TIMEOUT_S = 600  # of a busy machine
# What a careful user adds to LlamaIndex's own question.
_QUERY = "answer the query."
_TOLD = (
    f"{_QUERY} If the context does not hold the answer, say only that the articles do not say it. "
    "Answer in the language of the query."
)


@dataclass(frozen=True)
class Written:
    """What `by` wrote to the question `case`, put to the model in words of the digest `asked`, from
    `sources` ("article:start-end" or a passage's id); the `fault` that ended it ("" if it ended
    by itself); the seconds until its first token, its first sentence shown, and its end."""

    case: str
    by: str
    asked: str
    sources: Sequence[str]
    wrote: str
    fault: str
    first_token_s: float | None
    first_sentence_s: float | None
    seconds: float


def read_written(path: Path) -> list[Written]:
    """What is recorded in `path`."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [Written(**json.loads(line)) for line in lines]


def in_turn(cases: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """`cases` in an order of which every beginning holds each kind in proportion."""
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in sorted(cases, key=lambda case: digest(case["id"])):
        kinds[case["tags"][0]].append(case)
    places = {
        case["id"]: ((n + 0.5) / len(kind), digest(case["id"]))
        for kind in kinds.values()
        for n, case in enumerate(kind)
    }
    return sorted(cases, key=lambda case: places[case["id"]])


def digest(text: str) -> str:
    """By which a text is known that is not kept."""
    return sha256(text.encode()).hexdigest()[:12]


def place_of(sentence: Told) -> str:
    """Where a sentence stands."""
    return f"{sentence.passage.article}:{sentence.start}-{sentence.end}"


class Heard(LanguageModel):
    """A model that keeps what it was asked and wrote."""

    wrote, fault = "", ""

    def stream(self, messages: Sequence[ChatMessage], max_tokens: int) -> Iterator[str]:
        self.wrote, self.fault = "", ""
        try:
            for piece in super().stream(messages, min(max_tokens, _MOST_TOKENS)):
                self.wrote += piece
                yield piece
        except ModelError as error:
            self.fault = str(error)
            raise


class _Embedding(BaseEmbedding):
    """The embedded model as LlamaIndex has it."""

    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(model_name="embedded")
        self._encoder = encoder

    def _get_text_embedding(self, text: str) -> list[float]:
        return list(map(float, self._encoder.encode_passages([text])[0]))

    def _get_query_embedding(self, query: str) -> list[float]:
        return list(map(float, self._encoder.encode_questions([query])[0]))

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def plain_index(archive: Archive) -> VectorStoreIndex:
    """LlamaIndex's own index of the passages of `archive`."""
    ids = sorted(archive.catalog.passage_ids())
    vectors = archive.vectors.stored(ids)
    nodes = [
        TextNode(
            id_=passage.id,
            text=passage.text,
            metadata={"title": passage.title, "date": passage.date or ""},
            embedding=[float(number) for number in vectors[passage.id]],
        )
        for passage in archive.catalog.passages(ids).values()
    ]
    return VectorStoreIndex(nodes, embed_model=_Embedding(archive.encoder))


def by_llama_index(index: VectorStoreIndex, model: LanguageModel, case: str, asked: str, by: str
) -> Written:  # fmt: skip
    """Its answer to `asked`, all of which it shows."""
    template = {"text_qa_template": _told()} if by == TOLD else {}
    engine = index.as_query_engine(
        llm=model.llm, similarity_top_k=_TOP_K, streaming=True, **template
    )
    started, first, pieces = time.monotonic(), None, []
    response = engine.query(asked)
    assert isinstance(response, StreamingResponse)
    for piece in response.response_gen:
        first = first or time.monotonic() - started
        pieces.append(piece)
    sources = [source.node.node_id for source in response.source_nodes]
    seconds = time.monotonic() - started
    return Written(
        case, by, digest(asked), sources, "".join(pieces).strip(), "", first, first, seconds
    )


def _told() -> ChatPromptTemplate:
    """LlamaIndex's question to a chat model, and _TOLD."""
    rules, asked = CHAT_TEXT_QA_PROMPT.message_templates
    told = (asked.content or "").replace(_QUERY, _TOLD)
    return ChatPromptTemplate(message_templates=[rules, ChatMessage(role=asked.role, content=told)])


def by_hemeroteca(chain: Chain, model: Heard, case: str, asked: str) -> Written:
    """What the model writes to `asked` through the whole chain, which always asks it."""
    started = time.monotonic()
    answers: list[Answer] = []
    shown = None
    for part in chain.stream(asked):
        if isinstance(part, Answer):
            answers.append(part)
        elif shown is None:
            shown = time.monotonic() - started
    seconds = time.monotonic() - started
    embedded, last = answers[0], answers[-1]
    sentences: Sequence[Told] = []
    if len(answers) > 1:
        sentences = fit(model, last.searched, evidence_first(embedded, embedded.passages))
    first = last.timings_ms.get("first_token")
    return Written(
        case, OURS, digest(last.searched), [place_of(sentence) for sentence in sentences],
        model.wrote if sentences else "", model.fault if sentences else "not asked",
        first / 1e3 if first else None, shown, seconds,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--url", required=True)
    parser.add_argument("--model", default=MODEL)
    parser.add_argument("--most", type=int, help="questions")
    parser.add_argument("--context", type=int, help="tokens that Hemeroteca's prompt may have")
    parser.add_argument("--index", type=Path, help="the folder of an index that is kept")
    parser.add_argument("--only", choices=_SYSTEMS, nargs="+", default=_SYSTEMS)
    options = parser.parse_args()
    cases = in_turn([json.loads(line) for line in options.questions.open(encoding="utf-8")])
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index_dir=options.index or Path(folder))
        with open_archive(settings, [options.articles]) as archive:
            sync_folders(archive, [options.articles])
            model = Heard(options.url, options.model, "", _TIMEOUT_S, options.context)
            chain = Chain(archive, load_reader(archive.encoder), model=model, always=True)
            plain = Heard(options.url, options.model, "", _TIMEOUT_S, options.context)
            plain.llm.max_tokens = _MOST_TOKENS  # type: ignore[attr-defined]
            index = plain_index(archive)
            done = {(known.case, known.by) for known in read_written(options.file)}
            with options.file.open("a", encoding="utf-8") as file:
                for case in cases[: options.most]:
                    for by in options.only:
                        if (case["id"], by) in done:
                            continue
                        if by == OURS:
                            found = by_hemeroteca(chain, model, case["id"], case["question"])
                        else:
                            found = by_llama_index(index, plain, case["id"], case["question"], by)
                        print(json.dumps(asdict(found), ensure_ascii=False), file=file, flush=True)


if __name__ == "__main__":
    main()
