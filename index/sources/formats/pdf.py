"""PDF files: documents of one article, and editions of a newspaper."""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.extract import MAX_ARTICLE_BYTES, Extract, stable_key
from hemeroteca.index.sources.pages.drawn import PDFIUM, open_pdf, picture_of, read_sheet
from hemeroteca.index.sources.pages.edition import Story, stories_of
from hemeroteca.index.sources.pages.jumps import join_jumps
from hemeroteca.index.sources.pages.layout import HEADLINE, Box, Paragraph, joined, words_whole
from hemeroteca.index.sources.pages.mended import mended
from hemeroteca.index.sources.pages.page import Page, page_of
from hemeroteca.index.sources.pages.pictured import with_pictures
from hemeroteca.index.sources.pages.running import RunningHead, RunningHeads, day_of
from hemeroteca.index.sources.pages.scan import DPI, INSTALL, ScanReader, is_scan
from hemeroteca.index.sources.pages.sheet import Frame, Sheet
from hemeroteca.index.sources.pages.text import compounds, told

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MAX_PAGES = 1_000
_TOGETHER = 32  # pages, whose running heads are looked for together


def read_pdf(stream: BinaryIO) -> Iterator[Extract]:
    """The articles of an edition, each with its headline, page and newspaper, and for each page
    what stands in none of them, such as captions. Of any other file the one article: the text of
    all pages in reading order, with the title that the file states, else the largest headline.
    Both without running heads and page numbers, which tell the day, and with their words whole. A
    page that cannot be read is noted. Raises ArticleError if there is no text, or a password."""
    read = _read(stream.read())
    if not any(page.paragraphs for page in read.pages):
        if read.unread:
            raise ArticleError("is a scan: {remedy}", remedy=INSTALL)
        if read.notes:
            raise ArticleError(read.notes[0])
        raise ArticleError("has no text, as a scan has none: run OCR over it first")
    if read.unread:
        read.notes.append(
            Message(
                "has scanned pages that were left out: {pages:,}; the first is page {number}: "
                "{remedy}",
                pages=len(read.unread),
                number=read.unread[0],
                remedy=INSTALL,
            )
        )
    found = stories_of(read.pages)
    photographs = [region for page in read.pages for region in page.photographs]
    if found is None:
        yield from with_pictures([_document(read)], photographs)
        return
    join_jumps(read.pages, found)
    yield from with_pictures([*_edition(read, found)], photographs)


@dataclass
class _Read:
    """What was read of a file: its pages, their running heads, the title that it states, which
    pages are scans that were left `unread`, and which cannot be read."""

    title: str | None = None
    pages: list[Page] = field(default_factory=list)
    heads: list[RunningHead] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)

    def day(self) -> date | None:
        """The day that the running heads state."""
        texts = (
            line.text for page in self.pages for each in page.paragraphs for line in each.lines
        )
        return day_of(self.heads, " ".join(texts)) if self.heads else None


def _opened(data: bytes) -> tuple["PdfDocument", list[Message]]:
    """The file, and what is to be said of it where only the pages that are left can be read."""
    if not data:
        raise ArticleError("is empty")
    with PDFIUM:
        try:
            return open_pdf(data), []
        except ArticleError:
            left = mended(data)
            if left is None:
                raise
            try:
                return open_pdf(left), [
                    Message("is damaged or cut: of its pages only those that are left were read")
                ]
            except ArticleError:
                pass
            raise


def _read(data: bytes) -> _Read:
    document, notes = _opened(data)
    try:
        if len(document) > _MAX_PAGES:
            raise ArticleError(
                "has {pages:,} pages; it may have {most:,}", pages=len(document), most=_MAX_PAGES
            )
        read = _Read(_title(document), notes=notes)
        running, scans = RunningHeads(), ScanReader()
        letters = 0
        for first in range(0, len(document), _TOGETHER):
            numbers = range(first + 1, min(first + _TOGETHER, len(document)) + 1)
            sheets = list(_sheets(document, numbers, scans, read))
            heads = running.take(sheets)
            read.heads += heads
            labels = {head.page: head.number for head in reversed(heads) if head.number}
            read.pages += [page_of(sheet, labels.get(sheet.number, "")) for sheet in sheets]
            letters += sum(len(word.text) for sheet in sheets for word in sheet.words)
            if letters > MAX_ARTICLE_BYTES and not any(page.has_columns for page in read.pages):
                break  # too long for an article: the rest need not be read to say so
        return read
    finally:
        with PDFIUM:
            document.close()


def _sheets(
    document: "PdfDocument", numbers: Sequence[int], scans: ScanReader, read: _Read
) -> Iterator[Sheet]:
    """Those of the pages that can be read; `read` gets which cannot."""
    import pypdfium2

    for number in numbers:
        try:
            with PDFIUM:
                sheet = read_sheet(document, number)
        except pypdfium2.PdfiumError as error:
            read.notes.append(
                Message(
                    "has a page {number} that is damaged and was left out ({reason})",
                    number=number,
                    reason=str(error),
                )
            )
            continue
        if is_scan(sheet):
            if scans.can_read:
                sheet = _scanned(document, sheet, scans, read.notes)
            else:
                read.unread.append(number)
        yield sheet


def _scanned(
    document: "PdfDocument", sheet: Sheet, scans: ScanReader, notes: list[Message]
) -> Sheet:
    """The sheet as it is recognised; as it is where that cannot be, which `notes` get, or where it
    finds less."""
    with PDFIUM:
        picture = picture_of(document, sheet.number, DPI)
        width, height = document.get_page_size(sheet.number - 1)
    try:
        scan = scans.read(picture, width, height)
    except ArticleError as error:
        where = Message("page {number}", number=sheet.number)
        notes.append(Message("{where}: {reason}", where=where, reason=error.message))
        return sheet
    if scan.letters < sum(len(word.text) for word in sheet.words):
        return sheet
    frame = Frame(Box(0.0, 0.0, width, height))
    return replace(
        sheet,
        frame=frame,
        words=scan.words,
        pictures=scan.pictures,
        photographs=scan.pictures,
        confidence=scan.confidence,
        grouped=scan.grouped,
    )


def _title(document: "PdfDocument") -> str | None:
    """The title that the file states, unless it is what a word processor wrote there."""
    with PDFIUM:
        title = " ".join(document.get_metadata_dict().get("Title", "").split())
    return None if " " not in title or title.startswith("Microsoft") else title


def _document(read: _Read) -> Extract:
    found = joined([part for page in read.pages for part in page.paragraphs])
    whole = told(found, compounds(found))
    return Extract(
        whole.text,
        title=read.title or _headline(found),
        day=day_of(read.heads, whole.text),
        notes=tuple(read.notes),
        publication=Publication(confidence=_confidence(read.pages)),
        places=whole.places,
    )


def _headline(found: Sequence[Paragraph]) -> str | None:
    """The largest of the first paragraphs, if it is larger than the text."""
    body = max(found, key=lambda part: sum(len(line.text) for line in part.lines)).size
    largest = max(found[:10], key=lambda part: part.size)
    if largest.size < HEADLINE * body:
        return None
    title = words_whole([line.text for line in largest.lines], frozenset()).text
    return title if " " in title else None


def _edition(read: _Read, found: Sequence[Sequence[Story]]) -> Iterator[Extract]:
    known = compounds([each for page in read.pages for each in page.paragraphs])
    day = read.day()
    papers = Counter(name for head in read.heads for name in dict.fromkeys(head.names))
    paper = max(papers, key=papers.__getitem__, default="")
    keys: Counter[str] = Counter()
    notes = tuple(read.notes)
    for page, of_one in zip(read.pages, found, strict=True):
        for story in of_one:
            if story.pages[0] != page.number:
                continue  # it began on another
            labels = [_label(read.pages, number) for number in dict.fromkeys(story.pages)]
            text = told(joined(story.text), known)
            title = told(joined(story.title), known)
            beside = told([each for each in story.heads if each not in story.title], known)
            identity = f"{labels[0]} {title.text}".strip()
            keys[identity] += 1
            if keys[identity] > 1:
                identity = f"{identity} ({keys[identity]})"
            yield Extract(
                text.text,
                stable_key(identity, text.text),
                title.text or None,
                day,
                where=Message("page {number}", number=labels[0]),
                notes=notes,
                subtitle=" ".join(beside.text.split()),
                publication=Publication(
                    paper=paper,
                    section=_section(read.heads, story.pages[0], papers, paper),
                    page=", ".join(labels),
                    confidence=_confidence(
                        page for page in read.pages if page.number in story.pages
                    ),
                ),
                places=text.places,
                heading=tuple(place.region for place in (*title.places, *beside.places)),
            )
            notes = ()  # once a file


def _confidence(pages: Iterable[Page]) -> str:
    """How sure the recognition of those of the pages was that are scans; "" if none is."""
    sure = [page.confidence for page in pages if page.confidence]
    return f"{statistics.fmean(sure):.2f}" if sure else ""


def _label(pages: Sequence[Page], number: int) -> str:
    """The number that is printed on the page `number`, else that number."""
    label = next((page.label for page in pages if page.number == number), "")
    return label or str(number)


def _section(heads: Sequence[RunningHead], page: int, papers: Mapping[str, int], paper: str) -> str:
    """What the running head of a page says beside the newspaper, if that is on other pages too."""
    names = [name for head in heads if head.page == page for name in head.names]
    others = [name for name in names if name != paper]
    return others[0] if others and papers[paper] > 1 and paper in names else ""
