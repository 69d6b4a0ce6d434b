"""Web pages, as HTML or as the web archive (MHTML) that browsers save."""

import base64
import email
import email.policy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from email.message import Message
from functools import partial
from itertools import count, islice
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urljoin

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.describe import host_of
from hemeroteca.index.sources.encoding import decode
from hemeroteca.index.sources.extract import MAX_ARTICLE_BYTES, Extract
from hemeroteca.index.sources.formats.page_facts import (
    page_day,
    page_publication,
    page_subtitle,
    page_title,
)
from hemeroteca.index.sources.formats.page_pictures import (
    INSIDE,
    Where,
    page_pictures,
    saved_beside,
)
from hemeroteca.index.sources.formats.page_tree import join_pieces, keep_captions, keep_times
from hemeroteca.index.sources.html_tree import parse_html
from hemeroteca.index.sources.markup import part_raised_numbers
from hemeroteca.index.sources.saved_page import UNDATED, saved_from

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.I
)
_HEAD_BYTES = 4_096
# How XML begins in UTF-16 without a mark.
_WIDE = {"<?".encode(encoding): encoding for encoding in ("utf-16-le", "utf-16-be")}
_INSIDE = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;[\w.=-]+)*;base64,[\w+/=%-]*")
_PROGRAMS = re.compile(
    r"<style\b.*?</style>|<svg\b.*?</svg>|<script\b(?![^>]{0,200}ld\+json).*?</script>",
    re.DOTALL | re.IGNORECASE,
)
_RULE = re.compile(r"\|(?:-+\|)+")  # below the names of a table's columns
_LARGE = 1_000_000
# What browsers call the folder of pictures and scripts beside a page that they save.
_FOLDERS = ("_files", "_archivos", "_arquivos", "_fichiers", "-Dateien", "_bestanden", "_file")


def read_page(stream: BinaryIO) -> Iterator[Extract]:
    """The one article: the page's text proper without menus and advertisements, and its title
    and date. Raises ArticleError if there is none."""
    yield read_markup(decode_page(stream.read()))


def decode_page(data: bytes, declared: str | None = None) -> str:
    """The text of a page or of a part of one: in the encoding that it was sent with, else in the
    one that it names itself. Raises ArticleError if none can be told."""
    if data[:4] in _WIDE:
        return data.decode(_WIDE[data[:4]], errors="replace")
    match = _CHARSET.search(data[:_HEAD_BYTES])
    return decode(data, declared or (match[1].decode("ascii") if match else None))


def read_web_archive(stream: BinaryIO) -> Iterator[Extract]:
    """The same of the first page in a web archive."""
    message = email.message_from_binary_file(stream, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            data = part.get_payload(decode=True)
            assert isinstance(data, bytes)
            packed = _packed_beside(message)
            page = str(part.get("Content-Location", "")).strip()
            markup = decode_page(data, part.get_content_charset())
            yield read_markup(markup, partial(_packed_at, packed, page))
            return
    raise ArticleError("holds no web page")


def _packed_beside(message: Message) -> dict[str, str]:
    """Where the pictures of a page lie that is packed as mail is, by their addresses."""
    found: dict[str, str] = {}
    for number, part in enumerate(message.walk()):
        if part.get_content_maintype() == "image":
            name = str(part.get("Content-ID", "")).strip().strip("<>")
            for address in (str(part.get("Content-Location", "")).strip(), f"cid:{name}"):
                found.setdefault(address, f"inside {number}")
    return found


def _packed_at(packed: Mapping[str, str], page: str, address: str) -> str:
    return packed.get(address) or packed.get(urljoin(page, address), "")


def read_markup(markup: str, where: Where = saved_beside) -> Extract:
    """The article of a page, whose pictures lie `where` that says. Raises ArticleError if there is
    none."""
    page = tree_of(markup)
    if page is None:
        raise ArticleError("has no article: no text was found among menus and scripts")
    saved = saved_from(markup)
    found = article_in(page, where)
    return found if saved is None else _as_saved(found, *saved)


def _as_saved(found: Extract, address: str, day: date | None) -> Extract:
    """The article of a page that SingleFile saved from `address` on that `day`."""
    known = found.publication
    known = replace(known, url=address or known.url, paper=known.paper or host_of(address))
    notes = found.notes
    if day and not found.day:
        notes += (UNDATED,)
    return replace(found, day=found.day or day, notes=notes, publication=known)


def tree_of(markup: str) -> "HtmlElement | None":
    """The page as a tree; None if there is nothing in it. Raises ArticleError if it is too large or
    cannot be read whole."""
    from trafilatura.utils import repair_faulty_html

    markup = _without_pictures(markup)
    if len(markup) > MAX_ARTICLE_BYTES:
        raise ArticleError(
            "has {characters:,} characters; a page may have {most:,}",
            characters=len(markup),
            most=MAX_ARTICLE_BYTES,
        )
    return parse_html(repair_faulty_html(markup, markup[:50].lower()).encode(errors="replace"))


def article_in(page: "HtmlElement", where: Where) -> Extract:
    """The article of the page, whose tree is changed and whose pictures lie `where` that says.
    Raises ArticleError if there is none."""
    pictures = page_pictures(page, where)
    part_raised_numbers(page)
    keep_times(page)
    keep_captions(page)
    text = _text(page)
    if join_pieces(page):
        text = max(text, _text(page), key=len)
    if not text:
        raise ArticleError("has no article: no text was found among menus and scripts")
    return Extract(
        text,
        title=page_title(page),
        day=page_day(page, text),
        subtitle=page_subtitle(page),
        publication=page_publication(page, text),
        pictures=pictures,
    )


def _text(page: "HtmlElement") -> str:
    """The text proper, a paragraph a block; "" if none was found."""
    from trafilatura import bare_extraction

    found = bare_extraction(page, include_comments=False)
    if found is None or isinstance(found, dict) or not found.text:
        return ""
    lines = (line.strip() for line in found.text.splitlines())
    return "\n\n".join(line for line in lines if line and not _RULE.fullmatch(line))


def _without_pictures(markup: str) -> str:
    """The page without what was saved inside it: pictures and fonts, of which the number stands in
    their place; of a page that is still large, without its styles and programs."""
    if "base64," in markup:
        number = count()
        markup = _INSIDE.sub(lambda _: f"{INSIDE}{next(number)}", markup)
    return _PROGRAMS.sub("", markup) if len(markup) > _LARGE else markup


def packed_inside(markup: str, number: int) -> bytes:
    """What was saved inside a page as its number `number`, from 0. Raises KeyError if there is
    none, ValueError if it is damaged."""
    found = next(islice(_INSIDE.finditer(markup), number, None), None)
    if found is None:
        raise KeyError(number)
    return base64.b64decode(unquote(found[0].partition("base64,")[2]))


def page_folders(names: Iterable[str]) -> set[str]:
    """The folders that belong to those of the files `names` that are saved pages."""
    split = (name.rpartition(".") for name in names)
    stems = [stem for stem, _, suffix in split if suffix.lower() in ("html", "htm", "xhtml")]
    return {stem + end for stem in stems if stem for end in _FOLDERS}
