"""A web page's tree, made ready for the extraction of its text.

What the extraction would drop, because on most pages it is no text, is turned into paragraphs: a
<time> within a sentence, a caption, the times of a live blog, an article in several pieces."""

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

_INLINE = frozenset(
    (
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
        "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "var",
    )
)  # fmt: skip
_SENTENCE_WORDS = 6
_APART = frozenset({"aside", "footer", "nav", "form", "dialog"})
_HEADINGS = ("h1", "h2", "h3", "h4")
CAPTION = re.compile(
    r"(?:^|\s)(?:(?:wp-|image-|img-|photo-|picture-|media-)?caption(?:-text)?|pie[_-]?(?:de[_-]?)?foto)"
    r"(?:$|\s)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\d{1,2}\s?[:.h]\s?\d{2}(?:\s?h(?:oras|rs)?\.?|\s?[ap]\.?m\.?)?", re.IGNORECASE
)
_PICTURES = frozenset({"img", "picture", "amp-img"})
_BODY = re.compile(r"article|story|entry|post|news|noticia|nota|cuerpo|texto|body", re.IGNORECASE)
_BYLINE = re.compile(r"byline|meta|date|fecha|author|autor|firma|info|publi", re.IGNORECASE)
_ASIDE = re.compile(
    r"comment|related|relacionad|recommend|teaser|promo|sidebar|widget|newsletter|card|most-?read"
    r"|leid|share|author",
    re.IGNORECASE,
)
_TELLING = 8  # letters of a name such as "article-body", not "text"
_FEWEST_CHARACTERS = 60  # of a paragraph, beside its links, that says something


def keep_times(page: HtmlElement) -> None:
    """Times on a line with words become words of it; in a sentence, they date no article. Those
    that head the entries of a live blog become paragraphs."""
    times = list(page.iter("time"))
    alone = []
    for time in times:
        if next(time.iterancestors(*_APART), None) is not None:  # of another article
            time.tag = "span"
            time.attrib.clear()
            continue
        words = _words_beside(time)
        if not words:
            alone.append(time)
            continue
        time.tag = "span"
        if words >= _SENTENCE_WORDS and not _is_of_byline(time):
            time.attrib.clear()
    alone += [each for each in page.iter("b", "div", "small", "span", "strong") if _is_clock(each)]
    for time in _heading_entries(alone):
        time.tag = "p"


def _is_clock(element: HtmlElement) -> bool:
    """Whether it shows an hour and nothing else, on a line of its own."""
    shown = len(element) == 0 and _CLOCK.fullmatch((element.text or "").strip())
    return bool(shown) and not _words_beside(element)


def _words_beside(time: HtmlElement) -> int:
    """How many words stand on the same line."""
    words = 0
    element = time
    while (parent := element.getparent()) is not None:
        before, after = element.getprevious(), element.getnext()
        beside = [element.tail, parent.text if before is None else before.tail]
        beside += [each.text_content() for each in (before, after) if _is_inline(each)]
        words += sum(any(map(str.isalpha, word)) for t in beside if t for word in t.split())
        if parent.tag not in _INLINE:
            break
        element = parent
    return words


def _is_inline(element: HtmlElement | None) -> bool:
    return element is not None and element.tag in _INLINE


def _is_of_byline(time: HtmlElement) -> bool:
    return "itemprop" in time.attrib or any(
        each.tag == "header" or _BYLINE.search(each.get("class", ""))
        for each in (time, *time.iterancestors("p", "div", "span", "header"))
    )


def _heading_entries(times: list[HtmlElement]) -> Iterator[HtmlElement]:
    """Those of the times that head the entries of a live blog: one beside the other, and at least
    two of them with a paragraph."""
    entries: dict[tuple[object, ...], set[HtmlElement]] = {}
    for time in times:
        entry = next(filter(_says_something, time.iterancestors()), None)
        if entry is not None and not is_apart(entry):
            entries.setdefault(_kind(entry), set()).add(entry)
    kinds = {kind for kind, found in entries.items() if len(found) > 1}
    for time in times if kinds else ():
        if any(_kind(each) in kinds for each in time.iterancestors()):
            yield time


def _kind(element: HtmlElement) -> tuple[object, ...]:
    """What elements that stand beside one another as the same thing have in common."""
    return element.getparent(), element.tag, element.get("class")


def keep_captions(page: HtmlElement) -> None:
    """Captions, and quotes that are set as pictures are, become paragraphs."""
    for figure in list(page.iter("figure")):
        for caption in list(figure.iter("figcaption")):
            _to_paragraph(caption)
        quote = figure.find(".//blockquote")
        if quote is not None and not _is_said_again(quote, page):
            figure.tag = "div"
    captions = [e for e in page.iter("p", "div", "span") if CAPTION.search(e.get("class", ""))]
    for caption in captions:
        if caption.getparent() is not None and _is_beside_picture(caption):
            _to_paragraph(caption)


def _to_paragraph(caption: HtmlElement) -> None:
    """Put the words of a caption into a paragraph of their own, before the picture or the
    paragraph that it stands in."""
    for part in caption.iter("br", "cite", "div", "p", "small", "span"):
        part.text = f" {part.text or ''}"
    words = " ".join(caption.text_content().split())
    around = next(caption.iterancestors("p"), None)
    if around is None:
        around = next(caption.iterancestors("figure"), caption)
    if words and around.getparent() is not None:
        paragraph = caption.makeelement("p")
        paragraph.text = words
        around.addprevious(paragraph)
        caption.drop_tree()


def _is_said_again(quote: HtmlElement, page: HtmlElement) -> bool:
    """Whether a quote only repeats in large letters what the text says."""
    words = " ".join(quote.text_content().split())
    return " ".join(page.text_content().split()).count(words) > 1


def _is_beside_picture(element: HtmlElement) -> bool:
    parent = element.getparent()
    around = element if parent is None else parent
    return any(each.tag in _PICTURES for each in around.iter())


def join_pieces(page: HtmlElement) -> bool:
    """Make one container of the several that an article stands in; False if it has but one."""
    pieces = _pieces(page.iter("article"))
    if not pieces and (first := _body(page)) is not None:
        pieces = _pieces(page.iter(first.tag), first)
    # With a main heading each, they are articles, of which the first is the page's own.
    if not pieces or sum(piece.find(".//h1") is not None for piece in pieces) > 1:
        return False
    around = pieces[0].makeelement("article", {"itemprop": "articleBody"})
    pieces[0].addprevious(around)
    for piece in pieces:
        piece.tag = "section"
        piece.attrib.clear()
        around.append(piece)
    return True


def _body(page: HtmlElement) -> HtmlElement | None:
    """The container that the extraction would take for the article."""
    from trafilatura.xpaths import BODY_XPATH

    for expression in BODY_XPATH:
        for element in expression(page):
            return element if element.tag in ("div", "section") else None
    return None


def _pieces(elements: Iterable[HtmlElement], like: HtmlElement | None = None) -> list[HtmlElement]:
    """Those of the elements that may be pieces of one article: beside one another and none of them
    within another; with the short ones among them, such as the brief entries of a live blog."""
    candidates: list[HtmlElement] = []
    for element in elements:
        wanted = (like is None or _is_like(element, like)) and not is_apart(element)
        if wanted and not any(each in candidates for each in element.iterancestors()):
            candidates.append(element)
    beside: dict[HtmlElement, list[HtmlElement]] = {}
    for candidate in candidates:
        beside.setdefault(candidate.getparent(), []).append(candidate)
    if all(len(found) == 1 for found in beside.values()):  # each in a box of its own
        beside = {}
        for candidate in candidates:
            box = candidate.getparent()
            if box is not None and not _is_teaser(box):
                beside.setdefault(box.getparent(), []).append(candidate)
    groups = [
        found
        for found in beside.values()
        if sum(_says_something(e) and not _is_teaser(e) for e in found) > 1
    ]
    return max(groups, key=len, default=[])


def _is_like(element: HtmlElement, other: HtmlElement) -> bool:
    if element.get("itemprop") == other.get("itemprop") == "articleBody":
        return True
    names = set(element.get("class", "").split()) & set(other.get("class", "").split())
    return any(len(name) >= _TELLING and _BODY.search(name) for name in names)


def is_apart(element: HtmlElement) -> bool:
    return any(
        each.tag in _APART or (each.tag != "body" and _ASIDE.search(each.get("class", "")))
        for each in (element, *element.iterancestors())
    )


def _is_teaser(element: HtmlElement) -> bool:
    """Whether its heading leads to another page."""
    heading = next(element.iter(*_HEADINGS), None)
    if heading is None:
        return False
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return any(link.get("href", "#")[:1] != "#" for link in links)


def _says_something(element: HtmlElement) -> bool:
    for paragraph in element.iter("p"):
        text = len(paragraph.text_content())
        if text >= _FEWEST_CHARACTERS and next(paragraph.iterancestors("a"), None) is None:
            linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
            if text - linked >= _FEWEST_CHARACTERS:
                return True
    return False
