"""Texts of OpenDocument (ODT), as LibreOffice writes them."""

import re
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZipFile

from lxml import etree

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.containers import open_container
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.line import Line, heading, printed, table_row

_SPACES = re.compile(" {2,}")
_CONTENT, _META, _STYLES = "content.xml", "meta.xml", "styles.xml"
# What is not printed, says again what stands in the text, or is said about it.
_UNSEEN = frozenset((
    "tracked-changes", "annotation", "annotation-end", "table-of-content", "alphabetical-index",
    "illustration-index", "table-index", "object-index", "user-index", "bibliography",
    "hidden-text", "hidden-paragraph", "note-citation", "forms", "sequence-decls",
    "variable-decls", "user-field-decls", "ruby-text", "title", "desc", "event-listeners",
    "script", "page-number", "page-count",
))  # fmt: skip
_MARKS = {"tab": "\t", "line-break": "\n"}


def read_odt(stream: BinaryIO) -> Iterator[Extract]:
    """The one article: paragraphs, the rows of tables, boxes and, behind them, the notes, in order,
    as they print with all tracked changes accepted; its title is that of its heading, else the
    document's."""
    with open_container(stream) as container:
        lines = _lines(container)
        meta = _parsed(container, _META)
    title = "" if meta is None else " ".join((meta.findtext(".//{*}title") or "").split())
    yield Extract(printed(lines), title=heading(lines) or title or None)


def odt_lines(stream: BinaryIO) -> list[Line]:
    """The paragraphs, notes last. Raises ArticleError if `stream` holds no such text."""
    with open_container(stream) as container:
        return _lines(container)


def _lines(container: ZipFile) -> list[Line]:
    content = _parsed(container, _CONTENT)
    body = None if content is None else content.find("{*}body/{*}text")
    if body is None:
        raise ArticleError("is no OpenDocument text: it has no text part")
    blocks = _Blocks(_hidden_styles(content, _parsed(container, _STYLES)))
    return [*blocks.of(body), *blocks.notes]


def _hidden_styles(*parts: etree._Element | None) -> frozenset[str]:
    """The names of the styles whose text does not print."""
    return frozenset(
        _attribute(style, "name")
        for part in parts
        if part is not None
        for style in part.iter("{*}style")
        if any(_attribute(each, "display") == "none" for each in style.iter("{*}text-properties"))
    )


def _parsed(container: ZipFile, name: str) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(container.read(name), parser)
    except KeyError:  # there is none
        return None


class _Blocks:
    """The text of a document, line by line, and its notes."""

    def __init__(self, hidden_styles: frozenset[str]) -> None:
        self.notes: list[Line] = []
        self._hidden_styles = hidden_styles

    def of(self, parent: etree._Element) -> list[Line]:
        """The lines within `parent`."""
        lines: list[Line] = []
        for element in parent:
            name = _name(element)
            if self._is_unseen(element):
                continue
            if name in ("p", "h"):
                lines += self._paragraph(element)
            elif name == "table-row":
                cells = [each for each in element if _name(each) == "table-cell"]
                lines += table_row([self.of(cell) for cell in cells])
            else:
                lines += self.of(element)
        return lines

    def _is_unseen(self, element: etree._Element) -> bool:
        hidden = _attribute(element, "display") == "none"
        return hidden or _name(element) in _UNSEEN or _style(element) in self._hidden_styles

    def _paragraph(self, paragraph: etree._Element) -> list[Line]:
        parts: list[str] = []
        boxes: list[Line] = []
        self._collect(paragraph, parts, boxes)
        level = None
        if _name(paragraph) == "h":
            written = _attribute(paragraph, "outline-level")
            level = int(written) - 1 if written.isdecimal() else 0
        return [Line(_printed(parts), level=level), *boxes]

    def _collect(self, parent: etree._Element, parts: list[str], boxes: list[Line]) -> None:
        parts.append(_one_line(parent.text))
        for element in parent:
            name = _name(element)
            if name == "s":
                parts.append(" ")
            elif name in _MARKS:
                parts.append(_MARKS[name])
            elif name == "note":
                for body in element.iterchildren("{*}note-body"):
                    self.notes += self.of(body)
            elif name == "text-box" or name == "table":
                boxes += self.of(element)
            elif name and not self._is_unseen(element):
                self._collect(element, parts, boxes)
            parts.append(_one_line(element.tail))


def _one_line(text: str | None) -> str:
    """Line breaks in the XML are blanks."""
    return (text or "").replace("\r", " ").replace("\n", " ").replace("\t", " ")


def _printed(parts: list[str]) -> str:
    """The text of a paragraph, in which several blanks are one."""
    return "\n".join(
        _SPACES.sub(" ", line).strip(" ") for line in "".join(parts).split("\n")
    ).strip()


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _style(element: etree._Element) -> str:
    return _attribute(element, "style-name")


def _attribute(element: etree._Element, name: str) -> str:
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), "")
