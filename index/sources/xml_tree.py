"""XML as a tree, whatever it is damaged by."""

from typing import BinaryIO

from lxml import etree

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.extract import Rejected, entry

_MAX_BYTES = 50_000_000  # held in memory
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")


def read_tree(stream: BinaryIO) -> tuple[etree._Element, list[Rejected]]:
    """The root of the XML, its names without their namespaces, and what could not be read.

    Raises ArticleError if none of it can, if it is too large to be held, or if it defines entities:
    text may be in them."""
    data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise ArticleError("has more than {most:.0f} MB", most=_MAX_BYTES / 1e6)
    if b"<!ENTITY" in data:
        raise ArticleError("defines XML entities, which articles do not need: remove them")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):  # in UTF-16, controls are halves
        data = data.translate(None, _CONTROLS)
    lost = []
    try:
        root = etree.fromstring(data, _parser(recover=False))
    except etree.XMLSyntaxError:
        root = etree.fromstring(data, _parser(recover=True))
        reason = Message("is damaged or cut here: what follows cannot be read")
        lost.append(Rejected(entry(1), reason))
    if root is None:
        raise ArticleError("is no XML")
    for element in root.iter("*"):
        element.tag = element.tag.rpartition("}")[2]
    return root, lost


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
