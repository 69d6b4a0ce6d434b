"""Whether an article is on a subject: by what the verifier says of it, and by how far its score is
before those of others, which retrieval finds though they are on something else."""

import math
from collections.abc import Iterable

_NEXT = slice(3, 8)  # of the articles by their scores, those that one is compared with
_LEAST = 0.01  # probability that is told from none
# A logistic regression over 120 subjects in eight languages, half of them in no article of XQuAD in
# Spanish, each asked of in two ways (docs/kinds.md): the log-odds that it is stated, and the lead.
_STATED, _LEADS, _NONE = 0.39, 24.4, 0.52


def level(scores: Iterable[float]) -> float:
    """The mean score of the fourth to the eighth of articles, or of all but the first of fewer."""
    ranked = sorted(scores, reverse=True)
    others = ranked[_NEXT] or ranked[1:] or ranked
    return sum(others) / len(others) if others else 0.0


def is_on_it(stated: float, lead: float) -> bool:
    """Whether an article is on what it states with the probability `stated`, with a score by
    `lead` over the level."""
    stated = bounded(stated)
    return _STATED * math.log(stated / (1 - stated)) + _LEADS * lead >= _NONE


def bounded(probability: float) -> float:
    """`probability` as one in (0, 1)."""
    return min(max(probability, _LEAST), 1 - _LEAST)
