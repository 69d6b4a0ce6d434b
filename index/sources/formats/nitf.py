"""NITF: an agency's or a newspaper's article in XML."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from lxml import etree

from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.describe import authors_of
from hemeroteca.index.sources.extract import Extract, Part, entry
from hemeroteca.index.sources.fields import Record
from hemeroteca.index.sources.markup import HTML_NAMES, html_text
from hemeroteca.index.sources.records import Numbered, read_records
from hemeroteca.index.sources.xml_tree import read_tree, words_of

# What stands for a block of HTML, and what says nothing itself.
_BLOCKS = {
    **dict.fromkeys(("media-caption", "abstract", "dateline", "tagline", "hl1", "hl2"), "p"),
    **dict.fromkeys(("block", "media", "note", "body.content", "fn", "dl"), "div"),
}
_BESIDE = ("media-metadata", "media-producer", "media-object", "nitf-table-metadata")
# Of publication before those of the document.
_DATES = ("pubdata/@date.publication", "docdata/date.issue/@norm", "docdata/date.release/@norm")
_STORY = ".//story.date/@norm"
_USABLE = ("", "usable")


def read_nitf(stream: BinaryIO) -> Iterator[Part]:
    """The one article: headline, dateline, abstract, and the body with its captions."""
    tree = read_tree(stream)
    numbered = Numbered(1, record_of(tree.root), etree.tostring(tree.root), tree.notes)
    for part in read_records(lambda: [numbered], entry):
        # The only one of its file needs neither a key nor a place.
        yield replace(part, key="", where="") if isinstance(part, Extract) else part
    yield from tree.lost


def record_of(root: etree._Element) -> Record:
    """What a `nitf` element, names without namespace, says."""
    head, body = root.find("head"), root.find("body")
    head = etree.Element("head") if head is None else head
    body = etree.Element("body") if body is None else body
    dates = [str(found) for path in _DATES for found in head.xpath(path)]
    dates += [str(found) for found in body.xpath(_STORY)]
    state = head.xpath("string(docdata/@management-status)").strip().lower()
    first = [body.find(f"body.head/{name}") for name in ("dateline", "abstract")]
    parts = [*first, body.find("body.content"), body.find("body.end/tagline")]
    text = "\n\n".join(filter(None, (text_of(part) for part in parts if part is not None)))
    identity = head.xpath("string(docdata/doc-id/@id-string)")
    agency = head.xpath("string(docdata/doc-id/@regsrc)")
    release = head.xpath("string(docdata/date.release/@norm)")
    if state == "embargoed":  # until its release
        state, release = "", release or "?"
    return Record(
        text,
        identity,
        words_of(body.find("body.head/hedline/hl1")) or words_of(head.find("title")) or None,
        tuple(dates),
        state="" if state in _USABLE else state,
        subtitle=words_of(body.find("body.head/hedline/hl2")),
        publication=Publication(
            paper=head.xpath("string(pubdata/@name)"),
            authors=_authors(body),
            section=head.xpath("string(pubdata/@position.section)"),
            url=head.xpath("string(pubdata/@ex-ref)"),
            edition=head.xpath("string(pubdata/@edition.name)"),
            page=head.xpath("string(pubdata/@position.sequence)"),
        ),
        item=f"{agency}:{identity}" if agency and identity else "",
        version=head.xpath("string(docdata/du-key/@version)"),
        embargo=release,
    )


def text_of(body: etree._Element) -> str:
    """The text of NITF or XHTML, a blank line between its blocks."""
    for element in list(body.iter("*")):
        if element.tag in _BESIDE:
            etree.strip_tags(element, "*")
            element.text = ""
        inline = element.tag if element.tag in HTML_NAMES else "span"
        element.tag = _BLOCKS.get(element.tag, inline)
    return html_text(etree.tostring(body, method="html", encoding="unicode", with_tail=False))


def _authors(body: etree._Element) -> tuple[str, ...]:
    byline = body.find("body.head/byline")
    if byline is None:
        return ()
    if people := [words_of(person) for person in byline.iter("person")]:
        return authors_of(people)
    for title in list(byline.iter("byttl")):  # what they are, not who
        title.text = ""
    return authors_of(words_of(byline))
