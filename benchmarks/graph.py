"""Vectors that a search for themselves does not find, by the shape of Chroma's graph.

    python -m benchmarks.graph

The vectors are one with noise, as passages of one subject are close to one another, and five
strangers among them; nothing is killed, changed or deleted."""

import tempfile
import time
from pathlib import Path
from unittest.mock import patch

import numpy as np

from hemeroteca.index.article import Passage
from hemeroteca.index.stores.vectors import Vectors

_SHAPES = ((16, 100, 100), (16, 100, 400), (32, 200, 200), (64, 200, 100))
_CLOUDS = ((2_000, 384, 0.05), (5_000, 32, 0.02))  # vectors, dimension, noise
_STRANGERS = 5
_PUT = 100  # at once


def main() -> None:
    print("| neighbours, ef construction, ef search | vectors | lost | putting, s | a search, ms |")
    print("|---|---|---|---|---|")
    for shape in _SHAPES:
        for size, dimension, noise in _CLOUDS:
            lost, putting, searching = _measure(shape, _cloud(size, dimension, noise))
            print(
                f"| {', '.join(map(str, shape))} | {size:,} of {dimension} | {lost} "
                f"| {putting:.1f} | {searching:.2f} |",
                flush=True,
            )


def _cloud(size: int, dimension: int, noise: float) -> np.ndarray:
    chance = np.random.default_rng(0)
    centre = chance.normal(size=dimension)
    centre /= np.linalg.norm(centre)
    near = centre + noise * chance.normal(size=(size, dimension)) / np.sqrt(dimension)
    vectors = np.concatenate([chance.normal(size=(_STRANGERS, dimension)), near])
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def _measure(shape: tuple[int, int, int], cloud: np.ndarray) -> tuple[int, float, float]:
    """(vectors lost, seconds to put them all, milliseconds of a search)."""
    names = ("max_neighbors", "ef_construction", "ef_search")
    graph = {"space": "cosine", **dict(zip(names, shape, strict=True))}
    with (
        tempfile.TemporaryDirectory() as home,
        patch("hemeroteca.index.stores.vectors._GRAPH", graph),
    ):
        vectors = Vectors(Path(home))
        passages = [Passage(str(n), "", "", 0, 0, "es") for n in range(len(cloud))]
        started = time.perf_counter()
        for at in range(0, len(cloud), _PUT):
            vectors.put(passages[at : at + _PUT], cloud[at : at + _PUT])
        put = time.perf_counter()
        lost = vectors.unreachable([passage.id for passage in passages])
        searched = time.perf_counter()
        vectors.close()
    return len(lost), put - started, (searched - put) / len(cloud) * 1e3


if __name__ == "__main__":
    main()
