"""Passages that an article shares with others, word by word, though their texts differ: paragraphs
of an agency, one statement."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hemeroteca.index.article import Article
from hemeroteca.index.search.marks import Term, written_terms
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.text.terms import is_unspaced

# Of a run of words as long as two windows less one, one of the windows is whole.
_WINDOW = 6  # terms of a phrase that is looked up
_FORMULA = 30  # articles: a phrase that stands in more says nothing
_COMPARED = 12  # articles whose text is looked into
_SHOWN = 5
_SEED = 5  # terms from which a run is told
_GAP = 4  # terms that may differ within a passage
LEAST_TERMS = 12  # of a passage that are the same,
_LEAST_CHARACTERS = 60  # and how long it is at least,
_LEAST_UNSPACED = 24  # or where words have no blanks between them
_AT_ONCE = 8  # places of one seed that are looked at


@dataclass(frozen=True)
class SharedPassage:
    """`article_text[start:end]` is, but for a few words, `other_text[other_start:other_end]`, which
    is `other_quote`; `quote` is the former."""

    start: int
    end: int
    other_start: int
    other_end: int
    quote: str
    other_quote: str


@dataclass(frozen=True)
class Sharing:
    """Another article with the passages that it shares, in the order of the first."""

    other: Article
    passages: Sequence[SharedPassage]


def shared_passages(archive: Archive, article: Article) -> list[Sharing]:
    """At most five articles that share passages with `article`, most of it first; not those with
    its whole text."""
    said = list(written_terms(article.text, article.body))
    windows = [
        tuple(term.text for term in said[at : at + _WINDOW])
        for at in range(0, len(said) - _WINDOW + 1, _WINDOW)
    ]
    without = {article.id, *(copy["article"] for copy in archive.catalog.copies(article.id))}
    near = archive.articles.holding_phrases(windows, _FORMULA, _COMPARED + len(without))
    others = archive.documents_of([id for id in near if id not in without][:_COMPARED])
    found = [Sharing(other, _in_common(article, said, other)) for other in others.values()]
    found = [each for each in found if each.passages]
    found.sort(key=lambda each: -sum(passage.end - passage.start for passage in each.passages))
    return found[:_SHOWN]


def passages_in_common(article: Article, other: Article) -> list[SharedPassage]:
    """The passages that two articles share, in the order of the first."""
    return _in_common(article, list(written_terms(article.text, article.body)), other)


def _in_common(article: Article, said: Sequence[Term], other: Article) -> list[SharedPassage]:
    theirs = list(written_terms(other.text, other.body))
    runs = common_runs([term.text for term in said], [term.text for term in theirs])
    passages = []
    for first, last, other_first, other_last in runs:
        start, end = said[first].start, said[last - 1].end
        other_start, other_end = theirs[other_first].start, theirs[other_last - 1].end
        if is_long(article.text[start:end]):
            passages.append(
                SharedPassage(
                    *(start, end, other_start, other_end),
                    article.text[start:end],
                    other.text[other_start:other_end],
                )
            )
    return passages


def is_long(text: str) -> bool:
    """Whether `text` has the characters of a passage."""
    return len(text) >= (_LEAST_UNSPACED if is_unspaced(text[:1]) else _LEAST_CHARACTERS)


def common_runs(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The runs that both lists of terms have in common, in the order of `one`, none over another
    there: one[a:b] is other[c:d] for each (a, b, c, d), up to four terms in a row that differ
    within it; at least twelve are the same."""
    merged: list[list[int]] = []  # a, b, c, d and how many are the same
    for a, b, c, d in _exact_runs(one, other):
        last = merged[-1] if merged else None
        if last and 0 <= a - last[1] <= _GAP and 0 <= c - last[3] <= _GAP:
            merged[-1] = [last[0], b, last[2], d, last[4] + b - a]
        else:
            merged.append([a, b, c, d, b - a])
    return [(a, b, c, d) for a, b, c, d, same in merged if same >= LEAST_TERMS]


def _exact_runs(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The runs that are the same term by term, as long as they are, in the order of `one`."""
    seeds: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(other) - _SEED + 1):
        places = seeds[tuple(other[at : at + _SEED])]
        if len(places) < _AT_ONCE:
            places.append(at)
    a = 0
    while a <= len(one) - _SEED:
        places = seeds.get(tuple(one[a : a + _SEED]), [])
        longest, place = max(((_length(one, other, a, c), -c) for c in places), default=(0, 0))
        if longest:
            yield a, a + longest, -place, -place + longest
        a += longest or 1


def _length(one: Sequence[str], other: Sequence[str], a: int, c: int) -> int:
    n = 0
    while a + n < len(one) and c + n < len(other) and one[a + n] == other[c + n]:
        n += 1
    return n
