"""HTML to a tree: the whole of it, or an error."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from hemeroteca.index.errors import ArticleError

_END = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
# One class for all: to choose among those of forms takes a call of Python's for each element.
_CLASSES = etree.ElementDefaultClassLookup(element=HtmlElement)
_LIMIT = etree.ErrorTypes.ERR_RESOURCE_LIMIT


def parse_html(data: bytes) -> HtmlElement | None:
    """The tree of `data`, HTML in UTF-8; None if there is nothing in it. Nothing is fetched and no
    entity of a DTD expanded. What stands behind the end of the page, such as another page, belongs
    to it, as it does in browsers.

    Raises ArticleError where elements lie so deep in one another, as where hundreds are never
    closed, that libxml2 would leave out the rest in silence."""
    # Huge: 2,048 elements in one another, not 256.
    parser = HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    parser.set_element_class_lookup(_CLASSES)
    try:
        tree = document_fromstring(_END.sub(b"", data), parser=parser)  # libxml2 would stop there
    except etree.ParserError:  # lxml's word for a document without content
        return None
    if any(error.type == _LIMIT for error in parser.error_log):
        raise ArticleError("has more than 2,000 HTML elements in one another: close them")
    return tree
