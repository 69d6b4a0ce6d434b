"""Passages that a scanner misread, and how much of a question's words they hold all the same."""

import re
from collections.abc import Mapping
from math import log

from hemeroteca.index.text.terms import fold

# What stands within words where a scanner took a letter for it, in Latin, Greek and Cyrillic
# script: a digit, or a sign that joins no words.
_LETTER = "A-Za-z\u00c0-\u024f\u0370-\u052f"
# One class of signs comes first, on which most characters fail: a third of the time of asking
# before each whether a letter stands there. No letter of another script is odd.
_ODD = re.compile(
    rf"[^{_LETTER}_\s'’´`.·\-–—­/@&:](?<=[{_LETTER}].)(?=[{_LETTER}])(?<![^\W\d])", re.DOTALL
)
_FEWEST, _SHARE = 2, 0.015  # odd signs in a passage, and in its words
_RUNS = (3, 4)  # letters: what is lost together is least (benchmarks/README.md)
_SHORTEST = 3  # letters of a word
_NO_LETTER = re.compile(r"[\W_]")
_K1, _B = 1.2, 0.75  # BM25's


def is_misread(text: str) -> bool:
    """Whether `text` looks like that of a bad scan."""
    odd = len(_ODD.findall(text))
    return odd >= _FEWEST and odd > _SHARE * (text.count(" ") + 1)


def shares_met(question: str, texts: Mapping[str, str]) -> dict[str, float]:
    """How much of the words of `question` each of `texts` meets, from 0 to 1, by their runs of
    three and four letters, of which a wrong letter leaves some: BM25 of the runs among `texts`,
    divided by what a text full of them all would have (McNamee and Mayfield 2004, "Character n-gram
    tokenization for European language text retrieval")."""
    asked = {word[at : at + n] for word in _ended(question) for n in _RUNS
             for at in range(len(word) - n + 1)}  # fmt: skip
    words = {id: _ended(text) for id, text in texts.items()}
    lengths = {id: sum(len(word) - n + 1 for word in of_one for n in _RUNS)
               for id, of_one in words.items()}  # fmt: skip
    whole = {id: "".join(of_one) for id, of_one in words.items()}
    mean = sum(lengths.values()) / max(1, len(texts)) or 1.0
    norms = {id: _K1 * (1 - _B + _B * length / mean) for id, length in lengths.items()}
    shares, best = dict.fromkeys(texts, 0.0), 0.0
    for run in sorted(asked):
        counts = {id: n for id, text in whole.items() if (n := text.count(run))}
        weight = log(1 + (len(texts) - len(counts) + 0.5) / (len(counts) + 0.5))
        best += weight * (_K1 + 1)
        for id, n in counts.items():
            shares[id] += weight * n * (_K1 + 1) / (n + norms[id])
    return {id: share / (best or 1.0) for id, share in shares.items()}


def _ended(text: str) -> list[str]:
    """The letters of the words of `text`, with a sign before and after each: two stand between two
    words, so no run is of both."""
    words = (_NO_LETTER.sub("", word) for word in fold(text).lower().split())
    return [f"_{letters}_" for letters in words if len(letters) >= _SHORTEST]
