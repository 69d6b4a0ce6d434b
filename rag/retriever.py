"""Question to ranked passages: vectors and words together, however many languages meet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import NamedTuple

import numpy as np

from hemeroteca.index.article import Article, Copy, Passage
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.text.spelling import spelt
from hemeroteca.rag.misread import is_misread, shares_met
from hemeroteca.rag.question import Question
from hemeroteca.rag.versions import speaks_of, stated, stated_by

# How much the words may add to the cosine when every word of the question is met in full; the
# optimum is flat (benchmarks/README.md).
WORDS_WEIGHT = 0.2
# The same where the best passages of several languages are compared: those in the question's own
# meet more of its words, right or wrong.
_WORDS_ACROSS = 0.025

# Times what a passage that was misread meets by runs of letters, which then weighs as much as what
# others meet by words: neither is ahead of the other (benchmarks/README.md). Where more than this
# share are misread, so are some that are not told, and all are met by runs.
_MISREAD, _MANY_MISREAD = 1.5, 0.3

_CANDIDATES = 50  # from each of the two rankings, at the least
_MORE = 4  # times as many, while copies of the same texts leave too few
_MOST = 3_200
# Where a filter of names leaves n of N passages, their ids cost a time in proportion to n, what it
# leaves of those nearest in the whole archive one in proportion to N / n: even at n² / N of this.
_EVEN = 64


class _Candidate(NamedTuple):
    """A passage that is ranked: what its score is made of, and what tells it from copies."""

    id: str
    article: str
    language: str
    group: str
    score: float


class HybridRetriever:
    """Scores a passage by `cosine + weight * BM25 / best possible BM25`.

    So much within a language. The best passages of each are compared by what their vectors say
    apart from the language (index/stores/centres.py), and take the others of theirs with them: by
    cosine a passage in the question's language wins, right or wrong (es → en Recall@1 .58 in an
    archive of both, against .88).

    BM25 is of stems in the question's language and of cognates across languages, divided by what a
    passage would score that met every word of the question in full. So words that a passage in
    another language does not contain take their weight away by themselves, where reciprocal rank
    fusion lets a chance match outvote the vectors (en → es Recall@1 .60, against .92 here)."""

    def __init__(self, archive: Archive, question: Question, top_k: int = 20) -> None:
        self._archive = archive
        self._question = question
        self._top_k = top_k
        self._words_asked = _spelt(archive, question)

    def encode(self) -> np.ndarray:
        """The vector (dimension,) that the question is searched by: of its words spelt right, for
        the encoder reads a misspelt one as something else."""
        return self._archive.encoder.encode_search(self._words_asked)

    def meaning(self) -> np.ndarray:
        """The vector (dimension,) that sentences are compared with: that of the model which embeds
        them, in whose measure the limits on their likeness are."""
        return self._archive.encoder.encode_question(self._words_asked)

    def search(self, vector: np.ndarray | None = None) -> list[Passage]:
        """The `top_k` best passages, best first, with their scores, of one article where several
        say the same in the same text; `also` names the others. The question's `vector`, if it is
        at hand, saves encoding it."""
        if vector is None:
            vector = self.encode()
        size = max(_CANDIDATES, self._top_k)
        while True:
            ranked = self._ranked(vector, size)
            best = self._without_copies(ranked)
            if len(best) == self._top_k or len(ranked) < size or size >= _MOST:
                break
            size *= _MORE
        catalog = self._archive.catalog
        passages = catalog.passages([each.id for each in best])
        shared = catalog.shared(list({candidate.group for candidate in best}))
        found = []
        for candidate in best:
            if passage := passages.get(candidate.id):  # else it has just been deleted
                also = self._copies(passage) if candidate.group in shared else []
                found.append(replace(passage, score=candidate.score, also=also))
        return found

    def whole(self, article: str) -> list[Passage]:
        """The passages of an article in reading order, retrieved or not, without scores."""
        passages = self._archive.catalog.passages_of(article)
        shared = self._archive.catalog.shared([passage.group for passage in passages[:1]])
        if not shared:
            return passages
        return [replace(passage, also=self._copies(passage)) for passage in passages]

    def _copies(self, passage: Passage) -> list[Copy]:
        """Other articles with the text of `passage` and all its numbers and names; their headlines
        are their own."""
        language = passage.language
        facts = cache(lambda: stated(passage.text[passage.headline :], language))  # most have none
        return self._archive.catalog.copies(
            passage.article, holding=lambda text: speaks_of(text, language, facts())
        )

    def _without_copies(self, candidates: Sequence[_Candidate]) -> list[_Candidate]:
        """The first `top_k` without those that only repeat the article of their group that came
        first: what states a number or a name that this does not is no copy, however alike, and
        stays to be read."""
        first: dict[str, str] = {}  # group: article
        repeated = [c.id for c in candidates if first.setdefault(c.group, c.article) != c.article]
        passages = self._archive.catalog.passages(repeated)
        others: dict[str, list[Article]] = defaultdict(list)  # of a group, what came before
        kept: list[_Candidate] = []
        for candidate in candidates:
            if len(kept) == self._top_k:
                break
            article, group = candidate.article, candidate.group
            if first[group] != article:
                if candidate.id not in passages:  # it has just been deleted
                    continue
                facts = stated_by(passages[candidate.id])
                before = others[group] = others[group] or self._article(first[group])
                if any(
                    speaks_of(other.text, other.language, facts)
                    for other in before
                    if other.id != article
                ):
                    continue
                before += self._article(article)
            kept.append(candidate)
        return kept

    def _article(self, article: str) -> list[Article]:
        """The article, or none if it has just been deleted."""
        whole = self._archive.document(article)
        return [whole] if whole else []

    def _ranked(self, vector: np.ndarray, size: int) -> list[_Candidate]:
        """The passages that are among the first `size` by their vectors or by their words."""
        archive, question, words_asked = self._archive, self._question, self._words_asked
        languages, asked = archive.catalog.languages(), question.language
        cosines = self._nearest(vector, size, languages)
        only = question.filter
        among = archive.catalog.passages_left(only) if only.articles else None
        found = archive.fulltext.search(words_asked, languages, size, only, asked, among)
        missing = [id for id in found if id not in cosines]
        cosines |= archive.vectors.cosines(vector, missing)
        # Exact BM25 for all candidates: one that is in only one ranking must not lose the other.
        words = archive.fulltext.score(words_asked, languages, list(cosines), asked)
        outlines = archive.catalog.outlines(list(cosines))
        best_possible = archive.fulltext.best_possible(words_asked, languages, asked)
        shares = {
            id: min(words.get(id, 0.0) / best_possible[outline.language], 1.0)
            for id, outline in outlines.items()
        } | self._met_misread([id for id, o in outlines.items() if o.language == asked])
        scored = [
            _Candidate(id, *outline, cosines[id] + WORDS_WEIGHT * shares[id])
            for id, outline in outlines.items()
        ]
        if levels := self._levels(vector, scored, shares):
            scored = [c._replace(score=c.score + levels.get(c.language, 0.0)) for c in scored]
        scored.sort(key=lambda candidate: (-candidate.score, candidate.id))
        return scored

    def _met_misread(self, ids: Sequence[str]) -> dict[str, float]:
        """How much of the question's words each of the passages `ids` in its language meets by runs
        of letters, if a scanner misread it or many of the others: such hold few words whole."""
        texts = self._archive.catalog.texts(ids) if ids else {}
        bad = [id for id, text in texts.items() if is_misread(text)]
        if not bad:
            return {}
        met = shares_met(self._words_asked, texts)
        alike = texts if len(bad) > _MANY_MISREAD * len(texts) else bad
        return {id: min(_MISREAD * met[id], 1.0) for id in alike}

    def _nearest(self, vector: np.ndarray, size: int, languages: Sequence[str]) -> dict[str, float]:
        """The `size` passages nearest to `vector`, of each language of the archive, with their
        cosine."""
        archive, question, centres = self._archive, self._question, self._archive.centres
        if centres is None:
            return nearest(archive, question, vector, size)
        near: set[str] = set()
        for language in languages:
            known = language in centres.means
            turned = centres.turned(vector, language) if known else vector
            near |= nearest(archive, question, turned, size, language).keys()
        return archive.vectors.cosines(vector, sorted(near))

    def _levels(
        self, vector: np.ndarray, scored: Sequence[_Candidate], shares: Mapping[str, float]
    ) -> dict[str, float]:
        """What is to be added to the scores of each language's passages."""
        centres, best = self._archive.centres, {}
        for passage in sorted(scored, key=lambda passage: (passage.score, passage.id)):
            if centres and passage.language in centres.means:
                best[passage.language] = passage
        stored = self._archive.vectors.get([passage.id for passage in best.values()])
        heads = [passage for passage in best.values() if passage.id in stored]
        if centres is None or len(heads) < 2:
            return {}
        vectors = np.stack([stored[passage.id] for passage in heads])
        likenesses = centres.likenesses(vector, vectors, [passage.language for passage in heads])
        likenesses += _WORDS_ACROSS * np.array([shares[passage.id] for passage in heads])
        first = int(likenesses.argmax())
        ahead = heads[first].score - likenesses[first]
        return {
            passage.language: float(ahead + likeness - passage.score)
            for passage, likeness in zip(heads, likenesses, strict=True)
        }


def _spelt(archive: Archive, question: Question) -> str:
    languages = archive.catalog.languages()
    is_known = partial(archive.fulltext.holds, languages=languages)
    return spelt(question.searched, question.language, is_known)


def nearest(
    archive: Archive, question: Question, vector: np.ndarray, k: int, language: str = ""
) -> dict[str, float]:
    """The ids of the `k` passages nearest to `vector` of those that the question is asked of, in
    `language` if given, best first, with their cosine."""
    only, catalog = question.filter, archive.catalog
    if language:
        if only.languages and language not in only.languages:
            return {}
        only = replace(only, languages=(language,))
    named = only.within(Period())
    if not named:
        return archive.vectors.nearest(vector, k, days=only.days)
    share = catalog.share(only)
    if share**2 * len(archive.vectors) < _EVEN:
        return archive.vectors.nearest_of(catalog.passages_left(only), vector, k)
    of_days = share / catalog.share(Filter(only.period, only.undated)) if only.period else share
    keep = partial(catalog.keep, named)
    return archive.vectors.nearest(vector, k, keep, of_days, only.days)
