"""Bring an index in line with its articles: add, replace, remove, leave alone what is the same."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.parallel import Workers
from hemeroteca.index.progress import Tally, Tell
from hemeroteca.index.revisions import Revisions
from hemeroteca.index.sources.extract import Held, LeftOut, Rejected, digest
from hemeroteca.index.sources.find import ArticleFile, Refused, find_articles
from hemeroteca.index.sources.looks import Looks
from hemeroteca.index.sources.pictures.looking import looked_at
from hemeroteca.index.sources.read import Reading, read_articles
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.catalog import Entry
from hemeroteca.index.write import (
    describe,
    finish,
    finish_interrupted,
    remove,
    write,
    write_by,
)

_NEVER = 9_000  # the year of what ends at no time
_MAX_SKIPPED_PER_FILE = 20  # reported one by one
_DESCRIBED_TOGETHER = 1_000


@dataclass(frozen=True)
class Skipped:
    """What was not read, and why: a file, a part of one, or a date or another detail of it."""

    path: str
    reason: Message


@dataclass(frozen=True)
class Counted:
    """A file of a press database that was read, and what it held."""

    path: str
    held: Held


@dataclass
class SyncReport:
    """What a run did. `passages` is what the index holds after it, `embedded` what it encoded,
    `due` when the first embargo ends."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    due: datetime | None = None

    @property
    def is_due(self) -> bool:
        """Whether what may be shown has changed with time alone."""
        return self.due is not None and self.due <= datetime.now(UTC)

    def news(self, before: "SyncReport") -> bool:
        """Whether this run found anything that the one before it had not."""
        wrote = self.added or self.changed or self.removed
        return bool(wrote) or self.skipped != before.skipped

    def as_dict(self) -> dict[str, object]:
        """The object that `hemeroteca index --json` prints."""
        return {
            "articles": {
                "added": self.added,
                "changed": self.changed,
                "removed": self.removed,
                "unchanged": self.unchanged,
                "skipped": [
                    {"path": each.path, "reason": str(each.reason)} for each in self.skipped
                ],
            },
            "exports": [
                {
                    "path": each.path,
                    "provider": each.held.provider,
                    "found": each.held.found,
                    "announced": each.held.announced,
                    "undated": each.held.undated,
                    "repeated": each.held.repeated,
                }
                for each in self.counted
            ],
            "passages": self.passages,
            "seconds": round(self.seconds, 3),
        }


def sync_folders(
    archive: Archive,
    sources: Sequence[Path],
    tell: Tell | None = None,
    workers: Workers | None = None,
) -> SyncReport:
    """Make `archive` hold exactly the articles found under `sources`, and those handed over to it;
    `workers` split and embed them, if given; `tell` is told now and then how far it is.

    Files that cannot be articles are reported and do not stop the others. Raises BusyError if
    another process is writing, StorageError if a source or the index cannot be used."""
    started = time.perf_counter()
    report = SyncReport()
    files: list[ArticleFile] = []
    looks = Looks(archive.catalog.looked())
    for found in find_articles([*sources, *_added(archive, sources)], archive.names, looks):
        if isinstance(found, Refused):
            report.skipped.append(Skipped(_printable(found.path), found.reason))
        else:
            files.append(found)
    with archive.writing():
        finish_interrupted(archive)
        run = _Run(archive, report)
        tally = Tally([_size(file.path) for file in files] if tell else [0] * len(files), tell)
        changed = run.changed(files, tally)
        if workers:
            report.embedded = write_by(workers, archive, changed, tally.wrote)
        else:
            report.embedded = write(archive, changed, tally.wrote)
        run.drop_older()
        # What is not there no longer proves what its article says.
        gone = [article for article in run.known if article not in run.seen]
        gone += run.superseded
        if gone:
            remove(archive, gone)
            report.removed = len(gone)
        # Last: only a file whose every article is in line may be passed over next time.
        run.describe()
        if run.stamps:
            archive.catalog.restamp(run.stamps)
        if run.aside:
            archive.catalog.set_aside(run.aside)
        run.record_revisions()
        if looks.is_news:
            archive.catalog.set_looked(looks.found)
        finish(archive)
    shown = archive.catalog.photographs.files() if report.skipped else set()
    report.skipped = [each for each in report.skipped if each.path not in shown]
    report.passages = archive.catalog.counts()[1]
    report.seconds = time.perf_counter() - started
    return report


def _added(archive: Archive, sources: Sequence[Path]) -> list[Path]:
    """The folder of the articles handed over, unless a source holds it already."""
    folder = archive.added
    held = any(folder.is_relative_to(source.resolve()) for source in sources)
    return [folder] if folder.is_dir() and not held else []


class _Run:
    """One pass over the files: what is known, what was seen, and what to record at the end: the
    `stamps` of articles, and what of each file was put `aside` as no article."""

    def __init__(self, archive: Archive, report: SyncReport) -> None:
        self.known = archive.catalog.entries()
        self.report = report
        self.seen: set[str] = set()
        self.stamps: dict[str, tuple[str, str]] = {}
        self.aside: dict[str, set[str]] = {}
        self.superseded: list[str] = []  # entered in this run, before a later version was found
        self._revisions = Revisions(archive.catalog.revisions())
        self._archive = archive
        self._catalog = archive.catalog
        self._described: list[Article] = []
        self._by_source: dict[str, list[Entry]] = {}
        for entry in self.known.values():
            self._by_source.setdefault(entry.source, []).append(entry)

    def changed(self, files: Sequence[ArticleFile], tally: Tally) -> Iterator[tuple[Article, str]]:
        """The articles that are new or changed, each with the stamp to enter it under."""
        for file in files:
            try:
                stamp = file.stamp()  # before reading: a later change must show next time
                if not self._passed_over(file, stamp):
                    yield from self._read(file, stamp, tally)
            except OSError as error:
                self._say(
                    file, Message("cannot be read: {reason}", reason=error.strerror or str(error))
                )
                if not isinstance(error, FileNotFoundError):
                    self._keep(file)
            tally.finished()

    def _passed_over(self, file: ArticleFile, stamp: str) -> bool:
        """Whether the file is as it was when all its articles were entered."""
        entries = self._by_source.get(str(file.path), [])
        if not entries or any(e.stamp != stamp or not file.holds(e.article) for e in entries):
            return False
        self.seen.update(entry.article for entry in entries)
        for entry in entries:
            self._revisions.pass_over(entry.article)
        self.report.unchanged += len(entries)
        return True

    def _read(self, file: ArticleFile, stamp: str, tally: Tally) -> Iterator[tuple[Article, str]]:
        source = str(file.path)
        before = self._catalog.aside(source)
        articles: set[str] = set()
        later_stamped: set[str] = set()
        rejected: list[Rejected] = []
        left_out: set[str] = set()
        skipped: list[Message] = []
        damaged = waits = False
        try:
            for part in read_articles(file):
                if isinstance(part, Reading):
                    part = self._with_free_id(part, file, articles)
                if isinstance(part, Reading | LeftOut):
                    part = self._version(part, source)
                if isinstance(part, Reading):
                    article = part.article
                    tally.read(len(article.text), part.position)
                    # A run that is killed has entered some articles of a file of many and not the
                    # others: none of them may bear the file's stamp until all are there.
                    is_whole = file.is_only(article.id) and not part.version
                    entered = stamp if is_whole else ""
                    later_stamped.update([] if is_whole else [article.id])
                    self.seen.add(article.id)
                    articles.add(article.id)
                    if self._is_known(article):
                        self.stamps[article.id] = (entered, source)
                        skipped += [_at(part.where, note) for note in self._describe(article)]
                    else:
                        skipped += [_at(part.where, note) for note in part.notes]
                        article, unseen = looked_at(article)
                        skipped += [_at(part.where, note) for note in unseen]
                        yield article, entered
                elif isinstance(part, Held):
                    self._count(source, part)
                elif isinstance(part, Rejected):
                    rejected.append(part)
                    skipped.append(_at(part.where, part.reason))
                else:
                    waits |= part.until is not None
                    self._wait_for(part.until)
                    left_out.add(part.content)
                    if part.content not in before:  # said once
                        skipped.append(_at(part.where, part.reason))
        except ArticleError as error:  # the file, or the rest of it
            skipped.append(error.message)
            damaged = True
        self._say(file, *skipped)
        # What could not be read before either is none of the articles that were read then.
        new = [each.key for each in rejected if each.content not in before]
        kept = self._keep(file, [""] if damaged else new)
        aside = left_out | (before if kept or damaged else {each.content for each in rejected})
        if aside - {""} != before:
            self.aside[source] = aside - {""}
        # What was rejected is to be reported again.
        if not rejected and not damaged and not waits:
            self.stamps.update((article, (stamp, source)) for article in later_stamped)

    def _version(self, part: Reading | LeftOut, source: str) -> Reading | LeftOut:
        """`part`, or that a later version of the same item counts."""
        version = part.version
        if version is None:
            return part
        article = part.article.id if isinstance(part, Reading) else ""
        later = self._revisions.later(version, article)
        if later is None:
            self._revisions.add(version, article, source)
        elif isinstance(part, Reading):
            place = later.article or later.source
            reason = Message("is an older version of {article}", article=place)
            return LeftOut(part.where, reason, digest(f"{version.item} {version.order}"))
        return part

    def _wait_for(self, until: datetime | None) -> None:
        """Have the run be repeated when an embargo ends."""
        due = self.report.due
        if until is not None and until.year < _NEVER and (due is None or until < due):
            self.report.due = until

    def drop_older(self) -> None:
        """Take out of what is there the articles of which a later version was found."""
        for article in self._revisions.dropped & self.seen:
            self.seen.discard(article)
            if article in self.known:
                self.report.unchanged -= 1
            else:
                self.report.added -= 1
                self.superseded.append(article)
        for article in self._revisions.dropped:
            self.stamps.pop(article, None)

    def record_revisions(self) -> None:
        """Record which versions count."""
        latest = self._revisions.all(self.seen)
        if latest != self._catalog.revisions():
            self._catalog.set_revisions(latest)

    def _with_free_id(self, part: Reading, file: ArticleFile, own: set[str]) -> Reading | Rejected:
        """`part`, under another id if an article of another file has its own."""
        article = part.article
        if article.id not in self.seen:
            return part
        distinct = file.distinct(article.id)
        if article.id not in own and distinct not in self.seen:
            return replace(part, article=replace(article, id=distinct))
        return Rejected(article.id, Message("its id is taken by another article"), article.id)

    def _is_known(self, article: Article) -> bool:
        """Whether the index has the article's text as it is; what it has is counted."""
        entry = self.known.get(article.id)
        same = entry is not None and entry.hash == article.hash
        unchanged = same and entry is not None and entry.described == article.described
        self.report.unchanged += unchanged
        self.report.changed += entry is not None and not unchanged
        self.report.added += entry is None
        return same

    def _describe(self, article: Article) -> tuple[Message, ...]:
        """Have recorded what is said beside a text that is the same, and shown with it, if it is no
        longer so; returns what is to be said of its pictures."""
        notes: tuple[Message, ...] = ()
        if self.known[article.id].described != article.described:
            article, notes = looked_at(article)
            self._described.append(article)
            if len(self._described) >= _DESCRIBED_TOGETHER:
                self.describe()
        return notes

    def describe(self) -> None:
        """Record what `_describe` gathered."""
        if self._described:
            describe(self._archive, self._described)
            self._described = []

    def _say(self, file: ArticleFile, *skipped: Message) -> None:
        path = str(file.path)
        shown = skipped[:_MAX_SKIPPED_PER_FILE]
        self.report.skipped += [Skipped(path, reason) for reason in shown]
        if more := len(skipped) - len(shown):
            self.report.skipped.append(
                Skipped(path, Message("and {number:,} more like these", number=more))
            )

    def _count(self, source: str, held: Held) -> None:
        path = f"{source}, {held.where}" if held.where else source
        self.report.counted.append(Counted(path, held))

    def _keep(self, file: ArticleFile, keys: Sequence[str] = ("",)) -> int:
        """Keep the articles of `file` that were not found in it this time, but may be where it
        could not be read: those of `keys` and under them, "" for any; returns how many."""
        if not keys:
            return 0
        source = str(file.path)
        places = [
            f"{name}/{key}" if key else ""
            for key in keys
            for name in (file.article, file.distinct(file.article))
        ]
        kept = [
            article
            for article, entry in self.known.items()
            if article not in self.seen
            and (entry.source == source or file.holds(article))
            and any(not p or article == p or article.startswith(p + "/") for p in places)
        ]
        self.seen.update(kept)
        self.report.unchanged += len(kept)
        if kept:
            self._say(
                file,
                Message("articles kept as they were last read: {number:,}", number=len(kept)),
            )
        return len(kept)


def _size(path: Path) -> int:
    """The bytes of a file; of one that is gone meanwhile, which is said when it is read, none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _at(where: str | Message, reason: Message) -> Message:
    return Message("{where}: {reason}", where=where, reason=reason) if where else reason


def _printable(path: Path) -> str:
    """`path` with the bytes that are not UTF-8 written out, so that it can be shown."""
    return str(path).encode(errors="backslashreplace").decode()


def sync_documents(archive: Archive, documents: Iterable[Article]) -> None:
    """Make `archive` hold exactly `documents`, as `read_articles` gives them."""
    with archive.writing():
        finish_interrupted(archive)
        known = archive.catalog.entries()
        seen: set[str] = set()

        def changed() -> Iterable[tuple[Article, str]]:
            for document in documents:
                seen.add(document.id)
                entry = known.get(document.id)
                said = (document.hash, document.described)
                if entry is None or (entry.hash, entry.described) != said:
                    yield looked_at(document)[0], ""

        write(archive, changed())
        gone = [article for article in known if article not in seen]
        if gone:
            remove(archive, gone)
        finish(archive)
