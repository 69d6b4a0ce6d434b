"""PDF files that hold text."""

import math
import re
import statistics
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.extract import MAX_ARTICLE_BYTES, Extract
from hemeroteca.index.sources.layout import (
    HEADLINE,
    Paragraph,
    Word,
    bands,
    body_size,
    in_reading_order,
    joined,
    words_whole,
)

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_MAX_PAGES = 1_000
_PDFIUM = threading.Lock()  # it serves one thread at a time
_HYPHEN = 2  # what PDFium makes of one at the end of a line
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_COMPOUND = re.compile(r"\w+-\w+(?=\W)")
_MANY = 0.3  # of the letters
_APART = 0.7  # in heights of the text
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:p[áàa]g(?:ina|e|\.)?|seite|side|sivu|strona|p\.)\s*)?\d{1,4}(?:\s*(?:/|de|of|von)\s*\d+)?\W*",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}(?:º|\.)?(?:\s+de)?\s+[^\W\d]{3,}\.?(?:\s+del?)?\s+\d{4}|[^\W\d]{3,}\s+\d{1,2},\s+\d{4}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}"
)


def read_pdf(stream: BinaryIO) -> Iterator[Extract]:
    """The one article: the text of all pages in reading order, without running heads and page
    numbers, its words whole; the title that the file states, else the largest headline; the day
    that the running head states. A page that cannot be read is noted. Raises ArticleError if there
    is no text, or a password."""
    with _PDFIUM:
        pages, title, notes = _read(stream.read())
    heads = _take_running_heads(pages)
    found = joined([part for page in pages for part in page.paragraphs()])
    if not found and notes:
        raise ArticleError(notes[0])
    if not found:
        raise ArticleError("has no text, as a scan has none: run OCR over it first")
    known = frozenset(
        word.lower()
        for part in found
        for line in part.lines
        for word in _COMPOUND.findall(f"{line} ")
    )
    text = "\n\n".join(words_whole(part.lines, known) for part in found)
    yield Extract(text, title=title or _headline(found), day=_day(heads, text), notes=notes)


@dataclass
class _Page:
    """The words of a page by their places, or its lines where places do not give the order."""

    words: list[Word]
    lines: tuple[str, ...] = ()

    def paragraphs(self) -> list[Paragraph]:
        return [Paragraph(self.lines)] if self.lines else in_reading_order(self.words)


def _read(data: bytes) -> tuple[list[_Page], str | None, tuple[Message, ...]]:
    """The pages that can be read, the title that the file states, and which pages cannot."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise ArticleError("is locked with a password: save it without one") from error
        raise ArticleError("is damaged or of another kind ({reason})", reason=str(error)) from error
    try:
        if len(document) > _MAX_PAGES:
            raise ArticleError(
                "has {pages:,} pages; it may have {most:,}", pages=len(document), most=_MAX_PAGES
            )
        pages: list[_Page] = []
        notes: list[Message] = []
        letters = 0
        for number in range(len(document)):
            try:
                pages.append(_page(document[number]))
            except pypdfium2.PdfiumError as error:
                notes.append(
                    Message(
                        "has a page {number} that is damaged and was left out ({reason})",
                        number=number + 1,
                        reason=str(error),
                    )
                )
                continue
            letters += sum(len(word.text) for word in pages[-1].words)
            if letters > MAX_ARTICLE_BYTES:
                break  # too long for an article: the rest need not be read to say so
        return pages, _title(document), tuple(notes)
    finally:
        document.close()


def _title(document: "PdfDocument") -> str | None:
    """The title that the file states, unless it is what a word processor wrote there."""
    title = " ".join(document.get_metadata_dict().get("Title", "").split())
    return None if " " not in title or title.startswith("Microsoft") else title


def _page(page: "PdfPage") -> _Page:
    text = page.get_textpage()
    try:
        words, upright = _words(text, page.get_bbox())
        if upright:
            return _Page(words)
        lines = text.get_text_range().replace(chr(_HYPHEN), "").splitlines()
        return _Page([], tuple(filter(None, map(str.strip, lines))))
    finally:
        text.close()
        page.close()


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter as the page draws it, seen so that it stands upright."""

    text: str
    left: float
    right: float
    base: float
    size: float
    turn: int  # quarters


@dataclass
class _Drawn:
    """The letters drawn so far, by squares of the page as large as they are."""

    _letters: dict[tuple[str, float, int, int], list[_Letter]] = field(default_factory=dict)

    def again(self, letter: _Letter) -> bool:
        """Whether the same letter was drawn over there already, to look bold or to throw a shadow;
        if not, it is now. Two narrow letters stand beside one another, as in "calle"."""
        if unicodedata.combining(letter.text[0]):
            return False
        size = max(letter.size, 0.1)
        across, up = letter.left / size, letter.base / size
        for column in (math.floor(across - 0.5), math.floor(across + 0.5)):
            for row in (math.floor(up - 0.5), math.floor(up + 0.5)):
                for other in self._letters.get((letter.text, size, column, row), ()):
                    if (
                        abs(letter.left - other.left) < 0.5 * (letter.right - letter.left)
                        and abs(letter.base - other.base) < 0.25 * size
                    ):
                        return True
        place = letter.text, size, math.floor(across), math.floor(up)
        self._letters.setdefault(place, []).append(letter)
        return False


def _words(text: "PdfTextPage", box: tuple[float, float, float, float]) -> tuple[list[Word], bool]:
    """The words of a page, those that are turned last and as if they stood below; and whether
    places give their order, as they do not in scripts from right to left or from top to bottom."""
    runs: list[list[_Letter]] = []
    drawn = _Drawn()
    apart = True
    otherwise = letters = 0
    for letter in _letters(text, box):
        if letter is None:
            apart = True
            continue
        if drawn.again(letter):
            continue
        last = runs[-1][-1] if runs else None
        letters += 1
        otherwise += unicodedata.bidirectional(letter.text) in ("R", "AL") or (
            last is not None and _is_below(letter, last)
        )
        if apart or last is None or not _follows(letter, last):
            runs.append([])
        runs[-1].append(letter)
        apart = False
    if otherwise > _MANY * letters:
        return [], False
    turns = Counter(run[0].turn for run in runs)
    upright = max(turns, key=turns.__getitem__, default=0)
    words = []
    floor = 0.0
    for turn in sorted(turns, key=lambda turn: turn != upright):
        turned = [_word(run) for run in runs if run[0].turn == turn]
        top = max(word.top for word in turned)
        shift = 0.0 if turn == upright else floor - top - 5 * turned[0].size
        words += [
            Word(word.text, word.left, word.right, word.base + shift, word.size) for word in turned
        ]
        floor = min(word.bottom for word in words)
    return words, True


def _letters(
    text: "PdfTextPage", box: tuple[float, float, float, float]
) -> Iterator[_Letter | None]:
    """The letters in the order in which they are drawn; None where a blank parts them."""
    import ctypes

    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    matrix, edges = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    into_x, into_y, into_matrix, into_edges = map(ctypes.pointer, (x, y, matrix, edges))
    west, south, east, north = box
    height = size = descent = 0.0  # of the letters of one run, which are asked for once
    turn = 0
    for number in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, number)
        if code in (0, 0xFFFE, 0xFFFF):
            continue
        letter = "-" if code == _HYPHEN else _LIGATURES.get(code) or chr(code)
        if (code <= 0x20 and code != _HYPHEN) or letter.isspace():
            height = 0.0
            yield None
            continue
        pdfium.FPDFText_GetLooseCharBox(text, number, into_edges)
        left, right, bottom, top = edges.left, edges.right, edges.bottom, edges.top
        if not (west <= (left + right) / 2 <= east and south <= (bottom + top) / 2 <= north):
            continue  # beyond the edge of the page
        across = top - bottom if turn in (0, 2) else right - left
        if not height or abs(across - height) > 0.01 * height:
            pdfium.FPDFText_GetMatrix(text, number, into_matrix)
            size = pdfium.FPDFText_GetFontSize(text, number) * math.hypot(matrix.c, matrix.d) or 1.0
            turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
            height = top - bottom if turn in (0, 2) else right - left
            pdfium.FPDFText_GetCharOrigin(text, number, into_x, into_y)
            origin = (y.value, -x.value, -y.value, x.value)[turn]
            descent = origin - (bottom, -right, -top, left)[turn]
        if turn:
            left, right, bottom = {
                1: (bottom, top, -right),
                2: (-right, -left, -top),
                3: (-top, -bottom, left),
            }[turn]
        yield _Letter(letter, left, right, bottom + descent, size, turn)


def _follows(letter: _Letter, last: _Letter) -> bool:
    """Whether a letter belongs to the word of the one drawn before it."""
    if letter.turn != last.turn:
        return False
    if unicodedata.combining(letter.text[0]):
        return True
    size = min(letter.size, last.size)
    return (
        abs(letter.base - last.base) < 0.45 * size
        and max(letter.size, last.size) < 1.6 * size
        and -0.5 * size < letter.left - last.right < 0.35 * size
    )


def _is_below(letter: _Letter, last: _Letter) -> bool:
    """Whether two letters stand in a column of letters."""
    size = letter.size
    return (
        abs(letter.left - last.left) < 0.2 * size and 0.7 < (last.base - letter.base) / size < 1.6
    )


def _word(run: Sequence[_Letter]) -> Word:
    text = unicodedata.normalize("NFC", "".join(letter.text for letter in run))
    right = max(letter.right for letter in run)
    return Word(text, run[0].left, right, run[0].base, run[0].size)


def _take_running_heads(pages: Sequence[_Page]) -> list[str]:
    """Take the running heads and page numbers out of `pages`, and give them: the first or last
    lines of several pages, but for the numbers in them, or one apart that ends with the page's
    number."""
    edges = [_edge_lines(page.words) for page in pages]
    counted = Counter(kind for page in edges for kind in {_kind(edge.line) for edge in page})
    heads = []
    for page, lines in zip(pages, edges, strict=True):
        for edge in lines:
            if counted[_kind(edge.line)] > 1 or (edge.is_apart and _has_page_number(edge.line)):
                heads.append(" ".join(word.text for word in edge.line))
                taken = set(map(id, edge.line))
                page.words = [word for word in page.words if id(word) not in taken]
    return heads


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at the top or foot of a page, and whether white parts it from the text."""

    line: Sequence[Word]
    is_apart: bool


def _edge_lines(words: Sequence[Word]) -> list[_Edge]:
    """The first two and the last two lines of a page, those that are not set larger than its
    text and stand over its whole width alone."""
    if not words:
        return []
    found = bands(words)
    body = body_size(words)
    edges = []
    last = len(found) - 1
    for number, band in enumerate(found):
        if 1 < number < last - 1:
            continue
        line = sorted(band, key=lambda word: word.left)
        size = statistics.median(word.size for word in line)
        bases = [word.base for word in line]
        if max(bases) - min(bases) < 0.5 * size and size < HEADLINE * body:
            inner = number + 1 if number < 2 else number - 1
            is_apart = inner > last or _white(band, found[inner]) > _APART * body
            edges.append(_Edge(line, is_apart))
    return edges


def _white(band: Sequence[Word], other: Sequence[Word]) -> float:
    """How much white lies between two bands."""
    upper, lower = sorted((band, other), key=lambda each: -each[0].base)
    return min(word.bottom for word in upper) - max(word.top for word in lower)


def _kind(line: Sequence[Word]) -> tuple[str, ...]:
    """What the same running head has on all pages: its words in any order, without numbers."""
    return tuple(sorted(re.sub(r"\d+", "0", word.text) for word in line))


def _has_page_number(line: Sequence[Word]) -> bool:
    """Whether the line is a page's number, or has one at an end of its own."""
    parts: list[list[Word]] = [[line[0]]]
    for before, word in pairwise(line):
        if word.left - before.right > 3 * word.size:
            parts.append([])
        parts[-1].append(word)
    return any(
        _PAGE_NUMBER.fullmatch(" ".join(word.text for word in part))
        for part in (parts[0], parts[-1])
    )


def _headline(found: Sequence[Paragraph]) -> str | None:
    """The largest of the first paragraphs, if it is larger than the text."""
    body = max(found, key=lambda part: sum(map(len, part.lines))).size
    largest = max(found[:10], key=lambda part: part.size)
    if largest.size < HEADLINE * body:
        return None
    title = words_whole(largest.lines, frozenset())
    return title if " " in title else None


def _day(heads: Sequence[str], text: str) -> date | None:
    for head in heads:
        for written in _DATE.findall(head):
            day = parse_date(written, text)
            if day:
                return day
    return None
