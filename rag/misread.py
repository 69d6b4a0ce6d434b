"""Passages that a scanner misread, and how much of a question's words they hold all the same."""

import re
from collections import Counter
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
_RUN = 4  # letters: the best of three to five (benchmarks/README.md)
_SHORTEST = 3  # letters of a word
_NO_LETTER = re.compile(r"[\W_]")
_K1, _B = 1.2, 0.75  # BM25's


def is_misread(text: str) -> bool:
    """Whether `text` looks like that of a bad scan."""
    odd = len(_ODD.findall(text))
    return odd >= _FEWEST and odd > _SHARE * (text.count(" ") + 1)


def shares_met(question: str, texts: Mapping[str, str]) -> dict[str, float]:
    """How much of the words of `question` each of `texts` meets, from 0 to 1, by their runs of four
    letters, of which a wrong letter leaves some: BM25 of the runs among `texts`, divided by what a
    text full of them all would have (McNamee and Mayfield 2004, "Character n-gram tokenization for
    European language text retrieval")."""
    asked = set(_runs(question))
    held = {id: Counter(_runs(text)) for id, text in texts.items()}
    lengths = {id: runs.total() for id, runs in held.items()}
    mean = sum(lengths.values()) / max(1, len(texts)) or 1.0
    weights = {}
    for run in asked:
        n = sum(run in runs for runs in held.values())
        weights[run] = log(1 + (len(texts) - n + 0.5) / (n + 0.5))
    best = sum(weights.values()) * (_K1 + 1) or 1.0
    shares = {}
    for id, runs in held.items():
        norm = _K1 * (1 - _B + _B * lengths[id] / mean)
        met = (w * runs[run] * (_K1 + 1) / (runs[run] + norm) for run, w in weights.items())
        shares[id] = sum(met) / best
    return shares


def _runs(text: str) -> list[str]:
    """The overlapping runs of letters of the words of `text`, whose ends are told."""
    runs = []
    for word in fold(text).lower().split():
        letters = _NO_LETTER.sub("", word)
        if len(letters) >= _SHORTEST:
            ended = f"_{letters}_"
            runs += [ended[at : at + _RUN] for at in range(len(ended) - _RUN + 1)]
    return runs
