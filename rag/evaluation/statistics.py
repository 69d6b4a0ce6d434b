"""Measures as sums over questions, and their bootstrap: all resamples in one product of arrays.

A resample draws n of n questions with replacement; what counts is how often each was drawn. So a
statistic is a function of weights: ones give its value, drawn counts give one resample. The 95 %
interval is the percentile interval (Efron and Tibshirani 1993, chapter 13)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

RESAMPLES = 1_000
SEED = 20_240_501
_PERCENTILES = (2.5, 97.5)
_WEIGHTS_AT_ONCE = 4_000_000  # 32 MB; AUROC holds a few arrays of this size


class Statistic(Protocol):
    """Something computed over questions."""

    def compute(self, weights: np.ndarray) -> np.ndarray:
        """Its value for every row of `weights`, fp64 of shape (rows, questions); NaN where it is
        undefined. Result of shape (rows,)."""
        ...


@dataclass(frozen=True)
class Ratio:
    """sum(numerators) / sum(denominators), both of shape (questions,). A mean over the questions
    that something applies to has denominators of 1, and 0 elsewhere."""

    numerators: np.ndarray
    denominators: np.ndarray

    def compute(self, weights: np.ndarray) -> np.ndarray:
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray((weights @ self.numerators) / (weights @ self.denominators))


@dataclass(frozen=True)
class Auroc:
    """Area under the ROC curve: the probability that a positive scores above a negative, ties
    counting half (Mann and Whitney 1947). `positives` is bool, `scores` float, both (questions,).
    """

    positives: np.ndarray
    scores: np.ndarray

    def compute(self, weights: np.ndarray) -> np.ndarray:
        order = np.argsort(self.scores, kind="stable")
        ranked = self.scores[order]
        positives = self.positives[order]
        first_of_ties = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])
        drawn = weights[:, order]
        above = np.add.reduceat(drawn * positives, first_of_ties, axis=1)
        below = np.add.reduceat(drawn * ~positives, first_of_ties, axis=1)
        beaten = np.cumsum(below, axis=1) - below / 2
        pairs = above.sum(axis=1) * below.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray((above * beaten).sum(axis=1) / pairs)


@dataclass(frozen=True)
class Quantile:
    """The smallest of `values` (questions,) that at least the share `q` of them do not exceed;
    NaN values are left out."""

    values: np.ndarray
    q: float

    def compute(self, weights: np.ndarray) -> np.ndarray:
        known = np.flatnonzero(~np.isnan(self.values))
        if not len(known):
            return np.full(len(weights), np.nan)
        order = known[np.argsort(self.values[known], kind="stable")]
        reached = np.cumsum(weights[:, order], axis=1)
        total = reached[:, -1:]
        # The tolerance keeps q * total from missing an exact rank by rounding.
        at = np.argmax(reached >= self.q * total - 1e-9, axis=1)
        return np.where(total[:, 0] > 0, self.values[order][at], np.nan)


@dataclass(frozen=True)
class Figure:
    """A value and its 95 % interval; None where it is undefined."""

    value: float | None
    low: float | None
    high: float | None

    def as_dict(self) -> dict[str, float | None]:
        return dict(vars(self))


def estimate(
    statistics: Mapping[str, Statistic], questions: int, resamples: int = RESAMPLES
) -> dict[str, Figure]:
    """Every statistic with its interval, over the same resamples of `questions` questions."""
    values = _values(statistics, questions)
    drawn = _resampled(statistics, questions, resamples)
    return {name: _figure(values[name], drawn[name]) for name in statistics}


def estimate_differences(
    before: Mapping[str, Statistic],
    after: Mapping[str, Statistic],
    questions: int,
    resamples: int = RESAMPLES,
) -> dict[str, Figure]:
    """after - before of every statistic that both have. Paired: a resample draws the same
    questions for both, so what makes a question hard for both does not widen the interval
    (Koehn 2004)."""
    names = [name for name in before if name in after]
    one = {name: before[name] for name in names}
    other = {name: after[name] for name in names}
    values = _values(one, questions), _values(other, questions)
    drawn = _resampled(one, questions, resamples), _resampled(other, questions, resamples)
    return {
        name: _figure(values[1][name] - values[0][name], drawn[1][name] - drawn[0][name])
        for name in names
    }


def _values(statistics: Mapping[str, Statistic], questions: int) -> dict[str, float]:
    ones = np.ones((1, questions))
    return {name: float(each.compute(ones)[0]) for name, each in statistics.items()}


def _resampled(
    statistics: Mapping[str, Statistic], questions: int, resamples: int
) -> dict[str, np.ndarray]:
    parts: dict[str, list[np.ndarray]] = {name: [] for name in statistics}
    for weights in _draws(questions, resamples):
        for name, each in statistics.items():
            parts[name].append(each.compute(weights))
    return {name: np.concatenate(values) for name, values in parts.items()}


def _draws(questions: int, resamples: int) -> Iterator[np.ndarray]:
    """Counts of shape (rows, questions), `resamples` rows in all; the same at every call."""
    rng = np.random.default_rng(SEED)
    rows = max(1, _WEIGHTS_AT_ONCE // questions)
    for first in range(0, resamples, rows):
        size = min(rows, resamples - first)
        drawn = rng.integers(questions, size=(size, questions))
        drawn += np.arange(size)[:, None] * questions
        counts = np.bincount(drawn.ravel(), minlength=size * questions)
        yield counts.reshape(size, questions).astype(np.float64)


def _figure(value: float, drawn: np.ndarray) -> Figure:
    defined = drawn[~np.isnan(drawn)]
    if np.isnan(value) or not len(defined):
        return Figure(None, None, None)
    low, high = np.percentile(defined, _PERCENTILES)
    return Figure(value, float(low), float(high))
