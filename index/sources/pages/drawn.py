"""The pages of a PDF file: their letters at their places, and what stands on them beside.

PDFium serves one thread at a time: whoever calls it holds `PDFIUM`, page by page."""

import math
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.pages.layout import Box, Word
from hemeroteca.index.sources.pages.sheet import Frame, Sheet

if TYPE_CHECKING:
    import numpy as np
    from pypdfium2 import PdfDocument, PdfObject, PdfPage, PdfTextPage

PDFIUM = threading.Lock()
_HYPHEN = 2  # what PDFium makes of one at the end of a line
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_MANY = 0.3  # of the letters
_SMALLEST_PICTURE = 40.0  # points, of each side
# A map may be drawn in a million lines, a page of text in 20,000 pieces.
_MOST_OBJECTS, _MOST_DRAWN = 100_000, 5_000
_MOST_CLIPS = 100  # paths, and points of one
_MOST_PIXELS = 25_000_000


def open_pdf(data: bytes | Path) -> "PdfDocument":
    """The file of these bytes or at this path; the caller closes it. Raises ArticleError if it is
    locked, damaged or no PDF."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise ArticleError("is locked with a password: save it without one") from error
        raise ArticleError("is damaged or of another kind ({reason})", reason=str(error)) from error


def read_sheet(document: "PdfDocument", number: int) -> Sheet:
    """The page `number`, from 1. Raises PdfiumError if it is damaged."""
    page = document[number - 1]
    try:
        text = page.get_textpage()
        try:
            words, turn, upright = _words(text, page.get_bbox())
            lines: tuple[str, ...] = ()
            if not upright:
                said = text.get_text_range().replace(chr(_HYPHEN), "").splitlines()
                lines = tuple(filter(None, map(str.strip, said)))
        finally:
            text.close()
        west, south, east, north = _turned(page.get_bbox(), turn)
        # As a reader program shows the page its text may stand on its side.
        shown = page.get_rotation() == 90 * turn
        pictures, photographs, covered, drawn = _pictures(page)
        return Sheet(
            number,
            Frame(Box(west, south, east, north), shown),
            words,
            lines,
            pictures if not turn else (),
            covered,
            drawn,
            photographs=photographs if not turn else (),
        )
    finally:
        page.close()


def picture_of(document: "PdfDocument", number: int, dpi: float) -> "np.ndarray":
    """The page `number`, from 1, as a reader program shows it: rows of grey pixels, fewer than
    `dpi` an inch where they would be too many. Raises PdfiumError if it is damaged."""
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(dpi / 72, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
        grey: np.ndarray = page.render(scale=scale, grayscale=True).to_numpy().squeeze()
        return grey.copy()  # the picture's own memory goes with the page
    finally:
        page.close()


def _pictures(page: "PdfPage") -> tuple[tuple[Box, ...], tuple[Box, ...], float, int]:
    """Where something as large as a picture stands that is no text, which of that is made of
    pixels, how much of the page the largest of it covers, 0 to 1, and how many things are drawn
    that are no text."""
    import pypdfium2

    west, south, east, north = page.get_bbox()
    area = max((east - west) * (north - south), 1.0)
    found: list[Box] = []
    photographs: list[Box] = []
    covered = 0.0
    drawn = 0
    for each in islice(page.get_objects(max_depth=1), _MOST_OBJECTS):
        if each.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT:
            continue
        drawn += 1
        if drawn > _MOST_DRAWN:
            break
        try:
            left, bottom, right, top = each.get_bounds()
        except pypdfium2.PdfiumError:
            continue  # an empty path has none
        left, right = max(left, west), min(right, east)
        bottom, top = max(bottom, south), min(top, north)
        if min(right - left, top - bottom) < _SMALLEST_PICTURE:
            continue
        covered = max(covered, (right - left) * (top - bottom) / area)
        found.append(Box(left, bottom, right, top))
        if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE:
            photographs.append(_seen_of(each, found[-1]))
    return tuple(found), tuple(photographs), covered, drawn


def _seen_of(image: "PdfObject", box: Box) -> Box:
    """What is seen of a picture that fills `box`: layout programs hide the rest of it."""
    import ctypes

    import pypdfium2.raw as pdfium

    clip = pdfium.FPDFPageObj_GetClipPath(image)
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(min(max(pdfium.FPDFClipPath_CountPaths(clip), 0), _MOST_CLIPS)):
        points = []
        count = pdfium.FPDFClipPath_CountPathSegments(clip, path)
        for number in range(min(max(count, 0), _MOST_CLIPS)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, number)
            if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                points.append((x.value, y.value))
        if len(points) < 3:
            continue
        left, right = min(each[0] for each in points), max(each[0] for each in points)
        bottom, top = min(each[1] for each in points), max(each[1] for each in points)
        seen = Box(
            max(box.left, left), max(box.bottom, bottom), min(box.right, right), min(box.top, top)
        )
        if seen.right > seen.left and seen.top > seen.bottom:
            box = seen
    return box


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


def _words(
    text: "PdfTextPage", box: tuple[float, float, float, float]
) -> tuple[list[Word], int, bool]:
    """The words of a page, those that are turned last and as if they stood below; by how many
    quarters the others are; and whether places give their order, as they do not in scripts from
    right to left or from top to bottom."""
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
        return [], 0, False
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
    return words, upright, True


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
        left, bottom, right, top = _turned((left, bottom, right, top), turn)
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


def _turned(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a box as they are for what is turned by so many quarters."""
    left, bottom, right, top = box
    return (
        (left, bottom, right, top),
        (bottom, -right, top, -left),
        (-right, -top, -left, -bottom),
        (-top, left, -bottom, right),
    )[turn]
