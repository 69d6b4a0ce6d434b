"""Exports of Mediargus (Belgium): text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hemeroteca.index.sources.press.article import Export, PressArticle
from hemeroteca.index.sources.press.dates import find_date
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.provider import Provider

# "De Morgen, woensdag 30 november 2011, p. 23, 853w." below "1. Title", in the contents.
_LISTED = re.compile(
    r"^[?\ufeff]?(?P<number>\d+)\. (?P<title>[^\n]*)\n\s*\n?"
    r"(?P<paper>[^,\n]+(?:, [^,\d\n]+)??), (?P<day>[^,\n]*\d{4}),"
    r"(?: p\. ?(?P<page>[^,\n]+),)? \d+ ?w\.[ \t]*$",
    re.MULTILINE,
)
# "30-11-2011, p.23" above an article, or only the day
_HEAD = re.compile(r"^(?P<day>\d{2}-\d{2}-\d{4})(?:, ?p\. ?(?P<page>\S+))?[ \t]*$", re.MULTILINE)
_UNTITLED = re.compile(r"(?:Artikel zonder titel|Article sans titre)", re.IGNORECASE)
_MOST_ABOVE = 8  # lines, down to the title
_OWNER = "©"


def is_export(document: Document) -> bool:
    """Whether a numbered line of contents has paper, day and words, and articles begin with the
    day."""
    text = document.text
    return "w.\n" in text and bool(_LISTED.search(text)) and bool(_HEAD.search(text))


@dataclass(frozen=True)
class _Listed:
    """An article as the contents have it."""

    title: str
    paper: str
    day: date | None
    page: str


def read(document: Document) -> Export:
    """The articles, with the titles and papers that the contents give them."""
    text = document.text
    listed = [_listed(found) for found in _LISTED.finditer(text)]
    heads = list(_HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    articles = []
    left = list(listed)
    for head, end in zip(heads, ends, strict=True):
        lines = [line.strip() for line in text[head.end() : end].split("\n")]
        entry = _entry(left, head, lines)
        if entry in left:
            left.remove(entry)
        articles.append(_article(entry, head, lines))
    return Export(tuple(articles), len(listed) or None)


MEDIARGUS = Provider("Mediargus", ("text",), is_export, read, (_LISTED, _HEAD))


def _listed(found: re.Match[str]) -> _Listed:
    dated = find_date(found["day"], "nl")
    title = "" if _UNTITLED.fullmatch(found["title"].strip()) else " ".join(found["title"].split())
    return _Listed(title, found["paper"].strip(), dated.day if dated else None, found["page"] or "")


def _entry(left: Sequence[_Listed], head: re.Match[str], lines: Sequence[str]) -> _Listed:
    """The first of what is `left` in the contents that has the day and the page of an article, best
    one with its title; one without paper if there is none."""
    dated = find_date(head["day"], "nl")
    day, page = dated.day if dated else None, head["page"] or ""
    same = [each for each in left if (each.day, each.page) == (day, page)]
    titled = [each for each in same if _title_at(each.title, lines) is not None]
    return next(iter(titled or same), _Listed("", "", day, page))


def _title_at(title: str, lines: Sequence[str]) -> int | None:
    """Which of the first `lines` is the title."""
    filled = [n for n, line in enumerate(lines) if line][:_MOST_ABOVE]
    return next((n for n in filled if title and " ".join(lines[n].split()) == title), None)


def _article(entry: _Listed, head: re.Match[str], lines: Sequence[str]) -> PressArticle:
    at = _title_at(entry.title, lines)
    # What stands right below the day is a name; behind a blank line, where it was printed.
    names = lines[1] if at and at > 1 else ""
    places = [line for line in lines[2 : at or 0] if line]
    below = [" ".join(line.split()) for line in lines[(at + 1) if at is not None else 0 :]]
    end = next((n for n, line in enumerate(below) if line.startswith(_OWNER)), len(below))
    return PressArticle(
        entry.title,
        tuple(filter(None, below[:end])),
        section="; ".join(place for place in places if "," not in place),
        paper=entry.paper,
        day=entry.day,
        page=entry.page,
        edition="; ".join(place for place in places if "," in place),
        authors=tuple(filter(None, (name.strip() for name in names.split(";")))),
    )
