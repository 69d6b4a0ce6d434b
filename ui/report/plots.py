"""What the plots of a report show: points and bars, as shares of 0 to 1 of the axes."""

from collections.abc import Sequence
from dataclasses import dataclass

from hemeroteca.rag.evaluation.curves import (
    Point,
    calibration,
    latencies,
    recall_by_rank,
    risk_coverage,
)
from hemeroteca.rag.evaluation.measures import STAGES
from hemeroteca.rag.evaluation.run import Result

_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_SHARES = [(tick, f"{tick:g}") for tick in _TICKS]


@dataclass(frozen=True)
class Mark:
    """A point of a line; with a hint it is drawn as a dot that says it."""

    x: float
    y: float
    hint: str = ""


@dataclass(frozen=True)
class Line:
    """Marks joined by a line of the style `s1` or `s2`."""

    marks: Sequence[Mark]
    style: str = "s1"
    hint: str = ""


@dataclass(frozen=True)
class Bar:
    """How long something takes: for half of the questions, and for 95 % of them."""

    name: str
    half: float
    most: float
    hint: str


@dataclass(frozen=True)
class Plot:
    """Lines or bars, what is written below and beside them, and the styles of a legend."""

    title: str
    text: str
    below: str = ""
    beside: str = ""
    ticks: Sequence[tuple[float, str]] = ()
    lines: Sequence[Line] = ()
    bars: Sequence[Bar] = ()
    diagonal: bool = False
    legend: Sequence[tuple[str, str]] = ()


def plots(results: Sequence[Result]) -> list[Plot]:
    """The four plots of a run."""
    return [_risk(results), _calibration(results), _recall(results), _latency(results)]


def _risk(results: Sequence[Result]) -> Plot:
    points = risk_coverage(results)
    marks = [Mark(point.x, point.y) for point in points]
    hint = f"at {points[-1].x:.0%} answered, {points[-1].y:.1%} wrong" if points else ""
    lines = [Line(marks, hint=hint)]
    if points:
        last = points[-1]
        said = f"as the program answers: {last.x:.0%} answered, {last.y:.1%} wrong"
        lines.append(Line([Mark(last.x, last.y, said)]))
    return Plot(
        "Risk and coverage",
        "The surest answers first: how the errors come in.",
        below="share of questions answered",
        beside="share of answers wrong",
        ticks=_SHARES,
        lines=lines,
    )


def _calibration(results: Sequence[Result]) -> Plot:
    def mark(point: Point) -> Mark:
        said = f"{point.y:.0%} of {point.questions} questions have an answer"
        return Mark(point.x, point.y, f"confidence {point.x:.2f}: {said}")

    return Plot(
        "Calibration",
        "On the dashed line, confidence means what it says.",
        below="confidence",
        beside="share that the articles answer",
        ticks=_SHARES,
        lines=[Line([mark(point) for point in calibration(results)])],
        diagonal=True,
    )


def _recall(results: Sequence[Result]) -> Plot:
    articles, passages = recall_by_rank(results), recall_by_rank(results, of_passages=True)
    last = articles[-1].x if articles else 20

    def line(points: Sequence[Point], style: str, what: str) -> Line:
        marks = [
            Mark(point.x / last, point.y, f"{what}: {point.y:.1%} among the first {k}")
            for k, point in enumerate(points, start=1)
        ]
        return Line(marks, style)

    return Plot(
        "Recall at k",
        "Whether what proves the answer is among the first k.",
        below="first k retrieved",
        beside="share found",
        ticks=[(x / last, f"{x}") for x in (1, 5, 10, 15, 20)],
        lines=[line(articles, "s1", "articles"), line(passages, "s2", "passages")],
        legend=[("s1", "articles"), ("s2", "passages")],
    )


def _latency(results: Sequence[Result]) -> Plot:
    timed = {stage: found for stage in ("total", *STAGES) if (found := latencies(results, stage))}
    if not timed:
        return Plot("Latency", "No question was timed.")
    longest = max(_quantile(found, 0.95) for found in timed.values()) or 1.0

    def bar(stage: str, found: Sequence[float]) -> Bar:
        half, most = _quantile(found, 0.5), _quantile(found, 0.95)
        hint = f"{stage}: half within {half:,.1f} ms, 95 % within {most:,.1f} ms"
        return Bar(stage, half / longest, most / longest, hint)

    return Plot(
        "Latency",
        "What a question takes, by stage.",
        below="milliseconds",
        ticks=[(tick, f"{tick * longest:,.0f}") for tick in _TICKS],
        bars=[bar(stage, found) for stage, found in timed.items()],
        legend=[("s1", "median"), ("s1 wide", "95 %")],
    )


def _quantile(ascending: Sequence[float], q: float) -> float:
    return ascending[max(0, -int(-q * len(ascending) // 1) - 1)]
