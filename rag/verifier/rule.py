"""How the verifier's logits become probabilities."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from hemeroteca.index.errors import CheckpointError
from hemeroteca.rag.verifier.judgement import Judgement

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")
WEIGHTS_FILE = Path(__file__).parent / "verifier.safetensors"
RULE_FILE = WEIGHTS_FILE.with_suffix(".json")


@dataclass(frozen=True)
class Rule:
    """Probabilities are the softmax of `sharpness` times the logits plus the two offsets (Guo et
    al. 2017, "On Calibration of Modern Neural Networks"). A written claim is shown from the
    probability `shown_from` that it is stated. A claim that is checked against the articles is
    stated by a sentence from the probability `stated_from`, and contradicted from
    `contradicted_from`. Fitted by training/verifier/fit.py."""

    sharpness: float
    contradicted: float
    not_said: float
    shown_from: float
    # As far as a file does not say otherwise. It costs more to call a true claim false.
    stated_from: float = 0.8
    contradicted_from: float = 0.9

    def judgement(self, logits: np.ndarray) -> Judgement:
        """The probabilities of logits (3,)."""
        scores = self.sharpness * logits + np.array([0.0, self.contradicted, self.not_said])
        weights = np.exp(scores - scores.max())
        return Judgement(*(float(weight) for weight in weights / weights.sum()))

    def save(self, path: Path = RULE_FILE) -> None:
        save_rule(self, path)

    @staticmethod
    def load(path: Path = RULE_FILE) -> "Rule":
        """Raises CheckpointError if the file is missing or has other fields."""
        return load_rule(Rule, path)


def save_rule(rule: "DataclassInstance", path: Path) -> None:
    """Write the numbers of a rule as JSON."""
    path.write_text(json.dumps(asdict(rule), indent=2) + "\n")


def load_rule(kind: Callable[..., T], path: Path) -> T:
    """A rule of this `kind`, whose fields are numbers. Raises CheckpointError if the file is
    missing or has other fields."""
    try:
        fields = json.loads(path.read_text())
        return kind(**{name: float(value) for name, value in fields.items()})
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise CheckpointError(
            "cannot read the verifier's rule {path} ({reason}): reinstall hemeroteca",
            path=path,
            reason=str(error),
        ) from error
