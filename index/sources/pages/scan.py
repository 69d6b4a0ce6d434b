"""Scanned pages, read by Tesseract: its letters at their places."""

import os
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from lxml import etree

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.pages.capitals import Capital, Reader, Row, capitals, is_tall
from hemeroteca.index.sources.pages.captions import is_credited
from hemeroteca.index.sources.pages.diaereses import with_diaeresis
from hemeroteca.index.sources.pages.layout import Box, Word, around, body_size
from hemeroteca.index.sources.pages.photographs import photographs
from hemeroteca.index.sources.pages.same_shapes import as_seen
from hemeroteca.index.sources.pages.sheet import Sheet
from hemeroteca.index.text.language import detect_language

if TYPE_CHECKING:
    import numpy as np

# What is to be done where it is missing.
INSTALL = Message(
    "install Tesseract (Debian: tesseract-ocr and tesseract-ocr-spa; macOS: tesseract and "
    "tesseract-lang) and index it again"
)
_PAGE, _LETTER = 3, 10  # what a picture shows, in Tesseract's numbers
DPI = 300  # at which a page is read: Tesseract is made for it, and smaller pictures are enlarged
_COMMAND = "tesseract"
_SECONDS = 120  # of processor, for a page
_PATIENCE = 1_800  # seconds of the clock, on however busy a machine
_COVERED = 0.5  # of a page, by its largest picture
_WRITTEN = 0.02  # of a page, by letters
_OUTLINES = 50  # things drawn on a page whose letters are no text
_LEGIBLE = 0.5  # the same, from which a letter by itself is one
_DOUBTFUL = 0.3  # confidence below which what has no letter is dirt
_X_HEIGHTS = 2.08  # of a font's size, in heights of its "x"
_CAPITALS = 1.3  # the same, in heights of its capitals
_RULES = frozenset("|¦_~^<>\\/°·`'[]{}")  # what lines and dirt are taken for
_NEVER = "_|¦"  # of them those that are printed in no word, and at the end of none
_SIGNS, _SURE = frozenset("/"), 0.9  # of them those that stand between words, if so sure
# In sizes: what a paragraph's may differ from the page's, and a line's from its paragraph's.
_EVEN, _UNEVEN = 0.12, 0.2
_CAPTION = 0.94
_AT_PICTURE = 1.5  # sizes below it
_STROKES = frozenset("1|I]")  # what an "l" behind a large letter is taken for
_BLANK = 0.2  # of a size, between two words
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
        dpi = round(_POINTS * picture.shape[1] / width)
        data = recognised(picture, self._language, dpi)

        def letter(shown: "np.ndarray") -> str:
            root = _tree(recognised(shown, self._language, dpi, _LETTER))
            found = [_token(span) for span in root.iter("{*}span") if _is_word(span)]
            return "".join(word.text for word in found if word.confidence >= _LEGIBLE)

        return words_of(data, width / picture.shape[1], height, picture, letter)


@cache
def languages() -> tuple[str, ...]:
    """The languages in which Tesseract can read; none where it is not installed."""
    if not shutil.which(_COMMAND):
        return ()
    listed = subprocess.run([_COMMAND, "--list-langs"], capture_output=True, text=True)
    names = listed.stdout.splitlines()[1:]
    return tuple(name for name in names if re.fullmatch(r"[a-z_]{3,}", name) and name != "osd")


def recognised(picture: "np.ndarray", language: str, dpi: int, shows: int = _PAGE) -> bytes:
    """What Tesseract makes of a picture that `shows` a page or, its page segmentation mode, part
    of one, as hOCR."""
    rows, columns = picture.shape
    command = [_COMMAND, "-", "-", "-l", language, "--dpi", str(dpi), "--psm", str(shows), "hocr"]
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


def words_of(
    hocr: bytes,
    scale: float,
    height: float,
    picture: "np.ndarray | None" = None,
    letter: Reader | None = None,
) -> Scan:
    """The words of hOCR, of which a pixel is `scale` points on a page `height` points high, turned
    as their lines are, and the photographs that it or the `picture` of the page shows; and, where
    `letter` reads a picture of one, its drop capitals. Raises ArticleError if it is none."""
    root = _tree(hocr)
    paragraphs = [
        [line for span in each.iter("{*}span") if (line := _line(span)) is not None]
        for each in root.iter("{*}p")
    ]
    if picture is not None:
        paragraphs = [_as_seen(each, picture) for each in paragraphs]
    slopes = [line.slope for lines in paragraphs for line in lines]
    slope = statistics.median(slopes) if slopes else 0.0
    large: list[list[list[Word]]] = []
    if picture is not None and letter is not None:
        paragraphs, found = _with_capitals(paragraphs, picture, letter)
        large = [[[_capital(each, slope, scale, height)]] for each in found]
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
    grouped = [*large, *_evened(grouped, pictures)]
    sure = statistics.fmean(confidences) if confidences else 0.0
    return Scan(_flat(grouped), sure, grouped, pictures)


def _tree(hocr: bytes) -> etree._Element:
    try:
        return etree.fromstring(hocr, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise ArticleError("cannot be read by Tesseract ({reason})", reason=str(error)) from error


def _as_seen(lines: Sequence["_Line"], picture: "np.ndarray") -> list["_Line"]:
    """The lines with what the picture shows of their letters that Tesseract does not tell apart."""
    every = [word for line in lines for word in line.words]
    texts = ["", *(word.text for word in every), ""]
    seen: dict[int, _Token] = {}
    for word, *around_it in zip(every, texts, texts[2:], strict=False):
        box = Box(word.left, word.bottom, word.right, word.top)
        text = with_diaeresis(word.text, box, picture)
        text = as_seen(text, (around_it[0], around_it[1]), box, picture)
        seen[id(word)] = replace(word, text=text)
    return [replace(line, words=[seen[id(word)] for word in line.words]) for line in lines]


def _with_capitals(
    paragraphs: Sequence[Sequence["_Line"]], picture: "np.ndarray", letter: Reader
) -> tuple[list[list["_Line"]], list[Capital]]:
    """The paragraphs without what was made of their drop capitals, and these."""
    lines = [line for each in paragraphs for line in each if line.level]
    rows = [Row(line.level[0].left, line.level[-1].right, line.base, line.size) for line in lines]
    found = list(capitals(picture, rows, letter))
    changed: dict[int, _Line] = {}
    for each in found:
        for number in range(each.first, each.last + 1):
            line = lines[number]
            words = [word for word in line.words if not (line.is_tall(word) and _meet(word, each))]
            if number == each.first and len(each.text) == 1 and words[0].text in _STROKES:
                words[0] = replace(
                    words[0], text="l", confidence=max(words[0].confidence, _DOUBTFUL)
                )
            changed[id(line)] = replace(line, words=words)
    return [[changed.get(id(line), line) for line in each] for each in paragraphs], found


def _meet(word: "_Token", capital: Capital) -> bool:
    return word.left < capital.right and word.right > capital.left


def _capital(each: Capital, slope: float, scale: float, height: float) -> Word:
    """A drop capital as a word of its own, straight on the page."""
    across, down = slope * each.bottom, each.bottom - slope * (each.left + each.right) / 2
    size = (each.bottom - each.top) * _CAPITALS * scale
    left, right = ((x + across) * scale for x in (each.left, each.right))
    return Word(each.text, left, right, height - down * scale, size)


def _flat(grouped: Sequence[Sequence[Sequence[Word]]]) -> list[Word]:
    return [word for lines in grouped for line in lines for word in line]


def _evened(
    grouped: Sequence[Sequence[Sequence[Word]]], pictures: Sequence[Box]
) -> list[list[list[Word]]]:
    """The words, those about as large as their paragraph as large as that, and paragraphs about as
    large as most of the page as large as these: a pixel more or less is no other size. Only below
    one of `pictures` a paragraph that is a little smaller is, or seems as large and says who took
    it: captions are smaller, by less than a pixel shows."""
    body = body_size(_flat(grouped))
    found: list[list[list[Word]]] = []
    above: Sequence[Word] = ()
    for lines in grouped:
        usual = body_size([word for line in lines for word in line])
        if abs(usual - body) < _EVEN * body:
            if not _is_at_picture(lines, usual, pictures):
                usual = body
            elif is_credited(" ".join(word.text for line in lines for word in line)):
                usual = min(usual, _CAPTION * body)
        found.append([])
        for line in lines:
            size = line[0].size
            if above and _is_next_line(line, above):
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


def _is_next_line(line: Sequence[Word], above: Sequence[Word]) -> bool:
    """Whether a line with too few small letters to tell their size stands directly below
    another."""
    size = above[0].size
    letters = "".join(word.text for word in line)
    small = sum(map(str.islower, letters))
    least, most = (0.6, 1.6) if len(letters) < _FEW_LETTERS else (0.75, 1.5)
    return (
        small < _FEW_LETTERS
        and abs(line[0].left - above[0].left) < 0.5 * size
        and 0 < above[0].base - line[0].base < 1.6 * size
        and least * size < line[0].size < most * size
    )


def _words(
    line: "_Line", slope: float, scale: float, height: float, confidences: list[float]
) -> Iterator[Word]:
    """The words of a line, straight on the page, whose lines fall by `slope`, with white between
    them; `confidences` gets theirs."""
    kept = [word for word in line.words if not word.is_dirt]
    for word, following in zip_longest(kept, kept[1:]):
        base = line.base + line.slope * ((word.left + word.right) / 2 - line.left)
        across, down = slope * base, base - slope * (word.left + word.right) / 2
        right = word.right
        if following is not None:  # boxes of words may touch
            right = max(min(right, following.left - _BLANK * line.size), word.left)
        confidences.append(word.confidence)
        yield Word(
            word.text,
            (word.left + across) * scale,
            (right + across) * scale,
            height - down * scale,
            line.size * scale,
        )


@dataclass(frozen=True)
class _Token:
    """A word of hOCR, its box in pixels from above, and how sure it is, 0 to 1."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float

    @property
    def is_dirt(self) -> bool:
        """Whether it has no letter, and is what lines and dirt are taken for."""
        if any(map(str.isalnum, self.text)):
            return False
        if not set(_NEVER).isdisjoint(self.text):
            return True
        if self.confidence < _DOUBTFUL or _RULES.issuperset(self.text):
            return self.text not in _SIGNS or self.confidence < _SURE
        return False


@dataclass(frozen=True)
class _Line:
    """A line of hOCR: where it begins, where there its base line is, how that falls, and the size
    of its letters, in pixels."""

    words: Sequence[_Token]
    left: float
    base: float
    slope: float
    size: float

    def is_tall(self, word: _Token) -> bool:
        """Whether a word is higher than the letters of its line."""
        return is_tall(word.top, word.bottom, self.size)

    @property
    def level(self) -> list[_Token]:
        """Its words that are not."""
        return [word for word in self.words if not self.is_tall(word)]


def _line(span: etree._Element) -> _Line | None:
    known = _numbers(span)
    if not {"bbox", "baseline", "x_size"} <= known.keys():
        return None
    spans = filter(_is_word, span.iter("{*}span"))
    words = [word for each in spans if (word := _token(each)).text]
    if not words:
        return None
    left, top, _, bottom = known["bbox"]
    slope, rise = known["baseline"]
    size = known["x_size"][0]
    x_height = size - known.get("x_ascenders", [0.0])[0] - known.get("x_descenders", [0.0])[0]
    em = max(x_height, 0.3 * size) * _X_HEIGHTS
    if not any(letter.islower() for word in words for letter in word.text):
        em = min(em, _CAPITALS * (bottom - top))  # what has no small letters has no "x"
    return _Line(words, left, bottom + rise, slope, em)


def _is_word(span: etree._Element) -> bool:
    return bool(span.get("class") == "ocrx_word")


def _token(span: etree._Element) -> _Token:
    known = _numbers(span)
    left, top, right, bottom = known["bbox"]
    confidence = known.get("x_wconf", [0.0])[0] / 100
    text = "".join(span.itertext()).strip()
    text = text.strip(_NEVER) if any(map(str.isalnum, text)) else text
    return _Token(text, left, top, right, bottom, confidence)


def _numbers(element: etree._Element) -> dict[str, list[float]]:
    """The properties in the title of an element of hOCR."""
    title = element.get("title", "")
    return {name: [float(n) for n in said.split()] for name, said in _NUMBERS.findall(title)}
