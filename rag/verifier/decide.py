"""From what each sentence makes of a claim to what all of them make of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hemeroteca.rag.verifier.judgement import Judgement
from hemeroteca.rag.verifier.rule import Rule

# "conflicting": some sentences state it, and others contradict it.
CheckVerdict = Literal["stated", "contradicted", "conflicting", "not said"]

_SHOWN = 3  # sentences that say the same, the surest
_LIKELY = 0.5  # beyond it something is more likely than not
_NEARER = 0.02  # cosine; beyond it one side of a disagreement speaks of something else


@dataclass(frozen=True)
class Decision:
    """What sentences make of a claim together, how probable that is, and the numbers of those that
    decide it, those that state it first, each kind with the surest first; where none decides, those
    of the sentences that come nearest. It is `unsure` if one of these states or contradicts the
    claim more likely than not."""

    verdict: CheckVerdict
    confidence: float
    deciding: Sequence[int]
    unsure: bool = False


def decide(judgements: Sequence[Judgement], rule: Rule, likeness: Sequence[float] = ()) -> Decision:
    """What the sentences of `judgements` make of a claim. One that states or contradicts it counts
    from the probabilities of `rule` on, and only for what it is likelier to do. Where some do
    either, those count that are nearest to the claim by their `likeness`, and the other side if it
    comes as near."""
    stating = _surest([j.stated if j.verdict == "stated" else 0.0 for j in judgements])
    denying = _surest([j.contradicted if j.verdict == "contradicted" else 0.0 for j in judgements])
    stating = [n for n in stating if judgements[n].stated >= rule.stated_from]
    denying = [n for n in denying if judgements[n].contradicted >= rule.contradicted_from]
    if stating and denying and likeness:
        near, against = (max(likeness[n] for n in side) for side in (stating, denying))
        if near - against > _NEARER:
            denying = []
        elif against - near > _NEARER:
            stating = []
    deciding = [*stating[:_SHOWN], *denying[:_SHOWN]]
    if stating and denying:
        least = min(judgements[stating[0]].stated, judgements[denying[0]].contradicted)
        return Decision("conflicting", least, deciding)
    if stating:
        return Decision("stated", judgements[stating[0]].stated, deciding)
    if denying:
        return Decision("contradicted", judgements[denying[0]].contradicted, deciding)
    nearest = _surest([1 - j.not_said for j in judgements])
    open_by = judgements[nearest[0]].not_said if nearest else 1.0
    likely = any(max(j.stated, j.contradicted) > _LIKELY for j in judgements)
    return Decision("not said", open_by, nearest[:_SHOWN], unsure=likely)


def _surest(probabilities: Sequence[float]) -> list[int]:
    """The numbers of the probabilities that are not zero, the greatest first."""
    numbers = [n for n, probability in enumerate(probabilities) if probability]
    return sorted(numbers, key=lambda n: -probabilities[n])
