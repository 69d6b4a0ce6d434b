"""The sentences that say why or how."""

import re
from collections.abc import Sequence

from hemeroteca.index.text.languages import language as known_of
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.kinds.bearing import SURE, read_best, read_share, told
from hemeroteca.rag.kinds.sentences import Sentence, about
from hemeroteca.rag.kinds.topic import is_on, topic_of
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading

_SENTENCES = 3
_BEHIND = 0.015  # of the best score, or less, for a sentence to be told with it
_CAUSE = 0.02  # what a word that gives a reason adds to a sentence's likeness,
_READ = 0.05  # and what the reader's whole share does,
_READ_SURELY = 0.3  # where it is sure of its answer
_LIKE = 0.88  # of a sentence that bears on the question, where the reader doubts
_DOUBTS, _DENIES, _MAY, _NOTHING = 0.4, 0.3, 0.12, 0.1  # the reader's confidence
_WORDS = 0.5  # of the question, in a sentence that gives a reason and its surroundings
_NEAR = 0.05  # of the likest of all, or less, for what the reader points to,
_NEAR_IN_ARTICLE = 0.08  # and of the article of that, in words of the question
_FOLLOWS = 0.85  # likeness of what a reason follows in the next sentence
_NEXT = 0.01  # behind that
_BEGINS = 60  # characters of a sentence in which it says what it is a reason of
_WHY = re.compile(
    r"\b(?:why|por ?qu[eé]|porqu[eé]|warum|weshalb|wieso|pourquoi|perch[eé]|per qu[eè]|waarom|"
    r"почему|зачем|razón|razones|motivos?|reasons?|raisons?|causas?|causes?|cause|grund|gründe)\b",
    re.IGNORECASE,
)
# What something is for: what gives the reason of something else does not say it.
_WHAT_FOR = re.compile(
    r"^\W*(?:para qu[eé]|what\b.*\bfor(?=\W*$)|wofür|wozu|à quoi sert|a cosa serve|a che serve|"
    r"per a qu[eè]|waarvoor|зачем|для чего)\b",
    re.IGNORECASE,
)

_BECAUSE = re.compile(
    r"\b(?:porque|ya que|puesto que|because|since|weil|denn|parce qu|car|puisqu|perch[eé]|poiché|"
    r"já que|perquè|потому что|так как|поскольку)",
    re.IGNORECASE,
)
_TO_WHAT_END = re.compile(
    r"\b(?:para|a fin de|(?:in order|so as|used|serves?|meant) to|um\b[^.]{0,60}\bzu|damit|"
    r"dient\w*|zum|zur|pour|afin|sert|per|serv[eio]\w*|sirv\w+|чтобы|для)\b",
    re.IGNORECASE,
)


def asks_purpose(question: Question) -> bool:
    """Whether it is asked what something is for."""
    return question.kind == "explanation" and bool(_WHAT_FOR.search(question.searched))


def explanation(
    question: Question, reading: Reading, sentences: Sequence[Sentence]
) -> Answer | None:
    """The one to three sentences that say why or how; None if none does."""
    near = about(question, sentences)
    if not near or reading.confidence < _NOTHING:
        return None
    scores = {s: _score(s, reading) for s in near}
    reasons = (
        [] if _WHAT_FOR.search(question.searched) else _reasons(question, reading, near, scores)
    )
    chosen = reasons or _likest(question, reading, near, scores)
    return told(question, reading, chosen) if chosen else None


def _reasons(
    question: Question,
    reading: Reading,
    near: Sequence[Sentence],
    scores: dict[Sentence, float],
) -> list[Sentence]:
    """The sentences with a word that gives a reason, on what is asked, that the reader points to,
    that are the likest of all, or that follow one that is like the question."""
    topic = topic_of(question, near)
    likest = max(near, key=lambda s: s.likeness)
    after = _followed(near)
    found: dict[Sentence, float] = {}
    for sentence in near:
        pointed = sentence is likest and read_best(sentence, reading)
        on = is_on(topic, sentence, near, question, _WORDS)
        if not gives_reason(sentence) or not (on or (pointed and reading.confidence >= _MAY)):
            continue
        before = after.get(sentence)
        follows = before is not None and before.likeness >= _FOLLOWS
        likely = sentence is likest and reading.confidence >= _MAY
        beside = on and sentence.passage.article == likest.passage.article
        least = likest.likeness - (_NEAR_IN_ARTICLE if beside else _NEAR)
        if likely or (read_best(sentence, reading) and sentence.likeness >= least):
            found[sentence] = scores[sentence]
        elif follows and before is not None and _says_of_what(sentence):
            found[sentence] = max(scores[sentence], scores[before] - _NEXT)
    return _best(found)


def _likest(
    question: Question,
    reading: Reading,
    near: Sequence[Sentence],
    scores: dict[Sentence, float],
) -> list[Sentence]:
    """The likest sentences, where the reader is sure, or does not deny it and how is asked."""
    # How something went is told by what is near it; a reason and a purpose only by what names them.
    what_for = asks_purpose(question)
    if reading.confidence < (SURE if what_for or _WHY.search(question.searched) else _DENIES):
        return []
    if what_for and any(_gives_cause_alone(s) for s in scores if read_best(s, reading)):
        return []
    chosen = _best(scores)
    doubts = reading.confidence < _DOUBTS and chosen and chosen[0].likeness < _LIKE
    return [] if doubts else chosen


def _best(scores: dict[Sentence, float]) -> list[Sentence]:
    ranked = sorted(scores, key=lambda s: -scores[s])[:_SENTENCES]
    return [
        s
        for s in ranked
        if scores[s] >= scores[ranked[0]] - _BEHIND
        and s.passage.article == ranked[0].passage.article
    ]


def _score(sentence: Sentence, reading: Reading) -> float:
    likeness = sentence.likeness + _CAUSE * gives_reason(sentence)
    if reading.confidence >= SURE and read_best(sentence, reading):
        return likeness + _READ_SURELY
    return likeness + _READ * read_share(sentence, reading)


def _followed(sentences: Sequence[Sentence]) -> dict[Sentence, Sentence]:
    """The sentence before each, where that is one of them."""
    by_text = {(s.passage.id, s.text): s for s in sentences}
    found = {s: by_text.get((s.passage.id, s.before)) for s in sentences}
    return {s: before for s, before in found.items() if before is not None}


def gives_reason(sentence: Sentence) -> bool:
    """Whether it has a word that gives a reason."""
    return _reason(sentence, sentence.text)


def _gives_cause_alone(sentence: Sentence) -> bool:
    """Whether it says because of what something is, and not to what end."""
    return bool(_BECAUSE.search(sentence.text)) and not _TO_WHAT_END.search(sentence.text)


def _says_of_what(sentence: Sentence) -> bool:
    """Whether it says near its beginning that it gives the reason of what was said."""
    return _reason(sentence, sentence.text[:_BEGINS])


def _reason(sentence: Sentence, text: str) -> bool:
    causes = known_of(sentence.passage.language).causes
    return bool(causes and re.search(rf"\b(?:{causes})\b", text, re.IGNORECASE))
