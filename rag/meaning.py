"""Articles found by what they mean, whatever their words."""

from collections.abc import Sequence

from hemeroteca.index.article import Passage
from hemeroteca.index.filter import Filter
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.question import check_question
from hemeroteca.rag.retriever import HybridRetriever

MOST = 100  # passages looked at


def by_meaning(
    archive: Archive, text: str, only: Filter = Filter(), most: int = 20
) -> Sequence[Passage]:
    """The best passage of each of at most `most` articles, the nearest to `text` first, with its
    score. Raises QuestionError if there is nothing to search for."""
    found = HybridRetriever(archive, check_question(text, only), MOST).search()
    first: dict[str, Passage] = {}
    for passage in found:
        first.setdefault(passage.article, passage)
    return list(first.values())[:most]


def meant_dict(passage: Passage) -> dict[str, object]:
    """The passage as JSON has it."""
    left_out = ("id", "group", "headline", "also", "publication", "source")
    said = {name: value for name, value in vars(passage).items() if name not in left_out}
    return said | passage.publication.as_dict()
