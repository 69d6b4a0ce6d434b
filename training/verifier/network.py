"""The verifier's network in torch, to be trained; rag/verifier/network.py runs the same without
torch.

The embeddings and the lower layers stay as they are, and run here as they do in the
program, in eight bits, which takes a third of the time; their states are kept for another pass."""

import copy
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertModel

from hemeroteca.index.encoder.model import Precision
from hemeroteca.index.encoder.transformer import Transformer
from hemeroteca.rag.reader.network import IMPOSSIBLE, Pair
from hemeroteca.rag.verifier.judgement import VERDICTS


class LowerLayers:
    """The states after the first `many` layers of `weights`."""

    def __init__(
        self, folder: Path, weights: Mapping[str, np.ndarray], many: int, precision: Precision
    ) -> None:
        transformer = Transformer(folder, weights, precision)
        states = transformer.embed()
        for n in range(many):
            states = transformer.layer(states, f"layers.{n}")
        self._states = transformer.network(states, threads=1)
        self._kept: dict[tuple[int, ...], np.ndarray] = {}
        self._runs = ThreadPoolExecutor(2)

    def all(self, pairs: Sequence[Pair]) -> list[np.ndarray]:
        """Those of each of `pairs`."""
        return list(self._runs.map(self, pairs))

    def __call__(self, pair: Pair) -> np.ndarray:
        """(tokens, hidden), kept in sixteen bits."""
        key = tuple(pair.ids)
        if key not in self._kept:
            self._kept[key] = self._states([pair.ids])[0].astype(np.float16)
        return self._kept[key]


class VerdictNetwork(nn.Module):
    """Three logits at the first token. The `own` upper layers and the head are learnt and begin as
    `weights`."""

    def __init__(
        self,
        backbone: BertModel,
        weights: Mapping[str, np.ndarray],
        own: int,
        lower: "LowerLayers",
    ) -> None:
        super().__init__()
        layers = copy.deepcopy(list(backbone.encoder.layer))
        self._lower = lower
        self.layers = nn.ModuleDict({
            str(n): layers[n] for n in range(len(layers) - own, len(layers))
        })  # fmt: skip
        hidden = backbone.config.hidden_size
        self.verdict_head = nn.Sequential(
            nn.Linear(hidden, hidden), nn.GELU(), nn.Linear(hidden, len(VERDICTS))
        )
        begun = {name: torch.from_numpy(weights[name]) for name in self.state_dict()}
        self.load_state_dict(begun)

    def forward(self, pairs: Sequence[Pair]) -> Tensor:
        """Logits (pairs, 3) of `pairs`, padded to the longest."""
        lower = [torch.from_numpy(states.astype(np.float32)) for states in self._lower.all(pairs)]
        states = nn.utils.rnn.pad_sequence(lower, batch_first=True)
        lengths = torch.tensor([len(pair.ids) for pair in pairs])
        real = torch.arange(states.shape[1]) < lengths[:, None]
        # Without padding no mask is needed, and attention without one is faster.
        mask = None if bool(real.all()) else torch.where(real, 0.0, IMPOSSIBLE)[:, None, None, :]
        *others, last = self.layers.values()
        for layer in others:
            states = layer(states, mask)
        logits: Tensor = self.verdict_head(_first_state(last, states, mask))
        return logits


def _first_state(layer: Any, states: Tensor, mask: Tensor | None) -> Tensor:
    """(texts, hidden): the first token's state after `layer`. The others', which nothing reads,
    would be five sixths of its work."""
    own = layer.attention.self
    first = states[:, :1]

    def by_head(vectors: Tensor) -> Tensor:
        heads = vectors.view(*vectors.shape[:2], own.num_attention_heads, own.attention_head_size)
        return heads.transpose(1, 2)

    query, key = by_head(own.query(first)), by_head(own.key(states))
    scores = query @ key.transpose(2, 3) / own.attention_head_size**0.5
    weights = (scores if mask is None else scores + mask).softmax(-1)
    mixed = (weights @ by_head(own.value(states))).transpose(1, 2).flatten(2)
    attended = layer.attention.output(mixed, first)
    state: Tensor = layer.output(layer.intermediate(attended), attended)[:, 0]
    return state
