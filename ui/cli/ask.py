"""hemeroteca ask: an answer on a terminal, its sentences as they are checked."""

import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import cast

import typer

from hemeroteca.rag.answer import Answer
from hemeroteca.rag.days import period_text
from hemeroteca.rag.references import Style, references
from hemeroteca.rag.render import said
from hemeroteca.ui.cli.output import STEERING, print_json


def show(steps: Iterator[str | Answer], as_json: bool, style: Style | None = None) -> None:
    """Print the answer in which `steps` (Chain.stream) end; as JSON, one object; in a `style` of
    references, those of what it cites alone, and the answer beside them, on standard error."""
    watched = sys.stdout.isatty() and not as_json
    # Closed, so that the model's server learns at once that nobody waits any more.
    with closing(cast(Generator[str | Answer], steps)):
        answer = _watch(steps) if watched else _last(steps)
    if style:
        typer.echo(said(answer), err=True)
        typer.echo(references(answer.citations, style, answer.language))
    elif as_json:
        print_json(answer.as_dict())
    else:
        _say_what_was_asked(answer)
        typer.echo(answer.text.translate(STEERING) if watched else answer.text)


def _say_what_was_asked(answer: Answer) -> None:
    """What was understood of the question's own words, and what its period leaves out."""
    named = answer.named
    if named:
        what = ", ".join(filter(None, (*named.papers, period_text(named.period, "en"))))
        typer.echo(f"hemeroteca: asked of {what}, as the question says (--everywhere)", err=True)
    if answer.undated:
        number = f"{answer.undated:,} article{'s' if answer.undated > 1 else ''}"
        typer.echo(f"hemeroteca: {number} without a date left out (--undated)", err=True)


def _last(steps: Iterator[str | Answer]) -> Answer:
    *_, answer = steps
    assert isinstance(answer, Answer)  # in which every stream ends
    return answer


def _watch(steps: Iterator[str | Answer]) -> Answer:
    """The last of `steps`, the others shown until it comes, the embedded answer above what a model
    writes: then they are wiped, because they stand in the answer, or it says why not."""
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    written, answer = Text(), None
    with Live(written, console=Console(), auto_refresh=False, transient=True) as live:
        for step in steps:
            if isinstance(step, Answer):
                if answer is None and step.answerable:
                    written.append(step.text.translate(STEERING) + "\n\n")
                answer = step
            else:
                written.append(step.translate(STEERING) + " ")
            live.refresh()
    assert answer is not None  # in which every stream ends
    return answer
