"""A run as one HTML page that needs nothing else: figures, plots, every question."""

from collections import Counter
from pathlib import Path

from hemeroteca.rag.evaluation.measures import verdict
from hemeroteca.rag.evaluation.run import CONTEXT_CHARACTERS, Run
from hemeroteca.rag.evaluation.scores import Comparison, Scores
from hemeroteca.rag.evaluation.statistics import Figure
from hemeroteca.rag.evaluation.testset import EvaluationError
from hemeroteca.ui.report.plots import plots
from hemeroteca.ui.report.slices import SLICED
from hemeroteca.ui.templates import Templates

_TEMPLATES = Templates(Path(__file__).parent / "templates")
_SIZE = _WIDTH, _HEIGHT = 460, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 80, 14, 14, 42
_HEADLINES = {
    "shown.right": "right of what is shown",
    "shown.unanswerable_answered": "unanswerable answered",
    "shown.found": "answered, or its sentence shown",
    "retrieval.recall@1": "article found first",
    "answer.quote_holds_answer": "quote holds the answer",
    "answer.f1": "F1 of the short answer",
    "citations.precision": "citations that support",
    "abstention.f1": "F1 of refusals",
    "abstention.auroc": "AUROC of the confidence",
}


def write_report(path: Path, run: Run, scores: Scores) -> None:
    """Write the page. Raises EvaluationError if it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report_html(run, scores), encoding="utf-8")
    except OSError as error:
        raise EvaluationError(
            "cannot write the report {path} ({reason})", path=path, reason=error.strerror
        ) from None


def report_html(run: Run, scores: Scores) -> str:
    """The page. It loads nothing: styles, script and plots are in it."""
    facts = {
        "questions": f"{scores.n:,}" + (f" ({run.left_out:,} left out)" if run.left_out else ""),
        "articles": f"{run.articles:,}",
        **{f"{name} model": value for name, value in run.models.items()},
        "settings": ", ".join(f"{name} {value}" for name, value in run.settings.items()),
        "version": run.package,
        "asked on": run.created,
        "corpus": run.corpus_hash[:12],
        "test set": run.cases_hash[:12],
    }
    return _TEMPLATES.render(
        "report",
        "en",
        title=f"Evaluation: {run.testset}",
        facts=facts,
        scores=scores,
        headlines=_HEADLINES,
        sliced=SLICED,
        plots=plots(run.results),
        results=run.results,
        verdicts=Counter(map(verdict, run.results)),
        verdict=verdict,
        context=CONTEXT_CHARACTERS,
        number=_number,
        interval=_interval,
        percent="{:.2%}".format,
        around=_around,
        size=_SIZE,
        x=_x,
        y=_y,
    )


def comparison_html(names: tuple[str, str], comparison: Comparison) -> str:
    """A page of the same kind: what changed from the run named first to the other."""
    return _TEMPLATES.render(
        "comparison",
        "en",
        title="Comparison",
        facts={"A": names[0], "B": names[1], "questions": f"{comparison.n:,}"},
        comparison=comparison,
        verdict=verdict,
        number=_number,
        interval=_interval,
    )


def _x(share: float) -> float:
    return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)


def _y(share: float) -> float:
    return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)


def _around(quote: str, answer: str) -> tuple[str, str, str]:
    """What stands before the answer in a quote, the answer, and what stands after it."""
    before, found, after = quote.partition(answer) if answer else (quote, "", "")
    return before, found, after


def _number(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.1f}" if name.startswith("latency") else f"{value:.3f}"


def _interval(name: str, figure: Figure) -> str:
    if figure.value is None:
        return "–"
    return f"{_number(name, figure.low)} to {_number(name, figure.high)}"
