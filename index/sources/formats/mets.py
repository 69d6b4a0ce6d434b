"""METS: what a library says of a newspaper's issue, its pages and the articles on them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import BinaryIO
from urllib.parse import unquote

from lxml import etree

from hemeroteca.index.errors import Message
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.describe import web_address
from hemeroteca.index.sources.extract import Rejected
from hemeroteca.index.sources.xml_tree import read_tree, words_of

HEAD = 4_096
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_ASIDE = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_LOGICAL = re.compile(rb"<[^<>]*structMap[^<>]*[Ll](?:OGICAL|ogical)")
_HREF = re.compile(rb"""\bhref\s*=\s*["']([^"'<>]{1,2000}\.(?:xml|alto))["']""", re.IGNORECASE)
# What a logical structure is made of beside articles: what holds them, and what they consist of.
_HOLDERS = frozenset(
    ("newspaper", "periodical", "serial", "year", "month", "day", "volume", "issue", "supplement",
     "edition", "content", "contents", "section", "page", "pages", "set", "group", "object",
     "titlesection", "frontmatter", "backmatter", "completeobject", "physsequence", "multivolume",
     "monograph", "chapter", "part", "appendix", "additional", "")
)  # fmt: skip
_PARTS = frozenset(
    ("heading", "title", "subtitle", "headline", "subheadline", "overline", "author", "byline",
     "body", "bodycontent", "paragraph", "text", "textblock", "illustration", "image", "caption",
     "table", "tablecontent", "insideheading", "illustratedtext", "aside", "motto", "footnote",
     "publishingstmt", "line", "quote", "list", "item", "stanza", "verse", "picture", "graphic",
     "map", "pagearea", "dateline", "continuation", "pagenumber", "header", "footer", "crosshead",
     "subheading", "lead")
)  # fmt: skip
_SUBTITLES = frozenset(("subheadline", "subtitle"))
_PARAGRAPH = frozenset(("paragraph",))
_LETTERS = re.compile(r"[^a-z]+")
_LABEL_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4}")
_PICTURES = frozenset(("illustration", "image", "picture", "graphic", "map", "table"))
_MAX_DEPTH = 60


@dataclass(frozen=True)
class Area:
    """A piece of a page: what lies from `begin` to `end`, ids of its words, lines or blocks; the
    whole page without; `kind` what it is in its article, such as "subheadline". What has the same
    `paragraph` is one."""

    file: str
    begin: str = ""
    end: str = ""
    kind: str = ""
    paragraph: int = 0

    @property
    def is_picture(self) -> bool:
        """Whether it need not have words."""
        return self.kind in _PICTURES


@dataclass(frozen=True)
class Described:
    """An article as the issue describes it, with the areas of its pages in reading order."""

    key: str
    areas: tuple[Area, ...]
    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""


@dataclass
class Issue:
    """An issue: its `articles`, the files of its pages by their ids in reading order, with the
    labels of these pages, and what is said of all of it; `pictures` are the addresses of the other
    files of each page."""

    files: dict[str, str]
    labels: dict[str, str]
    pictures: dict[str, tuple[str, ...]] = field(default_factory=dict)
    articles: list[Described] = field(default_factory=list)
    title: str = ""
    day: date | None = None
    written: str = ""
    publication: Publication = Publication()
    lost: tuple[Rejected, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def pages(self) -> list[str]:
        """The ids of the files of its pages in order: by these they are counted, from 1."""
        wanted = {area.file: "" for article in self.articles for area in article.areas}
        return list({**self.labels, **wanted} or self.files)


def is_mets(head: bytes) -> bool:
    """Whether a file that begins with `head` is METS."""
    root = _ROOT.search(_ASIDE.sub(b"", head.replace(b"\0", b"")))
    return root is not None and root[1].lower() == b"mets"


def named_files(data: bytes) -> list[str]:
    """The addresses of XML files that METS names, as written, each once."""
    found = (unquote(name.decode("utf-8", "replace")) for name in _HREF.findall(data))
    return list(dict.fromkeys(found))


def has_articles(data: bytes) -> bool:
    """Whether METS has a logical structure beside the pages."""
    return _LOGICAL.search(data) is not None


def relative_name(address: str) -> str:
    """What METS calls a file, as a path relative to it: "file://./text/1.xml" is "text/1.xml"; of
    an address of the web its last part."""
    name = address.replace("\\", "/")
    if re.match(r"(?i)(?:https?|ftp)://", name):
        return name.rsplit("/", 1)[-1]
    name = re.sub(r"(?i)^file:(?://)?(?:localhost(?=/))?", "", name)
    while name.startswith("./"):
        name = name[2:]
    return name


def read_issue(stream: BinaryIO) -> Issue:
    """What METS says, without its pages. Raises ArticleError as read_tree."""
    tree = read_tree(stream)
    found = _Reader(tree.root).issue()
    found.lost, found.notes = tree.lost, tree.notes
    return found


class _Reader:
    """METS as a tree, names without namespace."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._said = {each.get("ID", ""): each for each in root.iter("dmdSec")}
        self._texts, self._addresses = self._files()
        named = {each.get("ID", "") for each in root.iter("file")}
        self._other_files = (named | {""}) - self._texts.keys()  # pictures
        maps = list(root.iter("structMap"))
        kinds = [_kind(each.get("TYPE") or each.get("LABEL")) for each in maps]
        logical = [each for each, kind in zip(maps, kinds, strict=True) if "logical" in kind]
        physical = [each for each, kind in zip(maps, kinds, strict=True) if "physical" in kind]
        self._logical = logical or [each for each in maps if each not in physical]
        self._physical = physical or maps
        self._maps = maps
        self._linked = _links(root)
        self._by_id = {each.get("ID", ""): each for each in root.iter("div") if each.get("ID")}
        self._paragraphs = 0

    def _files(self) -> tuple[dict[str, str], dict[str, str]]:
        """The address of each file of text, and of each other one, by its id."""
        texts: dict[str, str] = {}
        others: dict[str, str] = {}
        for each in self._root.iter("file"):
            for location in each.iter("FLocat"):
                address = unquote(_linked(location, "href"))
                is_text = address.lower().endswith((".xml", ".alto"))
                (texts if is_text else others).setdefault(each.get("ID", ""), address)
        return texts, others

    def issue(self) -> Issue:
        pages = list(self._pages())
        labels = {name: label for name, label, _ in pages}
        files = {name: self._texts[name] for name in labels}
        files |= {name: address for name, address in self._texts.items() if name not in files}
        found = Issue(files, labels, {name: pictures for name, _, pictures in pages})
        self._describe(found)
        for each in self._logical:
            for div in each.iterchildren("div"):
                found.articles += self._articles(div, "")
        found.articles = _without_shared(found.articles)
        return found

    def _pages(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """The ids of the files of the pages in their order, each with its page's label and the
        addresses of its other files."""
        number = 0
        seen: set[str] = set()
        for each in self._physical:
            for div in each.iter("div"):
                pointed = (each[0] for p in div.iterchildren("fptr") for each in _pointed(p))
                named = dict.fromkeys(pointed)
                texts = [name for name in named if name in self._texts]
                others = tuple(self._addresses[name] for name in named if name in self._addresses)
                if len(texts) > 1 and self._physical == self._maps:  # an article, over pages
                    for name in texts:
                        number += name not in seen
                        if name not in seen:
                            yield name, str(number), ()
                    seen.update(texts)
                    continue
                number += bool(texts)
                label = div.get("ORDER") or div.get("ORDERLABEL") or str(number)
                yield from ((name, label, others) for name in texts if name not in seen)
                seen.update(texts)
        if self._physical == self._maps:  # nothing says which pages there are: as many as texts
            for name in self._like(seen):
                number += 1
                yield name, str(number), ()

    def _like(self, names: set[str]) -> list[str]:
        """The other files of text in the groups in which those of these `names` are."""
        groups = [
            [each.get("ID", "") for each in group.iterchildren("file")]
            for group in self._root.iter("fileGrp")
        ]
        near = [name for group in groups if names.intersection(group) for name in group]
        return [name for name in near if name in self._texts and name not in names]

    def _articles(self, div: etree._Element, section: str, depth: int = 0) -> list[Described]:
        """The articles in `div`, each before those within it."""
        if depth > _MAX_DEPTH:
            return []
        kind = _kind(div.get("TYPE"))
        within = section
        if kind == "section":
            within = self._title(div) or section
        inner = [
            found
            for each in div.iterchildren("div")
            for found in self._articles(each, within, depth + 1)
        ]
        holds = kind in _HOLDERS and (inner or kind != "section")
        if kind in _PARTS or holds:
            return inner
        areas = tuple(self._areas(div, div, kind))
        return [self._described(div, areas, section), *inner] if areas else inner

    def _areas(
        self, article: etree._Element, div: etree._Element, kind: str, paragraph: int = 0
    ) -> Iterator[Area]:
        """The areas of an article that are those of no other within it."""
        if not paragraph and kind in _PARAGRAPH:
            self._paragraphs += 1
            paragraph = self._paragraphs
        for each in div:
            if each.tag == "fptr":
                self._paragraphs += 1
                for pointed in _pointed(each):
                    if pointed[0] in self._texts or pointed[0] not in self._other_files:
                        yield Area(*pointed, kind, paragraph or self._paragraphs)
            elif each.tag == "div":
                inner = _kind(each.get("TYPE"))
                if inner in _PARTS or (inner in _HOLDERS and inner != "section"):
                    passed = inner if inner in _SUBTITLES or kind not in _SUBTITLES else kind
                    yield from self._areas(article, each, passed, paragraph)
        for target in self._linked.get(div.get("ID", ""), ()):
            physical = self._by_id.get(target)
            if physical is not None and physical is not div:
                yield from self._areas_of_place(physical, kind)

    def _areas_of_place(self, place: etree._Element, kind: str) -> Iterator[Area]:
        """The areas of a place of the physical structure, one paragraph."""
        self._paragraphs += 1
        kind = _kind(place.get("LABEL") or place.get("TYPE")) or kind
        for each in place.iterchildren("fptr"):
            for file, begin, end in _pointed(each):
                if file in self._texts:
                    yield Area(file, begin, end, kind, self._paragraphs)

    def _described(self, div: etree._Element, areas: tuple[Area, ...], section: str) -> Described:
        said = self._sections(div)
        authors = [
            " ".join(filter(None, (words_of(part) for part in _name_parts(name))))
            for each in said
            for name in each.iter("name")
            if name.get("type") != "corporate"
        ]
        return Described(
            div.get("DMDID") or div.get("ID") or "",
            areas,
            self._title(div),
            next((words_of(e) for s in said for e in s.iter("subTitle") if words_of(e)), ""),
            tuple(dict.fromkeys(filter(None, authors))),
            section,
        )

    def _sections(self, div: etree._Element) -> list[etree._Element]:
        names = (div.get("DMDID") or "").split()
        return [self._said[name] for name in names if name in self._said]

    def _title(self, div: etree._Element) -> str:
        for said in self._sections(div):
            if title := _title(said):
                return title
        return " ".join((div.get("LABEL") or "").split())

    def _describe(self, issue: Issue) -> None:
        """What is said of the issue: in the sections of the holders of articles, else in any."""
        holders = [
            div
            for each in self._logical
            for div in each.iter("div")
            if _kind(div.get("TYPE")) in ("newspaper", "volume", "issue", "")
        ]
        inner = [said for div in reversed(holders) for said in self._sections(div)]
        every = inner + [said for said in self._said.values() if said not in inner]
        label = self._root.get("LABEL") or ""
        days = [
            words_of(each)
            for said in every
            for name in ("dateIssued", "date", "dateCreated")
            for each in said.iter(name)
        ]
        days += _LABEL_DAY.findall(label)
        for written in filter(None, days):
            issue.written = issue.written or written
            if day := parse_date(written, "", day_first=True):
                issue.day, issue.written = day, written
                break
        titles = [title for title in map(_title, inner) if title and not _LABEL_DAY.match(title)]
        issue.title = " ".join(label.split())
        before_day = _LABEL_DAY.split(issue.title)[0].rstrip(" ,;:-")
        issue.publication = Publication(
            paper=next(iter(titles), before_day if _LABEL_DAY.search(issue.title) else ""),
            url=web_address(self._root.get("OBJID") or ""),
            edition=next(
                (words_of(e) for s in inner for d in s.iter("detail")
                 if d.get("type") == "edition" for e in d.iter("caption", "number")
                 if not words_of(e).isdecimal()), "",
            ),
        )  # fmt: skip


def _kind(written: str | None) -> str:
    """A type without capitals, blanks and underscores, and without its prefix, as in "np:page"."""
    return _LETTERS.sub("", (written or "").rpartition(":")[2].lower())


def _linked(element: etree._Element, name: str) -> str:
    """An attribute of XLink, whatever its prefix."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def _links(root: etree._Element) -> dict[str, list[str]]:
    """The places of the physical structure that each div of the logical one is linked to."""
    found: dict[str, list[str]] = {}
    for link in root.iter("smLink"):
        found.setdefault(_linked(link, "from").lstrip("#"), []).append(
            _linked(link, "to").lstrip("#")
        )
    for group in root.iter("smLinkGrp"):
        named = {
            _linked(each, "label"): _linked(each, "href").lstrip("#")
            for each in group.iter("smLocatorLink")
        }
        for arc in group.iter("smArcLink"):
            source, target = (named.get(_linked(arc, end), "") for end in ("from", "to"))
            found.setdefault(source, []).append(target)
    return found


def _pointed(fptr: etree._Element) -> Iterator[tuple[str, str, str]]:
    """What a pointer points to: (file, begin, end)."""
    areas = list(fptr.iter("area"))
    for area in areas:
        begin = area.get("BEGIN", "") if area.get("BETYPE", "IDREF") == "IDREF" else ""
        yield area.get("FILEID", ""), begin, area.get("END", "") if begin else ""
    if not areas:
        yield fptr.get("FILEID", ""), "", ""


def _title(said: etree._Element) -> str:
    for info in said.iter("titleInfo"):
        if info.getparent().tag != "relatedItem" or info.getparent().get("type") == "host":
            parts = [words_of(info.find("nonSort")), words_of(info.find("title"))]
            if any(parts):
                return " ".join(filter(None, parts))
    return next((words_of(each) for each in said.iter("title") if each.getparent().tag
                 not in ("titleInfo",) and words_of(each)), "")  # fmt: skip


def _name_parts(name: etree._Element) -> Sequence[etree._Element]:
    parts = list(name.iter("namePart"))
    order = {"given": 0, "family": 1}
    kept = [part for part in parts if part.get("type") not in ("date", "termsOfAddress")]
    return sorted(kept, key=lambda part: order.get(part.get("type", ""), 0))


def _without_shared(articles: list[Described]) -> list[Described]:
    """The articles without whole pages that several of them have: their text is the page's."""
    whole = Counter(area.file for each in articles for area in each.areas if not area.begin)
    kept = [
        replace(each, areas=tuple(a for a in each.areas if a.begin or whole[a.file] == 1))
        for each in articles
    ]
    return [each for each in kept if each.areas]


def pages_of(areas: Iterable[Area]) -> list[str]:
    """The ids of the files that `areas` lie in, each once, in order."""
    return list(dict.fromkeys(area.file for area in areas))
