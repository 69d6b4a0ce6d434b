"""The verifier's network: a statement and its premise in, three logits out.

It stands on the embedded model's embeddings and has layers of its own. It is run by ONNX Runtime;
training/verifier/network.py is the same in torch, and trains it."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from hemeroteca.index.encoder.model import Precision
from hemeroteca.index.encoder.transformer import Transformer
from hemeroteca.rag.reader.network import Pair


class VerdictNetwork:
    """Judges a statement by its premise. Safe to use from several threads.

    `folder` is the embedded model's checkpoint, `weights` the verifier's: layers and head. Raises
    KeyError if one is missing."""

    def __init__(
        self, folder: Path, weights: Mapping[str, np.ndarray], precision: Precision = "fp32"
    ) -> None:
        transformer = Transformer(folder, weights, precision)
        states = transformer.embed()
        for n in range(transformer.layers):
            states = transformer.layer(states, f"layers.{n}")
        head = transformer.linear(transformer.first(states), "verdict_head.0")
        logits = transformer.linear(transformer.gelu(head), "verdict_head.2")
        self._logits = transformer.network(logits)

    def __call__(self, pair: Pair) -> np.ndarray:
        """The logits of the VERDICTS on `pair`, fp32 of shape (3,)."""
        (logits,) = self._logits([pair.ids])
        of_pair: np.ndarray = logits[0]
        return of_pair
