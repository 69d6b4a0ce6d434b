"""Files that look like an export of a press database in a layout that is not known."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from hemeroteca.index.errors import Message
from hemeroteca.index.sources.extract import Extract, Part

_FURTHEST = 5_000_000  # characters that are looked at


@dataclass(frozen=True)
class _Sign:
    """What stands in the exports of a database, at least so often; one of `hints`, in small
    letters, is in it, and is found much sooner."""

    provider: str
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    fewest: int

    def is_in(self, text: str, small: str) -> bool:
        if not any(hint in small for hint in self.hints):
            return False
        return len(list(islice(self.pattern.finditer(text), self.fewest))) == self.fewest


def _sign(provider: str, hints: tuple[str, ...], pattern: str, fewest: int = 2) -> _Sign:
    return _Sign(provider, hints, re.compile(pattern, re.IGNORECASE | re.MULTILINE), fewest)


_SIGNS = (
    _sign("Factiva", ("factiva",), r"\bFactiva, Inc\.|<title>\s*Factiva\s*</title>", 1),
    _sign("Factiva", ("0020",),
          r"^[^\W\d_]{2,20}[ \xa0][A-Z]{4,6}0020\d{8}[0-9a-z]{8,11}[ \t]*$", 1),
    _sign("Nexis", ("of document", "dat", "carga"),
          r"^(?:end of document|(?:load-|lade)dat(?:e|um):|date de chargement ?:|fecha de carga:)"),
    _sign("Nexis", ("length", "nge:", "longueur", "longitud", "extens", "comprim", "lunghezza",
                    "lengte"),
          r"^(?:length|l[äa]nge|longueur|longitud|extensión|comprimento|lunghezza|lengte):"
          r"[ \xa0]*[\d.,]+ [^\W\d]+[ \t]*$"),
    _sign("LexisNexis", (" documents",), r"\b\d+ of \d+ DOCUMENTS\b"),
    _sign("Europresse", ("news·", "ce certificat"), r"\bnews·\d{8}·|\bce certificat est émis à"),
    _sign("ProQuest", ("proquest",),
          r"\bProQuest document (?:ID|link)|ProQuest-Dokument|documento? de ProQuest"
          r"|document ProQuest"),
    _sign("Retriever", ("ret.nu/", "publicerat", "publisert"),
          r"https?://ret\.nu/|^Publi(?:cerat|sert) (?:i print|på (?:webb|nett))"),
    _sign("Genios", ("gbi-genios", "dauerhafte adresse"),
          r"^(?:©|\(c\)) GBI-Genios|^Dauerhafte Adresse des Dokuments:"),
)  # fmt: skip


def resembled(text: str) -> str | None:
    """The database whose exports `text` looks like; None if it looks like none."""
    text = text[:_FURTHEST]
    small = text.lower()
    return next((sign.provider for sign in _SIGNS if sign.is_in(text, small)), None)


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
