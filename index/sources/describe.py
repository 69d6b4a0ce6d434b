"""What sources say beside the text, made presentable: names, lines of a byline, addresses."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.markup import plain_text
from hemeroteca.index.text.characters import clean, is_utf8

_MOST_CHARACTERS = 300
_MOST_URL_CHARACTERS = 2_000
_MOST_AUTHORS = 1_000
_MOST_AUTHOR_CHARACTERS = 100
_LONGEST_LIST = 20_000  # characters of a byline that are looked at
_EMPTY = frozenset(("", "nan", "nat", "none", "null", "n/a", "-", "unknown", "undefined"))
# Not "de", "di" or "da", with which surnames begin.
_BY = re.compile(
    r"(?:(?i:written by|escrito por|by|por|par|von|door)\s*:?|(?i:texto?|words|author|autor):)"
    r"\s+(?=[^\W\d_a-zß-ÿ])"
)
_SEPARATORS = re.compile(r"\s*[;|\n•·]\s*|\s+/\s+")
_COMMA = re.compile(r"\s*,\s*")
_AND = re.compile(r"\s+(?:and|y|e|i|und|et|en|och|og|&)\s+", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_NAMED = ("name", "fullname", "displayname", "display_name", "title", "@id")


def bounded(value: str, most: int = _MOST_CHARACTERS) -> str:
    """`value` as text on one line, cut off where it is longer than any such thing is; "" for what
    programs write for nothing."""
    if not value or not is_utf8(value):
        return ""
    text = " ".join(clean(plain_text(value[: 20 * most])).split())
    if text.lower() in _EMPTY:
        return ""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def bounded_publication(found: Publication) -> Publication:
    """`found` with each of its texts bounded, its address only if it is one, and no more authors
    than an article can have."""
    if not found:
        return found
    names = (bounded(name, _MOST_AUTHOR_CHARACTERS) for name in found.authors[: 2 * _MOST_AUTHORS])
    return replace(
        found,
        paper=bounded(found.paper),
        authors=tuple(dict.fromkeys(filter(None, names)))[:_MOST_AUTHORS],
        section=bounded(found.section),
        url=web_address(found.url),
        edition=bounded(found.edition),
        page=bounded(found.page),
    )


def web_address(value: str) -> str:
    """`value` if it is an address of the web, else ""."""
    value = value.strip()
    if len(value) > _MOST_URL_CHARACTERS or not is_utf8(value) or not value.isprintable():
        return ""
    return value if _WEB.fullmatch(value) else ""


def host_of(address: str) -> str:
    """The host of a web address, without "www."; "" if it is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def name_of(value: object) -> str:
    """The name that `value` is or has: a text, an object of schema.org or of an API, or the first
    of a list of those."""
    return next(_names(value), "")


def authors_of(value: object) -> tuple[str, ...]:
    """The names in a byline ("By Ana Gil and Luis Mas"), a list, or objects that have names."""
    found: list[str] = []
    for written in _names(value):
        found += _persons(written)
    return tuple(dict.fromkeys(found))


def _names(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        listed = _listed(value)
        if listed is None:
            if value.strip().lower() not in _EMPTY:
                yield value.strip()[:_LONGEST_LIST]
            return
        value = listed
    if isinstance(value, Mapping):
        plain = {str(name).lower(): each for name, each in value.items()}
        given, family = (
            next((plain[name] for name in names if isinstance(plain.get(name), str)), "")
            for names in (
                ("firstname", "givenname", "first_name"),
                ("lastname", "familyname", "last_name"),
            )
        )
        for name in _NAMED:
            if isinstance(plain.get(name), str) and plain[name].strip():
                yield plain[name].strip()[:_LONGEST_LIST]
                return
        if given or family:
            yield f"{given} {family}".strip()
    elif isinstance(value, list | tuple) and depth < 3:
        for each in value:
            yield from _names(each, depth + 1)


def _listed(value: str) -> list[object] | None:
    """The list that a table has as text, as Python or JSON write it; None if it is none."""
    written = value.strip()
    if not (written.startswith("[") and written.endswith("]")) or len(written) > _LONGEST_LIST:
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(written)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list):
            return found
    return None


def _persons(written: str) -> Iterator[str]:
    """The names in a line: parted by semicolons, else by commas and "and" where each part has a
    name and a surname, as in "Gil, Ana" it has not."""
    if _WEB.fullmatch(written):  # a profile's address instead of a name
        return
    for line in _SEPARATORS.split(_BY.sub("", plain_text(written).strip(), count=1)):
        parts = [part for part in _AND.split(line) if part]
        parts = [name for part in parts for name in _COMMA.split(part) if name]
        whole = len(parts) > 1 and all(" " in part.strip() for part in parts)
        yield from filter(None, (" ".join(part.split()) for part in (parts if whole else [line])))
