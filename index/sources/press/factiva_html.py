"""Web pages of Factiva: plain, and with the fields in a table."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from hemeroteca.index.sources.press.article import Export, PressArticle
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.factiva import (
    NUMBER,
    by_code,
    by_place,
    count_at,
    is_code,
    last_line,
    without_links,
)
from hemeroteca.index.sources.press.provider import Provider

_MARKS = re.compile(
    r"class=[\"'](?:articleParagraph\b|article\s+[a-z]{2,4}Article\b)"
    r"|<td[^>]*class=[\"']index[\"'][^>]*>(?:\s|<(?:p|br ?/?)>)*<b>\s*(?:HD|AN|LP)\s*</b>"
)
_TITLED = re.compile(r"<title>\s*Factiva\s*</title>", re.IGNORECASE)
_ARTICLE = re.compile(r"([a-z]{2})[a-z]{0,2}Article")
_HEADLINE = re.compile(r"[a-z]{2,4}Headline")
_BLOCKS = frozenset(("div", "p", "table", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "blockquote"))
_PARTS = frozenset(("pre", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"))
_PLACE = re.compile(r"^\d+\) ")
_BREAK = "\ue000"  # of private use: no text has it


def is_export(document: Document) -> bool:
    if _TITLED.search(document.text):
        return True
    return "rticle" in document.text and bool(_MARKS.search(document.text))


def read(document: Document) -> Export:
    found: list[PressArticle] = []
    for piece in _pieces(document.page):
        article = piece.article()
        if article:
            found.append(article)
    return Export(tuple(found))


class _Piece:
    """What was found of an article so far, in the order of the page."""

    def __init__(self, language: str | None, number: str) -> None:
        self.language, self.number = language, number
        self.section = self.title = self.author = ""
        self.fields: list[str] = []
        self.coded: dict[str, list[str]] = {}
        self.paragraphs: list[str] = []
        self._unsure: list[str] = []  # text, if more of it follows, else the publisher's name

    def add(self, paragraph: str) -> None:
        self.paragraphs += filter(None, (*self._unsure, paragraph))
        self._unsure = []

    def add_unsure(self, text: str) -> None:
        if self.paragraphs:
            self._unsure.append(text)

    def add_field(self, text: str) -> None:
        if text and not self.paragraphs:
            if self.title:
                self.fields.append(text)
            else:
                self.section = f"{self.section}; {text}" if self.section else text

    def article(self) -> PressArticle | None:
        if self.coded:
            article = by_code(self.coded)
            return article if article.title or article.paragraphs else None
        if not self.title and not self.paragraphs:
            return None
        article = PressArticle(
            title=self.title,
            paragraphs=tuple(filter(None, map(without_links, self.paragraphs))),
            accession=self.number,
            section=self.section,
            language=self.language,
        )
        count = count_at(self.fields)
        return article if count is None else by_place(article, self.fields, count)


def _pieces(page: HtmlElement) -> Iterator[_Piece]:
    piece: _Piece | None = None
    number = ""
    done: set[HtmlElement] = set()  # elements whose text was taken as a whole
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        classes = (element.get("class") or "").split()
        identity = element.get("id") or ""
        if identity.startswith("article-") and (found := NUMBER.search(identity)):
            number = found[0]
        begun = next(filter(None, map(_ARTICLE.fullmatch, classes)), None)
        if begun:
            if piece:
                yield piece
            piece, number = _Piece(begun[1], number), ""
        if piece is None or any(outer in done for outer in element.iterancestors()):
            continue
        headline = identity == "hd" or any(map(_HEADLINE.fullmatch, classes))
        cells = element.findall("td") if element.tag == "tr" else []
        code = _text(cells[0]) if len(cells) == 2 else ""
        if is_code(code):
            done.add(element)
            if code in piece.coded and code in ("HD", "AN"):
                yield piece
                piece = _Piece(piece.language, "")
            piece.coded.setdefault(code, []).extend(_paragraphs(cells[1]))
        elif piece.coded:
            continue
        elif headline and not piece.title:
            done.add(element)
            piece.title = _title(element)
        elif "articleParagraph" in classes:
            done.add(element)
            for paragraph in _paragraphs(element):
                piece.add(paragraph)
        elif element.tag == "p":
            text = _text(element)
            if last := last_line(text):
                piece.number = piece.number or last
                yield piece
                piece = None
            elif text and not any(child.tag in _BLOCKS for child in element):
                piece.add_unsure(text)
        elif element.tag == "div" and not any(child.tag in _BLOCKS for child in element):
            done.add(element)
            piece.add_field(_text(element))
        elif element.tag in _PARTS and piece.paragraphs and not _holds_paragraphs(element):
            done.add(element)
            piece.add_unsure(_text(element))
    if piece:
        yield piece


def _title(element: HtmlElement) -> str:
    """The headline, without its place in a list of those that were counted."""
    title = _text(element)
    counted = any("counted" in (each.get("class") or "").split() for each in element.iter())
    return _PLACE.sub("", title) if counted else title


def _holds_paragraphs(element: HtmlElement) -> bool:
    return any("articleParagraph" in (each.get("class") or "") for each in element.iter())


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _paragraphs(element: HtmlElement) -> list[str]:
    """The paragraphs in `element`: those marked as such, else what breaks part."""
    marked = [each for each in element.iter("p") if each is not element]
    if marked:
        return [text for each in marked if (text := _text(each))]
    for br in element.iter("br"):
        br.tail = _BREAK + (br.tail or "")
    lines = "".join(element.itertext()).split(_BREAK)
    return [text for line in lines if (text := " ".join(line.split()))]


_BEGINS = re.compile(r"<div[^>]*\bclass=[\"']article\s+[a-z]{2,4}Article\b")
FACTIVA_HTML = Provider("Factiva", ("html",), is_export, read, (_BEGINS,))
