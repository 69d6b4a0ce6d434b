"""A question becomes a cited answer: check, encode, retrieve, read, put into words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from llama_index.core.schema import QueryBundle

from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.defaults import ANSWER_FROM, PASSAGES_READ, TOP_K
from hemeroteca.rag.question import Question, check_question
from hemeroteca.rag.reader.reader import Reading, SpanReader
from hemeroteca.rag.render import answered, refused, unwritten
from hemeroteca.rag.retriever import HybridRetriever
from hemeroteca.rag.timing import timed
from hemeroteca.rag.understand.followup import with_history

# What a model of the user's needs is imported where there is one: few have it, and its client
# costs a question half a second.
if TYPE_CHECKING:
    from hemeroteca.rag.writer.llm import LanguageModel


class Chain:
    """Answers questions from the articles of one archive. Safe to use from several threads."""

    def __init__(
        self,
        archive: Archive,
        reader: SpanReader,
        answer_from: float = ANSWER_FROM,
        passages_read: int = PASSAGES_READ,
        model: "LanguageModel | None" = None,
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
        with timed(timings, "total"):
            checked = check_question(question, date_from, date_to)
            asked, fault = self._standalone(checked, history, timings)
            reading = self._read(asked, top_k, timings)
            if not self._answers(reading):
                answer = refused(checked, reading, self._outside_period(asked, top_k, timings))
            else:
                answer = answered(checked, reading)
                if fault:
                    answer = unwritten(answer, checked, fault)
                elif self._model:
                    from hemeroteca.rag.writer.written import written

                    with timed(timings, "write"):
                        answer = yield from written(
                            self._model, self._archive.encoder, checked, asked, answer, timings
                        )
        yield replace(answer, searched=asked.text, timings_ms=timings)

    def _standalone(
        self, question: Question, history: Sequence[str], timings: dict[str, float]
    ) -> tuple[Question, str]:
        """The question to search after `history`, and what kept the model from wording it."""
        text, fault = with_history(question.text, history), ""
        if history and self._model:
            from hemeroteca.rag.understand.rewrite import condense
            from hemeroteca.rag.writer.llm import ModelError

            with timed(timings, "condense"):
                try:
                    text = condense(self._model, question.text, question.language, history) or text
                except ModelError as error:
                    fault = error.reason(question.language)
        return replace(question, text=text), fault

    def _read(self, question: Question, top_k: int, timings: dict[str, float]) -> Reading:
        with timed(timings, "encode"):
            vector = self._archive.encoder.encode_questions([question.text])[0]
        with timed(timings, "retrieve"):
            retriever = HybridRetriever(self._archive, question, top_k)
            passages = retriever.retrieve(QueryBundle(question.text, embedding=vector.tolist()))
        with timed(timings, "read"):
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
