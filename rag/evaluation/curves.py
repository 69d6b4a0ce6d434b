"""What one number hides: risk against coverage, calibration, recall by rank."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hemeroteca.rag.evaluation.measures import Results, article_ranking, is_right, passage_ranking

_BINS = 10
_RANKS = range(1, 21)


@dataclass(frozen=True)
class Point:
    """A point of a curve; `questions` is how many it rests on."""

    x: float
    y: float
    questions: int


def risk_coverage(results: Results) -> list[Point]:
    """Risk (share of wrong answers among those given) against coverage (share of all questions
    answered), as the confidence asked for falls (El-Yaniv and Wiener 2010). An answer is wrong
    whose first citation holds no gold answer. Ends where the program itself refuses; questions of
    equal confidence enter together, failed ones last."""
    answered = [(result.confidence, not is_right(result)) for result in results if result.answered]
    answered += [(-1.0, True) for result in results if result.error is not None]
    answered.sort(key=lambda pair: -pair[0])
    points = []
    wrong = 0
    for n, (confidence, is_wrong) in enumerate(answered, start=1):
        wrong += is_wrong
        if n == len(answered) or answered[n][0] != confidence:
            points.append(Point(n / len(results), wrong / n, n))
    return points


def calibration(results: Results) -> list[Point]:
    """Share of questions that the corpus answers against the mean confidence, in ten bins of equal
    width (Guo et al. 2017). A reader whose confidence can be trusted lies on the diagonal."""
    judged = [result for result in results if result.error is None]
    bins: dict[int, list[tuple[float, bool]]] = {}
    for result in judged:
        at = min(int(result.confidence * _BINS), _BINS - 1)
        bins.setdefault(at, []).append((result.confidence, result.case.answerable))
    return [
        Point(
            float(np.mean([confidence for confidence, _ in found])),
            float(np.mean([answerable for _, answerable in found])),
            len(found),
        )
        for _, found in sorted(bins.items())
    ]


def recall_by_rank(results: Results, of_passages: bool = False) -> list[Point]:
    """Recall@k for k up to 20, over articles or over passages; no points where no question is
    answerable."""
    questions = sum(result.case.answerable for result in results)
    if not questions:
        return []
    ranking = passage_ranking if of_passages else article_ranking
    measures = ranking(results, [f"R@{k}" for k in _RANKS])
    ones = np.ones((1, len(results)))
    values: Sequence[float] = [float(ratio.compute(ones)[0]) for ratio in measures.values()]
    return [Point(k, value, questions) for k, value in zip(_RANKS, values, strict=True)]


def latencies(results: Results, stage: str) -> list[float]:
    """The milliseconds that each question spent in `stage`, ascending."""
    return sorted(r.timings_ms[stage] for r in results if stage in r.timings_ms)
