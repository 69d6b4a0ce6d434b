"""What a model repeats of its prompt though no sentence of the articles says it."""

import re
from collections.abc import Iterable

from hemeroteca.index.text.terms import fold
from hemeroteca.rag.writer.claims import claims

_WORD = re.compile(r"[^\W_]+")


def repeats_heading(text: str, headings: Iterable[str], language: str) -> bool:
    """Whether a claim in `language` (ISO 639-1) is a part of a heading of the prompt, or holds one
    up to where its first sentence ends."""
    said = _words(text)
    for heading in headings:
        parts = [part.text for part in claims(heading, language)]
        if said in _words(" ".join(parts)) or any(_words(part) in said for part in parts[:1]):
            return True
    return False


def is_within(text: str, sentence: str) -> bool:
    """Whether the words of `text` stand in `sentence`, one behind the other."""
    return _words(text) in _words(sentence)


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text).lower()))} "
