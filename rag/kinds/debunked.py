"""A claim that its article tells only to call it false ("A message says … That is a hoax.")."""

import re
from collections.abc import Sequence
from dataclasses import replace

from hemeroteca.index.article import Passage
from hemeroteca.index.errors import Message
from hemeroteca.index.text.sentences import sentence_spans
from hemeroteca.index.text.terms import terms
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.cite import citation
from hemeroteca.rag.kinds.denial import denied_above, denies
from hemeroteca.rag.kinds.speech import saying, says
from hemeroteca.rag.question import Question
from hemeroteca.rag.writer.negation import negates

_DENIED = Message("The articles deny it:")
# How a sentence begins that calls the one before it false.
_BUT = (
    r"pero|sin embargo|no obstante|en realidad|lo cierto es que|but|however|in fact|yet|aber|doch|"
    r"jedoch|allerdings|mais|or|pourtant|en réalité|ma|tuttavia|in realtà|mas|porém|contudo|"
    r"na realidade|però|tanmateix|porén|mais|но|однако|maar|echter"
)
_IT = (
    r"es[ot]|ello|todo|todo eso|nada de (?:eso|ello)|lo anterior|est[ea]|"
    r"(?:la|esta|esa|dicha) (?:afirmación|noticia|información|imagen|acusación|frase|cita)|"
    r"(?:el|este|ese|dicho) (?:rumor|dato|mensaje|v[ií]deo|audio|bulo|texto)|"
    r"it|this|that|(?:the|this) (?:claim|report|rumou?r|story|message|quote|image|video|post|news)|"
    r"das|dies|diese|die (?:Behauptung|Meldung|Nachricht|Aussage)|"
    r"ce(?:la|ci)?|c|cette (?:affirmation|information|rumeur)|l['’](?:affirmation|information)|"
    r"(?:la|questa) (?:notizia|affermazione)|ciò|questo|"
    r"isso|isto|a (?:afirmação|notícia|informação)|o (?:boato|vídeo)|"
    r"això|la (?:notícia|informació|afirmació)|iso|a nova|это|эт[оа] \w+|dat|dit"
)
_IS = (
    r"es|era|son|resulta|se trata de|is|was|are|ist|war|sind|est|était|è|era|é|são|foi|és|son|"
    r"trátase d\w+|trata-se de|es tracta d\w*|si tratta di|il s['’]agit d\w*|is een"
)
_FALSE = (
    r"fals[oaie]s?|incorrect[oa]s?|inciert[oa]s?|bulos?|mentiras?|montajes?|engaños?|invent[oa]s?|"
    r"false|untrue|fake|hoax(?:es)?|a lie|lies|wrong|nonsense|not true|not so|not the case|"
    r"falsch|gelogen|unwahr|erfunden|faux|fausse|mensong\w+|intox|bufal[ae]|"
    r"boatos?|mentida|onwaar|ложь|фейк|неправда|выдумка"
)
_VERY = r"(?:\w+mente|\w+ly|completely|total|völlig|frei|tout à fait|complètement|totalment)"
_CALLS_FALSE = re.compile(
    rf"^\W*(?:(?:{_BUT})\W+)?(?:"
    rf"(?:(?:{_IT})(?:\s|['’]))?(?:{_IS})\s+(?:un[ao]?\s|a\s|an\s|ein\w*\s|une\s|uma?\s|een\s)?"
    rf"(?:{_VERY}\s)?(?:{_FALSE})|"
    rf"(?:(?:{_IT})(?:\s|['’]))?no (?:es|era|son|és) (?:cierto|verdad|así|cert|veritat)|"
    rf"(?:{_IT})\s(?:is|was|are) not? ?(?:true|so|the case)|(?:it|that|this) isn['’]t (?:true|so)|"
    rf"das (?:stimmt|ist) (?:aber |so )?nicht|ce n['’]est pas (?:vrai|le cas)|non è (?:vero|così)|"
    rf"não é (?:verdade|assim)|non é (?:certo|verdade)|это (?:не ?правда|не так|ложь|фейк|выдумка)|"
    rf"dat (?:klopt|is) niet|fals[oa][:.]|false[:.]|falsch[:.]|faux[:.]"
    rf")(?!\w)",
    re.IGNORECASE,
)
# Behind such words, what is false instead: "Es falso que haya muertos." A clause behind a noun is
# about it: "Es un bulo que circula desde 2015."
_THAT = re.compile(r",?\s+(?:que|qu['’]\w+|that|dass|che|что|dat)\b", re.IGNORECASE)
_NOUN = re.compile(
    r"(?:bulos?|montajes?|engaños?|invent[oa]s?|fake|hoax(?:es)?|intox|bufal[ae]|boatos?|фейк)$",
    re.IGNORECASE,
)
# And one that says of what it tells itself that it is false.
_IT_IS_FALSE_THAT = re.compile(
    r"^\W*(?:(?:es|resulta) (?:\w+mente )?(?:falso|mentira|un bulo) que|"
    r"no es (?:cierto|verdad) que|"
    r"it is (?:\w+ly )?(?:false|untrue|a lie) that|it(?:['’]s| is) not true that|"
    r"es (?:ist|stimmt) (?:falsch|nicht), dass|il est faux que|il n['’]est pas vrai que|"
    r"è falso che|non è vero che|é falso que|não é verdade que|és fals que|no és cert que|"
    r"non é certo que|неправда, что)\b",
    re.IGNORECASE,
)
# What is told as a rumour is so by these words; says() knows the verbs.
_RUMOUR = re.compile(
    r"\b(?:circul\w+|difund\w+|viral\w*|redes(?: sociales)?|bulos?|rumor\w*|mensajes?|cadena|"
    r"social media|hoax\w*|messages?|posts?|gerücht\w*|verbreite\w*|rumeur\w*|réseaux|"
    r"boatos?|xarxes|bufal[ae]|слух\w*|фейк\w*)\b",
    re.IGNORECASE,
)
_FALSE_ASKED = re.compile(rf"\b(?:{_FALSE}|rumor\w*|rumou?rs?|desm[ei]nt\w*)\b", re.IGNORECASE)
_SHARED, _OF_HEADLINE = 3, 0.6  # words of a headline that denies what a sentence tells


def unless_debunked(question: Question, answer: Answer, passages: Sequence[Passage]) -> Answer:
    """`answer`, or what it tells with the sentence or headline that calls it false. What asks for
    somebody's words, or for what is false, gets it."""
    asked = saying(question.language)
    if answer.kind in ("absent", "yesno", "position") or _FALSE_ASKED.search(question.searched):
        return answer
    if asked and asked.search(question.searched):
        return answer
    for cited in answer.citations:
        passage = _passage_of(cited, passages)
        if passage is None:
            continue
        found = _called_false(cited, passage)
        if found is not None:
            return _denied(answer, [cited, *found])
        if _is_denied_above(cited, passage):
            return _denied(answer, [cited], denied_above(passage))
    return answer


def _denied(answer: Answer, told: Sequence[Citation], *notes: Message) -> Answer:
    numbered = [replace(each, n=n, mark=(0, 0)) for n, each in enumerate(told, start=1)]
    return Answer(
        question=answer.question,
        kind="yesno",
        language=answer.language,
        confidence=answer.confidence,
        lead=_DENIED,
        statements=[Statement(each.quote, (each.n,)) for each in numbered],
        citations=numbered,
        notes=notes,
    )


def _passage_of(cited: Citation, passages: Sequence[Passage]) -> Passage | None:
    """The passage that holds a citation, rather one that goes on behind it."""
    holding = [
        p
        for p in passages
        if p.article == cited.article and p.start <= cited.start and cited.end <= p.end
    ]
    return max(holding, key=lambda p: p.end, default=None)


def _called_false(cited: Citation, passage: Passage) -> list[Citation] | None:
    """The sentence behind what is cited that calls it false; none, but not None, where it does so
    itself."""
    if _IT_IS_FALSE_THAT.search(cited.quote):
        return []
    end = cited.end - passage.start
    for start, stop in sentence_spans(passage.text, passage.language):
        if start >= end:
            text = passage.text[start:stop]
            if not _calls_it_false(text):
                return None
            return [citation(2, passage, text, passage.start + start, cited.score)]
    return None


def _calls_it_false(text: str) -> bool:
    """Whether a sentence calls false what stands before it, and not what it says itself."""
    called = _CALLS_FALSE.search(text)
    if not called:
        return False
    return not _THAT.match(text, called.end()) or _NOUN.search(called[0]) is not None


def _is_denied_above(cited: Citation, passage: Passage) -> bool:
    """Whether the headline denies most of what is cited, which is told as somebody's words."""
    language, told = passage.language, terms(cited.quote, passage.language)
    if cited.quote == passage.title or not denies(passage.title, language, told):
        return False
    if negates(cited.quote, language):
        return False
    if not says(cited.quote, language) and not _RUMOUR.search(cited.quote):
        return False
    above = set(terms(passage.title, language))
    shared = above & set(told)
    return len(shared) >= max(_SHARED, _OF_HEADLINE * len(above))
