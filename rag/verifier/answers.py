"""How likely an answer is right: by the reader, which compares the spans of all passages, and by
the verifier, which is asked whether the sentence says that of what was asked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hemeroteca.index.text.language import detect_language
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Evidence, Reading
from hemeroteca.rag.understand.mutual import turned_round
from hemeroteca.rag.verifier.dated import asks_when, names_day, with_dates
from hemeroteca.rag.verifier.judge import PremiseTooLongError, Verifier
from hemeroteca.rag.verifier.judgement import Judgement, Premise, log_odds
from hemeroteca.rag.verifier.rule import load_rule, save_rule
from hemeroteca.rag.writer.facts import facts

RULE_FILE = Path(__file__).parent / "answers.json"
HOLDS_FILE = Path(__file__).parent / "holds.json"
# Of 43 such answers to questions on real news 30 to 38 were right, of which the reader showed 29.
_DAY_FROM = 0.8
_WORDS = 80  # of a longer question, the last, where what is asked usually stands


@dataclass(frozen=True)
class AnswerRule:
    """The probability that an answer is right, or that its sentence holds the right one, is the
    logistic function of the log odds of the reader's confidence and of the answer being stated,
    times these weights, and `intercept` (Platt 1999, "Probabilistic Outputs for Support Vector
    Machines"). Fitted by training/verifier/answers.py."""

    reader: float
    stated: float
    intercept: float

    def confidence(self, features: Sequence[float]) -> float:
        """The probability in [0, 1] of the answer_features."""
        weights = (self.reader, self.stated)
        logit = sum(w * f for w, f in zip(weights, features, strict=True)) + self.intercept
        return 1 / (1 + math.exp(-logit))

    def save(self, path: Path = RULE_FILE) -> None:
        save_rule(self, path)

    @staticmethod
    def load(path: Path = RULE_FILE) -> "AnswerRule":
        """Raises CheckpointError if the file is missing or has other fields."""
        return load_rule(AnswerRule, path)


def verified(
    question: Question,
    reading: Reading,
    verifier: Verifier,
    rule: AnswerRule,
    holding: AnswerRule,
) -> Reading:
    """`reading` with the probability that its best answer is right by the verifier, too, by `rule`,
    and by `holding` that its sentence holds the right one; as it was if it has none, or its
    sentence is too long to be judged."""
    if not reading.evidence:
        return reading
    try:
        judged = judge_answer(verifier, question.searched, reading.evidence[0])
    except PremiseTooLongError:
        return reading
    features = answer_features(reading.confidence, judged)
    confidence, holds = rule.confidence(features), holding.confidence(features)
    # The reader has learnt from texts that name days by their dates, and doubts "yesterday".
    if judged.stated >= _DAY_FROM and _is_day(question, reading.evidence[0]):
        confidence, holds = max(confidence, judged.stated), max(holds, judged.stated)
    return replace(reading, confidence=confidence, holds=holds)


def _is_day(question: Question, evidence: Evidence) -> bool:
    """Whether `question` asks when, and the answer is a day told by that of its article."""
    passage = evidence.passage
    return asks_when(question.searched) and names_day(
        evidence.answer, passage.language, passage.date
    )


def answer_features(confidence: float, judged: Judgement) -> tuple[float, float]:
    """The log odds of the reader's confidence and of being stated. That of being contradicted tells
    no more: a wrong answer is seldom denied."""
    return log_odds(confidence), log_odds(judged.stated)


def judge_answer(verifier: Verifier, question: str, evidence: Evidence) -> Judgement:
    """What the sentence of `evidence` makes of the question with the answer behind it. It is put in
    either form, where it asks what two do together, and read behind the sentence before, which may
    hold what a pronoun means, and without it, for it may be of something else: the surest counts.
    Days that the question names are told by their dates.
    Raises PremiseTooLongError if that cannot be judged."""
    forms = [form for form in (question, turned_round(question)) if form]
    said = [f"{' '.join(form.split()[-_WORDS:])} {evidence.answer}" for form in forms]
    claimed = facts(question, detect_language(question))
    premise = premise_of(evidence)
    passage = evidence.passage
    told = with_dates(premise.text, passage.language, passage.date, claimed)
    premise = replace(premise, text=told)
    premises = dict.fromkeys((premise, replace(premise, before="")))
    judged = verifier.judge_all([(each, shown) for each in said for shown in premises])
    return max(judged, key=lambda judgement: judgement.stated)


def premise_of(evidence: Evidence) -> Premise:
    """The sentence that answers, with the one before it and the headline."""
    passage = evidence.passage
    start = evidence.start - passage.start
    if start < passage.headline:
        return Premise(evidence.quote)
    ends = [
        (first, end)
        for first, end in sentence_spans(passage.text, passage.language)
        if passage.headline <= first and end <= start
    ]
    before = passage.text[slice(*ends[-1])] if ends else ""
    return Premise(evidence.quote, before, passage.title)
