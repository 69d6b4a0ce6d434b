"""A question becomes a cited answer: understand, encode, retrieve, read, answer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hemeroteca.index.filter import Filter
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.cite import named_elsewhere
from hemeroteca.rag.defaults import ANSWER_FROM, PASSAGES_READ, TOP_K
from hemeroteca.rag.kinds.absent import absent
from hemeroteca.rag.kinds.short import short
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading
from hemeroteca.rag.reader.reader import SpanReader
from hemeroteca.rag.render import plain_text
from hemeroteca.rag.retriever import HybridRetriever
from hemeroteca.rag.timing import timed
from hemeroteca.rag.understand.understand import understand

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
        today: date | None = None,
    ) -> None:
        self._archive = archive
        self._reader = reader
        self._answer_from = answer_from
        self._passages_read = passages_read
        self._model = model
        self._today = today

    def ask(
        self,
        question: str,
        only: Filter = Filter(),
        top_k: int = TOP_K,
        history: Sequence[str] = (),
        whole: bool = False,
        languages: Sequence[str] = (),
    ) -> Answer:
        """The answer to `question` from the articles of `only`, asked after the questions
        `history`, oldest first; `whole` sets aside the filter that the question names itself;
        `languages` (ISO 639-1) are those that whoever asks is known to read.

        Raises QuestionError if it cannot be searched; an answer that is not in the articles is
        an Answer with `answerable` false."""
        for step in self.stream(question, only, top_k, history, whole, languages):
            if isinstance(step, Answer):
                return step
        raise AssertionError("a stream ends with its Answer")

    def stream(
        self,
        question: str,
        only: Filter = Filter(),
        top_k: int = TOP_K,
        history: Sequence[str] = (),
        whole: bool = False,
        languages: Sequence[str] = (),
    ) -> Iterator[str | Answer]:
        """The same, step by step: each sentence of a written answer once it is checked, with the
        markers of the prompt left out, then the Answer, which holds them. Raises as `ask`."""
        timings: dict[str, float] = {}
        with timed(timings, "total"):
            with timed(timings, "understand"):
                catalog = self._archive.catalog
                latest = None if whole else catalog.period().last
                papers = () if whole else catalog.holdings.names("paper")
                expected = [*catalog.languages(), *languages]
                today = self._today or date.today()
                asked = understand(
                    question, only, history, latest, self._model, expected, papers, today
                )
                # An archive that does not reach so far is asked of what it has.
                if asked.relative and not catalog.holdings.count(asked.filter):
                    asked = _not_naming(asked)
            asked, reading = self._found(asked, top_k, timings)
            if self._answers(reading):
                answer = short(asked, reading)
                if asked.fault:
                    from hemeroteca.rag.writer.written import unwritten

                    answer = unwritten(answer, asked.fault)
                elif self._model:
                    from hemeroteca.rag.writer.written import written

                    with timed(timings, "write"):
                        answer = yield from written(
                            self._model, self._archive.encoder, asked, reading, answer, timings
                        )
            else:
                answer = absent(asked, reading, self._outside(asked, top_k, timings))
        answer = replace(
            answer,
            citations=named_elsewhere(self._archive, answer.citations),
            nearest=named_elsewhere(self._archive, answer.nearest),
            filter=asked.filter,
            named=asked.named,
            undated=self._undated(asked.filter),
            searched=asked.searched,
            passages=reading.passages,
            timings_ms=timings,
        )
        yield replace(answer, text=plain_text(answer))

    def _found(
        self, question: Question, top_k: int, timings: dict[str, float]
    ) -> tuple[Question, Reading]:
        """What was read, and the question as it was then asked: what a question names may be when
        it happened, not when it was written of, or what it is about, not where that stands: the
        filter of its own words is set aside where nothing answers in it. Not so what it names by
        today: that is when it asks of."""
        reading = self._read(question, top_k, timings)
        if question.named and not question.relative and not self._answers(reading):
            question = _not_naming(question)
            reading = self._read(question, top_k, timings)
        return question, reading

    def _read(self, question: Question, top_k: int, timings: dict[str, float]) -> Reading:
        with timed(timings, "encode"):
            vector = self._archive.encoder.encode_questions([question.searched])[0]
        with timed(timings, "retrieve"):
            retriever = HybridRetriever(self._archive, question, top_k)
            passages = retriever.search(vector)
        with timed(timings, "read"):
            return self._reader.read(question, passages, self._passages_read)

    def _outside(self, question: Question, top_k: int, timings: dict[str, float]) -> Reading | None:
        """What answers the question if its filter is set aside."""
        if not question.filter:
            return None
        reading = self._read(replace(question, filter=Filter()), top_k, timings)
        return reading if self._answers(reading) else None

    def _undated(self, asked: Filter) -> int:
        """How many articles the period leaves out for want of a date."""
        left_out = asked.period and not asked.undated
        return self._archive.catalog.holdings.undated(asked) if left_out else 0

    def _answers(self, reading: Reading) -> bool:
        return bool(reading.evidence) and reading.confidence >= self._answer_from


def _not_naming(question: Question) -> Question:
    """The question without what its own words name of its filter."""
    asked = question.filter.without(question.named)
    return replace(question, filter=asked, named=Filter(), relative=False)
