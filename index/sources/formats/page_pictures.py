"""The pictures of a web page that belong to its article, with their captions."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from hemeroteca.index.picture import Picture
from hemeroteca.index.sources.formats.page_tree import CAPTION, is_apart
from hemeroteca.index.sources.kinds_of_picture import SHOWN

if TYPE_CHECKING:
    from lxml.html import HtmlElement

INSIDE = "inside:"  # stands in the page for what was saved in it, before its number
# Says where the picture lies that a page shows from an address, as Picture.at; "" if nowhere.
Where = Callable[[str], str]

_ADDRESSES = ("src", "data-src", "data-original", "data-lazy-src")
_SETS = ("srcset", "data-srcset")
_SMALLEST = 100  # pixels, of a side that the page states
_NOT_SHOWN = (".svg", ".gif", ".ico")
_OF_THE_SITE = re.compile(
    r"(?:^|[\s_-])(?:logo|icon|icono|avatar|sprite|pixel|ad|ads|advert\w*|publicidad|banner|emoji)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST = 200  # looked at
_GROUPED = re.compile(r"var\((--sf-img-\d+)\)")  # as SingleFile has what it shows twice
_DEFINED = re.compile(rf"(--sf-img-\d+)\s*:\s*url\([\"']?({INSIDE}\d+)")


def saved_beside(address: str) -> str:
    """Where a picture lies that is shown from a path beside the page, or was saved inside it."""
    if address.startswith(INSIDE):
        return f"inside {address.removeprefix(INSIDE)}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = unquote(parts.path)
    if parts.scheme or parts.netloc or not path or path.startswith(("/", "\\")):
        return ""
    return f"beside {path}" if path.lower().endswith(SHOWN) else ""


def page_pictures(page: "HtmlElement", where: Where) -> tuple[Picture, ...]:
    """Those that are saved with the page, in its order; without what is set apart from the article,
    small, or called as a logo is."""
    body = _body(page)
    grouped = dict(_DEFINED.findall("".join(each.text or "" for each in page.iter("style"))))
    found: dict[str, Picture] = {}
    for number, image in enumerate(body.iter("img", "amp-img")):
        if number == _MOST:
            break
        if _is_small(image) or is_apart(image) or _is_of_the_site(image):
            continue
        for address in _addresses(image, grouped):
            at = "" if address.lower().endswith(_NOT_SHOWN) else where(address)
            if at:
                found.setdefault(at, Picture(at, _caption(image)))
                break
    return tuple(found.values())


def _body(page: "HtmlElement") -> "HtmlElement":
    """What of the page holds the article: its one <article> or its <main>, if it has pictures."""
    for tag in ("article", "main"):
        several = [each for each in page.iter(tag) if each.find(".//p") is not None]
        if len(several) == 1 and several[0].find(".//img") is not None:
            return several[0]
    return page


def _addresses(image: "HtmlElement", grouped: dict[str, str]) -> Iterator[str]:
    if shown := _GROUPED.search(image.get("style", "")):
        yield grouped.get(shown[1], "")
    for name in _ADDRESSES:
        yield image.get(name, "").strip()
    sources = [image]
    parent = image.getparent()
    if parent is not None and parent.tag == "picture":
        sources += parent.iter("source")
    for source in sources:
        for name in _SETS:
            for one in source.get(name, "").split(","):
                yield one.strip().partition(" ")[0]


def _is_small(image: "HtmlElement") -> bool:
    for side in ("width", "height"):
        written = image.get(side, "").strip().removesuffix("px")
        if written.isdecimal() and len(written) < 6 and int(written) < _SMALLEST:
            return True
    return False


def _is_of_the_site(image: "HtmlElement") -> bool:
    return any(
        _OF_THE_SITE.search(f"{each.get('class', '')} {each.get('id', '')}")
        for each in (image, *image.iterancestors("a", "div", "figure", "header", "span"))
    )


def _words(element: "HtmlElement") -> str:
    return " ".join("".join(element.itertext()).split())


def _caption(image: "HtmlElement") -> str:
    """What stands below the picture, else what is said for those who do not see it."""
    figure = next(image.iterancestors("figure"), None)
    if figure is not None:
        for caption in figure.iter("figcaption"):
            if said := _words(caption):
                return said
    around = image
    for _ in range(3):  # the link and the box that it may stand in
        parent = around.getparent()
        if parent is None or sum(1 for _ in parent.iter("img", "amp-img")) > 1:
            break
        for each in parent.iter("p", "div", "span", "figcaption"):
            said = _words(each)
            if said and CAPTION.search(each.get("class", "")) and each.find(".//img") is None:
                return said
        around = parent
    return " ".join(image.get("alt", "").split())
