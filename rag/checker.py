"""Whether the sentences that a claim cites support it.

A claim is supported if each of its names, numbers and dates occurs in what it cites, what it quotes
stands there letter for letter, negation agrees, and the meanings are near by the cross-lingual
encoder. What this cannot see: who did what to whom where all names are in the source, and verbs of
opposite meaning. Measured in docs/checker.md."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.encoder import Encoder
from index.language import detect_language
from rag.claims import Claim
from rag.facts import Facts, facts, missing_fact

# Fitted on the tuning half of tests/checker_pairs.jsonl.
NEAR = 0.82
_QUOTED = re.compile(r"[\"“„«‹「]([^\"“”„«»‹›「」]+)[\"”“»›」]")
_CLAUSE = re.compile(r"[,;:—–]\s|\s(?:but|pero|y que|and that|aunque|although)\s")
_DENIAL = (
    r"not|no|never|nobody|none|neither|nor|cannot|\w+n['’]t|nunca|jamás|nadie|ningún|ninguna|ninguno"
    r"|tampoco|ni|pas|jamais|aucun|aucune|nicht|kein|keine|keinen|nie|niemand|não|nem|non|mai|nessuno"
    r"|niet|geen|не|нет|никогда"
)
_LACK = r"nothing|without|denied|denies|nada|sin|negó|niega|desmintió|sans|ohne|sem|senza|без"
# A claim may leave out that something was lacking, not that something was denied.
_DENIED = re.compile(rf"\b(?:{_DENIAL})\b", re.IGNORECASE)
_NEGATED = re.compile(rf"\b(?:{_DENIAL}|{_LACK})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """A sentence that can be cited, with the language and the day (ISO or None) of its article."""

    text: str
    language: str
    day: str | None = None


@dataclass(frozen=True)
class Verdict:
    """The claim with the markers that point somewhere; `fault` is why it is not supported
    ("citation", "date", "number", "name", "quote", "negation" or "meaning"), None if it is."""

    claim: Claim
    fault: str | None

    @property
    def supported(self) -> bool:
        return self.fault is None


def check(claim: Claim, sources: Sequence[Source], encoder: Encoder) -> Verdict:
    """Judge `claim`, whose numbers count `sources` from 1."""
    claim = replace(claim, cited=tuple(n for n in claim.cited if 1 <= n <= len(sources)))
    cited = [sources[n - 1] for n in claim.cited]
    if not cited:
        return Verdict(claim, "citation")
    language = detect_language(claim.text)
    fault = missing_fact(facts(claim.text, language), _together(cited))
    return Verdict(claim, fault or _wording_fault(claim.text, cited, encoder))


def _together(cited: Sequence[Source]) -> Facts:
    found = [facts(source.text, source.language) for source in cited]
    for source in cited:
        if source.day:  # what an article tells may be dated by the day it appeared
            found.append(facts(source.day, source.language))
    return Facts(
        days=[day for each in found for day in each.days],
        numbers=[number for each in found for number in each.numbers],
        names=[name for each in found for name in each.names],
        words=frozenset().union(*(each.words for each in found)),
        places={word: code for each in found for word, code in each.places.items()},
    )


def _wording_fault(text: str, cited: Sequence[Source], encoder: Encoder) -> str | None:
    whole = " ".join(" ".join(source.text for source in cited).split())
    if any(" ".join(quoted.split()).strip(" .,") not in whole for quoted in _QUOTED.findall(text)):
        return "quote"
    vectors = encoder.encode_passages([text, whole])
    if vectors[0] @ vectors[1] < NEAR:
        return "meaning"
    return None if _negation_agrees(text, cited, encoder) else "negation"


def _negation_agrees(text: str, cited: Sequence[Source], encoder: Encoder) -> bool:
    """A source may deny one thing and state another: its clause nearest to the claim decides."""
    clauses = [part for source in cited for part in _CLAUSE.split(source.text) if part.strip()]
    negated = bool(_NEGATED.search(text))
    pattern = _NEGATED if negated else _DENIED
    denying = [bool(pattern.search(clause)) for clause in clauses]
    if all(denies == negated for denies in denying):
        return True
    if all(denies != negated for denies in denying):
        return False
    vectors = encoder.encode_passages([text, *clauses])
    return denying[int((vectors[1:] @ vectors[0]).argmax())] == negated
