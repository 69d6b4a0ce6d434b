"""An encoder that costs nothing, where it is the stores that are measured and not the model."""

from collections.abc import Sequence

import numpy as np

from hemeroteca.index.encoder.model import Precision
from hemeroteca.index.text.sentences import Span


class LetterEncoder:
    """Stands for the model: a vector of letter counts, a token for every six characters."""

    fingerprint = "letters"
    precision: Precision = "fp32"

    def passage_tokens(self) -> int:
        return 16

    def token_offsets(self, texts: list[str]) -> list[list[Span]]:
        return [[(at, at + 1) for at in range(0, len(text), 6)] for text in texts]

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.ones((len(texts), 32), np.float32)
        for row, text in enumerate(texts):
            for character in text:
                vectors[row, ord(character) % 32] += 1
        lengths: np.ndarray = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / lengths)
