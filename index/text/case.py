"""Texts in capitals, as headlines are set and hasty people type: a model has read few such."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 3  # words: one or two may be acronyms
_SMALL = 0.1  # of the words, at the most


def in_small_letters(text: str) -> str:
    """`text`, its lines that are in capitals in small letters."""
    return "\n".join(line.lower() if _in_capitals(line) else line for line in text.split("\n"))


def _in_capitals(line: str) -> bool:
    # Most lines are told by their beginning.
    if sum(map(str.isupper, line[:200])) * 2 < sum(map(str.isalpha, line[:200])):
        return False
    words = [word for word in _WORD.findall(line) if word.lower() != word.upper()]
    small = sum(not word.isupper() for word in words)
    return len(words) >= _FEWEST and small <= _SMALL * len(words)
