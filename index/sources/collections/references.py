"""What a reference manager such as Zotero exports: works, what they are, and their files."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from io import BytesIO
from typing import BinaryIO
from urllib.parse import unquote

from lxml import etree

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.collections.said import Said
from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.describe import authors_of
from hemeroteca.index.sources.xml_tree import read_tree, words_of

EXPORTS = (".rdf", ".bib")  # .json as well, if it is CSL's
_MAX_BYTES = 100_000_000
_HEAD = 20_000
_CSL = re.compile(rb'"(?:container-title|issued|publisher-place|title-short|journalAbbreviation)"')
_ENTRY = re.compile(r"@(\w+)\s*\{\s*([^,\s{}]*)\s*,")
_FIELD = re.compile(r"\s*,?\s*([\w:.+-]+)\s*=\s*")
_AND = re.compile(r"\s+and\s+")
_BRACES = re.compile(r"[{}]")
_ESCAPED = re.compile(r"\\([&%$#_{}~^])")
_NO_WORK = frozenset(("comment", "string", "preamble"))


NO_EXPORT = Message("is no export of references that can be read")


@dataclass(frozen=True)
class Work:
    """What is said of a work, and the files that are attached to it, as they are written."""

    said: Said
    files: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The same as a value of JSON."""
        return {"said": self.said.as_json(), "files": list(self.files)}


def read_works(stream: BinaryIO, suffix: str) -> list[dict[str, object]] | None:
    """The works in a file of that suffix, each as JSON; None if it is no such export."""
    readers = {".rdf": _of_rdf, ".bib": _of_bibtex, ".json": _of_csl}
    head = stream.read(_HEAD)
    if suffix.lower() == ".json" and not _CSL.search(head):
        return None
    data = head + stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        return None
    try:
        works = list(readers[suffix.lower()](data))
    except (ArticleError, ValueError, etree.XMLSyntaxError):
        return None
    return [work.as_json() for work in works] if works else None


def works_from(value: list[dict[str, object]]) -> list[Work]:
    """What `read_works` gave."""
    return [Work(Said.from_json(each["said"]), tuple(each["files"])) for each in value]  # type: ignore[arg-type]


def without_texts(works: int) -> Message:
    """What is to be said of an export of which no file is there."""
    return Message(
        "holds references without their texts ({works:,}): put the files that they are about "
        "beside it",
        works=works,
    )


def _said(title: str, written: str, authors: list[str], **known: str) -> Said:
    day = parse_date(written) if written else None
    found = {name: value for name, value in known.items() if value}
    people = tuple(dict.fromkeys(filter(None, authors)))
    return Said(
        " ".join(title.split()),
        _whole_day(written, day),
        Publication(authors=people, **found),  # type: ignore[arg-type]
    )


def _whole_day(written: str, day: date | None) -> str:
    """An ISO day; "" of what names a year or a month alone."""
    return day.isoformat() if day and len(re.findall(r"\w+", written)) > 2 else ""


def _of_rdf(data: bytes) -> Iterator[Work]:
    root = read_tree(BytesIO(data)).root
    if root.tag != "RDF":
        return
    described = {_attribute(each, "about"): each for each in root if _attribute(each, "about")}
    for item in root:
        kind = words_of(item.find("itemType"))
        if not kind or kind in ("attachment", "note"):
            continue
        attached = [described.get(_attribute(link, "resource")) for link in item.findall("link")]
        files = [
            unquote(_attribute(each.find("resource"), "resource"))
            for each in attached
            if each is not None and each.find("resource") is not None
        ]
        within = item.find("isPartOf")
        whole = None if within is None else next(iter(within), None)
        if within is not None and whole is None:
            whole = described.get(_attribute(within, "resource"))
        people = [] if item.find("authors") is None else item.find("authors").iter("Person")
        said = _said(
            words_of(item.find("title")),
            words_of(item.find("date")),
            [
                " ".join(filter(None, (words_of(p.find("givenName")), words_of(p.find("surname")))))
                for p in people
            ],
            paper=words_of(None if whole is None else whole.find("title")),
            url=words_of(item.find("identifier/URI/value")),
            page=words_of(item.find("pages")),
            section=words_of(item.find("section")),
            edition=words_of(item.find("edition")),
        )
        yield Work(said, tuple(files))


def _attribute(element: etree._Element | None, name: str) -> str:
    if element is None:
        return ""
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return str(next(found, ""))


def _of_csl(data: bytes) -> Iterator[Work]:
    items = json.loads(data)
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict) or not isinstance(item.get("title"), str):
            continue
        if not isinstance(item.get("type"), str):
            return
        people = item.get("author")
        yield Work(
            _said(
                item["title"],
                _csl_day(item.get("issued")),
                [_csl_name(each) for each in people if isinstance(each, dict)]
                if isinstance(people, list)
                else [],
                paper=str(item.get("container-title") or ""),
                url=str(item.get("URL") or ""),
                page=str(item.get("page") or ""),
                section=str(item.get("section") or ""),
                edition=str(item.get("edition") or ""),
            )
        )


def _csl_day(issued: object) -> str:
    if not isinstance(issued, dict):
        return ""
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and len(parts[0]) == 3:
        return "-".join(f"{int(part):02}" for part in parts[0])
    return str(issued.get("raw") or "")


def _csl_name(person: Mapping[str, object]) -> str:
    names = (person.get("given"), person.get("non-dropping-particle"), person.get("family"))
    return str(person.get("literal") or " ".join(str(name) for name in names if name))


def _of_bibtex(data: bytes) -> Iterator[Work]:
    text = data.decode(errors="replace")
    for entry in _ENTRY.finditer(text):
        if entry[1].lower() in _NO_WORK:
            continue
        fields = dict(_fields(text, entry.end()))
        plain = {name: _plain(value) for name, value in fields.items()}
        day = plain.get("date") or " ".join(
            filter(None, (plain.get("day"), plain.get("month"), plain.get("year")))
        )
        if not plain.get("title"):
            continue
        people = [_in_order(name) for name in _AND.split(plain.get("author", "")) if name]
        said = _said(
            plain["title"],
            day,
            list(authors_of(people)),
            paper=plain.get("journaltitle") or plain.get("journal") or plain.get("booktitle", ""),
            url=plain.get("url", ""),
            page=plain.get("pages", ""),
        )
        yield Work(said, tuple(_attached(fields.get("file", ""))))


def _fields(text: str, at: int) -> Iterator[tuple[str, str]]:
    """The fields of an entry from `at` on, to its end."""
    while found := _FIELD.match(text, at):
        begin = found.end()
        at = _value_end(text, begin)
        yield found[1].lower(), text[begin:at].strip()


def _value_end(text: str, begin: int) -> int:
    """Where the value that begins there ends: in braces, in quotes, or a word."""
    depth, quoted, at = (
        0,
        text[begin : begin + 1] == '"',
        begin + 1 if text[begin : begin + 1] == '"' else begin,
    )
    while at < len(text):
        letter = text[at]
        if letter == "\\":
            at += 1
        elif letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
            if depth < 0:
                return at
        elif letter == '"' and quoted and not depth:
            return at + 1
        elif letter == "," and not depth and not quoted:
            return at
        at += 1
    return at


def _plain(value: str) -> str:
    return " ".join(unescape(_ESCAPED.sub(r"\1", _BRACES.sub("", value.strip('"')))).split())


def _in_order(name: str) -> str:
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma else name


def _attached(value: str) -> Iterator[str]:
    """The files of an entry: each as "title:path:type", or its path alone."""
    for each in re.split(r"(?<!\\);", _BRACES.sub("", value)):
        parts = re.split(r"(?<!\\):(?!\\)", each.strip())
        path = parts[1] if len(parts) > 2 else parts[0]
        if path:
            yield path.replace("\\:", ":").replace("\\;", ";").replace("\\\\", "\\")
