"""Whether what answers a question of somebody's kin tells of such kin: eleven brothers are no
children, and whoever else is named is nobody's wife."""

import re
from collections.abc import Iterator

from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Evidence, Reading
from hemeroteca.rag.writer.kin import ANY_KIN, may_be, words_of_kin

# Who somebody's kin is and what they are called, and how many there are.
_HOW_MANY = re.compile(
    r"^\W*(?:(?:and|y|e|und|et|i) )?(?:how many|cu[aá]nt[oa]s|wie viele|combien d(?:e |['’])|"
    r"quant[oaie]s?|quants|quantes)\s*$",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"^\W*(?:(?:and|y|e|und|et|i) )?(?:(?:qui[eé]n(?:es)?|who|wer|qui|chi|quem|quen) "
    r"(?:es|era|fue|son|eran|is|was|are|were|ist|war|est|était|é|è|foi|és)|"
    r"c[oó]mo se (?:llam|cham)\w+|what (?:is|was|are|were)(?: the (?:first )?name of)?|"
    r"what['’]s(?: the name of)?|wie (?:hei(?:ß|ss)\w*|hieß\w*)|comment s['’]appel\w+|"
    r"come si chiam\w+|com es di\w+|(?:qu[aeé]l|cu[aá]l) (?:es|era|é) el nombre de)"
    r"(?P<whose>.*['’]s)?(?:\s[\w'’]+){0,2}?\s*(?:l['’])?$",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\s?(?:de|del|do|da|dos|das|du|des|d['’]|di|dell\w+|of|von|der|which|does|did|has|have|had|"
    r"tiene|tuvo|tenía|hat|hatte|a|avait|ha|aveva|tem|tinha|té|ten)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\s*(?:called|named)?\W*$", re.IGNORECASE)


def is_of_asked_kin(question: Question, reading: Reading) -> bool:
    """Whether the best answer of `reading`, which has one, stands where the kin that `question`
    asks for is told of; true where it asks for none, or the article's language has no such words.
    """
    asked = set(_asked_for(question.searched, question.language))
    best = reading.evidence[0]
    words = words_of_kin(best.passage.language)
    if not asked or not words:
        return True
    around = _around(best)
    told = {kin for kin, pattern in words.items() if pattern.search(around)}
    return any(may_be(kin, other) for kin in asked for other in told)


def _asked_for(text: str, language: str) -> Iterator[str]:
    for kin, pattern in words_of_kin(language).items():
        for match in pattern.finditer(text):
            before, behind = text[: match.start()], text[match.end() :]
            who = _WHO.match(before)
            owned = _OF.match(behind) or (who and who["whose"] and _CALLED.match(behind))
            if kin != ANY_KIN and (who or _HOW_MANY.match(before)) and owned:
                yield kin


def _around(evidence: Evidence) -> str:
    """The sentences of the answer, and the one before: "Her son plays, too. He is called Ivo"."""
    passage = evidence.passage
    start, end = evidence.start - passage.start, evidence.end - passage.start
    spans = sentence_spans(passage.text, passage.language)
    before = [begins for begins, ends in spans if ends <= start]
    return passage.text[before[-1] if before else start : end]
