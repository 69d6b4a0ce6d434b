"""Text to the terms that the full-text index holds: lower case, stemmed by language, no accents;
and to what words of several languages have in common."""

import re
import unicodedata
from functools import cache

import Stemmer
from anyascii import anyascii

_WORD = re.compile(r"\w+")
_LATIN_WORD = re.compile("[a-z0-9]+")
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
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french",
    "hi": "hindi", "hu": "hungarian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip


def terms(text: str, language: str) -> list[str]:
    """The terms of `text` in reading order, stemmed as words of `language` (ISO 639-1).

    Languages without a Snowball stemmer keep whole words; Chinese, Japanese, Thai and other
    scripts without blanks give character pairs."""
    words: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).lower()):
        at = 0
        for run in _UNSPACED.finditer(word):
            if run.start() > at:
                words.append(word[at : run.start()])
            characters = run.group()
            words.extend(characters[i : i + 2] for i in range(max(1, len(characters) - 1)))
            at = run.end()
        if at < len(word):
            words.append(word[at:])
    if language in _STEMMERS:
        words = _stemmer(language).stemWords(words)
    return [fold(word) for word in words]


def cognates(text: str) -> list[str]:
    """What the words of `text` share with their like in other languages: the first five letters
    in Latin script, spelt evenly, of words of four letters or more, and numbers.

    "photography" and "fotografía" are both `fotog`, "Путин" and "Putin" both `putin`. Cutting words
    short stands in for stemming wherever there is no stemmer (McNamee and Mayfield 2004,
    "Character n-gram tokenization for European language text retrieval"). Scripts without blanks
    between words give nothing."""
    # Words first: of an emoji's picture anyascii makes its name.
    words = _WORD.findall(_UNSPACED.sub(" ", text))
    found = []
    for word in _LATIN_WORD.findall(anyascii(" ".join(words)).lower()):
        if word.isdigit():
            found.append(word)
        elif len(word) >= _SHORTEST:
            found.append(_evened(word)[:_HEAD])
    return found


def _evened(word: str) -> str:
    for written, even in _SPELLINGS:
        word = word.replace(written, even)
    word = _PROSTHETIC.sub("s", word)
    return _MUTE.sub("", _DOUBLED.sub(r"\1", word))


def fold(text: str) -> str:
    """`text` without accents: José becomes Jose, Perú Peru."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_STEMMERS[language])
