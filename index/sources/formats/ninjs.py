"""ninjs: an agency's news as JSON, by the names of its versions 1, 2 and 3."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO

from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.describe import authors_of, name_of, web_address
from hemeroteca.index.sources.fields import Record, read_record
from hemeroteca.index.sources.formats import nitf
from hemeroteca.index.sources.markup import plain_text
from hemeroteca.index.sources.names import KNOWN, FieldNames, plain_name
from hemeroteca.index.sources.record_pictures import record_pictures
from hemeroteca.index.sources.xml_tree import read_tree
from hemeroteca.index.text.language import LANGUAGES

_TELLING = frozenset(
    ("bodytext", "bodyxhtml", "bodyhtml", "bodies", "headlines", "versioncreated", "pubstatus",
     "contentcreated", "embargoed", "renditions", "infosources", "urgency")
)  # fmt: skip
_BODY = re.compile(r"bod(?:y|ies)", re.IGNORECASE)
_CAPTION = re.compile(r"caption|description", re.IGNORECASE)
_BELOW = re.compile(r"sub|deck|kicker", re.IGNORECASE)
_DATES = ("firstcreated", "contentcreated", "firstpublished", "versioncreated")
_USABLE = ("", "usable")
_NITF = re.compile(r"\s*(?:<\?xml|<\w*nitf[\s>])", re.IGNORECASE)


def record_of(fields: Mapping[str, object], names: FieldNames = KNOWN) -> Record:
    """What `fields` say of an article, whether it is ninjs or another exporter's, whose names may
    be one's own. Raises ArticleError if they hold no text."""
    return read_item(fields) if not names.own and is_item(fields) else read_record(fields, names)


def is_item(fields: Mapping[str, object]) -> bool:
    """Whether these are the fields of a ninjs item, which must have a `uri`."""
    plain = {plain_name(str(name)) for name in fields}
    standard = fields.get("standard")
    if isinstance(standard, Mapping) and standard.get("name") == "ninjs":
        return "uri" in plain
    bodies = fields.get("bodies")
    is_told = isinstance(bodies, list) and any(_told(bodies))
    return "uri" in plain and (is_told or len(plain & _TELLING) > 1)


def read_item(fields: Mapping[str, object]) -> Record:
    """A ninjs item: its body, else its descriptions, and the captions of what goes with it. Raises
    ArticleError if it holds no text, as a picture's does not."""
    values = {plain_name(str(name)): value for name, value in fields.items()}
    headlines = list(_told(values.get("headlines") or values.get("headline")))
    below = [text for role, text in headlines if _BELOW.search(role)]
    above = [text for role, text in headlines if not _BELOW.search(role)]
    bodies = [
        _of_markup(text) for name in values if _BODY.match(name) for _, text in _told(values[name])
    ]
    text = max(bodies, key=lambda body: len(plain_text(body)), default="")
    captions = [
        caption
        for each in _associated(values.get("associations"))
        for caption in _captions(each)
        if caption not in text
    ]
    if not text.strip():  # a caption, the text of an event
        text = "\n\n".join(_captions(fields)) or str(values.get("bodytext") or "")
    dates = tuple(str(values[name]) for name in _DATES if values.get(name))
    state = plain_name(str(values.get("pubstatus") or "")).rpartition(":")[2]
    if not text.strip() and state in _USABLE:
        read_record(fields)  # says what is there instead
    language = str(values.get("language") or "")[:2].lower()
    uri = str(values["uri"])
    parts = [plain_text(text), *(plain_text(each) for each in captions)]
    return Record(
        "\n\n".join(filter(None, parts)),
        uri,
        next(iter(above), "") or _text(values.get("title")) or None,
        dates,
        str(values.get("versioncreated") or ""),
        language if language in LANGUAGES else None,
        "" if state in _USABLE else state,
        next(iter(below), ""),
        Publication(
            paper=_paper(values),
            authors=authors_of(_by(values)),
            section=name_of(values.get("subjects") or values.get("subject")),
            url=web_address(uri),
        ),
        item=uri,
        version=str(values.get("version") or ""),
        embargo=str(values.get("embargoed") or ""),
        pictures=record_pictures(fields),
    )


def _of_markup(body: str) -> str:
    """A body without the NITF that it may be in."""
    if not _NITF.match(body):
        return body
    root = read_tree(BytesIO(body.encode(errors="replace"))).root
    content = root.find(".//body")
    return nitf.text_of(root if content is None else content)


def _told(value: object) -> Iterator[tuple[str, str]]:
    """The texts of a field, each with its role: one, or a list of them."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str) and each.strip():
            yield "", each
        elif isinstance(each, Mapping) and isinstance(each.get("value"), str):
            yield str(each.get("role") or ""), each["value"]


def _text(value: object) -> str:
    return next((text for _, text in _told(value)), "")


def _captions(item: Mapping[str, object]) -> list[str]:
    found = [
        plain_text(text)
        for name, value in item.items()
        if _CAPTION.match(str(name))
        for _, text in _told(value)
    ]
    return list(dict.fromkeys(filter(None, found)))


def _associated(value: object) -> Iterator[Mapping[str, object]]:
    """The items that go with one, such as its pictures; each is one of its own if it has a body."""
    each = value.values() if isinstance(value, Mapping) else value
    for item in each if isinstance(value, Mapping | list) else ():  # type: ignore[attr-defined]
        if isinstance(item, Mapping) and not any(_BODY.match(str(name)) for name in item):
            yield item


def _by(values: Mapping[str, object]) -> object:
    written = _text(values.get("bylines") or values.get("byline") or values.get("by"))
    return written or [
        person
        for person in _list(values.get("people"))
        if isinstance(person, Mapping) and "author" in str(person.get("rel", ""))
    ]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _paper(values: Mapping[str, object]) -> str:
    sources = values.get("infosources") or values.get("infosource")
    return (
        name_of(sources)
        or name_of(values.get("provider"))
        or name_of(values.get("copyrightholder"))
    )
