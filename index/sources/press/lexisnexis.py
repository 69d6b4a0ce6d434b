"""LexisNexis Academic and nexis.com: plain text and web pages, blocks between blank lines.

An article is: its number, paper, day, headline, fields, the text, more fields, whose it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.etree import strip_elements
from lxml.html import HtmlElement

from hemeroteca.index.errors import Message
from hemeroteca.index.sources.extract import LeftOut, digest, entry
from hemeroteca.index.sources.press.article import Export, PressArticle
from hemeroteca.index.sources.press.dates import Dated, edition_in, is_date
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.provider import Provider
from hemeroteca.index.sources.press.words import (
    authors,
    is_rights,
    language_named,
    section_and_page,
)

_NUMBER = re.compile(
    r"(?:FOCUS\s-\s)?(?:\d+\s(?:of|von|de|van|di|sur)\s\d+\sDO[CK]UMENT\w{0,3}"
    r"|Do[ck]umento?\s\d+\s(?:of|von|de|van|di|sur)\s\d+)",
    re.IGNORECASE,
)
_NUMBER_LINE = re.compile(rf"^[ \t]{{5,}}{_NUMBER.pattern}[ \t]*$", re.IGNORECASE | re.MULTILINE)
_ANCHOR = re.compile(r"<a\s+name=[\"']?DOC_ID_", re.IGNORECASE)
_RANGE = re.compile(
    r"(?:request|opdracht|auftrag|demande|solicitud)\b[^\n]*?(\d+)-(\d+)[ \t]*$", re.I | re.M
)
_COUNTED = re.compile(r"<meta[^>]{0,80}documents=[\"'](\d+)", re.IGNORECASE)
_LABEL = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ -]{2,25}):\s*")
_HEAD_FIELDS = {
    "section": ("SECTION", "RUBRIK", "RUBRIQUE", "SECTIE", "RUBRIEK", "SECCION", "SECCIÓN"),
    "length": ("LENGTH", "LÄNGE", "LONGUEUR", "LENGTE", "LONGITUD"),
    "byline": ("BYLINE", "AUTOR", "AUTEUR", "AUTORE", "SIGNATURE", "VERFASSER"),
    "highlight": ("HIGHLIGHT", "ENCART", "DESTACADO", "HOOGTEPUNT"),
    "title": ("HEADLINE", "KOP", "TITRE", "TITEL", "TITULAR"),
    "text": ("BODY", "TEKST", "TEXTE", "TEXTO"),
    "other": ("DATELINE", "SERIES", "SERIE", "DISTRIBUTION", "GUESTS", "LIEU", "ORIGINE",
              "DATUMSZEILE", "ORTSZEILE", "HIGHLIGHTS", "COLUMN", "EDITION", "TYPE"),
}  # fmt: skip
_TAIL_FIELDS = {
    "language": ("LANGUAGE", "SPRACHE", "LANGUE", "TAAL", "IDIOMA"),
    "captions": ("GRAPHIC", "GRAFIK", "ILLUSTRATION", "GRAPHIQUE", "AFBEELDING", "GRAFICO"),
    "correction": ("CORRECTION", "KORREKTUR", "RECTIFICATION"),
    "other": (
        "LOAD-DATE", "UPDATE", "DATE-CHARGEMENT", "PUBLICATION-TYPE", "PUB-TYPE", "JOURNAL-CODE",
        "TYPE-PUBLICATION", "ZEITUNGS-CODE", "CODE-JOURNAL", "SUBJECT", "SUJET", "COMPANY",
        "SOCIETE", "SOCIÉTÉ", "ORGANIZATION", "ORGANISATION", "GEOGRAPHIC", "LOCALISATION-GEO",
        "COUNTRY", "PAYS", "STATE", "CITY", "PERSON", "PERSONNE", "INDUSTRY", "SECTEUR", "TICKER",
        "CORRECTION-DATE", "ACC-NO", "DOCUMENT-TYPE", "NAME", "TOPIC", "THEMA", "FIRMA", "ETAT",
        "VILLE", "BRANCHE", "ORGANISME", "URL", "CODE-REVUE",
        "DISTRIBUTION", "DATE-CORRECTION", "PRODUCT", "PRODUIT",
    ),
}  # fmt: skip
_HEAD = {label: field for field, labels in _HEAD_FIELDS.items() for label in labels}
_TAIL = {label: field for field, labels in _TAIL_FIELDS.items() for label in labels}
_LONG = frozenset(("captions", "correction"))  # fields of several blocks
_NOTICE = re.compile(r"we are sorry but there is an error in this document", re.IGNORECASE)
_COVER = 2_000
_CENTRED = 5  # blanks in front
_FURTHEST = 5  # blocks until the day
_MOST_TITLES = 3  # blocks until the first field
_BREAK = "\ue000"  # of private use: no text has it


@dataclass(frozen=True)
class _Block:
    """Lines between blank ones, and the paragraphs that they are."""

    lines: tuple[str, ...]
    paragraphs: tuple[str, ...]
    centred: bool = False

    @property
    def words(self) -> str:
        return " ".join(self.paragraphs)


def is_export(document: Document) -> bool:
    if document.kind == "html":
        return bool(_ANCHOR.search(document.text))
    return bool(_NUMBER_LINE.search(document.text))


def read(document: Document) -> Export:
    html = document.kind == "html"
    pieces = list(_page_blocks(document.page) if html else _text_blocks(document.text))
    found = tuple(_article(blocks, number) for number, blocks in enumerate(pieces, start=1))
    counted = _COUNTED.search(document.text) if html else None
    ranged = None if html else _RANGE.search(document.text[:_COVER])
    announced = int(counted[1]) if counted else None
    if ranged:
        announced = int(ranged[2]) - int(ranged[1]) + 1
    return Export(found, announced)


def _text_blocks(text: str) -> Iterator[list[_Block]]:
    """The blocks of each article of a plain text; what stands before the first is its cover."""
    starts = [found.end() for found in _NUMBER_LINE.finditer(text)]
    ends = [*(found.start() for found in _NUMBER_LINE.finditer(text)), len(text)][1:]
    for start, end in zip(starts, ends, strict=True):
        blocks: list[_Block] = []
        lines: list[str] = []
        for line in [*text[start:end].split("\n"), ""]:
            if line.strip():
                lines.append(line)
            elif lines:
                blocks.append(_block(lines))
                lines = []
        yield blocks


def _block(lines: Sequence[str]) -> _Block:
    stripped = tuple(" ".join(line.split()) for line in lines)
    whole = stripped[0]
    for line in stripped[1:]:
        # A hyphen at a line's end is the word's own.
        joined = whole.endswith("-") and whole[-2:-1].isalpha() and line[:1].isalpha()
        whole += line if joined else f" {line}"
    indented = all(len(line) - len(line.lstrip()) >= _CENTRED for line in lines)
    return _Block(stripped, (whole,), indented)


def _page_blocks(page: HtmlElement) -> Iterator[list[_Block]]:
    """The blocks of each article of a page: its DIVs; what a table leaves outside of them is one
    as well."""
    strip_elements(page, "style", "script", with_tail=False)
    for br in page.iter("br"):
        br.tail = _BREAK + (br.tail or "")
    blocks: list[_Block] | None = None
    within: object = None
    lines: list[str] = []
    paragraphs: list[str] = []

    def end() -> None:
        if blocks is not None and lines:
            blocks.append(_Block(tuple(lines), tuple(paragraphs)))
        lines.clear()
        paragraphs.clear()

    for element in page.iter("a", "p", "div", "tr"):
        if element.tag == "a":
            if (element.get("name") or "").upper().startswith("DOC_ID"):
                end()
                if blocks is not None:
                    yield blocks
                blocks = []
            continue
        if element.tag == "div":
            end()
            if element.find("p") is not None or element.find(".//div") is not None:
                continue
        if element.tag == "tr" and element.find(".//p") is not None:
            continue
        outer = next(element.iterancestors("div"), None)
        if outer is not within:
            end()
            within = outer
        parts = "".join(element.itertext()).split(_BREAK)
        found = [" ".join(part.split()) for part in parts]
        lines += filter(None, found)
        paragraphs += filter(None, [" ".join(filter(None, found))])
    end()
    if blocks is not None:
        yield blocks


def _article(blocks: Sequence[_Block], number: int) -> PressArticle | LeftOut:
    blocks = [block for block in blocks if not _NUMBER.fullmatch(block.words)]
    words = " ".join(block.words for block in blocks[:3])
    if _NOTICE.search(words) or not blocks:
        reason = Message("is a notice of the database that it could not give the article")
        return LeftOut(entry(number), reason, digest(f"{number} {words}"))
    while len(blocks) > 1 and is_rights(blocks[0].words):
        blocks = blocks[1:]
    head, paper, dated, edition = _paper_and_day(blocks)
    fields: dict[str, str] = {}
    titles: list[str] = []
    ahead = blocks[head : head + _MOST_TITLES + 1]
    until = next((n for n, block in enumerate(ahead) if _label(block, _HEAD)), min(1, len(ahead)))
    titles = [block.words for block in ahead[:until]]
    at = head + until
    while at < len(blocks) and (label := _label(blocks[at], _HEAD)):
        field = _HEAD[label[1].strip()]
        value = blocks[at].words[label.end() :].strip()
        at += 1
        if field == "text":
            blocks = [*blocks[:at], *([_Block((value,), (value,))] if value else []), *blocks[at:]]
            break
        fields[field] = f"{fields[field]}; {value}" if field in fields else value
    end = _tail(blocks, at)
    if at >= end:  # what stands above the fields is all that there is
        cut = min(1, len(titles) - 1)
        blocks = [_Block((text,), (text,)) for text in titles[cut:]] + [*blocks[at:]]
        titles, at, end = titles[:cut], 0, len(titles) - cut
    tail = _tail_fields(blocks[end:])
    section, page = section_and_page(fields.get("section", ""))
    title = titles[0] if titles else fields.get("title", "")
    languages = (language_named(part) for part in re.split(r"[;/,]", tail.get("language", "")))
    return PressArticle(
        title=title,
        paragraphs=(
            *(text for block in blocks[at:end] for text in block.paragraphs),
            *filter(None, [tail.get("correction", "")]),
        ),
        subtitle=" ".join([*titles[1:], *filter(None, [fields.get("highlight", "")])]),
        paper=paper,
        section=section,
        page=page,
        edition=edition,
        authors=authors(fields.get("byline", "")),
        day=dated.day if dated else None,
        hour=dated.hour if dated else "",
        language=next(filter(None, languages), None),
        captions=tuple(filter(None, [tail.get("captions", "")])),
    )


def _label(block: _Block, known: dict[str, str]) -> re.Match[str] | None:
    found = _LABEL.match(block.words)
    return found if found and found[1].strip() in known else None


def _paper_and_day(blocks: Sequence[_Block]) -> tuple[int, str, Dated | None, str]:
    """Where the head ends, the paper, the day, and the edition behind it."""
    for n, block in enumerate(blocks[:_FURTHEST]):
        if _label(block, _HEAD):
            break
        dated = is_date(block.lines[0])
        if dated and n == 0 and len(blocks) > 1 and blocks[1].centred:
            return 2, blocks[1].words, dated, ""
        if dated and n:
            end = n + 1
            rest = [block.lines[0][dated.end :], *block.lines[1:]]
            while end < len(blocks) and (blocks[end].centred or is_date(blocks[end].words)):
                rest += blocks[end].lines
                end += 1
            editions = dict.fromkeys(filter(None, map(edition_in, rest)))
            return end, blocks[0].words, dated, " ".join(editions)
    # "Correction Appended" instead of a day, or nothing.
    end = 1
    while end < len(blocks) and blocks[end].centred:
        end += 1
    return end, blocks[0].words, None, ""


def _tail(blocks: Sequence[_Block], begin: int) -> int:
    """Where the text ends: behind it are fields, and whose it is, and nothing else."""
    start = len(blocks)
    long = False
    for n in range(begin, len(blocks)):
        label = _label(blocks[n], _TAIL)
        if label:
            start = min(start, n)
            long = _TAIL[label[1].strip()] in _LONG
        elif start < n and not (long or blocks[n].centred or is_rights(blocks[n].words)):
            start = len(blocks)  # it was a paragraph like a field
    while start == len(blocks) and start - 1 > begin and _is_rights_alone(blocks[start - 1]):
        blocks = blocks[:-1]
        start -= 1
    return start


def _is_rights_alone(block: _Block) -> bool:
    return is_rights(block.words) and (block.centred or len(block.words) < 200)


def _tail_fields(blocks: Sequence[_Block]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    field = ""
    for block in blocks:
        if label := _label(block, _TAIL):
            field = _TAIL[label[1].strip()]
            found.setdefault(field, []).append(block.words[label.end() :].strip())
        elif field in _LONG and not is_rights(block.words) and not block.centred:
            found[field].append(block.words)
    return {field: " ".join(values).strip() for field, values in found.items()}


LEXISNEXIS = Provider("LexisNexis", ("text", "html"), is_export, read)
