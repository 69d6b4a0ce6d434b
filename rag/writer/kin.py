"""Whose kin somebody is: a claim's "mother" is not the "widow" of what it cites.

Words of kin are told by index/text/languages, sons and daughters alike; of whom they are is told by
the words behind them, "of the fisherman Anxo Lema", or before an apostrophe."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from hemeroteca.index.text.languages import any_of
from hemeroteca.index.text.languages import language as known_of
from hemeroteca.index.text.terms import cognates

# What else tells of the same two: who has a daughter is a parent.
_TURNED = {
    "parent": "child", "child": "parent", "grandparent": "grandchild",
    "grandchild": "grandparent", "uncle": "nephew", "nephew": "uncle",
}  # fmt: skip
# Italian has one word for two.
_LIKE = {"grandchild": "nephew", "nephew": "grandchild"}
ANY_KIN = "family"  # tells nothing of its members
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_OWNER = re.compile(r"((?:\S+\s){0,2}\S+)['’]s?\s(?:[a-z]+\s){0,2}$")
_NEAR = 4  # words behind one of kin that tell whose it is


def is_kin_exchanged(claim: str, language: str, source: str, of: str) -> bool:
    """Whether `claim` in `language` (ISO 639-1) makes somebody other kin than `source`, in the
    language `of`, does: of the same person, or of anybody if it has such kin of nobody."""
    told = list(_kin(source, of))
    if not told:
        return False
    for kin, near in _kin(claim, language):
        if kin == ANY_KIN:
            continue
        same = [its for other, its in told if may_be(kin, other)]
        if not same:
            return True
        if any(other == kin for other, _ in told):
            continue  # of whom may be told by another word: "of the deceased"
        others = [its for other, its in told if not may_be(kin, other)]
        if any(_is_of_the_same(near, its) for its in others) and not any(near & s for s in same):
            return True
    return False


def may_be(kin: str, other: str) -> bool:
    """Whether who is told to be `other` may be `kin` of somebody."""
    return other in (kin, _TURNED.get(kin), _LIKE.get(kin), ANY_KIN)


def _is_of_the_same(near: frozenset[str], other: frozenset[str]) -> bool:
    return len(near & other) >= min(2, len(near)) > 0


def _kin(text: str, language: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each word of kin in `text` by its name, and the words near it that tell whose, as
    `cognates`."""
    for kin, pattern in words_of_kin(language).items():
        for match in pattern.finditer(text):
            behind = _WORD.findall(re.split(r"[;:.]\s", text[match.end() :])[0])[:_NEAR]
            owner = _OWNER.search(text[: match.start()])
            near = [*behind, *(_WORD.findall(owner[1]) if owner else ())]
            yield kin, frozenset(cognates(" ".join(near)))


@cache
def words_of_kin(language: str) -> Mapping[str, re.Pattern[str]]:
    """The words of each kin in `language`; empty if they are not known."""
    return {kin: any_of(words) for kin, words in known_of(language).kin.items()}
