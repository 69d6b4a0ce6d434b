"""Records, such as JSON objects and rows of a table, to articles."""

import re
from collections.abc import Mapping

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.sources.dates import parse_date
from hemeroteca.index.sources.extract import Extract, stable_key
from hemeroteca.index.sources.markup import html_text

# The names that exports give to each field; the first that is there and is not empty counts.
# Capitals, blanks, hyphens and underscores make no difference.
FIELDS = {
    "id": ("id", "_id", "guid", "uid", "uuid", "articleid", "url", "link"),
    "title": ("title", "headline", "titulo", "título", "titular", "titre", "titel", "titolo"),
    "date": (
        "date", "published", "publishedat", "publicationdate", "datepublished", "pubdate",
        "fecha", "fechapublicacion", "datum",
    ),
    "text": (
        "text", "body", "content", "articlebody", "fulltext", "maintext", "texto", "cuerpo",
        "contenido", "conteudo", "texte", "contenu", "testo", "inhalt",
    ),
}  # fmt: skip
_NAME_BLANKS = re.compile(r"[\s_-]+")
_TAGS = re.compile(r"</(?:p|div|span|a|b|i|em|strong|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)


def from_record(record: Mapping[str, object], where: str | Message) -> Extract:
    """The article that the record at `where` is, by the names in FIELDS; HTML becomes its text.

    Raises ArticleError if it has no text, or a value that cannot be what its name says."""
    by_name = {
        _NAME_BLANKS.sub("", str(name)).lower(): value
        for name, value in record.items()
        if value not in (None, "")
    }
    identity, title, written, text = (_value(by_name, field) for field in FIELDS)
    if text is None:
        names = ", ".join(map(str, list(record)[:10]))[:200] or Message("nothing")
        raise ArticleError("has no text: expected a field named text, found {names}", names=names)
    if _TAGS.search(text):
        text = html_text(text)
    day = parse_date(written, text) if written else None
    if written and day is None:
        raise ArticleError("has the date {date!r}: write it as YYYY-MM-DD", date=written[:40])
    return Extract(text, stable_key(identity or "", text), title, day, where=where)


def _value(by_name: Mapping[str, object], field: str) -> str | None:
    for name in FIELDS[field]:
        value = by_name.get(name)
        if isinstance(value, str) or (field == "id" and isinstance(value, int)):
            return str(value)
        if value is not None:
            raise ArticleError(
                "has a {name} that is a {kind}: expected text", name=name, kind=type(value).__name__
            )
    return None
