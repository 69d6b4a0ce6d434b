"""The pieces of an article that show what a search found in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hemeroteca.index.search.marks import Mark

_LENGTH = 220  # characters of a piece, about
_MOST = 2
_MARGIN = 70  # characters before the first mark of a piece


@dataclass(frozen=True)
class Excerpt:
    """`article_text[start:end] == text`; `marks` are places of `text`; `cut_before` and
    `cut_after` say whether the article goes on there."""

    text: str
    start: int
    end: int
    marks: Sequence[tuple[int, int]] = ()
    cut_before: bool = False
    cut_after: bool = False

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text in pieces, each with whether it is marked; a cut is shown."""
        if self.cut_before:
            yield "… ", False
        yield from pieces(self.text, self.marks)
        if self.cut_after:
            yield " …", False

    def as_dict(self) -> dict[str, object]:
        """The object in the `excerpts` of `hemeroteca search --json`."""
        return {**vars(self), "marks": [list(mark) for mark in self.marks]}


def pieces(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """`text` in pieces, each with whether it is one of `marks`."""
    at = 0
    for start, end in marks:
        if start > at:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False


def excerpts(text: str, first: int, marks: Sequence[Mark]) -> list[Excerpt]:
    """At most two pieces of text[first:] with marks, those that show most of what was wanted, in
    order; without marks its beginning."""
    windows = _windows(marks)
    windows.sort(key=lambda window: (-len({m.wanted for m in window}), -len(window), window[0]))
    chosen = sorted(windows[:_MOST], key=lambda window: window[0])
    if not chosen:
        return [_cut(text, first, first, (), first)] if text[first:].strip() else []
    found: list[Excerpt] = []
    least = first
    for window in chosen:
        piece = _cut(text, least, window[0].start - _MARGIN, window, first)
        if piece.marks:
            found.append(piece)
            least = piece.end
    return found


def _windows(marks: Sequence[Mark]) -> list[list[Mark]]:
    """The marks in groups, none longer than a piece."""
    groups: list[list[Mark]] = []
    for mark in marks:
        if groups and mark.end - groups[-1][0].start <= _LENGTH - _MARGIN:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _cut(text: str, least: int, start: int, marks: Sequence[Mark], first: int) -> Excerpt:
    """The piece of text[first:] from about `start`, not before `least`, cut between words."""
    start = max(start, least)
    if start > least:
        blank = text.find(" ", start, marks[0].start if marks else len(text))
        start = blank + 1 if blank >= 0 else start
    end = max(start + _LENGTH, marks[-1].end if marks else 0)
    if end < len(text):
        blank = text.rfind(" ", marks[-1].end if marks else start, end)
        end = blank if blank > start else end
    end = min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    inside = [(m.start - start, m.end - start) for m in marks if start <= m.start and m.end <= end]
    before, after = text[first:start], text[end:]
    return Excerpt(
        text[start:end], start, end, inside,
        cut_before=_says_something(before),
        cut_after=_says_something(after),
    )  # fmt: skip


def _says_something(text: str) -> bool:
    return bool(text) and not text.isspace()  # strip() would copy a whole article
