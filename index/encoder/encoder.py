"""Texts to unit vectors, by the embedded model or any other, and nothing of them cut off."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from hemeroteca.index.encoder.e5 import E5, QUESTION_FILE, e5_checkpoint
from hemeroteca.index.encoder.model import EmbeddingModel, Precision, Tokens
from hemeroteca.index.encoder.names import EMBEDDED_MODEL, Engine
from hemeroteca.index.encoder.transformer import exact_eight_bits
from hemeroteca.index.encoder.weights import load_weights
from hemeroteca.index.errors import CheckpointError
from hemeroteca.index.text.case import in_small_letters
from hemeroteca.index.text.sentences import Span

# What is cut out of a text, maybe within a word, can have a few tokens more than it had in it.
_CUT_MARGIN = 32
_REMEMBERED = 16  # questions: one is encoded for its kind, and to be told of
# Sentences, in 6 MB: who goes on asking of the same articles has them compared again.
_SENTENCES = 4_096


class Encoder:
    """A model with its `query` and `document` prompts. Safe to use from several threads.

    `fingerprint` names the model and its weights: vectors of different fingerprints must not
    be compared; those of different `precision` may be (docs/scale.md).

    Where `searching` is given, which has learnt to meet the vectors that `model` gives passages,
    these are searched by the mean of what both make of a question: within a language `model` finds
    more, across languages the other, and both together mostly more than either
    (training/questions/README.md)."""

    def __init__(
        self,
        model: EmbeddingModel,
        fingerprint: str,
        searching: Callable[[], EmbeddingModel] | None = None,
    ) -> None:
        self.model = model
        self.fingerprint = fingerprint
        self._searching = searching
        self._question = lru_cache(_REMEMBERED)(self._encode_question)
        self._search = lru_cache(_REMEMBERED)(self._encode_search)
        self._sentences: Mapping[str, np.ndarray] = {}

    @property
    def dimension(self) -> int:
        return self.model.dimension

    @property
    def precision(self) -> Precision:
        return self.model.precision

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of passages, fp32 of shape (len(texts), dimension), each of length 1; what is in
        capitals is read in small letters."""
        return self._encode(list(map(in_small_letters, texts)), "document")

    def encode_sentences(self, texts: Sequence[str]) -> np.ndarray:
        """As `encode_passages`; the last few thousand are remembered."""
        known = self._sentences
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        encoded = dict(zip(missing, self.encode_passages(missing), strict=True))
        # Never changed but replaced: another thread may be looking into it.
        whole = len(known) + len(encoded) > _SENTENCES
        self._sentences = encoded if whole else {**known, **encoded}
        vectors = [encoded[text] if text in encoded else known[text] for text in texts]
        return np.array(vectors, np.float32).reshape(len(texts), self.dimension)

    def encode_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of questions, fp32 of shape (len(texts), dimension), each of length 1."""
        return self._encode(texts, "query")

    def encode_question(self, text: str) -> np.ndarray:
        """The vector (dimension,) of one question, read-only; the last few are remembered."""
        return self._question(text)

    def encode_searches(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors that questions search passages by, fp32 of shape (len(texts), dimension), each of
        length 1. Raises CheckpointError if their model's weights are damaged."""
        return self._searching_like(self.encode_questions(texts), texts)

    def encode_search(self, text: str) -> np.ndarray:
        """That (dimension,) of one question, read-only; the last few are remembered."""
        return self._search(text)

    def tokenize(self, texts: list[str]) -> list[Tokens]:
        """The tokens of every text, however long."""
        return self.model.tokenize(texts) if texts else []

    def token_offsets(self, texts: list[str]) -> list[list[Span]]:
        """The character span of every token of every text, without special tokens."""
        return [tokens.spans for tokens in self.tokenize(texts)]

    def passage_tokens(self) -> int:
        """Tokens that a passage may have beside the prompt and the special tokens."""
        return self._room

    @cached_property
    def _room(self) -> int:
        prompt = self.model.prompts.get("document") or ""
        return self.model.max_tokens - len(self.token_offsets([prompt])[0]) - 2

    def _encode_question(self, text: str) -> np.ndarray:
        vector: np.ndarray = self.encode_questions([text])[0]
        vector.flags.writeable = False
        return vector

    def _encode_search(self, text: str) -> np.ndarray:
        vector: np.ndarray = self._searching_like(self.encode_question(text)[None], [text])[0]
        vector.flags.writeable = False
        return vector

    def _searching_like(self, asked: np.ndarray, texts: Sequence[str]) -> np.ndarray:
        """What searches for `texts`, of which `asked` are the vectors."""
        if self._search_model is self.model:
            return asked.copy()
        both = asked + self._encode(texts, "query", self._search_model)
        means: np.ndarray = both / np.maximum(np.linalg.norm(both, axis=1, keepdims=True), 1e-12)
        return means

    @cached_property
    def _search_model(self) -> EmbeddingModel:
        return self._searching() if self._searching else self.model

    def _encode(
        self, texts: Sequence[str], prompt: str, model: EmbeddingModel | None = None
    ) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        pieces, owners, weights = self._windows(texts)
        vectors = (model or self.model).encode(pieces, self.model.prompts.get(prompt) or "")
        if len(pieces) == len(texts):
            return vectors
        # A text over the limit is the mean of its windows, weighted by their tokens.
        pooled = np.zeros((len(texts), vectors.shape[1]), np.float32)
        np.add.at(pooled, owners, vectors * np.asarray(weights, np.float32)[:, None])
        pooled /= np.linalg.norm(pooled, axis=1, keepdims=True)
        return pooled

    def _windows(self, texts: Sequence[str]) -> tuple[list[str], list[int], list[int]]:
        """Pieces that fit the model, the text each comes from, and their token counts."""
        room = self._room
        if all(_fits(text, room) for text in texts):  # which costs less than their tokens
            return list(texts), list(range(len(texts))), [1] * len(texts)
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


def _fits(text: str, tokens: int) -> bool:
    """Whether `text` has surely no more than `tokens`: a token is of one byte at the least, as
    Unicode composes them, beside one for the beginning."""
    return len(text) < tokens and len(unicodedata.normalize("NFKC", text).encode()) < tokens


def load_encoder(
    model: str, cache: Path, engine: Engine = "onnxruntime", threads: int = 0
) -> Encoder:
    """The encoder `model`: EMBEDDED_MODEL, a hub name or a folder. `engine` runs the embedded
    model; sentence-transformers runs every other, and has as many threads as torch was given
    (OMP_NUM_THREADS). ONNX Runtime has `threads`, one a core for 0.

    Only a name that is neither embedded nor a folder may reach the model hub. Raises
    CheckpointError if the model cannot be had."""
    if model == EMBEDDED_MODEL:
        folder, name = e5_checkpoint(cache)
        if engine == "sentence-transformers":
            plain = _any_model(str(folder), offline=True, add_pooling_layer=False)
            return Encoder(
                plain, name, lambda: E5(folder, threads, own=load_weights(QUESTION_FILE))
            )
        exact = engine == "onnxruntime" and exact_eight_bits() is not None
        embedded = E5(folder, threads, "int8" if exact else "fp32")
        return Encoder(embedded, name, lambda: embedded.with_weights(load_weights(QUESTION_FILE)))
    path = Path(model).expanduser()
    if path.is_dir():
        return Encoder(_any_model(str(path), offline=True), str(path.resolve()))
    return Encoder(_any_model(model, offline=False), model)


def _any_model(model: str, offline: bool, **model_kwargs: object) -> EmbeddingModel:
    # Ten seconds of imports and 450 MB, which the embedded model does without.
    try:
        from hemeroteca.index.encoder.sentence_transformer import SentenceTransformerModel
    except ModuleNotFoundError as error:
        raise CheckpointError(
            "{package} is not installed, which other embedding models and "
            "EMBEDDING_ENGINE=sentence-transformers need: pip install 'hemeroteca[models]', or "
            "leave EMBEDDING_MODEL and EMBEDDING_ENGINE out to use the embedded one",
            package=error.name,
        ) from error

    return SentenceTransformerModel(model, offline, **model_kwargs)
