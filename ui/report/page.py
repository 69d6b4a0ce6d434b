"""A run as one HTML page that needs nothing else: figures, plots, every question."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from hemeroteca.rag.evaluation.curves import (
    Point,
    calibration,
    latencies,
    recall_by_rank,
    risk_coverage,
)
from hemeroteca.rag.evaluation.measures import STAGES, verdict
from hemeroteca.rag.evaluation.run import CONTEXT_CHARACTERS, Cited, Result, Run
from hemeroteca.rag.evaluation.scores import Comparison, Flip, Scores
from hemeroteca.rag.evaluation.statistics import Figure
from hemeroteca.rag.evaluation.testset import EvaluationError

_WIDTH, _HEIGHT = 460, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 14, 42
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_SHARES = [(tick, f"{tick:g}") for tick in _TICKS]
_HEADLINES = {
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
    slices = "".join(_slices_table(scores, kind) for kind in scores.by if scores.by[kind])
    return _page(
        f"Evaluation: {run.testset}",
        facts,
        f"""<section class="cards">{"".join(_card(scores, name) for name in _HEADLINES)}</section>
<section class="plots">
{_risk_plot(run.results)}
{_calibration_plot(run.results)}
{_recall_plot(run.results)}
{_latency_plot(run.results)}
</section>
<section><h2>Measures</h2><p>With 95 % bootstrap intervals.</p>{_figures_table(scores)}</section>
<section><h2>Slices</h2>{slices}</section>
<section><h2>Questions</h2>{_filters(run.results)}{_questions_table(run.results)}</section>
<script>{_SCRIPT}</script>""",
    )


def comparison_html(names: tuple[str, str], comparison: Comparison) -> str:
    """A page of the same kind: what changed from the run named first to the other."""
    rows = [
        f"<tr><td>{escape(name)}</td>"
        f"<td class=num>{_number(name, comparison.before[name].value)}</td>"
        f"<td class=num>{_number(name, comparison.after[name].value)}</td>"
        f"<td class=num>{_number(name, difference.value)}</td>"
        f"<td class=num>{_interval(name, difference)}</td></tr>"
        for name, difference in comparison.differences.items()
    ]
    head = "<th>measure</th>" + "".join(
        f"<th class=num>{column}</th>" for column in ("A", "B", "B − A", "95 % interval")
    )
    flips = "".join(
        f"<section><h2>{title} ({len(found)})</h2>{_flips_table(found)}</section>"
        for title, found in (
            ("Only B is right", comparison.gained),
            ("Only A is right", comparison.lost),
        )
    )
    return _page(
        "Comparison",
        {"A": names[0], "B": names[1], "questions": f"{comparison.n:,}"},
        f"<section><h2>Measures</h2>{_table(head, rows)}</section>{flips}",
    )


def _flips_table(flips: Sequence[Flip]) -> str:
    head = "<th>question</th><th>gold answer</th><th>A</th><th>B</th>"
    rows = [
        f'<tr><td dir="auto">{escape(flip.before.case.question)}</td>'
        f'<td dir="auto">{escape(" / ".join(flip.before.case.answers)) or "not answered"}</td>'
        + "".join(
            f'<td dir="auto">{escape(result.answer) or "–"}<span class=sub>{verdict(result)}</span>'
            "</td>"
            for result in (flip.before, flip.after)
        )
        + "</tr>"
        for flip in flips
    ]
    return _table(head, rows) if rows else ""


def _page(title: str, facts: Mapping[str, str], body: str) -> str:
    described = "".join(
        f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in facts.items()
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>{escape(title)}</title>
<style>{_CSS}</style>
</head>
<body>
<header><h1>{escape(title)}</h1><dl class="facts">{described}</dl></header>
{body}
</body>
</html>
"""


def _card(scores: Scores, name: str) -> str:
    figure = scores.figures[name]
    return (
        f'<div class="card"><span class="what">{_HEADLINES[name]}</span>'
        f'<b>{_number(name, figure.value)}</b><span class="range">{_interval(name, figure)}</span>'
        "</div>"
    )


def _risk_plot(results: Sequence[Result]) -> str:
    points = risk_coverage(results)
    body = _axes("share of questions answered", "share of answers wrong")
    body += _line(points, "s1", "at {x:.0%} answered, {y:.1%} wrong")
    if points:
        body += _dot(points[-1], "s1", "as the program answers: {x:.0%} answered, {y:.1%} wrong")
    return _plot("Risk and coverage", "The surest answers first: how the errors come in.", body)


def _calibration_plot(results: Sequence[Result]) -> str:
    points = calibration(results)
    body = _axes("confidence", "share that the articles answer")
    body += f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    body += _line(points, "s1", "")
    hint = "confidence {x:.2f}: {y:.0%} of {n} questions have an answer"
    body += "".join(_dot(point, "s1", hint) for point in points)
    return _plot("Calibration", "On the dashed line, confidence means what it says.", body)


def _recall_plot(results: Sequence[Result]) -> str:
    articles, passages = recall_by_rank(results), recall_by_rank(results, of_passages=True)
    last = articles[-1].x if articles else 20
    ticks = [(x / last, f"{x}") for x in (1, 5, 10, 15, 20)]
    body = _axes("first k retrieved", "share found", ticks)
    for points, style, what in ((articles, "s1", "articles"), (passages, "s2", "passages")):
        scaled = [Point(point.x / last, point.y, point.questions) for point in points]
        body += _line(scaled, style, "")
        for k, point in enumerate(scaled, start=1):
            body += _dot(point, style, f"{what}: {{y:.1%}} among the first {k}")
    legend = '<p class="legend"><i class="s1"></i>articles <i class="s2"></i>passages</p>'
    return _plot(
        "Recall at k", "Whether what proves the answer is among the first k.", body, legend
    )


def _latency_plot(results: Sequence[Result]) -> str:
    rows = [(stage, found) for stage in ("total", *STAGES) if (found := latencies(results, stage))]
    if not rows:
        return _plot("Latency", "No question was timed.", "")
    longest = max(_quantile(found, 0.95) for _, found in rows) or 1.0
    ticks = [(x, f"{x * longest:,.0f}") for x in _TICKS]
    body = _axes("milliseconds", "", ticks, horizontal=False)
    step = (_HEIGHT - _TOP - _BOTTOM) / len(rows)
    for n, (stage, found) in enumerate(rows):
        y = _TOP + step * (n + 0.5)
        low, high = _quantile(found, 0.5), _quantile(found, 0.95)
        hint = f"{stage}: half within {low:,.1f} ms, 95 % within {high:,.1f} ms"
        body += (
            f'<g><title>{hint}</title><text x="{_LEFT - 6}" y="{y + 4}" class="end">{stage}</text>'
            f'<rect class="s1 wide" x="{_x(0)}" y="{y - 8}" rx="3" height="16" '
            f'width="{_x(high / longest) - _x(0):.1f}"/>'
            f'<rect class="s1" x="{_x(0)}" y="{y - 8}" rx="3" height="16" '
            f'width="{_x(low / longest) - _x(0):.1f}"/></g>'
        )
    legend = '<p class="legend"><i class="s1"></i>median <i class="s1 wide"></i>95 %</p>'
    return _plot("Latency", "What a question takes, by stage.", body, legend)


def _plot(title: str, text: str, body: str, legend: str = "") -> str:
    return (
        f"<figure><figcaption><h2>{title}</h2><p>{text}</p></figcaption>{legend}"
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}">{body}</svg>'
        "</figure>"
    )


def _axes(
    below: str,
    beside: str,
    ticks: Sequence[tuple[float, str]] = _SHARES,
    horizontal: bool = True,
) -> str:
    parts = []
    for x, label in ticks:
        parts.append(f'<text x="{_x(x)}" y="{_HEIGHT - _BOTTOM + 16}" class="mid">{label}</text>')
        if not horizontal:
            parts.append(
                f'<line class="grid" x1="{_x(x)}" y1="{_y(0)}" x2="{_x(x)}" y2="{_y(1)}"/>'
            )
    for y in _TICKS if horizontal else ():
        parts.append(f'<line class="grid" x1="{_x(0)}" y1="{_y(y)}" x2="{_x(1)}" y2="{_y(y)}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{_y(y) + 4}" class="end">{y:g}</text>')
    middle = (_x(0) + _x(1)) / 2
    parts.append(f'<text x="{middle}" y="{_HEIGHT - 6}" class="mid name">{below}</text>')
    if beside:
        height = (_y(0) + _y(1)) / 2
        parts.append(
            f'<text class="mid name" transform="translate(12 {height}) rotate(-90)">{beside}</text>'
        )
    return "".join(parts)


def _line(points: Sequence[Point], style: str, hint: str) -> str:
    path = " ".join(f"{_x(point.x):.1f},{_y(point.y):.1f}" for point in points)
    title = f"<title>{_fill(hint, points[-1])}</title>" if hint and points else ""
    return f'<polyline class="{style} line" points="{path}">{title}</polyline>'


def _dot(point: Point, style: str, hint: str) -> str:
    return (
        f'<circle class="{style}" cx="{_x(point.x):.1f}" cy="{_y(point.y):.1f}" r="4">'
        f"<title>{_fill(hint, point)}</title></circle>"
    )


def _fill(hint: str, point: Point) -> str:
    return hint.format(x=point.x, y=point.y, n=point.questions)


def _x(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def _quantile(ascending: Sequence[float], q: float) -> float:
    return ascending[max(0, -int(-q * len(ascending) // 1) - 1)]


def _figures_table(scores: Scores) -> str:
    rows = []
    for name, figure in scores.shown.items():
        bar = ""
        if not name.startswith("latency") and None not in (figure.low, figure.high, figure.value):
            bar = (
                f'<span class="bar"><i style="left:{figure.low:.2%};'
                f'right:{1 - (figure.high or 0):.2%}"></i><b style="left:{figure.value:.2%}"></b>'
                "</span>"
            )
        rows.append(
            f"<tr><td>{escape(name)}</td><td class=num>{_number(name, figure.value)}</td>"
            f"<td class=num>{_interval(name, figure)}</td><td>{bar}</td></tr>"
        )
    head = "<th>measure</th><th class=num>value</th><th class=num>interval</th><th>0 to 1</th>"
    return _table(head, rows)


def _slices_table(scores: Scores, kind: str) -> str:
    from hemeroteca.ui.cli.evaluate import SLICED

    head = f"<th>{escape(kind)}</th><th class=num>n</th>"
    head += "".join(f"<th class=num>{escape(heading)}</th>" for heading in SLICED.values())
    rows = []
    for value, part in scores.by[kind].items():
        cells = "".join(
            f'<td class=num title="{_interval(name, part.figures[name])}">'
            f"{_number(name, part.figures[name].value)}</td>"
            for name in SLICED
        )
        rows.append(f"<tr><td>{escape(value)}</td><td class=num>{part.n}</td>{cells}</tr>")
    return _table(head, rows)


def _filters(results: Sequence[Result]) -> str:
    verdicts = [verdict(result) for result in results]
    buttons = [
        f'<button type="button" data-show="" aria-pressed="true">all {len(results)}</button>'
    ]
    buttons += [
        f'<button type="button" data-show="{each}" aria-pressed="false">{each} '
        f"{verdicts.count(each)}</button>"
        for each in dict.fromkeys(verdicts)
    ]
    return f'<p class="filters">{"".join(buttons)}</p>'


def _questions_table(results: Sequence[Result]) -> str:
    columns = ("question", "verdict", "confidence", "answer", "gold answer", "cited", "ms")
    head = "".join(
        f'<th class="{"num" if column in ("confidence", "ms") else ""}" aria-sort="none">'
        f'<button type="button">{column}</button></th>'
        for column in columns
    )
    return _table(head, [_question_row(result) for result in results], "questions")


def _question_row(result: Result) -> str:
    case = result.case
    judged = verdict(result)
    total = result.timings_ms.get("total")
    history = "".join(f"<span class=sub>{escape(earlier)}</span>" for earlier in case.history)
    facts = " · ".join([case.id, case.lang, *case.tags])
    good = judged in ("right", "rightly refused")
    cited = "".join(_quote(c, result.answer) for c in result.citations) or escape(
        result.error or "nothing"
    )
    return (
        f'<tr data-verdict="{judged}"><td lang="{escape(case.lang)}" dir="auto">{history}'
        f"{escape(case.question)}<span class=sub>{escape(facts)}</span></td>"
        f'<td><span class="verdict {"good" if good else "bad"}">{judged}</span></td>'
        f"<td class=num>{result.confidence:.2f}</td>"
        f'<td dir="auto">{escape(result.answer) or "–"}</td>'
        f'<td dir="auto">{escape(" / ".join(case.answers)) or "not answered"}</td>'
        f"<td>{cited}</td>"
        f"<td class=num>{'–' if total is None else f'{total:.0f}'}</td></tr>"
    )


def _quote(cited: Cited, answer: str) -> str:
    quote = escape(cited.quote)
    if answer:
        quote = quote.replace(escape(answer), f"<b>{escape(answer)}</b>", 1)
    day = f", {cited.date}" if cited.date else ""
    before = ("…" if cited.span.start > len(cited.before) else "") + escape(cited.before)
    after = "…" if len(cited.after) == CONTEXT_CHARACTERS else ""
    return (
        f'<details><summary dir="auto">{quote}</summary>'
        f'<p dir="auto">{before}<mark>{quote}</mark>{escape(cited.after)}{after}</p>'
        f"<span class=sub>{escape(cited.span.article + day)}</span></details>"
    )


def _table(head: str, rows: Sequence[str], name: str = "") -> str:
    return (
        f'<div class="scroll"><table id="{name or "t"}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    ).replace(' id="t"', "")


def _number(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.1f}" if name.startswith("latency") else f"{value:.3f}"


def _interval(name: str, figure: Figure) -> str:
    if figure.value is None:
        return "–"
    return f"{_number(name, figure.low)} to {_number(name, figure.high)}"


_CSS = """
:root { color-scheme: light dark; --page: #faf9f6; --card: #fff; --ink: #1f1d1a; --soft: #6b665e;
  --rule: #e4e0d8; --s1: #2a6fc9; --s2: #c9591d; --good: #1d7a46; --bad: #b3382c; --mark: #ffe9a8; }
@media (prefers-color-scheme: dark) { :root { --page: #191816; --card: #22211e; --ink: #ece9e2;
  --soft: #a29c92; --rule: #38352f; --s1: #6ba6f0; --s2: #ee8b52; --good: #6cc592; --bad: #f08a7e;
  --mark: #5d4c12; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 2rem 1.25rem 4rem; background: var(--page);
  color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .75rem; } h2 { font-size: 1.05rem; margin: 0; }
section { margin-top: 2rem; } p { color: var(--soft); margin: .2rem 0 .6rem; }
.facts { display: flex; flex-wrap: wrap; gap: .4rem 1.6rem; margin: 0; font-size: .85rem; }
.facts dt { color: var(--soft); display: inline; } 
.facts dd { display: inline; margin: 0 0 0 .4em; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr));
  gap: .75rem; }
.card, figure { background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; }
.card { padding: .8rem 1rem; display: flex; flex-direction: column; }
.card b { font-size: 1.7rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.what, .range, .sub { color: var(--soft); font-size: .82rem; } .sub { display: block; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr));
  gap: .75rem; }
figure { margin: 0; padding: 1rem; display: flex; flex-direction: column; }
svg { width: 100%; height: auto; margin-top: auto; }
svg text { fill: var(--soft); font-size: 11px; } .mid { text-anchor: middle; }
.end { text-anchor: end; } svg .name { fill: var(--ink); }
.grid { stroke: var(--rule); } .ideal { stroke: var(--soft); stroke-dasharray: 4 4; }
.s1 { fill: var(--s1); stroke: var(--s1); } .s2 { fill: var(--s2); stroke: var(--s2); }
.line { fill: none; stroke-width: 2; } rect { stroke: none; } .wide { opacity: .35; }
.legend { display: flex; gap: .4rem; align-items: center; font-size: .82rem; }
.legend i { width: .8rem; height: .8rem; border-radius: 3px; background: var(--s1); }
.legend i + i, .legend i:nth-of-type(2) { margin-left: .8rem; }
.legend i.s2 { background: var(--s2); }
.scroll { overflow-x: auto; margin-bottom: 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; }
th { text-align: left; color: var(--soft); font-weight: 500; white-space: nowrap; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--rule); vertical-align: top; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th button { all: unset; cursor: pointer; } th button:focus-visible { outline: 2px solid var(--s1); }
th[aria-sort=ascending] button::after { content: " ↑"; }
th[aria-sort=descending] button::after { content: " ↓"; }
#questions td:first-child { min-width: 15rem; } #questions td:nth-child(6) { min-width: 20rem; }
.bar { position: relative; display: block; width: 10rem; height: .5rem; margin-top: .4rem;
  border-radius: 9px; background: var(--rule); }
.bar i { position: absolute; top: 0; bottom: 0; background: var(--s1); opacity: .4;
  border-radius: 9px; } .bar b { position: absolute; top: -2px; bottom: -2px; width: 3px;
  margin-left: -1px; background: var(--s1); }
.verdict { white-space: nowrap; font-weight: 600; } .good { color: var(--good); }
.bad { color: var(--bad); } mark { background: var(--mark); color: inherit; }
summary { cursor: pointer; } details p { color: inherit; white-space: pre-line; }
.filters { display: flex; flex-wrap: wrap; gap: .4rem; }
.filters button { font: inherit; font-size: .85rem; padding: .2rem .7rem; border-radius: 9px;
  border: 1px solid var(--rule); background: var(--card); color: var(--ink); cursor: pointer; }
.filters button[aria-pressed=true] { border-color: var(--s1); color: var(--s1); }
"""

_SCRIPT = """
const table = document.getElementById("questions"), body = table.tBodies[0];
const heads = [...table.tHead.rows[0].cells];
heads.forEach((head, n) => head.firstChild.addEventListener("click", () => {
  const down = head.getAttribute("aria-sort") === "ascending";
  heads.forEach(other => other.setAttribute("aria-sort", "none"));
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const numeric = head.classList.contains("num");
  const key = row => numeric ? parseFloat(row.cells[n].textContent) || 0 : row.cells[n].textContent;
  const order = (a, b) => numeric ? key(a) - key(b) : key(a).localeCompare(key(b));
  body.append(...[...body.rows].sort((a, b) => down ? order(b, a) : order(a, b)));
}));
const filters = [...document.querySelectorAll("[data-show]")];
filters.forEach(button => button.addEventListener("click", () => {
  filters.forEach(other => other.setAttribute("aria-pressed", other === button));
  for (const row of body.rows)
    row.hidden = button.dataset.show && row.dataset.verdict !== button.dataset.show;
}));
"""
