"""Whether what a question of yes or no asks is so, where the sentences leave no doubt.

The verifier judges the question as a statement; it is believed only of a sentence that the rules
find no fault with, that tells of a fact and not of somebody's words, a plan or a guess, and that is
of whom is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from hemeroteca.index.text.terms import cognates, terms
from hemeroteca.rag.claim_checker import judge_each, premise_of
from hemeroteca.rag.kinds.denial import denies
from hemeroteca.rag.kinds.flat import is_flat, is_of_whom, plain_words
from hemeroteca.rag.kinds.sentences import Sentence
from hemeroteca.rag.kinds.statement import statement_of
from hemeroteca.rag.question import Question
from hemeroteca.rag.verifier.judge import Verifier
from hemeroteca.rag.writer.negation import negates

Outcome = Literal["yes", "no", "disagree"]
# Probabilities of the verifier, chosen on 176 questions over invented articles (docs/kinds.md).
_STATED, _CONTRADICTED, _DOUBTED = 0.85, 0.8, 0.5


@dataclass(frozen=True)
class Checked:
    """A sentence with what is wrong with the question as a claim by it (rag/writer/checker.py; None
    for nothing), and whether it denies what is asked."""

    sentence: Sentence
    fault: str | None
    denied: bool


def verdict(
    question: Question, checked: Sequence[Checked], load: Callable[[], Verifier]
) -> tuple[Outcome, list[Sentence]] | None:
    """Whether it is so, and the sentences that say it, the surest first, of each side; None if that
    is not sure, or the question denies something itself. `load` gives the verifier, and is called
    only where a sentence may decide."""
    if negates(question.searched, question.language):
        return None
    claiming = [
        c.sentence
        for c in checked
        if c.fault is None and not negates(c.sentence.text, c.sentence.passage.language)
    ]
    against = [c.sentence for c in checked if c.denied]
    telling = [s for s in claiming if _tells(question, s)]
    refuting = [s for s in against if is_flat(question, s, denied=True)]
    if not telling and not refuting:
        return None
    stated, contradicted = _judged(question, [*claiming, *against], load())
    contradicted = contradicted[len(claiming) :]
    yes = [s for s in _surest(claiming, stated, _STATED) if s in telling]
    no = [s for s in _surest(against, contradicted, _CONTRADICTED) if s in refuting]
    if yes and no:
        return ("disagree", [yes[0], no[0]]) if _apart(yes, no) else None
    # What is said otherwise, by whomever, is a doubt; a rumour in an article that denies it is not.
    if yes and not _surest(against, contradicted, _DOUBTED):
        return "yes", yes
    if no and not _apart(_surest(claiming, stated, _DOUBTED), no):
        return "no", no
    return None


def _apart(some: Sequence[Sentence], others: Sequence[Sentence]) -> bool:
    """Whether one of `some` is of an article that none of `others` is of."""
    articles = {sentence.passage.article for sentence in others}
    return any(sentence.passage.article not in articles for sentence in some)


def _tells(question: Question, sentence: Sentence) -> bool:
    """Whether the sentence tells of a fact of whom is asked, and its headline denies nothing."""
    return (
        not _is_under_a_denial(question, sentence)
        and is_flat(question, sentence)
        and is_of_whom(question, sentence)
    )


def _is_under_a_denial(question: Question, sentence: Sentence) -> bool:
    """Whether the headline denies something that the question speaks of."""
    title, language = sentence.passage.title, sentence.passage.language
    if title == sentence.text or plain_words(question).isdisjoint(cognates(title)):
        return False
    return denies(title, language, terms(question.searched, language))


def _judged(
    question: Question, sentences: Sequence[Sentence], verifier: Verifier
) -> tuple[list[float], list[float]]:
    """The probabilities that each sentence states and contradicts what is asked, put either way."""
    asked = question.searched.strip(" ¿?.")
    ways = {f"{asked[:1].upper()}{asked[1:]}.", statement_of(asked, question.language)}
    premises = [premise_of(sentence) for sentence in sentences]
    judged = [judge_each(verifier, way, premises) for way in sorted(ways)]
    stated = [min(each.stated for each in of) for of in zip(*judged, strict=True)]
    return stated, [min(each.contradicted for each in of) for of in zip(*judged, strict=True)]


def _surest(
    sentences: Sequence[Sentence], probabilities: Sequence[float], least: float
) -> list[Sentence]:
    """The sentences from the probability `least` on, the surest first."""
    sure = [each for each in zip(probabilities, sentences, strict=False) if each[0] >= least]
    return [sentence for _, sentence in sorted(sure, key=lambda each: -each[0])]
