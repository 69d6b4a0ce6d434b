"""The paper that a question names, such as "according to the BBC" or "en El País".

Precise before eager: a paper is read only where its whole name stands behind a word such as "in" or
"according to", as it is written, and only if the archive has articles of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from unicodedata import combining, normalize

from hemeroteca.index.stores.spellings import name_key

_IN = {
    "ca": "a|al|en|de|del",
    "de": "in|im|aus|bei|beim|von|vom",
    "en": "in|by|from|of",
    "es": "en|de|del|por",
    "fr": "dans|de|du|par",
    "gl": "en|no|na|de|do|da|por",
    "it": "in|su|sul|sulla|nel|nella|di|del|della|dal|dalla|per",
    "nl": "in|van|uit|bij",
    "pt": "em|no|na|de|do|da|pelo|pela",
    "ro": "in|din|de",
    "ru": "в|во|из",
    "sv": "i|fran|av",
}
# What makes the paper the one that says it.
_SAYS = {
    "ca": "segons|d'acord amb",
    "de": "laut|nach|gemass|(?:laut|nach) (?:angaben|bericht|berichten|informationen)(?: von)?",
    "en": "according to|as (?:reported|told|said|written) (?:by|in)|reported by|said by",
    "es": "segun(?: (?:inform|public|cuent|cont|dic|dij)\\w+)?|de acuerdo (?:con|a)",
    "fr": "selon|d'apres|au dire (?:de|du)",
    "gl": "segundo|de acordo con|consonte",
    "it": "secondo|stando a|stando al|stando alla|a detta di|a detta del",
    "nl": "volgens|aldus",
    "pt": "segundo|de acordo com|conforme",
    "ro": "potrivit|conform",
    "ru": "по данным|согласно|по сообщению|по информации|по словам",
    "sv": "enligt",
}
_ARTICLE = r"the|el|la|los|las|le|les|l'|il|lo|i|gli|der|die|das|den|dem|des|de|het|o|a|os|as"
_NOUN = (
    r"newspaper|paper|daily|diario|periodico|rotativo|zeitung|tageszeitung|journal|quotidien|giornale|"
    r"quotidiano|jornal|diari|xornal|krant|dagblad|газет\w+|издани\w+"
)
LEADING = re.compile(rf"^(?:{_ARTICLE})(?:\s+|(?<='))", re.IGNORECASE)
_SHORTEST = 2
# What goes on in capitals is another name: "en el País Vasco".
_BEHIND = r"(?!\w|-\w|\s+[^\W\d_a-zß-ÿ])"
_AROUND = " ,;:"  # what stands between an attribution and what is asked


def named_papers(question: str, language: str, papers: Iterable[str]) -> tuple[str, ...]:
    """Those of the archive's `papers` that `question` (in `language`, ISO 639-1) names as what it
    is asked of."""
    before = [words[language] for words in (_IN, _SAYS) if language in words]
    return _named(question, tuple(before), papers) if before else ()


def without_attribution(question: str, language: str, papers: Sequence[str]) -> str | None:
    """What `question` asks, without the one of `papers` that it says is to answer ("according to
    the BBC"); None if it says so of none."""
    if not papers or language not in _SAYS:
        return None
    plain = _plain(question)
    for paper in papers:
        if match := _pattern((_SAYS[language],), paper).search(plain):
            before, behind = question[: match.start()], question[match.end() :]
            left = f"{before.rstrip(_AROUND)} {behind.lstrip(_AROUND)}".strip()
            # "..., according to the BBC?"
            return re.sub(r"\s+(?=[?.!])", "", left) or question
    return None


def _named(question: str, before: Sequence[str], papers: Iterable[str]) -> tuple[str, ...]:
    plain, found = _plain(question), {}
    papers = list(papers)
    for paper in papers:
        if len(paper) >= _SHORTEST and (match := _pattern(before, paper).search(plain)):
            found[paper] = match.span("name")
    return _spellings(_whole(found), papers)


def mentioned_papers(question: str, papers: Iterable[str]) -> tuple[str, ...]:
    """Those of the archive's `papers` whose whole names stand in `question`, wherever they do."""
    papers, plain = list(papers), _plain(question)
    named = ((paper, _name(paper).search(plain)) for paper in papers if len(paper) >= _SHORTEST)
    return _spellings(_whole({p: match.span("name") for p, match in named if match}), papers)


def _spellings(found: Iterable[str], papers: Iterable[str]) -> tuple[str, ...]:
    """Those `found` and the others that are the same but for accents and capitals."""
    same = {name_key(paper) for paper in found}
    return tuple(paper for paper in papers if name_key(paper) in same)


def _whole(found: Mapping[str, tuple[int, int]]) -> tuple[str, ...]:
    # "In the Sunday Times" names no other paper, "Times", within it.
    return tuple(
        paper
        for paper, (start, end) in found.items()
        if not any(s <= start and end <= e and (s, e) != (start, end) for s, e in found.values())
    )


def _plain(text: str) -> str:
    """`text` without accents, each character for one."""
    bare = ("".join(p for p in normalize("NFKD", c) if not combining(p))[:1] for c in text)
    return "".join(b or c for b, c in zip(bare, text, strict=True)).replace("’", "'")


@cache
def _name(paper: str) -> re.Pattern[str]:
    name = LEADING.sub("", paper, count=1) or paper
    return re.compile(rf"(?<!\w)(?P<name>{re.escape(_plain(name))}){_BEHIND}")


@cache
def _pattern(before: Sequence[str], paper: str) -> re.Pattern[str]:
    name = _plain(LEADING.sub("", paper, count=1) or paper)
    return re.compile(
        rf"(?<!\w)(?i:{'|'.join(before)})\s+(?:(?i:{_ARTICLE})(?:\s+|(?<=')))?"
        rf"(?:(?i:{_NOUN})\s+(?:(?i:{_ARTICLE})\s+)?)?[«“\"‘„]?"
        rf"(?P<name>{re.escape(name)}){_BEHIND}[»”\"’]?"
    )
