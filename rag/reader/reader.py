"""Passages to spans that may answer: the network scores every span of every passage against "no
answer", and rag/reader/decide.py says which of them does."""

import itertools
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from hemeroteca.index.article import Passage
from hemeroteca.index.encoder.e5 import BEGIN, E5, END
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.encoder.model import Tokens
from hemeroteca.index.encoder.transformer import RUNS_AT_ONCE
from hemeroteca.index.encoder.weights import load_weights
from hemeroteca.index.errors import CheckpointError
from hemeroteca.index.text.days import is_date
from hemeroteca.index.text.sentences import Span, asks, sentence_spans
from hemeroteca.rag.defaults import ANSWER_FROM, PASSAGES_READ, UNSURE_FROM
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading, Rule, ScoredSpan, decide
from hemeroteca.rag.reader.network import IMPOSSIBLE, READER_FILE, SpanNetwork, make_pair
from hemeroteca.rag.understand.mutual import turned_round

_WINDOW_TOKENS, _STRIDE_TOKENS = 320, 192  # of a passage; those of the index fit one window
_QUESTION_TOKENS = 128  # the last of a longer question, where what is asked usually stands
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_SPANS_KEPT = 5  # of each passage
_ALONE = 4  # sentences that are read by themselves, too,
_BEHIND_BEST = 4.0  # if their best logit is so much below the best of all, or less
_LOOKED_AT = 40  # of the best spans, for those that do not overlap
# Reading is most of a question's time; what answers is retrieved close behind the best passage, and
# what clearly answers among the first. training/calibrate.py prints what stopping there costs.
READ_WITHIN = 0.05
FACT_WITHIN = 0.04  # where neither what several passages tell nor more of them is asked for
READ_FIRST = 3
_REST = 8  # passages of the first article that are read where no fact was found
CLEAR = 0.4
# A fact that the first passage states so clearly is looked for in no other: at all, or where that
# is so far ahead (benchmarks/README.md).
_STATED, _STATED_AHEAD, _AHEAD = 0.9, 0.5, 0.02
# Of a full stop only that behind a figure, a quote or a bracket: "EE. UU." has its own.
_CLOSING = re.compile(r"(?:\s*[,;:]|(?<=[\d%)\]”»\"])\.)+$")


@dataclass(frozen=True)
class _Window:
    """The tokens from number `first` of passage number `owner` that were read at once, and the
    (tokens, tokens) logits of their spans."""

    owner: int
    first: int
    logits: np.ndarray


@dataclass(frozen=True)
class _Read:
    """Passages with their tokens and sentences, and what was read of them for a question, of which
    `asked` are the tokens of each form."""

    asked: Sequence[Sequence[int]]
    passages: Sequence[Passage]
    tokens: Sequence[Tokens]
    sentences: Sequence[Sequence[Span]]
    windows: Sequence[_Window]

    def followed_by(self, other: "_Read") -> "_Read":
        """With the passages of `other`, read for the same question."""
        first = len(self.passages)
        return _Read(
            self.asked,
            [*self.passages, *other.passages],
            [*self.tokens, *other.tokens],
            [*self.sentences, *other.sentences],
            [*self.windows, *(replace(w, owner=w.owner + first) for w in other.windows)],
        )

    def spans(self) -> list[ScoredSpan]:
        """The best spans. No word of a sentence that asks answers, however alike the question, nor
        does a line that is only a date."""
        silent = [
            [(s, e) for s, e in spans if _says_nothing(p.text[s:e], p.language)]
            for p, spans in zip(self.passages, self.sentences, strict=True)
        ]
        return _without_overlaps(
            [
                span
                for window in self.windows
                for span in _best_spans(
                    window, self.passages[window.owner].text, self.tokens[window.owner]
                )
                if not any(s <= span.start and span.end <= e for s, e in silent[window.owner])
            ]
        )


class SpanReader:
    """Reads passages with the network, tokenised by `encoder`. Safe to use from several threads."""

    def __init__(self, encoder: Encoder, network: SpanNetwork, rule: Rule) -> None:
        self._encoder = encoder
        self._network = network
        self._rule = rule
        self._runs = ThreadPoolExecutor(RUNS_AT_ONCE, "reader")

    def read(
        self,
        question: Question,
        passages: Sequence[Passage],
        passages_read: int,
        of_article: Callable[[str], Sequence[Passage]] = lambda _: (),
    ) -> Reading:
        """Read the first `passages_read` of a ranking that are worth it: READ_FIRST of them, or one
        that states a fact clearly, and the others unless the answer is clear by then. Where no fact
        is, the rest of the first article is read, too: retrieval finds the article more often than
        its passage. `of_article` gives an article's passages."""
        if not passages:
            return Reading([], 0.0, passages)
        likely = as_likely_as_article(passages) if question.kind == "short" else passages
        spans, read = self._spans_of_best(question, passages, likely, passages_read)
        if question.kind != "short":
            return decide(question, passages, spans, self._rule)
        reading = decide(question, likely, spans, self._rule)
        rest: Sequence[Passage] = ()
        if reading.confidence < ANSWER_FROM:
            first = reading.passages[0].article
            likely, rest = with_rest(likely, read, first, of_article(first))
            owner = len(likely) - len(rest)
            spans += [
                replace(span, owner=span.owner + owner)
                for span in self.score_spans(question.searched, rest)
            ]
            reading = decide(question, likely, spans, self._rule) if rest else reading
        return replace(reading, passages=_as_retrieved(reading.passages, passages, rest))

    def _spans_of_best(
        self,
        question: Question,
        passages: Sequence[Passage],
        likely: Sequence[Passage],
        passages_read: int,
    ) -> tuple[list[ScoredSpan], int]:
        """The spans of the first of `passages`, and how many of these were read, decided by the
        scores that they have in `likely`."""
        fact = question.kind == "short"
        within = FACT_WITHIN if fact and passages_read <= PASSAGES_READ else READ_WITHIN
        read = worth_reading(passages, passages_read, within)
        first = self._whole(question.searched, read[:1])
        reading = decide(question, likely, first.spans(), self._rule)
        if fact and is_stated(reading, read):
            read = read[:1]
        elif len(read) > 1:
            first = first.followed_by(self._whole(question.searched, read[1:READ_FIRST]))
            reading = decide(question, likely, first.spans(), self._rule)
        if len(read) <= READ_FIRST and reading.confidence < UNSURE_FROM:
            # There is nothing of which the sentences could tell more.
            return first.spans(), len(read)
        spans = self._told_alone(first).spans()
        reading = decide(question, likely, spans, self._rule)
        if reading.confidence >= CLEAR or len(read) <= READ_FIRST:
            return spans, min(len(read), READ_FIRST)
        spans += [
            replace(span, owner=span.owner + READ_FIRST)
            for span in self.score_spans(question.searched, read[READ_FIRST:])
        ]
        return spans, len(read)

    def score_spans(self, question: str, passages: Sequence[Passage]) -> list[ScoredSpan]:
        """The best spans of every passage, at most _SPANS_KEPT a window, none overlapping another
        of its passage.

        Passages are read twice: whole, and then the sentences of the best spans by themselves,
        where nothing else draws the eye; the logits of their spans are the means of both."""
        return self._told_alone(self._whole(question, passages)).spans()

    def _whole(self, question: str, passages: Sequence[Passage]) -> "_Read":
        """Each passage read whole."""
        texts = [passage.text for passage in passages]
        forms = [f"query: {form}" for form in (question, turned_round(question)) if form]
        tokens = self._encoder.tokenize([*forms, *texts])
        asked = [form.ids[-_QUESTION_TOKENS:] for form in tokens[: len(forms)]]
        del tokens[: len(forms)]
        places = [
            (owner, first)
            for owner, of_passage in enumerate(tokens)
            if of_passage.ids
            for first in _window_starts(len(of_passage.ids))
        ]

        def window(place: tuple[int, int]) -> _Window:
            owner, first = place
            logits = self._in_paragraphs(asked, texts[owner], tokens[owner], first)
            return _Window(owner, first, logits)

        windows = list(self._runs.map(window, places))
        sentences = [sentence_spans(p.text, p.language) for p in passages]
        return _Read(asked, passages, tokens, sentences, windows)

    def _told_alone(self, whole: "_Read") -> "_Read":
        """The same once the sentences of the best spans are read by themselves, too."""

        def alone(sentence: tuple[_Window, slice]) -> np.ndarray:
            window, part = sentence
            return self._logits(whole.asked, whole.tokens[window.owner].ids[window.first :][part])

        best = _best_sentences(whole.windows, whole.sentences, whole.tokens)
        for (window, part), logits in zip(best, self._runs.map(alone, best), strict=True):
            window.logits[part, part] = (window.logits[part, part] + logits) / 2
        return whole

    def _in_paragraphs(
        self, asked: Sequence[Sequence[int]], text: str, tokens: Tokens, first: int
    ) -> np.ndarray:
        """The logits of the window of `text` that begins at token `first`, without the spans that
        reach from one paragraph into the next: no answer does."""
        window = slice(first, first + _WINDOW_TOKENS)
        logits = self._logits(asked, tokens.ids[window])
        breaks = [match.start() for match in _PARAGRAPH_END.finditer(text)]
        paragraph = np.searchsorted(breaks, [end - 1 for _, end in tokens.spans[window]])
        logits[paragraph[:, None] != paragraph] = IMPOSSIBLE
        return logits

    def _logits(self, asked: Sequence[Sequence[int]], given: Sequence[int]) -> np.ndarray:
        """(tokens, tokens): the logits of the spans of `given` against no answer, each by that form
        of the question which it answers best."""
        best: np.ndarray = np.max([self._logits_of(form, given) for form in asked], axis=0)
        return best

    def _logits_of(self, question: Sequence[int], given: Sequence[int]) -> np.ndarray:
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
        network = SpanNetwork(encoder.model.folder, load_weights(READER_FILE), encoder.precision)
    except KeyError as error:
        raise CheckpointError(
            "the reader's weights {file} do not fit {model} ({reason}): reinstall hemeroteca",
            file=READER_FILE,
            model=encoder.fingerprint,
            reason=str(error),
        ) from error
    return SpanReader(encoder, network, Rule.load())


def as_likely_as_article(passages: Sequence[Passage]) -> Sequence[Passage]:
    """`passages` with the score of the best of their article: which of its passages answers a
    question of a fact, reading tells better than their vectors."""
    best: dict[str, float] = {}
    for passage in passages:
        best[passage.article] = max(passage.score, best.get(passage.article, passage.score))
    return [replace(passage, score=best[passage.article]) for passage in passages]


def _as_retrieved(
    ranked: Sequence[Passage], retrieved: Sequence[Passage], rest: Sequence[Passage]
) -> Sequence[Passage]:
    """The passages `ranked` with the scores of their articles, by their own scores; those of the
    `rest` keep the others, so that what they state decides."""
    behind = {
        passage.id: passage.score - own.score
        for passage, own in zip(as_likely_as_article(retrieved), retrieved, strict=True)
    }
    kept = {passage.id for passage in rest}
    own = [p if p.id in kept else replace(p, score=p.score - behind[p.id]) for p in ranked]
    return sorted(own, key=lambda passage: -passage.score)


def with_rest(
    passages: Sequence[Passage], read: int, article: str, whole: Sequence[Passage]
) -> tuple[Sequence[Passage], Sequence[Passage]]:
    """(`passages`, and behind them what is to be read of the passages `whole` of `article` that are
    not among the first `read`; these by themselves), with the score of its best. Of a long one
    those come first that were retrieved."""
    seen = {passage.id for passage in passages[:read]}
    ranks = {passage.id: n for n, passage in enumerate(passages)}
    best = max(passage.score for passage in passages if passage.article == article)
    left = sorted((p for p in whole if p.id not in seen), key=lambda p: ranks.get(p.id, len(ranks)))
    rest = [replace(passage, score=best) for passage in left[:_REST]]
    taken = {passage.id for passage in rest}
    return [*(p for p in passages if p.id not in taken), *rest], rest


def worth_reading(
    passages: Sequence[Passage], at_most: int, within: float = READ_WITHIN
) -> Sequence[Passage]:
    """The first of a ranking whose scores are at most `within` below the best."""
    best = passages[0].score
    near = itertools.takewhile(lambda p: best - p.score <= within, passages[:at_most])
    return list(near)


def is_stated(reading: Reading, read: Sequence[Passage]) -> bool:
    """Whether `reading` of the first of the passages `read` leaves nothing to look for in the
    others: other versions of its story may correct it."""
    first, *others = read
    if any(o.group == first.group != "" and o.article != first.article for o in others):
        return False
    ahead = not others or first.score - others[0].score >= _AHEAD
    return reading.confidence >= (_STATED_AHEAD if ahead else _STATED)


def _says_nothing(sentence: str, language: str) -> bool:
    return asks(sentence, language) or is_date(sentence, language)


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
    """Without blanks at the ends, which a token's span may include, and without what closes a
    clause: "2014,", "4 %." """
    piece = text[start:end].rstrip()
    said = _CLOSING.sub("", piece) or piece
    return start + len(said) - len(said.lstrip()), start + len(said)


def _without_overlaps(spans: list[ScoredSpan]) -> list[ScoredSpan]:
    """Windows overlap: of spans that share text, only the best."""
    kept: list[ScoredSpan] = []
    for span in sorted(spans, key=lambda s: -s.logit):
        if not any(
            k.owner == span.owner and k.start < span.end and span.start < k.end for k in kept
        ):
            kept.append(span)
    return kept
