"""What is told only as denied: "denied that the bridge was sold", "kept the flames from reaching
the mill", a report "according to which" and who calls it false."""

import re
from collections.abc import Iterator
from functools import cache

from hemeroteca.index.text.languages import language as known_of
from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.writer.bindings import parts_of
from hemeroteca.rag.writer.negation import DENIED, negates, refuses
from hemeroteca.rag.writer.senses import lessens, senses

_SHARE, _FEWEST = 0.6, 2  # of the longer words of a claim, that stand in what is denied
_GAP = 60  # letters between a verb that denies and what it denies
_AND = r"\s(?:y|e|and|et|und|ed|i|pero|but|mais|aber|ma|mas|però|и|но)\s"
_END = re.compile(r"[,;:.!?]\s|[.!?]$")
_BEFORE = re.compile(r"(?:\S+\s+){0,2}$")


def tells_what_is_denied(claim: str, language: str, source: str, of: str) -> bool:
    """Whether `claim` in `language` (ISO 639-1), or a part of it, tells as it is what `source`, in
    the language `of`, has only as denied."""
    denied = list(_denied(source, of))
    if not denied or _is_attributed(claim, language):
        return False
    for part in dict.fromkeys([claim, *parts_of(claim)]):
        own = frozenset(cognates(part))
        if len(own) < _FEWEST or _makes_less(part, language):
            continue
        for told, rest in denied:
            inside = len(own & told)
            if inside >= max(_FEWEST, _SHARE * len(own)) and inside > len(own & rest):
                return True
    return False


def _is_attributed(text: str, language: str) -> bool:
    """Whether `text` says whose words it tells, or that they are denied."""
    known = known_of(language)
    by = "|".join(filter(None, (known.says, known.speech.by, known.denial.verbs)))
    return bool(by) and re.search(rf"\b(?:{by})\b", text, re.IGNORECASE) is not None


def _makes_less(text: str, language: str) -> bool:
    """Whether `text` denies something, or tells it as what may be."""
    return negates(text, language) or lessens(senses(text, language, DENIED) or ())


def _denied(text: str, language: str) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The words of each clause of `text` that a verb denies, and those of the rest."""
    for match in _denying(language).finditer(text):
        before = _BEFORE.search(text[: match.start()])
        if before and (DENIED.search(before[0]) or refuses(before[0].strip())):
            continue  # "does not rule out that"
        end = _END.search(text, match.end())
        behind = end.start() if end else len(text)
        rest = f"{text[: match.end()]} {text[behind:]}"
        yield frozenset(cognates(text[match.end() : behind])), frozenset(cognates(rest))


@cache
def _denying(language: str) -> re.Pattern[str]:
    known = known_of(language).denial
    if not known.verbs:
        return re.compile("(?!)")
    gap = rf"(?:(?!{_AND})[^;:.]){{0,{_GAP}}}?"
    return re.compile(rf"\b(?:{known.verbs})\b{gap}\s(?:{known.that})\b", re.IGNORECASE)
