"""The sentence that answers, where it is not sure which of its words do."""

import re

from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.cite import cite
from hemeroteca.rag.defaults import WORDS_FROM
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading
from hemeroteca.rag.verifier.dated import asks_when

_UNTIL = (
    r"(?:hasta|until|till|by|bis|jusqu['’ ]?(?:à|au|en)?|fino|sino|até|ata|fins|до|к|through"
    r"|antes|before|avant|vor|prima|abans|раньше)"
)
_JUST_BEFORE = re.compile(rf"\b{_UNTIL}(?:\s(?:\w{{1,4}}|l['’]))?\s?$", re.IGNORECASE)


def is_sure_of_words(question: Question, reading: Reading) -> bool:
    """Whether the words of the best answer are told, not its sentence; so, too, where nobody has
    said how likely the sentence is. Not where it is asked when something was, and they say until or
    before when."""
    if asks_when(question.searched) and _says_until(question, reading):
        return False
    return reading.confidence >= WORDS_FROM or not reading.holds


def _says_until(question: Question, reading: Reading) -> bool:
    if re.search(rf"\b{_UNTIL}\b", question.searched, re.IGNORECASE):
        return False
    best = reading.evidence[0]
    return _JUST_BEFORE.search(best.quote[: best.answer_start - best.start]) is not None


def whole_sentence(question: Question, reading: Reading) -> Answer:
    """The sentence of the best answer of `reading`, which has evidence."""
    cited = cite(reading.evidence[:1])[0]
    return sentence_answer(question, cited, reading.holds or reading.confidence)


def sentence_answer(question: Question, cited: Citation, confidence: float) -> Answer:
    """The sentence that is `cited`, as the answer of that `confidence`."""
    return Answer(
        question=question.text,
        kind="sentence",
        language=question.language,
        confidence=confidence,
        answer=cited.quote,
        statements=[Statement(cited.quote, (cited.n,))],
        citations=[cited],
    )
