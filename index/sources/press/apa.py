"""Exports of the Austria Press Agency (DeFacto, OnlineManager): pages, RTF and text."""

import re
from collections.abc import Sequence

from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.line import Line
from hemeroteca.index.sources.markup import html_text
from hemeroteca.index.sources.press.article import Export, PressArticle
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.provider import Provider

# '"Der Standard" Nr. 065 vom 02.04.2013      Seite: 1'
# '"Kurier.at" gefunden am 28.12.2017 10:36 Uhr'
_HEAD = re.compile(
    r"[\"„“](?P<paper>[^\"„“”\n]{2,80})[\"“”](?P<number>[^\"\n]{0,40}?)\s+(?:vom|gefunden am)\s+"
    r"(?P<day>\d{1,2}\.\d{1,2}\.\d{4})(?:,?\s+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:\s+Uhr)?)?"
    r"(?:\s+Seite:?\s*(?P<page>\S+))?(?:\s+Ressort:\s*(?P<section>[^\n]*))?\s*"
)
_MARK = re.compile(r"\b(?:vom|gefunden am)\s+\d{1,2}\.\d{1,2}\.\d{4}\b")
_SECTION = re.compile(r"Ressort:\s*(.*)")
_BAR = re.compile(r"[_=*-]{20,}")
_END = re.compile(
    r"Gespeicherte[rn]? Anh[aä]ng|Der gegenständliche Text ist eine Abschrift|Dieses Dokument dient"
)
_TITLE = re.compile(r"<h[1-4]\b[^>]*>", re.IGNORECASE)
_TITLED = "\ue000"  # a sign of nobody's
_HEADS_WITHIN = 5  # lines, of a file of one article
_FEWEST = 2


def is_export(document: Document) -> bool:
    """Whether it begins with a line of paper and day, or has several."""
    if document.kind != "rtf" and not _MARK.search(document.text):
        return False
    lines = [line.words for line in _lines(document) if line.words]
    found = [n for n, words in enumerate(lines) if _HEAD.fullmatch(words)]
    return len(found) >= _FEWEST or any(n < _HEADS_WITHIN for n in found)


def read(document: Document) -> Export:
    """The articles, each from its line of paper and day to the next."""
    lines = _lines(document)
    heads = [(n, head) for n, line in enumerate(lines) if (head := _HEAD.fullmatch(line.words))]
    ends = [n for n, _ in heads[1:]] + [len(lines)]
    return Export(
        tuple(
            _article(head, [line for line in lines[at + 1 : end] if line.words])
            for (at, head), end in zip(heads, ends, strict=True)
        )
    )


_BEGINS = re.compile(rf"^[ \t]*(?:<pre>)?{_HEAD.pattern}", re.MULTILINE)
APA = Provider("APA", ("html", "rtf", "text"), is_export, read, (_BEGINS,))


def _lines(document: Document) -> Sequence[Line]:
    """Its paragraphs; the headings of a page are bold."""
    if document.kind != "html":
        return document.lines
    marked = _TITLE.sub(lambda found: f"{found[0]}{_TITLED}", document.text)
    blocks = html_text(marked).split("\n\n")
    return [Line(block.replace(_TITLED, ""), bold=block.startswith(_TITLED)) for block in blocks]


def _article(head: re.Match[str], lines: Sequence[Line]) -> PressArticle:
    section = head["section"] or ""
    if lines and (named := _SECTION.fullmatch(lines[0].words)):
        section, lines = named[1], lines[1:]
    end = next((n for n, line in enumerate(lines) if _END.match(line.words)), len(lines))
    lines = [line for line in lines[:end] if not _BAR.fullmatch(line.words)]
    title = next((n for n, line in enumerate(lines) if line.bold), 0)
    day = parse_date(head["day"], day_first=True)
    hour = f"{int(head['hour']):02}:{head['minute']}" if head["hour"] else ""
    return PressArticle(
        lines[title].words if lines else "",
        tuple(line.words for line in lines[title + 1 :]),
        subtitle=" ".join(line.words for line in lines[:title]),
        paper=head["paper"].strip(),
        section=section.strip(),
        page=head["page"] or "",
        edition=head["number"].strip(" ,"),
        day=day,
        hour=hour,
    )
