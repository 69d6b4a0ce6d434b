"""Whether every passage of every article can be found, by its vector and by its words."""

from collections import Counter
from dataclasses import dataclass

from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.text.terms import terms
from hemeroteca.index.write import differing_articles, interrupted, restore

_BATCH = 500


@dataclass(frozen=True)
class Examination:
    """What is there, and what is wrong: ids of passages, and of articles in `unsound` and in
    `lost_articles`, which a search does not find as they are."""

    articles: int
    passages: int
    interrupted: bool
    unsound: list[str]
    lost_vectors: list[str]
    lost_words: list[str]
    lost_articles: list[str]
    orphans: list[str]

    @property
    def sound(self) -> bool:
        return not (
            self.interrupted
            or any(value for value in vars(self).values() if isinstance(value, list))
        )

    def as_dict(self) -> dict[str, object]:
        """The object that `hemeroteca doctor --json` prints."""
        return {"sound": self.sound, **vars(self)}


def examine(archive: Archive) -> Examination:
    """Look for every passage in the vectors and the full text, not only count them.

    Raises BusyError if another process is writing."""
    with archive.writing():
        return _examine(archive)


def repair(archive: Archive) -> Examination:
    """Mend what is wrong, from the text in the catalog; returns how the index is after it.

    Raises BusyError if another process is writing."""
    with archive.writing():
        found = _examine(archive)
        if not found.sound:
            restore(archive, {*found.lost_vectors, *found.lost_words}, found.unsound)
            found = _examine(archive)
        return found


def _examine(archive: Archive) -> Examination:
    articles, passages = archive.catalog.counts()
    expected = archive.catalog.passage_ids()
    stored = archive.vectors.ids() | set(archive.fulltext.ids())
    ids = sorted(expected)
    return Examination(
        articles,
        passages,
        interrupted(archive),
        archive.catalog.unsound(),
        sorted(archive.vectors.unreachable(ids)),
        _lost_words(archive, ids),
        differing_articles(archive),
        sorted(stored - expected),
    )


def _lost_words(archive: Archive, ids: list[str]) -> list[str]:
    """The passages that the full text does not have exactly once, or not under their words."""
    copies = Counter(archive.fulltext.ids())
    lost = [id for id in ids if copies[id] != 1]
    there = [id for id in ids if copies[id] == 1]
    for at in range(0, len(there), _BATCH):
        for id, passage in archive.catalog.passages(there[at : at + _BATCH]).items():
            language = passage.language
            found = archive.fulltext.score(passage.text, [language], [id])
            if not found and terms(passage.text, language):  # signs alone are no words
                lost.append(id)
    return sorted(lost)
