"""The fields of a record by the names and in the values that its exporter gives them."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.picture import Picture
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.describe import authors_of, name_of, web_address
from hemeroteca.index.sources.extract import stable_key
from hemeroteca.index.sources.markup import plain_text
from hemeroteca.index.sources.names import KNOWN, FieldNames, plain_name
from hemeroteca.index.sources.record_pictures import record_pictures
from hemeroteca.index.text.language import LANGUAGES

_DRAFTS = frozenset(("draft", "autodraft", "trash", "borrador"))
_STATES = {  # what they may say of an article that is not published
    "status": _DRAFTS,
    "poststatus": _DRAFTS | {"private", "pending", "future", "inherit"},  # WordPress
    "pubstatus": frozenset(("withheld", "canceled")),  # IPTC
}
_LANGUAGE_TAG = re.compile(r"([a-z]{2})(?:[-_].*)?")
# What a record may lie in: a search engine's hit, an API's answer.
_WRAPPERS = ("_source", "fields", "attributes", "article", "document", "doc", "post",
             "node", "item", "record", "story", "data")  # fmt: skip
# What a value may lie in, as Mongo, WordPress, the New York Times and XML converters write it.
_INNER = ("$oid", "$date", "$numberLong", "$numberInt", "$numberDouble", "rendered", "main",
          "value", "text", "html", "raw", "content", "plain", "#text", "_", "__cdata",
          "processed", "basic", "@value")  # fmt: skip
_EMPTY = frozenset(("", "nan", "nat", "none", "null", "n/a", "\\n", "<na>"))
_LONGEST_EMPTY = 9
# Fields that hold the text once more, shortened or as a page, beside another.
_SAME_AGAIN = frozenset((
    "html", "bodyhtml", "bodyxhtml", "contenthtml", "htmlcontent", "rawtext", "leadparagraph",
    "description", "descriptions", "summary", "abstract", "excerpt", "snippet", "descripcion",
    "descripción", "resumen", "bodies", "contentelements", "paragraphs",
))  # fmt: skip
_FEWEST_WORDS = 8  # of a text beside another
_HELD = 0.8  # of the words of a text that another has, which holds it
_WORD = re.compile(r"\w+")
_ROLES = ("main", "html", "xhtml")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Record:
    """An article as its record has it; `text` may be HTML, `dates` are as they were
    written, the first that can be read counts."""

    text: str
    identity: str = ""
    title: str | None = None
    dates: tuple[str, ...] = ()
    changed: str = ""
    language: str | None = None
    state: str = ""  # if it says that it is not published
    subtitle: str = ""
    publication: Publication = Publication()
    item: str = ""  # what an agency calls it in all its versions, whatever the file
    version: str = ""
    embargo: str = ""  # until when it may not be shown, as written
    pictures: tuple[Picture, ...] = ()

    @property
    def key(self) -> str:
        return stable_key(self.identity, self.text)


def read_record(fields: Mapping[str, object], names: FieldNames = KNOWN) -> Record:
    """What `fields` say of an article, by `names`.

    Raises ArticleError if they hold no text."""
    values = _by_name(fields, names)
    text = _text(values, fields, names)
    return Record(
        text,
        _first(values, names.of("id"), _written) or "",
        _first(values, names.of("title"), _text_of),
        tuple(filter(None, (_date(values[n]) for n in names.of("date") if n in values))),
        _first(values, names.of("changed"), _date) or "",
        _language(values, names),
        _state(values),
        *read_beside(values, names),
        pictures=record_pictures(fields),
    )


def read_beside(values: Mapping[str, object], names: FieldNames = KNOWN) -> tuple[str, Publication]:
    """The subtitle and the publication that `values`, by their plain names, tell; the hour as it is
    written. Whatever one of them holds, the article is read."""
    authors = (authors_of(values[name]) for name in names.of("authors") if name in values)
    publication = Publication(
        paper=_first(values, names.of("paper"), _paper) or "",
        authors=next(filter(None, authors), ()),
        section=_first(values, names.of("section"), _line) or "",
        url=_first(values, names.of("url"), _address) or "",
        edition=_first(values, names.of("edition"), _line) or "",
        page=_first(values, names.of("page"), _line) or "",
        hour=_first(values, names.of("hour"), _line) or "",
    )
    return _first(values, names.of("subtitle"), _line) or "", publication


def with_own(record: Record, fields: Mapping[str, object], names: FieldNames) -> Record:
    """`record` with what `fields` tell by the names of the user's own."""
    values = {name: v for name, v in _by_name(fields, names).items() if name in names.taken}
    if not values:
        return record
    subtitle, said = read_beside(values, names)
    dates = tuple(filter(None, (_date(values[n]) for n in names.of("date") if n in values)))
    return Record(
        _first(values, names.of("text"), _text_of) or record.text,
        _first(values, names.of("id"), _written) or record.identity,
        _first(values, names.of("title"), _text_of) or record.title,
        dates + record.dates,
        _first(values, names.of("changed"), _date) or record.changed,
        _language(values, names) or record.language,
        record.state,
        subtitle or record.subtitle,
        replace(record.publication, **{name: v for name, v in vars(said).items() if v}),
        pictures=record.pictures,
    )


def key_of(fields: Mapping[str, object], names: FieldNames = KNOWN) -> str:
    """The key of the article that a record without text would be; "" if it has no id."""
    identity = _first(_by_name(fields, names), names.of("id"), _written)
    return stable_key(identity, "") if identity else ""


def _line(value: object) -> str | None:
    """A name, a number or the first of a list of those."""
    if isinstance(value, int | float):
        return _written(value)
    return name_of(value) or None


def _address(value: object) -> str | None:
    return web_address(name_of(value)) or None


def _paper(value: object) -> str | None:
    """An outlet's name; an address or a file's path is none."""
    name = _line(value) or ""
    return None if "/" in name or "\\" in name or not any(map(str.isalpha, name)) else name


def _by_name(fields: Mapping[str, object], own: FieldNames) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in fields.items():
        if not _is_empty(value):
            values[plain_name(str(name))] = value
    for name in _WRAPPERS:
        wrapped = values.get(plain_name(name))
        if isinstance(wrapped, Mapping):
            values = {**_by_name(wrapped, KNOWN), **values}
    for path in own.paths:
        if not _is_empty(found := _within(fields, path)):
            values.setdefault(plain_name(path), found)
    return values


def _within(fields: Mapping[str, object], path: str) -> object:
    """What the name `path`, whose parts are parted by dots, leads to."""
    found: object = fields
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _is_empty(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST_EMPTY and value.strip().lower() in _EMPTY
    return value is None or (isinstance(value, float) and math.isnan(value))


def _first(
    values: Mapping[str, object], names: Iterable[str], read: Callable[[object], str | None]
) -> str | None:
    for name in names:
        if name in values and (found := read(values[name])):
            return found
    return None


def _text(values: Mapping[str, object], fields: Mapping[str, object], own: FieldNames) -> str:
    texts: list[str] = []
    other: tuple[str, object] | None = None
    for name in own.of("text"):
        if name in values and not (texts and name in _SAME_AGAIN):
            if not isinstance(values[name], int | float) and (text := _text_of(values[name])):
                texts.append(text)
            other = other or (name, values[name])
    if texts:
        return _joined(texts)
    if other:
        raise ArticleError(
            "has a {name} that is a {kind}: expected text",
            name=other[0],
            kind=type(other[1]).__name__,
        )
    names = ", ".join(" ".join(str(name).split()) for name in list(fields)[:10])[:200]
    raise ArticleError(
        "has no text: expected a field named text, found {names}",
        names=names or Message("nothing"),
    )


def _joined(texts: Sequence[str]) -> str:
    """The first of `texts` with those that say something else; of two of which one holds the other,
    the longer."""
    kept = [texts[0]]
    for text in texts[1:]:
        words = _words(text)
        if len(words) < _FEWEST_WORDS:  # a tag, a name, an address
            continue
        known = [_words(each) for each in kept]
        if any(_holds(each, words) for each in known):
            continue
        kept = [each for each, had in zip(kept, known, strict=True) if not _holds(words, had)]
        kept.append(text)
    return kept[0] if len(kept) == 1 else "\n\n".join(map(plain_text, kept))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(plain_text(text).casefold()))


def _holds(words: frozenset[str], others: frozenset[str]) -> bool:
    return len(words & others) >= _HELD * len(others)


def _text_of(value: object) -> str | None:
    """The text in `value`: itself, a part of it, or the paragraphs of a list."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        inner = (value[name] for name in _INNER if not _is_empty(value.get(name)))
        return next(filter(None, map(_text_of, inner)), None)
    if isinstance(value, list):
        roles = [part for part in value if isinstance(part, Mapping) and part.get("role")]
        if roles:  # one text in several forms, as in ninjs
            chosen = [part for part in roles if part["role"] in _ROLES] or roles
            return _text_of(chosen[0])
        return "\n\n".join(filter(None, map(_text_of, value))) or None
    return _written(value)


def _written(value: object) -> str | None:
    """A name or a number as it is written; 7.0 is what a table makes of 7."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, "f")
    return str(value) if isinstance(value, int) else _text_of(value)


def _date(value: object) -> str:
    if isinstance(value, Mapping) and isinstance(parts := value.get("date-parts"), list):
        first = parts[0] if parts and isinstance(parts[0], list) else []  # CSL, as Zotero writes it
        return "-".join(str(part).zfill(2) for part in first)
    if isinstance(value, Mapping) and "$date" in value:
        moment = _written(value["$date"]) or ""
        if moment.lstrip("-").isdecimal():  # milliseconds, before 1970 too
            try:
                return (_EPOCH + timedelta(milliseconds=int(moment))).isoformat()
            except OverflowError:
                return moment
        return moment
    return "" if isinstance(value, bool) else _written(value) or str(value)


def _language(values: Mapping[str, object], names: FieldNames) -> str | None:
    written = _first(values, names.of("language"), _text_of) or ""
    tag = _LANGUAGE_TAG.fullmatch(written.strip().lower())
    return tag[1] if tag and tag[1] in LANGUAGES else None


def _state(values: Mapping[str, object]) -> str:
    for name, unpublished in _STATES.items():
        state = plain_name(str(values.get(name, ""))).rpartition(":")[2]
        if state in unpublished:
            return state
    return ""
