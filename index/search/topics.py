"""What the articles of an archive are about: topics, each named by its most telling words.

A factorisation of the words by the articles (NMF of TF-IDF over stems, Lee and Seung 1999), of each
language alone. An article has the topic that explains most of it, or none."""

import warnings
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Literal
from weakref import WeakKeyDictionary

import numpy as np

from hemeroteca.index.article import Article
from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.filter import Filter
from hemeroteca.index.search.derived import Derived, Progress
from hemeroteca.index.search.query import All, Query
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.text.terms import WRITTEN, is_unspaced, terms

_FEWEST = 100  # articles of a language
_MODELLED = (
    10_000  # articles from which the topics of a language are found; the others are told by them
)
_AT_ONCE = 500  # articles read
_READ = 4_000  # characters of an article: what it is about is said there
_RARE, _RARE_SHARE, _COMMON_SHARE = 3, 0.001, 0.2  # articles that hold a term: at least, at most
_VOCABULARY = 15_000
_PER_ROOT, _TOPICS = 0.8, (8, 30)  # topics: this times the root of the articles, within
_ROUNDS = 200
_CLEAR = 0.5  # of what an article is about, at least, for one topic to be its own,
_WEIGHT = 0.12  # and the cosine of the two
_SMALLEST = 5  # articles of a topic
_COHERENT = 0.0  # NPMI of its words
_NAMED_BY, _JUDGED_BY = 4, 8  # words
_SCATTERED = 0.2  # of the articles that have a topic, at least

Reason = Literal["", "few", "scattered"]


class TopicError(HemerotecaError):
    """A topic cannot be looked at."""


@dataclass(frozen=True)
class Topic:
    """Its most telling words as most articles write them, the language, and the ids of its
    articles."""

    words: Sequence[str]
    language: str
    articles: Sequence[str]

    @property
    def name(self) -> str:
        """The words, as it is called."""
        return ", ".join(self.words)


@dataclass(frozen=True)
class Topics:
    """Those of an archive, the largest first; where there are none, why: too "few" articles, or too
    "scattered"."""

    topics: Sequence[Topic] = ()
    reason: Reason = ""
    of: Mapping[str, int] = field(init=False)  # the numbers of the topics by the ids of articles

    def __post_init__(self) -> None:
        numbers = {id: n for n, topic in enumerate(self.topics) for id in topic.articles}
        object.__setattr__(self, "of", numbers)

    def named(self, name: str) -> Topic | None:
        """The topic of that name; where topics were found anew, the one that shares most of its
        words, half of them at least."""
        words = set(name.split(", "))
        shared = [len(words & set(topic.words)) for topic in self.topics]
        best = int(np.argmax(shared)) if shared else 0
        return self.topics[best] if shared and 2 * shared[best] >= len(words) else None


_OF_ARCHIVES: WeakKeyDictionary[Archive, Derived[Topics]] = WeakKeyDictionary()
_PLACED: WeakKeyDictionary[Archive, tuple[str, Mapping[tuple[int, int], int]]] = WeakKeyDictionary()


def topics_of(archive: Archive) -> Derived[Topics]:
    """The topics of the articles of `archive`."""
    found = _OF_ARCHIVES.get(archive)
    if found is None:
        found = _OF_ARCHIVES[archive] = Derived(archive, "topics-1", find_topics, _dump, _load)
    return found


def within_topic(archive: Archive, only: Filter, name: str) -> Filter:
    """What `only` leaves of the articles of a topic. Raises TopicError if there is none of that
    name, or it is not known yet."""
    topics = topics_of(archive).begun()
    if topics is None:
        raise TopicError("The topics are being looked for: look again in a while.")
    topic = topics.named(name)
    if topic is None:
        raise TopicError("There is no topic “{name}” any more: choose another.", name=name)
    ids = set(topic.articles) & set(only.articles) if only.articles else set(topic.articles)
    return replace(only, articles=tuple(sorted(ids)) or ("",))  # of none nothing is found


def counted_topics(
    archive: Archive, topics: Topics, query: Query, only: Filter
) -> Sequence[tuple[Topic, int]]:
    """How many of what a search finds have each topic, the most first."""
    if query.root == All() and only == Filter():
        return [(topic, len(topic.articles)) for topic in topics.topics]
    state = archive.articles.state()
    known = _PLACED.get(archive)
    if known is None or known[0] != state:
        places = archive.articles.places()
        placed = {place: topics.of[id] for place, id in places.items() if id in topics.of}
        known = _PLACED[archive] = state, placed
    found = archive.articles.found_places(query, archive.catalog.languages(), only)
    numbers = Counter(known[1][place] for place in found if place in known[1])
    return [(topics.topics[n], number) for n, number in numbers.most_common()]


def find_topics(archive: Archive, progress: Progress) -> Topics:
    """The topics of each language of `archive` that has enough articles."""
    by_language: dict[str, list[str]] = defaultdict(list)
    ids = sorted(archive.catalog.entries())
    for first in range(0, len(ids), _AT_ONCE):
        for listed in archive.catalog.listed(only=ids[first : first + _AT_ONCE]):
            by_language[listed.language].append(listed.article)
    enough = {code: of_one for code, of_one in by_language.items() if len(of_one) >= _FEWEST}
    if not enough:
        return Topics(reason="few")
    done, total = 0, sum(map(len, enough.values()))
    topics: list[Topic] = []
    for language, of_one in enough.items():

        def count(read: int, before: int = done) -> None:
            progress(before + read, total)

        topics += _Model(archive, language, of_one, count).topics()
        done += len(of_one)
    if sum(len(topic.articles) for topic in topics) < _SCATTERED * total:
        return Topics(reason="scattered")
    return Topics(sorted(topics, key=lambda topic: -len(topic.articles)))


class _Model:
    """The topics of the articles `ids`, which are in `language`."""

    def __init__(self, archive: Archive, language: str, ids: Sequence[str], count: Any) -> None:
        self._archive, self._language, self._count = archive, language, count
        self._ids = list(ids)
        Random(0).shuffle(self._ids)  # the first of them are a sample
        self._written: dict[str, Counter[str]] = defaultdict(Counter)

    def topics(self) -> list[Topic]:
        from sklearn.decomposition import NMF
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.feature_extraction.text import TfidfTransformer

        modelled, others = self._ids[:_MODELLED], self._ids[_MODELLED:]
        rows = self._counted(modelled, 0)
        vocabulary = _vocabulary(rows)
        if not vocabulary:
            return []
        matrix = DictVectorizer(sort=False).fit([dict.fromkeys(vocabulary, 1)])
        counts = matrix.transform(rows)
        weighing = TfidfTransformer(sublinear_tf=True)
        weighted = weighing.fit_transform(counts)
        least, most = _TOPICS
        number = min(most, max(least, round(_PER_ROOT * len(modelled) ** 0.5)), *counts.shape)
        model = NMF(number, init="nndsvda", max_iter=_ROUNDS, random_state=0)
        with warnings.catch_warnings():  # what was measured is of so many rounds
            warnings.simplefilter("ignore", ConvergenceWarning)
            weights = [model.fit_transform(weighted)]
        for first in range(0, len(others), _AT_ONCE):
            batch = others[first : first + _AT_ONCE]
            counted = self._counted(batch, len(modelled) + first, naming=False)
            more = weighing.transform(matrix.transform(counted))
            weights.append(model.transform(more))
        told = _told(np.concatenate(weights), model.components_)
        holds = counts.astype(bool)
        found = []
        for topic, strengths in enumerate(model.components_):
            of_topic = np.flatnonzero(told == topic)
            best = np.argsort(-strengths, kind="stable")[:_JUDGED_BY]
            if len(of_topic) < _SMALLEST or _coherence(holds[:, best]) < _COHERENT:
                continue
            words = [self._written[vocabulary[at]].most_common(1)[0][0] for at in best]
            articles = sorted(self._ids[at] for at in of_topic)
            found.append(Topic(words[:_NAMED_BY], self._language, articles))
        return found

    def _counted(self, ids: Sequence[str], before: int, naming: bool = True) -> list[Counter[str]]:
        rows = []
        for first in range(0, len(ids), _AT_ONCE):
            batch = ids[first : first + _AT_ONCE]
            articles = self._archive.documents_of(batch)
            rows += [self._terms(articles.get(id), naming) for id in batch]
            self._count(before + first + len(batch))
        return rows

    def _terms(self, article: Article | None, naming: bool) -> Counter[str]:
        counted: Counter[str] = Counter()
        if article is None:
            return counted
        for written in WRITTEN.findall(article.text[article.opening :][:_READ]):
            for term in terms(written, self._language):
                if (len(term) > 2 or is_unspaced(term)) and not term.isdigit():
                    counted[term] += 1
                    if naming:
                        self._written[term][written] += 1
        return counted


def _vocabulary(rows: Sequence[Counter[str]]) -> list[str]:
    """The terms that tell articles apart."""
    held_by = Counter(term for row in rows for term in row)
    least, most = max(_RARE, _RARE_SHARE * len(rows)), _COMMON_SHARE * len(rows)
    telling = [term for term, number in held_by.most_common() if least <= number <= most]
    return telling[:_VOCABULARY]


def _told(weights: np.ndarray, topics: np.ndarray) -> np.ndarray:
    """The number of the topic of each article, -1 for none: weights (articles, topics), topics
    (topics, terms)."""
    strengths = weights * np.linalg.norm(topics, axis=1)
    of_all = np.maximum(strengths.sum(axis=1), 1e-9)
    best: np.ndarray = strengths.argmax(axis=1)
    strongest = strengths.max(axis=1)
    best[(strongest < _CLEAR * of_all) | (strongest < _WEIGHT)] = -1
    return best


def _coherence(holds: Any) -> float:
    """The mean normalised pointwise mutual information of words by the articles that hold them
    (Bouma 2009), from -1 to 1: holds (articles, words)."""
    held = holds.toarray().astype(float)
    shares = held.mean(axis=0)
    both = held.T @ held / len(held)
    found = []
    for one, other in zip(*np.triu_indices(len(shares), 1), strict=True):
        share = both[one, other]
        apart = np.log(max(share, 1e-9) / (shares[one] * shares[other]))
        found.append(apart / -np.log(share) if 0 < share < 1 else -1.0)
    return float(np.mean(found)) if found else -1.0


def _dump(topics: Topics) -> object:
    return [topics.reason, [[*vars(topic).values()] for topic in topics.topics]]


def _load(said: Any) -> Topics:
    reason, topics = said
    return Topics([Topic(*topic) for topic in topics], reason)
