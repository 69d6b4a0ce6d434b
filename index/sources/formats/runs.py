"""Words of a scanned page that follow one another, whole over the ends of lines, columns, pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

HYPHENS = "-\u00ad\u00ac\u2010\u2011\u2e17\u2e40="


@dataclass(frozen=True, slots=True)
class Run:
    """Words one after the other, each whole but for what lies outside: the first, if it is the end
    of a word (`ends`, of `whole` if that is known), and the last, if it is the beginning of one
    (`begins`, of `begun`). Of `counted` words the confidences, 0 to 1, add up to `confidence`;
    `ids` are those of the word and its line where it is a single one."""

    words: tuple[str, ...] = ()
    ends: bool = False
    whole: str = ""
    begins: bool = False
    begun: str = ""
    confidence: float = 0.0
    counted: int = 0
    ids: tuple[str, ...] = ()

    def beginning(self) -> "Run":
        """The same, known to end within a word."""
        return replace(self, begins=True)


def joined(runs: Sequence[Run]) -> Run:
    """Runs that follow one another as one."""
    runs = [run for run in runs if run.words]
    if len(runs) < 2:
        return runs[0] if runs else Run()
    words = [*runs[0].words]
    for before, run in pairwise(runs):
        if not _continues(before, run):
            words += run.words
        elif before.begun:
            words += run.words[1:]
        else:
            words[-1] = _whole(words[-1], run.words[0])
            words += run.words[1:]
    first, last = runs[0], runs[-1]
    return Run(
        tuple(words),
        first.ends,
        first.whole,
        last.begins,
        last.begun,
        sum(run.confidence for run in runs),
        sum(run.counted for run in runs),
    )


def _continues(before: Run, run: Run) -> bool:
    """Whether the first word of `run` is the end of the last of `before`."""
    if not before.begins:
        return False
    if before.begun or run.whole:
        return run.ends and run.whole == before.begun
    return run.ends or run.words[0][:1].isalpha()


def _whole(begin: str, end: str) -> str:
    """The word whose parts two lines have; before a capital, as in Saint-Étienne, with its
    hyphen."""
    bare = begin.rstrip(HYPHENS)
    kept = "-" if end[:1].isupper() and not bare.isupper() else ""
    return bare + kept + end


def paragraphs(groups: Iterable[Sequence[Run]]) -> list[str]:
    """A paragraph for each group of runs; groups that a word runs through are one."""
    found: list[list[Run]] = []
    for group in groups:
        run = joined(group)
        if run.words and found and _continues(found[-1][-1], run):
            found[-1].append(run)
        elif run.words:
            found.append([run])
    return [" ".join(joined(runs).words) for runs in found]


def confidence(runs: Iterable[Run]) -> str:
    """The mean confidence of the words of `runs`, such as "0.83"; "" if none has any."""
    total, counted = 0.0, 0
    for run in runs:
        total += run.confidence
        counted += run.counted
    return f"{total / counted:.2f}" if counted else ""
