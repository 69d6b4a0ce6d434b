"""A digitised issue: the articles that METS describes, in the words of its pages, ALTO or PAGE."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from itertools import chain
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.place import Region
from hemeroteca.index.sources.extract import Extract, Part, Rejected, digest, stable_key
from hemeroteca.index.sources.formats.alto import parse_page
from hemeroteca.index.sources.formats.format import Format
from hemeroteca.index.sources.formats.mets import (
    Area,
    Described,
    Issue,
    is_mets,
    pages_of,
    read_issue,
)
from hemeroteca.index.sources.formats.page_xml import is_page_xml, parse_page_xml
from hemeroteca.index.sources.formats.recognised import CUT, Page
from hemeroteca.index.sources.formats.runs import Run, confidence, paragraphs
from hemeroteca.index.sources.pages.pictured import with_pictures
from hemeroteca.index.sources.records import undated

_MAX_BYTES = 200_000_000
Opener = Callable[[str], BinaryIO]
_SUBTITLES = ("subheadline", "subtitle")


def issue_format(open_page: Opener, size: int = 0) -> Format:
    """How METS is read whose files `open_page` opens by the addresses that it gives them; together
    they have `size` bytes."""
    return Format(partial(read_issue_of, open_page=open_page), _MAX_BYTES, many=True, beside=size)


def read_issue_of(stream: BinaryIO, open_page: Opener) -> Iterator[Part]:
    """The articles of the issue, in its order, and behind them for each page what stands there in
    none of them. Pages that are missing, and what they should hold, are named."""
    issue = read_issue(stream)
    if not issue.articles:
        _add_contents(issue, open_page)
    texts = _Texts(issue)
    missing: dict[str, Message] = {}
    if not issue.pages:
        raise ArticleError("is METS that names no pages of text (ALTO)")
    for number, name in enumerate(issue.pages, start=1):
        address = issue.files.get(name, name)
        try:
            with open_page(address) as page:
                texts.read(name, page, number)
        except ArticleError as error:
            missing[name] = error.message
    for name, reason in missing.items():
        key = f"page-{issue.labels.get(name, name)}"
        yield Rejected(issue.files.get(name, name), reason, key)
    parts = [part for article in issue.articles for part in texts.article(article, missing)]
    parts += texts.rest()
    found = with_pictures([each for each in parts if isinstance(each, Extract)], texts.pictures)
    pictured = iter(found)
    yield from (next(pictured) if isinstance(each, Extract) else each for each in parts)
    yield from issue.lost


def _add_contents(issue: Issue, open_page: Opener) -> None:
    """Take the articles out of a table of contents, METS of its own that the issue names."""
    for name, address in list(issue.files.items()):
        if name in issue.labels:  # a page
            continue
        try:
            with open_page(address) as stream:
                if not is_mets(stream.read(4_096)):
                    continue
                stream.seek(0)
                contents = read_issue(stream)
        except ArticleError:
            continue  # named where the pages are read
        issue.articles = contents.articles
        issue.day = issue.day or contents.day
        issue.publication = issue.publication or contents.publication
        del issue.files[name]


@dataclass
class _Piece:
    """An area's lines or words, and whether its page has it."""

    runs: Sequence[Run] = ()
    found: bool = False


@dataclass
class _Texts:
    """The words of an issue's areas, page by page; of a page, only these are held."""

    issue: Issue
    pieces: dict[Area, _Piece] = field(default_factory=dict)
    left: dict[str, list[list[Run]]] = field(default_factory=dict)
    notes: dict[str, tuple[Message, ...]] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)
    pictures: list[Region] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wanted: dict[str, list[Area]] = {}  # by the ids of their files
        for article in self.issue.articles:
            for area in article.areas:
                self.pieces[area] = _Piece()
                self.wanted.setdefault(area.file, []).append(area)

    def read(self, name: str, stream: BinaryIO, number: int) -> None:
        """Take the words of the page `name`, the page `number` of the issue. Raises ArticleError if
        it is none."""
        areas = self.wanted.get(name, [])
        data = stream.read()
        parse = parse_page_xml if is_page_xml(data) else parse_page
        page = parse(BytesIO(data), any(area.end for area in areas), number)
        self.notes[name] = page.notes
        self.pictures += page.pictures
        if page.is_cut:
            self.cut.append(name)
        taken: set[int] = set()
        places = _places(page)
        for area in areas:
            lines = _lines_of(area, page, places)
            self.pieces[area] = _Piece([run for _, run in lines], bool(lines))
            taken.update(key for key, _ in lines)
        self.left[name] = list(_not_taken(page, taken))

    def article(self, said: Described, missing: Mapping[str, Message]) -> Iterator[Part]:
        """The article, or that none of its words is there."""
        pieces = [(area, self.pieces[area]) for area in said.areas]
        title = said.title
        where = Message("article {title!r}", title=title[:80]) if title else said.key
        groups: dict[int, list[Run]] = {}
        below: list[Run] = []
        for area, piece in pieces:
            groups.setdefault(area.paragraph, []).extend(piece.runs)
            if area.kind in _SUBTITLES:
                below += piece.runs
        told = paragraphs(groups.values())
        key = stable_key(said.key, told.text)
        if not told.text:
            if any(area.file in missing for area in said.areas):
                reason = Message("none of its pages can be read")
                yield Rejected(where, reason, key, digest(said.key))
            elif any(not area.is_picture and not piece.found for area, piece in pieces):
                reason = Message("its page holds no words where they should be")
                yield Rejected(where, reason, key, digest(said.key))
            return
        yield self._extract(
            Extract(
                told.text,
                key,
                title or None,
                where=where,
                subtitle=said.subtitle or paragraphs([below]).text,
                places=told.places,
            ),
            said,
            chain.from_iterable(piece.runs for _, piece in pieces),
            missing,
        )

    def _extract(
        self, found: Extract, said: Described, runs: Iterable[Run], missing: Mapping[str, Message]
    ) -> Extract:
        issue = self.issue
        files = pages_of(said.areas)
        notes = tuple(dict.fromkeys(chain.from_iterable(self.notes.get(f, ()) for f in files)))
        for name in files:
            if name in missing:
                page = issue.files.get(name, name)
                notes += (Message("its page {page} cannot be read", page=page),)
        lost = [
            area
            for area in said.areas
            if not (area.file in missing or area.is_picture or self.pieces[area].found)
        ]
        if lost:
            notes += (
                Message(
                    "pieces that its page does not hold: {number:,}, the first {piece}",
                    number=len(lost),
                    piece=lost[0].begin or lost[0].file,
                ),
            )
        labels = [issue.labels.get(name, "") for name in files]
        return replace(
            found,
            day=issue.day,
            digitised=True,
            notes=(*notes, *self._dated()),
            publication=replace(
                issue.publication,
                authors=said.authors,
                section=said.section,
                page=", ".join(dict.fromkeys(filter(None, labels))),
                confidence=confidence(runs),
            ),
        )

    def _dated(self) -> tuple[Message, ...]:
        issue = self.issue
        return (undated(issue.written),) if issue.written and not issue.day else ()

    def rest(self) -> Iterator[Part]:
        """For each page what stands in no article."""
        issue = self.issue
        for name, blocks in self.left.items():
            label = issue.labels.get(name, name)
            told = paragraphs(blocks)
            if name in self.cut:
                yield Rejected(issue.files.get(name, name), CUT, f"page-{label}")
            if not told.text:
                continue
            title = ", ".join(filter(None, (issue.title or issue.publication.paper, f"p. {label}")))
            said = Described(name, (Area(name),))
            self.pieces[said.areas[0]] = _Piece(found=True)
            where = Message("page {page}", page=label)
            key = stable_key(f"page-{label}", told.text)
            found = Extract(told.text, key, title, where=where, places=told.places)
            yield self._extract(found, said, chain.from_iterable(blocks), {})


@dataclass(frozen=True)
class _Places:
    """Where in a page each id lies: the numbers of its first and its last line."""

    lines: list[Run]
    by_id: Mapping[str, tuple[int, int]]


def _places(page: Page) -> _Places:
    lines: list[Run] = []
    by_id: dict[str, tuple[int, int]] = {}
    for block in page.blocks:
        first = len(lines)
        lines += block.lines
        for name in block.ids:
            by_id[name] = (by_id.get(name, (first, 0))[0], len(lines))
        for number, run in enumerate(block.lines, start=first):
            for name in run.ids:
                by_id[name] = (by_id.get(name, (number, 0))[0], number + 1)
    by_id.pop("", None)
    return _Places(lines, by_id)


def _lines_of(area: Area, page: Page, places: _Places) -> list[tuple[int, Run]]:
    """The lines, or words, of an area, by their numbers."""
    if not area.begin:
        return list(enumerate(places.lines))
    begin = places.by_id.get(area.begin)
    end = places.by_id.get(area.end or area.begin)
    if begin is None or end is None:
        return []
    return list(enumerate(places.lines[begin[0] : end[1]], start=begin[0]))


def _not_taken(page: Page, taken: set[int]) -> Iterator[list[Run]]:
    number = 0
    for block in page.blocks:
        left = [run for at, run in enumerate(block.lines, start=number) if at not in taken]
        number += len(block.lines)
        if left:
            yield left
