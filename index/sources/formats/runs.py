"""Words of a scanned page that follow one another, whole over the ends of lines, columns, pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hemeroteca.index.place import Place, Region
from hemeroteca.index.sources.pages.text import Told

HYPHENS = "-\u00ad\u00ac\u2010\u2011\u2e17\u2e40="
_WITHOUT = dict.fromkeys(map(ord, HYPHENS))
_BETWEEN = "\n\n"


@dataclass(slots=True)  # not frozen: a page has hundreds, and those take three times as long
class Run:
    """Words one after the other with a blank between them, each whole but for what lies outside:
    the first, if it is the end of a word (`ends`, of `whole` if that is known), and the last, if it
    is the beginning of one (`begins`, of `begun`). Of `counted` words the confidences, 0 to 1, add
    up to `confidence`; `ids` are those of the word and its line where it is a single one; `region`
    is where they stand."""

    text: str = ""
    ends: bool = False
    whole: str = ""
    begins: bool = False
    begun: str = ""
    confidence: float = 0.0
    counted: int = 0
    ids: tuple[str, ...] = ()
    region: Region | None = None

    def beginning(self) -> "Run":
        """The same, known to end within a word."""
        return replace(self, begins=True)


def joined(runs: Sequence[Run]) -> Run:
    """The words of a line as one run."""
    if len(runs) < 2:
        return runs[0] if runs else Run()
    first, last = runs[0], runs[-1]
    return Run(
        paragraphs([runs]).text,
        first.ends,
        first.whole,
        last.begins,
        last.begun,
        sum(run.confidence for run in runs),
        sum(run.counted for run in runs),
        region=first.region,
    )


def paragraphs(groups: Iterable[Sequence[Run]]) -> Told:
    """A paragraph for each group of runs, a blank line between them; groups that a word runs
    through are one. A word that stands in two places is told in both."""
    text = _Text()
    for group in groups:
        between = _BETWEEN
        for run in group:
            if run.text:
                text.add(run, between)
                between = " "
    return text.told()


class _Text:
    """A text while runs are added to it."""

    def __init__(self) -> None:
        self._parts: list[str] = []  # the last of them ends with the last word
        self._length = 0
        self._last: Run | None = None
        self._start = 0  # of what stands in the last region
        self._places: list[Place] = []

    def add(self, run: Run, between: str) -> None:
        """Add a run of words, with `between` before it unless it goes on within a word."""
        added = run.text
        if self._last is None:
            start = 0
        elif _continues(self._last, run):
            start = self._whole(run)
            _, _, rest = run.text.partition(" ")
            added = f" {rest}" if rest else ""
        else:
            start = self._length + len(between)
            added = between + added
        if self._last is None or run.region is not self._last.region:
            self._place()
            self._start = start
        if added:
            self._parts.append(added)
            self._length += len(added)
        self._last = run

    def _whole(self, run: Run) -> int:
        """Make the last word whole, of which `run` begins with the end; where it begins."""
        assert self._last is not None
        before, blank, begin = self._parts[-1].rpartition(" ")
        if not blank:
            before, blank, begin = _last_word(self._parts[-1])
        if not self._last.begun:
            whole = _whole(begin, run.text.partition(" ")[0])
            self._parts[-1] = before + blank + whole
            self._length += len(whole) - len(begin)
            begin = whole
        return self._length - len(begin)

    def _place(self) -> None:
        if self._last is not None and self._last.region is not None:
            self._places.append(Place(self._start, self._length, self._last.region))

    def told(self) -> Told:
        """What was added."""
        self._place()
        return Told("".join(self._parts), tuple(self._places))


def _last_word(part: str) -> tuple[str, str, str]:
    """A part of one word, in three as rpartition gives them."""
    bare = part.lstrip("\n")
    return part[: len(part) - len(bare)], "", bare


def _continues(before: Run, run: Run) -> bool:
    """Whether the first word of `run` is the end of the last of `before`."""
    if not before.begins:
        return False
    if before.begun or run.whole:
        return run.ends and _is_same(run.whole, before.begun)
    return run.ends or run.text[:1].isalpha()


def _is_same(whole: str, begun: str) -> bool:
    """Whether two pages write the same word, one perhaps with the hyphen that parts it."""
    return whole == begun or whole.translate(_WITHOUT) == begun.translate(_WITHOUT)


def _whole(begin: str, end: str) -> str:
    """The word whose parts two lines have; before a capital, as in Saint-Étienne, with its
    hyphen."""
    bare = begin.rstrip(HYPHENS)
    kept = "-" if end[:1].isupper() and not bare.isupper() else ""
    return bare + kept + end


def confidence(runs: Iterable[Run]) -> str:
    """The mean confidence of the words of `runs`, such as "0.83"; "" if none has any."""
    total, counted = 0.0, 0
    for run in runs:
        total += run.confidence
        counted += run.counted
    return f"{total / counted:.2f}" if counted else ""
