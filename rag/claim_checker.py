"""A claim is checked against the articles: encode, retrieve, judge, decide."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from hemeroteca.index.filter import Filter
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.check import Check, Evidence
from hemeroteca.rag.cite import citation, named_elsewhere
from hemeroteca.rag.claim import check_claim
from hemeroteca.rag.defaults import TOP_K
from hemeroteca.rag.kinds.sentences import Sentence, sentences_of
from hemeroteca.rag.question import Question
from hemeroteca.rag.render_check import check_text
from hemeroteca.rag.retriever import HybridRetriever
from hemeroteca.rag.timing import timed
from hemeroteca.rag.verifier.decide import decide
from hemeroteca.rag.verifier.figures import judge_figures
from hemeroteca.rag.verifier.judge import PremiseTooLongError, Verifier
from hemeroteca.rag.verifier.judgement import Judgement, Premise
from hemeroteca.rag.verifier.named import Named, named_by
from hemeroteca.rag.writer.facts import Facts, facts

_SENTENCES = 80  # whose vectors are compared with the claim's,
_JUDGED = 12  # and that are judged: the likest
NOTHING = Judgement(0.0, 0.0, 1.0)  # of a sentence that says nothing of a claim
_BY_ITSELF = 0.5  # probability of what a sentence decides, without its headline
_SHORTEST = 10  # characters of a sentence that may decide: "Es un bulo."


class ClaimChecker:
    """Checks claims against the articles of one archive. Safe to use from several threads."""

    def __init__(self, archive: Archive, load: Callable[[], Verifier]) -> None:
        """The verifier is what `load` gives, which is called for each claim: few ever check one, so
        that it is to be loaded by the first."""
        self._archive = archive
        self.load = load

    def check(
        self,
        claim: str,
        only: Filter = Filter(),
        top_k: int = TOP_K,
        languages: Sequence[str] = (),
    ) -> Check:
        """What the articles of `only` say of `claim`, by sentences of the first `top_k` passages
        that come nearest; `languages` (ISO 639-1) are those that whoever asks is known to read.

        Raises ClaimError or QuestionError if it cannot be checked, VerifierError if it is too long
        for the verifier, CheckpointError if that cannot be loaded."""
        timings: dict[str, float] = {}
        with timed(timings, "total"):
            catalog = self._archive.catalog
            asked = check_claim(claim, only, [*catalog.languages(), *languages])
            with timed(timings, "load"):
                verifier = self.load()
            sentences = self._likest(asked, top_k, timings)
            with timed(timings, "judge"):
                judgements = self._judged(asked, verifier, sentences)
            check = self._decided(asked, verifier, sentences, judgements)
        left_out = only.period and not only.undated
        check = replace(
            check,
            language=asked.worded_in(languages, catalog.languages_by_number),
            undated=catalog.holdings.undated(only) if left_out else 0,
            timings_ms=timings,
        )
        return replace(check, text=check_text(check))

    def _likest(self, asked: Question, top_k: int, timings: dict[str, float]) -> Sequence[Sentence]:
        """The sentences that are nearest to the claim, each text once."""
        with timed(timings, "encode"):
            retriever = HybridRetriever(self._archive, asked, top_k)
            vector = retriever.encode()
        with timed(timings, "retrieve"):
            passages = retriever.search(vector)
        with timed(timings, "compare"):
            sentences = sentences_of(
                *(self._archive.encoder, passages, asked.searched, vector, _SENTENCES, _SENTENCES),
                headlines=True,
                shortest=_SHORTEST,
            )
        once = {sentence.text: sentence for sentence in reversed(sentences)}
        return sorted(once.values(), key=lambda sentence: -sentence.likeness)[:_JUDGED]

    def _judged(
        self, asked: Question, verifier: Verifier, sentences: Sequence[Sentence]
    ) -> Sequence[Judgement]:
        """What each sentence makes of the claim: none decides it that does not by itself or behind
        the one before it, nor in its language without a word of it in what stands around, and none
        states it that does not name whom it does."""
        claimed = facts(asked.text, asked.language, self._archive.encoder.model.is_common)
        named = named_by(asked.text, asked.language, claimed)
        words = set(cognates(asked.text))
        premises = [premise_of(sentence) for sentence in sentences]
        read = dict(zip(premises, judge_each(verifier, asked.text, premises), strict=True))

        def judged(premise: Premise) -> Judgement:
            if premise not in read:
                read[premise] = judge_each(verifier, asked.text, [premise])[0]
            return read[premise]

        def decides(premise: Premise, sentence: Sentence) -> Judgement:
            found, language = judged(premise), sentence.passage.language
            if found.verdict == "not said":
                return found
            if asked.is_likely_in(language) and words.isdisjoint(sentence.around):
                return NOTHING
            # A headline says of what a sentence is, and not what it says; what the one before it
            # says by itself is shown with that.
            alone, behind = map(judged, _without_headline(premise))
            if alone.of(found.verdict) < _BY_ITSELF:
                before = Premise(premise.before, paper=premise.paper, day=premise.day)
                if behind.of(found.verdict) < _BY_ITSELF:
                    return behind
                if judged(before).of(found.verdict) >= _BY_ITSELF:
                    return alone
            if found.verdict == "contradicted":  # the contrary may name another instead
                return found
            # What stands around may say who "she" is, and not what she did.
            least = _least_that_names(named, premise, language)
            return min(found, judged(least), key=lambda each: each.stated) if least else NOTHING

        return [decides(*each) for each in zip(premises, sentences, strict=True)]

    def _decided(
        self,
        asked: Question,
        verifier: Verifier,
        sentences: Sequence[Sentence],
        judgements: Sequence[Judgement],
    ) -> Check:
        decision = decide(judgements, verifier.rule, _nearness(asked, sentences))
        cited = [
            citation(n, s.passage, s.text, s.start, s.likeness)
            for n, s in enumerate((sentences[at] for at in decision.deciding), start=1)
        ]
        evidence = [
            Evidence(each, judgements[at])
            for each, at in zip(
                named_elsewhere(self._archive, cited), decision.deciding, strict=True
            )
        ]
        return Check(
            claim=asked.text,
            verdict=decision.verdict,
            confidence=decision.confidence,
            language=asked.language,
            evidence=evidence,
            unsure=decision.unsure,
            filter=asked.filter,
            judged=len(sentences),
        )


def _nearness(asked: Question, sentences: Sequence[Sentence]) -> list[float]:
    """How near each of `sentences`, the likest first, comes to the claim: of an article later than
    the first's that has half of its words, as near as the first, for things change."""
    if not sentences:
        return []
    first, claimed = sentences[0], set(cognates(asked.text))
    return [
        first.likeness
        if s.passage.day > first.passage.day and 2 * len(claimed & s.around) >= len(claimed)
        else s.likeness
        for s in sentences
    ]


def judge_each(verifier: Verifier, claim: str, premises: Sequence[Premise]) -> Sequence[Judgement]:
    """What each premise makes of the claim; one without end proves nothing that can be shown."""
    try:
        return judge_figures(verifier, claim, premises)
    except PremiseTooLongError:
        if len(premises) == 1:
            return [NOTHING]
        return [judge_each(verifier, claim, [premise])[0] for premise in premises]


def _least_that_names(named: Named, premise: Premise, language: str) -> Premise | None:
    """The least of `premise`, in `language`, that names the people whom the claim does: its
    sentence, or with the one before it, or all; all where that names none. None if not even that
    names what the claim does."""
    if not named.are_in(_told(premise, language)):
        return None
    people = named.people
    for least in _without_headline(premise) if people.names else ():
        if people.are_in(_told(least, language)):
            return least
    return premise


def _without_headline(premise: Premise) -> tuple[Premise, Premise]:
    """The sentence of `premise` alone, and behind the one before it."""
    return replace(premise, headline="", before=""), replace(premise, headline="")


def _told(premise: Premise, language: str) -> Facts:
    return facts(f"{premise.headline} {premise.before} {premise.text}", language)


def premise_of(sentence: Sentence) -> Premise:
    """A sentence with the one before it and what is known of its article."""
    passage = sentence.passage
    headline = passage.title if passage.title != sentence.text else ""
    before = sentence.before if sentence.before != passage.title else ""
    return Premise(
        sentence.text, before, headline, passage.publication.paper, day=passage.date or ""
    )
