"""A retriever of LlamaIndex over an archive, for use in other programs."""

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from hemeroteca.index.article import Passage
from hemeroteca.index.filter import Filter
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.question import check_question
from hemeroteca.rag.retriever import HybridRetriever

_READ = (
    "title",
    "date",
    "paper",
)  # by a model that is given the passages; the rest is for programs


class ArchiveRetriever(BaseRetriever):
    """The `top_k` passages of the articles of `only` that come nearest to a question, best first,
    one for each text that several articles have.

    A node's metadata says where it stands: `article` (its id), `title`, `date` (ISO or None),
    `language`, `source`, `start` and `end` (characters of the article), `paper`, `authors` and
    what else is known of its publication, and `also`, the other articles with the same text.
    Raises QuestionError for a question that cannot be searched."""

    def __init__(
        self,
        archive: Archive,
        top_k: int,
        only: Filter = Filter(),
    ) -> None:
        super().__init__()
        self._archive = archive
        self._top_k = top_k
        self._only = only

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = check_question(query_bundle.query_str, self._only)
        found = HybridRetriever(self._archive, question, self._top_k).search()
        return [NodeWithScore(node=_node(passage), score=passage.score) for passage in found]


def _node(passage: Passage) -> TextNode:
    metadata = {
        "article": passage.article,
        "title": passage.title,
        "date": passage.date,
        "language": passage.language,
        "source": passage.source,
        "start": passage.start,
        "end": passage.end,
        **passage.publication.as_dict(),
        "also": [dict(copy) for copy in passage.also],
    }
    return TextNode(
        id_=passage.id,
        text=passage.text,
        metadata=metadata,
        excluded_llm_metadata_keys=[name for name in metadata if name not in _READ],
        excluded_embed_metadata_keys=list(metadata),
    )
