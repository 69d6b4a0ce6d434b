"""A premise, and what it makes of a statement."""

import math
from dataclasses import dataclass
from typing import Literal

VerdictName = Literal["stated", "contradicted", "not said"]
VERDICTS: tuple[VerdictName, ...] = ("stated", "contradicted", "not said")  # as the logits are


@dataclass(frozen=True)
class Premise:
    """The `text` that is to prove a statement, with what stands around it in its article: the
    sentence `before`, which may hold what a pronoun means, and the headline, paper and day (ISO),
    which may say that the article denies what it tells."""

    text: str
    before: str = ""
    headline: str = ""
    paper: str = ""
    day: str = ""

    def versions(self) -> list[str]:
        """The premise as it is read, with all around it first, and with less and less."""
        head = " · ".join(part for part in (self.headline, self.paper, self.day) if part)
        around = [(head, self.before), (head, ""), ("", "")]
        texts = [
            "\n".join(part for part in (top, " ".join(filter(None, (before, self.text)))) if part)
            for top, before in around
        ]
        return list(dict.fromkeys(texts))


@dataclass(frozen=True)
class Judgement:
    """The probabilities, which sum to 1, that the premise states, contradicts or leaves open what
    was said."""

    stated: float
    contradicted: float
    not_said: float

    @property
    def verdict(self) -> VerdictName:
        """The most probable of the three."""
        probabilities = (self.stated, self.contradicted, self.not_said)
        return VERDICTS[probabilities.index(max(probabilities))]

    @property
    def confidence(self) -> float:
        """The probability of `verdict`."""
        return max(self.stated, self.contradicted, self.not_said)

    def of(self, verdict: VerdictName) -> float:
        """The probability of `verdict`."""
        return (self.stated, self.contradicted, self.not_said)[VERDICTS.index(verdict)]

    def as_dict(self) -> dict[str, object]:
        """The verdict and the probabilities, as JSON has them."""
        return {
            "verdict": self.verdict,
            "confidence": round(self.confidence, 4),
            "stated": round(self.stated, 4),
            "contradicted": round(self.contradicted, 4),
            "not_said": round(self.not_said, 4),
        }


def log_odds(probability: float) -> float:
    """Of a probability in [0, 1], never infinite."""
    return math.log((probability + 1e-4) / (1 - probability + 1e-4))
