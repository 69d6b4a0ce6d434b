"""hemeroteca search: the articles that hold what is searched for, on a terminal."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import typer

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.search.excerpts import pieces
from hemeroteca.index.search.search import Hit, Results, Wanted
from hemeroteca.index.stores.articles import Facets
from hemeroteca.rag.days import short_text
from hemeroteca.rag.meaning import meant_dict
from hemeroteca.ui.cli.output import plain, print_json
from hemeroteca.ui.settings import SettingsError


def show_results(results: Results, counted: bool, as_json: bool) -> None:
    """Print a page of results; with how many there are of each paper and so on, if `counted`."""
    if as_json:
        print_json(results.as_dict())
        return
    for note in results.query.notes:
        typer.echo(f"hemeroteca: {note}", err=True)
    wanted = results.wanted
    first = (wanted.page - 1) * wanted.most + 1
    for n, hit in enumerate(results.hits, start=first):
        _show_hit(n, hit)
    total = f"{results.total:,} article{'' if results.total == 1 else 's'}"
    if results.pages > 1:
        total += f", page {wanted.page:,} of {results.pages:,} (--page)"
    typer.echo(total)
    if counted and results.facets:
        _show_facets(results.facets)


def show_passages(passages: Sequence[Passage], as_json: bool) -> None:
    """Print what was found by meaning, the best passage of each article."""
    if as_json:
        print_json({"hits": [meant_dict(passage) for passage in passages]})
        return
    for n, passage in enumerate(passages, start=1):
        _show_head(n, passage.title, (), passage.publication.paper, passage.date, passage.article)
        typer.echo(f"    {plain(passage.text)}\n")
    typer.echo(f"{len(passages):,} articles, the nearest first")


def batch_of(path: Path) -> list[tuple[int, str]]:
    """The searches of a file, a line each, with the numbers of their lines; "-" is standard input.
    Raises SettingsError if it cannot be read or holds none."""
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        lines = raw.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            "--batch {path}: expected a text file in UTF-8 ({reason})",
            path=path,
            reason=str(error),
        ) from error
    found = [(n, line.strip()) for n, line in enumerate(lines, start=1) if line.strip()]
    if not found:
        raise SettingsError("--batch {path}: expected a search a line; it has none", path=path)
    return found


def show_batch(
    searches: Sequence[tuple[int, str]],
    search: Callable[[Wanted], Results],
    wanted: Wanted,
    as_json: bool,
) -> int:
    """Print how many articles each of `searches` finds, looked for as `wanted` is, and in how many
    papers; what is wrong with one is said with its line, and the others go on. How many were."""
    failed = 0
    for n, text in searches:
        try:
            results = search(replace(wanted, text=text))
        except HemerotecaError as error:
            failed += 1
            typer.echo(f"hemeroteca: line {n}: {error}", err=True)
            if as_json:
                print_json({"line": n, "query": text, "error": str(error)})
            continue
        if as_json:
            print_json({"line": n, **results.as_dict()})
            continue
        for note in results.query.notes:
            typer.echo(f"hemeroteca: line {n}: {note}", err=True)
        named = results.facets.named.get("paper") if results.facets else None
        papers = len(named.counts) if named else 0
        of = f" in {papers:,} paper{'' if papers == 1 else 's'}" if papers else ""
        typer.echo(f"{results.total:,}{of}: {plain(text)}")
    return failed


def _show_hit(n: int, hit: Hit) -> None:
    article: Article = hit.article
    paper = article.publication.paper
    _show_head(n, article.title, hit.marks, paper, article.date, article.id)
    for excerpt in hit.excerpts:
        typer.echo(f"    {_marked(excerpt.pieces())}")
    typer.echo("")


def _show_head(
    n: int,
    title: str,
    marks: Sequence[tuple[int, int]],
    paper: str,
    date: str | None,
    article: str,
) -> None:
    typer.echo(f"{n}. {_marked(pieces(title, marks))}")
    day = short_text(date, "en") or "no date"
    typer.echo("    " + " · ".join(filter(None, (plain(paper), day, article))))


def _marked(said: Iterable[tuple[str, bool]]) -> str:
    """The pieces on one line; what was searched for is bold on a terminal."""
    bold = sys.stdout.isatty()
    return "".join(
        typer.style(plain(piece), bold=True) if marked and bold else plain(piece)
        for piece, marked in said
    )


def _show_facets(facets: Facets) -> None:
    for field, named in (*facets.named.items(), *facets.held.items()):
        others = [f"others {named.others:,}"] if named.others else []
        _show_counts(field, named.counts.items(), others)
    dates = facets.days or (facets.months if len(facets.years) == 1 else facets.years)
    undated = [f"without a date {facets.undated:,}"] if facets.undated else []
    _show_counts("date", dates.items(), undated)


def _show_counts(field: str, counts: Iterable[tuple[str, int]], further: Sequence[str]) -> None:
    said = [*(f"{plain(name)} {count:,}" for name, count in counts), *further]
    if said:
        typer.echo(f"{field}: " + ", ".join(said))
