"""The verifier: what it reads, how it counts, and what it says when it cannot."""

from pathlib import Path

import numpy as np
import pytest
import torch

from hemeroteca.index.encoder.e5 import BEGIN, E5, END
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.encoder.weights import load_weights, save_weights
from hemeroteca.index.errors import CheckpointError
from hemeroteca.rag.reader.network import make_pair
from hemeroteca.rag.verifier import judge as module
from hemeroteca.rag.verifier.judge import load_verifier
from hemeroteca.rag.verifier.judgement import Premise
from hemeroteca.rag.verifier.network import VerdictNetwork
from hemeroteca.rag.verifier.rule import WEIGHTS_FILE, Rule
from training.verifier.train import load_network

RULE = Rule(1.0, 0.0, 0.0, 0.5)
TEXT = "El juez absolvió ayer a Marta Ríos."


def test_what_stands_around_the_premise_is_read_before_it() -> None:
    passage = Premise(TEXT, "La ministra lo sabía.", "Absuelta", "El Diario", "2021-03-04")
    assert passage.versions() == [
        f"Absuelta · El Diario · 2021-03-04\nLa ministra lo sabía. {TEXT}",
        f"Absuelta · El Diario · 2021-03-04\n{TEXT}",
        TEXT,
    ]
    assert Premise(TEXT).versions() == [TEXT]


def test_probabilities_are_the_softmax_of_the_scaled_logits() -> None:
    rule = Rule(sharpness=2.0, contradicted=0.0, not_said=np.log(2), shown_from=0.5)
    judgement = rule.judgement(np.array([1.0, 1.0, 1.0]))
    # e², e² and 2e²: a quarter, a quarter and a half.
    assert (judgement.stated, judgement.contradicted) == pytest.approx((0.25, 0.25))
    assert judgement.verdict == "not said"
    assert judgement.confidence == pytest.approx(0.5)


def test_a_rule_is_what_was_saved(tmp_path: Path) -> None:
    RULE.save(tmp_path / "rule.json")
    assert Rule.load(tmp_path / "rule.json") == RULE


@pytest.mark.parametrize("text", ["", "{}", '{"sharpness": 1, "x": 1}'])
def test_a_damaged_rule_says_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "rule.json").write_text(text)
    with pytest.raises(CheckpointError, match=r"verifier's rule .* reinstall hemeroteca"):
        Rule.load(tmp_path / "rule.json")


def test_the_logits_are_those_of_the_network_that_was_trained(encoder: Encoder) -> None:
    assert isinstance(encoder.model, E5)
    torch.manual_seed(0)
    trained = load_network(encoder).eval()
    network = VerdictNetwork(encoder.model.folder, load_weights(WEIGHTS_FILE), encoder.precision)
    pairs = [
        make_pair([9, 10], list(range(100, 150)), BEGIN, END),
        make_pair([9], [100, 101], BEGIN, END),
    ]
    with torch.inference_mode():
        batch = trained(pairs).numpy()  # padded, which changes nothing
    for row, pair in enumerate(pairs):
        # The program's upper layers run in eight bits where the processor can.
        np.testing.assert_allclose(network(pair), batch[row], atol=0.1)


def test_missing_or_foreign_weights_are_refused(
    encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Rule, "load", lambda: RULE)
    monkeypatch.setattr(module, "WEIGHTS_FILE", tmp_path / "none.safetensors")
    with pytest.raises(CheckpointError, match="reinstall hemeroteca"):
        load_verifier(encoder)
    save_weights(tmp_path / "none.safetensors", {"a": np.ones((2, 2))}, "another")
    with pytest.raises(CheckpointError, match=r"verifier's weights .* do not fit"):
        load_verifier(encoder)
    with pytest.raises(CheckpointError, match="stands on the embedded model"):
        load_verifier(Encoder(None, "another"))  # type: ignore[arg-type]
