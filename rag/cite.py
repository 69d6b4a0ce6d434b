"""Sentences of articles as citations."""

from collections.abc import Sequence

from llama_index.core.schema import NodeWithScore

from hemeroteca.rag.answer import Citation
from hemeroteca.rag.reader.reader import Evidence


def cite(evidence: Sequence[Evidence]) -> list[Citation]:
    """A citation of each sentence, numbered from 1, with the answer in it marked."""
    return [
        citation(
            *(n, e.passage, e.quote, e.start, e.score),
            mark=(e.answer_start - e.start, e.answer_end - e.start),
        )
        for n, e in enumerate(evidence, start=1)
    ]


def citation(
    n: int,
    passage: NodeWithScore,
    quote: str,
    start: int,
    score: float,
    mark: tuple[int, int] = (0, 0),
) -> Citation:
    """Citation `n`, of the sentence `quote` at the offset `start` of the passage's article."""
    facts = passage.metadata
    return Citation(
        n=n,
        article=facts["article"],
        title=facts["title"],
        date=facts["date"],
        quote=quote,
        start=start,
        end=start + len(quote),
        score=score,
        mark=mark,
        also=facts["also"],
    )
