"""NewsML-G2: the news items of an agency, alone or in a message of several."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import BinaryIO

from lxml import etree

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.describe import authors_of
from hemeroteca.index.sources.extract import Part, entry
from hemeroteca.index.sources.fields import Record
from hemeroteca.index.sources.formats import nitf
from hemeroteca.index.sources.markup import html_text
from hemeroteca.index.sources.records import Numbered, read_records
from hemeroteca.index.sources.xml_tree import read_tree, words_of

_DATES = ("itemMeta/firstCreated", "contentMeta/contentCreated", "itemMeta/versionCreated")
_TEXT = re.compile(r"(?:^|:)(?:text|composite)$|^$", re.IGNORECASE)
_BELOW = re.compile(r"sub|deck|kicker", re.IGNORECASE)
_MARKUP = re.compile(r"html|xml", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def read_newsml(stream: BinaryIO) -> Iterator[Part]:
    """The items that have a text, in order; of two versions of one the latest counts.
    Raises ArticleError if none has, such as of pictures or packages."""
    tree = read_tree(stream)
    root = tree.root
    items = [root] if root.tag == "newsItem" else list(root.iter("newsItem"))
    texts = [item for item in items if _may_have_text(item)]
    if not texts:
        raise ArticleError("has no news item with a text")
    found = [
        Numbered(number, _record(item), etree.tostring(item), tree.notes)
        for number, item in enumerate(texts, start=1)
    ]
    yield from read_records(lambda: found, entry)
    yield from tree.lost


def _may_have_text(item: etree._Element) -> bool:
    """Whether the item is one of text, in whatever scheme its agency says so, or holds some."""
    kind = _code(item.find("itemMeta/itemClass"))
    return _TEXT.search(kind) is not None or bool(_content(deepcopy(item)).text)


def _record(item: etree._Element) -> Record:
    headlines = item.findall("contentMeta/headline")
    below = [each for each in headlines if _BELOW.search(each.get("role", ""))]
    above = [each for each in headlines if each not in below]
    dates = [words_of(item.find(path)) for path in _DATES]
    state = _code(item.find("itemMeta/pubStatus")).rpartition(":")[2].lower()
    inner = _content(item)
    own = Publication(
        paper=_name(item.find("itemMeta/provider")),
        authors=authors_of(words_of(item.find("contentMeta/by")))
        or authors_of(list(filter(None, map(_name, _creators(item))))),
    )
    return replace(
        inner,
        identity=item.get("guid", ""),
        title=next(filter(None, map(words_of, above)), "") or inner.title,
        dates=tuple(filter(None, dates)) or inner.dates,
        changed=words_of(item.find("itemMeta/versionCreated")),
        state="" if state in ("", "usable") else state,
        subtitle=next(filter(None, map(words_of, below)), "") or inner.subtitle,
        publication=own if own.authors else replace(own, authors=inner.publication.authors),
        item=item.get("guid", ""),
        version=item.get("version", ""),
        embargo=_embargo(item),
    )


def _creators(item: etree._Element) -> list[etree._Element]:
    """Those who wrote it, not the organisation that they did it for."""
    found = item.findall("contentMeta/creator")
    return [each for each in found if each.find("organisationDetails") is None]


def _embargo(item: etree._Element) -> str:
    """Until when the item may not be shown; an empty element means until it is said."""
    embargo = item.find("itemMeta/embargoed")
    return "" if embargo is None else words_of(embargo) or "?"


def _content(item: etree._Element) -> Record:
    """What stands in the item: NITF, XHTML or plain text, whichever says most."""
    found = [Record("")]
    for inline in item.iterfind("contentSet/inlineXML"):
        body = inline.find(".//nitf")
        if body is not None:
            found.append(nitf.record_of(body))
        elif len(inline):
            title = words_of(inline.find(".//head/title")) or None
            page = inline.find(".//body")
            found.append(Record(nitf.text_of(inline if page is None else page), title=title))
    for data in item.iterfind("contentSet/inlineData"):
        text = "".join(data.itertext())
        marked = _MARKUP.search(data.get("contenttype", ""))
        paragraphs = (" ".join(part.split()) for part in _BLANK_LINE.split(text))
        plain = "\n\n".join(filter(None, paragraphs))
        found.append(Record(html_text(text) if marked else plain))
    return max(found, key=lambda record: len(record.text))


def _name(element: etree._Element | None) -> str:
    """What `element` names: in words, as a literal, else by its code."""
    if element is None:
        return ""
    words = words_of(element.find("name")) or " ".join((element.text or "").split())
    return words or element.get("literal", "") or _code(element).rpartition(":")[2]


def _code(element: etree._Element | None) -> str:
    return "" if element is None else element.get("qcode", "") or words_of(element)
