"""The sentences of retrieved passages that bear on a statement, judged."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hemeroteca.index.article import Passage
from hemeroteca.index.text.sentences import Span, asks, sentence_spans
from hemeroteca.rag.verifier.judge import Verifier, VerifierError
from hemeroteca.rag.verifier.judgement import Judgement, Premise

_PASSAGES = 8
_SENTENCES_COMPARED = 40
_SENTENCES_JUDGED = 8
_FEWEST_LETTERS = 15  # of a sentence that says something


@dataclass(frozen=True)
class JudgedSentence:
    """The characters `start` to `end` of the text of a passage's article, and what they make of a
    statement."""

    passage: Passage
    start: int
    end: int
    judgement: Judgement

    @property
    def quote(self) -> str:
        first = self.passage.start
        return self.passage.text[self.start - first : self.end - first]


def judge_passages(
    verifier: Verifier, statement: str, passages: Sequence[Passage]
) -> list[JudgedSentence]:
    """The sentences of the first of a ranking of `passages` whose vectors are nearest to
    `statement`, and what each makes of it, each judged with the sentence before it, the headline
    and the day; the one that decides most first. Raises VerifierError if the statement is empty or
    too long."""
    found: list[tuple[Passage, Span, str]] = []
    for passage in passages[:_PASSAGES]:
        before = ""
        for start, end in sentence_spans(passage.text, passage.language):
            text = passage.text[start:end]
            if sum(map(str.isalpha, text)) >= _FEWEST_LETTERS and not asks(text, passage.language):
                found.append((passage, (start, end), before))
            before = text
    found = _each_once(found)[:_SENTENCES_COMPARED]
    if not found:
        return []
    vectors = verifier.encoder.encode_passages([p.text[s:e] for p, (s, e), _ in found])
    likeness = vectors @ verifier.encoder.encode_questions([statement])[0]
    best = [found[n] for n in np.argsort(-likeness, kind="stable")[:_SENTENCES_JUDGED]]
    judged = []
    for passage, (start, end), before in best:
        premise = premise_of(passage, passage.text[start:end], before)
        first = passage.start
        judgement = _judgement(verifier, statement, premise)
        judged.append(JudgedSentence(passage, first + start, first + end, judgement))
    return sorted(judged, key=lambda sentence: sentence.judgement.not_said)


def premise_of(passage: Passage, quote: str, before: str) -> Premise:
    """A sentence of `passage` with the one `before` it and what is known of its article."""
    return Premise(quote, before, passage.title, passage.publication.paper, day=passage.date or "")


def _judgement(verifier: Verifier, statement: str, premise: Premise) -> Judgement:
    try:
        return verifier.judge(statement, premise)
    except VerifierError:
        if len(statement) > len(premise.text):
            raise
        return Judgement(0.0, 0.0, 1.0)  # a sentence without end proves nothing that can be shown


def _each_once(found: Sequence[tuple[Passage, Span, str]]) -> list[tuple[Passage, Span, str]]:
    """Without the sentences of passages that overlap, and of copies."""
    return list({p.text[s:e]: (p, (s, e), before) for p, (s, e), before in found[::-1]}.values())[
        ::-1
    ]
