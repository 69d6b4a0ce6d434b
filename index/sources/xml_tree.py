"""XML as text and as a tree, whatever it is damaged by."""

import html
import re
from dataclasses import dataclass, replace
from typing import BinaryIO

from lxml import etree

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.encoding import Decoded, decode_lines
from hemeroteca.index.sources.extract import Rejected, entry

_MAX_BYTES = 50_000_000  # held in memory
_HEAD = 4_096
_DECLARATION = re.compile(r"\s*<\?xml[^>]*?(?:encoding\s*=\s*[\"']([\w.:-]+)[\"'])?[^>]*\?>")
# XML has no way to hold them, and one would end it.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PRINTED = bytes(byte for byte in range(256) if byte >= 32 or byte in b"\t\n\r")
_CONTROL_NUMBERS = re.compile(
    "&#(?:0*(?:[0-8]|1[124-9]|2\\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)
_ENTITIES = re.compile(r"<!ENTITY\s+(?!%)")
_TYPE = re.compile(r"<!DOCTYPE\b[^>\[]*\[[^\]]*\]\s*>")
_HTML_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,31};")


@dataclass(frozen=True)
class Tree:
    """The root of XML, its names without their namespaces; what could not be read; and what is to
    be said of how it was."""

    root: etree._Element
    lost: tuple[Rejected, ...]
    notes: tuple[Message, ...]


def read_xml_text(stream: BinaryIO) -> Decoded:
    """The XML without its declaration and without what XML may not hold, piece by piece in the
    encoding that it declares or seems to be in.

    Raises ArticleError if it is too large to be held, or defines entities: articles need none of
    their own, and expanding them is how small files become huge."""
    data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise ArticleError("has more than {most:.0f} MB", most=_MAX_BYTES / 1e6)
    declared = _DECLARATION.match(data[:_HEAD].decode("latin-1"))
    decoded = decode_lines(data, declared[1] if declared else None)
    text = decoded.text.removeprefix("\ufeff")
    if begin := _DECLARATION.match(text):
        text = text[begin.end() :]
    if "<!ENTITY" in text:
        if _ENTITIES.search(text):
            raise ArticleError("defines XML entities, which articles do not need: remove them")
        text = _TYPE.sub("", text, count=1)  # says where the parts of its type lie: none is read
    if data.translate(None, _PRINTED):  # rarely, and to look through the text takes longer
        text = _CONTROLS.sub(" ", text)
    if "&" in text and "&#" in text:  # the one is looked for in a tenth of the time
        text = _CONTROL_NUMBERS.sub(" ", text)
    return replace(decoded, text=text)


def read_tree(stream: BinaryIO) -> Tree:
    """The XML as a tree. Raises ArticleError as read_xml_text, and if none of it can be read."""
    decoded = read_xml_text(stream)
    # Those of HTML, which its document type would have defined.
    data = _HTML_ENTITY.sub(lambda found: html.unescape(found[0]), decoded.text)
    encoded = data.encode(errors="replace")
    lost: tuple[Rejected, ...] = ()
    try:
        root = etree.fromstring(encoded, _parser(recover=False))
    except etree.XMLSyntaxError:
        root = etree.fromstring(encoded, _parser(recover=True))
        reason = Message("is damaged or cut here: what follows cannot be read")
        lost = (Rejected(entry(1), reason),)
    if root is None:
        raise ArticleError("is no XML")
    for element in root.iter("*"):
        element.tag = element.tag.rpartition("}")[2]
    return Tree(root, lost, decoded.notes)


def _parser(recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )


def words_of(element: etree._Element | None) -> str:
    """The text within `element` on one line; "" without one."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
