"""The parts of a page: what stands under each headline, wherever the articles beside it end.

Cuts from edge to edge cannot part articles that stand around one another. So every line is given to
the headline that it stands below, or, at the head of a column that has none, to the article of the
column to its left."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hemeroteca.index.sources.pages.layout import (
    ENDS,
    HEADLINE,
    SAME,
    Box,
    Line,
    Word,
    around,
    body_size,
    rows_of,
)

# In heights of the page's commonest letters, where nothing else is said.
_GUTTER = 0.7
_BLANK = 0.45  # a gutter beside large letters, in their heights
_TALL = 3.6
_SIDE = 4.0  # how far to look for words beside it
_BETWEEN = 0.5  # of its height, with words on both sides
_WIDEST_BLANK = 1.5  # in a part of few lines
_APART = 1.2  # white that no paragraphs have between them
_WIDE = 2.5  # the same, within no text
_FAR = 4.0
_NEAR = 2.5
_SMALL = 0.95
_BINS = 8  # an em across
_ROWS = 2  # an em up
_MOST_EMS = 1_000
_OVERLAP = 0.3  # of a line, that stands below another
_SEEN = 2.0  # of its width, that may do
_SUBHEAD = 0.62  # of its article's headline
_LOW = 1.45
_LETTERS = 3  # of a headline
_PANEL = 0.6  # of the page, the largest frame around an article
_PANEL_WORDS = 120  # in a frame without a headline
_SLACK = 0.5


@dataclass(frozen=True)
class Part:
    """Words that belong together; `apart` if they stand in a frame without any headline."""

    words: Sequence[Word]
    apart: bool = False


@dataclass(frozen=True)
class _Panel:
    """A frame, and the words in it."""

    box: Box
    words: Sequence[Word]


@dataclass(eq=False)
class _Group:
    """What is given to one headline, or stands in one panel."""

    heads: list["_Segment"] = field(default_factory=list)
    text: list["_Segment"] = field(default_factory=list)
    panel: _Panel | None = None

    @property
    def segments(self) -> list["_Segment"]:
        return [*self.heads, *self.text]

    @property
    def words(self) -> list[Word]:
        return [word for each in self.segments for word in each.pieces]

    @property
    def box(self) -> Box:
        return self.panel.box if self.panel else around(each.box for each in self.segments)

    @property
    def size(self) -> float:
        return max((each.line.size for each in self.heads), default=0.0)


@dataclass(eq=False)
class _Segment:
    """A line of one column, or a line of a headline."""

    line: Line
    box: Box
    is_head: bool
    is_caption: bool = False
    group: _Group | None = None
    is_whole: bool = False  # as the lines above or below it show

    @property
    def pieces(self) -> list[Word]:
        """Its words, with those made one between which no white is that could part columns of a
        few lines."""
        found = [self.line.words[0]]
        for word in self.line.words[1:]:
            last = found[-1]
            if self.is_whole or word.left - last.right < _WIDEST_BLANK * self.line.size:
                text = Line((last, word)).text
                found[-1] = replace(last, text=text, right=max(last.right, word.right))
            else:
                found.append(word)
        return found

    @property
    def is_open(self) -> bool:
        return not ENDS.search(self.line.text)

    @property
    def goes_on(self) -> bool:
        """Whether it begins within a sentence."""
        return self.line.text.lstrip("«“\"'¿¡(‘")[:1].islower()


def parts_of(words: Sequence[Word], pictures: Sequence[Box] = ()) -> list[Part]:
    """The parts of a page in reading order. `pictures` are the pictures and frames on it."""
    if not words:
        return []
    body = body_size(words)
    # What lies behind all of it, as the picture of a page whose text was recognised, parts nothing.
    most = _PANEL * _area(around(Box(w.left, w.bottom, w.right, w.top) for w in words))
    pictures = [
        each
        for each in pictures
        if _area(each) <= most or not all(_is_within(w, each) for w in words)
    ]
    panels, free = _panels(words, pictures, body)
    seen = [each for each in pictures if not any(each == panel.box for panel in panels)]
    groups = _groups(free, seen, pictures, body) if free else []
    groups += [_Group(panel=panel) for panel in panels]
    found = []
    for group in _in_order(groups, body):
        if group.panel is None:
            found.append(Part(group.words))
            continue
        apart = not any(_is_large(word, body) for word in group.panel.words)
        inner = parts_of(group.panel.words, seen)
        found += [Part(each.words, apart or each.apart) for each in inner]
    return found


def _is_large(word: Word, body: float) -> bool:
    return word.size >= HEADLINE * body and sum(map(str.isalpha, word.text)) >= _LETTERS


def _panels(
    words: Sequence[Word], pictures: Sequence[Box], body: float
) -> tuple[list["_Panel"], list[Word]]:
    """The frames around an article, a table or the like, with their words; and the other words."""
    page = around(Box(word.left, word.bottom, word.right, word.top) for word in words)
    free = list(words)
    panels = []
    for frame in sorted(set(pictures), key=_area):
        inside = [word for word in free if _is_within(word, frame)]
        if not inside or len(inside) == len(words) or _area(frame) > _PANEL * _area(page):
            continue
        crossed = any(
            word.left < side < word.right and frame.bottom < word.base < frame.top
            for word in free
            for side in (frame.left, frame.right)
        )
        headed = any(_is_large(word, body) for word in inside)
        if crossed or not (headed or len(inside) <= _PANEL_WORDS):
            continue
        panels.append(_Panel(frame, inside))
        taken = set(map(id, inside))
        free = [word for word in free if id(word) not in taken]
    return panels, free


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.top - box.bottom)


def _is_within(word: Word, frame: Box) -> bool:
    across, up = (word.left + word.right) / 2, (word.bottom + word.top) / 2
    return frame.left <= across <= frame.right and frame.bottom <= up <= frame.top


def _groups(
    words: Sequence[Word], pictures: Sequence[Box], drawn: Sequence[Box], body: float
) -> list[_Group]:
    segments = _segments(words, drawn, body)
    scale = _BINS / max(body, (around(s.box for s in segments).right) / _MOST_EMS)
    west = min(each.box.left for each in segments)
    east = max(each.box.right for each in segments)
    skyline = np.full(int((east - west) * scale) + 2, -1)
    below: dict[int, list[int]] = {}
    above: list[list[int]] = []
    for number, each in enumerate(segments):
        span = slice(int((each.box.left - west) * scale), int((each.box.right - west) * scale) + 1)
        ids, counts = np.unique(skyline[span], return_counts=True)
        # Between the columns below it a headline is still seen.
        least = min(_OVERLAP * int(counts.sum()), _SEEN * _BINS)
        met = [int(n) for n, count in zip(ids, counts, strict=True) if n >= 0 and count >= least]
        above.append(met)
        for n in met:
            below.setdefault(n, []).append(number)
        skyline[span] = number
    groups: list[_Group] = []
    nearest_of = [
        min((segments[n] for n in over), key=lambda other: other.box.bottom, default=None)
        for over in above
    ]
    smaller = Counter(
        id(over)
        for each, over in zip(segments, nearest_of, strict=True)
        if over and each.is_head and not _is_as_large(each, over)
    )
    for number, (each, nearest) in enumerate(zip(segments, nearest_of, strict=True)):
        if nearest is not None and _is_one_column(each, nearest, body):
            each.is_whole = each.is_whole or len(nearest.pieces) == 1
            nearest.is_whole = nearest.is_whole or len(each.pieces) == 1
        each.is_head = each.is_head or (nearest is not None and _ends_headline(each, nearest))
        alone = nearest is not None and smaller[id(nearest)] == 1
        each.group = _group_of(each, nearest, alone, segments[:number], pictures, body)
        if each.group is None:
            each.group = _Group()
        (each.group.heads if each.is_head else each.group.text).append(each)
        if each.group not in groups:
            groups.append(each.group)
    _take_kickers(segments, above, below, body)
    groups = [each for each in groups if each.segments]
    return _without_subheads(groups, body)


def _is_one_column(each: _Segment, nearest: _Segment, body: float) -> bool:
    """Whether two lines begin and end where their column does."""
    return (
        abs(each.box.left - nearest.box.left) < _SLACK * body
        and abs(each.box.right - nearest.box.right) < _SLACK * body
    )


def _ends_headline(each: _Segment, nearest: _Segment) -> bool:
    """Whether a line is the last of a headline, however short."""
    white = nearest.box.bottom - each.box.top
    return nearest.is_head and _is_as_large(each, nearest) and white < _SLACK * each.line.size


def _is_as_large(each: _Segment, other: _Segment) -> bool:
    sizes = sorted((each.line.size, other.line.size))
    return sizes[1] < SAME * sizes[0]


def _group_of(
    each: _Segment,
    nearest: _Segment | None,
    alone: bool,
    before: Sequence[_Segment],
    pictures: Sequence[Box],
    body: float,
) -> _Group | None:
    """The group of the line `each`, below `nearest`, which has no other, smaller headline
    below it if it is `alone`; None if it begins one."""
    size = each.line.size
    white = nearest.box.bottom - each.box.top if nearest else float("inf")
    if each.is_head:
        if nearest is None or not nearest.is_head or nearest.group is None:
            return None
        larger = max(size, nearest.line.size)
        lowest = min(one.box.bottom for one in nearest.group.heads)
        is_near = lowest - each.box.top < 0.8 * larger
        is_one = _is_as_large(each, nearest) or (alone and size < larger)
        return nearest.group if is_near and is_one else None
    each.is_caption = _is_caption(each, pictures, body)
    if not pictures and nearest and not nearest.is_head and size <= _SMALL * body:
        # Where no picture can be seen, white tells that one is there.
        each.is_caption = white > _WIDE * body or (nearest.is_caption and white < size)
    if each.is_caption:
        return nearest.group if nearest and nearest.is_caption and white < size else None
    beside = _beside(each, before)
    if nearest is None:
        return beside.group if beside else _lead(before)
    if white > (_FAR if nearest.is_head else _APART) * body and (
        white > _WIDE * body or not (nearest.is_open and each.goes_on)
    ):
        headed = _headed_beside(each, nearest, before, body)
        # Below the last line of a paragraph, such as "año.", hardly any of an indented one stands.
        left = each.box.left - _SLACK * body
        strip = Box(left, each.box.top, each.box.right, each.box.top + _APART * body)
        if (
            headed
            and not any(one.group is not headed and one.box.meets(strip) for one in before)
            and not any(_reaches(one, nearest.box, each.box, body) for one in pictures)
        ):
            return headed
    if nearest.is_caption and size > SAME * nearest.line.size:
        # What stands above the photograph goes on below its caption.
        over = _over(each, [one for one in before if not one.is_caption])
        if over is not None:
            return over.group
        return beside.group if beside else _lead(before)
    return nearest.group


def _lead(before: Sequence[_Segment]) -> _Group | None:
    """What stands in no article, at the head of the page."""
    return next((each.group for each in before if each.group and not each.group.heads), None)


def _over(each: _Segment, before: Sequence[_Segment]) -> _Segment | None:
    """The next line of `before` above."""
    width = each.box.right - each.box.left
    over = [one for one in before if one.box.across(each.box) > _OVERLAP * width]
    return min(over, key=lambda one: one.box.bottom, default=None)


def _beside(each: _Segment, before: Sequence[_Segment]) -> _Segment | None:
    """The next line of `before` to the left, at the same height if there is one."""
    left = [one for one in before if one.box.right <= each.box.left]
    level = [one for one in left if one.box.along(each.box) > 0]
    if level:
        return max(level, key=lambda one: one.box.right)
    return min(
        left,
        key=lambda one: abs(one.box.bottom - each.box.top) + each.box.left - one.box.right,
        default=None,
    )


def _headed_beside(
    each: _Segment, nearest: _Segment, before: Sequence[_Segment], body: float
) -> _Group | None:
    """The group whose headline stands over the columns to the left alone, if `each`, below the
    white at that headline's height, begins a further column of it; None if none does."""
    left = [one for one in before if one.box.left < each.box.left - _NEAR * body]
    level = [one for one in left if one.box.along(each.box) > 0 and not one.is_head]
    if level:
        left = [max(level, key=lambda one: one.box.right)]
    found: list[tuple[float, _Group]] = []
    for group in {id(one.group): one.group for one in left}.values():
        if group is None or group is nearest.group or not group.heads:
            continue
        head = around(segment.box for segment in group.heads)
        # Another column between the two would be the one that goes on.
        between = [one for one in left if one.group is not group and one.box.left >= head.right]
        if (
            head.top < nearest.box.bottom + _SLACK * body
            and -_SLACK * body < head.bottom - each.box.top < _FAR * body
            and not any(one.box.along(head) > 0 for one in between)
        ):
            found.append((head.right, group))
    return max(found, key=lambda each: each[0], default=(0.0, None))[1]


def _reaches(picture: Box, above: Box, below: Box, body: float) -> bool:
    """Whether a picture stands in the white between two lines, down to the lower one."""
    height = above.bottom - below.top
    covered = min(picture.top, above.bottom) - max(picture.bottom, below.top)
    if picture.across(below) <= 0 or covered <= 0:
        return False
    return covered > _SLACK * height or picture.bottom - below.top < _WIDE * body


def _is_caption(each: _Segment, pictures: Sequence[Box], body: float) -> bool:
    """Whether a small line stands directly below, above or beside a picture."""
    if each.line.size > _SMALL * body:
        return False
    box, reach = each.box, _NEAR * body
    return any(
        (box.across(picture) > 0.5 * (box.right - box.left))
        and (
            -0.3 * reach < picture.bottom - box.top < reach
            or -0.3 * reach < box.bottom - picture.top < reach
        )
        for picture in pictures
    )


def _take_kickers(
    segments: Sequence[_Segment],
    above: Sequence[Sequence[int]],
    below: dict[int, list[int]],
    body: float,
) -> None:
    """Give the small line directly above a headline to its article."""
    for number, each in enumerate(segments):
        under = [segments[n] for n in below.get(number, ())]
        if each.is_head or len(under) != 1 or not under[0].is_head or each.group is None:
            continue
        white = each.box.bottom - under[0].box.top
        over = [segments[n] for n in above[number]]
        apart = min((one.box.bottom - each.box.top for one in over), default=float("inf"))
        if white < body and apart > max(white, _SLACK * body) and under[0].group:
            each.group.text.remove(each)
            each.group = under[0].group
            each.group.heads.insert(0, each)


def _without_subheads(groups: Sequence[_Group], body: float) -> list[_Group]:
    """The groups, with those put to the article that they are part of whose headline only parts
    its text: it stands over one of its columns, and the text below it goes on in the next."""
    kept: list[_Group] = []
    for each in sorted(groups, key=lambda group: -group.box.top):
        whole = next((one for one in reversed(kept) if _is_subhead(each, one, body)), None)
        if whole is None:
            kept.append(each)
        else:
            whole.text += each.segments
    return [each for each in groups if each in kept]


def _is_subhead(each: _Group, whole: _Group, body: float) -> bool:
    if not each.heads or not each.text or not whole.text or each.size >= max(whole.size, body):
        return False
    head = around(one.box for one in each.heads)
    over = [
        one for one in whole.text if one.box.across(head) > 0 and one.box.bottom >= head.top - 1
    ]
    if not over:
        return False
    last = min(over, key=lambda one: one.box.bottom)
    upper = max(one.box.top for one in each.text) - _SLACK * body
    first = min((one for one in each.text if one.box.top > upper), key=lambda one: one.box.left)
    if head.left < last.box.left - body or head.right > last.box.right + body:
        return False  # over more than a column
    if last.is_open and first.goes_on:
        return True  # words of the article, set large within its text
    after = [one for one in whole.text if one.box.left > head.left + _NEAR * body]
    after = [one for one in after if one.box.across(head) <= 0]
    if last.is_open or not after:
        return False
    bottom = min(each.text, key=lambda one: one.box.bottom)
    goes_on = max(after, key=lambda one: one.box.top - one.box.left).goes_on
    small = each.size < _SUBHEAD * whole.size and each.size < _LOW * body
    return (bottom.is_open and goes_on) or small


def _in_order(groups: Sequence[_Group], body: float) -> list[_Group]:
    """The groups by cuts between them, first across and then down, else from the top."""
    if len(groups) < 2:
        return list(groups)
    boxes = {id(each): each.box for each in groups}
    by_top = sorted(groups, key=lambda each: -boxes[id(each)].top)
    parts: list[list[_Group]] = []
    floor = float("-inf")
    for each in by_top:
        if not parts or boxes[id(each)].top < floor + _SLACK * body:
            parts.append([])
            floor = float("inf")
        parts[-1].append(each)
        floor = min(floor, boxes[id(each)].bottom)
    if len(parts) == 1:
        parts = []
        edge = float("inf")
        for each in sorted(groups, key=lambda each: boxes[id(each)].left):
            if not parts or boxes[id(each)].left > edge - _SLACK * body:
                parts.append([])
                edge = float("-inf")
            parts[-1].append(each)
            edge = max(edge, boxes[id(each)].right)
    if len(parts) == 1:
        first = by_top[0]
        lefter = [each for each in groups if boxes[id(each)].right <= boxes[id(first)].left]
        first = max(lefter, key=lambda each: boxes[id(each)].top, default=first)
        return [first, *_in_order([each for each in groups if each is not first], body)]
    return [each for part in parts for each in _in_order(part, body)]


def _segments(words: Sequence[Word], drawn: Sequence[Box], body: float) -> list[_Segment]:
    """The lines of each column, from the top; `drawn` is what else stands on the page."""
    white = _White(words, drawn, body)
    found = []
    for row in rows_of(words, body):
        line: list[Word] = [row[0]]
        edge = row[0].right
        for word in row[1:]:
            if white.parts(line, word, edge):
                found.append(_segment(line, body))
                line, edge = [], word.right
            line.append(word)
            edge = max(edge, word.right)
        found.append(_segment(line, body))
    return sorted(found, key=lambda each: -each.box.top)


def _segment(words: Iterable[Word], body: float) -> _Segment:
    line = Line(tuple(words))
    letters = sum(map(str.isalnum, line.text))
    is_head = line.size >= HEADLINE * body and letters >= max(_LETTERS, len(line.text) / 3)
    return _Segment(line, line.box, is_head)


class _White:
    """Where the white of a page is as tall as between columns."""

    def __init__(self, words: Sequence[Word], drawn: Sequence[Box], body: float) -> None:
        box = around(Box(word.left, word.bottom, word.right, word.top) for word in words)
        em = max(body, (box.right - box.left) / _MOST_EMS, (box.top - box.bottom) / _MOST_EMS)
        self._body, self._left, self._top = body, box.left, box.top
        self._across, self._up = _BINS / em, _ROWS / em
        size = (
            int((box.top - box.bottom) * self._up) + 2,
            int((box.right - box.left) * self._across) + 2,
        )
        self._inked = np.zeros(size, dtype=bool)
        for word in words:
            top, bottom = word.base + 0.7 * word.size, word.base - 0.2 * word.size
            rows = slice(self._row(top), self._row(bottom) + 1)
            self._inked[rows, self._column(word.left) : self._column(word.right) + 1] = True
        self._filled = self._inked.copy()
        for each in drawn:
            rows = slice(self._row(each.top), self._row(each.bottom) + 1)
            self._filled[rows, self._column(each.left) : self._column(each.right) + 1] = True

    def _row(self, height: float) -> int:
        return max(int((self._top - height) * self._up), 0)

    def _column(self, x: float) -> int:
        return max(int((x - self._left) * self._across), 0)

    def parts(self, line: Sequence[Word], word: Word, edge: float) -> bool:
        """Whether the white between a part of a row, which ends at `edge`, and its next word parts
        columns: it is wide, and goes on above or below."""
        before = line[-1]
        gap = word.left - edge
        if gap < _GUTTER * self._body:
            return False
        sizes = sorted((before.size, word.size))
        if sizes[1] >= HEADLINE * sizes[0]:
            return True
        if gap < _BLANK * sizes[0]:
            return False
        first, last = self._column(edge) + 1, self._column(word.left)
        width = int(_GUTTER * _BINS) - 2
        if last - first < width:
            return False
        high = int(_TALL * sizes[0] * self._up)
        middle = self._row((before.base + word.base) / 2 + 0.25 * sizes[0])
        rows = slice(max(middle - 2 * high, 0), middle + 2 * high + 1)
        filled = self._filled[rows]
        side = int(_SIDE * self._body * self._across)
        # The lines of a column end somewhere in its last half.
        half = max(side, int((edge - line[0].left) * self._across / 2))
        middle -= rows.start
        for start in range(first, last - width + 1):
            inked = np.flatnonzero(self._inked[rows, start : start + width].any(axis=1))
            place = int(np.searchsorted(inked, middle))
            up = int(inked[place - 1]) + 1 if place else 0
            down = int(inked[place]) if place < len(inked) else len(filled)
            if down - up < high:
                continue
            between = filled[up:down, max(start - half, 0) : start].any(axis=1)
            between &= filled[up:down, start + width : start + width + side].any(axis=1)
            if between.sum() >= _BETWEEN * high:
                return True
        return False
