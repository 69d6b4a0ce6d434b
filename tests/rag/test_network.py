"""The reader's network, run by ONNX Runtime and by torch."""

import numpy as np
import pytest
import torch

from hemeroteca.index.encoder.e5 import BEGIN, E5, END
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.encoder.weights import load_weights
from hemeroteca.rag.reader.network import (
    IMPOSSIBLE,
    MAX_SPAN_TOKENS,
    READER_FILE,
    Pair,
    SpanNetwork,
    make_pair,
    own_layers,
)
from training.average import mean_of
from training.network import SpanNetwork as TorchNetwork
from training.network import load_backbone

PAIRS = [
    make_pair([9, 10], list(range(100, 160)), BEGIN, END),
    make_pair([9], [100, 101], BEGIN, END),
]


@pytest.fixture(scope="module")
def network(encoder: Encoder) -> SpanNetwork:
    assert isinstance(encoder.model, E5)
    return SpanNetwork(encoder.model.folder, load_weights(READER_FILE))


def test_a_pair_knows_its_passage() -> None:
    assert PAIRS[1] == Pair([0, 9, 2, 2, 100, 101, 2], 4)
    assert PAIRS[1].last == 6


def test_spans_stay_inside_the_passage_and_short(network: SpanNetwork) -> None:
    for pair in PAIRS:
        possible = np.argwhere(network(pair).spans > -1e3).tolist()
        assert [pair.first, pair.first] in possible
        for i, j in possible:
            assert pair.first <= i <= j < pair.last
            assert j - i < MAX_SPAN_TOKENS


def test_the_scores_are_those_of_the_network_that_was_trained(
    encoder: Encoder, network: SpanNetwork
) -> None:
    weights = {n: torch.from_numpy(w) for n, w in load_weights(READER_FILE).items()}
    trained = TorchNetwork(load_backbone(encoder), own_layers(weights)).eval()
    trained.load_state_dict(weights)
    with torch.inference_mode():
        batch = trained(PAIRS)  # padded, which changes no score either
    for row, pair in enumerate(PAIRS):
        ours, width = network(pair), len(pair.ids)
        theirs = batch.spans[row, :width, :width].numpy()
        np.testing.assert_array_equal(ours.spans == IMPOSSIBLE, theirs == IMPOSSIBLE)
        np.testing.assert_allclose(ours.spans, theirs, atol=1e-3)
        assert ours.none == pytest.approx(batch.none[row].item(), abs=1e-3)


def test_a_network_begins_with_one_that_has_fewer_layers_of_its_own(encoder: Encoder) -> None:
    backbone = load_backbone(encoder)
    few, many = TorchNetwork(backbone, 3).eval(), TorchNetwork(backbone, 5).eval()
    few.layers.load_state_dict(
        {name: weight * 1.1 for name, weight in few.layers.state_dict().items()}
    )
    many.begin_with(few.state_dict())
    with torch.inference_mode():
        torch.testing.assert_close(many(PAIRS).spans, few(PAIRS).spans)
        torch.testing.assert_close(many(PAIRS).none, few(PAIRS).none)


def test_a_mean_counts_layers_that_one_has_not_as_those_of_the_embedded_model(
    encoder: Encoder,
) -> None:
    backbone = load_backbone(encoder)
    few, many = (TorchNetwork(backbone, own).state_dict() for own in (2, 3))
    name = "layers.{}.output.dense.weight"
    embedded = many[name.format(0)].clone()
    many[name.format(0)] += 2.0
    many[name.format(1)] += 4.0
    mean = mean_of([many, few], encoder)
    torch.testing.assert_close(mean[name.format(0)], embedded + 1.0)
    torch.testing.assert_close(mean[name.format(1)], few[name.format(0)] + 2.0)


def test_a_missing_weight_is_named(encoder: Encoder) -> None:
    assert isinstance(encoder.model, E5)
    with pytest.raises(KeyError, match=r"span_head\.bias"):
        SpanNetwork(
            encoder.model.folder,
            {name: w for name, w in load_weights(READER_FILE).items() if name != "span_head.bias"},
        )
