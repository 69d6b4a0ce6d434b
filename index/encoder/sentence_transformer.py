"""Any embedding model that sentence-transformers can load, run by it."""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from hemeroteca.index.encoder.model import Precision, Tokens
from hemeroteca.index.environment import without_telemetry
from hemeroteca.index.errors import CheckpointError

with without_telemetry():
    from huggingface_hub import HfApi
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

_HUB_S = 10  # seconds to wait for the model hub
_BATCH = 8  # more texts at once do not stay in the processor's cache, and are slower

log = logging.getLogger(__name__)


class SentenceTransformerModel:
    """An EmbeddingModel: `model` is a name on the hub or a folder, and only if not `offline` may
    the hub be asked. Raises CheckpointError if it cannot be loaded."""

    precision: Precision = "fp32"

    def __init__(self, model: str, offline: bool, **model_kwargs: object) -> None:
        try:
            with _without_bar():
                self.model = _load(model, offline, model_kwargs)
        except Exception as error:  # the loaders raise dozens of types; all mean the same here
            lines = str(error).strip().splitlines()
            reason = lines[0] if lines else type(error).__name__
            raise CheckpointError(
                "cannot load the embedding model {model!r} ({reason}): check EMBEDDING_MODEL, or "
                "leave it out to use the embedded one",
                model=model,
                reason=reason,
            ) from error
        size = self.model.get_embedding_dimension()
        assert size is not None  # every model with a pooling layer knows it
        self.dimension = int(size)
        self.max_tokens = int(self.model.max_seq_length or 512)
        self.prompts: Mapping[str, str] = {
            name: text or "" for name, text in self.model.prompts.items()
        }
        if "e5" in model and not any(self.prompts.values()):
            # The hub's e5 checkpoints state their prompts only on the model card.
            self.prompts = {"query": "query: ", "document": "passage: "}
        # Tokenizers keep the padding of a call in themselves: one call at a time.
        self._lock = threading.Lock()

    def tokenize(self, texts: list[str]) -> list[Tokens]:
        with self._lock:
            encoded = self.model.tokenizer(
                texts, add_special_tokens=False, return_offsets_mapping=True, verbose=False
            )
        return [
            Tokens(ids, [(a, b) for a, b in spans])
            for ids, spans in zip(encoded["input_ids"], encoded["offset_mapping"], strict=True)
        ]

    def is_common(self, word: str) -> bool | None:
        return None  # not every tokenizer has a vocabulary that tells

    def encode(self, texts: list[str], prompt: str) -> np.ndarray:
        with self._lock:
            vectors = self.model.encode(
                texts,
                prompt=prompt,
                batch_size=_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, np.float32)


@contextmanager
def _without_bar() -> Iterator[None]:
    """Without the bar of the loaders: loading takes a second."""
    shown = transformers_logging.is_progress_bar_enabled()  # type: ignore[no-untyped-call]
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def _load(model: str, offline: bool, kwargs: dict[str, object]) -> SentenceTransformer:
    def load(local: bool) -> SentenceTransformer:
        return SentenceTransformer(model, device="cpu", local_files_only=local, model_kwargs=kwargs)

    if offline:
        return load(True)
    try:
        return load(True)  # what was fetched once is not asked for again
    except Exception as error:  # as above
        log.info("%s is not here, it is asked of the model hub (%s)", model, error)
    # A hub that cannot be reached says so here; to load tries every file of it for minutes.
    HfApi().model_info(model, timeout=_HUB_S)
    return load(False)
