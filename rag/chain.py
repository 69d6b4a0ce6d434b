"""A question becomes a cited answer: check, encode, retrieve, read, put into words."""

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from llama_index.core.schema import NodeWithScore, QueryBundle

from index.archive import Archive
from rag.answer import Answer, Citation
from rag.checker import Checker
from rag.claims import Claim, claims_as_written
from rag.condenser import condense
from rag.conversation import with_history
from rag.defaults import ANSWER_FROM, PASSAGES_READ, TOP_K
from rag.llm import LanguageModel, ModelError
from rag.phrases import phrase
from rag.question import Question, check_question
from rag.reader import Evidence, Reading, SpanReader
from rag.retriever import HybridRetriever
from rag.writer import Numbered, fit, write


class Chain:
    """Answers questions from the articles of one archive. Safe to use from several threads."""

    def __init__(
        self,
        archive: Archive,
        reader: SpanReader,
        answer_from: float = ANSWER_FROM,
        passages_read: int = PASSAGES_READ,
        model: LanguageModel | None = None,
    ) -> None:
        self._archive = archive
        self._reader = reader
        self._answer_from = answer_from
        self._passages_read = passages_read
        self._model = model

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
            asked, fault = self._standalone(checked, history, timings)
            reading = self._read(asked, top_k, timings)
            if not self._answers(reading):
                answer = _refused(checked, reading, self._outside_period(asked, top_k, timings))
            else:
                answer = _answered(checked, reading)
                if fault:
                    answer = _unwritten(answer, checked, fault)
                elif self._model:
                    with _timed(timings, "write"):
                        answer = yield from self._written(
                            self._model, checked, asked, answer, timings
                        )
        yield replace(answer, searched=asked.text, timings_ms=timings)

    def _standalone(
        self, question: Question, history: Sequence[str], timings: dict[str, float]
    ) -> tuple[Question, str]:
        """The question to search after `history`, and what kept the model from wording it."""
        text, fault = with_history(question.text, history), ""
        if history and self._model:
            with _timed(timings, "condense"):
                try:
                    text = condense(self._model, question.text, question.language, history) or text
                except ModelError as error:
                    fault = str(error)
        return replace(question, text=text), fault

    def _written(
        self,
        model: LanguageModel,
        shown: Question,
        asked: Question,
        embedded: Answer,
        timings: dict[str, float],
    ) -> Generator[str, None, Answer]:
        """The written answer, or `embedded` with a line that says why there is none."""
        started = time.perf_counter()
        kept: list[Claim] = []
        withdrawn = 0
        try:
            sentences = fit(model, asked.text, embedded.passages)
            sources = [sentence.as_source() for sentence in sentences]
            checker = Checker(sources, self._archive.encoder, shown.language)
            pieces = _first_timed(
                timings, "first_token", write(model, asked.text, shown.language, sentences)
            )
            for claim in claims_as_written(pieces, shown.language):
                verdict = checker.check(claim)
                if verdict.supported:
                    kept.append(verdict.claim)
                    timings.setdefault("first_sentence", _since(started))
                    yield verdict.claim.text
                else:
                    withdrawn += 1
        except ModelError as error:
            return _unwritten(embedded, shown, str(error))
        note = f"{phrase('withdrawn', shown.language)} {withdrawn}/{withdrawn + len(kept)}"
        if not kept:
            return _unwritten(embedded, shown, note if withdrawn else "its answer is empty")
        return _from_claims(embedded, kept, sentences, note if withdrawn else "", shown.language)

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
    quoted = "\n\n".join(f"[{c.n}] {_shown(c, question.language)}" for c in citations)
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
    embedded: Answer,
    kept: Sequence[Claim],
    sentences: Sequence[Numbered],
    note: str,
    language: str,
) -> Answer:
    """`kept` with its citations, numbered in the order in which they appear, and `note`. Sentences
    may be true and answer something else: where they neither cite what the reader cites nor name
    its answer, that answer goes before them."""
    found = embedded.citations[0]
    cited = list(dict.fromkeys(n for claim in kept for n in claim.cited))
    written = [sentences[number - 1] for number in cited]
    named = any(embedded.answer.casefold() in claim.text.casefold() for claim in kept)
    lead = [] if named or any(_overlap(sentence, found) for sentence in written) else [found]
    citations = [
        *lead,
        *(
            _citation(n, s.passage, s.text, s.start, s.passage.get_score(), (0, 0))
            for n, s in enumerate(written, start=len(lead) + 1)
        ),
    ]
    numbers = {number: n for n, number in enumerate(cited, start=len(lead) + 1)}
    shown = (replace(c, cited=tuple(numbers[n] for n in c.cited)).shown for c in kept)
    parts = [*(f"{embedded.answer} [{found.n}]" for found in lead), " ".join(shown)]
    if note:
        parts.append(f"({note})")
    parts += [f"[{c.n}] {_shown(c, language)}" for c in citations]
    return replace(embedded, text="\n\n".join(parts), citations=citations)


def _overlap(sentence: Numbered, citation: Citation) -> bool:
    article = sentence.passage.metadata["article"]
    return article == citation.article and (
        sentence.start < citation.end and citation.start < sentence.end
    )


def _refused(question: Question, reading: Reading, outside: Reading | None) -> Answer:
    """`outside` is what answers outside the question's period, if anything does."""
    text = phrase("absent_in_period" if outside else "absent", question.language)
    nearest = _cite(outside.evidence if outside else reading.nearest)
    if nearest:
        shown = "\n\n".join(_shown(citation, question.language) for citation in nearest)
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
        also=facts["also"],
    )


def _shown(citation: Citation, language: str) -> str:
    shown = f"“{citation.quote}”\n{_named(citation.title, citation.date)}"
    if not citation.also:
        return shown
    others = "; ".join(_named(copy["title"], copy["date"]) for copy in citation.also)
    return f"{shown}\n{phrase('also', language)} {others}"


def _named(title: str, date: str | None) -> str:
    return f"{title} ({date})" if date else title


def _first_timed(timings: dict[str, float], stage: str, pieces: Iterator[str]) -> Iterator[str]:
    """`pieces`, with the milliseconds until the first in `timings[stage]`."""
    started = time.perf_counter()
    for piece in pieces:
        timings.setdefault(stage, _since(started))
        yield piece


def _since(started: float) -> float:
    """Milliseconds since `started`, of time.perf_counter."""
    return (time.perf_counter() - started) * 1e3


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    """Add the milliseconds spent inside to `timings[stage]`."""
    started = time.perf_counter()
    try:
        yield
    finally:
        timings[stage] = timings.get(stage, 0.0) + _since(started)
