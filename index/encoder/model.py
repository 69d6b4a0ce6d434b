"""What an embedding model has to offer: tokens and vectors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from hemeroteca.index.text.sentences import Span

Precision = Literal["fp32", "int8"]  # of the states and weights that a model multiplies


@dataclass(frozen=True)
class Tokens:
    """A tokenised text without special tokens: ids, and the character span of each."""

    ids: list[int]
    spans: list[Span]


class EmbeddingModel(Protocol):
    """A model with its prompts by the sort of text, `query` and `document`. Safe to use from
    several threads."""

    prompts: Mapping[str, str]
    precision: Precision
    dimension: int
    max_tokens: int  # of a text with its prompt and the special tokens

    def tokenize(self, texts: list[str]) -> list[Tokens]:
        """The tokens of every text, however long."""
        ...

    def encode(self, texts: list[str], prompt: str) -> np.ndarray:
        """Vectors, fp32 of shape (len(texts), dimension), each of length 1, of `prompt` followed
        by each text; what is over `max_tokens` is cut off."""
        ...

    def is_common(self, word: str) -> bool | None:
        """Whether `word` is known to be one that is seldom capitalised, so that it names nobody;
        None if it is not known."""
        ...
