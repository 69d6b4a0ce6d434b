"""Records, such as JSON objects and rows of a table, to articles."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar, cast

from hemeroteca.index.errors import Message
from hemeroteca.index.sources.dates import day_comes_first, parse_date, parse_hour, parse_time
from hemeroteca.index.sources.extract import (
    Extract,
    LeftOut,
    Part,
    Rejected,
    Version,
    digest,
    reason_of,
    stable_key,
)
from hemeroteca.index.sources.fields import Record
from hemeroteca.index.sources.markup import plain_text
from hemeroteca.index.sources.names import KNOWN, FieldNames, plain_name
from hemeroteca.index.text.characters import clean

_NEVER = datetime.max.replace(tzinfo=UTC)
_LAST_ZONE = timedelta(hours=12)  # where a day ends last
_HAS_ZONE = re.compile(r"\d[T ].*(?:Z|[+-]\d\d:?\d\d)\s*$", re.IGNORECASE)
log = logging.getLogger(__name__)
T = TypeVar("T")

NOT_UTF8 = Message("is not UTF-8: it was read in the encoding that it seems to be in")


@dataclass(frozen=True)
class Survey:
    """What the records of a file show only together.

    `day_first`: whether dates in numbers have the day before the month, None if no record proves
    it. `later`: for the number of each record whose id another has as well, the number of that
    which counts: the latest by its dates, else the last."""

    day_first: bool | None = None
    later: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Numbered:
    """A record with its number in the file, what stands there, and what is to be said of how it
    was read."""

    number: int
    record: Record
    content: str | bytes
    notes: tuple[Message, ...] = ()


def fields_once(
    pairs: Sequence[tuple[str, T]], names: FieldNames = KNOWN
) -> tuple[dict[str, T], tuple[Message, ...]]:
    """The fields of a record that may have one several times, and what is to be said of it: of
    texts that differ all are kept, of other values the first that is not empty."""
    fields = dict(pairs)
    if len(fields) == len(pairs):
        return fields, ()
    notes = []
    several: dict[str, list[T]] = {}
    for name, value in pairs:
        several.setdefault(name, []).append(value)
    for name, given in several.items():
        values = [value for value in given if value]
        if all(value == values[0] for value in values):
            fields[name] = values[0] if values else given[0]
            continue
        notes.append(
            Message("has several of {name!r}: all texts are read, else the first", name=name)
        )
        texts = [value for value in values if isinstance(value, str)]
        is_text = plain_name(name) in names.of("text") and len(texts) == len(values)
        fields[name] = cast(T, "\n\n".join(dict.fromkeys(texts))) if is_text else values[0]
    return fields, tuple(notes)


Records = Callable[[], Iterable[Numbered | Rejected]]  # from the first on, each time it is called


def read_records(records: Records, place: Callable[[int], Message]) -> Iterator[Part]:
    """The articles that `records` are, each at the `place` of its number; whatever one raises
    rejects that one."""
    found = survey(records)
    for each in records():
        if isinstance(each, Rejected):
            yield each
            continue
        where = place(each.number)
        if each.number in found.later:
            newer = place(found.later[each.number])
            reason = Message("has the same id as {place}, which is read instead", place=newer)
            yield LeftOut(where, reason, digest(each.content))
            continue
        try:
            yield to_article(each, where, found.day_first)
        except Exception as error:  # what libraries raise has no end
            log.debug("unreadable", exc_info=True)
            yield Rejected(where, reason_of(error), each.record.identity and each.record.key)


def survey(records: Records) -> Survey:
    """The survey of `records`, asked for once, and again if an id comes twice."""
    seen: set[int] = set()
    repeated: set[int] = set()

    def dates() -> Iterator[str]:
        for each in _readable(records):
            mark = hash(each.record.key)  # an archive may have millions
            (repeated if mark in seen else seen).add(mark)
            yield from each.record.dates

    day_first = day_comes_first(dates())
    if not repeated:
        return Survey(day_first)
    versions: dict[str, list[tuple[int, tuple[str, datetime] | None]]] = {}
    for each in _readable(records):
        if hash(each.record.key) in repeated:
            moment, version = _moment(each.record, day_first), _version(each.record)
            when = (version.order if version else "", moment) if moment else None
            versions.setdefault(each.record.key, []).append((each.number, when))
    later = {}
    for of_one in versions.values():
        dated = [(moment, number) for number, moment in of_one if moment]
        last = max(dated)[1] if len(dated) == len(of_one) else of_one[-1][0]
        later.update({number: last for number, _ in of_one if number != last})
    return Survey(day_first, later)


def _readable(records: Records) -> Iterator[Numbered]:
    """Those that count among the versions of an article: that were read and say that they are
    published, or take back what was."""
    for each in records():
        if not isinstance(each, Numbered) or _waits(each.record):
            continue
        if not each.record.state or each.record.item:
            yield each


def _waits(record: Record) -> bool:
    """Whether it may not be shown yet."""
    until = _embargo(record)
    return until is not None and until > datetime.now(UTC)


def _embargo(record: Record) -> datetime | None:
    """Until when it may not be shown; None if it may. One without a zone lasts until it is that
    hour everywhere, one that names no moment for ever."""
    written = record.embargo.strip()
    if not written:
        return None
    moment = parse_time(written, parse_date(written))
    if moment is None:
        return _NEVER
    return moment if _HAS_ZONE.search(written) else moment + _LAST_ZONE


def _version(record: Record) -> Version | None:
    """Its place among the versions of its item, by their numbers, then by their moments."""
    if not record.item:
        return None
    moment = _moment(record, None)
    number = int(record.version) if record.version.isdecimal() else 0
    at = int(moment.timestamp()) if moment else 0
    return Version(record.item, f"{number:012d} {at + 10**11:013d}")


def to_article(each: Numbered, where: Message, day_first: bool | None = None) -> Part:
    """The article that a record is, its HTML and entities as text. A date that cannot be read
    leaves it undated, which is noted."""
    record, notes = each.record, each.notes
    if record.state:
        reason = Message("is not published ({state})", state=record.state)
        return LeftOut(where, reason, digest(each.content), _version(record))
    until = _embargo(record)
    if until and until > datetime.now(UTC):
        return LeftOut(where, _embargoed(record, until), digest(each.content), until=until)
    text = clean(plain_text(record.text))
    if not text.strip():
        key = record.key if record.identity else ""
        return Rejected(where, Message("is empty"), key, digest(each.content))
    day, written = _day(record, record.dates, day_first)
    if record.dates and day is None:
        notes = (*notes, undated(record.dates[0]))
    title = clean(plain_text(record.title)) if record.title else None
    changed, _ = _day(record, [record.changed], day_first)
    publication = replace(
        record.publication,
        hour=parse_hour(record.publication.hour) or parse_hour(written),
        changed=changed.isoformat() if changed else "",
    )
    return Extract(
        text,
        stable_key(record.identity, text),
        title,
        day,
        where=where,
        notes=notes,
        subtitle=record.subtitle,
        publication=publication,
        version=_version(record),
        pictures=record.pictures,
    )


def _embargoed(record: Record, until: datetime) -> Message:
    written = record.embargo[:40]
    if until == _NEVER:
        return Message("has an embargo that names no moment: {written!r}", written=written)
    if not _HAS_ZONE.search(record.embargo):
        return Message(
            "has an embargo without a time zone: it is kept until it is {written} everywhere",
            written=written,
        )
    return Message("may not be shown before {written}", written=written)


def undated(written: str) -> Message:
    """What is to be said of an article whose date names no day that can be read."""
    return Message(
        "has the date {date!r}, which names no day that can be read: it is left without one",
        date=written[:40],
    )


def _day(record: Record, dates: Iterable[str], day_first: bool | None) -> tuple[date | None, str]:
    """The day that the first of `dates` that can be read names, and that date."""
    for written in dates:
        day = parse_date(written, record.text, day_first=day_first, language=record.language)
        if day:
            return day, written
    return None, ""


def _moment(record: Record, day_first: bool | None) -> datetime | None:
    """When the record was last changed or, if it does not say, written."""
    for written in filter(None, (record.changed, *record.dates)):
        moment = parse_time(written, _day(record, [written], day_first)[0])
        if moment:
            return moment
    return None
