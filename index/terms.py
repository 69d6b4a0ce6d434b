"""Text to the terms that the full-text index holds: lower case, stemmed by language, no accents."""

import re
import unicodedata
from functools import cache

import Stemmer

_WORD = re.compile(r"\w+")
# Scripts that write words without blanks between them are indexed by overlapping pairs.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
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


def fold(text: str) -> str:
    """`text` without accents: José becomes Jose, Perú Peru."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_STEMMERS[language])
