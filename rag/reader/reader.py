"""Passages to an answer: the span that answers, its sentence, and how likely it is one.

The network scores every span of every passage against "no answer"; here the scores of all
passages are put on one scale together with retrieval's, so that passages compete."""

import itertools
import json
import logging
import math
import re
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from hemeroteca.index.article import Passage
from hemeroteca.index.encoder.e5 import BEGIN, E5, END
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.encoder.model import Tokens
from hemeroteca.index.errors import CheckpointError
from hemeroteca.index.text.sentences import Span, asks, sentence_spans
from hemeroteca.index.text.terms import fold
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.network import IMPOSSIBLE, SpanNetwork, make_pair
from hemeroteca.rag.reader.weights import READER_FILE, load_weights

RULE_FILE = READER_FILE.with_suffix(".json")
_WINDOW_TOKENS, _STRIDE_TOKENS = 320, 192  # of a passage; those of the index fit one window
_QUESTION_TOKENS = 128  # the last of a longer question, where what is asked usually stands
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_SPANS_KEPT = 5  # of each passage
_ALONE = 4  # sentences that are read by themselves, too,
_BEHIND_BEST = 4.0  # if their best logit is so much below the best of all, or less
_LOOKED_AT = 40  # of the best spans, for those that do not overlap
_NEAREST = 3
_FOLLOWING = 5  # passages that the first is compared with
# Reading is most of a question's time; what answers is retrieved close behind the best passage, and
# what clearly answers among the first. training/calibrate.py prints what stopping there costs.
READ_WITHIN = 0.05
READ_FIRST = 3
CLEAR = 0.7
_BEHIND = 0.05  # a span with less than this share of the best one's weight does not agree with it

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rule:
    """How scores become an answer. Fitted by training/calibrate.py.

    A span's logit is `sharpness * (span - none) + retrieval * (passage - best passage)`, where
    `passage` is the retriever's score. The probability that the articles answer is the logistic
    function of `answer`, `runner_up`, `top`, `lead` and `same_language` times the
    confidence_features, and `intercept`. `rerank` is what a passage's share of the answer adds to
    its score."""

    sharpness: float
    retrieval: float
    rerank: float
    answer: float
    runner_up: float
    top: float
    lead: float
    same_language: float
    intercept: float

    @property
    def confidence_weights(self) -> tuple[float, ...]:
        """One for each of the confidence_features."""
        return self.answer, self.runner_up, self.top, self.lead, self.same_language

    def confidence(self, features: Sequence[float]) -> float:
        """The probability in [0, 1] that the articles answer."""
        products = (w * f for w, f in zip(self.confidence_weights, features, strict=True))
        return _sigmoid(sum(products) + self.intercept)

    def save(self, path: Path = RULE_FILE) -> None:
        path.write_text(json.dumps(asdict(self), indent=2) + "\n")

    @staticmethod
    def load(path: Path = RULE_FILE) -> "Rule":
        """Raises CheckpointError if the file is missing or has other fields."""
        try:
            return Rule(**{name: float(v) for name, v in json.loads(path.read_text()).items()})
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise CheckpointError(
                "cannot read the reader's rule {path} ({reason}): reinstall hemeroteca",
                path=path,
                reason=str(error),
            ) from error


@dataclass(frozen=True)
class Evidence:
    """What may answer. `start` and `end` are offsets of the sentence around the answer in the
    article's text, `answer_start` and `answer_end` those of the answer itself; `score` is its
    share, in [0, 1], among all answers found and none."""

    passage: Passage
    start: int
    end: int
    answer_start: int
    answer_end: int
    score: float

    @property
    def quote(self) -> str:
        return self._cut(self.start, self.end)

    @property
    def answer(self) -> str:
        return self._cut(self.answer_start, self.answer_end)

    def _cut(self, start: int, end: int) -> str:
        first = self.passage.start
        return self.passage.text[start - first : end - first]


@dataclass(frozen=True)
class Reading:
    """What reading found: `evidence` for the best answer, best first, empty if there is nothing to
    read; the probability in [0, 1] that it answers; the passages ranked again; `nearest`, the
    best of each of the first articles, for when it does not."""

    evidence: Sequence[Evidence]
    confidence: float
    passages: Sequence[Passage]
    nearest: Sequence[Evidence] = ()


@dataclass(frozen=True)
class ScoredSpan:
    """A span of passage number `owner`, in characters of it, with the best logit against no answer
    of the spans that it stands for, and the logarithm `mass` of the sum of all their weights."""

    owner: int
    start: int
    end: int
    logit: float
    mass: float


@dataclass(frozen=True)
class _Window:
    """The tokens from number `first` of passage number `owner` that were read at once, and the
    (tokens, tokens) logits of their spans."""

    owner: int
    first: int
    logits: np.ndarray


class SpanReader:
    """Reads passages with the network, tokenised by `encoder`. Safe to use from several threads."""

    def __init__(self, encoder: Encoder, network: SpanNetwork, rule: Rule) -> None:
        self._encoder = encoder
        self._network = network
        self._rule = rule
        # Two at once: where one waits for its threads to meet, the other goes on. Eight passages
        # take .89 of the time, three sentences .55.
        self._runs = ThreadPoolExecutor(2, "reader")

    def read(self, question: Question, passages: Sequence[Passage], passages_read: int) -> Reading:
        """Read the first `passages_read` of a ranking that are worth it: READ_FIRST of them, and
        the others unless the answer is clear by then."""
        if not passages:
            return Reading([], 0.0, passages)
        read = worth_reading(passages, passages_read)
        spans = self.score_spans(question.searched, read[:READ_FIRST])
        reading = decide(question, passages, spans, self._rule)
        if reading.confidence >= CLEAR or len(read) <= READ_FIRST:
            return reading
        spans += [
            replace(span, owner=span.owner + READ_FIRST)
            for span in self.score_spans(question.searched, read[READ_FIRST:])
        ]
        return decide(question, passages, spans, self._rule)

    def score_spans(self, question: str, passages: Sequence[Passage]) -> list[ScoredSpan]:
        """The best spans of every passage, at most _SPANS_KEPT a window, none overlapping another
        of its passage.

        Passages are read twice: whole, and then the sentences of the best spans by themselves,
        where nothing else draws the eye; the logits of their spans are the means of both."""
        texts = [passage.text for passage in passages]
        asked, *read = self._encoder.tokenize([f"query: {question}", *texts])
        asked_ids = asked.ids[-_QUESTION_TOKENS:]
        places = [
            (owner, first)
            for owner, tokens in enumerate(read)
            if tokens.ids
            for first in _window_starts(len(tokens.ids))
        ]

        def whole(place: tuple[int, int]) -> _Window:
            owner, first = place
            logits = self._in_paragraphs(asked_ids, texts[owner], read[owner], first)
            return _Window(owner, first, logits)

        def alone(sentence: tuple[_Window, slice]) -> np.ndarray:
            window, part = sentence
            return self._logits(asked_ids, read[window.owner].ids[window.first :][part])

        windows = list(self._runs.map(whole, places))
        sentences = [sentence_spans(p.text, p.language) for p in passages]
        best = _best_sentences(windows, sentences, read)
        for (window, part), logits in zip(best, self._runs.map(alone, best), strict=True):
            window.logits[part, part] = (window.logits[part, part] + logits) / 2
        # No word of a sentence that asks answers, however alike the question is.
        asking = [
            [(s, e) for s, e in spans if asks(p.text[s:e], p.language)]
            for p, spans in zip(passages, sentences, strict=True)
        ]
        return _without_overlaps(
            [
                span
                for window in windows
                for span in _best_spans(window, passages[window.owner].text, read[window.owner])
                if not any(s <= span.start and span.end <= e for s, e in asking[window.owner])
            ]
        )

    def _in_paragraphs(
        self, question: Sequence[int], text: str, tokens: Tokens, first: int
    ) -> np.ndarray:
        """The logits of the window of `text` that begins at token `first`, without the spans that
        reach from one paragraph into the next: no answer does."""
        window = slice(first, first + _WINDOW_TOKENS)
        logits = self._logits(question, tokens.ids[window])
        breaks = [match.start() for match in _PARAGRAPH_END.finditer(text)]
        paragraph = np.searchsorted(breaks, [end - 1 for _, end in tokens.spans[window]])
        logits[paragraph[:, None] != paragraph] = IMPOSSIBLE
        return logits

    def _logits(self, question: Sequence[int], given: Sequence[int]) -> np.ndarray:
        """(tokens, tokens): the logits of the spans of `given` against no answer."""
        pair = make_pair(question, given, BEGIN, END)
        scores = self._network(pair)
        inside = slice(pair.first, pair.last)
        return scores.spans[inside, inside] - scores.none


def load_reader(encoder: Encoder) -> SpanReader:
    """The reader that the program comes with. Raises CheckpointError if `encoder` is not the
    embedded model run by ONNX Runtime, or the reader's files are damaged or do not fit it."""
    if not isinstance(encoder.model, E5):
        raise CheckpointError(
            "the reader stands on the embedded model, not {model}", model=encoder.fingerprint
        )
    try:
        network = SpanNetwork(encoder.model.folder, load_weights(), encoder.precision)
    except KeyError as error:
        raise CheckpointError(
            "the reader's weights {file} do not fit {model} ({reason}): reinstall hemeroteca",
            file=READER_FILE,
            model=encoder.fingerprint,
            reason=str(error),
        ) from error
    return SpanReader(encoder, network, Rule.load())


def worth_reading(
    passages: Sequence[Passage], at_most: int, within: float = READ_WITHIN
) -> Sequence[Passage]:
    """The first of a ranking whose scores are at most `within` below the best."""
    best = passages[0].score
    near = itertools.takewhile(lambda p: best - p.score <= within, passages[:at_most])
    return list(near)


def decide(
    question: Question, passages: Sequence[Passage], spans: Sequence[ScoredSpan], rule: Rule
) -> Reading:
    """The best answer among `spans` of the first of `passages`, by `rule`."""
    if not spans:
        return Reading([], 0.0, passages)
    shares = share_out(passages, spans, rule)
    answers = rank_answers(passages, spans, shares)
    features = confidence_features(question, passages, spans, answers, rule)
    falling = sorted(range(len(spans)), key=lambda n: -shares[n])
    nearest = _one_per_article(passages, spans, shares, falling, 0.0)[:_NEAREST]

    def cite(numbers: Sequence[int]) -> list[Evidence]:
        return [_evidence(passages[spans[n].owner], spans[n], shares[n]) for n in numbers]

    return Reading(
        cite(answers[0].spans),
        rule.confidence(features),
        rank_again(passages, spans, shares, rule.rerank),
        cite(nearest),
    )


def share_out(passages: Sequence[Passage], spans: Sequence[ScoredSpan], rule: Rule) -> list[float]:
    """The share of each span in one softmax over all spans and "no answer", whose logit is 0."""
    best = passages[0].score
    logits = [
        rule.sharpness * s.logit + rule.retrieval * (passages[s.owner].score - best) for s in spans
    ]
    ceiling = max(0.0, *logits)
    weights = [math.exp(logit - ceiling) for logit in logits]
    total = sum(weights) + math.exp(-ceiling)
    return [weight / total for weight in weights]


@dataclass(frozen=True)
class CandidateAnswer:
    """Spans that say the same, best first, one an article, and their shares' sum."""

    spans: Sequence[int]
    share: float


def rank_answers(
    passages: Sequence[Passage], spans: Sequence[ScoredSpan], shares: Sequence[float]
) -> list[CandidateAnswer]:
    """What `spans` say, case and accents aside, best first."""
    groups: dict[str, list[int]] = defaultdict(list)
    for n in sorted(range(len(spans)), key=lambda n: -shares[n]):
        span = spans[n]
        said = passages[span.owner].text[span.start : span.end]
        groups[" ".join(fold(said).casefold().split())].append(n)
    answers = []
    for group in groups.values():
        kept = _one_per_article(passages, spans, shares, group, _BEHIND)
        answers.append(CandidateAnswer(kept, sum(shares[n] for n in kept)))
    return sorted(answers, key=lambda answer: -answer.share)


def confidence_features(
    question: Question,
    passages: Sequence[Passage],
    spans: Sequence[ScoredSpan],
    answers: Sequence[CandidateAnswer],
    rule: Rule,
) -> tuple[float, ...]:
    """What the confidence is made of: log-odds of the best answer and of the next against all
    else, the best passage's score and how far it leads the next five, and whether the answer is
    in the question's language. That an answer is there is likely by all spans that overlap, which
    one it is by the best of each, so that long ones have no advantage."""
    best = passages[spans[answers[0].spans[0]].owner]
    shares = share_out(passages, [replace(span, logit=span.mass) for span in spans], rule)
    said = [_log_odds(sum(shares[n] for n in answer.spans)) for answer in answers[:2]]
    top, *others = (passage.score for passage in passages[: 1 + _FOLLOWING])
    return (
        said[0],
        said[1] if len(said) > 1 else _log_odds(0.0),
        top,
        top - sum(others) / len(others) if others else 0.0,
        float(best.language == question.language),
    )


def rank_again(
    passages: Sequence[Passage],
    spans: Sequence[ScoredSpan],
    shares: Sequence[float],
    weight: float,
) -> list[Passage]:
    """The passages by retrieval's score plus `weight` times the share of their spans."""
    added: dict[int, float] = defaultdict(float)
    for span, share in zip(spans, shares, strict=True):
        added[span.owner] += weight * share
    scored = [
        replace(passage, score=passage.score + added[n]) for n, passage in enumerate(passages)
    ]
    return sorted(scored, key=lambda passage: -passage.score)


def _window_starts(tokens: int) -> list[int]:
    last = max(0, tokens - _WINDOW_TOKENS)
    return [*range(0, last, _STRIDE_TOKENS), last]


def _best_sentences(
    windows: Sequence[_Window], sentences: Sequence[Sequence[Span]], read: Sequence[Tokens]
) -> list[tuple[_Window, slice]]:
    """Where in a window the sentences with the best spans are: those that compete for the answer,
    so that they are compared on equal terms."""
    found = []
    for window in windows:
        size = len(window.logits)
        spans = read[window.owner].spans[window.first : window.first + size]
        for start, end in sentences[window.owner]:
            inside = [n for n, (begins, ends) in enumerate(spans) if begins < end and start < ends]
            if inside and len(inside) < size:
                part = slice(inside[0], inside[-1] + 1)
                found.append((float(window.logits[part, part].max()), window, part))
    found.sort(key=lambda sentence: -sentence[0])
    enough = max((float(w.logits.max()) for w in windows), default=0.0) - _BEHIND_BEST
    return [(window, part) for best, window, part in found[:_ALONE] if best >= enough]


def _best_spans(window: _Window, text: str, tokens: Tokens) -> list[ScoredSpan]:
    """The best span and those that overlap it are one answer with uncertain ends: of them the one
    is taken that shares most tokens with all, as F1 counts them and by their weights (minimum
    Bayes risk decoding, Kumar and Byrne 2004). Then the best of the others, and so on."""
    size = window.logits.shape[1]
    flat = window.logits.ravel()
    best = np.argpartition(-flat, min(_LOOKED_AT, flat.size - 1))[:_LOOKED_AT]
    best = best[np.argsort(-flat[best], kind="stable")]
    best = best[flat[best] > IMPOSSIBLE / 10]
    firsts, lasts = best // size, best % size
    spans = tokens.spans[window.first :]
    whole = np.array([
        not _cuts_word(text, spans[first][0]) and not _cuts_word(text, spans[last][1])
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
    ], bool)  # fmt: skip
    best, firsts, lasts = best[whole], firsts[whole], lasts[whole]
    logits = flat[best]
    kept: list[ScoredSpan] = []
    while best.size and len(kept) < _SPANS_KEPT:
        together = (firsts <= lasts[0]) & (firsts[0] <= lasts)
        first, last, mass = _most_like(logits[together], firsts[together], lasts[together])
        start = tokens.spans[window.first + first][0]
        start, end = _trim(text, start, tokens.spans[window.first + last][1])
        if start < end and not any(s.start < end and start < s.end for s in kept):
            kept.append(ScoredSpan(window.owner, start, end, float(logits[0]), mass))
        best, logits = best[~together], logits[~together]
        firsts, lasts = firsts[~together], lasts[~together]
    return kept


def _most_like(logits: np.ndarray, firsts: np.ndarray, lasts: np.ndarray) -> tuple[int, int, float]:
    """(first token, last token) of the span whose expected F1 is the highest, if the answer is one
    of the spans by the softmax of `logits`, and the logarithm of the sum of their weights."""
    weights = np.exp(logits - logits.max())
    shared = np.minimum.outer(lasts, lasts) - np.maximum.outer(firsts, firsts) + 1
    lengths = lasts - firsts + 1
    f1 = 2 * shared.clip(min=0) / np.add.outer(lengths, lengths)
    chosen = int((f1 @ weights).argmax())
    mass = float(logits.max() + np.log(weights.sum()))
    return int(firsts[chosen]), int(lasts[chosen]), mass


def _cuts_word(text: str, place: int) -> bool:
    """Whether letters of one word are on both sides of `place`; only letters that have capitals
    tell, whose scripts all part words by blanks."""
    around = text[max(0, place - 1) : place + 1]
    return len(around) == 2 and all(c.isalpha() and c.lower() != c.upper() for c in around)


def _trim(text: str, start: int, end: int) -> Span:
    """Without blanks at the ends: a token's span may include the blank before it."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _without_overlaps(spans: list[ScoredSpan]) -> list[ScoredSpan]:
    """Windows overlap: of spans that share text, only the best."""
    kept: list[ScoredSpan] = []
    for span in sorted(spans, key=lambda s: -s.logit):
        if not any(
            k.owner == span.owner and k.start < span.end and span.start < k.end for k in kept
        ):
            kept.append(span)
    return kept


def _one_per_article(
    passages: Sequence[Passage],
    spans: Sequence[ScoredSpan],
    shares: Sequence[float],
    falling: Sequence[int],
    behind: float,
) -> list[int]:
    """Of spans in falling order, the best of each article, down to `behind` times the first:
    agreement is counted once an article."""
    kept: dict[str, int] = {}
    for n in falling:
        if shares[n] >= behind * shares[falling[0]]:
            kept.setdefault(passages[spans[n].owner].article, n)
    return list(kept.values())


def _evidence(passage: Passage, span: ScoredSpan, score: float) -> Evidence:
    start, end = _sentences_around(passage, (span.start, span.end))
    first = passage.start
    return Evidence(
        passage, first + start, first + end, first + span.start, first + span.end, score
    )


def _sentences_around(passage: Passage, span: Span) -> Span:
    """The sentences of `passage` that `span` touches, from the first to the last."""
    touched = [
        (start, end)
        for start, end in sentence_spans(passage.text, passage.language)
        if start < span[1] and span[0] < end
    ]
    return min([span[0], *(s for s, _ in touched)]), max([span[1], *(e for _, e in touched)])


def _log_odds(share: float) -> float:
    return math.log((share + 1e-6) / (1 - share + 1e-6))


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit > -700 else 0.0
