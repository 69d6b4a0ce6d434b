"""Nexis, Nexis Uni and Lexis Advance: DOCX and RTF.

An article is: title, paper, day, edition, copyright, labels, the mark of its body, the text, more
labels, the mark of its end. The two marks are known in the languages of the interface; else they
are told by their form, as the lines in bold that come back in every article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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

_ENDS = frozenset((
    "end of document", "ende des dokuments", "dokumentende", "fin du document",
    "fin del documento", "fin de documento", "fim do documento", "fine del documento",
    "fine documento", "einde van document", "einde van het document", "einde document",
))  # fmt: skip
_BODIES = frozenset((
    "body", "text", "textkörper", "haupttext", "corps", "corps du texte", "texte", "cuerpo",
    "cuerpo del texto", "texto", "corpo", "corpo do texto", "testo", "corpo del testo", "tekst",
    "hoofdtekst", "body text",
))  # fmt: skip
_COVER = re.compile(
    r"(?:job number|auftragsnummer|numéro de (?:tâche|travail)|número de trabajo"
    r"|número do trabalho|numero del lavoro|taaknummer)\s?:",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(r"[^\W\d]+ \((\d{1,4})\)")
_LABEL = re.compile(r"([^\W\d_][^:\n\xa0]{1,30}?)\s?:(?:\xa0\s*|\s+|$)")
_HEAD_LABELS = {
    "section": ("section", "rubrik", "ressort", "rubrique", "sección", "seção", "secção",
                "sezione", "rubriek", "sectie"),
    "length": ("length", "länge", "longueur", "longitud", "extensión", "comprimento", "lunghezza",
               "lengte"),
    "byline": ("byline", "autor", "verfasser", "auteur", "firma", "autore", "autor/a", "signature",
               "von"),
    "highlight": ("highlight", "höhepunkt", "temps fort", "encart", "destacado", "destaque",
                  "in evidenza", "hoogtepunt", "zusammenfassung"),
    "dateline": ("dateline", "datumszeile", "origine", "lieu", "procedencia", "local", "luogo",
                 "dagtekening"),
}  # fmt: skip
_NAMES = {name: field for field, names in _HEAD_LABELS.items() for name in names}
_CAPTIONS = frozenset(("graphic", "grafik", "graphique", "gráfico", "grafico", "illustration",
                       "afbeelding", "illustratie"))  # fmt: skip
_CORRECTIONS = frozenset(("correction", "berichtigung", "korrektur", "corrección", "correção",
                          "rectification", "correzione", "correctie"))  # fmt: skip
_INDEXED = frozenset(("classification", "klassifizierung", "klassifikation", "clasificación",
                      "classificação", "classificazione", "classificatie"))  # fmt: skip
_ABSTRACT, _WHOLE = "ABSTRACT", "FULL TEXT"
_LOADED = re.compile(
    r"(?:load|correction|lade|laad|korrektur|berichtigungs)-?(?:date|datum)\s?:"
    r"|date de chargement\s?:|fecha de carga\s?:|data (?:di caricamento|de carregamento)\s?:",
    re.IGNORECASE,
)
_ID = re.compile(r"urn(?::|%3A)contentItem(?::|%3A)([0-9A-Z]{4}(?:-[0-9A-Z]{2,5}){2,6})", re.I)
_COVER_LINES = 20
_LONGEST_MARK = 40
_LONGEST_TITLE = 5  # lines of title, paper and day
_LONGEST_HEAD = 14
_FEWEST = 2  # articles in a layout that is not known


@dataclass(frozen=True)
class _Block:
    """Where an article stands: its title, the mark of its body, its text, and the mark of its
    end."""

    start: int
    body: int
    text: int
    end: int


def is_export(document: Document) -> bool:
    lines = document.lines
    return bool(_blocks(lines)) or _is_cover(lines)


def read(document: Document) -> Export:
    lines = document.lines
    blocks = _blocks(lines)
    if not blocks:
        return Export(announced=_announced(lines))
    before = lines[: blocks[0].start]
    loose = [] if _is_cover(before) else [*before]
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        loose += lines[block.end + 1 : following.start if following else len(lines)]
    articles = tuple(_article(lines[block.start : block.end], block) for block in blocks)
    return Export(articles, _announced(before), Document.of_lines(document.kind, loose))


def _is_cover(lines: Sequence[Line]) -> bool:
    return any(_COVER.match(line.words) for line in lines[:_COVER_LINES])


def _announced(cover: Sequence[Line]) -> int | None:
    counts = (_ANNOUNCED.fullmatch(line.words) for line in cover)
    return next((int(found[1]) for found in counts if found), None)


def _blocks(lines: Sequence[Line]) -> list[_Block]:
    """The articles among `lines`; none if they are no export."""
    ends = [n for n, line in enumerate(lines) if _says(line, _ENDS)]
    bodies = [n for n, line in enumerate(lines) if _says(line, _BODIES)]
    known = bool(ends)
    if not known:
        ends, bodies = _by_form(lines)
    if not bodies or not ends:
        return _by_titles(lines)
    blocks = []
    begin = 0
    for end in [*ends, len(lines)]:
        for body in (n for n in bodies if begin <= n < end):
            start = _start(lines, begin, body)
            if start is not None:
                blocks.append(_Block(start, body, body + 1, end))
                break
        begin = end + 1
    if not known and not all(_is_whole_head(lines[each.start : each.body]) for each in blocks):
        return []  # a document whose sections are alike
    return blocks


def _says(line: Line, words: frozenset[str]) -> bool:
    return len(line.text) <= _LONGEST_MARK and line.words.casefold() in words


def _by_form(lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    """The marks of the ends and of the bodies in a language that is not known: each is a line in
    bold that comes back, the one before each new section, the other after each title."""
    ends: dict[str, list[int]] = {}
    last: int | None = None
    for n, line in enumerate([*lines, Line(begins=True)]):
        if line.begins and last is not None and lines[last].bold:
            ends.setdefault(lines[last].words, []).append(last)
        if line.words:
            last = n
    end_words, found = max(ends.items(), key=lambda item: len(item[1]), default=("", []))
    if len(found) < 2 or len(end_words) > _LONGEST_MARK:
        return [], []
    first: dict[str, list[int]] = {}
    begin = 0
    for end in found:
        seen: set[str] = set()
        for n in range(begin, end):
            line = lines[n]
            plain = line.level is None and not line.centred and not _LABEL.match(line.text)
            if line.bold and plain and line.words not in seen:
                seen.add(line.words)
                first.setdefault(line.words, []).append(n)
        begin = end + 1
    everywhere = [where for where in first.values() if len(where) == len(found)]
    return found, min(everywhere, default=[])


def _by_titles(lines: Sequence[Line]) -> list[_Block]:
    """The articles of a layout without the marks: each begins with a headline, or a section, above
    paper, day and whose it is; the text begins behind the last of those and the labels."""
    written = [n for n, line in enumerate(lines) if line.words]
    heads = [
        (at, n)
        for at, n in enumerate(written)
        if lines[n].level is not None or _begins(lines, written[at - 1] + 1 if at else 0, n)
    ]
    found: list[tuple[int, int]] = []
    for at, n in heads:
        near = [lines[each] for each in written[at : at + _LONGEST_HEAD]]
        dated = next((k for k, line in enumerate(near[:4]) if k > 1 and is_date(line.words)), None)
        marks = [k for k, line in enumerate(near) if _is_furniture(line)]
        if dated and marks and marks[0] in (dated + 1, dated + 2):
            last = marks[0]
            while last + 1 in marks:
                last += 1
            found.append((n, written[at + last] + 1))
    if len(found) < _FEWEST:
        return []
    ends = [start for start, _ in found[1:]] + [len(lines)]
    blocks = [
        _Block(start, text, text, end) for (start, text), end in zip(found, ends, strict=True)
    ]
    lasts = [
        next((n for n in range(b.end - 1, b.text, -1) if lines[n].words), b.end) for b in blocks
    ]
    if len({lines[n].words for n in lasts if n < len(lines)}) == 1:  # the mark of the end
        blocks = [replace(block, end=last) for block, last in zip(blocks, lasts, strict=True)]
    return blocks


def _begins(lines: Sequence[Line], above: int, n: int) -> bool:
    """Whether a section does, or a bookmark is, at the line `n` or an empty one from `above` on."""
    return any(line.begins or line.marked for line in lines[above : n + 1])


def _start(lines: Sequence[Line], begin: int, body: int) -> int | None:
    """Where the article begins whose body is marked at `body`: behind the last empty line with a
    bookmark or the last beginning of a section, else with the lines in one piece that hold its day;
    None if nothing there is the head of an article."""
    for n in range(body - 1, begin - 1, -1):
        line = lines[n]
        if not line.words and (line.marked or line.begins):
            return n if _is_head(lines[n:body]) else None
    for n in range(body - 1, begin - 1, -1):
        if is_date(lines[n].words):
            while n > begin and lines[n - 1].words:
                n -= 1
            return n
    return begin if _is_head(lines[begin:body]) else None


def _is_head(lines: Sequence[Line]) -> bool:
    head = [line for line in lines if line.words]
    return len(head) > 1 and any(
        is_date(line.words) or is_rights(line.words) or _LABEL.match(line.text) for line in head
    )


def _is_whole_head(lines: Sequence[Line]) -> bool:
    head = [line for line in lines if line.words]
    dated = any(is_date(line.words) for line in head[1:_LONGEST_TITLE])
    return dated and any(_is_furniture(line) for line in head)


def _article(lines: Sequence[Line], block: _Block) -> PressArticle:
    body = block.body - block.start
    head = _Head([line for line in lines[:body] if line.words])
    text = _Text(lines[block.text - block.start :])
    found = _ID.search(next((line.link for line in head.lines if line.link), ""))
    section, page = section_and_page(head.fields.get("section", ""))
    return PressArticle(
        title=head.title,
        paragraphs=tuple(text.paragraphs),
        accession=found[1].upper() if found else "",
        subtitle=" ".join(filter(None, (head.fields.get("highlight", ""), text.abstract))),
        paper=head.paper,
        section=section,
        page=page,
        edition=head.edition,
        authors=authors(head.fields.get("byline", "")),
        day=head.dated.day if head.dated else None,
        hour=head.dated.hour if head.dated else "",
        language=text.language,
        captions=tuple(text.captions),
    )


class _Head:
    """What stands before the body: by its place the title, the paper, the day and the edition;
    behind the copyright by its label."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.dated: Dated | None = None
        self.edition = ""
        self.fields: dict[str, str] = {}
        furniture = next(
            (n for n, line in enumerate(lines) if n and _is_furniture(line)), len(lines)
        )
        named = [line.words for line in lines[:furniture]]
        # The title may name a day, too, so that the paper's place is looked at first.
        for n in (*range(2, min(len(named), _LONGEST_TITLE + 1)), 1):
            dated = is_date(named[n]) if n < len(named) else None
            if dated:
                self.dated = dated
                behind = [named[n][dated.end :], *named[n + 1 :]]
                self.edition = " ".join(filter(None, map(edition_in, behind)))
                named = named[:n]
                break
        self.title = named[0] if named else ""
        self.paper = named[1] if len(named) > 1 else ""
        name = ""
        for line in lines[furniture:]:
            if label := _LABEL.match(line.text):
                name = _NAMES.get(label[1].casefold(), "")
                value = " ".join(line.text[label.end() :].split())
                if name:
                    self.fields.setdefault(name, value)
            elif name:  # a value of several paragraphs
                self.fields[name] = f"{self.fields[name]} {line.words}".strip()


def _is_furniture(line: Line) -> bool:
    return is_rights(line.words) or bool(re.match(r"[^\n\xa0]{2,30}:\xa0", line.text))


class _Text:
    """What stands behind the mark of the body, part by part."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.paragraphs: list[str] = []
        self.captions: list[str] = []
        self.abstract = ""
        self.language: str | None = None
        lines = _without_load_date(lines)
        kept: list[str] | None = self.paragraphs
        for n, line in enumerate(lines):
            words = line.text if line.cells else line.words
            if part := _part(lines, n):
                kept = {"text": self.paragraphs, "captions": self.captions}.get(part)
            elif words == _WHOLE and self.paragraphs[:1] == [_ABSTRACT]:
                self.abstract = " ".join(self.paragraphs[1:])
                self.paragraphs.clear()
            elif _LOADED.match(line.text):
                pass
            elif kept is not None:
                kept += filter(None, [words])
            elif (label := _LABEL.match(line.text)) and not self.language:
                named = line.text[label.end() :].split(";")
                self.language = next(filter(None, map(language_named, named)), None)


def _part(lines: Sequence[Line], n: int) -> str:
    """The part of what is behind the text that the line `n` begins: it is marked, in bold, or apart
    from what follows; "" if it begins none."""
    line = lines[n]
    words = line.words.casefold() if len(line.text) <= _LONGEST_MARK else ""
    apart = not any(each.words for each in lines[n + 1 : n + 3])
    if not words or not (line.bold or line.marked or apart):
        return ""
    if words in _CAPTIONS:
        return "captions"
    if words in _CORRECTIONS:
        return "text"
    return "indexed" if words in _INDEXED else ""


def _without_load_date(lines: Sequence[Line]) -> Sequence[Line]:
    end = len(lines)
    for n in range(len(lines) - 1, -1, -1):
        label = _LABEL.match(lines[n].text)
        if label and "\xa0" in label[0] and is_date(lines[n].text[label.end() :].strip()):
            end = n
        elif lines[n].words:
            break
    return lines[:end]


NEXIS = Provider("Nexis", ("word", "rtf"), is_export, read)
