"""When and where: a year or a place that a claim gives is that of another clause of what it cites.

"She was born in Buenos Aires" of who was "born in Lugo and living in Buenos Aires": nothing else of
the claim stands in the part with its year or place, and some of it in one with another. Words are
compared by what languages share of them (`cognates`)."""

import re
from collections.abc import Callable

from hemeroteca.index.text.terms import cognates

_PART = re.compile(
    r"[,;:—–]\s|\.\s(?=[A-ZÀ-Þ])|\s(?:y|e|and|et|und|ed|i|que|who|which|while|mientras|pero|but|mais|aber"
    r"|ma|mas|donde|where|cuando|when)\s"
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# What tells when in its own way, so that a year of another part is none of this one's.
_WHEN = re.compile(
    r"\b(?:(?:1[89]|20)\d\d|ayer|hoy|anoche|yesterday|today|hier|aujourd['’]hui|gestern|heute|ieri"
    r"|oggi|ontem|hoje|ahir|avui|onte|hoxe|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|(?:lune|marte|mercole|giove|vener)dì"
    r"|segunda|terça|quarta|quinta|sexta|di(?:lluns|marts|mecres|jous|vendres|ssabte|umenge)"
    r"|luns|mércores|xoves|venres)\b"
)
_PLACE = re.compile(
    r"\b(?:en|in|à|au|a|em|na|no|nel|nella|im|at)\s((?:[A-ZÀ-Þ][\w’'-]+)(?:\s(?:de\s|del\s|la\s)?"
    r"[A-ZÀ-Þ][\w’'-]+)*)"
)


def is_of_another_clause(claim: str, source: str) -> bool:
    """Whether a year or a place of `claim` is that of another clause of `source`."""
    return _is_elsewhere(claim, source, _years, _WHEN) or _is_elsewhere(
        claim, source, _places, _PLACE
    )


def _years(text: str) -> list[str]:
    return _YEAR.findall(text)


def _places(text: str) -> list[str]:
    return [match[1] for match in _PLACE.finditer(text)]


def _is_elsewhere(
    claim: str, source: str, named: Callable[[str], list[str]], own: re.Pattern[str]
) -> bool:
    parts = [part for part in _PART.split(source) if part.strip()]
    for one in dict.fromkeys(named(claim)):
        holding = [n for n, part in enumerate(parts) if one in part]
        if len(holding) != 1 or one not in named(parts[holding[0]]):
            continue
        said = frozenset(cognates(claim.replace(one, " ")))
        its = frozenset(cognates(parts[holding[0]].replace(one, " ")))
        if said & its:
            continue
        others = (part for n, part in enumerate(parts) if n != holding[0] and one not in part)
        elsewhere = (own.sub(" ", part) for part in others if own.search(part))
        if any(said & frozenset(cognates(part)) for part in elsewhere):
            return True
    return False
