"""Exports of Retriever (Mediearkivet, Atekst), Swedish, Norwegian and Danish: text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hemeroteca.index.sources.markup import plain_text
from hemeroteca.index.sources.press.article import Export, PressArticle
from hemeroteca.index.sources.press.dates import find_date
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.provider import Provider
from hemeroteca.index.sources.press.wrapped import paragraphs

_DAY = (
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})(?:[ ,]+(?:kl\.? )?\d{1,2}[:.]\d{2}(?::\d{2})?)?"
)
# "> Title, Paper, 2004-12-29 09:31"
_LISTED = re.compile(rf"^> .*,\s+{_DAY}[ \t]*$", re.MULTILINE)
# The library, and when it was exported, above the contents.
_DATED = re.compile(r"^[^\n]*\nDatum \d{4}-\d{2}-\d{2}[ \t]*$", re.MULTILINE)
_PAPER = re.compile(rf"(?P<paper>[^,\s].*?),\s+(?P<day>{_DAY})")
_BAR = re.compile(r"^[ \t]*(?:={40,}|-{70,})[ \t]*$", re.MULTILINE)
_FEWEST_UNLISTED = 2
_MOST_TITLE_LINES = 6
_PAGE = re.compile(r"(?:Sid[ae]r?:?\s+(?=\S)|[Ss]\.\s*(?=\w{0,2}\d))(\S.{0,20})")
_MEDIUM = re.compile(
    r"(?:Publicera[td]|Publiser[td]|Publicer(?:et|ed)|Offentliggjort|Udgivet|Sänt|Sendt)\b.{0,40}"
)
_SECTION = re.compile(r"[^\W\d_a-zåäöæøé][^a-zåäöæøé]{1,40}\.")
_CAPTION = re.compile(r"(?:Bildtext|Bildetekst|Billedtekst|Foto)\s*:\s*", re.IGNORECASE)
# "Se webartikeln på http://…", "Läs hela artikeln på …", "Les hele nyheten på …"
_LINK = re.compile(r"(?:Se|Läs|Les|Læs)\s.{3,40}\s(?:på|på:)\s*(?P<url>https?://\S+)?$")
_ADDRESS = re.compile(r"https?://\S+")
_OWNER = re.compile(r"(?:©|\(c\) |Optional\[©)", re.IGNORECASE)
_PROTECTED = re.compile(r"All[ea] (?:artiklar|artikler) (?:är|er) ", re.IGNORECASE)


def is_export(document: Document) -> bool:
    """Whether lines of contents end in a day, or bars part articles below whose titles a paper and
    a day stand."""
    text = document.text
    if "\n> " not in text and not _BAR.search(text):
        return False
    listed = _LISTED.search(text)
    if listed and _DATED.search(text[: listed.start()]):
        return True
    return len(_heads(text)) >= (1 if listed else _FEWEST_UNLISTED)


def read(document: Document) -> Export:
    """The articles, as many as its contents list."""
    text = document.text
    listed = list(_LISTED.finditer(text))
    begin = listed[-1].end() if listed else 0
    found = [_article(part.split("\n")) for part in _BAR.split(text[begin:])]
    return Export(tuple(filter(None, found)), len(listed) or None)


RETRIEVER = Provider("Retriever", ("text",), is_export, read, (_DATED, _LISTED, _BAR))


def _heads(text: str) -> list[str]:
    """The lines that name paper and day of an article."""
    lines = (line.strip() for line in text.split("\n") if not line.startswith("> "))
    return [line for line in lines if _PAPER.fullmatch(line)]


@dataclass(frozen=True)
class _Head:
    """The lines between the title and the text: of how many, and what they say."""

    lines: int
    page: str = ""
    section: str = ""
    captions: tuple[str, ...] = ()


def _article(lines: Sequence[str]) -> PressArticle | None:
    """The article that `lines` are; None if they are blank. One without a line of paper and day
    is its first line and a text."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    if not filled:
        return None
    first = filled[0]
    at = next(
        (n for n in filled[: _MOST_TITLE_LINES + 1] if _PAPER.fullmatch(lines[n].strip())), None
    )
    named = _PAPER.fullmatch(lines[at].strip()) if at is not None else None
    begin = first + 1 if at is None else at + 1
    head = _head(lines[begin:])
    body, url = _body(lines[begin + head.lines :])
    dated = find_date(named["day"], "sv") if named else None
    found = paragraphs(body)
    captions = [each for each in found if _CAPTION.match(each)]
    return PressArticle(
        " ".join(" ".join(lines[first : max(at or 0, first + 1)]).split()),
        tuple(each for each in found if each not in captions),
        paper=named["paper"] if named else "",
        section=head.section,
        page=head.page,
        day=dated.day if dated else None,
        hour=dated.hour if dated else "",
        captions=tuple(_CAPTION.sub("", each, count=1) for each in (*head.captions, *captions)),
        url=url,
    )


def _head(lines: Sequence[str]) -> _Head:
    page = section = ""
    captions = []
    for n, line in enumerate(lines):
        said = line.strip()
        if paged := _PAGE.fullmatch(said):
            page = paged[1].rstrip(".")
        elif _CAPTION.match(said):
            captions.append(said)
        elif said and _SECTION.fullmatch(said):
            section = said.rstrip(".")
        elif not said or not _MEDIUM.fullmatch(said):
            return _Head(n, page, section, tuple(captions))
    return _Head(len(lines), page, section, tuple(captions))


def _body(lines: Sequence[str]) -> tuple[Sequence[str], str]:
    """The text, as its lines, and the address below it; not whose it is, which comes last."""
    end = len(lines)
    url = ""
    owner = max((n for n, line in enumerate(lines) if _is_owner(line)), default=None)
    if owner is not None:
        while owner and (_is_owner(lines[owner - 1]) or not lines[owner - 1].strip()):
            owner -= 1
        address = _ADDRESS.search("\n".join(lines[owner:]))
        return _plain(lines[:owner]), address[0] if address else ""
    while end and (not lines[end - 1].strip() or _is_link(lines[end - 1])):
        address = _ADDRESS.search(lines[end - 1])
        url = address[0] if address else url
        end -= 1
    return _plain(lines[:end]), url


def _is_owner(line: str) -> bool:
    said = line.strip()
    return bool(_OWNER.match(said) or _PROTECTED.match(said))


def _is_link(line: str) -> bool:
    said = line.strip()
    return bool(_LINK.match(said) or _ADDRESS.fullmatch(said))


def _plain(lines: Sequence[str]) -> list[str]:
    """`lines` with markup that stands in them literally as text."""
    return [plain_text(line) if "<" in line or "&" in line else line for line in lines]
