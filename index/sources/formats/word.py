"""Word documents (DOCX)."""

import email
import email.policy
import posixpath
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


def read_docx(stream: BinaryIO) -> Iterator[Extract]:
    """The one article: paragraphs, the rows of tables and, behind them, the notes, in order, as
    they print with all tracked changes accepted; and the document's title."""
    with open_container(stream) as container:
        package = _Package(container)
        blocks = _Blocks(package)
        found = blocks.of(package.document)
        yield Extract(
            "\n\n".join([*found, *blocks.notes()]),
            title=package.said("title") or None,
            publication=package.publication(),
        )


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

    def said(self, name: str) -> str:
        """The document's property `name`, "" without."""
        return (self._properties.findtext(f"{{*}}{name}") or "").strip()

    def publication(self) -> Publication:
        authors = authors_of(self.said("creator"))
        return Publication(
            authors=tuple(name for name in authors if name.lower() not in _NOBODY),
            section=self.said("category"),
        )

    @cached_property
    def _properties(self) -> etree._Element:
        path = next(iter(self._related("").get("core-properties", {}).values()), "")
        properties = self._parse(path)
        return etree.Element("none") if properties is None else properties

    def notes(self, kind: str) -> dict[str, etree._Element]:
        """The notes of a kind by their ids."""
        part = self._parse(next(iter(self._parts.get(kind, {}).values()), ""))
        return {} if part is None else {_attribute(note, "id"): note for note in part}

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
        folder, name = posixpath.split(path)
        listing = self._parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, dict[str, str]] = {}
        for each in () if listing is None else listing:
            target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
            kind = found.setdefault(each.get("Type", "").rpartition("/")[2], {})
            kind[each.get("Id", "")] = target.lstrip("/")
        return found

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
class _Blocks:
    """The text of a document, block by block."""

    package: _Package
    _fields: list[_Field] = field(default_factory=list)
    _noted: list[tuple[str, str]] = field(default_factory=list)
    _begun: str = ""  # of a paragraph whose end was deleted: it goes on in the next

    def of(self, parent: etree._Element) -> list[str]:
        """The blocks within `parent`, none of them empty."""
        found = self._within(parent)
        if self._begun.strip():  # at the end of a cell or box
            found.append(self._begun.strip())
        self._begun = ""
        return found

    def notes(self) -> Iterator[str]:
        """The notes that were referred to, in order."""
        for kind, identity in self._noted:  # grows: a note may refer to others
            note = self.package.notes(kind).get(identity)
            if note is not None:
                yield from self.of(note)

    def _within(self, parent: etree._Element) -> list[str]:
        blocks: list[str] = []
        for element in parent:
            name = _name(element)
            if name == "p":
                blocks += self._paragraph(element)
            elif name == "tbl":
                for row in element.iterchildren():
                    blocks += self._row(row)
            elif name == "altChunk":
                blocks += filter(None, [self.package.embedded(_attribute(element, "id"))])
            elif name not in _UNSEEN and not _is_prompt(element):
                blocks += self._within(element)
        return blocks

    def _paragraph(self, paragraph: etree._Element) -> list[str]:
        parts: list[str] = []
        boxes: list[str] = []
        self._collect(paragraph, parts, boxes)
        # An instruction ends with its paragraph, also where a program forgot to say so.
        self._fields = [each for each in self._fields if each.shown]
        text = self._begun + "".join(parts)
        self._begun = ""
        if _goes_on(paragraph):
            self._begun = text
            return boxes
        return [*filter(None, [text.strip()]), *boxes]

    def _collect(self, parent: etree._Element, parts: list[str], boxes: list[str]) -> None:
        """The text within `parent` to `parts`, the blocks of the text boxes in it to `boxes`."""
        for element in parent:
            name = _name(element)
            if name == "fldChar":
                self._field(_attribute(element, "fldCharType"))
            elif name == "instrText" and self._fields:
                self._fields[-1].instruction += element.text or ""
            elif name in _UNSEEN or _is_prompt(element) or _is_hidden(element):
                continue
            elif name in _BOXES:
                begun, self._begun = self._begun, ""
                boxes += self.of(element)
                self._begun = begun
            elif name == "AlternateContent":  # the same, drawn for newer and for older programs
                self._collect(next(filter(_has_text, element), ()), parts, boxes)
            elif name in _NOTES:
                self._noted.append((_NOTES[name], _attribute(element, "id")))
            elif name == "t" or name in _MARKS:
                if not any(each.hides for each in self._fields):
                    parts.append(_MARKS.get(name) or element.text or "")
            else:
                self._collect(element, parts, boxes)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _row(self, row: etree._Element) -> list[str]:
        """A row of short cells as a line; cells of several blocks, as pages are laid out with, as
        these. What is merged stands in its first cell only."""
        if _name(row) != "tr":  # a content control, a tracked change
            return [block for part in row for block in self._row(part)]
        if row.find("{*}trPr/{*}del") is not None:
            return []
        cells = [self.of(cell) for cell in row.iter("{*}tc") if _is_own(cell, row)]
        if all(len(cell) <= 1 for cell in cells):
            return list(filter(None, ["\t".join(block for cell in cells for block in cell)]))
        return [block for cell in cells for block in cell]


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
