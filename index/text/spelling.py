"""A question's words as the dictionaries of its language spell them."""

import gzip
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

import orjson

from hemeroteca.index.text.slips import slips

# Those of the package that hold words with their endings; its Spanish and Russian do not.
_LANGUAGES = {"de", "en", "fr", "it", "nl", "pt"}
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4  # letters of a word that may be misspelt
# A letter that is missing or misplaced can be so in one way, a wrong or surplus one be any of some
# near on the keyboard.
_LIKELIER = 10
_OFTEN = 200  # times, as names of people and firms seldom are


def spelt(text: str, language: str, is_known: Callable[[str], bool]) -> str:
    """`text` with each word that is one slip of the hand away from one of its `language` (ISO
    639-1) put right, to the likeliest of those; none that `is_known`, is in a dictionary or has a
    capital, as names have."""
    if language not in _LANGUAGES:
        return text

    def put_right(found: re.Match[str]) -> str:
        word = found[0]
        if len(word) < _SHORTEST or not word.islower() or is_known(word):
            return word
        counts = _counts(language)
        if word in counts:
            return word

        def likeliness(other: str) -> int:
            missing = len(other) > len(word) or sorted(other) == sorted(word)
            return counts[other] * (_LIKELIER if missing else 1)

        return max((slip for slip in slips(word) if slip in counts), key=likeliness, default=word)

    return _WORD.sub(put_right, text)


def is_word(word: str, language: str) -> bool:
    """Whether the dictionary of `language` (ISO 639-1), if there is one, has `word`, met often
    enough for no slip or rare name."""
    return language in _LANGUAGES and _counts(language).get(word.lower(), 0) >= _OFTEN


@cache
def _counts(language: str) -> Mapping[str, int]:
    """How often each word was met in a large collection of texts, in small letters as the package
    has them; its own class takes three times as long to read them, which a first question waits
    for."""
    packed = files("spellchecker") / "resources" / f"{language}.json.gz"
    counts: dict[str, int] = orjson.loads(gzip.decompress(packed.read_bytes()))
    return counts
