"""The reader's network in torch, to be trained; rag/reader/network.py runs the same without torch.

The embedded model's embeddings, and its lower layers where so wished, stay as they are."""

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertModel

from hemeroteca.index.encoder.e5 import BEGIN, E5, END
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.rag.reader.network import (
    IMPOSSIBLE,
    MAX_SPAN_TOKENS,
    PAIR_SIZE,
    Pair,
    make_pair,
    own_layers,
)

_MAX_HEADLINE_TOKENS = 48  # the rest of a longer headline seldom names anybody


def headed_pair(question: Sequence[int], headline: Sequence[int], passage: Sequence[int]) -> Pair:
    """The pair of a tokenised question and passage, as the program reads it, behind a headline,
    which is no part of the passage."""
    above = headline[:_MAX_HEADLINE_TOKENS]
    whole = make_pair(question, [*above, *passage], BEGIN, END)
    return Pair(whole.ids, whole.first + len(above))


def load_backbone(encoder: Encoder) -> BertModel:
    """The embedded model's transformer, without pooling, in torch."""
    assert isinstance(encoder.model, E5)
    # The fused attention's gradient is slower than the plain one's, in sixteen bits by half.
    backbone: BertModel = BertModel.from_pretrained(
        encoder.model.folder, add_pooling_layer=False, local_files_only=True,
        attn_implementation="eager", attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    backbone.eval()  # type: ignore[no-untyped-call]
    return backbone


@dataclass(frozen=True)
class SpanScores:
    """Those of a batch, as in rag/reader/network.py: `spans` (pairs, tokens, tokens), `none`
    (pairs,)."""

    spans: Tensor
    none: Tensor


class LowRank(nn.Module):
    """A linear layer that stays as it is, plus the product of two narrow matrices that learn: LoRA
    (Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models"), scaled by one."""

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        super().__init__()
        self.linear = linear.requires_grad_(False)
        self.down = nn.Linear(linear.in_features, rank, bias=False)
        self.up = nn.Linear(rank, linear.out_features, bias=False)
        nn.init.zeros_(self.up.weight)

    def forward(self, states: Tensor) -> Tensor:
        adapted: Tensor = self.linear(states) + self.up(self.down(states))
        return adapted


class SpanNetwork(nn.Module):
    """Scores spans as start + end + the product of two small vectors, against one "no answer"
    score read at the first token. The `own` upper layers are its own, the others the backbone's."""

    def __init__(self, backbone: BertModel, own: int) -> None:
        super().__init__()
        hidden = backbone.config.hidden_size
        layers = list(backbone.encoder.layer)
        # In a tuple, so that what is shared is neither saved nor trained nor moved with this.
        self._shared = (backbone.embeddings, *layers[:-own])
        self.layers = nn.ModuleList(copy.deepcopy(layers[-own:]))
        self.span_head = nn.Linear(hidden, 2 + 2 * PAIR_SIZE)
        self.none_head = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.Linear(hidden, 1))

    def begin_with(self, weights: Mapping[str, Tensor]) -> None:
        """Begin with a network's weights; of one with fewer layers of its own, these are the upper
        ones, and the lower ones stay those of the embedded model."""
        lower = len(self.layers) - own_layers(weights)
        raised = {
            re.sub(r"^layers\.(\d+)", lambda m: f"layers.{int(m[1]) + lower}", name): weight
            for name, weight in weights.items()
        }
        self.load_state_dict(self.state_dict() | raised)

    def adapt(self, rank: int) -> None:
        """From now on learn the layers' linear maps as adapters of this rank only."""
        self.layers.requires_grad_(False)
        for module in list(self.layers.modules()):
            for name, child in list(module.named_children()):
                if isinstance(child, nn.Linear):
                    setattr(module, name, LowRank(child, rank))

    def forward(self, pairs: Sequence[Pair]) -> SpanScores:
        """Scores of `pairs`, padded to the longest."""
        longest = max(len(pair.ids) for pair in pairs)
        ids = torch.zeros(len(pairs), longest, dtype=torch.long)
        real = torch.zeros(len(pairs), longest, dtype=torch.bool)
        passage = torch.zeros(len(pairs), longest, dtype=torch.bool)
        for row, pair in enumerate(pairs):
            ids[row, : len(pair.ids)] = torch.tensor(pair.ids)
            real[row, : len(pair.ids)] = True
            passage[row, pair.first : pair.last] = True
        # Without padding no mask is needed, and attention without one is faster.
        mask = None if bool(real.all()) else torch.where(real, 0.0, IMPOSSIBLE)[:, None, None, :]
        with torch.no_grad():
            states = self._shared[0](input_ids=ids)
            for layer in self._shared[1:]:
                states = layer(states, mask)
        for layer in self.layers:
            states = layer(states, mask)
        with torch.autocast("cpu", enabled=False):  # scores of spans are compared closely
            return self._score(states.float(), passage)

    def _score(self, states: Tensor, passage: Tensor) -> SpanScores:
        start, end, u, v = self.span_head(states).split([1, 1, PAIR_SIZE, PAIR_SIZE], dim=-1)
        spans = start + end.transpose(1, 2) + u @ v.transpose(1, 2) / PAIR_SIZE**0.5
        tokens = spans.shape[1]
        allowed = torch.ones(tokens, tokens, dtype=torch.bool).triu().tril(MAX_SPAN_TOKENS - 1)
        allowed = allowed & passage[:, :, None] & passage[:, None, :]
        return SpanScores(
            spans.masked_fill(~allowed, IMPOSSIBLE), self.none_head(states[:, 0]).squeeze(-1)
        )
