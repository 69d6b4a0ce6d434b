"""That there was none of what is counted: "No hubo que lamentar víctimas" to how many died. A
reader of words finds none there."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from hemeroteca.rag.answer import Answer
from hemeroteca.rag.claim_checker import judge_each, premise_of
from hemeroteca.rag.kinds.sentences import Sentence, about, quoted_sentences
from hemeroteca.rag.kinds.whole_sentence import sentence_answer
from hemeroteca.rag.question import Question
from hemeroteca.rag.verifier.judge import Verifier
from hemeroteca.rag.verifier.judgement import Premise
from hemeroteca.rag.writer.negation import negates

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
_LOOKED_AT = 8  # sentences that deny something, the likest
_FROM = 0.8  # probability of being stated, from which it is told
_BY_ITSELF = 0.5  # and of that by a sentence without what stands around it, or the other way round
_UNHURT = re.compile(
    r"\b(?:iles[oa]s?|indemnes?|desiert[oa]s?|cero|zero|unhurt|unharmed|uninjured|unscathed|intact[oa]?s?"
    r"|unverletzt\w*|illes[oaei]|incolum[ei]|sain et sauf|saufs|невредим\w*|il·les\w*)\b",
    re.IGNORECASE,
)
SHORTEST_DENIAL = 10  # characters of a sentence that says so: "Nadie murió."


def asks_how_many(question: Question) -> bool:
    """Whether `question` asks for a count, which may be none."""
    return question.language in _NONE and _HOW_MANY.match(question.searched) is not None


def none_of_it(
    question: Question, sentences: Sequence[Sentence], load: Callable[[], Verifier]
) -> Answer | None:
    """The sentence that says that there was none of what `question` counts, by the verifier that
    `load` gives; None if none of the likest says so."""
    of_it = sorted(about(question, sentences, anywhere=True), key=lambda s: -s.likeness)
    near = [sentence for sentence in of_it if _denies(sentence)][:_LOOKED_AT]
    if not near:
        return None
    statement = f"{question.searched} {_NONE[question.language]}"
    named, verifier = about(question, of_it), load()
    whole = [_premise(sentence, named) for sentence in near]
    judged = judge_each(verifier, statement, whole)
    for n in sorted(range(len(near)), key=lambda n: -judged[n].stated):
        if judged[n].stated < _FROM:
            break
        if _says_it(verifier, statement, whole[n]):
            _, [cited] = quoted_sentences([near[n]])
            return sentence_answer(question, cited, judged[n].stated)
    return None


def _says_it(verifier: Verifier, statement: str, premise: Premise) -> bool:
    """Whether the sentence of `premise`, which states it, does so, and not what stands around it
    without that."""
    around = premise.before or premise.headline
    parts = [Premise(premise.text), *([replace(premise, text=around, before="")] if around else [])]
    alone, *without = judge_each(verifier, statement, parts)
    return alone.stated >= _BY_ITSELF or all(each.stated < _BY_ITSELF for each in without)


def _denies(sentence: Sentence) -> bool:
    language = sentence.passage.language
    return negates(sentence.text, language) or _UNHURT.search(sentence.text) is not None


def _premise(sentence: Sentence, named: Sequence[Sentence]) -> Premise:
    """A sentence with what stands around it; where that does not name what is asked about, behind
    the likest sentence of its article that does, one of `named`."""
    premise = premise_of(sentence)
    of_it = [each for each in named if each.passage.article == sentence.passage.article]
    if sentence in of_it or not of_it:
        return premise
    return replace(premise, before=" ".join(filter(None, (of_it[0].text, premise.before))))
