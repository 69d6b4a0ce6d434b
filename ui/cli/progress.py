"""A progress bar on standard error, where a person is looking."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hemeroteca.index.progress import Tell
from hemeroteca.ui.indexing import worded

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, how many in all


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar to report to while the context lasts; it draws nothing where no person looks."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, total: bar.update(
            task, description=what, completed=done, total=total
        )


@contextmanager
def indexing_bar(drawn: bool = True) -> Iterator[Tell]:
    """The same of an indexing: articles and passages, how fast, and how long it will still take.
    One bar can be drawn at a time; one that is not `drawn` shows nothing."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (TextColumn("Indexing"), BarColumn(), TextColumn("{task.description}"))
    disabled = not (drawn and console.is_terminal)
    with Bar(*columns, console=console, transient=True, disable=disabled) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda now: bar.update(task, completed=now.share, description=worded(now, "en"))
