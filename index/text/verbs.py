"""Whether the verbs beside a day look ahead or back: what makes "on Monday" the next or the last.

The words of each language are in languages/."""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Literal

from hemeroteca.index.text.languages import Days

Look = Literal["ahead", "back", "lasting"]
_FIRST: tuple[Look, ...] = ("lasting", "back", "ahead")  # of those as near as another
_AROUND = 220  # characters in which a verb tells whether a day was or will be,
_FAR = 90  # behind "today" at the beginning of its sentence
_NEAR = 40  # and in which it tells that "today" is the day, not nowadays
# No stop is one behind an initial, in "EE. UU." or "Gov. Brown", or before a small letter.
_SHORT = ("Mr", "Mrs", "Ms", "Dr", "Dra", "St", "Sr", "Sra", "Sen", "Rep", "Gov", "Gen", "Prof")
_NO_INITIAL = r"(?<!(?<!\w)[A-ZÀ-Þ])(?<!(?<!\w)[A-ZÀ-Þ]{2})"
_NO_TITLE = "".join(rf"(?<!\b{word})" for word in _SHORT)
_SENTENCE_END = re.compile(rf"{_NO_INITIAL}{_NO_TITLE}\.(?!\d|\s*[a-zß-ÿ])|:(?!\d)|[;!?\n]")
_COMMA = re.compile(r",(?!\d)")
_CLITIC = re.compile(r"(?:\w{1,3}\s)?")
_NEVER = "(?!)"
_QUOTATION = re.compile(r"(?:«[^«»]*»|“[^“”]*”|„[^“”„]*[“”]|\"[^\"]*\")\s*$")
_MARKS = '[«»“”"„()]'


class Verbs:
    """The verbs of `text`, whose language has the words `known`; looked for once they are asked
    for. A day is asked for by its offsets."""

    def __init__(self, text: str, known: Days) -> None:
        self._text = text
        self._known = known

    def look_ahead(self, start: int, end: int) -> bool | None:
        """Whether the nearest verb looks ahead, not back, or, where none does either, "until" comes
        before; None without any."""
        first, last = self._sentence(start, end, max(0, start - _AROUND), end + _AROUND)
        look = self._nearest(start, end, first, last, ("ahead", "back"))
        if look is None:
            until = _whole(self._known.until)
            before = self._text.rfind(" ", 0, max(0, start - 1)) + 1
            leads = until.match(self._text, start) or until.match(self._text, before, start)
            return True if leads else None
        return look == "ahead"

    def is_usual(self, start: int, end: int) -> bool:
        """Whether the clause around tells what is usually done."""
        sentence = self._sentence(start, end, max(0, start - _AROUND), end + _AROUND)
        first, last = _between(self._clause_ends, start, end, *sentence)
        return _whole(self._known.usual).search(self._text, first, last) is not None

    def looks_back_to_then(self, start: int, end: int) -> bool:
        """Whether the sentence around sets a time long past beside the day: "then a minister, today
        a banker"."""
        first, last = self._sentence(start, end, max(0, start - _AROUND), end + _AROUND)
        return _whole(self._known.then).search(self._text, first, last) is not None

    def act(self, start: int, end: int) -> bool:
        """Whether the nearest verb tells what was or will be done, not how things are: that before
        a quotation, too, behind which the day stands."""
        quotation = _QUOTATION.search(self._text, max(0, start - _AROUND), start)
        at = quotation.start() if quotation else start
        return self._acts(start, end) or (at < start and self._acts(at, at))

    def _acts(self, start: int, end: int) -> bool:
        first, last = self._sentence(start, end, max(0, start - _NEAR), end + _NEAR)
        if not self._text[first:start].strip():  # the subject may be long
            first, last = self._sentence(start, end, max(0, start - _NEAR), end + _FAR)
        # What stands between commas describes: "the prison, today a museum, was built".
        commas = [match.end() for match in _COMMA.finditer(self._text, first, start)]
        first = max(first, *commas) if commas else first
        behind = _COMMA.search(self._text, end + 1, last)
        if behind and (commas or not self._text[first:start].strip()):
            last = behind.start()
        window = _between(self._clause_ends, start, end, first, last)
        look = self._nearest(start, end, *window, ("ahead", "back", "lasting"))
        return look in ("ahead", "back")

    def begins(self, start: int) -> bool:
        """Whether a verb that looks ahead or back begins at `start`, or behind a short word there:
        "se"."""
        return any(
            _CLITIC.fullmatch(self._text, start, at) is not None
            for look in ("ahead", "back")
            for at, _ in self._spans[look]
            if at >= start
        )

    def _sentence(self, start: int, end: int, first: int, last: int) -> tuple[int, int]:
        return _between(self._ends, start, end, first, last)

    def _nearest(
        self, start: int, end: int, first: int, last: int, looks: tuple[Look, ...]
    ) -> Look | None:
        """Where the nearest verb between `first` and `last` looks: that of the same clause, else
        any."""
        clause = _between(self._clause_ends, start, end, first, last)
        windows = [clause, (first, last)]
        if self._text.startswith(",", end):  # "who came on Friday, all I would say": that ends it
            windows.insert(0, (clause[0], end))
        for window in windows:
            found = list(self._distances(start, end, *window, looks))
            if found:
                # As near as another, what looks ahead does less: "expected to have been".
                return min(found, key=lambda each: (each[0], _FIRST.index(each[1])))[1]
        return None

    def _distances(
        self, start: int, end: int, first: int, last: int, looks: tuple[Look, ...]
    ) -> Iterator[tuple[int, Look]]:
        for look in looks:
            for at, to in self._spans[look]:
                # "Until Friday" looks ahead by its own first word, "from Friday" by one before too.
                if first <= at and to <= last and (to <= start or at >= end or at <= start):
                    yield max(start - to, at - end), look

    @cached_property
    def _spans(self) -> dict[Look, list[tuple[int, int]]]:
        known = self._known
        ahead = self._places(known.future.replace("{day}", known.day))
        # What looks ahead has the form of what looks back, too: "it is expected on Monday".
        taken = [*ahead, *self._places(known.no_verb)]
        back = [
            s for s in self._places(known.said.replace("{day}", known.day)) if not _meets(s, taken)
        ]
        # "Is" tells how things are, unless it has been.
        lasting = [s for s in self._places(known.lasting) if not _meets(s, back)]
        return {"ahead": ahead, "back": back, "lasting": lasting}

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        return [match.span() for match in _SENTENCE_END.finditer(self._text)]

    @cached_property
    def _clause_ends(self) -> list[tuple[int, int]]:
        known = self._known
        commas = _COMMA.pattern if known.commas else _NEVER
        words = _whole(known.clause).pattern
        marks = re.compile(f"{_MARKS}|{commas}|{words}", re.IGNORECASE)
        # "And" before a verb begins a clause: "was found on Thursday and was to be used".
        verbs = {at for look in ("ahead", "back") for at, _ in self._spans[look]}
        joins = (span for span in self._places(known.joins) if span[1] + 1 in verbs)
        return sorted([*(match.span() for match in marks.finditer(self._text)), *joins])

    def _places(self, words: str) -> list[tuple[int, int]]:
        return [match.span() for match in _whole(words).finditer(self._text)]


def _meets(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < to and at < span[1] for at, to in others)


def _between(
    ends: list[tuple[int, int]], start: int, end: int, first: int, last: int
) -> tuple[int, int]:
    """What lies between the last of `ends` before `start`, from `first`, and the first behind
    `end`, up to `last`."""
    before = max((to for _, to in ends if to <= start), default=first)
    behind = min((at for at, _ in ends if at >= end), default=last)
    return max(first, before), min(last, behind)


@cache
def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words or _NEVER})(?!\w)", re.IGNORECASE)
