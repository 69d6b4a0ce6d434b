"""A question becomes a cited answer: check, encode, retrieve, read, put into words."""

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from llama_index.core.schema import NodeWithScore, QueryBundle

from index.archive import Archive
from rag.answer import Answer, Citation
from rag.conversation import with_history
from rag.defaults import ANSWER_FROM, PASSAGES_READ, TOP_K
from rag.phrases import phrase
from rag.question import Question, check_question
from rag.reader import Evidence, Reading, SpanReader
from rag.retriever import HybridRetriever

if TYPE_CHECKING:
    from rag.claims import Claim
    from rag.writer import Numbered, Writer


class Chain:
    """Answers questions from the articles of one archive. Safe to use from several threads."""

    def __init__(
        self,
        archive: Archive,
        reader: SpanReader,
        answer_from: float = ANSWER_FROM,
        passages_read: int = PASSAGES_READ,
        writer: "Writer | None" = None,
    ) -> None:
        self._archive = archive
        self._reader = reader
        self._answer_from = answer_from
        self._passages_read = passages_read
        self._writer = writer

    def ask(
        self,
        question: str,
        date_from: date | None = None,
        date_to: date | None = None,
        top_k: int = TOP_K,
        history: Sequence[str] = (),
    ) -> Answer:
        """The answer to `question` from the articles of the period, both days included, asked
        after the questions `history`, oldest first.

        Raises QuestionError if it cannot be searched; an answer that is not in the articles is
        an Answer with `answerable` false."""
        for step in self.stream(question, date_from, date_to, top_k, history):
            if isinstance(step, Answer):
                return step
        raise AssertionError("a stream ends with its Answer")

    def stream(
        self,
        question: str,
        date_from: date | None = None,
        date_to: date | None = None,
        top_k: int = TOP_K,
        history: Sequence[str] = (),
    ) -> Iterator[str | Answer]:
        """The same, step by step: each sentence of a written answer once it is checked, with the
        markers of the prompt left out, then the Answer, which replaces them. Raises as `ask`."""
        timings: dict[str, float] = {}
        with _timed(timings, "total"):
            checked = check_question(question, date_from, date_to)
            asked = replace(checked, text=with_history(checked.text, history))
            reading = self._read(asked, top_k, timings)
            if self._answers(reading):
                answer = _answered(checked, reading)
                if self._writer:
                    with _timed(timings, "write"):
                        answer = yield from self._written(self._writer, checked, asked, answer)
            else:
                answer = _refused(checked, reading, self._outside_period(asked, top_k, timings))
        yield replace(answer, timings_ms=timings)

    def _written(
        self, writer: "Writer", shown: Question, asked: Question, embedded: Answer
    ) -> Generator[str, None, Answer]:
        """The written answer, or `embedded` with a line that says why there is none."""
        # Only for who has a model of their own: half a second of imports.
        from rag.checker import Source, check
        from rag.claims import claims_as_written
        from rag.writer import WriterError

        encoder = self._archive.encoder
        sentences = writer.sentences(
            embedded.passages, lambda text: len(encoder.tokenize([text])[0].ids)
        )
        sources = [
            Source(s.text, s.passage.metadata["language"], s.passage.metadata["date"])
            for s in sentences
        ]
        kept: list[Claim] = []
        withdrawn = 0
        try:
            pieces = writer.write(asked.text, shown.language, sentences)
            for claim in claims_as_written(pieces, shown.language):
                verdict = check(claim, sources, encoder)
                if verdict.supported:
                    kept.append(verdict.claim)
                    yield verdict.claim.text
                else:
                    withdrawn += 1
        except WriterError as error:
            return _unwritten(embedded, shown, str(error))
        note = f"{phrase('withdrawn', shown.language)} {withdrawn}/{withdrawn + len(kept)}"
        if not kept:
            return _unwritten(embedded, shown, note)
        return _from_claims(embedded, kept, sentences, note if withdrawn else "")

    def _read(self, question: Question, top_k: int, timings: dict[str, float]) -> Reading:
        with _timed(timings, "encode"):
            vector = self._archive.encoder.encode_questions([question.text])[0]
        with _timed(timings, "retrieve"):
            retriever = HybridRetriever(self._archive, question, top_k)
            passages = retriever.retrieve(QueryBundle(question.text, embedding=vector.tolist()))
        with _timed(timings, "read"):
            return self._reader.read(question, passages, self._passages_read)

    def _outside_period(
        self, question: Question, top_k: int, timings: dict[str, float]
    ) -> Reading | None:
        """What answers the question if its period is set aside."""
        if not question.has_period:
            return None
        reading = self._read(replace(question, first_day=0, last_day=0), top_k, timings)
        return reading if self._answers(reading) else None

    def _answers(self, reading: Reading) -> bool:
        return bool(reading.evidence) and reading.confidence >= self._answer_from


def _answered(question: Question, reading: Reading) -> Answer:
    citations = _cite(reading.evidence)
    short = reading.evidence[0].answer
    markers = "".join(f"[{citation.n}]" for citation in citations)
    quoted = "\n\n".join(f"[{c.n}] {_shown(c)}" for c in citations)
    return Answer(
        question=question.text,
        answer=short,
        text=f"{short} {markers}\n\n{quoted}",
        answerable=True,
        confidence=reading.confidence,
        citations=citations,
        passages=reading.passages,
    )


def _unwritten(embedded: Answer, question: Question, reason: str) -> Answer:
    note = f"({phrase('unwritten', question.language)} {reason})"
    return replace(embedded, text=f"{embedded.text}\n\n{note}")


def _from_claims(
    embedded: Answer, kept: "Sequence[Claim]", sentences: "Sequence[Numbered]", note: str
) -> Answer:
    """`kept` with its citations, numbered in the order in which they appear, and `note`."""
    cited = list(dict.fromkeys(n for claim in kept for n in claim.cited))
    citations = [
        _citation(n, s.passage, s.text, s.start, s.passage.get_score(), (0, 0))
        for n, s in enumerate((sentences[number - 1] for number in cited), start=1)
    ]
    shown = (replace(c, cited=tuple(cited.index(n) + 1 for n in c.cited)).shown for c in kept)
    parts = [" ".join(shown)]
    if note:
        parts.append(f"({note})")
    parts += [f"[{c.n}] {_shown(c)}" for c in citations]
    return replace(embedded, text="\n\n".join(parts), citations=citations)


def _refused(question: Question, reading: Reading, outside: Reading | None) -> Answer:
    """`outside` is what answers outside the question's period, if anything does."""
    text = phrase("absent_in_period" if outside else "absent", question.language)
    nearest = _cite(outside.evidence if outside else reading.nearest)
    if nearest:
        shown = "\n\n".join(_shown(citation) for citation in nearest)
        text += f"\n\n{phrase('nearest', question.language)}\n\n{shown}"
    return Answer(
        question=question.text,
        answer="",
        text=text,
        answerable=False,
        confidence=reading.confidence,
        citations=[],
        passages=reading.passages,
        nearest=nearest,
    )


def _cite(evidence: Sequence[Evidence]) -> list[Citation]:
    return [
        _citation(
            *(n, e.passage, e.quote, e.start, e.score),
            mark=(e.answer_start - e.start, e.answer_end - e.start),
        )
        for n, e in enumerate(evidence, start=1)
    ]


def _citation(
    n: int, passage: NodeWithScore, quote: str, start: int, score: float, mark: tuple[int, int]
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
    )


def _shown(citation: Citation) -> str:
    day = f" ({citation.date})" if citation.date else ""
    return f"“{citation.quote}”\n{citation.title}{day}"


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    """Add the milliseconds spent inside to `timings[stage]`."""
    started = time.perf_counter()
    try:
        yield
    finally:
        timings[stage] = timings.get(stage, 0.0) + (time.perf_counter() - started) * 1e3
