"""Lines that say on which page an article goes on, or from which it comes."""

import re

_MOST_WORDS = 10
_PAGE = r"(?:p[áàa]g(?:s|ina|inas|e|es)?\.?|pagine?|seite|s\.|pp?\.)"
_NUMBER = r"[A-Z]?-?(\d{1,3})"
_FORTH = re.compile(
    r"\W*(?:pasa|sigue|contin[uú]a|passa|segue|suite|lire la suite|continued|cont\.|turn|see"
    r"|fortsetzung|weiter|vervolg)\b(?:(?!\bd[ea]l?\b|\bfrom\b|\bvon\b)[^\d])*?\b"
    + _PAGE
    + r"\s*"
    + _NUMBER
    + r"\W*",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\W*(?:viene|ve|vem|continua|continued|continuação|continuación|segue|suite|from"
    r"|fortsetzung|vervolg)\b[^\d]*?(?:\b" + _PAGE + r"\s*" + _NUMBER + r"|"
    r"\b(?:portada|primera(?: p[áa]gina)?|prima(?: pagina)?|front page|page one|la une))\W*",
    re.IGNORECASE,
)


def forth(line: str) -> re.Match[str] | None:
    """What says on which page it goes on, its number the first group; None for other lines."""
    return _FORTH.fullmatch(line) if len(line.split()) <= _MOST_WORDS else None


def back(text: str) -> re.Match[str] | None:
    """What says from which page it comes, its number, if any, the first group; None for others."""
    return _BACK.fullmatch(text)
