"""Yes or no, where that is sure, else the sentences that bear on it: the question is checked
against them as a claim."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.errors import Message
from hemeroteca.index.text.terms import cognates, terms
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.cite import cite
from hemeroteca.rag.kinds.denial import denies
from hemeroteca.rag.kinds.flat import plain_words
from hemeroteca.rag.kinds.sentences import Sentence, about, quoted_sentences
from hemeroteca.rag.kinds.verdict import Checked, Outcome, verdict
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading
from hemeroteca.rag.verifier.judge import Verifier

_BEARS = Message("What the articles say on it:")
_DENIED = Message("The articles deny it:")
_OUTCOMES: Mapping[Outcome, Message] = {
    "yes": Message("Yes:"),
    "no": Message("No:"),
    "disagree": Message("The articles disagree:"),
}
_LIKE = 0.87  # cosine of a sentence that speaks of what is asked
_MAY_DECIDE = 0.8  # and of one that may decide it, if the verifier is sure
_LOOKED_AT = 8  # of these, the likest
_BEHIND_ALL = 0.04  # of the likest of all, or less, for one to be told
_SENTENCES, _BEHIND = 3, 0.015  # told, and behind the first of them
# Words of a question of yes or no that say nothing of what is asked.
_AUXILIARY = """
    habrá habían había haya está están estaba fueron será serán tiene tienen puede pueden cierto
    have does been were will would could there true that this
    haben wird werden wurde wurden hatte hatten kann können stimmt dass
    avoir avait était sont sera seront peut peuvent est-ce vrai
    hanno aveva erano sarà saranno può possono vero
    têm tinha foram será serão pode podem verdade
"""
# What one buys another has sold: neither denies the other.
_CONVERSE = frozenset(("buy", "sell"))
# Faults of a claim (rag/writer/checker.py) whose sentence speaks of the same: it is so, may be so,
# or there is a denial somewhere.
_SO = (None, "hedge", "negation")


def yesno(
    question: Question,
    sentences: Sequence[Sentence],
    encoder: Encoder,
    load: Callable[[], Verifier] | None = None,
) -> Answer | None:
    """Yes or no with the sentences that say it, by the verifier that `load` gives, or that the
    articles disagree. Where that is not sure, the sentences that speak of the same as the question,
    all its names and numbers, the same roles and words, and that they deny it if they do; None if
    none does."""
    near = sorted(about(question, sentences), key=lambda s: -s.likeness)
    near = [s for s in near[:_LOOKED_AT] if s.likeness >= (_MAY_DECIDE if load else _LIKE)]
    if not near:
        return None
    checked = [
        Checked(sentence, fault, _denied(question, sentence))
        for sentence, fault in zip(near, _faults(question, near, encoder), strict=True)
    ]
    if load and (found := verdict(question, checked, load)):
        outcome, deciding = found
        told = deciding if outcome == "disagree" else _together(deciding)
        statements, citations = quoted_sentences(told)
        return _answer(question, told[0].likeness, statements, _OUTCOMES[outcome], citations)
    return _bearing(question, [each for each in checked if each.sentence.likeness >= _LIKE])


def _bearing(question: Question, checked: Sequence[Checked]) -> Answer | None:
    """The sentences that speak of the same as the question."""
    bearing = [
        each.sentence
        for each in checked
        if (each.fault in _SO or each.denied)
        and each.sentence.likeness >= checked[0].sentence.likeness - _BEHIND_ALL
    ]
    if not bearing:
        return None
    best = bearing[0]
    statements, citations = quoted_sentences([*_together(bearing), *_later(bearing)])
    denied = _denied(question, best) and not _denies(question)
    return _answer(question, best.likeness, statements, _DENIED if denied else _BEARS, citations)


def _together(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The first of `sentences` and those of its article that are as like the question, in reading
    order."""
    best = sentences[0]
    chosen = [
        sentence
        for sentence in sentences[:_SENTENCES]
        if sentence.passage.article == best.passage.article
        and sentence.likeness >= best.likeness - _BEHIND
    ]
    return sorted(chosen, key=lambda s: s.start)


def _later(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The likest of `sentences` of an article later than the first one's: what was to be done may
    have been given up since."""
    day = sentences[0].passage.day
    return [sentence for sentence in sentences if sentence.passage.day > day][:1]


def read_yesno(question: Question, reading: Reading) -> Answer:
    """The sentence of the best answer of `reading`, which has one: a few words are no yes or no."""
    citations = [replace(each, mark=(0, 0)) for each in cite(reading.evidence)]
    statements = [Statement(citations[0].quote, tuple(each.n for each in citations))]
    return _answer(question, reading.confidence, statements, _BEARS, citations)


def _answer(
    question: Question,
    confidence: float,
    statements: Sequence[Statement],
    lead: Message,
    citations: Sequence[Citation],
) -> Answer:
    return Answer(
        question=question.text,
        kind="yesno",
        language=question.language,
        confidence=confidence,
        statements=statements,
        lead=lead,
        citations=citations,
    )


def _faults(
    question: Question, sentences: Sequence[Sentence], encoder: Encoder
) -> list[str | None]:
    """What is wrong with the question as a claim, by each sentence."""
    # Imported where it is asked: what reads names and days takes a tenth of a second.
    from hemeroteca.rag.writer.checker import Checker, Source
    from hemeroteca.rag.writer.claims import Claim

    sources = [
        Source(s.text, s.passage.language, s.passage.date, f"{s.passage.title} {s.before}")
        for s in sentences
    ]
    text = question.searched.strip(" ¿?.")
    # The word that asks begins a question with a capital, though it names nobody.
    claim = f"{text[:1].lower()}{text[1:]}."
    checker = Checker(sources, encoder, months=False)
    verdicts = checker.check_all([Claim(claim, (n,)) for n in range(1, len(sources) + 1)])
    return [verdict.fault for verdict in verdicts]


def _denied(question: Question, sentence: Sentence) -> bool:
    """Whether the sentence denies what is asked: a word of it, or by saying the opposite."""
    from hemeroteca.rag.writer.negation import DENIED, denies_what_is_said, without_homographs
    from hemeroteca.rag.writer.senses import opposes, senses

    asked = without_homographs(question.searched.strip(" ¿?."), question.language)
    text = without_homographs(sentence.text, sentence.passage.language)
    if _speaks_of_it(question, sentence):
        is_headline = sentence.text == sentence.passage.title
        language = sentence.passage.language
        headline = is_headline and denies(text, language, terms(asked, language))
        if headline or denies_what_is_said(asked, text):
            return True
    said = senses(asked, question.language, DENIED)
    told = senses(text, sentence.passage.language, DENIED)
    if not said or not told or "reverse" in told:  # to lift a closure is to open
        return False
    return opposes(said - _CONVERSE, told - _CONVERSE)


def _speaks_of_it(question: Question, sentence: Sentence) -> bool:
    """Whether a sentence in the question's language has most of its words that are no names: of a
    vaccine that some are not given nobody says that it is not withdrawn."""
    if not question.is_likely_in(sentence.passage.language):
        return True
    words = plain_words(question) - set(cognates(_AUXILIARY))
    return 2 * len(words & set(cognates(sentence.text))) > len(words) or not words


def _denies(question: Question) -> bool:
    from hemeroteca.rag.writer.negation import negates

    return negates(question.searched, question.language)
