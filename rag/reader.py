"""Passages to evidence: which sentences answer the question, and whether any does.

Works with the embedded encoder alone: a sentence is judged by its cosine with the question and by
the share of the question's words that it holds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from llama_index.core.schema import NodeWithScore

from index.encoder import Encoder
from index.fulltext import FullText
from index.sentences import sentence_spans
from index.terms import terms
from rag.question import Question

_PASSAGES_READ = 6  # Recall@6 is above .99, and reading costs time by the passage
_WORDS_WEIGHT = 0.2  # same language only; across languages shared words are mostly names
_PASSAGE_WEIGHT = 0.5
# A second sentence is cited when it is this close to the first: then either may be the answer.
_RUNNER_UP_MARGIN = 0.005


@dataclass(frozen=True)
class Calibration:
    """Logistic regression from (cosine of the best sentence, share of the question's words in it)
    to the probability that the articles answer. Fitted by benchmarks/calibration.py."""

    cosine: float
    words: float
    intercept: float

    def probability(self, cosine: float, words: float) -> float:
        logit = self.cosine * cosine + self.words * words + self.intercept
        return 1 / (1 + math.exp(-logit)) if logit > -700 else 0.0


SAME_LANGUAGE = Calibration(cosine=105.8, words=12.9, intercept=-94.43)
ACROSS_LANGUAGES = Calibration(cosine=105.2, words=13.7, intercept=-84.42)


@dataclass(frozen=True)
class Evidence:
    """A sentence that may answer: `start` and `end` are offsets in the article's text."""

    passage: NodeWithScore
    start: int
    end: int
    quote: str
    score: float


@dataclass(frozen=True)
class Reading:
    """What reading found: the evidence, best first; the probability in [0, 1] that it answers;
    the passages ranked again by what was read."""

    evidence: Sequence[Evidence]
    confidence: float
    passages: Sequence[NodeWithScore]


class SentenceReader:
    """Finds the sentences nearest to a question."""

    def __init__(self, encoder: Encoder, fulltext: FullText) -> None:
        self._encoder = encoder
        self._fulltext = fulltext

    def read(self, question: Question, passages: Sequence[NodeWithScore]) -> Reading:
        """Read the first passages of a ranking. `passages` must not be empty."""
        read = passages[:_PASSAGES_READ]
        owners: list[int] = []
        spans: list[tuple[int, int]] = []
        for owner, passage in enumerate(read):
            found = sentence_spans(passage.text, passage.metadata["language"])
            owners += [owner] * len(found)
            spans += found
        texts = [read[o].text[start:end] for o, (start, end) in zip(owners, spans, strict=True)]
        vector = self._encoder.encode_questions([question.text])[0]
        cosines = self._encoder.encode_passages(texts) @ vector
        shares = np.array(
            [
                self._share_of_words(question.text, text, read[owner].metadata["language"])
                for owner, text in zip(owners, texts, strict=True)
            ]
        )
        same = np.array([read[o].metadata["language"] == question.language for o in owners])
        scores = cosines + _WORDS_WEIGHT * shares * same
        evidence = [
            Evidence(
                read[owner],
                read[owner].metadata["start"] + start,
                read[owner].metadata["start"] + end,
                text,
                float(score) + _PASSAGE_WEIGHT * read[owner].get_score(),
            )
            for owner, (start, end), text, score in zip(owners, spans, texts, scores, strict=True)
        ]
        order = sorted(range(len(evidence)), key=lambda i: -evidence[i].score)
        best = order[0]
        calibration = SAME_LANGUAGE if same[best] else ACROSS_LANGUAGES
        confidence = calibration.probability(float(cosines[best]), float(shares[best]))
        cited = [
            evidence[i]
            for i in order[:2]
            if evidence[i].score >= evidence[best].score - _RUNNER_UP_MARGIN
        ]
        return Reading(cited, confidence, _rank_again(passages, owners, scores))

    def _share_of_words(self, question: str, text: str, language: str) -> float:
        """The share, by inverse document frequency, of the question's words that `text` holds."""
        wanted = set(terms(question, language))
        weights = self._fulltext.weights(wanted, language)
        total = sum(weights.values())
        return (
            sum(weights[word] for word in wanted & set(terms(text, language))) / total
            if total
            else 0.0
        )


def _rank_again(
    passages: Sequence[NodeWithScore], owners: Sequence[int], scores: np.ndarray
) -> list[NodeWithScore]:
    """The passages read, by retrieval plus best sentence, before those that were not."""
    best: dict[int, float] = {}
    for owner, score in zip(owners, scores, strict=True):
        best[owner] = max(best.get(owner, -math.inf), float(score))
    read = [
        NodeWithScore(node=passages[owner].node, score=passages[owner].get_score() + score)
        for owner, score in best.items()
    ]
    read.sort(key=lambda passage: -passage.get_score())
    return read + [passage for n, passage in enumerate(passages) if n not in best]
