"""Rich text (RTF): what prints of it, paragraph by paragraph."""

import re
import sys
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import BinaryIO

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.formats.rtf_text import page_of, page_of_charset, whole
from hemeroteca.index.sources.line import Line, heading, printed, table_row

# Latin-1: a character a byte.
_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}\r\n]+)"
    r"|[\r\n]+|\\",
    re.DOTALL,
)
_MARKS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "nestcell": "\t", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_SYMBOLS = {"~": "\xa0", "_": "-", "\t": "\t"}
_ESCAPED = frozenset("\\{}")
_ENDS = frozenset(("par", "sect", "page", "nestrow", "column"))
# What is not printed, or not as text of the document.
_UNSEEN = frozenset((
    "colortbl", "stylesheet", "pict", "header", "headerl", "headerr", "headerf", "footer",
    "footerl", "footerr", "footerf", "nonshppict", "shprslt", "sp", "listtext", "pntext",
    "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "xe", "tc", "tcn", "rxe",
    "bkmkend", "filetbl", "comment", "revtbl", "private", "fchars", "lchars", "template",
))  # fmt: skip
# Groups that older programs may pass over, and that hold text or what is asked of it.
_KNOWN = frozenset(("shpinst", "fldinst", "bkmkstart", "ud", "footnote"))
_COLLECTED = frozenset(("title", "fldinst"))
_LISTINGS = ("TOC", "INDEX")
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_MOST_LEVELS = 9
_HEAD_BYTES = 64
_MAX_DEPTH = 10_000  # of groups; Word makes some dozens


@dataclass
class _State:
    """What holds within a group."""

    into: str = "text"  # where what stands here goes; "" nowhere
    font: int = 0
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1  # letters behind one of Unicode, for programs that know none
    listing: bool = False  # within a field that says again what stands in the text
    upr: bool = False

    @property
    def seen(self) -> bool:
        return self.into == "text" and not (self.hidden or self.deleted or self.listing)


@dataclass
class _Paragraph:
    parts: list[str] = field(default_factory=list)
    bold: bool | None = None  # no letter yet
    marked: bool = False
    link: str = ""


@dataclass
class _Flow:
    """A text of its own: the document's, a note's or a box's."""

    lines: list[Line] = field(default_factory=list)
    paragraph: _Paragraph = field(default_factory=_Paragraph)
    cell: list[Line] = field(default_factory=list)
    row: list[list[Line]] = field(default_factory=list)
    boxes: list[Line] = field(default_factory=list)
    in_table: bool = False
    centred: bool = False
    level: int | None = None
    begins: bool = False


def read_rtf(stream: BinaryIO) -> Iterator[Extract]:
    """The one article: paragraphs, rows of tables, boxes and, behind them, the notes, in order,
    without what was deleted or hidden; its title is that of its heading, else the document's."""
    document = _Reader(stream.read())
    lines = document.lines()
    yield Extract(printed(lines), title=heading(lines) or document.title or None)


def rtf_lines(data: bytes) -> list[Line]:
    """The paragraphs, rows of tables and notes of a document. Raises ArticleError if it is none."""
    return _Reader(data).lines()


class _Reader:
    def __init__(self, data: bytes) -> None:
        if b"{\\rtf" not in data[:_HEAD_BYTES]:
            raise ArticleError("is no RTF document")
        self._text = data.decode("latin-1")
        # Programs write bytes of UTF-8, whatever code page they name.
        self._utf8 = not data.isascii() and _is_utf8(data)
        self._state = _State()
        self._stack: list[_State] = []
        self._ansi = 1252
        self._default_font = 0
        self._fonts: dict[int, str] = {}
        self._bytes = bytearray()
        self._page = ""  # of `_bytes`
        self._skip = 0  # letters that stand for one of Unicode
        self._optional = False  # a group that may be passed over has begun
        self._collected = ""  # of a group that is looked at as a whole
        self._flow = _Flow()
        self._flows: list[tuple[int, str, _Flow]] = []
        self._notes: list[Line] = []
        self.title = ""

    def lines(self) -> list[Line]:
        at, end = 0, len(self._text)
        while at < end:
            found = _TOKEN.match(self._text, at)
            if found is None:
                break
            at = found.end()
            word, number, code, symbol, brace, letters = found.groups()
            if letters is not None:
                self._letters(letters)
            elif word:
                if word == "bin":
                    at += max(0, int(number or 0))
                else:
                    self._word(word, int(number) if number else None)
            elif code:
                self._byte(int(code, 16))
            elif brace == "{":
                self._open()
            elif brace:
                self._close()
            elif symbol:
                self._symbol(symbol)
        while self._flows:  # a file that is cut
            self._leave()
        self._end_paragraph(last=True)
        self._end_row()
        return [*self._flow.lines, *self._notes]

    # Groups

    def _open(self) -> None:
        self._skip = 0
        self._flush()
        if len(self._stack) >= _MAX_DEPTH:
            raise ArticleError("has groups within groups without end: it is no text")
        self._stack.append(self._state)
        self._state = copy(self._state)
        if self._state.upr:  # the same text, for programs that know no Unicode
            self._state.upr, self._state.into = False, ""

    def _close(self) -> None:
        self._skip = 0
        self._flush()
        if not self._stack:
            return
        ended, self._state = self._state, self._stack.pop()
        if ended.into != self._state.into:
            if ended.into == "title":
                self.title = " ".join(whole(self._collected).split())
            elif ended.into == "fldinst":
                self._field(self._collected)
        if self._flows and self._flows[-1][0] > len(self._stack):
            self._leave()

    def _field(self, instruction: str) -> None:
        self._state.listing |= instruction.strip().upper().startswith(_LISTINGS)
        if link := _LINK.match(instruction):
            self._flow.paragraph.link = self._flow.paragraph.link or link[1]

    def _enter(self, kind: str) -> None:
        """A note or box begins, which ends with this group."""
        self._flush()
        self._flows.append((len(self._stack), kind, self._flow))
        self._flow = _Flow()

    def _leave(self) -> None:
        self._end_paragraph(last=True)
        self._end_row()
        _, kind, outer = self._flows.pop()
        lines, self._flow = self._flow.lines, outer
        if kind == "note":
            self._notes += lines
        else:
            outer.boxes += lines

    # Words

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if self._optional:
            self._optional = False
            if word == "ud":
                state.into = self._stack[-1].into if self._stack else "text"
            elif word not in _KNOWN:
                self._go("")
                return
        if self._skip and word != "u":
            self._skip = max(0, self._skip - 1)
            if word in _MARKS:
                return
        if word == "u":
            self._unicode(number or 0)
        elif word in _UNSEEN:
            self._go("")
        elif not state.into:
            pass
        elif word == "f":
            state.font = number or 0
        elif word == "uc":
            state.fallback = max(0, number if number is not None else 1)
        elif word in ("b", "v", "deleted"):
            name = {"b": "bold", "v": "hidden"}.get(word, word)
            self._flush()
            setattr(state, name, number != 0)
        elif word == "plain":
            self._flush()
            state.bold = state.hidden = state.deleted = False
            state.font = self._default_font
        elif word in _MARKS:
            self._add(_MARKS[word])
        elif state.into == "fonttbl":
            if word == "fcharset":
                self._fonts[state.font] = page_of_charset(number or 0, self._ansi)
            elif word == "cpg" and number:
                self._fonts[state.font] = page_of(number)
        elif word in ("fonttbl", "info"):
            self._go(word)
        elif state.into == "info":
            self._go("title" if word == "title" else "")
        elif word == "fldinst":
            self._go(word)
        elif word == "bkmkstart":
            self._flow.paragraph.marked = True
            self._go("")
        elif word == "upr":
            state.upr = True
        elif word in ("footnote", "shptxt"):
            self._enter("note" if word == "footnote" else "box")
        elif word == "ansicpg":
            self._ansi = number or 1252
        elif word == "mac":
            self._ansi = 10000
        elif word in ("pc", "pca"):
            self._ansi = 437 if word == "pc" else 850
        elif word == "deff":
            self._default_font = state.font = number or 0
        elif state.into == "text":
            self._set(word, number)

    def _set(self, word: str, number: int | None) -> None:
        """What concerns paragraphs."""
        flow = self._flow
        if word in _ENDS:
            if self._state.deleted:  # it goes on in the next
                return
            if word in ("sect", "page"):
                self._flush()
                if any(part.strip() for part in flow.paragraph.parts):
                    self._end_paragraph()
                flow.begins = True
            else:
                self._end_paragraph()
        elif word == "pard":
            flow.in_table, flow.centred, flow.level = False, False, None
        elif word == "intbl":
            flow.in_table = True
        elif word == "cell":
            self._end_paragraph(last=True, in_cell=True)
            flow.row.append(flow.cell)
            flow.cell = []
        elif word == "row":
            self._end_row()
            flow.in_table = False
        elif word == "qc":
            flow.centred = True
        elif word in ("ql", "qr", "qj"):
            flow.centred = False
        elif word == "outlinelevel":
            flow.level = number if number is not None and number < _MOST_LEVELS else None
        elif word == "pagebb":
            flow.begins = True

    def _go(self, into: str) -> None:
        self._flush()
        self._state.into = into
        self._collected = ""

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._optional = True
        elif symbol in _ESCAPED:
            self._letters(symbol)
        elif symbol in "\r\n":  # an old way to end a paragraph
            if self._state.into == "text":
                self._set("par", None)
        elif symbol in _SYMBOLS:
            if self._skip:
                self._skip -= 1
            else:
                self._add(_SYMBOLS[symbol])

    # Letters

    def _letters(self, letters: str) -> None:
        if self._skip:
            skipped, letters = letters[: self._skip], letters[self._skip :]
            self._skip -= len(skipped)
        if not letters or not self._kept():
            return
        if letters.isascii() and not self._bytes:
            self._add(letters)
        elif self._utf8 and not letters.isascii():
            self._add(letters.encode("latin-1").decode("utf-8", "replace"))
        else:
            self._hold(letters.encode("latin-1"))

    def _byte(self, byte: int) -> None:
        if self._skip:
            self._skip -= 1
        elif self._kept():
            self._hold(bytes((byte,)))

    def _kept(self) -> bool:
        return self._state.seen or self._state.into in _COLLECTED

    def _hold(self, data: bytes) -> None:
        """Bytes that may be halves of letters."""
        page = self._fonts.get(self._state.font) or page_of(self._ansi)
        if page != self._page:
            self._flush()
            self._page = page
        self._bytes += data

    def _flush(self) -> None:
        if self._bytes:
            text = self._bytes.decode(self._page, "replace")
            self._bytes.clear()
            self._add(text)

    def _unicode(self, number: int) -> None:
        code = number + 65_536 if number < 0 else number
        if self._kept() and 0 < code <= sys.maxunicode:
            self._add(chr(code))
        self._skip = self._state.fallback

    def _add(self, text: str) -> None:
        self._flush()
        if self._state.seen:
            paragraph = self._flow.paragraph
            paragraph.parts.append(text)
            if not text.isspace():
                paragraph.bold = self._state.bold and paragraph.bold is not False
        elif self._state.into in _COLLECTED:
            self._collected += text

    # Paragraphs and rows

    def _end_paragraph(self, last: bool = False, in_cell: bool = False) -> None:
        """The paragraph so far is one; `last` of its kind if it need not hold anything."""
        self._flush()
        flow = self._flow
        paragraph, flow.paragraph = flow.paragraph, _Paragraph()
        boxes, flow.boxes = flow.boxes, []
        text = whole("".join(paragraph.parts)).strip(" \t\r\n")
        in_cell |= flow.in_table and bool(flow.lines or flow.row or text)
        if not in_cell:
            self._end_row()
        if text or not last:
            line = Line(
                text,
                bold=bool(paragraph.bold),
                centred=flow.centred,
                level=flow.level,
                begins=flow.begins,
                marked=paragraph.marked,
                link=paragraph.link,
            )
            flow.begins = False
            (flow.cell if in_cell else flow.lines).append(line)
        (flow.cell if in_cell else flow.lines).extend(boxes)

    def _end_row(self) -> None:
        flow = self._flow
        if flow.cell:
            flow.row.append(flow.cell)
        flow.lines += table_row(flow.row)
        flow.row, flow.cell = [], []


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
