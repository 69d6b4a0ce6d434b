"""Exports of ProQuest: text, documents (RTF, Word), pages, and the pages that it mails."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hemeroteca.index.sources.line import Line
from hemeroteca.index.sources.markup import html_text
from hemeroteca.index.sources.press.article import Export, PressArticle
from hemeroteca.index.sources.press.dates import Dated, find_date
from hemeroteca.index.sources.press.document import Document, Kind
from hemeroteca.index.sources.press.provider import Provider

# What the fields are called in each language of the interface.
_NAMES = {
    "title": ("Title", "Título", "Titre", "Titel", "Titolo", "Tittel"),
    "author": ("Author", "Autor", "Auteur", "Autore", "Forfatter"),
    "abstract": ("Abstract", "Resumen", "Résumé", "Zusammenfassung", "Resumo", "Kurzfassung"),
    "text": ("Full text", "Texto completo", "Texte intégral", "Volltext", "Testo completo",
             "Testo integrale", "Texto integral", "Fulltekst"),
    "paper": ("Publication title", "Título de publicación", "Título de la publicación",
              "Titre de la publication", "Titel der Publikation", "Titolo pubblicazione",
              "Título da publicação", "Utgivelsestittel"),
    "info": ("Publication info", "Información de publicación", "Información de la publicación",
             "Informations de publication", "Informations sur la publication",
             "Publikationsinfo", "Publikationsinformationen", "Informazioni sulla pubblicazione",
             "Informações da publicação", "Informações sobre publicação"),
    "day": ("Publication date", "Fecha de publicación", "Fecha de titulación",
            "Date de publication", "Date du diplôme", "Publikationsdatum",
            "Data di pubblicazione", "Data de publicação", "Data da publicação",
            "Utgivelsesdato"),
    "section": ("Section", "Sección", "Bereich", "Sezione", "Seção", "Secção"),
    "page": ("First page", "Pages", "Primera página", "Páginas", "Première page",
             "Erste Seite", "Seiten", "Prima pagina", "Pagine", "Primeira página"),
    "edition": ("Edition", "Edición", "Édition", "Ausgabe", "Edizione", "Edição"),
    "language": ("Language of publication", "Idioma de la publicación", "Langue de publication",
                 "Publikationssprache", "Lingua di pubblicazione", "Idioma de publicação",
                 "Utgivelsesspråk"),
    "id": ("ProQuest document ID", "ID del documento de ProQuest", "ID de documento de ProQuest",
           "ID de ProQuest", "Identifiant de document ProQuest", "ID du document ProQuest",
           "ProQuest-Dokument-ID", "ID documento ProQuest", "ID do documento ProQuest"),
    "url": ("Document URL", "URL del documento", "URL de documento", "URL du document",
            "Dokument-URL", "URL documento", "URL do documento"),
    "": (  # what is neither text nor of use
        "Links", "Enlaces", "Vínculos", "Liens", "Subject", "Materia", "Sujet", "Thema",
        "Soggetto", "Assunto", "Emne", "Business indexing term",
        "Término de indexación de negocios",
        "Location", "Lugar", "Ubicación", "Lieu", "Ort", "Luogo", "People", "Personas", "Personnes",
        "Personen", "Persone", "Company / organization", "Company", "Empresa / organización",
        "Compañía / organización", "Société / organisation", "Unternehmen / Organisation",
        "Identifier / keyword", "Identificador / palabra clave", "Identificateur / mot-clé",
        "Identifikator/Schlüsselwort", "Identificativo/parola chiave",
        "Identificador / palavra-chave", "Classification", "Clasificación", "Klassifikation",
        "Correspondence author", "Author affiliation", "Column", "Dateline", "Series", "Volume",
        "Tomo", "Band", "Issue", "Número", "Numéro", "Number of pages", "Número de páginas",
        "Nombre de pages", "Seitenanzahl", "Numero di pagine", "Publication year",
        "Año de publicación", "Année de publication", "Erscheinungsjahr", "Anno di pubblicazione",
        "Ano de publicação", "Ano da publicação", "Year", "Publisher", "Editorial", "Éditeur",
        "Herausgeber", "Casa editrice", "Editora", "Utgiver", "Place of publication",
        "Lugar de publicación", "Lieu de publication", "Verlagsort", "Luogo di pubblicazione",
        "Local de publicação", "Country of publication", "País de publicación",
        "Pays de publication", "Publikationsland", "Paese di pubblicazione", "País de publicação",
        "Publication subject", "Materia de la publicación", "Sujet de la publication",
        "Publikationsthema", "Journal subject", "ISSN", "e-ISSN", "ISBN", "CODEN", "DOI",
        "Source type", "Tipo de fuente", "Type de source", "Quellentyp", "Tipo di fonte",
        "Tipo de fonte", "Document type", "Tipo de documento", "Type de document",
        "Dokumententyp", "Tipo di documento", "Document feature", "Publication note", "Notes",
        "Accession number", "URL", "Copyright", "Last updated", "Última actualización",
        "Dernière mise à jour", "Zuletzt aktualisiert", "Letzte Aktualisierung",
        "Ultimo aggiornamento", "Última atualização", "Database", "Base de datos",
        "Base de données", "Datenbank", "Base de dados", "Supplement", "Special issue title",
    ),
}  # fmt: skip

_RULE = re.compile(r"^[ \t]*_{40,}[ \t]*$", re.MULTILINE)
_ANCHOR = re.compile(r"<a\s[^>]*?\bname\s*=\s*[\"']?DocID_(?:[A-Z]+_)?(\w*)[^>]*>", re.IGNORECASE)
_FOOTER = re.compile(r"<!--\s*Email footer\s*-->|<div\s+class=\"copyright\"", re.IGNORECASE)
_TITLED = re.compile(r"<title[^>]*>\s*ProQuest\b", re.IGNORECASE)
# "Document 1 of 500", "Documento 1 de 3", "Email 4 of 5"
_NUMBERED = re.compile(r"[^\W\d_]+ (\d+) [^\W\d_]+ (\d+)")
_LABEL = re.compile(r"([^\W\d_][^:：\n]{1,59}?)\s?[:：]\s*")
_LEAST_LABELS = 3
_SET: tuple[Kind, ...] = ("rtf", "word")  # documents of paragraphs
_HEADINGS = frozenset(("details", "detalles", "détails", "dettagli", "links", "enlaces", "liens"))
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
# The text is a page within the page, in an element of its own.
_WITHIN = re.compile(
    r"<text\s[^>]*>(?:html(?:>|&gt;))?|</text\s*>|</?(?:html|head|body|meta)\b[^>]*>"
    r"|<title\b[^>]*>[^<]*</title>|<a\s(?=[^>]*\bsr-only\b)[^>]*>[^<]*</a>",
    re.IGNORECASE,
)
_SURE = ("day", "id", "language", "paper", "url")  # fields that stand behind the text
_NEVER_FIRST = ("text", "abstract", "section", "page", "edition", "day", "language")  # of those
_NO_ABSTRACT = 30  # characters: "None available."
_CAPTION = re.compile(r"(?:captions?|credit|illustrations?|photographs?|photos?)\s*(?::|$)", re.I)


def _squeezed(name: str) -> str:
    """A field's name without its blanks, which mail loses and adds."""
    return "".join(name.split()).casefold()


_FIELDS = {_squeezed(name): key for key, names in _NAMES.items() for name in names}


def is_export(document: Document) -> bool:
    """Whether rules of underscores or anchors named DocID_ part documents with ProQuest's
    fields."""
    if document.kind in _SET:
        said = {each[0] for line in document.lines if (each := _field(_set_block(line)))}
        return {"text", "id"} <= said
    text = document.text
    if document.kind == "html":
        return bool(_ANCHOR.search(text) or _TITLED.search(text))
    rule = _RULE.search(text)
    if not rule or text[: rule.start()].strip():
        return False
    found = map(_field, _BLANK_LINE.split(text[rule.end() :][:60_000]))
    names = [each[0] for each in found if each]
    return len(names) >= _LEAST_LABELS and not {"text", *_SURE}.isdisjoint(names)


def read(document: Document) -> Export:
    """The articles, each with its fields by their names; a paragraph of the text is none, whatever
    it begins with."""
    announced = [0]
    articles = []
    for accession, blocks in _documents(document):
        while blocks and (numbered := _NUMBERED.fullmatch(blocks[0].strip())):
            announced.append(int(numbered[2]))
            blocks = blocks[1:]
        article = _article(accession, blocks)
        if article:
            articles.append(article)
    return Export(tuple(articles), max(announced) or None)


PROQUEST = Provider("ProQuest", ("text", "html", "rtf", "word"), is_export, read, (_RULE, _ANCHOR))


def _documents(document: Document) -> Iterator[tuple[str, Sequence[str]]]:
    """The blocks of each document, with the id that its anchor names; "" of text."""
    if document.kind in _SET:
        for blocks in _set_documents(document.lines):
            yield "", blocks
        return
    if document.kind != "html":
        for part in _RULE.split(document.text):
            yield "", [block for block in _BLANK_LINE.split(part) if block.strip()]
        return
    markup = document.text
    anchors = list(_ANCHOR.finditer(markup))
    ends = [*(anchor.start() for anchor in anchors), len(markup)][1:]
    for anchor, end in zip(anchors, ends, strict=True):
        part = markup[anchor.end() : end]
        footer = _FOOTER.search(part)
        text = html_text(_WITHIN.sub("", part[: footer.start()] if footer else part))
        yield anchor[1], text.split("\n\n")


def _set_documents(lines: Sequence[Line]) -> Iterator[Sequence[str]]:
    """The blocks of each document, between rules and lines that number them, or on a page of its
    own behind one that has its fields."""
    part: list[str] = []
    whole = False
    for line in lines:
        block = _set_block(line)
        if not block:
            continue
        if _is_between(block) or (whole and line.begins):
            yield part
            part, whole = [], False
        if not _RULE.fullmatch(block):
            part.append(block)
            said = _field(block)
            whole |= said is not None and said[0] == "id"
    yield part


def _is_between(block: str) -> bool:
    return bool(_RULE.fullmatch(block) or _NUMBERED.fullmatch(block))


def _set_block(line: Line) -> str:
    """A paragraph, or a row of a table that has a field and its value, as the text has them."""
    words = line.words
    if len(line.cells) == 2:
        words = " ".join(" ".join(line.cells).split())
    return f"{words}:" if words.isupper() and _squeezed(words) in _FIELDS else words


def _field(block: str) -> tuple[str, str] | None:
    """The field that `block` is, and its value; None if its label is not known."""
    label = _LABEL.match(block.lstrip())
    key = _FIELDS.get(_squeezed(label[1])) if label else None
    return None if label is None or key is None else (key, block.lstrip()[label.end() :].strip())


@dataclass(frozen=True)
class _Fields:
    values: Mapping[str, str] = field(default_factory=dict)
    text: tuple[str, ...] = ()

    def value(self, key: str) -> str:
        return " ".join(self.values.get(key, "").split())


def _article(accession: str, blocks: Sequence[str]) -> PressArticle | None:
    said = {each[0] for block in blocks if (each := _field(block))}
    if not said & {"text", "abstract", "id"}:
        return None  # the cover, or whom to ask
    fields = _fields(blocks)
    heading = "" if _field(blocks[0]) else " ".join(blocks[0].split())
    dated = _date(fields)
    paragraphs, captions = _parted(fields.text)
    section = fields.value("section")
    return PressArticle(
        heading or fields.value("title"),
        paragraphs,
        fields.value("id") or accession,
        paper=fields.value("paper"),
        section=section if section.strip("-–— ") else "",
        page=fields.value("page"),
        edition=fields.value("edition"),
        authors=tuple(filter(None, (a.strip() for a in fields.value("author").split(";")))),
        day=dated.day if dated else None,
        captions=captions,
        url=fields.value("url"),
    )


def _fields(blocks: Sequence[str]) -> _Fields:
    """What `blocks` say: fields, then the text, then the rest of the fields."""
    values: dict[str, str] = {}
    text: list[str] = []
    known = [_field(block) for block in blocks]
    begin = next((n for n, each in enumerate(known) if each and each[0] == "text"), None)
    end = len(blocks) if begin is None else _end_of_text(blocks, known, begin)
    abstract: list[str] = []
    in_abstract = False
    for n, block in enumerate(blocks):
        each = known[n]
        if begin is not None and begin <= n < end:
            text.append(each[1] if n == begin and each else block)
        elif each:
            in_abstract = each[0] == "abstract"
            if in_abstract:
                abstract.append(each[1])
            values.setdefault(each[0], each[1])
        elif in_abstract:
            abstract.append(block)
    lines = tuple(" ".join(line.split()) for block in text for line in block.split("\n"))
    if not any(lines) and len("".join(abstract)) > _NO_ABSTRACT:
        lines = tuple(" ".join(each.split()) for each in abstract)
    return _Fields(values, tuple(filter(None, lines)))


def _end_of_text(blocks: Sequence[str], known: Sequence[tuple[str, str] | None], begin: int) -> int:
    """Where the fields begin again: the first known one from which nothing but labels comes, up
    to the last that only they have; a footer may follow."""
    sure = [n for n, each in enumerate(known) if each and each[0] in _SURE and n > begin]
    end = len(blocks)
    behind: set[str] = set()
    for n in range(max(sure, default=begin), begin, -1):
        each = known[n]
        if each and each[0] and each[0] in behind:
            break  # a paragraph of the text that begins like a field
        if each and each[0] not in _NEVER_FIRST:
            behind.add(each[0])
            end = n
        elif "\n" in blocks[n].strip() or not _LABEL.match(blocks[n]):
            break
    return end


def _date(fields: _Fields) -> Dated | None:
    """The day of publication; blanks can have come into its numbers."""
    for written in (fields.value("day"), fields.value("info").rpartition("]")[2]):
        blanks = (match.start() for match in re.finditer(" ", written))
        without = (written[:at] + written[at + 1 :] for at in blanks)
        if found := next(filter(None, map(find_date, (written, *without))), None):
            return found
    return None


def _parted(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs, and the captions and credits behind them."""
    end = len(lines)
    while end and lines[end - 1].casefold() in _HEADINGS:
        end -= 1
    lines = lines[:end]
    while end and _CAPTION.match(lines[end - 1]):
        end -= 1
    captions = (_CAPTION.sub("", line, count=1).strip() for line in lines[end:])
    return tuple(lines[:end]), tuple(filter(None, captions))
