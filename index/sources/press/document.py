"""A file as the readers of exports look at it."""

import re
from collections.abc import Sequence
from functools import cached_property
from io import BytesIO
from typing import Literal

from lxml.html import HtmlElement, fragment_fromstring

from hemeroteca.index.sources.encoding import decode
from hemeroteca.index.sources.formats.open_document import odt_lines
from hemeroteca.index.sources.formats.rich_text import rtf_lines
from hemeroteca.index.sources.formats.webpage import decode_page
from hemeroteca.index.sources.formats.word import word_lines
from hemeroteca.index.sources.html_tree import parse_html
from hemeroteca.index.sources.line import Line
from hemeroteca.index.sources.mail import read_letter

Kind = Literal["text", "html", "xml", "mail", "rtf", "word", "other"]

_HEAD = 4_096
_OPEN, _WORD = b"content.xml", b"word/document"  # names in the container
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|title|meta|style)\b", re.I)
_BREAKS = re.compile(r"\r\n|[\r\f\v]")
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z-]*: [^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}")
_MAIL_FIELD = re.compile(rb"^(?:mime-version|received|content-type|message-id):", re.I | re.M)


class Document:
    """A file's bytes, and what they are read as: the `kind` that they show, whatever its suffix,
    and each view of it once it is asked for."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @classmethod
    def of_lines(cls, kind: Kind, lines: Sequence[Line]) -> "Document":
        """A part of a document of a `kind`."""
        document = cls(b"")
        document.kind, document.lines = kind, lines
        document.text = "\n".join(line.text for line in lines)
        return document

    @classmethod
    def of_text(cls, kind: Kind, text: str) -> "Document":
        """A part of a text or a page."""
        document = cls(b"")
        document.kind, document.text = kind, text
        return document

    @cached_property
    def kind(self) -> Kind:
        head = self.data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
        if head.startswith(b"PK"):
            return "word"
        if head.startswith(b"{\\rtf"):
            return "rtf"
        if head.startswith((b"%PDF", b"\xd0\xcf\x11\xe0")):
            return "other"
        fields = _MAIL.match(head)
        if fields and _MAIL_FIELD.search(fields[0]):
            return "mail"
        if _HTML.search(head):
            return "html"
        return "xml" if head.startswith(b"<?xml") else "text"

    @cached_property
    def inner(self) -> "Document":
        """What is to be read: of mail the page in it, else its text; of all else itself."""
        if self.kind != "mail":
            return self
        letter = read_letter(self.data)
        return Document((letter.page or letter.plain).encode(errors="replace"))

    @cached_property
    def text(self) -> str:
        """Its characters, those of markup too, of RTF those that print; "" of a packed one. Raises
        ArticleError if no encoding can be told."""
        if self.kind in ("word", "other"):
            return ""
        if self.kind == "rtf":
            return "\n".join(line.text for line in self.lines)
        text = decode_page(self.data) if self.kind in ("html", "xml") else decode(self.data)
        return _BREAKS.sub("\n", text.removeprefix("\ufeff"))

    @property
    def characters(self) -> str:
        """What it says, whatever it is; of a page its markup as well."""
        if self.kind in ("word", "rtf"):
            return "\n".join(line.text for line in self.lines)
        return self.text

    @cached_property
    def lines(self) -> Sequence[Line]:
        """Its paragraphs; of plain text and mail, its lines. Raises ArticleError if it is none of
        what it seems to be."""
        if self.kind == "word":
            is_open = _OPEN in self.data and _WORD not in self.data
            return (odt_lines if is_open else word_lines)(BytesIO(self.data))
        if self.kind == "rtf":
            return rtf_lines(self.data)
        return [Line(line) for line in self.text.split("\n")]

    @cached_property
    def page(self) -> HtmlElement:
        """The tree of a page; nothing is fetched, comments are left out. Raises ArticleError where
        elements lie too deep in one another."""
        tree = parse_html(self.text.replace("\0", "").encode(errors="replace"))
        return fragment_fromstring("<p></p>") if tree is None else tree
