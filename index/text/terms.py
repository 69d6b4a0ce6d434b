"""Text to the terms that the full-text index holds: lower case, stemmed by language, no accents;
and to what words of several languages have in common."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache, lru_cache

import Stemmer
from anyascii import anyascii

from hemeroteca.index.text.languages import language as known_of


def _marks(*ranges: tuple[int, int]) -> str:
    """The combining marks of Unicode in `ranges`, both ends included."""
    characters = (chr(code) for first, last in ranges for code in range(first, last + 1))
    return "".join(c for c in characters if unicodedata.category(c).startswith("M"))


# What Unicode calls ignorable: soft hyphens, zero-width signs, turns of direction, variants.
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{_IGNORABLE}]")
# Marks without which a word is the same: accents, stress, the vowel points of Hebrew and Arabic.
_POINTS = _marks((0x0300, 0x08FF), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF))
_POINT = re.compile(f"[{_POINTS}\u0640]")  # and what stretches Arabic words
_NUKTA = "\u093c\u09bc\u0a3c\u0abc\u0b3c\u0c3c\u0cbc"
_ACCENT = re.compile(f"[{_POINTS}{_NUKTA}]")
# Other marks are letters, such as the vowels of Hindi, Bengali, Tamil and Thai; for re they are
# none.
_LETTERS = _marks((0x0900, 0x1AAF), (0x1B00, 0x1CFF), (0xA800, 0xABFF), (0x11000, 0x11FFF))
_WORD = re.compile(rf"[\w{_LETTERS}]+")
# A word where it stands, with all that `terms` leaves out of it: each gives the terms that it gives
# within its text.
# None of the rest is ASCII: the hundreds of them are not looked through for a blank.
WRITTEN = re.compile(rf"(?:\w+|(?![\x00-\x7f])[{_LETTERS}{_POINTS}{_NUKTA}{_IGNORABLE}]+)+")
_NOT_LATIN = re.compile("[^a-z0-9]")
# Scripts that write words without blanks between them are indexed by overlapping pairs.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
# Spellings of one sound that part cognates, replaced in this order; the e of estado and state;
# the double letters of commission and comisión.
_SPELLINGS = (
    ("ph", "f"), ("th", "t"), ("qu", "c"), ("k", "c"), ("y", "i"), ("w", "v"), ("j", "i"),
    ("ch", "c"), ("z", "s"),
)  # fmt: skip
_PROSTHETIC = re.compile("^es(?=[tpc])")
_DOUBLED = re.compile(r"(.)\1")
_MUTE = re.compile("^h(?=.)")
_SHORTEST, _HEAD = 4, 5  # letters
_COGNATE = 0.6  # share of the letters of two words that they have in one order
_TURKIC = str.maketrans("Iİ", "ıi")  # whose small I has no dot


def terms(text: str, language: str) -> list[str]:
    """The terms of `text` in reading order, stemmed as words of `language` (ISO 639-1).

    Languages without a Snowball stemmer keep whole words; Chinese, Japanese, Thai and other
    scripts without blanks give character pairs."""
    composed = _composed(text)
    small = (composed.translate(_TURKIC) if language in ("az", "tr") else composed).lower()
    words = _WORD.findall(_POINT.sub("", small))
    if _UNSPACED.search(small):
        words = [part for word in words for part in _parted(word)]
    return [_term(word, language) for word in words]


def _composed(text: str) -> str:
    """`text` as Unicode composes it (NFKC), without what cannot be seen."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))


def _parted(word: str) -> Iterable[str]:
    """`word`, or the pairs of characters of what it has in scripts without blanks."""
    at = 0
    for run in _UNSPACED.finditer(word):
        if run.start() > at:
            yield word[at : run.start()]
        characters = run.group()
        yield from (characters[i : i + 2] for i in range(max(1, len(characters) - 1)))
        at = run.end()
    if at < len(word):
        yield word[at:]


def is_unspaced(word: str) -> bool:
    """Whether `word` is of a script without blanks, so that its terms are pairs of characters."""
    return _UNSPACED.fullmatch(word) is not None


def term(word: str, language: str) -> str:
    """The term of one word in small letters."""
    return fold(_stemmed(word, language))


_term = lru_cache(maxsize=1 << 17)(term)


def _stemmed(word: str, language: str) -> str:
    known = known_of(language)
    for ending, singular in known.plurals:
        word, found = ending.subn(singular, word, 1)
        if found:
            break
    return str(_stemmer(known.stemmer).stemWord(word)) if known.stemmer else word


def cognates(text: str) -> list[str]:
    """What the words of `text` share with their like in other languages: the first five letters
    in Latin script, spelt evenly, of words of four letters or more, and numbers.

    "photography" and "fotografía" are both `fotog`, "Путин" and "Putin" both `putin`. Cutting words
    short stands in for stemming wherever there is no stemmer (McNamee and Mayfield 2004,
    "Character n-gram tokenization for European language text retrieval"). Scripts without blanks
    between words give nothing."""
    # Words first: of an emoji's picture anyascii makes its name.
    words = _WORD.findall(_UNSPACED.sub(" ", _composed(text)))
    return [head for word in words for head in _heads(word)]


@lru_cache(maxsize=1 << 12)
def are_cognate(word: str, other: str) -> bool:
    """Whether two words of different languages are likely one: they share what `cognates` gives,
    and most of their other letters, as "partido" and "partits" do, but not "particular"."""
    if set(_heads(word)).isdisjoint(_heads(other)):
        return False
    one, another = (_evened(_NOT_LATIN.sub("", anyascii(w).lower())) for w in (word, other))
    return SequenceMatcher(None, one, another).ratio() >= _COGNATE


@lru_cache(maxsize=1 << 16)  # what is told of several sentences asks for the same words again
def _heads(word: str) -> tuple[str, ...]:
    found = []
    for written in anyascii(_POINT.sub("", word)).lower().split():
        latin = _NOT_LATIN.sub("", written)  # transcribed, ь is an apostrophe
        if latin.isdigit():
            found.append(latin)
        elif len(latin) >= _SHORTEST:
            found.append(_evened(latin)[:_HEAD])
    return tuple(found)


def _evened(word: str) -> str:
    for written, even in _SPELLINGS:
        word = word.replace(written, even)
    word = _PROSTHETIC.sub("s", word)
    return _MUTE.sub("", _DOUBLED.sub(r"\1", word))


def fold(text: str) -> str:
    """`text` without accents, vowel points and invisible signs: José becomes Jose, Perú Peru."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text))
    bare = unicodedata.normalize("NFC", _ACCENT.sub("", decomposed))
    return bare.replace("ı", "i")


@cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name)
