"""The reader's network: question and passage in, a score for every span and for "no answer" out.

It stands on the encoder's own embeddings and lower layers, which stay as they are and are shared
with embedding; the upper layers are the reader's."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertModel

OWN_LAYERS = 8  # of twelve; the lower four serve embedding and reading alike
MAX_SPAN_TOKENS = 40
MAX_SEQUENCE_TOKENS = 512
_PAIR_SIZE = 64  # of the vectors whose product says that a start and an end belong together
_IMPOSSIBLE = -1e4


@dataclass(frozen=True)
class Pair:
    """`<s> query: question </s></s> passage </s>` as token ids; the passage's tokens are
    `ids[first:last]`."""

    ids: list[int]
    first: int

    @property
    def last(self) -> int:
        return len(self.ids) - 1


def make_pair(question: Sequence[int], passage: Sequence[int], bos: int, eos: int) -> Pair:
    """The pair of two tokenised texts (without special tokens)."""
    ids = [bos, *question, eos, eos, *passage, eos]
    return Pair(ids, len(question) + 3)


@dataclass(frozen=True)
class SpanScores:
    """Scores of a batch: `spans` (pairs, tokens, tokens) holds the score of the span from token i
    to token j inclusive, `none` (pairs,) that of no answer. All of a pair are logits of one
    softmax. Spans outside the passage, or longer than MAX_SPAN_TOKENS, have a score of -1e4."""

    spans: Tensor
    none: Tensor


class SpanNetwork(nn.Module):
    """Scores spans as start + end + the product of two small vectors, against one "no answer"
    score read at the first token."""

    def __init__(self, backbone: BertModel) -> None:
        super().__init__()
        hidden = backbone.config.hidden_size
        layers = list(backbone.encoder.layer)
        # In a tuple, so that what is shared is neither saved nor trained nor moved with this.
        self._shared = (backbone.embeddings, *layers[:-OWN_LAYERS])
        self.layers = nn.ModuleList(copy.deepcopy(layers[-OWN_LAYERS:]))
        self.span_head = nn.Linear(hidden, 2 + 2 * _PAIR_SIZE)
        self.none_head = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.Linear(hidden, 1))

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
        mask = None if bool(real.all()) else real[:, None, None, :]
        with torch.no_grad():
            states = self._shared[0](input_ids=ids)
            for layer in self._shared[1:]:
                states = layer(states, mask)
        for layer in self.layers:
            states = layer(states, mask)
        return self._score(states, passage)

    def _score(self, states: Tensor, passage: Tensor) -> SpanScores:
        start, end, u, v = self.span_head(states).split([1, 1, _PAIR_SIZE, _PAIR_SIZE], dim=-1)
        spans = start + end.transpose(1, 2) + u @ v.transpose(1, 2) / _PAIR_SIZE**0.5
        tokens = spans.shape[1]
        allowed = torch.ones(tokens, tokens, dtype=torch.bool).triu().tril(MAX_SPAN_TOKENS - 1)
        allowed = allowed & passage[:, :, None] & passage[:, None, :]
        return SpanScores(
            spans.masked_fill(~allowed, _IMPOSSIBLE), self.none_head(states[:, 0]).squeeze(-1)
        )
