"""Exports of Europresse (Eureka): pages, in today's layout and in that before 2014."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from hemeroteca.index.sources.html_tree import parse_html
from hemeroteca.index.sources.markup import html_text
from hemeroteca.index.sources.press.article import Export, PressArticle
from hemeroteca.index.sources.press.dates import Dated, find_date
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.provider import Provider

_PAPER = re.compile(r"<span\b[^>]*\bclass\s*=\s*[\"']?[^\"'>]*\bDocPublicationName\b", re.I)
_ARTICLE = re.compile(r"<article\b", re.IGNORECASE)
_END = re.compile(r"</article\s*>", re.IGNORECASE)
# "news·20250115·CV·0q1503_1256056"
_NUMBER = re.compile(r"\b[a-z]{3,12}·\d{8}·[^\s<·]+·[^\s<]+")
_ISSUE = re.compile(r",?\s+(?:no|núm|num|nr|n[º°o])\.?\s*[\w-]*\d[\w-]*$", re.IGNORECASE)
_PAGE = re.compile(r"(?:^|[\s,])(?:pp?|págs?|pgs?|s)\.\s*(\S.*)$", re.IGNORECASE)
_MOST_AUTHOR = 120  # characters
_MOST_LABEL = 30
_SENTENCE_END = tuple('.!?…»”"')


def is_export(document: Document) -> bool:
    """Whether papers stand in elements of Europresse's own class."""
    return bool(_PAPER.search(document.text))


def read(document: Document) -> Export:
    """The articles. The day is that of the header, never that on which the export was issued, nor
    that in the number, which is often the next."""
    return Export(tuple(filter(None, map(_article, _parts(document.text)))))


_TODAY = re.compile(r"<article\b[^>]*>(?=\s*<header\b)", re.IGNORECASE)
EUROPRESSE = Provider("Europresse", ("html",), is_export, read, (_TODAY, _PAPER))


def _parts(markup: str) -> Iterator[HtmlElement]:
    """The tree of each article by itself: what is closed once too often, or never, harms no
    other."""
    today = [found.start() for found in _ARTICLE.finditer(markup)]
    ends = [found.end() for found in _END.finditer(markup)]
    papers = [found.start() for found in _PAPER.finditer(markup)]
    if today:  # those that stand outside are of the old layout
        last = max(ends[-1] if ends else 0, today[-1])
        papers = [at for at in papers if at < today[0] or (ends and at > last)]
    starts = sorted(today + papers)
    for start, end in zip(starts, [*starts[1:], len(markup)], strict=True):
        data = markup[start:end].replace("\0", "").encode(errors="replace")
        tree = parse_html(data)
        if tree is not None:
            yield tree


def _article(part: HtmlElement) -> PressArticle | None:
    """The article that `part` holds; None if there is neither a title nor a text."""
    title = next(iter(_of_class(part, "titreArticleVisu", "TitreArticleVisu")), None)
    today = next(part.iter("header"), None)
    setting = _setting_of_today(today) if today is not None else _setting_of_old(title)
    header = _header(part, today)
    number = _NUMBER.search(part.text_content())
    paragraphs = _body_of_today(part) if today is not None else _body_of_old(title)
    paper = _line(_of_class(part, "DocPublicationName")[:1])
    heading = _line(setting.titles)
    if not heading and not paragraphs:
        return None
    return PressArticle(
        heading,
        tuple(paragraphs),
        number[0] if number else "",
        subtitle=_line(setting.subtitles),
        paper=_ISSUE.sub("", paper),
        section=header.section,
        page=header.page,
        authors=setting.authors,
        day=header.dated.day if header.dated else None,
        hour=header.dated.hour if header.dated else "",
        captions=tuple(_captions(part)),
    )


@dataclass(frozen=True)
class _Header:
    """What stands beside the day: "Communication, mardi 14 mars 2006, p. 16"."""

    dated: Dated | None = None
    section: str = ""
    page: str = ""


def _header(part: HtmlElement, today: HtmlElement | None) -> _Header:
    said = " ".join("".join(e.text_content() for e in _of_class(part, "DocHeader")).split())
    dated = find_date(said)
    if dated is None and today is not None:  # the class may lack
        spans = (" ".join(e.text_content().split()) for e in today.iter("span"))
        said = next((each for each in spans if find_date(each)), said)
        dated = find_date(said)
    if dated is None:
        return _Header()
    page = _PAGE.search(said[dated.end :])
    return _Header(dated, said[: dated.start].strip(" ,;"), page[1].strip() if page else "")


@dataclass(frozen=True)
class _Setting:
    """What stands around the text. A line above the title counts as subtitle."""

    titles: list[HtmlElement]
    subtitles: list[HtmlElement]
    authors: tuple[str, ...] = ()


def _setting_of_today(header: HtmlElement) -> _Setting:
    titles = [e for e in _of_class(header, "titreArticleVisu") if not _has(e, "rdp__subtitle")]
    block = next(iter(_of_class(header, "titreArticle")), None)
    if block is None:
        return _Setting(titles, _of_class(header, "rdp__subtitle"), _names(header))
    beside = [e for e in block.iter("p") if e not in titles]
    bare = [e for e in block.itersiblings("div", preceding=True) if _is_bare(e)]
    after = [e for e in block.itersiblings("div", "p") if _is_bare(e) or _is_author(e)]
    names = _names(header) or tuple(filter(_may_be_author, (_line([e]) for e in after)))
    return _Setting(titles or [block], (beside or bare) if titles else [], names)


def _names(header: HtmlElement) -> tuple[str, ...]:
    return tuple(filter(None, (_line([e]) for e in _of_class(header, "docAuthors"))))


def _is_bare(element: HtmlElement) -> bool:
    return not element.get("class") and next(element.iter("span", "img"), None) is None


def _is_author(element: HtmlElement) -> bool:
    return element.tag == "p" and _has(element, "sm-margin-bottomNews")


def _may_be_author(written: str) -> bool:
    return 0 < len(written) <= _MOST_AUTHOR and not written.endswith(_SENTENCE_END)


def _setting_of_old(title: HtmlElement | None) -> _Setting:
    """The same of the old layout, where only line breaks show what is what."""
    if title is None:
        return _Setting([], [])
    subtitle = title.makeelement("p")
    for above in title.itersiblings(preceding=True):
        if above.tag != "br" or (above.tail or "").strip():
            subtitle.text = above.tail if above.tag == "br" else None
            break
    return _Setting([title], [subtitle], _author_of_old(title))


def _author_of_old(title: HtmlElement) -> tuple[str, ...]:
    """The first line below the title, where a line break closes it, and not a paragraph."""
    for below in title.itersiblings():
        if below.tag != "br":
            return ()
        if written := " ".join((below.tail or "").split()):
            closed = below.getnext()
            alone = closed is not None and closed.tag == "br" and not (closed.tail or "").strip()
            return (written,) if alone and _may_be_author(written) else ()
    return ()


def _body_of_today(part: HtmlElement) -> list[str]:
    bodies = list(part.iter("section")) or _of_class(part, "docOcurrContainer", "DocText")
    outer = [e for e in bodies if not any(each in bodies for each in e.iterancestors())]
    return [text for each in outer for text in _paragraphs(each)]


def _body_of_old(title: HtmlElement | None) -> list[str]:
    if title is None:
        return []
    markup = "".join(etree.tostring(e, encoding="unicode") for e in title.itersiblings())
    found = []
    for text in html_text(f"<div>{title.tail or ''}{markup}</div>").split("\n\n"):
        if text.startswith("©") or _NUMBER.search(text):
            break  # whose it is, and the certificate
        found.append(text)
    found = list(filter(None, found))
    return found[1:] if found[:1] == list(_author_of_old(title)) else found


def _captions(part: HtmlElement) -> Iterator[str]:
    """What stands beside the text, without "Illustration(s) :" and its like."""
    for aside in part.iter("aside"):
        for text in _paragraphs(aside):
            if not (text.endswith(":") and len(text) <= _MOST_LABEL):
                yield text


def _of_class(part: HtmlElement, *names: str) -> list[HtmlElement]:
    return [e for e in part.iter(etree.Element) if any(_has(e, name) for name in names)]


def _has(element: HtmlElement, name: str) -> bool:
    return name in (element.get("class") or "").split()


def _line(elements: Iterable[HtmlElement]) -> str:
    return " ".join(text for each in elements for text in _paragraphs(each))


def _paragraphs(element: HtmlElement) -> list[str]:
    text = html_text(etree.tostring(element, encoding="unicode", with_tail=False))
    return [" ".join(each.split()) for each in text.split("\n\n") if each.strip()]
