"""XML of Factiva, as its programs' interface gave it."""

from datetime import date

from lxml import etree

from hemeroteca.index.sources.press.article import Export, PressArticle
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.provider import Provider
from hemeroteca.index.sources.press.words import authors
from hemeroteca.index.text.language import LANGUAGES

_HEAD = 4_096
_ROOT = b"PPSResponse"
_NAMESPACE = b"global.factiva.com/pps"
_TEXT = ("leadParagraph", "tailParagraphs")


def is_export(document: Document) -> bool:
    head = document.data[:_HEAD]
    return _ROOT in head or _NAMESPACE in head


def read(document: Document) -> Export:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, recover=True, huge_tree=True
    )
    root = etree.fromstring(document.data.removeprefix(b"\xef\xbb\xbf").lstrip(), parser)
    found = [] if root is None else [_article(each) for each in root.iter("{*}article")]
    return Export(tuple(found))


def _article(element: etree._Element) -> PressArticle:
    stated = _words(element, "publicationDate")
    language = _words(element, "baseLanguage")[:2].lower()
    return PressArticle(
        title=_words(element, "headline"),
        paragraphs=tuple(text for name in _TEXT for text in _paragraphs(element, name)),
        accession=_words(element, "accessionNo"),
        paper=_words(element, "sourceName"),
        section=_words(element, "sectionName"),
        page=_words(element, "pages"),
        edition=_words(element, "edition"),
        authors=authors(_words(element, "byline")),
        day=_day(stated),
        hour=stated[11:16] if "T" in stated and not stated.endswith("Z") else "",
        language=language if language in LANGUAGES else None,
    )


def _words(element: etree._Element, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return "" if found is None else " ".join("".join(found.itertext()).split())


def _day(stated: str) -> date | None:
    """The day as it is written: what names an hour too is not moved to another zone."""
    try:
        return date.fromisoformat(stated[:10])
    except ValueError:
        return None


def _paragraphs(element: etree._Element, name: str) -> list[str]:
    """The paragraphs, marked as such or a line each."""
    found = element.find(f"{{*}}{name}")
    if found is None:
        return []
    marked = list(found.iter("{*}paragraph"))
    texts = ["".join(each.itertext()) for each in marked]
    if not marked:
        texts = "".join(found.itertext()).splitlines()
    return [" ".join(text.split()) for text in texts if text.strip()]


FACTIVA_XML = Provider("Factiva", ("xml",), is_export, read)
