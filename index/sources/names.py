"""The names by which exports call an article's fields, and those that a user adds."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256

# The names that exports give to each field; the first that is there and is not empty counts.
# Capitals, blanks, hyphens and underscores make no difference.
FIELDS = {
    "id": (
        "id", "_id", "guid", "uid", "uuid", "articleid", "storiesid", "storyid", "newsid", "postid",
        "docid", "documentid", "identifier", "uri", "url", "link", "weburl", "canonicalurl",
        "permalink", "requestedurl",
    ),
    "title": (
        "title", "headline", "titulo", "título", "titular", "titre", "titel", "titolo", "webtitle",
        "posttitle", "articletitle", "hedline", "headlines", "títol", "titol", "naslov", "rubrik",
        "überschrift", "ueberschrift", "schlagzeile", "kop", "tytul", "tytuł", "overskrift",
        "otsikko", "cím", "hd", "name", "t",
    ),
    "date": (
        "date", "published", "publishedat", "publicationdate", "datepublished", "pubdate",
        "fecha", "fechapublicacion", "datum", "datepublish", "publishdate", "publisheddate",
        "publishedon", "publishedtime", "publishtime", "publicationtime", "webpublicationdate",
        "firstpublicationdate", "articlepublishedtime", "articledate", "postdate", "dateissued",
        "datetimepub", "displaydate", "firstpublishdate", "pubdatetime", "dateofpublication",
        "issued", "erschienen", "fechapub", "fechayhora", "dia", "día", "dato", "pd",
        "fechapublicación", "fechadepublicacion", "fechadepublicación", "fechahora", "fechanoticia",
        "data", "datapublicacao", "datapublicação", "datapubblicazione", "datadepublicacao",
        "datapublicacio", "datepublication", "datedepublication", "dateparution",
        "erscheinungsdatum", "veröffentlicht", "seendate", "firstcreated", "versioncreated",
        "datetime", "timestamp", "@timestamp", "createdat", "created", "datecreated", "d",
    ),
    "text": (
        "text", "body", "content", "articlebody", "fulltext", "maintext", "texto", "cuerpo",
        "contenido", "conteudo", "texte", "contenu", "testo", "inhalt", "plaintext", "bodytext",
        "articletext", "storytext", "newstext", "storybody", "postcontent", "contenttext",
        "textcontent", "bodyhtml", "bodyxhtml", "contenthtml", "htmlcontent", "bodies", "conteúdo",
        "corpo", "corps", "contingut", "cos", "contents", "paragraphs", "article", "story",
        "noticia", "textointegral", "textocompleto", "textoíntegro", "corpotexto", "corpodotexto",
        "corponoticia", "cuerponoticia", "cuerpodelanoticia", "textonoticia", "textodelanoticia",
        "cuerpotexto", "texteintegral", "textecomplet", "corpsdutexte", "testocompleto", "volltext",
        "artikeltext", "artikel", "tekst", "brödtext", "brodtext", "treść", "tresc", "teksti",
        "contentelements", "html", "ft", "td", "rawtext", "leadparagraph", "description",
        "descriptions", "summary", "abstract", "excerpt", "snippet", "descripcion", "descripción",
        "resumen",
    ),
    "subtitle": (
        "subtitle", "subheadline", "subhead", "subheading", "standfirst", "dek", "deck",
        "trailtext", "subtitulo", "subtítulo", "bajada", "copete", "entradilla", "soustitre",
        "sottotitolo", "untertitel", "subtítol", "subtitol", "ingress", "onderkop",
    ),
    "paper": (
        "paper", "newspaper", "outlet", "publication", "publicationname", "publicationtitle",
        "newspapername", "papername", "medianame", "sitename", "sourcename", "sourcetitle",
        "newssource", "source", "publisher", "periodico", "periódico", "diario", "medio",
        "cabecera", "nombremedio", "mediocomunicacion", "journal", "giornale", "testata", "jornal",
        "veiculo", "veículo", "zeitung", "medium", "quelle", "fuente", "fonte", "font", "mitja",
        "mitjà", "krant", "bron", "tidning", "avis", "media", "provider", "sourcedomain", "domain",
    ),
    "authors": (
        "author", "authors", "byline", "bylines", "autor", "autora", "autores", "firma",
        "firmante", "auteur", "auteurs", "autore", "autori", "verfasser", "autoren", "writer",
        "writers", "journalist", "journalists", "reporter", "reporters", "creator", "creators",
        "dc:creator", "dccreator", "articleauthor", "postauthor", "authorname", "auteursnom",
        "forfatter", "författare", "periodista", "redactor",
    ),
    "section": (
        "section", "sectionname", "articlesection", "newsdesk", "desk", "seccion", "sección",
        "secció", "seccio", "rubrique", "ressort", "sezione", "secao", "seção", "editoria",
        "rubriek", "department", "category", "categories", "categoria", "categoría", "catégorie",
        "kategorie", "topic",
    ),
    "url": (
        "url", "weburl", "canonicalurl", "link", "permalink", "requestedurl", "sourceurl",
        "articleurl", "webaddress", "enlace", "uri", "guid", "id",
    ),
    "edition": (
        "edition", "edicion", "edición", "édition", "ausgabe", "edizione", "edicao", "edição",
        "edició", "editie", "printedition",
    ),
    "page": (
        "page", "pages", "printpage", "pagenumber", "pageno", "startpage", "pagina", "página",
        "pàgina", "paginas", "páginas", "seite", "seiten",
    ),
    "hour": ("time", "publishedhour", "hour", "hora", "heure", "uhrzeit", "ora", "tijd"),
    "changed": (  # when a record was last changed: which of two with one id is the later
        "updated", "updatedat", "datemodified", "datemodify", "modified", "modifiedat",
        "lastmodified", "lastmod", "postmodified", "dateupdated", "versioncreated",
    ),
    "language": ("language", "lang", "idioma", "langue", "inlanguage"),
}  # fmt: skip
_SAID = {"day": "date", "author": "authors"}  # as the filters and citations call them
# What a user may name, as it is said there.
NAMED = tuple(next((s for s, each in _SAID.items() if each == name), name) for name in FIELDS)
_NAME_BLANKS = re.compile(r"[\s_-]+")


@lru_cache(maxsize=4_096)
def plain_name(name: str) -> str:
    """A field's name as it stands in FIELDS."""
    return _NAME_BLANKS.sub("", name).lower()


@dataclass(frozen=True)
class FieldNames:
    """The names of each field, the best first: for some of them `own` names as an export writes
    them, before those of FIELDS. A name of one's own is that of no other field, but an id may be
    what else the record tells; with dots, it leads into objects: "source.name"."""

    own: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def of(self, name: str) -> tuple[str, ...]:
        """The names of the field `name`, a key of FIELDS, as `plain_name` has them."""
        return self._all[name]

    @cached_property
    def taken(self) -> frozenset[str]:
        """Those of `own`, as `plain_name` has them."""
        return frozenset(plain_name(name) for _, names in self.own for name in names)

    @cached_property
    def _all(self) -> Mapping[str, tuple[str, ...]]:
        own = {each: tuple(map(plain_name, names)) for each, names in self.own}
        return {
            each: (*own.get(each, ()), *(n for n in names if each == "id" or n not in self.taken))
            for each, names in FIELDS.items()
        }

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Those of `own` that lead into objects."""
        return tuple(n for _, names in self.own for n in names if "." in n)

    @cached_property
    def mark(self) -> str:
        """What changes with `own`; "" without."""
        return sha256(repr(self.own).encode()).hexdigest()[:8] if self.own else ""


KNOWN = FieldNames()


def parse_names(written: str) -> FieldNames:
    """The names in text such as "title=Titular,paper=Medio", in which a field may come again with
    another name; a part that has a comma in it stands in double quotes.

    Raises ValueError if there is no such field, or a name is missing."""
    own: dict[str, tuple[str, ...]] = {}
    for part in _parts(written):
        said, _, name = (each.strip() for each in part.partition("="))
        each = _SAID.get(said.lower(), said.lower())
        if each not in FIELDS or not plain_name(name):
            raise ValueError(f"{part!r} names no field: expected such as title=Titular")
        own[each] = (*own.get(each, ()), name)
    return FieldNames(tuple(own.items()))


def _parts(written: str) -> Iterable[str]:
    rows = csv.reader(written.splitlines(), skipinitialspace=True)
    return [part for row in rows for part in map(str.strip, row) if part]
