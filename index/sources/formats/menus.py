"""Web pages that hold no article: front pages, lists of others, forms."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:Article|Posting|Report|NewsStory|Review|Obituary)$")
_SAID = ("article", "news", "story")
_FRONT = re.compile(r"/(?:index|home|portada|inicio|default|main)?(?:\.\w{2,5})?/?", re.IGNORECASE)
_LIST = re.compile(
    r"/(?:tags?|category|categor[iy]as?|temas?|topics?|sections?|seccion(?:es)?|autor(?:es)?"
    r"|authors?|search|buscar?|page|archives?|feed|login|wp-login\.php|contacto?|suscri\w*)(?:/|$)",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4")
_FEWEST_TEASERS = 5
_LONG = 80  # letters of a paragraph that says something, beside its links
_FEWEST = 200  # letters of an article that is not marked as one


def is_menu(page: HtmlElement, url: str) -> bool:
    """Whether a page is rather a list of others than an article: not if it says that it is one."""
    if _says_article(page):
        return False
    path = urlsplit(url).path
    if _FRONT.fullmatch(path or "/") or _LIST.search(path):
        return True
    written = [length for length in _paragraphs(page) if length >= _LONG]
    if sum(written) < _FEWEST:
        return True
    teasers = sum(_leads_elsewhere(each) for each in page.iter(*_HEADINGS))
    return teasers >= _FEWEST_TEASERS and teasers >= len(written)


def _says_article(page: HtmlElement) -> bool:
    for meta in page.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name == "og:type" and (meta.get("content") or "").strip().lower() in _SAID:
            return True
    marked = [each for each in page.iter("article", "div", "main", "body", "html", "section")
              if _ARTICLE.search(each.get("itemtype", ""))]  # fmt: skip
    if len(marked) == 1:  # several are teasers
        return True
    return any(_ARTICLE.search(kind) for kind in _linked_kinds(page))


def _linked_kinds(page: HtmlElement) -> Iterator[str]:
    """The types of what the page is about, by its linked data (schema.org)."""
    for script in page.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            said = json.loads(script.text or "", strict=False)
        except ValueError:
            continue
        said = said.get("@graph", said) if isinstance(said, dict) else said
        for each in said if isinstance(said, list) else [said]:
            kinds = each.get("@type") if isinstance(each, dict) else None
            yield from (str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _paragraphs(page: HtmlElement) -> Iterator[int]:
    """How many letters beside its links each paragraph has."""
    for paragraph in page.iter("p"):
        linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
        yield len(paragraph.text_content()) - linked


def _leads_elsewhere(heading: HtmlElement) -> bool:
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return any(link.get("href", "#")[:1] != "#" for link in links)
