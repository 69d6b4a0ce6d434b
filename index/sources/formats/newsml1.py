"""NewsML 1: the news items of an agency, in components, as many still deliver them."""

from collections.abc import Iterator
from copy import deepcopy
from typing import BinaryIO

from lxml import etree

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.describe import authors_of
from hemeroteca.index.sources.extract import Part, entry
from hemeroteca.index.sources.fields import Record
from hemeroteca.index.sources.formats import nitf
from hemeroteca.index.sources.markup import plain_text
from hemeroteca.index.sources.records import Numbered, read_records
from hemeroteca.index.sources.xml_tree import read_tree, words_of

# Roles of components that are no text, or stand among the lines above it as well.
_BESIDE = frozenset(("stylesheet", "headline", "title", "keyword", "keywords", "logo", "thumbnail"))
_TEXT_MEDIA = ("", "text", "complexdata")
_MANAGED = "NewsManagement"
_IDENTIFIED = "Identification/NewsIdentifier"
_TAKEN_BACK = ("withheld", "canceled", "cancelled")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_newsml1(stream: BinaryIO) -> Iterator[Part]:
    """The articles of the items that have a text, in order: each component that has a headline of
    its own and lies in no other. Raises ArticleError if none has a text."""
    tree = read_tree(stream)
    items = [
        (item, component) for item in tree.root.iter("NewsItem") for component in _articles(item)
    ]
    records = [(_record(item, component), component) for item, component in items]
    found = [
        Numbered(number, record, etree.tostring(component), tree.notes)
        for number, (record, component) in enumerate(records, start=1)
        if record.text or record.state
    ]
    if not found:
        raise ArticleError("has no news item with a text")
    yield from read_records(lambda: found, entry)
    yield from tree.lost


def _articles(item: etree._Element) -> list[etree._Element]:
    """The outermost components with a headline, of one in several languages those within it; the
    item itself, if none has one."""
    titled = [each for each in item.iter("NewsComponent") if _headline(each)]
    titled = [each for each in titled if len(_languages(each)) < 2]
    outermost = [each for each in titled if not any(e in titled for e in each.iterancestors())]
    return outermost or [item]


def _languages(component: etree._Element) -> set[str]:
    """The languages of the components with headlines that lie in one."""
    inner = component.iterdescendants("NewsComponent")
    return {each.get(_LANGUAGE, "") for each in inner if _headline(each)} - {""}


def _headline(component: etree._Element) -> str:
    return words_of(component.find("NewsLines/HeadLine"))


def _record(item: etree._Element, component: etree._Element) -> Record:
    contents = [content for content in component.iter("ContentItem") if _is_text(content)]
    read = [_content(content) for content in contents]
    inner = max(read, key=lambda record: len(record.text), default=Record(""))
    text = "\n\n".join(_once([record.text for record in read]))
    byline = words_of(component.find(".//NewsLines/ByLine"))
    identity = [words_of(item.find(f"{_IDENTIFIED}/{name}"))
                for name in ("ProviderId", "DateId", "NewsItemId")]  # fmt: skip
    name = ":".join(identity) if identity[-1] else ""
    part = component.get("Duid", "") if len(_articles(item)) > 1 else ""
    state = _formal(item.find(f"{_MANAGED}/Status")).lower()
    return Record(
        text,
        ":".join(filter(None, (name, part))),
        _headline(component) or inner.title or words_of(item.find("Identification/NameLabel")),
        tuple(filter(None, (words_of(item.find(f"{_MANAGED}/FirstCreated")), identity[1]))),
        words_of(item.find(f"{_MANAGED}/ThisRevisionCreated")),
        state=state if state in _TAKEN_BACK else "",
        subtitle=words_of(component.find("NewsLines/SubHeadLine")),
        publication=Publication(
            paper=_formal(item.find(".//AdministrativeMetadata/Provider/Party"))
            or _formal(item.find(".//AdministrativeMetadata/Source/Party"))
            or _formal(item.find("../NewsEnvelope/SentFrom/Party")),
            authors=authors_of(byline) if byline else inner.publication.authors,
        ),
        item=":".join(filter(None, (name, part))),
        version=words_of(item.find(f"{_IDENTIFIED}/RevisionId")),
        embargo=_embargo(item) if state == "embargoed" else "",
    )


def _is_text(content: etree._Element) -> bool:
    role = _formal(content.find("../Role")).lower()
    media = _formal(content.find("MediaType")).lower()
    return role not in _BESIDE and media in _TEXT_MEDIA and content.find("DataContent") is not None


def _content(content: etree._Element) -> Record:
    data = content.find("DataContent")
    assert data is not None
    body = data.find(".//nitf")
    if body is not None:
        return nitf.record_of(body)
    if len(data):
        page = data.find(".//body")
        return Record(nitf.text_of(deepcopy(data if page is None else page)))
    return Record(plain_text("".join(data.itertext())).strip())


def _once(texts: list[str]) -> list[str]:
    """The texts in order, without those that another has in it, such as in another format."""
    words = [" ".join(text.split()) for text in texts]
    return [
        text
        for number, (text, said) in enumerate(zip(texts, words, strict=True))
        if said
        and not any(
            said in other and (said != other or at < number)
            for at, other in enumerate(words)
            if at != number
        )
    ]


def _embargo(item: etree._Element) -> str:
    """Until when it may not be shown; what names no moment lasts until it is said."""
    return words_of(item.find(f"{_MANAGED}/StatusWillChange/DateAndTime")) or "?"


def _formal(element: etree._Element | None) -> str:
    return "" if element is None else element.get("FormalName", "").strip()
