"""The middle of each language's vectors. What the passages of a language have in common is their
language: a likeness without it compares passages of several languages by what they say."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

# Into the mean of n passages of a language go BORROWED / n of the mean of the others: one of very
# few is else taken for its language itself, and found no more (benchmarks/README.md).
_BORROWED = 10
_TURN = 2  # times the way from the middle to a language, that a question goes


@dataclass(frozen=True)
class Centres:
    """The mean vector (dimension,) of the passages of each language of an archive."""

    means: Mapping[str, np.ndarray]

    @classmethod
    def of(cls, vectors: Mapping[str, np.ndarray]) -> "Centres":
        """Those of `vectors` (passages, dimension) by language, of two languages at the least."""
        sums = {language: of_one.sum(axis=0) for language, of_one in vectors.items()}
        total, number = sum(sums.values()), sum(map(len, vectors.values()))
        means = {}
        for language, own in sums.items():
            n = len(vectors[language])
            borrowed = _BORROWED / n
            means[language] = (own + borrowed * (total - own) / (number - n)) / (n + borrowed)
        return cls(means)

    @cached_property
    def middle(self) -> np.ndarray:
        """The mean of all languages, each counted once."""
        mean: np.ndarray = np.mean(list(self.means.values()), axis=0)
        return mean

    def turned(self, vector: np.ndarray, language: str) -> np.ndarray:
        """A question's `vector`, nearer to the passages of `language` than it was; of these to
        nearly the same."""
        turned: np.ndarray = vector + _TURN * (self.means[language] - self.middle)
        return turned

    def likenesses(
        self, vector: np.ndarray, passages: np.ndarray, languages: Sequence[str]
    ) -> np.ndarray:
        """How much a question's `vector` is like `passages` (n, dimension), each in one of the
        `languages`, apart from these: (n,), whose differences are in the measure of cosines."""
        own = vector - self.middle
        others = passages - np.stack([self.means[language] for language in languages])
        lengths = np.linalg.norm(others, axis=1)
        # One passage alone is its language's mean but for rounding.
        likenesses: np.ndarray = others @ own / np.maximum(lengths, 1e-6) * lengths.mean()
        return likenesses

    def dump(self) -> str:
        """The centres as text."""
        return json.dumps(
            {
                language: b64encode(mean.astype("<f4").tobytes()).decode()
                for language, mean in self.means.items()
            }
        )

    @classmethod
    def load(cls, text: str) -> "Centres":
        """The inverse of `dump`."""
        packed = json.loads(text).items()
        return cls({name: np.frombuffer(b64decode(mean), "<f4") for name, mean in packed})
