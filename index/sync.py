"""Bring an index in line with its articles: add, replace, remove, leave alone what is the same."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.parallel import Batch, Workers
from hemeroteca.index.sources.extract import Rejected
from hemeroteca.index.sources.find import ArticleFile, Refused, find_articles
from hemeroteca.index.sources.read import read_articles
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.catalog import Entry
from hemeroteca.index.text.passages import MAX_PASSAGE_TOKENS, split_article

log = logging.getLogger(__name__)

# Passages embedded and written together: enough for batches of even length, few enough that a
# killed run loses seconds.
_BATCH_PASSAGES = 512
_BATCH_CHARACTERS = 30_000  # for one worker: some forty passages, a few seconds
_DIRTY = "unfinished"
_DELETED = "deleted"  # vectors, since their graph was built
_EACH_SOUGHT = 2_000  # passages, looked for at the end of each run that writes: a second
_MAX_REJECTED_PER_FILE = 20  # reported one by one


@dataclass(frozen=True)
class Skipped:
    """A file, or a part of one, that did not become an article, and why."""

    path: str
    reason: Message


@dataclass
class SyncReport:
    """What a run did. `passages` is what the index holds after it, `embedded` what it encoded."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0

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
            "passages": self.passages,
            "seconds": round(self.seconds, 3),
        }


Progress = Callable[[int, int], None]  # articles done, articles in all


def sync_folders(
    archive: Archive,
    sources: Sequence[Path],
    progress: Progress | None = None,
    workers: Workers | None = None,
) -> SyncReport:
    """Make `archive` hold exactly the articles found under `sources`, and those handed over to it;
    `workers` split and embed them, if given.

    Files that cannot be articles are reported and do not stop the others. Raises BusyError if
    another process is writing, StorageError if a source or the index cannot be used."""
    started = time.perf_counter()
    report = SyncReport()
    files: list[ArticleFile] = []
    for found in find_articles([*sources, *_added(archive, sources)]):
        if isinstance(found, Refused):
            report.skipped.append(Skipped(_printable(found.path), found.reason))
        else:
            files.append(found)
    with archive.writing():
        repair(archive)
        run = _Run(archive.catalog.entries(), report)
        changed = run.changed(files, progress)
        if workers:
            report.embedded = _write_by(workers, archive, changed)
        else:
            report.embedded = _write(archive, changed)
        # What is not there, or cannot be read any more, no longer proves what its article says.
        gone = [article for article in run.known if article not in run.seen]
        if gone:
            _remove(archive, gone)
            report.removed = len(gone)
        # Last: only a file whose every article is in line may be passed over next time.
        if run.stamps:
            archive.catalog.restamp(run.stamps)
        _finish(archive)
    report.passages = archive.catalog.counts()[1]
    report.seconds = time.perf_counter() - started
    return report


def _added(archive: Archive, sources: Sequence[Path]) -> list[Path]:
    """The folder of the articles handed over, unless a source holds it already."""
    folder = archive.added
    held = any(folder.is_relative_to(source.resolve()) for source in sources)
    return [folder] if folder.is_dir() and not held else []


class _Run:
    """One pass over the files: what is known, what was seen, which stamps to record at the end."""

    def __init__(self, known: dict[str, Entry], report: SyncReport) -> None:
        self.known = known
        self.report = report
        self.seen: set[str] = set()
        self.stamps: dict[str, tuple[str, str]] = {}
        self._by_source: dict[str, list[Entry]] = {}
        for entry in known.values():
            self._by_source.setdefault(entry.source, []).append(entry)

    def changed(
        self, files: Sequence[ArticleFile], progress: Progress | None
    ) -> Iterator[tuple[Article, str]]:
        """The articles that are new or changed, each with the stamp to enter it under."""
        for n, file in enumerate(files, start=1):
            try:
                stamp = file.stamp()  # before reading: a later change must show next time
                if not self._passed_over(file, stamp):
                    yield from self._read(file, stamp)
            except (ArticleError, OSError) as error:
                if isinstance(error, ArticleError):
                    why = error.message
                else:
                    why = Message("cannot be read: {reason}", reason=error.strerror or str(error))
                self.report.skipped.append(Skipped(str(file.path), why))
            if progress:
                progress(n, len(files))

    def _passed_over(self, file: ArticleFile, stamp: str) -> bool:
        """Whether the file is as it was when all its articles were entered."""
        entries = self._by_source.get(str(file.path), [])
        if not entries or any(e.stamp != stamp or not file.holds(e.article) for e in entries):
            return False
        self.seen.update(entry.article for entry in entries)
        self.report.unchanged += len(entries)
        return True

    def _read(self, file: ArticleFile, stamp: str) -> Iterator[tuple[Article, str]]:
        # A run that is killed has entered some articles of a file and not the others: none of
        # them may bear the file's stamp until all are there.
        entered = "" if file.format.many else stamp
        articles: list[str] = []
        rejected = 0
        for document in read_articles(file):
            if not isinstance(document, Rejected) and document.id in self.seen:
                document = Rejected(document.id, Message("its id is taken by another article"))
            if isinstance(document, Rejected):
                rejected += 1
                if rejected <= _MAX_REJECTED_PER_FILE:
                    reason = Message("{where}: {reason}", **vars(document))
                    self.report.skipped.append(Skipped(str(file.path), reason))
                continue
            article = document.id
            self.seen.add(article)
            articles.append(article)
            entry = self.known.get(article)
            if entry and entry.hash == document.hash:
                self.report.unchanged += 1
                self.stamps[article] = (entered, str(file.path))
            else:
                self.report.changed += entry is not None
                self.report.added += entry is None
                yield document, entered
        if rejected > _MAX_REJECTED_PER_FILE:
            more = Message(
                "and {number:,} more like these", number=rejected - _MAX_REJECTED_PER_FILE
            )
            self.report.skipped.append(Skipped(str(file.path), more))
        if file.format.many and not rejected:  # what was rejected is to be reported again
            self.stamps.update((article, (stamp, str(file.path))) for article in articles)


def _printable(path: Path) -> str:
    """`path` with the bytes that are not UTF-8 written out, so that it can be shown."""
    return str(path).encode(errors="backslashreplace").decode()


def sync_documents(archive: Archive, documents: Iterable[Article]) -> None:
    """Make `archive` hold exactly `documents`, as `read_articles` gives them."""
    with archive.writing():
        repair(archive)
        known = archive.catalog.entries()
        seen: set[str] = set()

        def changed() -> Iterable[tuple[Article, str]]:
            for document in documents:
                seen.add(document.id)
                entry = known.get(document.id)
                if entry is None or entry.hash != document.hash:
                    yield document, ""

        _write(archive, changed())
        gone = [article for article in known if article not in seen]
        if gone:
            _remove(archive, gone)
        _finish(archive)


def repair(archive: Archive) -> None:
    """Finish what a killed run left. Costs nothing when the last run ended well. The caller is
    the writer."""
    if interrupted(archive):
        log.info("The last run was interrupted; checking the index.")
        # Measured by benchmarks/kills.py: after a kill, Chroma may count a vector that no search
        # finds any more.
        mend(archive, archive.vectors.unreachable(sorted(archive.catalog.passage_ids())))


def interrupted(archive: Archive) -> bool:
    """Whether the last run was killed and not yet completed by another."""
    return archive.catalog.fact(_DIRTY) is not None


def mend(archive: Archive, damaged: Set[str] = frozenset(), unsound: Sequence[str] = ()) -> None:
    """Make each store hold the catalog's passages and no others, those in `damaged` stored anew
    and the articles `unsound` split anew, all from the catalog's text. The caller is the
    writer."""
    archive.catalog.state(_DIRTY, "mend")
    documents = filter(None, map(archive.catalog.document, unsound))
    _write(archive, ((document, "") for document in documents))
    expected = archive.catalog.passage_ids()
    in_vectors, in_fulltext = set(archive.vectors.ids()), set(archive.fulltext.ids())
    _clear(archive, sorted(((in_vectors | in_fulltext) - expected) | damaged))
    missing = sorted((expected - (in_vectors & in_fulltext)) | (damaged & expected))
    for at in range(0, len(missing), _BATCH_PASSAGES):
        batch = missing[at : at + _BATCH_PASSAGES]
        _store(archive, list(archive.catalog.passages(batch).values()))
    _finish(archive)


def _write(archive: Archive, documents: Iterable[tuple[Article, str]]) -> int:
    """Split, embed and enter documents; returns the number of passages embedded."""
    limit = _passage_limit(archive)
    batch: list[tuple[Article, str, list[Passage]]] = []
    waiting, embedded = 0, 0
    for document, stamp in documents:
        passages = split_article(document, archive.encoder.token_offsets, limit)
        batch.append((document, stamp, passages))
        waiting += len(passages)
        if waiting >= _BATCH_PASSAGES:
            embedded += _enter(archive, batch)
            batch, waiting = [], 0
    if batch:
        embedded += _enter(archive, batch)
    return embedded


def _write_by(workers: Workers, archive: Archive, documents: Iterable[tuple[Article, str]]) -> int:
    """The same, split and embedded by `workers`."""
    moved: list[tuple[Article, str]] = []
    batches = _batches(_unmoved(archive, documents, moved))
    first = next(batches, None)
    embedded = 0
    if first is not None:
        # Before they write: what they leave when this process is killed, the next run clears.
        archive.catalog.state(_DIRTY, "enter")
        workers.start(archive.encoder.fingerprint, archive.vectors.name, _passage_limit(archive))
        for batch in workers.prepare(chain([first], batches)):
            passages = [passage for of_one in batch.passages for passage in of_one]
            _store_words(archive, passages)
            entries = zip(batch.documents, batch.passages, strict=True)
            _clear(archive, archive.catalog.enter((*entry, of_one) for entry, of_one in entries))
            embedded += len(passages)
    return embedded + _write(archive, moved)


def _unmoved(
    archive: Archive, documents: Iterable[tuple[Article, str]], moved: list[tuple[Article, str]]
) -> Iterator[tuple[Article, str]]:
    """The documents to embed. Those of which an article of the same content has vectors already,
    such as a renamed file's, are put aside into `moved`."""
    for document, stamp in documents:
        if archive.catalog.passages_by_content({document.hash}):
            moved.append((document, stamp))
        else:
            yield document, stamp


def _batches(documents: Iterable[tuple[Article, str]]) -> Iterator[Batch]:
    """What one worker is given at once."""
    batch: list[tuple[Article, str]] = []
    characters = 0
    for document, stamp in documents:
        batch.append((document, stamp))
        characters += len(document.text)
        if characters >= _BATCH_CHARACTERS:
            yield Batch(batch)
            batch, characters = [], 0
    if batch:
        yield Batch(batch)


def _passage_limit(archive: Archive) -> int:
    return min(MAX_PASSAGE_TOKENS, archive.encoder.passage_tokens())


def _enter(archive: Archive, batch: list[tuple[Article, str, list[Passage]]]) -> int:
    """Enter the batch; returns the number of passages embedded."""
    archive.catalog.state(_DIRTY, "enter")
    known = _known_vectors(archive, batch)
    passages = [passage for _, _, passages in batch for passage in passages]
    _store(archive, passages, known)
    _clear(archive, archive.catalog.enter(batch))
    return len(passages) - len(known)


def _known_vectors(
    archive: Archive, batch: list[tuple[Article, str, list[Passage]]]
) -> dict[str, np.ndarray]:
    """The vectors, by passage id, that another article of the same content has already, such as
    the one that a renamed file was."""
    same = archive.catalog.passages_by_content({d.hash for d, _, _ in batch})
    twins = {}
    for document, _, passages in batch:
        for passage in passages:
            twin = same.get((document.hash, passage.start, passage.end))
            if twin:
                twins[passage.id] = twin
    stored = archive.vectors.get(sorted(set(twins.values())))
    return {identity: stored[twin] for identity, twin in twins.items() if twin in stored}


def _remove(archive: Archive, articles: Sequence[str]) -> None:
    archive.catalog.state(_DIRTY, "remove")
    _clear(archive, archive.catalog.strike(articles))


def _finish(archive: Archive) -> None:
    """The mark of a run that writes stays to the run's end, not to that of a batch: Chroma's
    files may lag behind what it has acknowledged, and a kill then loses an earlier batch."""
    if interrupted(archive):
        _let_find(archive)
        archive.catalog.state(_DIRTY, None)


def _let_find(archive: Archive) -> None:
    """Build the vectors' graph anew where it hides some. Chroma's keeps what was deleted, and
    with it, killed or not, loses the way to vectors far from all others; putting these again
    takes the same wrong turns."""
    passages = archive.catalog.counts()[1]
    deleted = int(archive.catalog.fact(_DELETED) or 0)
    few = passages <= _EACH_SOUGHT
    if deleted > passages or (
        few and archive.vectors.unreachable(sorted(archive.catalog.passage_ids()))
    ):
        log.info("Building the graph of %d vectors anew.", passages)
        archive.renew_vectors()
        archive.catalog.state(_DELETED, None)


def _store(
    archive: Archive, passages: list[Passage], known: Mapping[str, np.ndarray] | None = None
) -> None:
    """Put passages into vectors and full text, embedding those whose vector is not `known`."""
    if not passages:
        return
    vectors = dict(known or {})
    new = [passage for passage in passages if passage.id not in vectors]
    if new:
        encoded = archive.encoder.encode_passages([passage.text for passage in new])
        vectors |= zip((passage.id for passage in new), encoded, strict=True)
    archive.vectors.put(passages, np.stack([vectors[p.id] for p in passages]))
    _store_words(archive, passages)


def _store_words(archive: Archive, passages: list[Passage]) -> None:
    archive.fulltext.delete([passage.id for passage in passages])
    archive.fulltext.put(passages)
    archive.fulltext.commit()


def _clear(archive: Archive, ids: Sequence[str]) -> None:
    if ids:
        deleted = int(archive.catalog.fact(_DELETED) or 0)
        archive.catalog.state(_DELETED, str(deleted + len(ids)))
        archive.vectors.delete(ids)
        archive.fulltext.delete(ids)
        archive.fulltext.commit()
