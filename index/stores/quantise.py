"""Vectors in few bits: twelve a number, which tell their cosines, and two, which tell which are
worth looking at. `width` is their dimension, a multiple of four (see `padded`)."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

_MOST = 2_047  # the greatest number of twelve bits with a sign
# The limits between, and the levels of, the four parts of a normal distribution that lose least of
# it, in standard deviations (Max 1960).
_LIMITS = (-0.9816, 0.0, 0.9816)
_LEVELS = np.array([-1.510, -0.4528, 0.4528, 1.510], np.float32)


def padded(vectors: np.ndarray) -> np.ndarray:
    """`vectors` (n, dimension) as float32 with zeros up to the next `width`."""
    vectors = np.asarray(vectors, np.float32)
    if vectors.shape[1] % 4 == 0:
        return vectors
    return np.pad(vectors, ((0, 0), (0, -vectors.shape[1] % 4)))


@dataclass(frozen=True)
class Twelve:
    """Vectors as steps away from `mean` (width,): the nearer it is to them, the finer are these."""

    mean: np.ndarray

    def encode(self, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """`vectors` (n, width) as the first eight bits (n, width) int8, the last four of two
        numbers in a byte (n, width / 2), and the length (n,) float32 of a step."""
        away = vectors - self.mean
        steps = np.maximum(np.abs(away).max(axis=1) / _MOST, 1e-12).astype(np.float32)
        numbers = np.rint(away / steps[:, None]).astype(np.int16)
        last = (numbers & 15).astype(np.uint8)
        return (numbers >> 4).astype(np.int8), last[:, ::2] | last[:, 1::2] << 4, steps

    def decode(self, first: np.ndarray, last: np.ndarray, steps: np.ndarray) -> np.ndarray:
        """The inverse of `encode`."""
        vectors: np.ndarray = self.mean + _numbers(first, last) * steps[:, None]
        return vectors

    def products(
        self, vector: np.ndarray, first: np.ndarray, last: np.ndarray | None, steps: np.ndarray
    ) -> np.ndarray:
        """The products (n,) of `vector` (width,) with the encoded ones; without the last four bits
        by their middle."""
        # `numbers @ vector` would wake the threads of BLAS, which cost more than they save here.
        if last is None:
            inside = np.vecdot(first.astype(np.float32), vector) * 16 + 7.5 * vector.sum()
        else:
            inside = np.vecdot(_numbers(first, last), vector)
        products: np.ndarray = vector @ self.mean + inside * steps
        return products


def _numbers(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    numbers = first.astype(np.float32)
    numbers *= 16
    numbers[:, ::2] += last & 15
    numbers[:, 1::2] += last >> 4
    return numbers


@dataclass(frozen=True)
class Two:
    """Vectors as four levels a number, of a normal distribution with `mean` and `deviation`
    (width,)."""

    mean: np.ndarray
    deviation: np.ndarray

    @classmethod
    def of(cls, vectors: np.ndarray) -> "Two":
        """That of `vectors` (n, width)."""
        return cls(vectors.mean(axis=0), vectors.std(axis=0))

    def encode(self, vectors: np.ndarray) -> np.ndarray:
        """`vectors` (n, width) as four numbers in a byte (n, width / 4)."""
        away = vectors - self.mean
        levels = sum((away > limit * self.deviation).astype(np.uint8) for limit in _LIMITS)
        pairs = levels[:, ::2] << 2 | levels[:, 1::2]
        codes: np.ndarray = pairs[:, ::2] | pairs[:, 1::2] << 4
        return codes

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """What `codes` say of vectors, less their mean."""
        pairs = np.stack([codes & 15, codes >> 4], axis=-1).reshape(len(codes), -1)
        levels = np.stack([pairs >> 2, pairs & 3], axis=-1).reshape(len(codes), -1)
        away: np.ndarray = _LEVELS[levels] * self.deviation
        return away

    def searched(self, codes: np.ndarray) -> Any:
        """`codes` (n, width / 4) in memory as faiss searches them: product quantization of two
        numbers at once, looked up in a processor's registers (André et al. 2017)."""
        faiss: Any = import_module("faiss")  # takes memory, which small archives need not

        width = len(self.mean)
        plain = faiss.IndexPQ(width, width // 2, 4, faiss.METRIC_INNER_PRODUCT)
        levels = np.stack([_LEVELS.repeat(4), np.tile(_LEVELS, 4)], axis=1)
        centroids = levels[None] * self.deviation.reshape(-1, 1, 2)
        faiss.copy_array_to_vector(centroids.astype(np.float32).ravel(), plain.pq.centroids)
        faiss.copy_array_to_vector(codes.ravel(), plain.codes)
        plain.is_trained, plain.ntotal = True, len(codes)
        return faiss.IndexPQFastScan(plain)


def dump(numbers: np.ndarray) -> str:
    """Numbers (n,) as text."""
    return b64encode(numbers.astype("<f4").tobytes()).decode()


def load(text: str) -> np.ndarray:
    """The inverse of `dump`, float32."""
    return np.frombuffer(b64decode(text), "<f4")
