"""Lines of plain text that were wrapped to a width."""

import re
from collections.abc import Iterable

# "Växjö- och": what is left out before a hyphen comes later, and the word ends there.
_AND = frozenset(
    ("and", "or", "und", "oder", "och", "eller", "og", "of", "en", "e", "y", "o", "u", "et", "ou",
     "i", "ja", "tai", "ed", "od", "sowie", "bzw.")
)  # fmt: skip
_HYPHENED = re.compile(r"[^\W_]-$")


def paragraphs(lines: Iterable[str]) -> list[str]:
    """The paragraphs that blank lines part, each on one line; a hyphen at a line's end is its
    word's own."""
    found: list[str] = []
    begun = False
    for line in lines:
        words = " ".join(line.split())
        if not words:
            begun = False
        elif begun:
            found[-1] += ("" if _continues(found[-1], line) else " ") + words
        else:
            found.append(words)
            begun = True
    return found


def _continues(before: str, line: str) -> bool:
    """Whether the first word of `line` is the rest of the last word before."""
    first = line.split()[0]
    return bool(_HYPHENED.search(before)) and first[0].islower() and first not in _AND
