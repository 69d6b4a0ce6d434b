"""Judges statements by the sentences that are to prove them.

A statement is a claim, or a question with the answer behind it. It is read together with its
premise, so that who did what to whom, a number, a hedge and a denial count, and not the topic."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from hemeroteca.index.encoder.e5 import BEGIN, E5, END
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.encoder.transformer import RUNS_AT_ONCE
from hemeroteca.index.encoder.weights import load_weights
from hemeroteca.index.errors import CheckpointError, HemerotecaError
from hemeroteca.rag.reader.network import make_pair
from hemeroteca.rag.verifier.judgement import Judgement, Premise
from hemeroteca.rag.verifier.network import VerdictNetwork
from hemeroteca.rag.verifier.rule import WEIGHTS_FILE, Rule

_WINDOW_TOKENS = 508  # of statement and premise together: 512 less the special tokens
_SHORTEST_PREMISE = 16  # tokens that a statement must leave for it


class VerifierError(HemerotecaError):
    """A statement or its premise cannot be judged; the message says why, and what to do."""


class PremiseTooLongError(VerifierError):
    """The premise does not fit the window beside the statement, which does."""


class Verifier:
    """Judges statements with the network, tokenised by `encoder`. Safe to use from several
    threads."""

    def __init__(self, encoder: Encoder, network: VerdictNetwork, rule: Rule) -> None:
        self.encoder = encoder
        self._network = network
        self.rule = rule
        self._runs = ThreadPoolExecutor(RUNS_AT_ONCE, "verifier")

    def judge(self, statement: str, premise: Premise) -> Judgement:
        """The judgement of one statement. Raises VerifierError as `judge_all`."""
        return self.judge_all([(statement, premise)])[0]

    def judge_all(self, pairs: Sequence[tuple[str, Premise]]) -> list[Judgement]:
        """The judgement of each statement by its premise.

        Raises VerifierError if one is empty, or both do not fit the window together; what stands
        around the premise is left out first, and a PremiseTooLongError if this is too long."""
        if not pairs:
            return []
        for statement, premise in pairs:
            if not statement.strip() or not premise.text.strip():
                raise VerifierError(
                    "expected a statement and a sentence to judge it by, got {statement!r} and "
                    "{premise!r}: give both",
                    statement=statement[:80],
                    premise=premise.text[:80],
                )
        versions = [premise.versions() for _, premise in pairs]
        said = [f"query: {statement}" for statement, _ in pairs]
        # At once: a tokenizer is made for the texts of each call.
        shown = [text for texts in versions for text in texts]
        read = iter(self.encoder.tokenize([*said, *shown]))
        statements = [next(read) for _ in said]
        tokens = [
            (statement.ids, [next(read).ids for _ in texts])
            for statement, texts in zip(statements, versions, strict=True)
        ]
        made = [make_pair(ids, _fitting(ids, texts), BEGIN, END) for ids, texts in tokens]
        return [self.rule.judgement(logits) for logits in self._runs.map(self._network, made)]


def load_verifier(encoder: Encoder) -> Verifier:
    """The verifier that the program comes with. Raises CheckpointError if `encoder` is not the
    embedded model run by ONNX Runtime, or the files are missing or damaged."""
    if not isinstance(encoder.model, E5):
        raise CheckpointError(
            "the verifier stands on the embedded model, not {model}", model=encoder.fingerprint
        )
    rule = Rule.load()
    try:
        weights = load_weights(WEIGHTS_FILE)
        network = VerdictNetwork(encoder.model.folder, weights, encoder.precision)
    except KeyError as error:
        raise CheckpointError(
            "the verifier's weights {file} do not fit {model} ({reason}): reinstall hemeroteca",
            file=WEIGHTS_FILE,
            model=encoder.fingerprint,
            reason=str(error),
        ) from error
    return Verifier(encoder, network, rule)


def _fitting(statement: Sequence[int], texts: Sequence[Sequence[int]]) -> Sequence[int]:
    """The first of `texts` that fits the window beside `statement`."""
    room = _WINDOW_TOKENS - len(statement)
    if room < _SHORTEST_PREMISE:
        raise VerifierError(
            "expected a statement of at most {most} tokens, got {found}: check it sentence by "
            "sentence",
            most=_WINDOW_TOKENS - _SHORTEST_PREMISE,
            found=len(statement),
        )
    for text in texts:
        if len(text) <= room:
            return text
    raise PremiseTooLongError(
        "expected at most {most} tokens to judge by, got {found}: give only the sentences that "
        "are to prove it",
        most=room,
        found=len(texts[-1]),
    )
