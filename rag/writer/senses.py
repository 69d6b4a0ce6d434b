"""What the words of a sentence say that must not change on the way, where no name and no number
does: rise and fall, accused and convicted, planned and done.

The words are told by index/text/languages; of a language without them nothing is judged."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from hemeroteca.index.text.languages import any_of
from hemeroteca.index.text.languages import language as known_of
from hemeroteca.rag.writer.negation import refuses, without_homographs

# A claim may not say the one where what it cites says the other alone.
_OPPOSITES = (
    ("accept", "reject"), ("admit", "deny"), ("all", "some"), ("allow", "forbid"),
    ("arrest", "release"), ("before", "after"), ("begin", "end"), ("benefit", "harm"),
    ("better", "worse"), ("buy", "sell"), ("confirm", "deny"), ("convict", "acquit"),
    ("die", "survive"), ("enter", "leave"), ("first", "last"), ("hire", "fire"),
    ("legal", "illegal"), ("more", "less"), ("positive", "negative"), ("possible", "impossible"),
    ("remember", "forget"), ("rich", "poor"), ("rise", "fall"), ("support", "oppose"),
    ("suspend", "continue"), ("uphold", "reverse"), ("win", "lose"),
    ("agree", "disagree"), ("attend", "absent"), ("cause", "prevent"), ("fulfil", "breach"),
    ("guilty", "innocent"), ("hide", "reveal"), ("insist", "desist"), ("open", "close"),
    ("succeed", "fail"), ("continue", "cease"), ("leave", "stay"),
)  # fmt: skip
# So of these, but who does not praise need not criticise.
_FREE = (
    ("again", "first_time"), ("brother", "sister"), ("build", "demolish"), ("delay", "advance"),
    ("draw", "lose"), ("draw", "win"), ("east", "west"), ("extend", "shorten"), ("lose", "rise"),
    ("father", "mother"), ("husband", "wife"), ("left", "right"), ("majority", "minority"),
    ("north", "south"), ("optimist", "pessimist"), ("praise", "criticise"), ("pro", "con"),
    ("permanent", "temporary"), ("private", "public"), ("severe", "slight"),
    ("son", "daughter"), ("strengthen", "weaken"), ("support", "attack"), ("voluntary", "forced"),
)  # fmt: skip
# What a claim says of these, what it cites says too: itself, or what else is told so.
_STATED: Mapping[str, Collection[str]] = {
    "acquit": ("acquit",),
    "admit": ("admit", "accept"),
    "apologise": ("apologise",),
    "arrest": ("arrest",),
    "buy": ("buy",),
    "convict": ("convict",),
    "die": ("die", "kill"),
    "escape": ("escape", "leave"),
    "fire": ("fire", "resign"),
    "forbid": ("forbid",),
    "illegal": ("illegal",),
    "kill": ("kill", "die"),
    "lose": ("lose", "fall", "weaken"),
    "marry": ("marry",),
    "negative": ("negative",),
    "positive": ("positive",),
    "release": ("release",),
    "resign": ("resign", "fire", "leave"),
    "sell": ("sell",),
    "sign": ("sign",),
    "win": ("win", "first", "elect"),
    "hours": ("hours",),
    "weeks": ("weeks",),
    "months": ("months",),
}
DEEDS = frozenset(_STATED) - {"hours", "weeks", "months"}
# What makes less of what is told: not done yet, not true, undone.
_LESSENING = ("hedge", "false", "reverse")
_OF_THE_ACCUSED = frozenset(("arrest", "release", "convict", "acquit", "fire", "resign"))
_DENIED_WITHIN = 2  # words
_NE = re.compile(r"\b(?:ne\s|n['’])$", re.IGNORECASE)
_PART = re.compile(r"[,;:.]\s|\s(?:und|aber)\s")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


@lru_cache(maxsize=4096)  # a sentence and its parts are asked for by several rules
def senses(text: str, language: str, denial: re.Pattern[str]) -> frozenset[str] | None:
    """What the words of `text` in `language` (ISO 639-1) say, by the names that all languages have
    for it; None if none of its words is known. What `denial` stands before says its opposite."""
    known = _known(language)
    if not known:
        return None
    text = without_homographs(text, language)
    found: set[str] = set()
    for name, pattern in known.items():
        for match in pattern.finditer(text):
            if match.start() and match[0][0].isupper() and language != "de":
                continue  # a name
            before = " ".join(_WORD.findall(text[: match.start()])[-_DENIED_WITHIN:])
            denied = (
                denial.search(before)
                or refuses(before)
                or _is_denied_around(text, match, language, denial)
            )
            if not denied:
                found.add(name)
            elif opposites := _opposites_of(name):
                found.update(opposites)
            elif not any(name in pair for pair in _FREE):
                found.add(name)
    return frozenset(found)


def _is_denied_around(
    text: str, match: re.Match[str], language: str, denial: re.Pattern[str]
) -> bool:
    """Whether a French "ne" stands before what was found, or a German "nicht" behind it."""
    if language == "fr":
        return bool(_NE.search(text[: match.start()]))
    behind = _PART.split(text[match.end() :], maxsplit=1)[0] if language == "de" else ""
    return bool(denial.search(behind))


def told_in(language: str) -> frozenset[str]:
    """What words of `language` are known to say."""
    return frozenset(_known(language))


def of_words(text: str, language: str) -> Mapping[str, frozenset[str]]:
    """What each word of `text` that says something says."""
    found: dict[str, frozenset[str]] = {}
    for name, pattern in _known(language).items():
        for match in pattern.finditer(text):
            found[match[0]] = found.get(match[0], frozenset()) | {name}
    return found


def contradicts(claim: Collection[str], source: Collection[str]) -> bool:
    """Whether `claim` says what `source` does not: the opposite of what it says, or a deed that is
    not in it. Both as `senses` gives them."""
    if any(not set(told) & set(source) for said, told in _STATED.items() if said in claim):
        return True
    return opposes(claim, source)


def opposes(claim: Collection[str], source: Collection[str]) -> bool:
    """Whether `claim` says the opposite of what `source` does. Both as `senses` gives them."""
    return any(
        said in claim and other in source and other not in claim and said not in source
        for said, other in turned_pairs()
    )


def turned_pairs() -> Iterator[tuple[str, str]]:
    """What a claim may say and the opposite of it, both ways."""
    for pair in (*_OPPOSITES, *_FREE):
        yield pair
        yield pair[::-1]


def lessens(senses: Collection[str]) -> bool:
    """Whether it is told as something that may be, is not true, or was undone."""
    return any(name in senses for name in _LESSENING)


def lessens_deed(text: str, language: str, deeds: Collection[str], denial: re.Pattern[str]) -> bool:
    """Whether `text` tells what is claimed as something that may be, is not true, or was undone.
    Who is arrested as a suspect is arrested: of the `deeds` that are claimed those of a court or
    an employer are not lessened by what somebody is accused of."""
    accusing = _known(language).get("accuse")
    if accusing and not _OF_THE_ACCUSED.isdisjoint(deeds):
        text = accusing.sub(" ", text)
    return lessens(senses(text, language, denial) or ())


@cache
def _opposites_of(name: str) -> Sequence[str]:
    pairs = (pair for pair in _OPPOSITES if name in pair)
    return [other for pair in pairs for other in pair if other != name]


@cache
def _known(language: str) -> Mapping[str, re.Pattern[str]]:
    return {name: any_of(words) for name, words in known_of(language).senses.items()}
