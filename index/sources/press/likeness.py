"""Files that look like an export of a press database in a layout that is not known."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from hemeroteca.index.errors import Message
from hemeroteca.index.sources.extract import Extract, Part

_FURTHEST = 5_000_000  # characters that are looked at


@dataclass(frozen=True)
class _Sign:
    """What stands in the exports of a database, at least so often."""

    provider: str
    pattern: re.Pattern[str]
    fewest: int = 2


def _sign(provider: str, pattern: str, fewest: int = 2) -> _Sign:
    return _Sign(provider, re.compile(pattern, re.IGNORECASE | re.MULTILINE), fewest)


_SIGNS = (
    _sign("Factiva", r"\bFactiva, Inc\.|<title>\s*Factiva\s*</title>", 1),
    _sign("Factiva", r"^[^\W\d_]{2,20}[ \xa0][A-Z]{4,6}0020\d{8}[0-9a-z]{8,11}[ \t]*$", 1),
    _sign("Nexis", r"^(?:end of document|(?:load-|lade)dat(?:e|um):|date de chargement ?:"
                   r"|fecha de carga:)"),
    _sign("Nexis", r"^(?:length|l[äa]nge|longueur|longitud|extensión|comprimento|lunghezza"
                   r"|lengte):[ \xa0]*[\d.,]+ [^\W\d]+[ \t]*$"),
    _sign("LexisNexis", r"\b\d+ of \d+ DOCUMENTS\b"),
    _sign("Europresse", r"\bnews·\d{8}·|\bce certificat est émis à"),
    _sign("ProQuest", r"\bProQuest document (?:ID|link)|ProQuest-Dokument|documento? de ProQuest"
                      r"|document ProQuest"),
    _sign("Retriever", r"https?://ret\.nu/|^Publi(?:cerat|sert) (?:i print|på (?:webb|nett))"),
    _sign("Genios", r"^(?:©|\(c\)) GBI-Genios|^Dauerhafte Adresse des Dokuments:"),
)  # fmt: skip


def resembled(text: str) -> str | None:
    """The database whose exports `text` looks like; None if it looks like none."""
    text = text[:_FURTHEST]
    for sign in _SIGNS:
        found = sign.pattern.finditer(text)
        if sum(1 for _ in zip(range(sign.fewest), found, strict=False)) == sign.fewest:
            return sign.provider
    return None


def with_likeness(parts: Iterator[Part], text: Callable[[], str] | None = None) -> Iterator[Part]:
    """`parts`, with a note at an article that is a whole file and looks like an export, by the
    `text` of the file, else by its own."""
    for part in parts:
        if isinstance(part, Extract) and not part.where:
            provider = resembled(text() if text else part.text)
            if provider:
                note = Message(
                    "looks like an export of {provider} in a layout that is not known, and was "
                    "read as one article: export it there in another format",
                    provider=provider,
                )
                yield replace(part, notes=(*part.notes, note))
                continue
        yield part
