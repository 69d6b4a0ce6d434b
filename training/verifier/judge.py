"""Whether an article says what is said of it: stated, contradicted, or not said.

A statement is a claim, or a question with the answer behind it; the evidence is a sentence or two,
with what stands around them. Both are read together, so that who did what to whom, a number, a
hedge and a denial count, and not the topic."""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from hemeroteca.index.encoder.e5 import BEGIN, E5, END
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.errors import CheckpointError
from hemeroteca.rag.reader.network import make_pair
from hemeroteca.rag.reader.weights import load_weights
from training.verifier.onnx import VERDICTS, VerdictName, VerdictNetwork

WEIGHTS_FILE = Path(__file__).parent / "verifier.safetensors"
RULE_FILE = WEIGHTS_FILE.with_suffix(".json")
_WINDOW_TOKENS = 508  # of statement and evidence together: 512 less the special tokens
_SHORTEST_EVIDENCE = 16  # tokens that a statement must leave for it


class VerifierError(ValueError):
    """A statement or its evidence cannot be judged; the message says why, and what to do."""


@dataclass(frozen=True)
class Evidence:
    """The `text` that is to prove a statement, with what stands around it in its article: the
    sentence `before`, which may hold what a pronoun means, and the headline, paper and day (ISO),
    which may say that the article denies what it tells."""

    text: str
    before: str = ""
    headline: str = ""
    paper: str = ""
    day: str = ""

    def versions(self) -> list[str]:
        """The evidence as it is read, with all around it first, and with less and less."""
        head = " · ".join(part for part in (self.headline, self.paper, self.day) if part)
        around = [(head, self.before), (head, ""), ("", "")]
        texts = [
            "\n".join(part for part in (top, " ".join(filter(None, (before, self.text)))) if part)
            for top, before in around
        ]
        return list(dict.fromkeys(texts))


@dataclass(frozen=True)
class Judgement:
    """The probabilities, which sum to 1, that the evidence states, contradicts or leaves open what
    was said."""

    stated: float
    contradicted: float
    not_said: float

    @property
    def verdict(self) -> VerdictName:
        """The most probable of the three."""
        return VERDICTS[int(np.argmax((self.stated, self.contradicted, self.not_said)))]

    @property
    def confidence(self) -> float:
        """The probability of `verdict`."""
        return max(self.stated, self.contradicted, self.not_said)


@dataclass(frozen=True)
class AnswerRule:
    """How likely an answer is right: the logistic function of `logit` times the reader's logit
    against no answer, `stated` times the log-odds that its evidence states it, and `intercept`."""

    logit: float = 0.0
    stated: float = 1.0
    intercept: float = 0.0

    @staticmethod
    def features(logit: float, judgement: Judgement) -> tuple[float, float]:
        """What `logit` and `stated` are the weights of."""
        stated = min(max(judgement.stated, 1e-6), 1 - 1e-6)
        return logit, math.log(stated / (1 - stated))

    def confidence(self, logit: float, judgement: Judgement) -> float:
        """The probability in [0, 1] that the answer with this `logit` is right."""
        read, judged = self.features(logit, judgement)
        return 1 / (1 + math.exp(-(self.logit * read + self.stated * judged + self.intercept)))


@dataclass(frozen=True)
class Rule:
    """How logits become probabilities: the softmax of `sharpness` times the logits plus the two
    offsets (Guo et al. 2017, "On Calibration of Modern Neural Networks"). A written claim is shown
    from the probability `shown_from` that it is stated. `reader` is the SHA-256 of the reader's
    weights that the verifier stands on. `answers` says how likely an answer is right. Fitted by
    training/verifier/fit.py."""

    sharpness: float
    contradicted: float
    not_said: float
    shown_from: float
    reader: str
    answers: AnswerRule = AnswerRule()

    def judgement(self, logits: np.ndarray) -> Judgement:
        """The probabilities of logits (3,)."""
        scores = self.sharpness * logits + np.array([0.0, self.contradicted, self.not_said])
        weights = np.exp(scores - scores.max())
        return Judgement(*(float(weight) for weight in weights / weights.sum()))

    def save(self, path: Path = RULE_FILE) -> None:
        path.write_text(json.dumps(asdict(self), indent=2) + "\n")

    @staticmethod
    def load(path: Path = RULE_FILE) -> "Rule":
        """Raises CheckpointError if the file is missing or has other fields."""
        try:
            fields = json.loads(path.read_text())
            reader, answers = str(fields.pop("reader")), AnswerRule(**fields.pop("answers"))
            numbers = {name: float(number) for name, number in fields.items()}
            return Rule(reader=reader, answers=answers, **numbers)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise CheckpointError(
                f"cannot read the verifier's rule {path} ({error!r}): reinstall hemeroteca"
            ) from error


class Verifier:
    """Judges statements with the network, tokenised by `encoder`. Safe to use from several
    threads."""

    def __init__(self, encoder: Encoder, network: VerdictNetwork, rule: Rule) -> None:
        self._encoder = encoder
        self._network = network
        self.rule = rule
        # Two at once, as the reader does: where one waits for its threads, the other goes on.
        self._runs = ThreadPoolExecutor(2, "verifier")

    def judge(self, statement: str, evidence: Evidence) -> Judgement:
        """The judgement of one statement. Raises VerifierError as `judge_all`."""
        return self.judge_all([(statement, evidence)])[0]

    def judge_all(self, pairs: Sequence[tuple[str, Evidence]]) -> list[Judgement]:
        """The judgement of each statement by its evidence.

        Raises VerifierError if one is empty, or both do not fit the window together; what stands
        around the evidence is left out first."""
        for statement, evidence in pairs:
            if not statement.strip() or not evidence.text.strip():
                raise VerifierError(
                    f"expected a statement and a sentence to judge it by, got {statement!r} and "
                    f"{evidence.text!r}: give both"
                )
        versions = [evidence.versions() for _, evidence in pairs]
        said = self._encoder.tokenize([f"query: {statement}" for statement, _ in pairs])
        shown = iter(self._encoder.tokenize([text for texts in versions for text in texts]))
        tokens = [
            (statement.ids, [next(shown).ids for _ in texts])
            for statement, texts in zip(said, versions, strict=True)
        ]
        made = [make_pair(ids, _fitting(ids, texts), BEGIN, END) for ids, texts in tokens]
        return [self.rule.judgement(logits) for logits in self._runs.map(self._network, made)]


def judge_answers(
    verifier: Verifier, question: str, answers: Iterable[tuple[str, Evidence]]
) -> list[Judgement]:
    """What each passage makes of its answer to `question`."""
    return verifier.judge_all([(f"{question} {answer}", passage) for answer, passage in answers])


def load_verifier(encoder: Encoder) -> Verifier:
    """The verifier that the program comes with. Raises CheckpointError if `encoder` is not the
    embedded model run by ONNX Runtime, or the files are missing, damaged, or made for another
    reader."""
    if not isinstance(encoder.model, E5):
        raise CheckpointError(
            f"the verifier stands on the embedded model, not {encoder.fingerprint}: choose the "
            "embedded model, or check nothing"
        )
    rule, reader = Rule.load(), load_weights()
    found = fingerprint(reader)
    if found != rule.reader:
        raise CheckpointError(
            f"{WEIGHTS_FILE} was made for the reader {rule.reader[:12]}, found {found[:12]}: "
            "reinstall hemeroteca, or train the verifier again (training/README.md)"
        )
    try:
        own = load_weights(WEIGHTS_FILE)
        network = VerdictNetwork(encoder.model.folder, reader, own, encoder.precision)
    except KeyError as error:
        raise CheckpointError(
            f"the verifier's weights {WEIGHTS_FILE} do not fit {encoder.fingerprint} ({error}): "
            "reinstall hemeroteca"
        ) from error
    return Verifier(encoder, network, rule)


def fingerprint(weights: Mapping[str, np.ndarray]) -> str:
    """The SHA-256 of one weight of the first of the reader's layers, which any further training
    of the reader changes."""
    first = np.ascontiguousarray(weights["layers.0.output.dense.weight"])
    return hashlib.sha256(first.tobytes()).hexdigest()


def _fitting(statement: Sequence[int], texts: Sequence[Sequence[int]]) -> Sequence[int]:
    """The first of `texts` that fits the window beside `statement`."""
    room = _WINDOW_TOKENS - len(statement)
    if room < _SHORTEST_EVIDENCE:
        raise VerifierError(
            f"expected a statement of at most {_WINDOW_TOKENS - _SHORTEST_EVIDENCE} tokens, got "
            f"{len(statement)}: check it sentence by sentence"
        )
    for text in texts:
        if len(text) <= room:
            return text
    raise VerifierError(
        f"expected at most {room} tokens of evidence, got {len(texts[-1])}: give the sentences "
        "that are to prove it"
    )
