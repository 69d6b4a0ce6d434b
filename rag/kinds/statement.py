"""A question of yes or no as the sentence that states what it asks: "Has Moss resigned?" as
"Moss has resigned."

No grammar is read. Where a language asks by putting the verb first (English, German) it is put
behind whom it is of; French drops the pronoun that asks; in the others the question's own words
state it."""

import re
from collections.abc import Callable, Mapping, Sequence

_INVERTED = re.compile(r"-(?:t-)?(?:ils?|elles?|on)(?!\w)", re.IGNORECASE)
_IS_IT = re.compile(r"^\W*est-ce qu(?:e\s|['’])", re.IGNORECASE)
# What may begin such a question; in German any verb does.
_VERB = {
    "en": re.compile(
        r"did|does|do|has|have|had|was|were|is|are|will|would|can|could|should", re.IGNORECASE
    ),
    "de": re.compile(r"\w+t|\w+en|ist|war|will|kann|darf|muss|soll", re.IGNORECASE),
}
_DETERMINER = re.compile(
    r"the|an?|any|all|some|both|this|that|these|those|his|her|their|its|my|our", re.IGNORECASE
)
_PRONOUN = re.compile(r"s?he|it|they|there|any(?:body|one)|some(?:body|one)|nobody|er|es|man", re.I)
_OF = ("of", "from", "in", "de")  # joins a name to the noun before it


def statement_of(question: str, language: str) -> str:
    """What `question`, of yes or no and in `language` (ISO 639-1), asks, as a sentence."""
    text = question.strip(" ¿?.")
    words = text.split()
    if language == "fr":
        text = _INVERTED.sub("", _IS_IT.sub("", text))
    elif len(words) > 2 and language in _SUBJECTS and _VERB[language].fullmatch(words[0]):
        last = 1 + _SUBJECTS[language](words[1:])
        text = " ".join([*words[1:last], words[0].lower(), *words[last:]])
    return f"{text[:1].upper()}{text[1:]}."


def _english(words: Sequence[str]) -> int:
    """How many of `words`, the first behind the verb, it is of."""
    if _PRONOUN.fullmatch(words[0]):
        return 1
    n = 1 if _DETERMINER.fullmatch(words[0]) else 0
    if n < len(words) and not words[n][:1].isupper():
        n += 1
    while n < len(words):
        joined = words[n] in _OF and words[n + 1 : n + 2] and words[n + 1][:1].isupper()
        if words[n][:1].isupper() or words[n - 1].endswith(("'s", "’s")):
            n += 1
        elif joined:
            n += 2
        else:
            break
    return max(1, n)


def _german(words: Sequence[str]) -> int:
    """The same, where every noun has a capital."""
    if _PRONOUN.fullmatch(words[0]) or words[0] == "sie":
        return 1
    n = 0
    while n < len(words) and not words[n][:1].isupper():
        n += 1
    while n < len(words) and words[n][:1].isupper():
        n += 1
    return max(1, n)


_SUBJECTS: Mapping[str, Callable[[Sequence[str]], int]] = {"en": _english, "de": _german}
