"""What checking a claim gives: a `Check`, which is data; rag/render_check.py words it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hemeroteca.index.filter import Filter
from hemeroteca.rag.answer import Citation
from hemeroteca.rag.verifier.decide import CheckVerdict
from hemeroteca.rag.verifier.judgement import Judgement


@dataclass(frozen=True)
class Evidence:
    """A sentence of an article, and what it makes of the claim."""

    citation: Citation
    judgement: Judgement

    def as_dict(self) -> dict[str, object]:
        """The object in the `evidence` of `hemeroteca check --json`."""
        return {"citation": self.citation.as_dict()} | self.judgement.as_dict()


@dataclass(frozen=True)
class Check:
    """What the articles say of a claim.

    `confidence` is the estimated probability in [0, 1] that the verdict is right: the surest
    sentence's for "stated" and "contradicted", the less sure side's for "conflicting", and for "not
    said" that of not being said by the sentence that comes nearest to deciding. `evidence` are the
    sentences that decide, those that state it first, or, if it is "not said", those that come
    nearest to deciding; it is `unsure` if one of these states or contradicts it more likely than
    not, but too weakly to say so.

    `language` (ISO 639-1) is that in which all is worded; `filter` says of which articles it was
    asked, and `undated` how many its period leaves out for want of a date. `judged` is how many
    sentences were judged. `text` is what a person is shown: nobody reads anything out of it."""

    claim: str
    verdict: CheckVerdict
    confidence: float
    language: str
    evidence: Sequence[Evidence] = ()
    unsure: bool = False
    filter: Filter = Filter()
    undated: int = 0
    judged: int = 0
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    text: str = ""

    def as_dict(self) -> dict[str, object]:
        """The object that `hemeroteca check --json` prints."""
        return {
            "claim": self.claim,
            "verdict": self.verdict,
            "confidence": round(self.confidence, 4),
            "unsure": self.unsure,
            "text": self.text,
            "evidence": [each.as_dict() for each in self.evidence],
            "judged": self.judged,
            "filter": self.filter.as_dict(),
            "undated": self.undated,
            "timings_ms": {stage: round(ms, 3) for stage, ms in self.timings_ms.items()},
        }
