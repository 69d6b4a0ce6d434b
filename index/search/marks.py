"""Where in a text stands what a search wanted."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise

from hemeroteca.index.search.query import Leaf, Near, Part, Pattern, Phrase, Query, Word
from hemeroteca.index.search.words import plain, stem
from hemeroteca.index.text.terms import WRITTEN, is_unspaced, terms

# Languages whose stems may begin otherwise than their words.
_CHANGED_AT_FIRST = ("ar", "id", "sr", "ta")


@dataclass(frozen=True, order=True)
class Mark:
    """A place of a text, and the number of what of the search stands there."""

    start: int
    end: int
    wanted: int


@dataclass(frozen=True)
class Term:
    """A term as it is searched for, and its place in a text."""

    text: str
    start: int
    end: int


class Marker:
    """Finds what `query` wanted in texts of `language`, those of `parts` of an article."""

    def __init__(self, query: Query, language: str, parts: Iterable[Part] = ("text",)) -> None:
        of = {*parts}
        leaves = [
            (n, _as_phrase(leaf))
            for n, leaf in enumerate(query.leaves)
            if leaf.part in of and leaf != Pattern("*", leaf.part)  # says nothing of the words
        ]
        self._language = language
        self._phrases = [(n, leaf) for n, leaf in leaves if isinstance(leaf, Phrase)]
        self._singles = [
            (n, _single(leaf, language)) for n, leaf in leaves if not isinstance(leaf, Phrase)
        ]
        self._heads = sorted({single.head for _, single in self._singles})
        self._known: dict[str, int | None] = {}
        self._here: set[str] = set()  # the words among them that are wanted

    def marks(self, text: str) -> list[Mark]:
        """The places, in order; where two overlap, the earlier and longer."""
        if not (self._singles or self._phrases):
            return []
        found = sorted(
            (*self._single_marks(text), *self._phrase_marks(text)),
            key=lambda mark: (mark.start, -mark.end),
        )
        kept: list[Mark] = []
        for mark in found:
            if not kept or mark.start >= kept[-1].end:
                kept.append(mark)
        return kept

    def _single_marks(self, text: str) -> Iterator[Mark]:
        if not self._singles:
            return
        if "" in self._heads:  # to look at each word once is quicker than at each place
            words = set(WRITTEN.findall(text))
            new = words - self._known.keys()
            self._here.update(word for word in new if self._wanted(word) is not None)
            places = chain.from_iterable(_standing(text, word) for word in words & self._here)
        else:
            places = chain.from_iterable(_written(text, head) for head in self._heads)
        for found in places:
            if (n := self._wanted(found.group())) is not None:
                yield Mark(found.start(), found.end(), n)

    def _wanted(self, written: str) -> int | None:
        """The number of the first of the search that a word is."""
        if written not in self._known:
            self._known[written] = None
            for n, single in self._singles:
                begins = not single.head or _may_begin(written, single.head)
                if begins and single.meets(written):
                    self._known[written] = n
                    break
        return self._known[written]

    def _phrase_marks(self, text: str) -> Iterator[Mark]:
        if not self._phrases:
            return
        for n, phrase in self._phrases:
            for start, end in _places(phrase, text):
                yield Mark(start, end, n)


def _as_phrase(leaf: Leaf) -> Leaf:
    """A word without blanks around it is found among the pairs of characters."""
    if isinstance(leaf, Word) and is_unspaced(leaf.written):
        return Phrase((plain(leaf),), leaf.part)
    return leaf


def _standing(text: str, word: str) -> Iterator[re.Match[str]]:
    """The places of `word`, one of the words of `text`."""
    at = text.find(word)
    while at >= 0:
        found = WRITTEN.match(text, at)
        if found and found.group() == word and not (at and WRITTEN.match(text, at - 1)):
            yield found
        at = text.find(word, at + len(word))


def _written(text: str, head: str) -> Iterator[re.Match[str]]:
    """The words of `text` that may begin with `head`, to be looked at by `_may_begin`."""
    for begun in _beginnings(head).finditer(text):
        at = begun.start()
        # Behind a sign that is no letter for re it is within a word.
        if at and text[at - 1] > "\x7f" and WRITTEN.match(text, at - 1):
            continue
        if found := WRITTEN.match(text, at):
            yield found


@lru_cache(maxsize=1 << 10)  # of one head each: those of a whole search would seldom come again
def _beginnings(head: str) -> re.Pattern[str]:
    """Where words may begin with `head`, at most two letters; "" is any word. To look at every word
    takes ten times as long."""
    if not head:
        return WRITTEN
    # A letter that is not ASCII may be written for any. What stands before the first letter is
    # looked at behind it: re skips to letters faster than it asks of each place what is before.
    letters, shapes = "", [r"(?<=[^\x00-\x7f])"]
    if head.isascii():
        letters = _letters(head[0])
        shape = f"(?<=[{letters}])"
        if len(head) > 1:
            shape += rf"(?:[{_letters(head[1])}]|(?=\w*[^\x00-\x7f]))"
        shapes.append(shape)
    # All but the other signs of ASCII: to name the letters beyond it takes re 2 ms.
    ends = [-1, *sorted({ord(letter) for letter in letters if letter != "\\"}), 0x80]
    others = "".join(rf"\x{a + 1:02x}-\x{b - 1:02x}" for a, b in pairwise(ends) if b > a + 1)
    return re.compile(rf"[^{others}](?<!\w.)(?:{'|'.join(shapes)})", re.DOTALL)


def _letters(small: str) -> str:
    """The ways to write a letter, within the brackets of a regular expression."""
    either = {small, small.upper(), *("iIyY" if small in "iy" else "")}
    return re.escape("".join(sorted(either)))


def written_terms(text: str, start: int = 0) -> Iterator[Term]:
    """The terms from the word at `start` on, with their places. Those of a word without blanks,
    which are pairs of characters, have a place each."""
    for found in WRITTEN.finditer(text, start):
        written, start = found.group(), found.start()
        parts = _plain_terms(written)
        if len(parts) == len(written) - 1 and all(len(part) == 2 for part in parts):
            for n, part in enumerate(parts):
                yield Term(part, start + n, start + n + 2)
        else:
            for part in parts:
                yield Term(part, start, found.end())


def _places(phrase: Phrase, text: str) -> Iterator[tuple[int, int]]:
    """The places where `phrase` stands."""
    head = phrase.terms[0][:2] if phrase.terms[0].isascii() else ""  # else within a word as well
    after = 0
    for found in _written(text, head):
        if not _may_begin(found.group(), head):
            continue
        if not any(_is(phrase, 0, term) for term in written_terms(found.group())):
            continue
        written = len(_plain_terms(found.group()))
        said = list(
            islice(written_terms(text, found.start()), written + len(phrase.terms) + phrase.gaps)
        )
        for at in range(written):
            end = _follow(phrase, said, at) if _is(phrase, 0, said[at]) else None
            if end is not None and said[at].start >= after:
                after = said[end].end
                yield said[at].start, after


def _follow(phrase: Phrase, said: Sequence[Term], at: int) -> int | None:
    left = phrase.gaps
    for n in range(1, len(phrase.terms)):
        steps = (step for step in range(left + 1) if at + 1 + step < len(said))
        step = next((step for step in steps if _is(phrase, n, said[at + 1 + step])), None)
        if step is None:
            return None
        left, at = left - step, at + 1 + step
    return at


def _is(phrase: Phrase, n: int, term: Term) -> bool:
    if phrase.open and n == len(phrase.terms) - 1:
        return term.text.startswith(phrase.terms[n])
    return term.text == phrase.terms[n]


@dataclass(frozen=True)
class _Single:
    """A word that is wanted: what it begins with, at most two letters, "" for anything; and whether
    a written word is it."""

    head: str
    meets: Callable[[str], bool]


def _single(leaf: Leaf, language: str) -> _Single:
    match leaf:
        case Word():
            exact, stemmed = plain(leaf), stem(leaf, language)
            head = exact[:2] if stemmed is None or language not in _CHANGED_AT_FIRST else ""
            return _Single(
                head,
                lambda written: (
                    exact in terms(written, "")
                    or (stemmed is not None and stemmed in terms(written, language))
                ),
            )
        case Pattern(term):
            shape = re.compile(".*".join(map(re.escape, term.split("*"))))
            head = term[:2].partition("*")[0]
            return _Single(head, lambda written: any(map(shape.fullmatch, _plain_terms(written))))
        case Near(term, slips):
            letters, (begins, ends) = frozenset(term), _halves(term, slips)

            def meets(each: str) -> bool:
                return (
                    (each.startswith(begins) or each.endswith(ends))
                    and len(letters.symmetric_difference(each)) <= 2 * slips
                    and _slips(term, each, slips)
                )

            def is_near(written: str) -> bool:
                if written.isascii():
                    return meets(written.lower())
                return any(map(meets, _plain_terms(written)))

            return _Single("", is_near)
        case Phrase():
            raise AssertionError("a phrase is more than a word")


def _may_begin(written: str, head: str) -> bool:
    """Whether a term of `written`, or its stem, may begin with `head`, at most two letters."""
    if written.isascii():  # "dying" has the stem "die"
        return written[: len(head)].lower().replace("y", "i") == head.replace("y", "i")
    return not head or _first_letter(written[0]) in (head[0], "")


@lru_cache(maxsize=1 << 12)
def _first_letter(character: str) -> str:
    """That of the term of a word that begins with `character`; "" where it may be any."""
    found = terms(character, "")
    return "" if not found or is_unspaced(character) else found[0][:1]


def _plain_terms(written: str) -> Sequence[str]:
    return (written.lower(),) if written.isascii() else terms(written, "")


def _halves(term: str, slips: int) -> tuple[tuple[str, ...], str]:
    """With what a word begins, or else ends, that one slip makes of `term`; nothing for more."""
    half = len(term) // 2
    if slips != 1 or not half:
        return ("",), ""
    changed = term[: half - 1] + term[half] + term[half - 1]
    return (term[:half], changed), term[half:]


def _slips(one: str, other: str, most: int) -> bool:
    """Whether at most `most` letters are wrong, missing, surplus or changed with the next (Damerau
    and Levenshtein, as tantivy counts them)."""
    if abs(len(one) - len(other)) > most:
        return False
    # What both begin and end with costs nothing.
    start, ends = 0, min(len(one), len(other))
    while start < ends and one[start] == other[start]:
        start += 1
    end = 0
    while end < ends - start and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    if not one or not other:
        return True
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1] <= most
