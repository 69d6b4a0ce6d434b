"""Questions as they are typed and passages as scanners leave them.

Letters are only put in each other's place, so that a span stays where it is."""

import random
from dataclasses import replace

from hemeroteca.index.text.terms import fold
from training.data import Example

_SCANNED = 0.06  # of passages
_WRONG = (0.03, 0.05, 0.1)  # of a scanned passage's characters
_SHOUTED, _PLAIN, _MISTYPED = 0.05, 0.12, 0.08  # of questions
_CONFUSED = {
    "e": "co", "c": "eo", "o": "ec0", "n": "ru", "u": "nv", "r": "nt", "t": "lf", "l": "1it",
    "i": "l1", "a": "os", "s": "a5", "m": "nw", "h": "bk", "b": "h6", "d": "cl", "f": "tl",
    "g": "q9", "q": "g", "v": "yu", "y": "v", "á": "aà", "é": "eè", "í": "iì", "ó": "oò",
    "S": "58", "O": "0Q", "I": "l1", "E": "F", "B": "8", "1": "l7", "0": "O", "5": "S", ",": ".",
}  # fmt: skip
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def noisy(example: Example, rng: random.Random) -> Example:
    """`example`, its question now and then shouted, without accents or mistyped, its passage now
    and then as badly scanned."""
    question, passage = as_typed(example.question, rng), example.passage
    if rng.random() < _SCANNED:
        passage = scanned(passage, rng.choice(_WRONG), rng)
    return replace(example, question=question, passage=passage)


def as_typed(question: str, rng: random.Random) -> str:
    """`question`, now and then shouted, without accents or mistyped."""
    drawn = rng.random()
    if drawn < _SHOUTED:
        return question.upper()
    if drawn < _SHOUTED + _PLAIN:
        return fold(question).casefold().strip("¿?¡!. ")
    if drawn < _SHOUTED + _PLAIN + _MISTYPED:
        return _mistyped(question, rng)
    return question


def scanned(text: str, share: float, rng: random.Random) -> str:
    """`text` with about a `share` of its characters taken for others of like shape."""
    return "".join(
        rng.choice(_CONFUSED[c]) if c in _CONFUSED and rng.random() < share * 1.3 else c
        for c in text
    )


def _mistyped(text: str, rng: random.Random) -> str:
    """A letter of about every third long word left out, doubled, swapped or the key beside it."""
    words = text.split(" ")
    for n, word in enumerate(words):
        if len(word) < 4 or rng.random() > 1 / 3:
            continue
        at = rng.randrange(1, len(word) - 1)
        kind = rng.randrange(4)
        if kind == 0:
            word = word[:at] + word[at + 1 :]
        elif kind == 1:
            word = word[:at] + word[at] + word[at:]
        elif kind == 2:
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        else:
            row = next((r for r in _KEYS if word[at].lower() in r), "")
            place = row.find(word[at].lower())
            near = row[max(0, place - 1) : place] + row[place + 1 : place + 2] if row else word[at]
            word = word[:at] + rng.choice(near) + word[at + 1 :]
        words[n] = word
    return " ".join(words)
