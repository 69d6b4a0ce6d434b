"""RIS, which press databases and reference managers write: records of tags of two letters."""

import re
from collections.abc import Mapping, Sequence

from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.markup import plain_text
from hemeroteca.index.sources.press.article import Export, PressArticle
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.provider import Provider

_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9]) {1,2}-(?: (?P<value>.*)|$)")
_BEGIN = "TY"
# The first that is there counts; of the text, the one with the most.
_TITLE = ("T1", "TI", "CT", "BT", "ST")
_PAPER = ("T2", "JF", "JO", "JA", "J2", "SO")
_AUTHORS = ("A1", "AU")
_DAY = ("DA", "Y1", "PY")
_TEXT = ("FT", "N2", "AB")
_ID = ("ID", "AN", "UR")
_PROVIDED = re.compile(r"(?:(?:Provider|Content|Database): ?[^\n]*\n\s*)+")
_NO_VALUE = re.compile(r"[/\s]*")


def is_export(document: Document) -> bool:
    """Whether the first line that is not blank begins a record, behind who provides it."""
    head = _PROVIDED.sub("", document.text[:4_096].lstrip())
    tag = _TAG.match(head)
    return tag is not None and tag["tag"] == _BEGIN


def read(document: Document) -> Export:
    """The records, each up to the next, whether or not it is closed."""
    return Export(tuple(_article(fields) for fields in _records(document.text)))


_RECORD = re.compile(r"^TY {1,2}- [A-Z]{2,6}[ \t]*$", re.MULTILINE)
RIS = Provider("RIS", ("text",), is_export, read, (_RECORD,))


def _records(text: str) -> Sequence[Mapping[str, list[str]]]:
    """What each tag of each record says, as often as it comes; a line without a tag goes on with
    the one before."""
    records: list[dict[str, list[str]]] = []
    last: list[str] = []
    for line in text.split("\n"):
        tag = _TAG.fullmatch(line.rstrip())
        if tag is None:
            if last:
                last[-1] += "\n" + line
        elif tag["tag"] == _BEGIN:
            records.append({})
            last = []
        elif tag["tag"] == "ER" or not records:
            last = []
        else:
            last = records[-1].setdefault(tag["tag"], [])
            last.append(tag["value"] or "")
    return records


def _article(fields: Mapping[str, list[str]]) -> PressArticle:
    texts = [_lines(fields.get(tag, ())) for tag in _TEXT]
    authors = [name for tag in _AUTHORS for name in map(_words, fields.get(tag, ()))]
    days = (_words(value) for tag in _DAY for value in fields.get(tag, ()))
    return PressArticle(
        _first(fields, _TITLE),
        tuple(max(texts, key=lambda lines: sum(map(len, lines)))),
        _first(fields, _ID),
        paper=_first(fields, _PAPER),
        section=_first(fields, ("SE",)),
        page=_first(fields, ("SP",)),
        edition=_first(fields, ("ET",)),
        authors=tuple(dict.fromkeys(filter(None, authors))),
        day=next(filter(None, map(parse_date, days)), None),
        url=_first(fields, ("UR", "L2")),
    )


def _first(fields: Mapping[str, list[str]], tags: Sequence[str]) -> str:
    for tag in tags:
        for value in map(_words, fields.get(tag, ())):
            if not _NO_VALUE.fullmatch(value):
                return value
    return ""


def _words(value: str) -> str:
    return " ".join(plain_text(value).split())


def _lines(values: Sequence[str]) -> list[str]:
    """The paragraphs of `values`: a blank line parts them, and so does each value."""
    parts = (part for value in values for part in plain_text(value).split("\n\n"))
    return list(filter(None, (" ".join(part.split()) for part in parts)))
