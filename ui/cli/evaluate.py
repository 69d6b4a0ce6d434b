"""The command `hemeroteca evaluate`: options in, a run asked or two compared, tables out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hemeroteca.ui.cli.output import print_json
from hemeroteca.ui.cli.progress import progress_bar
from hemeroteca.ui.report.slices import SLICED
from hemeroteca.ui.runs import (
    OWN_FLOORS,
    OWN_TESTSET,
    ask_testset,
    default_file,
    judge_run,
    read_testset,
)
from hemeroteca.ui.settings import Settings, SettingsError

# What evaluates is imported where it is used: `ask` must not wait for it.
if TYPE_CHECKING:
    from hemeroteca.rag.evaluation.run import Run
    from hemeroteca.rag.evaluation.scores import Comparison, Flip, Scores
    from hemeroteca.rag.evaluation.statistics import Figure

_FLIPS_SHOWN = 10

Testset = Annotated[
    Path | None,
    typer.Argument(help="A JSONL test set or a SQuAD file; without it, the project's own."),
]
Questions = Annotated[
    Path | None,
    typer.Option("--questions", metavar="FILE", help="Ask in the words of this parallel SQuAD."),
]
Articles = Annotated[
    list[Path] | None,
    typer.Option(
        "--articles",
        metavar="DIR",
        help="Articles beside those of the test set; a JSONL file brings none (ARTICLES_DIR).",
    ),
]
PerParagraph = Annotated[
    bool, typer.Option("--per-paragraph", help="Ask the impossible questions of SQuAD 2.0, too.")
]
Limit = Annotated[int | None, typer.Option(min=1, help="Ask only the first questions.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Save = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Where the run is saved (INDEX_DIR/evaluation/runs)."),
]
Html = Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report as a page.")]
Floors = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Fail if a measure is below its floor; `own`: the own test set's."
    ),
]
Compare = Annotated[
    tuple[Path, Path] | None,
    typer.Option(metavar="RUN_A RUN_B", help="Compare two saved runs instead of asking."),
]
Judge = Annotated[bool, typer.Option("--judge", help="Let the language model judge, too.")]


def evaluate(
    settings: Settings,
    *,
    testset: Path | None,
    questions: Path | None,
    articles: Sequence[Path],
    per_paragraph: bool,
    limit: int | None,
    as_json: bool,
    save: Path | None,
    html: Path | None,
    floors: Path | None,
    compare: tuple[Path, Path] | None,
    judge: bool,
) -> None:
    """Ask a test set and report, or compare two runs.

    Raises HemerotecaError if what is named cannot be used, or if a measure is below its floor."""
    if compare:
        if testset or questions or articles or html or floors or save or judge:
            raise SettingsError("--compare reads two saved runs: give it alone, or with --json")
        _print_comparison(compare, as_json)
        return
    if judge and not settings.llm_base_url:
        raise SettingsError(
            "--judge needs a language model: set LLM_BASE_URL and LLM_MODEL, or leave --judge out"
        )
    from hemeroteca.rag.evaluation.scores import check_floors, read_floors, score

    lowest = read_floors(OWN_FLOORS if str(floors) == "own" else floors) if floors else {}
    path = testset or OWN_TESTSET
    cases = read_testset(settings, path, questions, articles, per_paragraph)
    if limit:
        cases = cases.first(limit)
    with progress_bar() as progress:
        run = ask_testset(settings, cases, [path, *articles], progress)
    if judge:
        with progress_bar() as progress:
            run = judge_run(settings, run, progress)
    saved = save or default_file(settings, run)
    run.save(saved)
    scores = score(run.results)
    if html:
        from hemeroteca.ui.report.page import write_report

        write_report(html, run, scores)
    judged = _judged_figures(run) if judge else {}
    if as_json:
        shown = scores.as_dict()
        if judge:
            shown["judge"] = {name: figure.as_dict() for name, figure in judged.items()}
        print_json(shown)
    else:
        _print_scores(run, scores)
        if judge:
            _print_figures(f"judged by {settings.llm_model}", judged)
    typer.echo(f"run saved in {saved}" + (f", report in {html}" if html else ""), err=True)
    check_floors(scores, lowest)


def _judged_figures(run: "Run") -> dict[str, "Figure"]:
    from hemeroteca.rag.evaluation.judge import judge_measures
    from hemeroteca.rag.evaluation.statistics import estimate

    judgements = [result.judgement for result in run.results if result.judgement]
    return estimate(judge_measures(judgements), len(judgements))


def _print_scores(run: "Run", scores: "Scores") -> None:
    from rich.console import Console

    from hemeroteca.rag.evaluation.measures import verdict

    console = Console()
    verdicts = [verdict(result) for result in run.results]
    counts = ", ".join(f"{verdicts.count(each)} {each}" for each in dict.fromkeys(verdicts))
    title = f"{run.testset}: {scores.n} questions, {run.articles} articles"
    _print_figures(title, scores.shown)
    for kind, slices in scores.by.items():
        if len(slices) > 1:
            console.print(_slice_table(kind, slices))
    console.print(counts)
    if run.left_out:
        console.print(
            f"{run.left_out} impossible questions were left out: another paragraph may answer "
            "them (--per-paragraph asks them)"
        )


def _print_figures(title: str, figures: Mapping[str, "Figure"]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title)
    table.add_column("measure")
    table.add_column("value", justify="right")
    table.add_column("95 % interval", justify="right")
    group = ""
    for name, figure in figures.items():
        if group and name.split(".")[0] != group:
            table.add_section()
        group = name.split(".")[0]
        table.add_row(name, _number(name, figure.value), _interval(name, figure))
    Console().print(table)


def _slice_table(kind: str, slices: Mapping[str, "Scores"]) -> Any:
    from rich.table import Table

    table = Table(title=f"by {kind}")
    table.add_column(kind, no_wrap=True)
    table.add_column("n", justify="right")
    for heading in SLICED.values():
        table.add_column(heading, justify="right")
    for value, part in slices.items():
        figures = [_number(name, part.figures[name].value) for name in SLICED]
        table.add_row(value, str(part.n), *figures)
    return table


def _print_comparison(paths: tuple[Path, Path], as_json: bool) -> None:
    from hemeroteca.rag.evaluation.run import check_same_questions, load_run
    from hemeroteca.rag.evaluation.scores import compare

    before, after = load_run(paths[0]), load_run(paths[1])
    check_same_questions(before, after, [str(path) for path in paths])
    comparison = compare(before, after)
    if as_json:
        print_json(comparison.as_dict())
    else:
        _print_differences(paths, comparison)


def _print_differences(paths: tuple[Path, Path], comparison: "Comparison") -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table(title=f"{comparison.n} questions, the same for both", caption=_CAPTION)
    for column in ("measure", f"A {paths[0].stem}", f"B {paths[1].stem}", "B - A", "95 % interval"):
        table.add_column(column, justify="left" if column == "measure" else "right")
    for name, difference in comparison.differences.items():
        table.add_row(
            name,
            _number(name, comparison.before[name].value),
            _number(name, comparison.after[name].value),
            _number(name, difference.value, sign="+"),
            _interval(name, difference, sign="+") + (" *" if _is_clear(difference) else ""),
        )
    console.print(table)
    for name, flips in (("B", comparison.gained), ("A", comparison.lost)):
        title = f"{len(flips)} right only in {name}"
        console.print(_flip_table(title, flips) if flips else title)


_CAPTION = "* the interval excludes no difference"


def _flip_table(title: str, flips: Sequence["Flip"]) -> Any:
    from rich.markup import escape
    from rich.table import Table

    from hemeroteca.rag.evaluation.measures import verdict

    more = len(flips) - _FLIPS_SHOWN
    table = Table(
        title=title,
        caption=f"and {more} more (--json has all)" if more > 0 else None,
        show_lines=True,
    )
    for column in ("question", "gold", "A", "B"):
        table.add_column(column)
    for flip in flips[:_FLIPS_SHOWN]:
        case = flip.before.case
        cells = [f"{case.question}\n({case.id})", case.answers[0] if case.answers else "none"]
        for result in (flip.before, flip.after):
            cited = "\n".join(f"“{c.quote}” ({c.span.article})" for c in result.citations)
            lines = (verdict(result), result.answer, cited, result.error or "")
            cells.append("\n".join(filter(None, lines)))
        table.add_row(*map(escape, cells))
    return table


def _is_clear(figure: "Figure") -> bool:
    return figure.low is not None and figure.high is not None and not figure.low <= 0 <= figure.high


def _number(name: str, value: float | None, sign: str = "") -> str:
    if value is None:
        return "–"
    return format(value, f"{sign}.1f" if name.startswith("latency") else f"{sign}.3f")


def _interval(name: str, figure: "Figure", sign: str = "") -> str:
    if figure.low is None or figure.high is None:
        return "–"
    return f"{_number(name, figure.low, sign)} to {_number(name, figure.high, sign)}"
