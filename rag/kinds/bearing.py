"""The sentences that say why, how or what somebody thinks."""

import re
from collections.abc import Sequence

from hemeroteca.index.text.languages import language as known_of
from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.kinds.sentences import (
    Sentence,
    about,
    of_full_names,
    quoted_sentences,
    subject_of,
)
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Evidence, Reading

_SENTENCES = 3
_BEHIND = 0.015  # of the best score, or less, for a sentence to be told with it
_CAUSE = 0.02  # what a word that gives a reason adds to a sentence's likeness,
_READ = 0.05  # and what the reader's whole share does,
_READ_SURELY = 0.3  # where it is sure of its answer
_LIKE = 0.88  # of a sentence that bears on the question, where the reader doubts
_SURE, _DOUBTS, _DENIES = 0.5, 0.4, 0.3  # the reader's confidence
_BESIDE = 2  # characters between a verb and its subject behind it
_QUOTES = re.compile('["“”«»„‘’]')
_NAMES = re.compile(r"[^\W\d_]\w*")


def explanation(
    question: Question, reading: Reading, sentences: Sequence[Sentence]
) -> Answer | None:
    """The one to three sentences that say why or how; None if none does."""
    scored = {s: _score(s, reading) + _CAUSE * _gives_reason(s) for s in sentences}
    return _told(question, reading, about(question, sentences), scored)


def position(question: Question, reading: Reading, sentences: Sequence[Sentence]) -> Answer | None:
    """The one to three sentences of what somebody says or thinks, in their own words or reported
    as theirs; None if there is none."""
    sentences = of_full_names(question, sentences)
    speaker = _speaker(question, sentences)
    if not speaker:
        return explanation(question, reading, sentences)
    own = [
        s
        for s in sentences
        if _speaks(s.text, s, speaker)
        or _goes_on(s, speaker)
        or (reading.confidence >= _SURE and s.heads & speaker and _read(s, reading.evidence[:1]))
    ]
    return _told(question, reading, own, {s: _score(s, reading) for s in own})


def _told(
    question: Question,
    reading: Reading,
    sentences: Sequence[Sentence],
    scores: dict[Sentence, float],
) -> Answer | None:
    ranked = sorted(sentences, key=lambda s: -scores[s])
    if not ranked or reading.confidence < _DENIES:
        return None
    best = ranked[0]
    if reading.confidence < _DOUBTS and best.likeness < _LIKE:
        return None
    chosen = [
        s
        for s in ranked[:_SENTENCES]
        if scores[s] >= scores[best] - _BEHIND and s.passage.article == best.passage.article
    ]
    chosen.sort(key=lambda s: s.start)
    statements, citations = quoted_sentences(chosen)
    answer = " ".join(statement.text for statement in statements)
    if reading.confidence >= _SURE and any(_read(s, reading.evidence[:1]) for s in chosen):
        answer = reading.evidence[0].answer
    return Answer(
        question=question.text,
        kind=question.kind,
        language=question.language,
        confidence=reading.confidence,
        answer=answer,
        statements=statements,
        citations=citations,
    )


def _score(sentence: Sentence, reading: Reading) -> float:
    if reading.confidence >= _SURE and _read(sentence, reading.evidence[:1]):
        return sentence.likeness + _READ_SURELY
    return sentence.likeness + _READ * _read(sentence, (*reading.evidence, *reading.nearest))


def _read(sentence: Sentence, evidence: Sequence[Evidence]) -> float:
    """The share of the best of `evidence` that is in the sentence; 0 without any."""
    return max(
        (
            each.score
            for each in evidence
            if each.passage.article == sentence.passage.article
            and each.start < sentence.start + len(sentence.text)
            and sentence.start < each.end
        ),
        default=0.0,
    )


def _gives_reason(sentence: Sentence) -> bool:
    causes = known_of(sentence.passage.language).causes
    return bool(causes and re.search(rf"\b(?:{causes})\b", sentence.text, re.IGNORECASE))


def _speaker(question: Question, sentences: Sequence[Sentence]) -> frozenset[str]:
    """The first name of the question, as `cognates` gives it."""
    names = subject_of(question.searched, [s.passage for s in sentences])
    speaker: list[str] = []
    for word in question.searched.split():
        heads = [head for head in cognates(word) if head in names]
        if speaker and not heads:
            break
        speaker += heads
    return frozenset(speaker)


def _speaks(text: str, sentence: Sentence, speaker: frozenset[str]) -> bool:
    """Whether `text` is said by `speaker`: theirs is the name that belongs to the word that says
    so, or the only one beside a quote."""
    says = known_of(sentence.passage.language).says
    names = [m for m in _NAMES.finditer(text) if m.group()[0].isupper()]
    named = {m.start() for m in names if not speaker.isdisjoint(cognates(m.group()))}
    verbs = list(re.finditer(rf"\b(?:{says})\b", text, re.I)) if says else []
    if not named:
        return False
    if not verbs:
        return bool(_QUOTES.search(text)) and len(named) == len(names)
    return any(_subject_at(verb, names) in named for verb in verbs)


def _subject_at(verb: re.Match[str], names: Sequence[re.Match[str]]) -> int:
    """Where the name stands that is the subject of `verb`: right behind it, else the last before
    it; -1 if there is none."""
    for name in names:
        if 0 <= name.start() - verb.end() <= _BESIDE:
            return name.start()
    return max((name.start() for name in names if name.end() <= verb.start()), default=-1)


def _goes_on(sentence: Sentence, speaker: frozenset[str]) -> bool:
    """Whether it quotes on, without another's name, what `speaker` says in the sentence before."""
    others = [n for n in _NAMES.findall(sentence.text)[1:] if n[0].isupper()]
    quotes = bool(_QUOTES.search(sentence.text))
    return quotes and not others and _speaks(sentence.before, sentence, speaker)
