"""Articles into and out of the stores of an archive, whole even where a run is killed."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain

import numpy as np

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.parallel import Batch, Workers
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.articles import revision_of
from hemeroteca.index.text.passages import MAX_PASSAGE_TOKENS, split_article

log = logging.getLogger(__name__)

# Passages embedded and written together: enough for batches of even length, few enough that a
# killed run loses seconds; fewer on a slow machine, so that it takes no longer.
_BATCH_PASSAGES, _FEWEST_PASSAGES = 512, 32
_FIRST_PASSAGES = 64  # which tell how fast the machine is
_BATCH_S = 5.0
_BATCH_CHARACTERS = 30_000  # for one worker: some forty passages, a few seconds
_DIRTY = "unfinished"
_DELETED = "deleted"  # vectors, since they were stored anew


def finish_interrupted(archive: Archive) -> None:
    """Finish what a killed run left. Costs nothing when the last run ended well. The caller is
    the writer."""
    if interrupted(archive):
        log.info("The last run was interrupted; checking the index.")
        # Measured by benchmarks/kills.py: after a kill, Chroma may count a vector that it does not
        # find any more.
        restore(archive, archive.vectors.unreachable(sorted(archive.catalog.passage_ids())))


def interrupted(archive: Archive) -> bool:
    """Whether the last run was killed and not yet completed by another."""
    return archive.catalog.get_meta(_DIRTY) is not None


def restore(archive: Archive, damaged: Set[str] = frozenset(), unsound: Sequence[str] = ()) -> None:
    """Make each store hold the catalog's passages and no others, those in `damaged` stored anew
    and the articles `unsound` split anew, all from the catalog's text. The caller is the
    writer."""
    archive.catalog.set_meta(_DIRTY, "restore")
    documents = filter(None, map(archive.catalog.document, unsound))
    write(archive, ((document, "") for document in documents))
    expected = archive.catalog.passage_ids()
    in_vectors, in_fulltext = archive.vectors.ids(), set(archive.fulltext.ids())
    _clear(archive, sorted(((in_vectors | in_fulltext) - expected) | damaged))
    missing = sorted((expected - (in_vectors & in_fulltext)) | (damaged & expected))
    for at in range(0, len(missing), _BATCH_PASSAGES):
        batch = missing[at : at + _BATCH_PASSAGES]
        _store(archive, list(archive.catalog.passages(batch).values()))
    _restore_articles(archive)
    finish(archive)


def differing_articles(archive: Archive) -> list[str]:
    """The articles that a search finds otherwise than the catalog has them, or not, or though it
    has none."""
    entries = archive.catalog.entries().values()
    expected = {each.article: revision_of(each.hash, each.described) for each in entries}
    found = archive.articles.revisions()
    return sorted(
        article for article in expected | found if expected.get(article) != found.get(article)
    )


def _restore_articles(archive: Archive) -> None:
    differing = differing_articles(archive)
    archive.articles.delete(differing)
    for article in differing:
        document = archive.catalog.document(article)
        archive.articles.put([document] if document else [])
    archive.articles.commit()


Wrote = Callable[[int, int], None]  # is told how many articles, and passages of theirs


def write(
    archive: Archive, documents: Iterable[tuple[Article, str]], wrote: Wrote = lambda *_: None
) -> int:
    """Split, embed and put documents; returns the number of passages embedded."""
    limit = _passage_limit(archive)
    batch: list[tuple[Article, str, list[Passage]]] = []
    waiting, embedded, together = 0, 0, min(_FIRST_PASSAGES, _BATCH_PASSAGES)
    for document, stamp in documents:
        passages = split_article(document, archive.encoder.token_offsets, limit)
        batch.append((document, stamp, passages))
        waiting += len(passages)
        if waiting >= together:
            started = time.monotonic()
            embedded += _put(archive, batch)
            together = _together(waiting, time.monotonic() - started)
            wrote(len(batch), waiting)
            batch, waiting = [], 0
    if batch:
        embedded += _put(archive, batch)
        wrote(len(batch), waiting)
    return embedded


def _together(passages: int, seconds: float) -> int:
    """How many passages are written next, when so many took so long."""
    able = int(passages / max(seconds, 1e-3) * _BATCH_S)
    return min(max(able, _FEWEST_PASSAGES), _BATCH_PASSAGES)


def write_by(
    workers: Workers,
    archive: Archive,
    documents: Iterable[tuple[Article, str]],
    wrote: Wrote = lambda *_: None,
) -> int:
    """The same, split and embedded by `workers`."""
    moved: list[tuple[Article, str]] = []
    batches = _batches(_unmoved(archive, documents, moved))
    first = next(batches, None)
    embedded = 0
    if first is not None:
        # Before they write: what they leave when this process is killed, the next run clears.
        archive.catalog.set_meta(_DIRTY, "enter")
        workers.start(archive.encoder.fingerprint, archive.vectors.name, _passage_limit(archive))
        for batch in workers.prepare(chain([first], batches)):
            passages = [passage for of_one in batch.passages for passage in of_one]
            archive.vectors.adopt(passages)
            _store_words(archive, passages)
            _store_articles(archive, [document for document, _ in batch.documents])
            entries = zip(batch.documents, batch.passages, strict=True)
            _clear(archive, archive.catalog.put((*entry, of_one) for entry, of_one in entries))
            embedded += len(passages)
            wrote(len(batch.documents), len(passages))
    return embedded + write(archive, moved, wrote)


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


def _put(archive: Archive, batch: list[tuple[Article, str, list[Passage]]]) -> int:
    """Enter the batch; returns the number of passages embedded."""
    archive.catalog.set_meta(_DIRTY, "enter")
    known = _known_vectors(archive, batch)
    passages = [passage for _, _, passages in batch for passage in passages]
    _store(archive, passages, known)
    _store_articles(archive, [document for document, _, _ in batch])
    _clear(archive, archive.catalog.put(batch))
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
    stored = archive.vectors.stored(sorted(set(twins.values())))
    return {id: stored[twin] for id, twin in twins.items() if twin in stored}


def remove(archive: Archive, articles: Sequence[str]) -> None:
    archive.catalog.set_meta(_DIRTY, "remove")
    _clear(archive, archive.catalog.delete(articles))
    archive.articles.delete(articles)
    archive.articles.commit()


def describe(archive: Archive, documents: Sequence[Article]) -> None:
    """Record what is said beside the text of articles whose text is the same: a run that is killed
    leaves it to the next, which finds the catalog as it was."""
    for document in documents:
        passages = archive.catalog.passages_of(document.id)
        _put_words(archive, [replace(p, publication=document.publication) for p in passages])
    archive.fulltext.commit()
    _store_articles(archive, documents)
    archive.catalog.describe(documents)


def finish(archive: Archive) -> None:
    """The mark of a run that writes stays to the run's end, not to that of a batch: Chroma's
    files may lag behind what it has acknowledged, and a kill then loses an earlier batch."""
    wrote = interrupted(archive)
    if wrote:
        _renew_vectors(archive)
    if wrote or (archive.centres is None and len(archive.catalog.languages()) > 1):
        archive.measure_centres()
    if wrote:
        archive.catalog.set_meta(_DIRTY, None)


def _renew_vectors(archive: Archive) -> None:
    """Store the vectors anew where more were deleted than are left: Chroma's graph and the codes
    keep what was deleted."""
    passages = archive.catalog.counts()[1]
    if int(archive.catalog.get_meta(_DELETED) or 0) > passages:
        log.info("Storing %d vectors anew.", passages)
        archive.renew_vectors()
        archive.catalog.set_meta(_DELETED, None)


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
    _put_words(archive, passages)
    archive.fulltext.commit()


def _put_words(archive: Archive, passages: list[Passage]) -> None:
    archive.fulltext.delete([passage.id for passage in passages])
    archive.fulltext.put(passages)


def _store_articles(archive: Archive, documents: Sequence[Article]) -> None:
    archive.articles.put(documents)
    archive.articles.commit()


def _clear(archive: Archive, ids: Sequence[str]) -> None:
    if ids:
        deleted = int(archive.catalog.get_meta(_DELETED) or 0)
        archive.catalog.set_meta(_DELETED, str(deleted + len(ids)))
        archive.vectors.delete(ids)
        archive.fulltext.delete(ids)
        archive.fulltext.commit()
