"""Whether the sentences that a claim cites support it.

A claim is supported if it states something, each of its names, numbers and dates occurs in what it
cites, what it quotes stands there letter for letter, negation agrees, and the meanings are near: by
the words where the languages are the same, and by the cross-lingual encoder. What this cannot see:
who did what to whom where all names are in the source, and verbs of opposite meaning. Measured in
docs/checker.md."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.text.language import detect_language
from hemeroteca.index.text.sentences import asks
from hemeroteca.index.text.terms import terms
from hemeroteca.rag.writer.claims import Claim
from hemeroteca.rag.writer.facts import Facts, facts, missing_fact, most_words_in, together

# Fitted on the tuning half of tests/checker_pairs.jsonl.
NEAR = 0.82
# Different ones; fewer name something, and what is said of it stands in the question only.
_STATEMENT_TERMS = 4
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
    ("citation", "statement", "language", "date", "number", "name", "words", "quote", "meaning" or
    "negation"), None if it is."""

    claim: Claim
    fault: str | None

    @property
    def supported(self) -> bool:
        return self.fault is None


def _states(text: str, language: str) -> bool:
    return not asks(text, language) and len(set(terms(text, language))) >= _STATEMENT_TERMS


class Checker:
    """Judges the claims of one answer, whose numbers count `sources` from 1."""

    def __init__(
        self, sources: Sequence[Source], encoder: Encoder, language: str | None = None
    ) -> None:
        """`language` (ISO 639-1) is that in which the answer has to be, None any."""
        self.sources = sources
        self._encoder = encoder
        self._language = language
        self._facts: dict[int, Facts] = {}
        self._vectors: dict[str, np.ndarray] = {}

    def check(self, claim: Claim) -> Verdict:
        """The verdict on `claim`."""
        return self.check_all([claim])[0]

    def check_all(self, claims: Sequence[Claim]) -> list[Verdict]:
        """The verdict on each of `claims`; what must be encoded for them is encoded at once."""
        verdicts = [self._by_facts(claim) for claim in claims]
        compared = (self._compared(v.claim) for v in verdicts if v.supported)
        self.encoded([text for pair in compared for text in pair])
        return [
            replace(verdict, fault=verdict.fault or self._wording_fault(verdict.claim))
            for verdict in verdicts
        ]

    def _by_facts(self, claim: Claim) -> Verdict:
        """The verdict as far as nothing is encoded for it."""
        cited = tuple(n for n in claim.cited if self._can_prove(n))
        claim = replace(claim, cited=cited)
        if not cited:
            return Verdict(claim, "citation")
        language = detect_language(claim.text)
        if not _states(claim.text, language):
            return Verdict(claim, "statement")
        if self._is_copied(language, cited):
            return Verdict(claim, "language")
        stated = facts(claim.text, language, self._encoder.model.is_common)
        fault = missing_fact(stated, self._stated(cited))
        if fault is None and not self._worded_alike(claim.text, language, cited):
            fault = "words"
        if fault is None and not self._quotes_stand(claim):
            fault = "quote"
        return Verdict(claim, fault)

    def _can_prove(self, n: int) -> bool:
        """Whether there is a sentence `n`, and it states something."""
        if not 1 <= n <= len(self.sources):
            return False
        return _states(self.sources[n - 1].text, self.sources[n - 1].language)

    def _is_copied(self, language: str, cited: Sequence[int]) -> bool:
        """Whether a claim is in the articles' language and not in that asked for. That it is in
        some third language would be believed too often: so few words are easily mistaken."""
        articles = {self.sources[n - 1].language for n in cited}
        return self._language not in (None, language) and language in articles

    def _worded_alike(self, text: str, language: str, cited: Sequence[int]) -> bool:
        """Whether most of the longer words of a claim in the articles' own language are theirs."""
        sources = [self.sources[n - 1] for n in cited]
        if any(source.language != language for source in sources):
            return True
        return most_words_in(text, [source.text for source in sources], language)

    def _stated(self, cited: Sequence[int]) -> Facts:
        for n in set(cited) - set(self._facts):
            source = self.sources[n - 1]
            # What an article tells may be dated by the day it appeared.
            day = [facts(source.day, source.language)] if source.day else []
            self._facts[n] = together([facts(source.text, source.language), *day])
        return together([self._facts[n] for n in cited])

    def _compared(self, claim: Claim) -> tuple[str, str]:
        """What a claim says and all that it cites, in one line each."""
        texts = (self.sources[n - 1].text for n in claim.cited)
        return claim.text, " ".join(" ".join(texts).split())

    def _quotes_stand(self, claim: Claim) -> bool:
        text, whole = self._compared(claim)
        quotes = (" ".join(quoted.split()).strip(" .,") for quoted in _QUOTED.findall(text))
        return all(quote in whole for quote in quotes)

    def _wording_fault(self, claim: Claim) -> str | None:
        claimed, source = self.encoded(self._compared(claim))
        if claimed @ source < NEAR:
            return "meaning"
        cited = [self.sources[n - 1].text for n in claim.cited]
        return None if self._negation_agrees(claim.text, cited) else "negation"

    def _negation_agrees(self, text: str, cited: Sequence[str]) -> bool:
        """A source may deny one thing and state another: its clause nearest to the claim
        decides."""
        clauses = [part for source in cited for part in _CLAUSE.split(source) if part.strip()]
        negated = bool(_NEGATED.search(text))
        pattern = _NEGATED if negated else _DENIED
        denying = [bool(pattern.search(clause)) for clause in clauses]
        if all(denies == negated for denies in denying):
            return True
        if all(denies != negated for denies in denying):
            return False
        claimed, *others = self.encoded([text, *clauses])
        return denying[int(np.argmax([claimed @ other for other in others]))] == negated

    def encoded(self, texts: Sequence[str]) -> list[np.ndarray]:
        """A vector of each text; what was encoded for this answer before is not again."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        self._vectors.update(zip(new, self._encoder.encode_passages(new), strict=True))
        return [self._vectors[text] for text in texts]
