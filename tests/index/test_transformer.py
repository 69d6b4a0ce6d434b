"""The checkpoint that the graph stands on."""

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from hemeroteca.index.encoder.transformer import (
    EightBits,
    Transformer,
    exact_eight_bits,
    multiplies_exactly,
)
from hemeroteca.index.errors import CheckpointError

CONFIG = {
    "num_hidden_layers": 1, "hidden_size": 4, "num_attention_heads": 2, "layer_norm_eps": 1e-12
}  # fmt: skip


def _checkpoint(folder: Path, table: np.ndarray, norm: np.ndarray | None = None) -> Path:
    (folder / "config.json").write_text(json.dumps(CONFIG))
    names = ("word", "position", "token_type")
    norm = np.ones(4, table.dtype) if norm is None else norm
    weights = {f"embeddings.{name}_embeddings.weight": table for name in names}
    weights["embeddings.LayerNorm.weight"] = norm
    weights["embeddings.LayerNorm.bias"] = np.zeros(4, table.dtype)
    save_file(weights, folder / "model.safetensors")
    return folder


def test_embeddings_are_the_normalised_sum_of_three_tables(tmp_path: Path) -> None:
    table = np.array([[1, 2, 3, 6], [0, 0, 4, 0]], np.float32)
    transformer = Transformer(_checkpoint(tmp_path, table))
    network = transformer.network(transformer.embed())
    (states,) = network([[1, 0]])
    # Word 1 at place 0 of kind 0: (0,0,4,0) + (1,2,3,6) + (1,2,3,6); word 0 at place 1: twice
    # (1,2,3,6) and (0,0,4,0), the same sum.
    total = np.array([2, 4, 10, 12])
    expected = (total - total.mean()) / total.std()
    np.testing.assert_allclose(states, [expected, expected], rtol=1e-5)


@pytest.mark.parametrize("damage", ["no config", "no weights", "cut", "half precision"])
def test_a_folder_that_is_no_checkpoint_is_named(tmp_path: Path, damage: str) -> None:
    dtype = np.float16 if damage == "half precision" else np.float32
    folder = _checkpoint(tmp_path, np.ones((2, 4), dtype))
    if damage == "no config":
        (folder / "config.json").unlink()
    elif damage == "no weights":
        (folder / "model.safetensors").unlink()
    elif damage == "cut":
        (folder / "model.safetensors").write_bytes(b"\x40\0\0\0\0\0\0\0{")
    with pytest.raises(CheckpointError, match="cannot read the checkpoint"):
        Transformer(folder)


@pytest.mark.skipif(not exact_eight_bits(), reason="no exact eight-bit products here")
def test_in_eight_bits_a_narrow_state_beside_a_wide_one_keeps_what_it_holds(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    head = {
        "head.weight": rng.standard_normal((8, 4)).astype(np.float32),
        "head.bias": np.zeros(8, np.float32),
    }
    table = rng.standard_normal((50, 4)).astype(np.float32)
    table[7] *= 1000
    results = []
    for precision in ("fp32", "int8"):
        transformer = Transformer(_checkpoint(tmp_path, table), head)
        transformer.embed()
        # `rows` are the sums of word, place and kind, before they are normalised.
        network = transformer.network(transformer.linear("rows", "head", precision))
        results.append(network([[7, 11, 13, 17, 19]])[0])
    fp32, int8 = results
    assert np.abs(fp32[0]).max() > 100 * np.abs(fp32[1:]).max()
    assert (np.abs(int8 - fp32).max(axis=1) < 0.02 * np.abs(fp32).max(axis=1)).all()


@pytest.mark.parametrize("kind", [np.int8, np.uint8])
def test_each_sort_of_eight_bits_has_the_same_products(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: EightBits
) -> None:
    if not multiplies_exactly(kind):
        pytest.skip(f"{kind.__name__} is not exact here")
    monkeypatch.setattr("hemeroteca.index.encoder.transformer.exact_eight_bits", lambda: kind)
    numbers = np.array([[127, -127, 1, 0], [-1, 127, -127, 64], [3, 0, 127, -5]])
    head = {
        "head.weight": (numbers / 127).astype(np.float32),
        "head.bias": np.zeros(3, np.float32),
    }
    table = np.random.default_rng(0).standard_normal((50, 4)).astype(np.float32)
    transformer = Transformer(_checkpoint(tmp_path, table), head, "int8")
    transformer.embed()
    product = transformer.linear("rows", "head", "int8")
    even, width, result = transformer.network("rows.even", "rows.width", product)([[7, 11, 13, 17]])
    # The states in eight bits, as ONNX defines DynamicQuantizeLinear.
    step = (even.max() - even.min()) / 255
    zero = np.rint(-even.min() / step)
    states = np.rint(even / step).clip(-zero, 255 - zero)
    np.testing.assert_allclose(result, states @ numbers.T * (step * width / 127), rtol=1e-5)
