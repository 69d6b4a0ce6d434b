"""An article opened for reading: its text in pieces, with what is looked for in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hemeroteca.index.article import Article
from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.search.grammar import parse
from hemeroteca.index.search.marks import Marker
from hemeroteca.index.text.sentences import sentence_spans


@dataclass(frozen=True)
class Piece:
    """Some text of an article: `place` is the number of the place that is looked for and begins
    here, from 1 on, 0 for none; `marked` whether it belongs to one."""

    text: str
    marked: bool = False
    place: int = 0


@dataclass(frozen=True)
class Sentence:
    """A sentence in its pieces, with the blanks behind it, at its offset in the article; `last`
    of its paragraph or not."""

    start: int
    pieces: Sequence[Piece]
    last: bool


@dataclass(frozen=True)
class Opened:
    """An article opened at `places` of its text. `quote` is what is no longer in it."""

    article: Article | None
    places: Sequence[tuple[int, int]] = ()
    title_places: Sequence[tuple[int, int]] = ()
    quote: str = ""

    def sentences(self) -> Iterator[Sentence]:
        """The sentences of the text proper, each with what stands before the next."""
        article = self.article
        if article is None:
            return
        text = article.text
        quoted_headline = any(start < article.body for start, _ in self.places)
        first = article.opening if quoted_headline else article.body
        starts = [start for start, _ in sentence_spans(text, article.language, first)]
        ends = [*starts[1:], len(text)]
        for start, end in zip(starts, ends, strict=True):
            if start < end:
                yield Sentence(start, tuple(self._pieces(start, end)), "\n" in text[start:end])

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        assert self.article is not None
        text, at = self.article.text, start
        for number, (first, last) in enumerate(self.places, start=1):
            if last <= start or first >= end:
                continue
            low, high = max(first, start), min(last, end)
            if low > at:
                yield Piece(text[at:low])
            yield Piece(text[low:high], True, number if low == first else 0)
            at = high
        if at < end:
            yield Piece(text[at:end])


def opened_at(article: Article | None, start: int, quote: str) -> Opened:
    """The article at a quote, where that stands now, next to `start`; without a quote at the
    sentence there."""
    if article is None:
        return Opened(None, quote=quote)
    text = article.text
    if not quote:
        spans = sentence_spans(text, article.language, article.opening)
        inside = [(a, b) for a, b in spans if a <= start < b]
        return Opened(article, inside)
    if text[start : start + len(quote)] != quote:
        places = [found.start() for found in re.finditer(re.escape(quote), text)]
        if not places:
            return Opened(article, quote=quote)
        start = min(places, key=lambda at: abs(at - start))
    return Opened(article, [(start, start + len(quote))])


def opened_at_hits(article: Article | None, search: str) -> Opened:
    """The article with each place marked that `search` finds; a search that is none marks
    nothing."""
    if article is None or not search.strip():
        return Opened(article)
    try:
        query = parse(search)
    except HemerotecaError:
        return Opened(article)
    body = article.body
    in_text = Marker(query, article.language).marks(article.text[body:])
    in_title = Marker(query, article.language, ("title", "text")).marks(article.title)
    return Opened(
        article,
        [(mark.start + body, mark.end + body) for mark in in_text],
        [(mark.start, mark.end) for mark in in_title],
    )
