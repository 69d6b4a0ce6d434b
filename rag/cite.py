"""Sentences of articles as citations."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hemeroteca.index.article import Copy, Passage
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.text.days import days_in
from hemeroteca.rag.answer import Citation
from hemeroteca.rag.reader.decide import Evidence
from hemeroteca.rag.versions import holds


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
    passage: Passage,
    quote: str,
    start: int,
    score: float,
    mark: tuple[int, int] = (0, 0),
) -> Citation:
    """Citation `n`, of the sentence `quote` at the offset `start` of the passage's article."""
    day = date.fromisoformat(passage.date) if passage.date else None
    return Citation(
        n=n,
        article=passage.article,
        title=passage.title,
        date=passage.date,
        quote=quote,
        start=start,
        end=start + len(quote),
        score=score,
        mark=mark,
        also=passage.also,
        publication=passage.publication,
        days=days_in(quote, passage.language, day),
        language=passage.language,
    )


def named_elsewhere(archive: Archive, citations: Sequence[Citation]) -> list[Citation]:
    """`citations`, each also named in those articles alone that say its quote."""

    def says(copy: Copy, citation: Citation) -> bool:
        article = archive.document(copy["article"])
        answer = citation.quote[slice(*citation.mark)]
        return article is not None and holds(article.text, article.language, citation.quote, answer)

    return [replace(c, also=[copy for copy in c.also if says(copy, c)]) for c in citations]
