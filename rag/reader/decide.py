"""Scored spans to an answer: the span that answers, its sentence, and how likely it is one.

The scores of all passages are put on one scale together with retrieval's, so that passages
compete."""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from hemeroteca.index.article import Passage
from hemeroteca.index.errors import CheckpointError
from hemeroteca.index.text.sentences import Span, sentence_spans
from hemeroteca.index.text.terms import fold
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.network import READER_FILE

RULE_FILE = READER_FILE.with_suffix(".json")
_NEAREST = 3
_FOLLOWING = 5  # passages that the first is compared with
_BEHIND = 0.05  # a span with less than this share of the best one's weight does not agree with it


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
    best of each of the first articles, for when it does not; `versions`, what other versions of
    the story say instead; `holds`, the probability that its sentence has the answer, whichever of
    its words that is, 0 where that was not asked."""

    evidence: Sequence[Evidence]
    confidence: float
    passages: Sequence[Passage]
    nearest: Sequence[Evidence] = ()
    versions: Sequence[Evidence] = ()
    holds: float = 0.0


@dataclass(frozen=True)
class ScoredSpan:
    """A span of passage number `owner`, in characters of it, with the best logit against no answer
    of the spans that it stands for, and the logarithm `mass` of the sum of all their weights."""

    owner: int
    start: int
    end: int
    logit: float
    mass: float


def decide(
    question: Question, passages: Sequence[Passage], spans: Sequence[ScoredSpan], rule: Rule
) -> Reading:
    """The best answer among `spans` of the first of `passages`, by `rule`."""
    if not spans:
        return Reading([], 0.0, passages)
    shares = share_out(passages, spans, rule)
    answers = rank_answers(passages, spans, shares)
    falling = sorted(range(len(spans)), key=lambda n: -shares[n])
    each = _one_per_article(passages, spans, shares, falling, 0.0)

    def evidence(n: int) -> Evidence:
        span = spans[n]
        return evidence_of(passages[span.owner], (span.start, span.end), shares[n])

    told, best = _story(passages, spans, answers, falling, evidence)
    one_voice = [CandidateAnswer(told, sum(shares[n] for n in told))]
    others = [answer for answer in answers if not set(answer.spans) & set(told)]
    features = confidence_features(question, passages, spans, one_voice + others, rule)
    answer = _said(passages, spans[best.spans[0]])
    otherwise = [n for n in told if _said(passages, spans[n]) != answer]
    doubt = max((shares[n] for n in otherwise), default=0.0) / one_voice[0].share
    return Reading(
        [evidence(n) for n in best.spans],
        rule.confidence(features) * (1 - doubt / 2),
        rank_again(passages, spans, shares, rule.rerank),
        [evidence(n) for n in each[:_NEAREST]],
        [evidence(n) for n in otherwise],
    )


def _story(
    passages: Sequence[Passage],
    spans: Sequence[ScoredSpan],
    answers: Sequence["CandidateAnswer"],
    falling: Sequence[int],
    evidence: Callable[[int], Evidence],
) -> tuple[list[int], "CandidateAnswer"]:
    """The spans in which the versions of one story say what is asked, and the answer: that of the
    latest of them. As the number of victims rises, each note corrects the one before it; they are
    one voice on whether there is an answer, and differ on which."""
    best = answers[0]
    first = passages[spans[best.spans[0]].owner]
    place = _neighbours(passages, spans[best.spans[0]])
    told = {passages[spans[n].owner].article: n for n in best.spans}
    for n in falling:
        passage = passages[spans[n].owner]
        if passage.article in told or not first.group or passage.group != first.group:
            continue
        # Beside the same word, or it is the answer to something else.
        beside = zip(place, _neighbours(passages, spans[n]), strict=True)
        if any(one == other for one, other in beside) and same_but_for_numbers(
            evidence(best.spans[0]), evidence(n)
        ):
            told[passage.article] = n
    latest = max(told.values(), key=lambda n: passages[spans[n].owner].day)
    chosen = best if latest in best.spans else CandidateAnswer([latest], 0.0)
    return list(told.values()), next((a for a in answers if latest in a.spans), chosen)


def _neighbours(passages: Sequence[Passage], span: ScoredSpan) -> tuple[str, str]:
    """The words before and behind a span."""
    text = passages[span.owner].text
    before, behind = text[: span.start].split()[-1:], text[span.end :].split()[:1]
    return "".join(before).lower(), "".join(behind).lower()


def same_but_for_numbers(one: Evidence, other: Evidence) -> bool:
    """Whether two sentences name the same, and the same days: those made by one template name
    another place, or another day."""
    # Imported where there are versions alone: what reads names and days takes a tenth of a second.
    from hemeroteca.rag.writer.facts import facts

    told, else_told = (facts(e.quote, e.passage.language) for e in (one, other))
    return told.days == else_told.days and set(told.names) == set(else_told.names)


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
        groups[_said(passages, spans[n])].append(n)
    answers = []
    for group in groups.values():
        kept = _one_per_article(passages, spans, shares, group, _BEHIND)
        answers.append(CandidateAnswer(kept, sum(shares[n] for n in kept)))
    return sorted(answers, key=lambda answer: -answer.share)


def _said(passages: Sequence[Passage], span: ScoredSpan) -> str:
    said = passages[span.owner].text[span.start : span.end]
    return " ".join(fold(said).casefold().split())


def confidence_features(
    question: Question,
    passages: Sequence[Passage],
    spans: Sequence[ScoredSpan],
    answers: Sequence[CandidateAnswer],
    rule: Rule,
) -> tuple[float, ...]:
    """What the confidence is made of: log-odds of the best answer and of the next against all
    else, the best passage's score and how far it leads the next five, and how likely the answer is
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
        question.is_in(best.language),
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


def evidence_of(passage: Passage, answer: Span, score: float) -> Evidence:
    """What proves the `answer`, in characters of `passage`: the sentences that it touches."""
    start, end = _sentences_around(passage, answer)
    first = passage.start
    return Evidence(
        passage, first + start, first + end, first + answer[0], first + answer[1], score
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
