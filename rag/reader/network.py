"""The reader's network: question and passage in, a score for every span and for "no answer" out.

It stands on the embedded model's own embeddings, and on its lower layers as far as the weights have
none of their own. It is run by ONNX Runtime; training/network.py is the same in torch, and trains
it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hemeroteca.index.encoder.model import Precision
from hemeroteca.index.encoder.transformer import Transformer

READER_FILE = Path(__file__).parent / "reader.safetensors"
MAX_SPAN_TOKENS = 40
PAIR_SIZE = 64  # of the vectors whose product says that a start and an end belong together
IMPOSSIBLE = -1e4


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


def own_layers(weights: Iterable[str]) -> int:
    """How many upper layers are the reader's own, by the names of its weights."""
    return len({name.split(".")[1] for name in weights if name.startswith("layers.")})


@dataclass(frozen=True)
class SpanScores:
    """Scores of a pair, all of them logits of one softmax: `spans` (tokens, tokens) holds the score
    of the span from token i to token j inclusive, `none` that of no answer. Spans outside the
    passage, or longer than MAX_SPAN_TOKENS, have a score of IMPOSSIBLE."""

    spans: np.ndarray
    none: float


class SpanNetwork:
    """Scores spans as start + end + the product of two small vectors, against one "no answer"
    score read at the first token. Safe to use from several threads.

    `folder` is the embedded model's checkpoint, `weights` the reader's by their names in the
    torch network. Raises KeyError if one is missing."""

    def __init__(
        self,
        folder: Path,
        weights: Mapping[str, np.ndarray],
        precision: Precision = "fp32",
    ) -> None:
        transformer = Transformer(folder, weights, precision)
        states = transformer.embed()
        own = own_layers(weights)
        for n in range(transformer.layers - own):
            states = transformer.layer(states, f"encoder.layer.{n}")
        for n in range(own):
            states = transformer.layer(states, f"layers.{n}")
        spans = transformer.of_pairs(transformer.linear(states, "span_head"), PAIR_SIZE)
        none = transformer.gelu(transformer.linear(transformer.first(states), "none_head.0"))
        none = transformer.linear(none, "none_head.2")
        self._scores = transformer.network(spans, none)

    def __call__(self, pair: Pair) -> SpanScores:
        spans, none = self._scores([pair.ids])
        tokens = np.arange(len(pair.ids))
        length = tokens[None, :] - tokens[:, None] + 1
        inside = (tokens >= pair.first) & (tokens < pair.last)
        allowed = (length >= 1) & (length <= MAX_SPAN_TOKENS) & inside[:, None] & inside[None, :]
        return SpanScores(np.where(allowed, spans, np.float32(IMPOSSIBLE)), float(none[0, 0]))
