"""What a web page says of itself: its title and the day on which it was published."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from html import unescape
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.dates import parse_date, parse_hour
from hemeroteca.index.sources.describe import authors_of, name_of, web_address

# The names under which pages say it, the surest first; those behind it may mean the last change.
_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time",
    "og:published_time", "og:pubdate", "og:publish_date", "rnews:datepublished", "datepublished",
    "publish_date", "publish-date", "publishdate", "published_date", "published-date", "published",
    "publication_date", "publicationdate", "publication-date", "pubdate", "pub_date",
    "article.published", "article_date_original", "articlepublicationdate",
    "cxenseparse:recs:publishtime", "sailthru.date", "parsely-pub-date",
    "citation_publication_date", "citation_date",
    "dc.date.issued", "dcterms.issued", "dc.issued", "dcterms.created", "dc.date.created",
    "dc.created", "date.issued", "datecreated", "originalpublicationdate", "ptime", "displaydate",
    "fecha", "fechapublicacion",
)  # fmt: skip
_VAGUE = ("date", "dc.date", "dcterms.date", "bt:pubdate", "og:date", "created", "search_date")
_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "last-modified",
    "lastmod", "dcterms.modified", "dc.date.modified", "modified", "revised", "article:modified",
)  # fmt: skip
_PAPERS = ("og:site_name", "citation_journal_title", "application-name", "dc.publisher",
           "dcterms.publisher", "publisher")  # fmt: skip
_AUTHORS = ("author", "article:author", "byl", "citation_author", "dc.creator", "dcterms.creator",
            "parsely-author", "sailthru.author", "cxenseparse:author")  # fmt: skip
_SECTIONS = ("article:section", "section", "parsely-section", "cxenseparse:recs:category",
             "cg", "subject", "category")  # fmt: skip
_PAGES = ("pagination", "printPage", "pageStart")  # of linked data
_BYLINE = 300
_ARTICLE = re.compile(r"Article|Posting|Report|Review|Opinion|Analysis", re.IGNORECASE)
_PUBLICATION = re.compile(r"publi|entry-date|pubdate|fecha|posted", re.IGNORECASE)
_DATED = re.compile(r"(?:^|[\s_-])(?:date|fecha|data|datum|published|pubdate)(?:$|[\s_-])", re.I)
_PLACE = r"(?:[^\W\d_][^\d,.:;]{1,30}[,.:–—-]{1,2}\s*)?(?:an?\s|el\s)?\s*"
_DATELINE = re.compile(
    rf"{_PLACE}(?:[^\W\d_]{{3,12}}\s)?"
    r"(?:\d{1,2}(?:\.?[ºª°]|st|nd|rd|th|er|\.)?\s(?:de\s|d['’]\s?)?[^\W\d_]{3,12}\.?,?"
    r"|[^\W\d_]{3,12}\s\d{1,2}(?:st|nd|rd|th)?,)\s(?:del?\s)?\d{4}\.?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[^\d,:]{3,30}:\s*")  # "Publicado:"
_BESIDE = frozenset({"aside", "nav", "footer"})
_LONGEST = 60
_MOST_SHOWN = 5  # each may take some milliseconds
_IN_ADDRESS = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
# Programs write these for no date: .NET, MySQL, Unix, Calibre.
_EARLIEST = 1400
_EPOCH = "1970-01-01T00:00:00"
_MIN_DATE = f"{_EARLIEST}-01-01"
_WRAPPED = re.compile(  # from programs of other days
    r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*$"
)


def page_title(page: HtmlElement) -> str | None:
    """The headline that a page states, else the one that it shows."""
    from trafilatura.metadata import examine_meta, extract_title

    title = examine_meta(page).title
    if not title and len(page.findall(".//h1")) != 1:
        title = next(_strings(_articles(page), "headline"), None)
    title = title or extract_title(page)
    return " ".join(unescape(title).split()) if title else None


def page_day(page: HtmlElement, text: str) -> date | None:
    """The day on which a page says that it was published, else created, else what it shows as a
    date, else when it was changed. `text` is the article, in whose language dates are written."""
    said = _meta(page)
    objects = _articles(page)
    stated = [
        *_values(said, _PUBLISHED),
        *_strings(objects, "datePublished"),
        *_elements(page, _is_publication),
        *_values(said, _VAGUE),
        *_strings(objects, "dateCreated"),
        *_strings(objects, "uploadDate"),
    ]
    for number, written in enumerate(stated):
        day = _parsed(written, text)
        if day:
            return _local(written, [*stated[number + 1 :], *_address_day(page)]) or day
    return _shown(page, text) or next(
        filter(
            None,
            (
                _parsed(written, text)
                for written in (*_strings(objects, "dateModified"), *_values(said, _MODIFIED))
            ),
        ),
        None,
    )


def page_subtitle(page: HtmlElement) -> str:
    """The line below the headline that a page states as such."""
    return next(_strings(_articles(page), "alternativeHeadline"), "")


def page_publication(page: HtmlElement, text: str) -> Publication:
    """What a page says of its paper, its authors and so on: in linked data, else in its meta
    tags, else as it shows it."""
    said, objects = _meta(page), _articles(page)
    articles = [each for each in objects if _ARTICLE.search(str(each.get("@type")))]
    changed = (*_strings(objects, "dateModified"), *_values(said, _MODIFIED))
    days = filter(None, (_parsed(written, text) for written in changed))
    stated = (*_values(said, _PUBLISHED), *_strings(objects, "datePublished"))
    return Publication(
        paper=_first(
            *_values(said, _PAPERS), *_named(articles, "publisher"), *_named(articles, "isPartOf")
        ),
        authors=next(filter(None, map(authors_of, _bylines(page, said, articles))), ()),
        section=_first(*_named(articles, "articleSection"), *_values(said, _SECTIONS)),
        url=_first(*_canonical(page), *map(web_address, _values(said, ("og:url",)))),
        edition=_first(*_named(articles, "printEdition")),
        page=_first(*(page for name in _PAGES for page in _named(articles, name))),
        hour=next(filter(None, map(parse_hour, stated)), ""),
        changed=next((day.isoformat() for day in days), ""),
    )


def _bylines(
    page: HtmlElement, said: dict[str, str], articles: list[dict[str, Any]]
) -> Iterator[object]:
    """Where a page may name its authors, the surest first."""
    for each in articles:
        yield each.get("author") or each.get("creator")
    yield from _values(said, _AUTHORS)
    for element in page.iter("a", "span", "p", "div", "address"):
        if (element.get("itemprop") == "author" or element.get("rel") == "author") and not any(
            each.tag in _BESIDE for each in element.iterancestors()
        ):
            name = element.find(".//*[@itemprop='name']")
            yield " ".join((element if name is None else name).text_content().split())[:_BYLINE]


def _canonical(page: HtmlElement) -> Iterator[str]:
    for link in page.iter("link"):
        if link.get("rel") == "canonical":
            yield web_address(link.get("href", ""))


def _named(objects: Iterable[dict[str, Any]], name: str) -> Iterator[str]:
    values = (each.get(name) for each in objects)
    return (str(value) if type(value) is int else name_of(value) for value in values)


def _first(*found: str) -> str:
    return next(filter(None, found), "")


def _parsed(written: str, text: str) -> date | None:
    day = parse_date(written, text)
    return day if day and day.year >= _EARLIEST and not written.startswith(_EPOCH) else None


def _shown(page: HtmlElement, text: str) -> date | None:
    """The date that a page shows to its readers."""
    from htmldate import find_date

    # Without the wide search: it takes any number of the text for a date.
    found = find_date(page, extensive_search=False, original_date=True, min_date=_MIN_DATE)
    if found:
        return date.fromisoformat(found)
    candidates = [*islice(_elements(page, _is_dated), _MOST_SHOWN), *_datelines(page)]
    return next(filter(None, (_parsed(written, text) for written in candidates)), None)


def _datelines(page: HtmlElement) -> Iterator[str]:
    """The lines above the article's text that name a day, maybe behind a place, and nothing else:
    "Granada, 3 de mayo de 2021"."""
    for element in page.iter("p", "div", "span", "address"):
        if any(each.tag in _BESIDE for each in element.iterancestors()):
            continue
        words = " ".join(element.text_content().split())
        if element.tag == "p" and len(words) > _LONGEST:
            return
        if _DATELINE.fullmatch(words):
            yield words


def _meta(page: HtmlElement) -> dict[str, str]:
    said: dict[str, str] = {}
    for element in page.iter("meta"):
        content = element.get("content") or element.get("datetime")
        if content:
            for key in ("property", "name", "itemprop", "http-equiv"):
                if key in element.attrib:
                    said.setdefault(element.get(key).strip().lower(), content.strip())
    return said


def _values(said: dict[str, str], names: Iterable[str]) -> Iterator[str]:
    return (said[name] for name in names if name in said)


def _articles(page: HtmlElement) -> list[dict[str, Any]]:
    """The objects of linked data (JSON-LD), those within lists and graphs too; articles first."""
    found: list[dict[str, Any]] = []
    for element in page.iter("script"):
        if "ld+json" in element.get("type", "") and element.text:
            try:
                found += _within(json.loads(_WRAPPED.sub("", element.text), strict=False))
            except (ValueError, RecursionError):
                continue  # pages are not sound everywhere
    return sorted(found, key=lambda each: not _ARTICLE.search(str(each.get("@type"))))


def _within(found: object) -> Iterator[dict[str, Any]]:
    stack = [found]
    while stack:
        each = stack.pop()
        if isinstance(each, list):
            stack += reversed(each)
        elif isinstance(each, dict):
            yield each
            stack += [each[name] for name in ("mainEntity", "@graph") if name in each]


def _strings(objects: Iterable[dict[str, Any]], name: str) -> Iterator[str]:
    for each in objects:
        value = each.get(name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and one.strip():
                yield one.strip()


def _elements(page: HtmlElement, is_wanted: Callable[[HtmlElement], bool]) -> Iterator[str]:
    """The dates of elements that stand with the article."""
    for element in page.iter("time", "abbr", "meta", "p", "div", "span"):
        if is_wanted(element) and not any(each.tag in _BESIDE for each in element.iterancestors()):
            for name in ("datetime", "content", "title"):
                if element.get(name):
                    yield element.get(name).strip()
            words = " ".join(element.text_content().split())
            if 0 < len(words) <= _LONGEST:
                yield _LABEL.sub("", words)


def _is_publication(element: HtmlElement) -> bool:
    if element.get("itemprop") == "datePublished" or "pubdate" in element.attrib:
        return True
    if element.tag not in ("time", "abbr") and "datetime" not in element.attrib:
        return False
    return bool(_PUBLICATION.search(element.get("class", "")))


def _is_dated(element: HtmlElement) -> bool:
    if element.tag == "time" or "datetime" in element.attrib:
        return True
    return bool(_DATED.search(element.get("class", "")))


def _address_day(page: HtmlElement) -> Iterator[str]:
    """The day in a page's own address, which outlets write in their own time."""
    for link in page.iter("link"):
        if link.get("rel") == "canonical" and (match := _IN_ADDRESS.search(link.get("href", ""))):
            yield "-".join(part.zfill(2) for part in match.groups())


def _local(written: str, others: Iterable[str]) -> date | None:
    """The outlet's own day, where a moment is written in universal time: that of another value
    which names the same moment in its own zone, or the next or last day in the page's address."""
    moment = _moment(written)
    if moment is None or moment.tzinfo is None or moment.utcoffset():
        return None
    for other in map(_moment, others):
        if other is None:
            continue
        if other.tzinfo is None:
            near = abs(other.date() - moment.date()) <= timedelta(days=1)
        else:
            near = bool(other.utcoffset()) and abs(other - moment) < timedelta(minutes=1)
        if near:
            return other.date()
    return None


def _moment(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None
