"""EPUB books and periodicals: each of their documents is an article."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import BinaryIO
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from lxml import etree, html

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.containers import open_container
from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.describe import authors_of, web_address
from hemeroteca.index.sources.extract import MAX_ARTICLE_BYTES, Extract, Rejected, stable_key
from hemeroteca.index.sources.formats.page_pictures import page_pictures
from hemeroteca.index.sources.formats.webpage import decode_page
from hemeroteca.index.sources.html_tree import parse_html
from hemeroteca.index.sources.markup import html_text
from hemeroteca.index.sources.records import undated

_CONTAINER = "META-INF/container.xml"
_HEADINGS = ("h1", "h2", "h3")
# What leads to other documents, and what marks a place in a printed edition or a note.
_AIDS = frozenset(
    {"toc", "landmarks", "page-list", "pagebreak", "pagelist", "noteref", "index", "lot", "loi"}
)
_PROLOG = re.compile(r"\s*\ufeff?\s*<\?xml[^>]*\?>|\ufeff")
_BAR = re.compile(r"\b\w*nav_?bar\b")
_FEED_LIST = re.compile(r"\bcalibre_feed_(?:list|title)\b")
_INDEX_SHARE = 0.5  # of a list of contents is in links
_SHORTEST_CHARACTERS = 80  # of a paragraph that says something itself
_ISSUE = re.compile(r"\s*\[[^\[\]]*\d{4}\]$")  # the day, behind a paper's name as Calibre writes it
_NO_DATE = "0101"  # as Calibre writes it
_EVENTS = ("original-publication", "publication", "", "creation")


def read_epub(stream: BinaryIO) -> Iterator[Extract | Rejected]:
    """The documents in reading order, each with its first heading for a title and the day that the
    list of contents says, else the book's; without those lists, bars of links and page numbers.
    Raises ArticleError if the container or its contents cannot be understood."""
    with open_container(stream) as container:
        package_path, package = _package(container)
        dated = _date(package)
        book = _publication(package)
        listed: dict[str, str] = {}
        for path in _spine(package_path, package):
            try:
                page = _read(container, path)
                if _is_list_of_contents(page):
                    listed |= _listed_days(page, posixpath.dirname(path))
                    continue
                for aid in [element for element in page.iter() if _is_aid(element)]:
                    _remove(aid)
                text, title = _text(page), _heading(page)
                shown = page_pictures(page, partial(_where, container, posixpath.dirname(path)))
            except ArticleError as error:
                yield Rejected(path, error.message, stable_key(path, ""))
                continue
            if text:  # a cover is a picture
                key = stable_key(path, text)
                written = listed.get(path, "")
                day = parse_date(written, text) or dated.day
                unread = written or dated.written
                notes = (undated(unread),) if unread and day is None else ()
                yield Extract(
                    text, key, title, day, where=path, notes=notes, publication=book, pictures=shown
                )


def _where(container: zipfile.ZipFile, folder: str, address: str) -> str:
    """Where the picture of the book lies that a document in `folder` shows."""
    path = posixpath.normpath(posixpath.join(folder, unquote(address)))
    return f"in {path}" if path in container.NameToInfo else ""


def _read(container: zipfile.ZipFile, path: str) -> etree._Element:
    """A document, its names without their namespace. Raises ArticleError with the reason if it
    cannot be read."""
    try:
        size = container.getinfo(path).file_size
        if size > MAX_ARTICLE_BYTES:
            raise ArticleError("has {megabytes:.1f} MB", megabytes=size / 1e6)
        markup = container.read(path)
    except KeyError as error:
        raise ArticleError("is listed and is not there") from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise ArticleError("cannot be unpacked ({reason})", reason=str(error)) from error
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    data = _PROLOG.sub("", decode_page(markup), count=1).encode(errors="replace")
    try:
        page = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # as browsers read it, then
        tree = parse_html(data)
        return html.Element("html") if tree is None else tree
    for element in page.iter("*"):
        element.tag = element.tag.rpartition("}")[2]
    return page


def _text(element: etree._Element) -> str:
    return html_text(etree.tostring(element, method="html", encoding="unicode", with_tail=False))


def _is_aid(element: etree._Element) -> bool:
    if element.tag == "nav" or _BAR.search(element.get("class", "")):
        return True
    kinds = element.get("{http://www.idpf.org/2007/ops}type", element.get("epub:type", ""))
    kinds = f"{kinds} {element.get('role', '').replace('doc-', '')}"
    return element.tag != "body" and not _AIDS.isdisjoint(kinds.split())


def _remove(element: etree._Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _is_list_of_contents(page: etree._Element) -> bool:
    """Whether it leads to other documents and says nothing itself."""
    if any(_FEED_LIST.search(element.get("class", "")) for element in page.iter("ul", "h2")):
        return True
    links = [link for link in page.iter("a") if _target(link) and _text(link)]
    paragraphs = _text(page).split("\n\n")
    linked = sum(len(_text(link)) for link in links)
    return (
        len(links) > 1
        and linked >= _INDEX_SHARE * sum(map(len, paragraphs))
        and not any(
            len(paragraph) > _SHORTEST_CHARACTERS
            and not any(_text(link) in paragraph for link in links)
            for paragraph in paragraphs
        )
    )


def _target(link: etree._Element) -> str:
    """The document of the book that a link leads to; "" if to none, or to a place in its own."""
    target = link.get("href", "").partition("#")[0]
    return "" if ":" in target else unquote(target)


def _listed_days(page: etree._Element, folder: str) -> dict[str, str]:
    """The days in a list of contents, as written there, by the documents that it lists."""
    days = {}
    for entry in page.iter("li"):
        link = next((link for link in entry.iter("a") if _target(link)), None)
        written = next((e for e in entry.iter("span") if "date" in e.get("class", "")), None)
        if link is not None and written is not None:
            path = posixpath.normpath(posixpath.join(folder, _target(link)))
            days[path] = _text(written)
    return days


def _package(container: zipfile.ZipFile) -> tuple[str, Element]:
    try:
        rootfile = _find(_parse(container, _CONTAINER), "rootfile")
        path = rootfile.get("full-path", "") if rootfile is not None else ""
        return path, _parse(container, path)
    except KeyError as error:
        raise ArticleError("is no EPUB ({reason})", reason=str(error.args[0])) from error


def _parse(container: zipfile.ZipFile, path: str) -> Element:
    if container.getinfo(path).file_size > MAX_ARTICLE_BYTES:
        raise ArticleError("is no EPUB ({path} is too large)", path=path)
    root: Element = ElementTree.fromstring(container.read(path))
    return root


def _find(root: Element, name: str) -> Element | None:
    return root.find(f".//{{*}}{name}")


def _spine(package_path: str, package: Element) -> Iterator[str]:
    """The paths of the documents to be read one after the other, without tables of contents."""
    folder = posixpath.dirname(package_path)
    paths = {
        item.get("id"): posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in package.findall(".//{*}manifest/{*}item")
        if "html" in item.get("media-type", "") and "nav" not in item.get("properties", "").split()
    }
    for reference in package.findall(".//{*}spine/{*}itemref"):
        path = paths.pop(reference.get("idref"), None)
        if path is not None:
            yield path


@dataclass(frozen=True)
class _Date:
    """A book's date as written, and the day that it names, if that can be read."""

    written: str = ""
    day: date | None = None


def _date(package: Element) -> _Date:
    """That of publication, else of creation; one that cannot be read, if there is no other."""
    dates: dict[str, _Date] = {}
    unread = _Date()
    for element in package.iterfind(".//{*}date"):
        event = next((v for name, v in element.items() if name.endswith("event")), "")
        written = (element.text or "").strip()
        if day := parse_date(written):
            dates.setdefault(event, _Date(written, day))
        elif not written.startswith(_NO_DATE):
            unread = _Date(written)
    return next((dates[event] for event in _EVENTS if event in dates), unread)


def _publication(package: Element) -> Publication:
    """That of the book or issue, of which its articles are."""

    def said(name: str) -> list[str]:
        found = (
            element.text or "" for element in package.iterfind(f".//{{*}}metadata/{{*}}{name}")
        )
        return [text for text in map(str.strip, found) if text]

    return Publication(
        paper=_ISSUE.sub("", next(iter(said("title")), "")),
        authors=tuple(name for written in said("creator") for name in authors_of(written)),
        url=next(iter(filter(None, map(web_address, said("source")))), ""),
    )


def _heading(page: etree._Element) -> str | None:
    headings = (" ".join(_text(element).split()) for element in page.iter(*_HEADINGS))
    return next(filter(None, headings), None)
