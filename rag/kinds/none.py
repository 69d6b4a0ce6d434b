"""That there was none of what is counted: "No hubo que lamentar víctimas" to how many died. A
reader of words finds none there."""

import re
from collections.abc import Callable, Sequence

from hemeroteca.rag.answer import Answer
from hemeroteca.rag.claim_checker import judge_each, premise_of
from hemeroteca.rag.kinds.sentences import Sentence, about, quoted_sentences
from hemeroteca.rag.question import Question
from hemeroteca.rag.verifier.judge import Verifier
from hemeroteca.rag.verifier.judgement import Premise

_HOW_MANY = re.compile(
    r"^\W*(?:(?:a|de|en|por|con|in|of|by|to|an|von|bei|em|per|da|на|в|у) )?(?:how many|cuánt[oa]s|"
    r"cuant[oa]s|wie ?viele[nr]?|combien(?= d)|quant[ie]\b|quant[oa]s|quants|quantes|cant[oa]s|"
    r"сколько|hoeveel)\b",
    re.IGNORECASE,
)
# The answer as the verifier has learnt it (training/verifier/written/z*).
_NONE = {
    "es": "ninguno",
    "en": "none",
    "de": "keine",
    "fr": "aucun",
    "it": "nessuno",
    "pt": "nenhum",
    "ca": "cap",
    "gl": "ningún",
    "ru": "ни одного",
}
_LOOKED_AT = 8  # sentences, the likest
# Probability of being stated from which it is told, and of that by the sentence alone.
_FROM, _ALONE = 0.8, 0.5


def asks_how_many(question: Question) -> bool:
    """Whether `question` asks for a count, which may be none."""
    return question.language in _NONE and _HOW_MANY.match(question.searched) is not None


def none_of_it(
    question: Question, sentences: Sequence[Sentence], load: Callable[[], Verifier]
) -> Answer | None:
    """The sentence that says that there was none of what `question` counts, by the verifier that
    `load` gives; None if none of the likest says so."""
    near = sorted(about(question, sentences), key=lambda s: -s.likeness)[:_LOOKED_AT]
    if not near:
        return None
    statement = f"{question.searched} {_NONE[question.language]}"
    verifier, whole = load(), [premise_of(sentence) for sentence in near]
    # What stands around a sentence says of what it is, and not that there was none.
    alone = [Premise(premise.text) for premise in whole]
    judged = zip(*(judge_each(verifier, statement, each) for each in (whole, alone)), strict=True)
    sure = [
        (by_itself.stated, around.stated, sentence)
        for (around, by_itself), sentence in zip(judged, near, strict=True)
        if around.stated >= _FROM and by_itself.stated >= _ALONE
    ]
    if not sure:
        return None
    _, stated, told = max(sure, key=lambda of: of[:2])
    statements, citations = quoted_sentences([told])
    return Answer(
        question=question.text,
        kind="sentence",
        language=question.language,
        confidence=stated,
        answer=told.text,
        statements=statements,
        citations=citations,
    )
