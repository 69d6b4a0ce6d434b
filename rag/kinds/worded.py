"""Which sentences hold what a few words name: retrieval finds what comes near, and what merely
begins as they do."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile

from hemeroteca.index.text.languages import language as known_of
from hemeroteca.index.text.slips import slips
from hemeroteca.index.text.terms import are_cognate, cognates, fold, terms
from hemeroteca.rag.kinds.held import evidence_of
from hemeroteca.rag.kinds.lead import is_on_it
from hemeroteca.rag.kinds.sentences import Sentence, about, subject_of
from hemeroteca.rag.kinds.subject import telling_words
from hemeroteca.rag.question import Question
from hemeroteca.rag.verifier.judge import Verifier

_OWN = 0.15  # of the likeliest language's probability, at least for a question to be in another
_SURELY = 0.86  # probability that a sentence in another states that there is what is named
_ALL, _SHARE = 3, 0.75  # words that must all be met, and of more
_SHORT = 4  # letters of a word that shares its stem with others: "sal", "sala", "sale"
_STEM, _OF_BOTH = 6, 0.65  # letters that words of one stem share, and of the longer
_SLIPS_FROM = 6  # letters: of a shorter word a slip makes another
_WORD = re.compile(r"\w+")
_NEWEST = re.compile(r"\b(?:[uú]ltima hora|breaking|dernière minute|ultim['’]ora)\b", re.IGNORECASE)


def worded(
    question: Question, sentences: Sequence[Sentence], load: Callable[[], Verifier] | None
) -> list[Sentence]:
    """Those of `sentences` on whom `question` names that hold, with the one before and their
    headline, its other words: a short one as it is or else, as others, in whatever form, or a slip
    of the hand away where none does, or those of the articles of which several have them together.
    Else those in languages that it is not in, if the verifier that `load` gives is sure of them."""
    named = about(question, sentences)
    words = _plain(question, sentences)
    mistyped = [w for w in words if not any(_has_form(w, s) for s in sentences)]
    ways: tuple[Callable[[str, Sentence], bool], ...] = (
        _holds,
        partial(_holds_form, question),
        partial(_holds_slip, mistyped),
    )
    whole = _articles(named)
    for way in ways:
        for held_by in ({s: s for s in named}, {s: whole[s.passage.article] for s in named}):
            met = {s: sum(way(w, held_by[s]) for w in words) for s in named}
            if told := [s for s in named if _enough(met[s], len(words))]:
                return told
    foreign = [s for s in named if not _may_be_in(question, s)]
    found = evidence_of(question, foreign, load)
    return foreign if found and found[0] >= _SURELY and is_on_it(*found) else []


def _articles(sentences: Sequence[Sentence]) -> dict[str, Sentence]:
    """All that `sentences` tell of each article, as one."""
    told: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        told.setdefault(sentence.passage.article, []).append(sentence)
    return {
        article: replace(of_it[0], text=" ".join(f"{s.before} {s.text}" for s in of_it))
        for article, of_it in told.items()
    }


def _enough(met: int, words: int) -> bool:
    return met == words or (words > _ALL and met >= _SHARE * words)


def _plain(question: Question, sentences: Sequence[Sentence]) -> list[str]:
    """The words that say what is asked of whom is named, or all where nobody is."""
    names = subject_of(question.searched, [s.passage for s in sentences])
    joining = "|".join(filter(None, {known_of(c).speech.of for c in question.languages}))
    newest = set(_WORD.findall(" ".join(_NEWEST.findall(question.text))))
    return [
        word
        for word in telling_words(question)
        if names.isdisjoint(cognates(word))
        and word not in newest
        and not re.fullmatch(joining, word, re.IGNORECASE)
    ]


def _may_be_in(question: Question, sentence: Sentence) -> bool:
    """Whether the question may be in the sentence's language."""
    likeliest = max(question.languages.values(), default=1.0)
    return question.is_in(sentence.passage.language) >= _OWN * likeliest


def _text(sentence: Sentence) -> str:
    return f"{sentence.before} {sentence.text} {sentence.passage.title}"


def _written(sentence: Sentence) -> set[str]:
    return set(_WORD.findall(fold(_text(sentence)).lower()))


def _holds(word: str, sentence: Sentence) -> bool:
    """Whether the sentence has `word` as it is or as one of many, if it is short; else in any
    form."""
    small = fold(word).lower()
    if len(small) > _SHORT:
        return _has_form(word, sentence)
    return not _written(sentence).isdisjoint((small, f"{small}s", f"{small}es"))


def _holds_form(question: Question, word: str, sentence: Sentence) -> bool:
    """Whether the sentence has `word` in any form, another of its stem or for who holds its office
    or, in a language that the question is not in, a cognate."""
    if _has_form(word, sentence):
        return True
    offices = [set(each.split()) for each in known_of(sentence.passage.language).speech.offices]
    if any(word.lower() in office and office & _written(sentence) for office in offices):
        return True
    alike = _is_derived if _may_be_in(question, sentence) else are_cognate
    return any(alike(word, each) for each in _WORD.findall(_text(sentence)))


def _is_derived(word: str, other: str) -> bool:
    """Whether two words of a language are of one: "intoxicados", "intoxicación"; "comunidad" and
    "comunicado" are not."""
    pair = fold(word).lower(), fold(other).lower()
    same = sum(
        1 for _ in takewhile(lambda letters: letters[0] == letters[1], zip(*pair, strict=False))
    )
    return same >= _STEM and same >= _OF_BOTH * max(map(len, pair))


def _has_form(word: str, sentence: Sentence) -> bool:
    language = sentence.passage.language
    return set(terms(word, language)) <= set(terms(_text(sentence), language))


def _holds_slip(mistyped: Collection[str], word: str, sentence: Sentence) -> bool:
    """Whether the sentence has `word` or, if it is one of `mistyped`, what it is a slip of the hand
    away from."""
    small = fold(word).lower()
    if word not in mistyped:
        return _has_form(word, sentence)
    return len(small) >= _SLIPS_FROM and not _written(sentence).isdisjoint(slips(small))
