"""A piece of HTML to its text, block by block."""

import html
import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from hemeroteca.index.sources.html_tree import parse_html

_UNSEEN = frozenset(("script", "style", "head", "template", "noscript", "svg"))
# What a paragraph's text stands in; a blank line in its source means nothing.
_PARAGRAPHS = frozenset(
    ("caption", "dd", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "td", "th")
)
_BLOCKS = _PARAGRAPHS | {
    "address", "article", "aside", "blockquote", "body", "details", "div", "dl", "fieldset",
    "figure", "footer", "form", "header", "hr", "legend", "main", "nav", "ol", "option", "pre",
    "section", "summary", "table", "tr", "ul",
}  # fmt: skip
_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "audio", "b", "base", "bdi", "bdo", "big", "br", "button", "canvas",
        "center", "cite", "code", "col", "colgroup", "data", "datalist", "del", "dfn", "dir",
        "em", "embed", "font", "frame", "frameset", "html", "i", "iframe", "img", "input", "ins",
        "kbd", "label", "link", "map", "mark", "math", "meta", "meter", "object", "optgroup",
        "output", "param", "picture", "progress", "q", "rp", "rt", "ruby", "s", "samp", "select",
        "slot", "small", "source", "span", "strike", "strong", "sub", "sup", "tbody", "textarea",
        "tfoot", "thead", "time", "title", "track", "tt", "u", "var", "video", "wbr",
    )
)  # fmt: skip
# Neither can be in a text that libxml2 has read.
_BREAK, _LINE = "\x00", "\x01"
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LINES = re.compile(f"{_LINE}(?:\\s*{_LINE})+")

HTML_NAMES = _BLOCKS | _INLINE | _UNSEEN
_NAME = "|".join(sorted(HTML_NAMES, key=len, reverse=True))
_VALUE = r"""(?:\s+[\w:.@-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))"""
_FLAG = r"(?:\s+(?:async|autoplay|checked|controls|defer|disabled|hidden|loop|muted|selected))"
_TAG = re.compile(f"</?(?:{_NAME})(?:{_VALUE}|{_FLAG}){{0,99}}\\s*/?>", re.IGNORECASE)
_ENTITY = re.compile("&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NUMBER = re.compile(r"\s*[\d,;*()\[\]]*\d[\d,;*()\[\]]*\s*")
_LAST_WORD = re.compile(r"\w+$")
_LONGEST_UNIT = 3  # letters, as of m² or km²
# A sign that opens no tag: "<3%", "<juan@press.example>". The parser would drop it, and more.
_ANY_VALUE = r"""(?>\s+[a-z_:@][^\s<>=]*(?:\s*=\s*(?:"[^"]{0,3000}"|'[^']{0,3000}'|[^\s<>]*))?)"""
_STRAY = re.compile(
    f"<(?!/?(?:{_NAME}|[a-z]\\w*[:-][\\w:-]*){_ANY_VALUE}{{0,60}}+\\s*/?>"
    # Its values are not quoted as they should be.
    f"|(?:{_NAME})\\s+[a-z-]+=[\"'][^<>]{{0,3000}}>|!--|!doctype|\\?)",
    re.IGNORECASE,
)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


def plain_text(value: str) -> str:
    """The text of a field that may hold HTML, or text with entities; else `value` as it is."""
    if _TAG.search(value):
        return html_text(value)
    if "&" not in value:
        return value
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), value)
    return html_text(text) if _TAG.search(text) else text  # HTML that was escaped once more


def html_text(markup: str | bytes) -> str:
    """The text of `markup`: one paragraph per block, a blank line between them, every other run
    of blanks one blank; between blocks, a blank line and two line breaks part paragraphs too.
    Raises ArticleError if it cannot be read whole."""
    if isinstance(markup, str):
        markup = _CDATA.sub(lambda found: html.escape(found[1]), markup)
        data = _STRAY.sub("&lt;", markup.replace("\0", "")).encode(errors="replace")
    else:
        data = markup
    root = parse_html(data)
    if root is None:
        return ""
    part_raised_numbers(root)
    text = _LINES.sub(_BREAK, "".join(_pieces(root))).replace(_LINE, " ")
    paragraphs = (" ".join(part.split()) for part in text.split(_BREAK))
    return "\n\n".join(filter(None, paragraphs))


def part_raised_numbers(root: HtmlElement) -> None:
    """Put a blank between a number that is raised, such as that of a note, and what stands directly
    before or behind it: "2020<sup>2</sup>" is not 20202. A letter's, as in m<sup>2</sup> and
    1<sup>er</sup>, stays with it."""
    for raised in root.iter("sup"):
        parent, before = raised.getparent(), raised.getprevious()
        if parent is None or not _NUMBER.fullmatch("".join(raised.itertext())):
            continue
        word = _LAST_WORD.search((parent.text if before is None else before.tail) or "")
        if word and (word[0][-1].isdigit() or len(word[0]) > _LONGEST_UNIT):
            raised.text = f" {raised.text or ''}"
        if (raised.tail or "")[:1].isalnum():
            raised.tail = f" {raised.tail}"


def _pieces(root: HtmlElement) -> Iterator[str]:
    within = 0  # paragraphs, one in the other
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        text = element.text if event == "start" else element.tail
        if tag in _BLOCKS:
            yield _BREAK
            if tag in _PARAGRAPHS:
                within += 1 if event == "start" else -1
        elif event == "start" and tag in _UNSEEN:
            walk.skip_subtree()
            continue
        elif event == "start" and tag == "br":
            yield _LINE
        if text:
            yield text if within else _BLANK_LINE.sub(_BREAK, text)
