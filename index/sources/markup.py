"""A piece of HTML to its text, block by block."""

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

_UNSEEN = ("script", "style", "head", "template", "noscript", "svg")
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt",
        "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
        "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
    )
)  # fmt: skip
_BREAK = "\u2029"


def html_text(markup: str | bytes) -> str:
    """The text of `markup`: one paragraph per block, a blank line between them, every other run
    of blanks one blank. Nothing is fetched and no entity of a DTD expanded."""
    data = markup.encode(errors="replace") if isinstance(markup, str) else markup
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(data, parser=parser)
    except etree.ParserError:  # lxml's word for a document without content
        return ""
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    for element in root.iter():
        if element.tag in _BLOCKS:
            element.text = _BREAK + (element.text or "")
            element.tail = _BREAK + (element.tail or "")
        elif element.tag == "br":
            element.tail = " " + (element.tail or "")
    paragraphs = (" ".join(part.split()) for part in "".join(root.itertext()).split(_BREAK))
    return "\n\n".join(filter(None, paragraphs))
