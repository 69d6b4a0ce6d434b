"""Word documents (DOCX)."""

import email
import email.policy
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO

from lxml import etree

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.containers import open_container
from hemeroteca.index.sources.describe import authors_of
from hemeroteca.index.sources.encoding import decode
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.line import Line, printed, table_row
from hemeroteca.index.sources.markup import html_text

_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# What Word does not print, or not as text: what was deleted or moved away, properties, and the
# reading aids above a word.
_UNSEEN = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "rt"})
_BOXES = ("txbxContent", "txBody")
_LISTINGS = ("TOC", "INDEX")  # fields that say again what stands in the text
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
# What programs enter for an author.
_NOBODY = frozenset(
    {"microsoft office user", "windows user", "usuario de windows", "user", "usuario", "admin",
     "administrator", "administrador", "python-docx", "author", "autor"}
)  # fmt: skip
_OFF = frozenset({"0", "false", "off", "none"})
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_SUBTITLE = "Subtitle"
_MOST_LEVELS = 9  # the last of them is that of plain paragraphs


def read_docx(stream: BinaryIO) -> Iterator[Extract]:
    """The one article: paragraphs, the rows of tables and, behind them, the notes, in order, as
    they print with all tracked changes accepted; and the document's title."""
    with open_container(stream) as container:
        package = _Package(container)
        yield Extract(
            printed(_lines(package)),
            title=package.said("title") or None,
            subtitle=package.subtitle(),
            publication=package.publication(),
        )


def word_lines(stream: BinaryIO) -> list[Line]:
    """The paragraphs, rows of tables and notes of a document. Raises ArticleError if it is none."""
    with open_container(stream) as container:
        return _lines(_Package(container))


def _lines(package: "_Package") -> list[Line]:
    blocks = _Blocks(package)
    found = blocks.of(package.document)
    return [*found, *blocks.notes()]


class _Package:
    """The parts of a document. They are named by relationships; the namespaces of "strict"
    documents are others, so names are compared without."""

    def __init__(self, container: zipfile.ZipFile) -> None:
        self._container = container
        path = next(iter(self._related("").get("officeDocument", {}).values()), "")
        document = self._parse(path)
        if document is None:
            raise ArticleError("is no Word document: it has no text part")
        self.document = document
        self._parts = self._related(path)
        self._addresses = {
            each.get("Id", ""): each.get("Target", "")
            for each in self._relationships(path)
            if each.get("TargetMode") == "External"
        }

    def said(self, name: str) -> str:
        """The document's property `name`, "" without."""
        return (self._properties.findtext(f"{{*}}{name}") or "").strip()

    def publication(self) -> Publication:
        authors = authors_of(self.said("creator"))
        return Publication(
            authors=tuple(name for name in authors if name.lower() not in _NOBODY),
            section=self.said("category"),
        )

    def subtitle(self) -> str:
        """The first paragraph that is set as one; "" without. What is shown calls a style in the
        language of the program, its name is English."""
        known = {_attribute(style, "styleId") for style in self._styles if _is_subtitle(style)}
        for style in self.document.iter("{*}pStyle"):
            if _attribute(style, "val") in known or _attribute(style, "val") == _SUBTITLE:
                paragraph = next(style.iterancestors("{*}p"))
                return "".join(each.text or "" for each in paragraph.iter("{*}t"))
        return ""

    @cached_property
    def _properties(self) -> etree._Element:
        path = next(iter(self._related("").get("core-properties", {}).values()), "")
        properties = self._parse(path)
        return etree.Element("none") if properties is None else properties

    def notes(self, kind: str) -> dict[str, etree._Element]:
        """The notes of a kind by their ids."""
        part = self._parse(next(iter(self._parts.get(kind, {}).values()), ""))
        return {} if part is None else {_attribute(note, "id"): note for note in part}

    @cached_property
    def levels(self) -> dict[str, int]:
        """The outline levels of the styles that have one, by their ids."""
        found = {}
        for style in self._styles:
            level = style.find("{*}pPr/{*}outlineLvl")
            if level is not None:
                found[_attribute(style, "styleId")] = int(_attribute(level, "val") or 0)
        return found

    @cached_property
    def _styles(self) -> list[etree._Element]:
        part = self._parse(next(iter(self._parts.get("styles", {}).values()), ""))
        return [] if part is None else list(part.iterchildren("{*}style"))

    def link(self, relationship: str) -> str:
        """The address that a link leads to; "" of one within the document."""
        return str(self._addresses.get(relationship, ""))

    def embedded(self, relationship: str) -> str:
        """The text of a document of another kind, which Word shows where it is named."""
        path = self._parts.get("aFChunk", {}).get(relationship, "")
        suffix = posixpath.splitext(path)[1].lower()
        try:
            data = self._container.read(path)
        except KeyError:
            return ""
        if suffix in (".mht", ".mhtml"):
            message = email.message_from_bytes(data, policy=email.policy.default)
            page = message.get_body(("html",))
            return html_text(page.get_content()) if page else ""
        if suffix in (".html", ".htm", ".xhtml"):
            return html_text(decode(data))
        return decode(data) if suffix == ".txt" else ""

    def _related(self, path: str) -> dict[str, dict[str, str]]:
        """The paths of the parts that the one at `path` names, by kind and id."""
        folder = posixpath.dirname(path)
        found: dict[str, dict[str, str]] = {}
        for each in self._relationships(path):
            target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
            kind = found.setdefault(each.get("Type", "").rpartition("/")[2], {})
            kind[each.get("Id", "")] = target.lstrip("/")
        return found

    def _relationships(self, path: str) -> list[etree._Element]:
        folder, name = posixpath.split(path)
        listing = self._parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [] if listing is None else list(listing)

    def _parse(self, path: str) -> etree._Element | None:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        try:
            return etree.fromstring(self._container.read(path), parser)
        except KeyError:  # there is none
            return None


@dataclass
class _Field:
    """A field that has begun: its instruction, and whether its result has."""

    instruction: str = ""
    shown: bool = False

    @property
    def hides(self) -> bool:
        return not self.shown or self.instruction.strip().upper().startswith(_LISTINGS)


@dataclass
class _Paragraph:
    """What was found of a paragraph so far: its text, and the lines of the boxes in it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Line] = field(default_factory=list)
    link: str = ""
    marked: bool = False
    begins: bool = False
    bold: bool | None = None  # no letter yet

    def add(self, text: str, bold: bool) -> None:
        self.parts.append(text)
        if not text.isspace():
            self.bold = bold and self.bold is not False

    def text(self) -> str:
        return "".join(self.parts)


@dataclass
class _Blocks:
    """The text of a document, line by line."""

    package: _Package
    _fields: list[_Field] = field(default_factory=list)
    _noted: list[tuple[str, str]] = field(default_factory=list)
    _begun: str = ""  # of a paragraph whose end was deleted: it goes on in the next
    _begins: bool = False  # a section or page, with the next paragraph

    def of(self, parent: etree._Element) -> list[Line]:
        """The lines within `parent`."""
        found = self._within(parent)
        if self._begun.strip():  # at the end of a cell or box
            found.append(Line(self._begun.strip()))
        self._begun = ""
        return found

    def notes(self) -> Iterator[Line]:
        """The notes that were referred to, in order."""
        for kind, identity in self._noted:  # grows: a note may refer to others
            note = self.package.notes(kind).get(identity)
            if note is not None:
                yield from self.of(note)

    def _within(self, parent: etree._Element) -> list[Line]:
        lines: list[Line] = []
        for element in parent:
            name = _name(element)
            if name == "p":
                lines += self._paragraph(element)
            elif name == "tbl":
                for row in element.iterchildren():
                    lines += self._row(row)
            elif name == "altChunk":
                lines.append(Line(self.package.embedded(_attribute(element, "id"))))
            elif name not in _UNSEEN and not _is_prompt(element):
                lines += self._within(element)
        return lines

    def _paragraph(self, element: etree._Element) -> list[Line]:
        paragraph = _Paragraph(begins=self._begins)
        self._begins = False
        self._collect(element, paragraph)
        # An instruction ends with its paragraph, also where a program forgot to say so.
        self._fields = [each for each in self._fields if each.shown]
        text = self._begun + paragraph.text()
        self._begun = ""
        if _goes_on(element):
            self._begun = text
            return paragraph.boxes
        properties = element.find("{*}pPr")
        level, centred = None, False
        if properties is not None:
            level, centred = self._level(properties), _is_centred(properties)
            self._begins |= properties.find("{*}sectPr") is not None
        line = Line(
            text.strip(" \t\r\n"),
            bold=bool(paragraph.bold),
            centred=centred,
            level=level,
            begins=paragraph.begins,
            marked=paragraph.marked,
            link=paragraph.link,
        )
        return [line, *paragraph.boxes]

    def _level(self, properties: etree._Element) -> int | None:
        own, style = properties.find("{*}outlineLvl"), properties.find("{*}pStyle")
        level = None
        if own is not None:
            level = int(_attribute(own, "val") or 0)
        elif style is not None:
            level = self.package.levels.get(_attribute(style, "val"))
        return level if level is not None and level < _MOST_LEVELS else None

    def _collect(self, parent: etree._Element, paragraph: _Paragraph, bold: bool = False) -> None:
        """What is within `parent` to `paragraph`."""
        for element in parent:
            name = _name(element)
            if name == "fldChar":
                self._field(_attribute(element, "fldCharType"), paragraph)
            elif name == "instrText" and self._fields:
                self._fields[-1].instruction += element.text or ""
            elif name in _UNSEEN or _is_prompt(element) or _is_hidden(element):
                continue
            elif name in _BOXES:
                begun, self._begun = self._begun, ""
                paragraph.boxes += self.of(element)
                self._begun = begun
            elif name == "AlternateContent":  # the same, drawn for newer and for older programs
                self._collect(next(filter(_has_text, element), ()), paragraph, bold)
            elif name in _NOTES:
                self._noted.append((_NOTES[name], _attribute(element, "id")))
            elif name == "br" and _attribute(element, "type") == "page":
                if paragraph.text().strip():
                    self._begins = True
                    paragraph.add("\n", bold)
                else:
                    paragraph.begins = True
            elif name == "t" or name in _MARKS:
                if not any(each.hides for each in self._fields):
                    paragraph.add(_MARKS.get(name) or element.text or "", bold)
            elif name == "r":
                self._collect(element, paragraph, _is_bold(element))
            else:
                if name == "hyperlink":
                    link = self.package.link(_attribute(element, "id"))
                    paragraph.link = paragraph.link or link
                paragraph.marked |= name == "bookmarkStart"
                self._collect(element, paragraph, bold)

    def _field(self, kind: str, paragraph: _Paragraph) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
            if link := _LINK.match(self._fields[-1].instruction):
                paragraph.link = paragraph.link or link[1]
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _row(self, row: etree._Element) -> list[Line]:
        """A row of short cells as a line; cells of several blocks, as pages are laid out with, as
        these. What is merged stands in its first cell only."""
        if _name(row) != "tr":  # a content control, a tracked change
            return [line for part in row for line in self._row(part)]
        if row.find("{*}trPr/{*}del") is not None:
            return []
        return table_row([self.of(cell) for cell in row.iter("{*}tc") if _is_own(cell, row)])


def _is_subtitle(style: etree._Element) -> bool:
    name = style.find("{*}name")
    return name is not None and _attribute(name, "val").casefold() == _SUBTITLE.casefold()


def _is_own(cell: etree._Element, row: etree._Element) -> bool:
    """Whether `cell` is one of this row's, not of a table in it, nor deleted or the further part of
    a merged one."""
    if next(cell.iterancestors("{*}tr")) is not row or cell.find("{*}tcPr/{*}cellDel") is not None:
        return False
    merged = cell.find("{*}tcPr/{*}vMerge")
    return merged is None or _attribute(merged, "val") == "restart"


def _goes_on(paragraph: etree._Element) -> bool:
    """Whether it is printed as one with the next paragraph: its end was deleted, or it is the
    drop capital of that one."""
    end = paragraph.find("{*}pPr/{*}rPr")
    if end is not None and any(_name(mark) in ("del", "moveFrom") for mark in end):
        return True
    frame = paragraph.find("{*}pPr/{*}framePr")
    return frame is not None and (_attribute(frame, "dropCap") or "none") not in _OFF


def _is_hidden(element: etree._Element) -> bool:
    """Whether it is a run that is not to be shown, or a field that says again what stands in the
    text."""
    if _name(element) == "fldSimple":
        return _attribute(element, "instr").strip().upper().startswith(_LISTINGS)
    mark = element.find("{*}rPr/{*}vanish") if _name(element) == "r" else None
    return mark is not None and _attribute(mark, "val") not in _OFF


def _is_bold(run: etree._Element) -> bool:
    mark = run.find("{*}rPr/{*}b")
    return mark is not None and _attribute(mark, "val") not in _OFF


def _is_centred(properties: etree._Element) -> bool:
    mark = properties.find("{*}jc")
    return mark is not None and _attribute(mark, "val") == "center"


def _is_prompt(element: etree._Element) -> bool:
    """Whether it is a content control that nobody has filled in."""
    if _name(element) != "sdt":
        return False
    mark = element.find("{*}sdtPr/{*}showingPlcHdr")
    return mark is not None and _attribute(mark, "val") not in _OFF


def _has_text(element: etree._Element) -> bool:
    return any(_name(part) == "t" and part.text for part in element.iter())


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(element: etree._Element, name: str) -> str:
    """The attribute `name` in whichever namespace, "" without."""
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), "")
