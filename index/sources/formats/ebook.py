"""EPUB books and periodicals: each of their documents is an article."""

import posixpath
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.containers import open_container
from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.extract import MAX_ARTICLE_BYTES, Extract, Rejected, stable_key
from hemeroteca.index.sources.markup import html_text

_CONTAINER = "META-INF/container.xml"
_HEADINGS = frozenset({"h1", "h2", "h3"})


def read_epub(stream: BinaryIO) -> Iterator[Extract | Rejected]:
    """The documents in reading order, each with its first heading for a title and the book's
    date. Raises ArticleError if the container or its contents cannot be understood."""
    with open_container(stream) as container:
        package_path, package = _package(container)
        day = _day(package)
        for path in _spine(package_path, package):
            try:
                size = container.getinfo(path).file_size
                if size > MAX_ARTICLE_BYTES:
                    yield Rejected(path, Message("has {megabytes:.1f} MB", megabytes=size / 1e6))
                    continue
                markup = container.read(path)
            except KeyError:
                yield Rejected(path, Message("is listed and is not there"))
                continue
            text = html_text(markup)
            if text:  # a cover is a picture
                yield Extract(text, stable_key(path, text), _heading(markup), day, where=path)


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


def _day(package: Element) -> date | None:
    element = _find(package, "date")
    return parse_date(element.text or "") if element is not None else None


def _heading(markup: bytes) -> str | None:
    from lxml import html

    root = html.document_fromstring(markup, parser=html.HTMLParser(encoding="utf-8"))
    for element in root.iter(*_HEADINGS):
        heading = " ".join(element.text_content().split())
        if heading:
            return heading
    return None
