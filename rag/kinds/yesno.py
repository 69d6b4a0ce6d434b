"""The sentences that bear on a question of yes or no, which is checked against them as a claim."""

from collections.abc import Sequence
from dataclasses import replace

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.errors import Message
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.cite import cite
from hemeroteca.rag.kinds.sentences import Sentence, about, quoted_sentences
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading

_BEARS = Message("What the articles say on it:")
_LIKE = 0.87  # cosine of a sentence that speaks of what is asked
_LOOKED_AT = 8  # of these, the likest
_BEHIND_ALL = 0.04  # of the likest of all, or less, for one to be told
_SENTENCES, _BEHIND = 3, 0.015  # told, and behind the first of them
# Faults of a claim (rag/writer/checker.py) whose sentence speaks of the same: it is so, may be so,
# or there is a denial somewhere.
_SO = (None, "hedge", "negation")


def yesno(question: Question, sentences: Sequence[Sentence], encoder: Encoder) -> Answer | None:
    """The sentences that say whether it is so, and that they deny it if they do; None if none
    speaks of the same as the question: all its names and numbers, the same roles and words. A
    sentence that supports it is shown without a yes, for it may tell more or less than is asked."""
    near = sorted(about(question, sentences), key=lambda s: -s.likeness)
    near = [s for s in near[:_LOOKED_AT] if s.likeness >= _LIKE]
    if not near:
        return None
    faults = _faults(question, near, encoder)
    bearing = [
        (sentence, fault)
        for sentence, fault in zip(near, faults, strict=True)
        if (fault in _SO or _denied(question, sentence))
        and sentence.likeness >= near[0].likeness - _BEHIND_ALL
    ]
    if not bearing:
        return None
    best = bearing[0][0]
    chosen = [
        sentence
        for sentence, _ in bearing[:_SENTENCES]
        if sentence.passage.article == best.passage.article
        and sentence.likeness >= best.likeness - _BEHIND
    ]
    statements, citations = quoted_sentences(sorted(chosen, key=lambda s: s.start))
    denied = _denied(question, best) and not _denies(question.searched)
    lead = Message("The articles deny it:") if denied else _BEARS
    return _answer(question, best.likeness, statements, lead, citations)


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
    checker = Checker(sources, encoder)
    verdicts = checker.check_all([Claim(claim, (n,)) for n in range(1, len(sources) + 1)])
    return [verdict.fault for verdict in verdicts]


def _denied(question: Question, sentence: Sentence) -> bool:
    """Whether the sentence denies what is asked: a word of it, or by saying the opposite."""
    from hemeroteca.rag.writer.negation import DENIED, denies_what_is_said
    from hemeroteca.rag.writer.senses import opposes, senses

    asked, text = question.searched.strip(" ¿?."), sentence.text
    if denies_what_is_said(asked, text):
        return True
    said = senses(asked, question.language, DENIED)
    told = senses(text, sentence.passage.language, DENIED)
    return bool(said and told and opposes(said, told))


def _denies(text: str) -> bool:
    from hemeroteca.rag.writer.negation import NEGATED

    return bool(NEGATED.search(text))
