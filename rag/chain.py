"""A question becomes a cited answer: check, encode, retrieve, read, put into words."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from llama_index.core.schema import NodeWithScore, QueryBundle

from index.archive import Archive
from rag.answer import Answer, Citation
from rag.phrases import phrase
from rag.question import Question, check_question
from rag.reader import Evidence, Reading, SentenceReader
from rag.retriever import HybridRetriever

ANSWERABLE_FROM = 0.5  # the calibrated probability from which an answer is shown as one
_NEAREST_SHOWN = 3


class Chain:
    """Answers questions from the articles of one archive. Safe to use from several threads."""

    def __init__(self, archive: Archive, reader: SentenceReader) -> None:
        self._archive = archive
        self._reader = reader

    def ask(
        self,
        question: str,
        date_from: date | None = None,
        date_to: date | None = None,
        top_k: int = 20,
    ) -> Answer:
        """The answer to `question` from the articles of the period, both days included.

        Raises QuestionError if it cannot be searched; an answer that is not in the articles is
        an Answer with `answerable` false."""
        timings: dict[str, float] = {}
        with _timed(timings, "total"):
            checked = check_question(question, date_from, date_to)
            with _timed(timings, "encode"):
                vector = self._archive.encoder.encode_questions([checked.text])[0]
            with _timed(timings, "retrieve"):
                retriever = HybridRetriever(self._archive, checked, top_k)
                passages = retriever.retrieve(QueryBundle(checked.text, embedding=vector.tolist()))
            reading = Reading([], 0.0, passages)
            with _timed(timings, "read"):
                if passages:
                    reading = self._reader.read(checked, passages)
        if reading.confidence >= ANSWERABLE_FROM:
            return _answered(checked, reading, timings)
        return _refused(checked, reading, timings)


def _answered(question: Question, reading: Reading, timings: dict[str, float]) -> Answer:
    citations = [_citation(n, evidence) for n, evidence in enumerate(reading.evidence, start=1)]
    quotes = " ".join(f"“{citation.quote}” [{citation.n}]" for citation in citations)
    sources = "\n".join(f"[{c.n}] {_source(c.title, c.date)}" for c in citations)
    return Answer(
        question=question.text,
        answer=citations[0].quote,
        text=f"{quotes}\n\n{sources}",
        answerable=True,
        confidence=reading.confidence,
        citations=citations,
        passages=reading.passages,
        timings_ms=timings,
    )


def _refused(question: Question, reading: Reading, timings: dict[str, float]) -> Answer:
    absent = "absent_in_period" if question.has_period else "absent"
    text = phrase(absent, question.language)
    nearest = nearest_passages(reading.passages)
    if nearest:
        lines = [
            f"- {_source(passage.metadata['title'], passage.metadata['date'])}"
            for passage in nearest
        ]
        text += "\n\n" + "\n".join([phrase("nearest", question.language), *lines])
    return Answer(
        question=question.text,
        answer="",
        text=text,
        answerable=False,
        confidence=reading.confidence,
        citations=[],
        passages=reading.passages,
        timings_ms=timings,
    )


def nearest_passages(passages: Sequence[NodeWithScore]) -> list[NodeWithScore]:
    """What is offered when nothing answers: the best passage of each of the first articles."""
    first: dict[str, NodeWithScore] = {}
    for passage in passages:
        first.setdefault(passage.metadata["article"], passage)
    return list(first.values())[:_NEAREST_SHOWN]


def _citation(n: int, evidence: Evidence) -> Citation:
    facts = evidence.passage.metadata
    return Citation(
        n=n,
        article=facts["article"],
        title=facts["title"],
        date=facts["date"],
        quote=evidence.quote,
        start=evidence.start,
        end=evidence.end,
        score=evidence.score,
    )


def _source(title: str, day: str | None) -> str:
    return f"{title} ({day})" if day else title


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    started = time.perf_counter()
    try:
        yield
    finally:
        timings[stage] = (time.perf_counter() - started) * 1e3
