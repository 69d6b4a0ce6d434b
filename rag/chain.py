"""A question becomes a cited answer: understand, encode, retrieve, read, answer."""

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from hemeroteca.index.article import Passage
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.cite import named_elsewhere
from hemeroteca.rag.defaults import ANSWER_FROM, PASSAGES_READ, PASSAGES_TOLD, TOP_K
from hemeroteca.rag.kinds.absent import absent
from hemeroteca.rag.kinds.acronym import spelled_out
from hemeroteca.rag.kinds.briefing import brief, summary, timeline
from hemeroteca.rag.kinds.comparison import comparison, sides, without_passage
from hemeroteca.rag.kinds.debunked import unless_debunked
from hemeroteca.rag.kinds.denial import denied_by
from hemeroteca.rag.kinds.explanation import asks_purpose, explanation
from hemeroteca.rag.kinds.former import has_left_office, leaving_office
from hemeroteca.rag.kinds.greeting import greeting
from hemeroteca.rag.kinds.held import is_held
from hemeroteca.rag.kinds.holdings import (
    OF_ONE,
    about,
    article_statements,
    holdings,
    overview,
)
from hemeroteca.rag.kinds.kin import is_of_asked_kin
from hemeroteca.rag.kinds.listing import enumerates, is_of_peers, listing
from hemeroteca.rag.kinds.names import of_whom_it_asks
from hemeroteca.rag.kinds.none import SHORTEST_DENIAL, asks_how_many, none_of_it
from hemeroteca.rag.kinds.position import asks_opinion, position
from hemeroteca.rag.kinds.sentences import SHORTEST, Sentence, is_on_subject, sentences_of
from hemeroteca.rag.kinds.short import short
from hemeroteca.rag.kinds.subject import asks_of_all, subject
from hemeroteca.rag.kinds.whole_sentence import is_sure_of_words, whole_sentence
from hemeroteca.rag.kinds.worded import worded
from hemeroteca.rag.kinds.yesno import read_yesno, yesno
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading
from hemeroteca.rag.reader.reader import SpanReader
from hemeroteca.rag.render import ALL_ASKED, plain_text
from hemeroteca.rag.retriever import HybridRetriever
from hemeroteca.rag.timing import timed
from hemeroteca.rag.understand.catalog import (
    asks_articles,
    asks_who_wrote_that,
    catalog_kind,
    of_whom,
    tells_who_wrote,
)
from hemeroteca.rag.understand.kind import (
    CATALOG_KINDS,
    AskedKind,
    asked_kind,
    asking,
    asks_story,
    introduced,
    names_subject,
)
from hemeroteca.rag.understand.understand import naming, understand
from hemeroteca.rag.verifier.answers import HOLDS_FILE, AnswerRule, verified

# What a model of the user's needs is imported where there is one: few have it, and its client
# costs a question half a second.
if TYPE_CHECKING:
    from hemeroteca.rag.verifier.judge import Verifier
    from hemeroteca.rag.writer.llm import LanguageModel

_PASSAGES = 40  # retrieved where many articles tell something together,
_OF_EACH = 3  # and the sentences looked at, of each
_SENTENCES = 45  # and of all: encoding them is what takes time, and more tell no more
_READ_SENTENCES = 80  # looked at, of the passages that are read
_OF_SIDE = 5  # passages searched for by the name of a side of a comparison alone
_ARTICLES = 10  # listed under a bare name
_TELLERS: Mapping[AskedKind, Callable[[Question, Sequence[Sentence]], Answer | None]] = {
    "summary": summary,
    "name": brief,
    "timeline": timeline,
    "comparison": comparison,
}
_BEARING: Mapping[AskedKind, Callable[[Question, Reading, Sequence[Sentence]], Answer | None]] = {
    "explanation": explanation,
    "position": position,
}
_OF_MANY = (*_TELLERS, *CATALOG_KINDS)


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
        always: bool = False,
        verifier: "Callable[[], Verifier] | None" = None,
    ) -> None:
        """`model` writes where that helps (rag/writer/asked.py) or, if `always`, wherever there are
        passages. `verifier` gives what tells yes from no, without which neither is said, and how
        likely an answer is right."""
        self._archive = archive
        self._reader = reader
        self._answer_from = answer_from
        self._passages_read = passages_read
        self._model = model
        self._today = today
        self._always = always
        self._verifier = verifier
        self._answer_rule = AnswerRule.load()
        self._holding_rule = AnswerRule.load(HOLDS_FILE)

    @property
    def reader(self) -> SpanReader:
        """What names the answers; it serves several chains."""
        return self._reader

    def ask(
        self,
        question: str,
        only: Filter = Filter(),
        top_k: int = TOP_K,
        history: Sequence[str] = (),
        whole: bool = False,
        languages: Sequence[str] = (),
        kind: AskedKind | None = None,
    ) -> Answer:
        """The answer to `question` from the articles of `only`, asked after the questions
        `history`, oldest first; `whole` sets aside the filter that the question names itself;
        `languages` (ISO 639-1) are those that whoever asks is known to read; `kind` is what is
        asked for, if the question's words need not tell.

        Raises QuestionError if it cannot be searched; an answer that is not in the articles is
        an Answer with `answerable` false."""
        *_, answer = self.stream(question, only, top_k, history, whole, languages, kind)
        if isinstance(answer, Answer):
            return answer
        raise AssertionError("a stream ends with its Answer")

    def stream(
        self,
        question: str,
        only: Filter = Filter(),
        top_k: int = TOP_K,
        history: Sequence[str] = (),
        whole: bool = False,
        languages: Sequence[str] = (),
        kind: AskedKind | None = None,
    ) -> Iterator[str | Answer]:
        """The same, step by step. Where a model writes: the embedded Answer at once, then each
        sentence as soon as it is checked, without markers. Last the Answer, which holds them.
        Raises as `ask`."""
        timings: dict[str, float] = {}

        def finished(answer: Answer, asked: Question, passages: Sequence[Passage]) -> Answer:
            language = asked.worded_in(languages, self._archive.catalog.languages_by_number)
            answer = replace(answer, language=language)
            if beyond:
                answer = replace(answer, notes=[*answer.notes, ALL_ASKED])
            return self._finished(answer, asked, passages, timings)

        with timed(timings, "total"):
            with timed(timings, "understand"):
                catalog = self._archive.catalog
                latest = None if whole else catalog.period().last
                papers = () if whole else catalog.holdings.papers()
                expected = [*catalog.languages(), *languages]
                today = self._today or date.today()
                asked = understand(
                    question, only, history, latest, self._model, expected, papers, today
                )
                # An archive that does not reach so far is asked of what it has.
                beyond = asked.relative and not catalog.holdings.count(asked.filter)
                asked = _not_naming(asked) if beyond else asked
                asked = replace(asked, kind=kind or self._kind(asked, history))
                asked = asked if kind else self._of_catalog(asked, papers)
            passages: Sequence[Passage] = ()
            if asked.kind == "greeting":
                answer = greeting(asked)
            elif asked.kind in _OF_MANY:
                asked, answer, passages = self._of_many(asked, timings)
                if asked.kind == "author" and not answer.answerable:
                    # An article may quote who wrote it, if it names what that is about.
                    quoting = self._of_few(replace(asked, kind="short"), top_k, timings)
                    cited = {citation.article for citation in quoting[1].citations}
                    quotes = quoting[1].answerable and is_on_subject(asked, quoting[2], cited)
                    if quotes or not (quoting[1].answerable or answer.nearest):
                        asked, answer, passages = quoting
                if asked.kind in _TELLERS and not answer.answerable:
                    answer, passages = self._not_told(asked, answer, top_k, timings)
            else:
                asked, answer, passages = self._of_few(asked, top_k, timings)
                if not answer.answerable and not answer.notes:
                    told = self._told_instead(asked, timings)
                    asked, answer, passages = told or (asked, answer, passages)
            if self._writes(asked, answer, passages):
                yield finished(answer, asked, passages)
                answer = yield from self._written(asked, answer, passages, timings)
        yield finished(answer, asked, passages)

    def _of_few(
        self, asked: Question, top_k: int, timings: dict[str, float]
    ) -> tuple[Question, Answer, Sequence[Passage]]:
        """What the first passages say, which are read."""
        asked, reading = self._found(asked, top_k, timings)
        if spelled := spelled_out(asked, reading.passages):
            return asked, short(asked, spelled), spelled.passages
        told = self._told(asked, reading, timings)
        denied = None if told else denied_by(asked, reading.passages)
        if not told and asked.kind == "explanation":
            reading = self._verified(asked, reading, timings)
        answers = self._answers(reading) and of_whom_it_asks(asked, reading)
        answers = answers and is_of_asked_kin(asked, reading)
        answers = answers and not has_left_office(asked, reading)
        # Words that are nobody's for sure are not told as somebody's, nor peers as parts.
        answers = answers and not (asked.kind == "position" and asks_opinion(asked))
        answers = answers and not (asked.kind == "listing" and is_of_peers(asked, reading))
        # Nor what gives the reason of something else as what it is for.
        answers = answers and not asks_purpose(asked)
        if not told and not denied and not answers:
            told = self._none_of_it(asked, reading, timings)
        if not told and (denied or not answers):
            outside = None if denied else self._outside(asked, top_k, timings)
            answer = absent(asked, reading, outside, denied)
        else:
            answer = told or _read_as(asked, reading)
        return asked, unless_debunked(asked, answer, reading.passages), reading.passages

    def _writes(self, asked: Question, embedded: Answer, passages: Sequence[Passage]) -> bool:
        """Whether the user's model is asked: not where a headline denies what was asked."""
        denied = embedded.kind == "absent" and embedded.notes
        if not self._model or not passages or denied:
            return False
        from hemeroteca.rag.writer.asked import asks_model

        return self._always or asks_model(asked, embedded, passages)

    def _written(
        self,
        asked: Question,
        embedded: Answer,
        passages: Sequence[Passage],
        timings: dict[str, float],
    ) -> Generator[str, None, Answer]:
        """What the user's model writes in place of `embedded`."""
        from hemeroteca.rag.writer.written import unwritten, written

        if asked.fault or not self._model:
            return unwritten(embedded, asked.fault) if asked.fault else embedded
        with timed(timings, "write"):
            encoder = self._archive.encoder
            return (
                yield from written(
                    self._model, encoder, asked, passages, embedded, timings, self._verifier
                )
            )

    def _finished(
        self,
        answer: Answer,
        asked: Question,
        passages: Sequence[Passage],
        timings: dict[str, float],
    ) -> Answer:
        """The answer with all that any answer has, put into words."""
        answer = replace(
            answer,
            citations=named_elsewhere(self._archive, answer.citations),
            nearest=named_elsewhere(self._archive, answer.nearest),
            filter=asked.filter,
            named=asked.named,
            undated=self._undated(asked.filter),
            searched=asked.searched,
            passages=passages,
            timings_ms=timings,
        )
        return replace(answer, text=plain_text(answer))

    def _kind(self, asked: Question, history: Sequence[str]) -> AskedKind:
        """What is asked for by the question's own words or, where these only name what else it is
        asked of, by the question before it."""
        texts = [asked.text, *(history[-1:] if asked.rewritten not in ("", asked.text) else ())]
        return asked_kind(self._archive.encoder, texts, self._holds)

    def _holds(self, word: str) -> bool:
        """Whether an article has `word`, in whatever form."""
        return self._archive.fulltext.holds(word, self._archive.catalog.languages())

    def _of_catalog(self, asked: Question, papers: Collection[str]) -> Question:
        """The question as what its words ask of the catalog, and of whose articles."""
        kind = catalog_kind(asked.text, asked.kind)
        if kind not in CATALOG_KINDS and not asks_articles(asked.text):
            return asked
        known = self._archive.catalog.holdings.known_authors
        kind, of = of_whom(asked.text, kind, papers, known)
        return naming(replace(asked, kind=kind), of)

    def _of_many(
        self, asked: Question, timings: dict[str, float]
    ) -> tuple[Question, Answer, list[Passage]]:
        """What many articles tell together, or the catalog does."""
        # Of an article, what asks for it is not what it says.
        words = subject(asked) if asked.kind in OF_ONE else ""
        with timed(timings, "encode"):
            sought = replace(asked, rewritten=words or asked.rewritten)
            retriever = HybridRetriever(self._archive, sought, _PASSAGES)
            vector = retriever.encode()
        with timed(timings, "retrieve"):
            passages = retriever.search(vector)
        if not passages and asked.named and not asked.attributed:
            return self._of_many(_not_naming(asked), timings)
        if asked.kind == "comparison":
            with timed(timings, "retrieve"):
                passages = self._of_both_sides(asked, passages)
        with timed(timings, "tell"):
            told = self._tell(asked, passages, retriever.meaning())
        if asked.kind in OF_ONE and asked.named.period and not (told and told.answerable):
            # "In which paper was it said that in 2019 ..." names when it was, not when written.
            wider = self._of_many(_not_naming(asked), timings)
            if wider[1].answerable:
                return wider
        return asked, told or absent(asked, Reading([], 0.0, passages), None), passages

    def _not_told(
        self, asked: Question, answer: Answer, top_k: int, timings: dict[str, float]
    ) -> tuple[Answer, Sequence[Passage]]:
        """What a refusal to tell says as one to a fact does: what comes nearest, and whether the
        reader doubts it; what it would answer is no summary, nor compares."""
        _, read, passages = self._of_few(replace(asked, kind="short"), top_k, timings)
        if read.answerable:
            return replace(answer, nearest=read.citations, unsure=True), passages
        return read, passages

    def _told_instead(
        self, asked: Question, timings: dict[str, float]
    ) -> tuple[Question, Answer, list[Passage]] | None:
        """What is told of somebody or of what happened, where no fact says who or what that is."""
        name = introduced(asked.text, asked.language)
        if name:
            asked = replace(asked, kind="name", rewritten=name)
        elif asked.kind == "short" and names_subject(asked.text):
            asked = replace(asked, kind="name")
        elif asks_story(asked.text):
            asked = replace(asked, kind="timeline")
        else:
            return None
        told = self._of_many(asked, timings)
        return told if told[1].answerable else None

    def _of_both_sides(self, asked: Question, passages: list[Passage]) -> list[Passage]:
        """The passages behind the first of each side of a comparison that none of the sentences
        looked at would be of: what is found for both together may be of one alone."""
        looked_at = passages[: _SENTENCES // _OF_EACH]
        for side in without_passage(asked, sides(asked, passages), looked_at):
            alone = HybridRetriever(self._archive, replace(asked, rewritten=side), _OF_SIDE)
            found = [p for p in alone.search() if p.id not in {each.id for each in passages}]
            passages = [*found, *passages]
        return passages

    def _tell(
        self, asked: Question, passages: Sequence[Passage], vector: np.ndarray
    ) -> Answer | None:
        if asks_who_wrote_that(asked.text) and any(tells_who_wrote(p.text) for p in passages[:1]):
            return None  # whom it quotes
        if asked.kind in CATALOG_KINDS:
            return holdings(asked, self._archive, passages, self._verifier)
        if asked.kind == "summary" and asks_of_all(asked):
            return overview(asked, self._archive)
        compared = sides(asked, passages) if asked.kind == "comparison" else ()
        # A passage on several things has a sentence that names each side.
        words = " ".join(compared[:2]) if len(compared) > 1 else asked.searched
        sentences = sentences_of(
            *(self._archive.encoder, passages, words, vector, _OF_EACH, _SENTENCES),
            in_any_form=asked.kind == "name",
        )
        if asked.kind != "comparison" and not is_held(asked, sentences, self._verifier):
            return None
        if asked.kind == "name":
            sentences = worded(asked, sentences, self._verifier)
        told = _TELLERS[asked.kind](asked, sentences)
        return self._with_articles(asked, told) if told and asked.kind == "name" else told

    def _with_articles(self, asked: Question, told: Answer) -> Answer:
        """A briefing with the articles that hold the name, the latest first."""
        listed = about(self._archive, asked, _ARTICLES)
        statements, citations = article_statements(self._archive, listed, len(told.citations) + 1)
        return replace(
            told,
            statements=[*told.statements, *statements],
            citations=[*told.citations, *citations],
        )

    def _told(self, asked: Question, reading: Reading, timings: dict[str, float]) -> Answer | None:
        """What sentences of the passages that were read say; None if a fact is asked for, or they
        say nothing to it."""
        if not reading.evidence or asked.kind == "short":
            return None
        if asked.kind == "listing":
            answers = self._answers(reading) or enumerates(asked, reading)
            of_them = (
                answers and of_whom_it_asks(asked, reading) and not is_of_peers(asked, reading)
            )
            return listing(asked, reading) if of_them else None
        with timed(timings, "tell"):
            sentences = self._sentences(asked, reading, headlines=asked.kind == "yesno")
            if asked.kind == "yesno":
                return yesno(asked, sentences, self._archive.encoder, self._verifier)
            return _BEARING[asked.kind](asked, reading, sentences)

    def _none_of_it(
        self, asked: Question, reading: Reading, timings: dict[str, float]
    ) -> Answer | None:
        """That there was none of what is counted, if a sentence says so."""
        if self._verifier is None or asked.kind != "short" or not asks_how_many(asked):
            return None
        with timed(timings, "tell"):
            sentences = self._sentences(asked, reading, True, SHORTEST_DENIAL)
            return none_of_it(asked, sentences, self._verifier)

    def _sentences(
        self, asked: Question, reading: Reading, headlines: bool = False, shortest: int = SHORTEST
    ) -> list[Sentence]:
        """Those of the passages that were read, with how like the question they are."""
        encoder, vector = self._archive.encoder, HybridRetriever(self._archive, asked).meaning()
        passages = reading.passages[: self._read_for(asked)]
        return sentences_of(
            *(encoder, passages, asked.searched, vector, _READ_SENTENCES, _READ_SENTENCES),
            headlines=headlines,
            shortest=shortest,
        )

    def _found(
        self, question: Question, top_k: int, timings: dict[str, float]
    ) -> tuple[Question, Reading]:
        """What was read, and the question as it was then asked: what a question names may be when
        it happened, not when it was written of, or what it is about, not where that stands: the
        filter of its own words is set aside where nothing answers in it. Not so what it names by
        today or as what says it: that is what it asks of."""
        reading = self._read(question, top_k, timings)
        wider = _set_aside(question)
        if wider != question and not self._answers(reading):
            question = wider
            reading = self._read(question, top_k, timings)
        return question, reading

    def _read(self, question: Question, top_k: int, timings: dict[str, float]) -> Reading:
        with timed(timings, "encode"):
            retriever = HybridRetriever(self._archive, question, top_k)
            vector = retriever.encode()
        with timed(timings, "retrieve"):
            passages = retriever.search(vector)
        # What is pasted behind a question is searched with it, but asks for nothing.
        question = replace(question, rewritten=asking(question.searched))
        with timed(timings, "read"):
            most = self._read_for(question)
            reading = self._reader.read(question, passages, most, retriever.whole)
        return self._verified(question, reading, timings) if question.kind == "short" else reading

    def _verified(self, question: Question, reading: Reading, timings: dict[str, float]) -> Reading:
        """The reading with how likely it is right by the verifier, too, if there is one."""
        if self._verifier is None:
            return reading
        with timed(timings, "verify"):
            rules = self._answer_rule, self._holding_rule
            return verified(question, reading, self._verifier(), *rules)

    def _read_for(self, question: Question) -> int:
        """How many passages are read for `question` at the most."""
        fact = question.kind == "short"
        return self._passages_read if fact else max(self._passages_read, PASSAGES_TOLD)

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


def _read_as(question: Question, reading: Reading) -> Answer:
    """The answer of `reading`, of which it is sure."""
    if question.kind == "yesno":
        return read_yesno(question, reading)
    if leaving := leaving_office(question, reading):
        return whole_sentence(question, replace(reading, evidence=[leaving]))
    return (short if is_sure_of_words(question, reading) else whole_sentence)(question, reading)


def _set_aside(question: Question) -> Question:
    """The question without what its own words name of its filter in passing."""
    named = question.named
    if question.relative:
        named = replace(named, period=Period())
    if question.attributed:
        named = replace(named, papers=())
    return replace(
        question, filter=question.filter.without(named), named=question.named.without(named)
    )


def _not_naming(question: Question) -> Question:
    """The question without what its own words name of its filter."""
    asked = question.filter.without(question.named)
    return replace(question, filter=asked, named=Filter(), relative=False)
