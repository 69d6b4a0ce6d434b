"""The paper that a question names, such as "according to the BBC" or "en El País".

Precise before eager: a paper is read only where its whole name stands behind a word such as "in" or
"according to", as it is written, and only if the archive has articles of it."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from hemeroteca.index.text.terms import fold

_BEFORE = {
    "ca": "a|al|en|de|del|segons",
    "de": "in|im|aus|laut|nach|bei|beim|von|vom",
    "en": "in|by|from|of|according to|said by",
    "es": "en|de|del|por|según|segun",
    "fr": "dans|de|du|par|selon|d'après",
    "gl": "en|no|na|de|do|da|segundo|por",
    "it": "in|su|sul|sulla|nel|nella|di|del|della|dal|dalla|secondo|per",
    "nl": "in|van|volgens|uit|bij",
    "pt": "em|no|na|de|do|da|segundo|pelo|pela|conforme",
    "ro": "în|din|potrivit|conform|de",
    "ru": "в|во|из|по данным|согласно",
    "sv": "i|från|av|enligt",
}
_ARTICLE = r"the|el|la|los|las|le|les|l'|il|lo|i|gli|der|die|das|den|dem|de|het|o|a|os|as"
LEADING = re.compile(rf"(?:{_ARTICLE})(?:\s+|(?<='))", re.IGNORECASE)
_SHORTEST = 2


def named_papers(question: str, language: str, papers: Iterable[str]) -> tuple[str, ...]:
    """Those of the archive's `papers` that `question` (in `language`, ISO 639-1) names as what it
    is asked of."""
    before = _BEFORE.get(language)
    if before is None:
        return ()
    found = {}
    papers = list(papers)
    for paper in papers:
        if len(paper) >= _SHORTEST and (match := _pattern(before, paper).search(question)):
            found[paper] = match.span()
    return _spellings(_whole(found), papers)


def mentioned_papers(question: str, papers: Iterable[str]) -> tuple[str, ...]:
    """Those of the archive's `papers` whose whole names stand in `question`, wherever they do."""
    papers = list(papers)
    named = ((paper, _name(paper).search(question)) for paper in papers if len(paper) >= _SHORTEST)
    return _spellings(_whole({paper: match.span() for paper, match in named if match}), papers)


def _spellings(found: Iterable[str], papers: Iterable[str]) -> tuple[str, ...]:
    """Those `found` and the others that are the same but for accents and capitals."""
    same = {fold(paper).casefold() for paper in found}
    return tuple(paper for paper in papers if fold(paper).casefold() in same)


def _whole(found: Mapping[str, tuple[int, int]]) -> tuple[str, ...]:
    # "In the Sunday Times" names no other paper, "Times", within it.
    return tuple(
        paper
        for paper, (start, end) in found.items()
        if not any(s <= start and end <= e and (s, e) != (start, end) for s, e in found.values())
    )


@cache
def _name(paper: str) -> re.Pattern[str]:
    name = LEADING.sub("", paper, count=1) or paper
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w|-\w|\s+[^\W\d_a-zß-ÿ])")


@cache
def _pattern(before: str, paper: str) -> re.Pattern[str]:
    name = LEADING.sub("", paper, count=1) or paper
    # What goes on in capitals is another name: "en el País Vasco".
    return re.compile(
        rf"(?<!\w)(?i:{before})\s+(?:(?i:{_ARTICLE})(?:\s+|(?<=')))?{re.escape(name)}"
        r"(?!\w|-\w|\s+[^\W\d_a-zß-ÿ])"
    )
