"""Versions of one text: whether one states what another does.

Likeness of the text is not sameness of the fact: a note on a growing death toll, on an earthquake
or on a lottery is like the one before it, and says something else."""

import re
from collections.abc import Collection
from functools import cache

from hemeroteca.index.article import Passage
from hemeroteca.index.text.languages import language as known_of
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.index.text.terms import fold

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"(?<=[\w,;:)»”] )[^\W\d_]\w{2,}")  # not where a sentence begins
_IDEOGRAPHS = re.compile("[〇一二三四五六七八九十百千万萬億亿兩两]+")
_NOUNS_CAPITALISED = {"de"}
_NEVER = re.compile(r"(?!)")
_SHORT = 3  # letters of words that stay small in such a headline
_SEVERAL = 3
_ALIKE = 0.6  # of a quote's words, in the sentence that is another version of it


def stated(text: str, language: str) -> frozenset[str]:
    """The numbers and names in `text`, in small letters; no words in capitals alone, as agencies
    and datelines are, which differ from paper to paper."""
    found = [*_DIGITS.findall(text), *_number_words(language).findall(text)]
    if language in ("ja", "zh"):
        found += _IDEOGRAPHS.findall(text)
    if language not in _NOUNS_CAPITALISED:
        found += (n for n in _NAME.findall(text) if n[0].isupper() and not n.isupper())
    return frozenset(word.lower() for word in found)


def stated_by(passage: Passage) -> frozenset[str]:
    """The same of a passage; of its headline the numbers alone if, as in English papers, every word
    has a capital."""
    headline = passage.text[: passage.headline]
    own = stated(passage.text[passage.headline :], passage.language)
    words = [word for word in _WORD.findall(headline) if len(word) > _SHORT]
    if len(words) >= _SEVERAL and all(word[0].isupper() for word in words):
        return own | frozenset(_DIGITS.findall(headline))
    return own | stated(headline, passage.language)


def spoken(text: str, language: str) -> frozenset[str]:
    """All words and numbers of `text`, in small letters."""
    return stated(text, language) | frozenset(_WORD.findall(text.lower()))


def speaks_of(text: str, language: str, facts: Collection[str]) -> bool:
    """Whether all `facts`, as `stated` gives them, are `spoken` in `text`: without taking its words
    apart, which costs a millisecond an article."""
    lower = text.lower()
    inside = [fact for fact in facts if not _has_word(lower, fact)]  # as the 15 in "A15"
    return all(fact in lower for fact in inside) and (
        not inside or stated(text, language).issuperset(inside)
    )


def _has_word(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not _WORD.search(text[max(at - 1, 0) : at] + text[end : end + 1]):
            return True
        at = text.find(word, at + 1)
    return False


def holds(text: str, language: str, quote: str, answer: str) -> bool:
    """Whether `text` says `quote`: word for word, or in a sentence with its numbers and names, the
    short answer and most of its words."""
    if _row(quote) in _row(text):
        return True
    facts, words, short = stated(quote, language), spoken(quote, language), _row(answer)
    for start, end in sentence_spans(text, language):
        sentence = text[start:end]
        if short in _row(sentence):
            said = spoken(sentence, language)
            if facts <= said and len(words & said) >= _ALIKE * len(words):
                return True
    return False


def _row(text: str) -> str:
    """The words of `text` in a row, to be looked for as a whole."""
    return " ".join(["", *_WORD.findall(fold(text).casefold()), ""])


@cache
def _number_words(language: str) -> re.Pattern[str]:
    words = known_of(language).numbers.words
    return re.compile(rf"\b{words}\b", re.IGNORECASE) if words else _NEVER
