"""LexisNexis Academic and nexis.com: text, web pages and documents, in blocks.

An article is: its number, paper, day, headline, fields, the text, more fields, whose it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml.etree import strip_elements
from lxml.html import HtmlElement

from hemeroteca.index.errors import Message
from hemeroteca.index.sources.extract import LeftOut, digest, entry
from hemeroteca.index.sources.line import Line
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
_NUMBER_LINE = re.compile(
    rf"^[ \t\xa0]{{5,}}(?i:{_NUMBER.pattern})[ \t]*$"
    r"|(?<=\n\n)(?:FOCUS - )?\d+ of \d+ DOCUMENTS?[ \t]*(?=\n[ \t]*\n)",  # not centred
    re.MULTILINE,
)
_ANCHOR = re.compile(r"<a\s+name=[\"']?DOC_ID_", re.IGNORECASE)
_RANGE = re.compile(
    r"(?:request|opdracht|auftrag|demande|solicitud)\b[^\n]*?(\d+)-(\d+)[ \t]*$", re.I | re.M
)
_REQUEST = re.compile(
    r"^(?:download request|printopdracht|ausgabeauftrag|demande): [^\n]*\d+[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_COUNTED = re.compile(r"<meta[^>]{0,80}documents=[\"'](\d+)", re.IGNORECASE)
_LABEL = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ -]{2,25}):\s*")
_HEAD_FIELDS = {
    "section": ("SECTION", "RUBRIK", "RUBRIQUE", "SECTIE", "RUBRIEK", "SECCION", "SECCIÓN"),
    "length": ("LENGTH", "LÄNGE", "LONGUEUR", "LENGTE", "LONGITUD"),
    "byline": ("BYLINE", "AUTOR", "AUTEUR", "AUTORE", "SIGNATURE", "VERFASSER", "ANCHORS",
               "ANCHOR", "HOST", "NAME"),
    "highlight": ("HIGHLIGHT", "ENCART", "DESTACADO", "HOOGTEPUNT"),
    "title": ("HEADLINE", "KOP", "TITRE", "TITEL", "TITULAR", "TITLE"),
    "text": ("BODY", "TEXT", "TEKST", "TEXTE", "TEXTO", "CHAPEAU", "ARTICLE"),
    "other": ("DATELINE", "SERIES", "SERIE", "DISTRIBUTION", "GUESTS", "LIEU", "ORIGINE",
              "DATUMSZEILE", "ORTSZEILE", "HIGHLIGHTS", "COLUMN", "EDITION", "TYPE", "SHOW", "BIO"),
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
        "DISTRIBUTION", "DATE-CORRECTION", "PRODUCT", "PRODUIT", "VIEW ORIGINAL PAGE",
    ),
}  # fmt: skip
_HEAD = {label: field for field, labels in _HEAD_FIELDS.items() for label in labels}
_TAIL = {label: field for field, labels in _TAIL_FIELDS.items() for label in labels}
_TEXT_MARKS = frozenset(_HEAD_FIELDS["text"])
_LONG = frozenset(("captions", "correction", "highlight"))  # fields of several blocks
_COUNT = re.compile(
    r"\d[\d.,]* (?:words|woorden|w(?:ö|oe)rter|mots|palabras|parole|palavras|ord)", re.I
)
_RESERVED = re.compile(r"\brights? reserved\b", re.IGNORECASE)  # the end of a longer line
_ADDRESS = re.compile(r"https?://")
_NOTICE = re.compile(r"we are sorry but there is an error in this document", re.IGNORECASE)
_COVER = 2_000
_CENTRED = 5  # blanks in front
_FURTHEST = 5  # blocks until the day
_MOST_TITLES = 3  # blocks until the first field
_LONGEST_NAME = 60
_LONG_LINE = 45  # characters, after which a name goes on below
_BREAK = "\ue000"  # of private use: no text has it


@dataclass(frozen=True)
class _Block:
    """Lines between blank ones, and the paragraphs that they are. In a text they are all
    `centred`, all `flush` with its left edge, or neither; `apart` if several blank lines are in
    front."""

    lines: tuple[str, ...]
    paragraphs: tuple[str, ...]
    centred: bool = False
    flush: bool = False
    apart: bool = False

    @property
    def words(self) -> str:
        return " ".join(self.paragraphs)


def is_export(document: Document) -> bool:
    if document.kind == "html":
        return bool(_ANCHOR.search(document.text))
    if document.kind != "text":
        lines = [line.words for line in document.lines]
        counted = (_LABEL.match(line) for line in lines)
        return any(map(_NUMBER.fullmatch, lines)) and any(
            _HEAD.get(label[1].strip()) == "length" for label in counted if label
        )
    cover = _REQUEST.search(document.text[:_COVER])
    return bool(cover or _NUMBER_LINE.search(document.text))


def read(document: Document) -> Export:
    if document.kind == "html":
        pieces = _page_blocks(document.page)
    elif document.kind == "text":
        pieces = _text_blocks(document.text)
    else:
        pieces = _set_blocks(document.lines)
    found = tuple(_article(blocks, number) for number, blocks in enumerate(pieces, start=1))
    return Export(found, _announced(document))


def _announced(document: Document) -> int | None:
    """How many articles the page or the cover says that there are, else every line that numbers
    one."""
    if document.kind == "html":
        counted = _COUNTED.search(document.text)
        return int(counted[1]) if counted else None
    text = document.characters
    if ranged := _RANGE.search(text[:_COVER]):
        return int(ranged[2]) - int(ranged[1]) + 1
    lines = (line.strip() for line in text.split("\n"))
    numbers = (re.findall(r"\d+", line) for line in lines if _NUMBER.fullmatch(line))
    counts = {int(each[1]) for each in numbers}
    return counts.pop() if len(counts) == 1 else None


def _text_blocks(text: str) -> Iterator[list[_Block]]:
    """The blocks of each article of a plain text; what stands before the first is its cover."""
    starts = [found.end() for found in _NUMBER_LINE.finditer(text)]
    ends = [*(found.start() for found in _NUMBER_LINE.finditer(text)), len(text)][1:]
    for start, end in zip(starts, ends, strict=True):
        blocks: list[_Block] = []
        lines: list[str] = []
        blank = 0
        for line in [*text[start:end].split("\n"), ""]:
            if line.strip():
                lines.append(line)
                continue
            if lines:
                blocks.append(_block(lines, apart=blank > 1))
                lines, blank = [], 0
            blank += 1
        yield blocks


def _set_blocks(lines: Sequence[Line]) -> Iterator[list[_Block]]:
    """The same of a document, where each paragraph is a block; the form's are centred."""
    blocks: list[_Block] | None = None
    for line in lines:
        if _NUMBER.fullmatch(line.words):
            if blocks is not None:
                yield blocks
            blocks = []
        elif blocks is not None and line.words:
            broken = [" ".join(each.split()) for each in line.text.split("\n") if each.strip()]
            blocks.append(_Block(tuple(broken), (line.words,), line.centred, not line.centred))
    if blocks is not None:
        yield blocks


def _block(lines: Sequence[str], apart: bool) -> _Block:
    stripped = tuple(" ".join(line.split()) for line in lines)
    whole = stripped[0]
    for line in stripped[1:]:
        # A hyphen at a line's end is the word's own.
        joined = whole.endswith("-") and whole[-2:-1].isalpha() and line[:1].isalpha()
        whole += line if joined else f" {line}"
    indents = [len(line) - len(line.lstrip()) for line in lines]
    return _Block(stripped, (whole,), min(indents) >= _CENTRED, max(indents) == 0, apart)


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
    head = _head(blocks)
    end = _tail(blocks, head.end, {**_HEAD, **_TAIL} if head.in_older_order else _TAIL)
    fields = _tail_fields(blocks[end:]) | head.fields
    titles = list(head.titles) or [fields.get("title", "")]
    text = [each for block in blocks[head.end : end] for each in block.paragraphs]
    text = [each for each in text if each.rstrip(" :") not in _TEXT_MARKS]
    if not text:  # what stands above the fields is all that there is
        text, titles = titles[1:], titles[:1]
    if not text and "captions" not in fields:
        text, titles = titles, []
    section, page = section_and_page(fields.get("section", ""))
    languages = (language_named(part) for part in re.split(r"[;/,]", fields.get("language", "")))
    return PressArticle(
        title=titles[0] if titles else "",
        paragraphs=(*text, *filter(None, [fields.get("correction", "")])),
        subtitle=" ".join([*titles[1:], *filter(None, [fields.get("highlight", "")])]),
        paper=head.paper,
        section=section,
        page=page,
        edition=head.edition,
        authors=authors(fields.get("byline", "")),
        day=head.dated.day if head.dated else None,
        hour=head.dated.hour if head.dated else "",
        language=next(filter(None, languages), None),
        captions=tuple(filter(None, [fields.get("captions", "")])),
        url=head.url,
    )


def _label(block: _Block, known: dict[str, str]) -> re.Match[str] | None:
    found = _LABEL.match(block.words)
    name = known.get(found[1].strip()) if found else None
    return found if name in _LONG or (name and len(block.paragraphs) == 1) else None


@dataclass(frozen=True)
class _Head:
    """What stands above the text, and the block where that begins. In the order before 2004 the
    headline stands above the day, and the fields below the text."""

    end: int
    paper: str = ""
    dated: Dated | None = None
    edition: str = ""
    url: str = ""
    titles: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    in_older_order: bool = False


def _head(blocks: Sequence[_Block]) -> _Head:
    head = _paper_and_day(blocks)
    at = head.end
    ahead = blocks[at : at + _MOST_TITLES + 1]
    labelled = (n for n, block in enumerate(ahead) if _is_field(ahead, n))
    until = next(labelled, None)
    if head.in_older_order:
        # A name may stand there; else it is the text that the fields follow.
        until = 1 if until == 1 and len(ahead[0].words) <= _LONGEST_NAME else 0
        fields = {"byline": ahead[0].words} if until else {}
        titles = head.titles
    else:
        until = min(1, len(ahead)) if until is None else until
        fields = {}
        titles = tuple(block.words for block in ahead[:until])
    at += until
    while at < len(blocks) and _is_field(blocks, at, last="length" in fields):
        block = blocks[at]
        label = _LABEL.match(block.words)
        name = _HEAD.get(label[1].strip(), "other") if label else "length"
        begun = "length" in fields and block.apart and name not in ("text", "highlight")
        if begun or (name in fields and name != "other"):
            break  # a paragraph like a field
        at += 1
        value = block.words[label.end() :].strip() if label else block.words
        if name == "text":
            at -= bool(value)  # the text begins behind its label
            break
        fields[name] = value
    return replace(head, end=at, titles=titles, fields=fields)


def _is_field(blocks: Sequence[_Block], n: int, last: bool = False) -> bool:
    """Whether the block `n` is a field, as known ones are, those that known ones follow, unless
    the count of words, which often is the `last`, was there, and a bare count of words."""
    block = blocks[n]
    if _label(block, _HEAD) or _COUNT.fullmatch(block.words):
        return True
    unknown = _LABEL.match(block.words) and len(block.paragraphs) == 1
    followed = n + 1 < len(blocks) and _label(blocks[n + 1], _HEAD)
    return bool(unknown and followed and not last)


def _paper_and_day(blocks: Sequence[_Block]) -> _Head:
    """The paper, the day, the edition behind it and what stands between, up to the end of those."""
    begin = 0
    beside: list[str] = []  # lines of the paper in one block with whose it is
    while begin < len(blocks) - 1 and is_rights(blocks[begin].words):
        rights = max(n for n, line in enumerate(blocks[begin].lines) if is_rights(line) or not n)
        below = blocks[begin].lines[rights + 1 :]
        beside = [line for line in below if not _RESERVED.search(line)]
        begin += 1
    for n in range(begin, min(len(blocks), begin + _FURTHEST)):
        if _label(blocks[n], _HEAD):
            break
        dated = is_date(blocks[n].lines[0])
        if not dated:
            continue
        if n == begin and begin + 1 < len(blocks) and blocks[n + 1].centred:
            return _Head(n + 2, blocks[n + 1].words, dated)
        if n == begin and not beside:
            continue
        paper = beside[-1] if n == begin else _paper(blocks[begin])
        between = blocks[begin + 1 : n]
        titles = [b.words for b in between if b.flush and not _ADDRESS.match(b.words)]
        addresses = [b.words.replace(" ", "") for b in between if _ADDRESS.match(b.words)]
        end = n + 1
        rest = [blocks[n].lines[0][dated.end :], *blocks[n].lines[1:]]
        while end < len(blocks) and (blocks[end].centred or _is_day_alone(blocks[end])):
            rest += blocks[end].lines
            end += 1
        edition = " ".join(dict.fromkeys(filter(None, map(edition_in, rest))))
        url = next(iter(addresses), "")
        return _Head(end, paper, dated, edition, url, tuple(titles), in_older_order=bool(titles))
    # "Correction Appended" instead of a day, or nothing.
    end = begin + 1
    while end < len(blocks) and blocks[end].centred:
        end += 1
    return _Head(end, beside[-1] if beside else _paper(blocks[begin]))


def _paper(block: _Block) -> str:
    """The paper's name, the first line unless that was too long for one; a report of it and its
    month may stand below."""
    lines = list(block.lines)
    name = [lines.pop(0)]
    while lines and len(name[-1]) >= _LONG_LINE:
        name.append(lines.pop(0))
    return " ".join(name)


def _is_day_alone(block: _Block) -> bool:
    dated = is_date(block.words)
    return bool(dated and not edition_in(block.words[dated.end :]))


def _tail(blocks: Sequence[_Block], begin: int, known: dict[str, str]) -> int:
    """Where the text ends: behind it are fields, the first of which is `known`, and whose it is,
    and nothing else."""
    start = len(blocks)
    long = False
    for n in range(begin, len(blocks)):
        label = _LABEL.match(blocks[n].words)
        name = known.get(label[1].strip(), "") if label else ""
        if name:
            start = min(start, n)
            long = name in _LONG
        elif start < n and not (label or long or blocks[n].centred or is_rights(blocks[n].words)):
            start = len(blocks)  # it was a paragraph like a field
    while start == len(blocks) and start - 1 > begin and _is_rights_alone(blocks[start - 1]):
        blocks = blocks[:-1]
        start -= 1
    return start


def _is_rights_alone(block: _Block) -> bool:
    return is_rights(block.words) and (block.centred or len(block.words) < 200)


def _tail_fields(blocks: Sequence[_Block]) -> dict[str, str]:
    known = {**_HEAD, **_TAIL}
    found: dict[str, list[str]] = {}
    name = ""
    for block in blocks:
        if label := _LABEL.match(block.words):
            name = known.get(label[1].strip(), "other")
            found.setdefault(name, []).append(block.words[label.end() :].strip())
        elif name in _LONG and not is_rights(block.words) and not block.centred:
            found[name].append(block.words)
    return {name: " ".join(values).strip() for name, values in found.items() if any(values)}


LEXISNEXIS = Provider(
    "LexisNexis",
    ("text", "html", "rtf", "word"),
    is_export,
    read,
    (_REQUEST, _NUMBER_LINE, _ANCHOR),
)
