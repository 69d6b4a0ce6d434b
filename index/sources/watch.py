"""Folders followed: a word each time that something in them has changed."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from watchfiles import Change, watch

_QUIET_MS = 200  # without a change, until what was changed counts as written
_AT_MOST_MS = 5_000
_FIRST_LOOK_MS = 1_000


def follow(
    sources: Sequence[Path], apart: Path, is_due: Callable[[], bool] = bool
) -> Iterator[None]:
    """Yield at once, whenever something under `sources` (files or folders) has changed and is
    quiet again, and when it `is_due`. What is hidden, and what lies in `apart`, makes no
    difference."""
    yield
    files = {source.resolve() for source in sources if not source.is_dir()}
    folders = [source.resolve() for source in sources if source.is_dir()]
    apart = apart.resolve()

    def counts(change: Change, changed: str) -> bool:
        path = Path(changed)
        return path in files or any(
            path.is_relative_to(folder)
            and not path.is_relative_to(apart)
            and not any(part.startswith(".") for part in path.relative_to(folder).parts)
            for folder in folders
        )

    # An editor puts a new file in place of the old one, which only its folder knows.
    roots = {*folders, *(file.parent for file in files)}
    changes = watch(
        *roots,
        watch_filter=counts,
        step=_QUIET_MS,
        debounce=_AT_MOST_MS,
        rust_timeout=_FIRST_LOOK_MS,
        yield_on_timeout=True,
    )
    # What changed before the watch stood was not seen by it.
    next(changes)
    yield
    for changed in changes:
        if changed or is_due():
            yield
