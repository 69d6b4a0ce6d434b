"""All of what is asked for: the items of an enumeration, over sentences and articles."""

import re
from collections.abc import Iterator

from hemeroteca.index.errors import Message
from hemeroteca.index.text.terms import cognates, fold
from hemeroteca.rag.answer import Answer, Statement
from hemeroteca.rag.cite import cite
from hemeroteca.rag.kinds.topic import ASKING
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Evidence, Reading

_PARTING = re.compile(
    r"\s*[,;]\s+(?:(?:y|e|and|und|et|i|и|og|och|en|ed|și|o|u|or|oder|ou|of|или)\s+)?|"
    r"\s+(?:y|e|and|und|et|i|и|og|och|ed|și|or|oder|ou|или)\s+|(?<=\w)\s+[ou]\s+(?=\w)"
)
_WORDS = 9  # of an item, at the most
_PARTICLE = 3  # letters of what stands within a name, at the most
_SHARE = 0.25  # of the best answer's, for another article's to be an item too
# What goes on behind the last item says what they do.
_GOES_ON = re.compile(
    r"\s(?:para|que|quien|quienes|donde|cuando|porque|which|who|that|where|when|because|dont|qui|où|"
    r"pour|che|dove|damit|weil|wobei|onde|quando|perquè|чтобы|которые)\b"
)
# The noun that the items are, before the first alone.
_HEAD = re.compile(r"((?:\w+\s)+)(?:of|de|del|di|von|van|do|da)\s+(?=[A-ZÀ-Þ])")
_ARTICLE = re.compile("el|la|los|las|the|le|les|il|lo|gli|der|die|das|den|o|os|as|els|les|de|het")
_OPENING = """
    en para por con según tras desde sobre entre in on at for with from after during by among im am
    bei mit nach von aus dans sur avec pour après selon nel nella per dopo em no na com após в
    на по с"""
_OPENS = frozenset(_OPENING.split())
_FEWEST, _MAY = 3, 0.25  # items, and the reader's confidence, of a list that it is not sure of
_SHARE_OF_WORDS = 0.5  # of the question, in the sentence of such a list and its headline
_SAME_LANGUAGE = 0.5  # probability of a question to be in an article's language
_OF = re.compile(
    r"(?<!\w)(?:of|from|by|de|del|della|di|do|da|du|des|d|von|vom|der|van|l|el|la)[\s’']+$",
    re.IGNORECASE,
)
_END = re.compile(r"[.:()—–]\s")


def listing(question: Question, reading: Reading) -> Answer | None:
    """The items that are enumerated around the best answer, and what other articles answer; None
    if that is one thing, which is a short answer."""
    best = reading.evidence[0]
    found = [best, *(e for e in reading.nearest if e.passage.article != best.passage.article)]
    found = [e for e in found if e.score >= _SHARE * best.score]
    citations = cite(found)
    items: dict[str, Statement] = {}
    asked = _row(question.searched)
    for citation, evidence in zip(citations, found, strict=True):
        for item in _without_head(list(_items(evidence)), question):
            key = _row(item)
            if key in asked:  # what the question names is none of what it asks for
                continue
            items.setdefault(key, Statement(item, (citation.n,)))
    if len(items) < 2:
        return None
    whole = all(statement.text in best.answer for statement in items.values())
    used = {n for statement in items.values() for n in statement.cites}
    return Answer(
        question=question.text,
        kind=question.kind,
        language=question.language,
        confidence=reading.confidence,
        answer=best.answer if whole else ", ".join(s.text for s in items.values()),
        statements=list(items.values()),
        lead=Message("At least {number}:", number=len(items)),
        citations=[citation for citation in citations if citation.n in used],
    )


def enumerates(question: Question, reading: Reading) -> bool:
    """Whether the best answer of `reading`, which has one that is not sure, stands in a list of
    what the question asks for by its own words: the noun behind what asks is in its sentence, and
    half of the others there or in its headline."""
    best = reading.evidence[0]
    if reading.confidence < _MAY or question.is_in(best.passage.language) < _SAME_LANGUAGE:
        return False
    asked = [head for head in cognates(question.searched) if head not in ASKING]
    told = set(cognates(f"{best.quote} {best.passage.title}"))
    named = bool(asked) and asked[0] in cognates(best.quote)
    enough = sum(head in told for head in asked) >= _SHARE_OF_WORDS * len(asked)
    return named and enough and len(list(_items(best))) >= _FEWEST


def is_of_peers(question: Question, reading: Reading) -> bool:
    """Whether the list around the best answer has an item that the question asks something of:
    a list of firms beside Acme is none of the firms of Acme."""
    text = question.searched
    for item in _items(reading.evidence[0]):
        at = text.casefold().find(item.casefold()) if item[:1].isupper() else -1
        words = text[:at].split() if at > 0 else []
        while words and words[-1][:1].isupper():  # the rest of a name
            words.pop()
        if words and _OF.search(f"{words[-1]} "):
            return True
    return False


def _row(text: str) -> str:
    return " ".join(fold(text).casefold().split())


def _items(evidence: Evidence) -> Iterator[str]:
    """The items of the enumeration in which the answer stands, or that alone."""
    text, start, end = evidence.quote, evidence.answer_start, evidence.answer_end
    start, end = start - evidence.start, end - evidence.start
    after = _END.search(text, end)
    before = [match.end() for match in _END.finditer(text, 0, start)]
    first, last = (before or [0])[-1], after.start() if after else len(text.rstrip("."))
    parts: list[tuple[int, int]] = []
    at = first
    for parting in _PARTING.finditer(text, first, last):
        parts.append((at, parting.start()))
        at = parting.end()
    parts.append((at, last))
    touched = [n for n, (s, e) in enumerate(parts) if s < end and start < e]
    if not touched:
        yield evidence.answer
        return
    low, high = touched[0], touched[-1]
    several = low < high
    capital = text[start : start + 1].isupper()
    # The first item begins where the answer does: words of the sentence stand before it.
    if start <= parts[low][0] + 1 or several:
        while low > 0 and _is_item(text[slice(*parts[low - 1])], capital, 4):
            low -= 1
    while high + 1 < len(parts) and _is_item(text[slice(*parts[high + 1])], capital, _WORDS):
        high += 1
    for n in range(low, high + 1):
        s, e = parts[n]
        item = text[max(s, start) if n == touched[0] else s : e]
        if n == touched[-1] and n == high:
            item = text[max(s, start) if n == touched[0] else s : max(s, end)]
        name = _name(item, 1 if n == high > low else 2) if capital else item
        if not capital and (goes_on := _GOES_ON.search(name)):
            name = name[: goes_on.start()]
        if stripped := name.strip(' .,;:"“”«»'):
            yield stripped
        if len(name.split()) < len(item.split()):
            return  # the sentence goes on behind its last name


def _without_head(items: list[str], question: Question) -> list[str]:
    """The items without the noun that the question asks for, where that stands before the first of
    them alone: the prisons of Leeds, York and Hull."""
    if len(items) < 2 or not (head := _HEAD.match(items[0])) or _HEAD.match(items[1]):
        return items
    if set(cognates(question.searched)).isdisjoint(cognates(head[1])):
        return items
    return [items[0][head.end() :], *items[1:]]


def _name(part: str, most: int) -> str:
    """`part` up to `most` words in small letters, one behind another, that are no particles."""
    words = part.split()
    kept = small = 0
    for n, word in enumerate(words, start=1):
        if not word[:1].islower():
            kept, small = n, 0
        elif len(word) > _PARTICLE:
            small += 1
            if small == most:
                return " ".join(words[:kept])
    return part


def _is_item(part: str, capital: bool, most: int) -> bool:
    if not capital and (goes_on := _GOES_ON.search(part)):
        part = part[: goes_on.start()]
    words = part.split()
    if capital and len(words) > 1 and _ARTICLE.fullmatch(words[0]):
        del words[0]
    if words and words[0].lower() in _OPENS:  # "In the talks, Belarus": what begins a sentence
        return False
    return 0 < len(words) <= most and words[0][:1].isupper() == capital
