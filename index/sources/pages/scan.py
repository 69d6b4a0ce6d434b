"""Scanned pages, read by Tesseract: its letters at their places."""

import os
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.pages.layout import Box, Word, around, body_size
from hemeroteca.index.sources.pages.photographs import photographs
from hemeroteca.index.sources.pages.sheet import Sheet
from hemeroteca.index.text.language import detect_language

if TYPE_CHECKING:
    import numpy as np

# What is to be done where it is missing.
INSTALL = Message(
    "install Tesseract (Debian: tesseract-ocr and tesseract-ocr-spa; macOS: tesseract and "
    "tesseract-lang) and index it again"
)
DPI = 300  # at which a page is read: Tesseract is made for it, and smaller pictures are enlarged
_COMMAND = "tesseract"
_SECONDS = 120  # of processor, for a page
_PATIENCE = 1_800  # seconds of the clock, on however busy a machine
_COVERED = 0.5  # of a page, by its largest picture
_WRITTEN = 0.02  # of a page, by letters
_OUTLINES = 50  # things drawn on a page whose letters are no text
_DOUBTFUL = 0.3  # confidence below which what has no letter is dirt
_X_HEIGHTS = 2.08  # of a font's size, in heights of its "x"
_CAPITALS = 1.3  # the same, in heights of its capitals
_RULES = frozenset("|¦_~^<>\\/°·`'[]{}")  # what lines and dirt are taken for
# In sizes: what a paragraph's may differ from the page's, and a line's from its paragraph's.
_EVEN, _UNEVEN = 0.12, 0.2
_AT_PICTURE = 1.5  # sizes below it
_FEW_LETTERS = 9
_FEWEST_LETTERS = 100  # that tell a language
_POINTS = 72
_NUMBERS = re.compile(r"(\w+) (-?[\d.]+(?: -?[\d.]+)*)")
_CODES = {
    **{"es": "spa", "en": "eng", "fr": "fra", "de": "deu", "it": "ita", "pt": "por", "ca": "cat"},
    **{"gl": "glg", "eu": "eus", "nl": "nld", "pl": "pol", "ru": "rus", "uk": "ukr", "ro": "ron"},
    **{"sv": "swe", "no": "nor", "nb": "nor", "da": "dan", "fi": "fin", "cs": "ces", "sk": "slk"},
    **{"hu": "hun", "el": "ell", "tr": "tur", "bg": "bul", "hr": "hrv", "sr": "srp", "la": "lat"},
}


@dataclass(frozen=True)
class Scan:
    """The words of a scanned page, also by the paragraphs and lines that Tesseract takes them for,
    the mean of their confidences, 0 to 1, and where it sees photographs."""

    words: list[Word]
    confidence: float
    grouped: Sequence[Sequence[Sequence[Word]]]
    pictures: Sequence[Box] = ()

    @property
    def letters(self) -> int:
        return sum(len(word.text) for word in self.words)


def is_scan(sheet: Sheet) -> bool:
    """Whether what is to be read on the page is a picture of text: it may bear a stamp, and beside
    a text that was recognised before it need not be read again."""
    if sheet.lines:
        return False
    box = sheet.frame.box
    area = max((box.right - box.left) * (box.top - box.bottom), 1.0)
    written = sum((word.right - word.left) * word.size for word in sheet.words) / area
    outlined = not sheet.words and sheet.drawn >= _OUTLINES
    return outlined or (sheet.covered >= _COVERED and written < _WRITTEN)


class ScanReader:
    """Tesseract, for the pages of one file, in the language that they show."""

    def __init__(self) -> None:
        self._languages = languages()
        first = "spa" if "spa" in self._languages else next(iter(self._languages), "")
        self._language = first
        self._is_told = False

    @property
    def can_read(self) -> bool:
        """Whether Tesseract and a language for it are installed."""
        return bool(self._language)

    def read(self, picture: "np.ndarray", width: float, height: float) -> Scan:
        """The words of a picture in grey, whose page has this width and height in points. Raises
        ArticleError if Tesseract fails."""
        found = self._read(picture, width, height)
        if not self._is_told and found.letters >= _FEWEST_LETTERS:
            self._is_told = True
            code = _CODES.get(detect_language(" ".join(word.text for word in found.words)), "")
            if code in self._languages and code != self._language:
                self._language = code
                return self._read(picture, width, height)
        return found

    def _read(self, picture: "np.ndarray", width: float, height: float) -> Scan:
        data = recognised(picture, self._language, round(_POINTS * picture.shape[1] / width))
        return words_of(data, width / picture.shape[1], height, picture)


@cache
def languages() -> tuple[str, ...]:
    """The languages in which Tesseract can read; none where it is not installed."""
    if not shutil.which(_COMMAND):
        return ()
    listed = subprocess.run([_COMMAND, "--list-langs"], capture_output=True, text=True)
    names = listed.stdout.splitlines()[1:]
    return tuple(name for name in names if re.fullmatch(r"[a-z_]{3,}", name) and name != "osd")


def recognised(picture: "np.ndarray", language: str, dpi: int) -> bytes:
    """What Tesseract makes of a picture, as hOCR."""
    rows, columns = picture.shape
    command = [_COMMAND, "-", "-", "-l", language, "--dpi", str(dpi), "hocr"]
    # A thread for each core makes it slower in all, and no faster where several run.
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    try:
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        ) as process:
            _limit(process.pid)
            try:
                out, said = process.communicate(
                    b"P5 %d %d 255\n" % (columns, rows) + picture.tobytes(), timeout=_PATIENCE
                )
            except BaseException:
                process.kill()
                raise
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ArticleError("cannot be read by Tesseract ({reason})", reason=str(error)) from error
    if process.returncode:
        reason = " ".join(said.decode(errors="replace").split())[:200] or str(process.returncode)
        raise ArticleError("cannot be read by Tesseract ({reason})", reason=reason)
    return out


def _limit(process: int) -> None:
    """Have the system end a process that computes for too long, where it can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    if hasattr(resource, "prlimit"):  # Linux
        resource.prlimit(process, resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def words_of(hocr: bytes, scale: float, height: float, picture: "np.ndarray | None" = None) -> Scan:
    """The words of hOCR, of which a pixel is `scale` points on a page `height` points high, turned
    as their lines are, and the photographs that it or the `picture` of the page shows. Raises
    ArticleError if it is none."""
    try:
        root = etree.fromstring(hocr, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise ArticleError("cannot be read by Tesseract ({reason})", reason=str(error)) from error
    paragraphs = [
        [line for span in each.iter("{*}span") if (line := _line(span)) is not None]
        for each in root.iter("{*}p")
    ]
    slopes = [line.slope for lines in paragraphs for line in lines]
    slope = statistics.median(slopes) if slopes else 0.0
    grouped = []
    confidences: list[float] = []
    for lines in paragraphs:
        group = [list(_words(line, slope, scale, height, confidences)) for line in lines]
        grouped.append([words for words in group if words])
    pictures = []
    for each in root.iter("{*}div"):
        if each.get("class") == "ocr_photo":
            left, top, right, bottom = (side * scale for side in _numbers(each)["bbox"])
            pictures.append(Box(left, height - bottom, right, height - top))
    if picture is not None:  # Tesseract takes one photograph in two for nothing
        seen = photographs(picture, scale, _flat(grouped))
        pictures = [each for each in pictures if not any(map(each.meets, seen))] + seen
    grouped = _evened(grouped, pictures)
    sure = statistics.fmean(confidences) if confidences else 0.0
    return Scan(_flat(grouped), sure, grouped, pictures)


def _flat(grouped: Sequence[Sequence[Sequence[Word]]]) -> list[Word]:
    return [word for lines in grouped for line in lines for word in line]


def _evened(
    grouped: Sequence[Sequence[Sequence[Word]]], pictures: Sequence[Box]
) -> list[list[list[Word]]]:
    """The words, those about as large as their paragraph as large as that, and paragraphs about as
    large as most of the page as large as these: a pixel more or less is no other size. Only below
    one of `pictures` a paragraph that is a little smaller is: captions are."""
    body = body_size(_flat(grouped))
    found: list[list[list[Word]]] = []
    above: Sequence[Word] = ()
    for lines in grouped:
        usual = body_size([word for line in lines for word in line])
        if abs(usual - body) < _EVEN * body and not _is_at_picture(lines, usual, pictures):
            usual = body
        found.append([])
        for line in lines:
            size = line[0].size
            if above and _is_last_line(line, above):
                size = above[0].size
            elif abs(size - usual) < _UNEVEN * usual:
                size = usual
            above = [replace(word, size=size) for word in line]
            found[-1].append(list(above))
    return found


def _is_at_picture(lines: Sequence[Sequence[Word]], size: float, pictures: Sequence[Box]) -> bool:
    """Whether the lines begin directly below a picture."""
    if not lines:
        return False
    first = around(Box(word.left, word.bottom, word.right, word.top) for word in lines[0])
    return any(
        first.across(picture) > 0.5 * (first.right - first.left)
        and -0.5 * size < picture.bottom - first.top < _AT_PICTURE * size
        for picture in pictures
    )


def _is_last_line(line: Sequence[Word], above: Sequence[Word]) -> bool:
    """Whether a line too short to tell the size of its letters stands directly below another."""
    size = above[0].size
    return (
        sum(len(word.text) for word in line) < _FEW_LETTERS
        and abs(line[0].left - above[0].left) < 0.5 * size
        and 0 < above[0].base - line[0].base < 1.6 * size
        and 0.6 * size < line[0].size < 1.6 * size
    )


def _words(
    line: "_Line", slope: float, scale: float, height: float, confidences: list[float]
) -> Iterator[Word]:
    """The words of a line, straight on the page, whose lines fall by `slope`; `confidences` gets
    theirs."""
    for word in line.words:
        text = "".join(word.itertext()).strip()
        known = _numbers(word)
        confidence = known.get("x_wconf", [0.0])[0] / 100
        dirt = not any(map(str.isalnum, text)) and (
            confidence < _DOUBTFUL or _RULES.issuperset(text)
        )
        if not text or dirt:
            continue
        left, _, right, _ = known["bbox"]
        base = line.base + line.slope * ((left + right) / 2 - line.left)
        across, down = slope * base, base - slope * (left + right) / 2
        confidences.append(confidence)
        yield Word(
            text,
            (left + across) * scale,
            (right + across) * scale,
            height - down * scale,
            line.size * scale,
        )


@dataclass(frozen=True)
class _Line:
    """A line of hOCR: where it begins, where there its base line is, how that falls, and the size
    of its letters, in pixels."""

    words: Sequence[etree._Element]
    left: float
    base: float
    slope: float
    size: float


def _line(span: etree._Element) -> _Line | None:
    known = _numbers(span)
    if not {"bbox", "baseline", "x_size"} <= known.keys():
        return None
    words = [word for word in span.iter("{*}span") if word.get("class") == "ocrx_word"]
    if not words:
        return None
    left, top, _, bottom = known["bbox"]
    slope, rise = known["baseline"]
    size = known["x_size"][0]
    x_height = size - known.get("x_ascenders", [0.0])[0] - known.get("x_descenders", [0.0])[0]
    em = max(x_height, 0.3 * size) * _X_HEIGHTS
    if not any(letter.islower() for word in words for letter in "".join(word.itertext())):
        em = min(em, _CAPITALS * (bottom - top))  # what has no small letters has no "x"
    return _Line(words, left, bottom + rise, slope, em)


def _numbers(element: etree._Element) -> dict[str, list[float]]:
    """The properties in the title of an element of hOCR."""
    title = element.get("title", "")
    return {name: [float(n) for n in said.split()] for name, said in _NUMBERS.findall(title)}
