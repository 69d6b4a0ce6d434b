"""How the words of a search meet those of the articles: by the index and in a text alike."""

from collections.abc import Sequence

from hemeroteca.index.search.query import Word
from hemeroteca.index.text.terms import terms

# Languages in which a name has one form; in the others it has endings as any word.
PLAIN_NAMES = ("ca", "en", "es", "fr", "gl", "it", "pt")


def plain(word: Word) -> str:
    """The term of `word` as it is written."""
    return terms(word.written, "")[0]


def stem(word: Word, language: str) -> str | None:
    """The stem by which articles in `language` are found as well; None if there the word is found
    as it is written only."""
    if word.is_name and language in PLAIN_NAMES:
        return None
    return terms(word.written, language)[0]


def stems(word: Word, languages: Sequence[str]) -> dict[str, str]:
    """The stems by language."""
    found = {language: stem(word, language) for language in languages}
    return {language: each for language, each in found.items() if each is not None}
