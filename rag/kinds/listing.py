"""All of what is asked for: the items of an enumeration, over sentences and articles."""

import re
from collections.abc import Iterator

from hemeroteca.index.errors import Message
from hemeroteca.index.text.terms import fold
from hemeroteca.rag.answer import Answer, Statement
from hemeroteca.rag.cite import cite
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Evidence, Reading

_PARTING = re.compile(
    r"\s*[,;]\s+(?:(?:y|e|and|und|et|i|и|og|och|en|ed|și)\s+)?|"
    r"\s+(?:y|e|and|und|et|i|и|og|och|ed|și)\s+"
)
_WORDS = 9  # of an item, at the most
_PARTICLE = 3  # letters of what stands within a name, at the most
_SHARE = 0.25  # of the best answer's, for another article's to be an item too
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
        for item in _items(evidence):
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
        if stripped := name.strip(' .,;:"“”«»'):
            yield stripped
        if len(name.split()) < len(item.split()):
            return  # the sentence goes on behind its last name


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
    words = part.split()
    return 0 < len(words) <= most and words[0][:1].isupper() == capital
