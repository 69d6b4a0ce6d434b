"""A run's figures: all of it, its slices, what fell below a floor, what another run did better."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hemeroteca.rag.evaluation.measures import all_measures, verdict
from hemeroteca.rag.evaluation.run import Result, Run
from hemeroteca.rag.evaluation.statistics import Figure, estimate, estimate_differences
from hemeroteca.rag.evaluation.testset import EvaluationError, read_text

_SLICES: dict[str, Callable[[Result], Sequence[str]]] = {
    "lang": lambda result: [result.case.lang],
    "answerable": lambda result: ["yes" if result.case.answerable else "no"],
    "tag": lambda result: result.case.tags,
}


@dataclass(frozen=True)
class Scores:
    """Figures by the measure's name, `group.measure`, over `n` questions; `by` holds the same of
    slices, by kind and value, such as `by["lang"]["es"]`."""

    n: int
    figures: Mapping[str, Figure]
    by: Mapping[str, Mapping[str, "Scores"]]

    @property
    def shown(self) -> Mapping[str, Figure]:
        """The figures without the stages that no question went through."""
        return {
            name: figure
            for name, figure in self.figures.items()
            if figure.value is not None or not name.startswith("latency_ms.")
        }

    def as_dict(self) -> dict[str, Any]:
        """The object that `hemeroteca evaluate --json` prints."""
        return {
            **_nested(self.n, self.figures),
            "by": {
                kind: {value: _nested(part.n, part.figures) for value, part in slices.items()}
                for kind, slices in self.by.items()
            },
        }


@dataclass(frozen=True)
class Flip:
    """A question that one run has right and the other has not."""

    before: Result
    after: Result

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.before.case.id,
            "question": self.before.case.question,
            "answers": list(self.before.case.answers),
            "before": _shown(self.before),
            "after": _shown(self.after),
        }


@dataclass(frozen=True)
class Comparison:
    """What changed from one run to another over the same questions: the differences (after -
    before) by measure, the figures of both, and the questions that turned right or wrong."""

    n: int
    before: Mapping[str, Figure]
    after: Mapping[str, Figure]
    differences: Mapping[str, Figure]
    gained: Sequence[Flip]
    lost: Sequence[Flip]

    def as_dict(self) -> dict[str, Any]:
        """The object that `hemeroteca evaluate --compare --json` prints."""
        return {
            "n": self.n,
            "before": _nested(self.n, self.before),
            "after": _nested(self.n, self.after),
            "difference": _nested(self.n, self.differences),
            "gained": [flip.as_dict() for flip in self.gained],
            "lost": [flip.as_dict() for flip in self.lost],
        }


def score(results: Sequence[Result], slices: bool = True) -> Scores:
    """Every measure of `results`, with intervals, and of every slice."""
    by: dict[str, dict[str, Scores]] = {}
    for kind, values_of in _SLICES.items() if slices else ():
        parts: dict[str, list[Result]] = {}
        for result in results:
            for value in values_of(result):
                parts.setdefault(value, []).append(result)
        by[kind] = {value: score(part, slices=False) for value, part in sorted(parts.items())}
    return Scores(len(results), estimate(all_measures(results), len(results)), by)


def compare(before: Run, after: Run) -> Comparison:
    """Paired comparison of runs that `check_same_questions` let pass."""
    measures = all_measures(before.results), all_measures(after.results)
    n = len(before.results)
    pairs = [Flip(b, a) for b, a in zip(before.results, after.results, strict=True)]
    return Comparison(
        n=n,
        before=estimate(measures[0], n),
        after=estimate(measures[1], n),
        differences=estimate_differences(*measures, n),
        gained=[pair for pair in pairs if not is_good(pair.before) and is_good(pair.after)],
        lost=[pair for pair in pairs if is_good(pair.before) and not is_good(pair.after)],
    )


def is_good(result: Result) -> bool:
    """Whether the question was answered rightly, or rightly refused."""
    return verdict(result) in ("right", "rightly refused")


def read_floors(path: Path) -> dict[str, float]:
    """Lowest values allowed, by measure. Raises EvaluationError if the file is malformed or names
    a measure that does not exist."""
    try:
        floors = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise EvaluationError(
            "{path}, line {line}: expected a JSON object, {reason}",
            path=path,
            line=error.lineno,
            reason=error.msg,
        ) from None
    if not isinstance(floors, dict):
        raise EvaluationError(
            "{path}: expected a JSON object of measures and their lowest values", path=path
        )
    known = all_measures([])
    for name, floor in floors.items():
        if name not in known:
            raise EvaluationError(
                "{path}: there is no measure {name!r}: {known}",
                path=path,
                name=name,
                known=", ".join(known),
            )
        if isinstance(floor, bool) or not isinstance(floor, int | float):
            raise EvaluationError(
                "{path}: the floor of {name} should be a number, found {floor!r}",
                path=path,
                name=name,
                floor=floor,
            )
    return floors


def check_floors(scores: Scores, floors: Mapping[str, float]) -> None:
    """Raise EvaluationError that names every measure whose value is below its floor."""
    low = [
        f"{name} is {_number(scores.figures[name].value)}, its floor {floor:g}"
        for name, floor in floors.items()
        if (value := scores.figures[name].value) is None or value < floor
    ]
    if low:
        raise EvaluationError("below the floor: {measures}", measures="; ".join(low))


def _nested(n: int, figures: Mapping[str, Figure]) -> dict[str, Any]:
    nested: dict[str, Any] = {"n": n}
    for name, figure in figures.items():
        group, measure = name.split(".", 1)
        nested.setdefault(group, {})[measure] = figure.as_dict()
    return nested


def _shown(result: Result) -> dict[str, Any]:
    return {
        "verdict": verdict(result),
        "answer": result.answer,
        "citations": [{"article": c.span.article, "quote": c.quote} for c in result.citations],
        "error": result.error,
    }


def _number(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"
