"""Texts as hasty people type them and as scanners read them: the same each time."""

import random
import string

from hemeroteca.index.text.terms import fold

# What scanners take for one another.
_LOOKALIKES = {
    "a": "o", "b": "h", "c": "e", "d": "cl", "e": "c", "f": "t", "g": "q", "h": "b", "i": "l",
    "l": "1", "m": "rn", "n": "u", "o": "0", "q": "g", "r": "t", "s": "5", "t": "f", "u": "n",
    "v": "y", "y": "v", "z": "2", ".": ",", ",": ".",
}  # fmt: skip


def capitals(text: str, seed: int) -> str:
    return text.upper()


def no_accents(text: str, seed: int) -> str:
    return fold(text)


def typos(text: str, seed: int) -> str:
    """A wrong letter, one too many, one too few or two that changed places, in every third word
    that is not short."""
    rng = random.Random(seed)
    words = text.split(" ")
    for n in range(rng.randrange(3), len(words), 3):
        word = words[n]
        letters = [at for at, character in enumerate(word) if character.isalpha()]
        if len(letters) >= 4:
            at, other = rng.choice(letters[1:-1]), rng.choice(string.ascii_lowercase)
            words[n] = rng.choice(
                (
                    word[:at] + other + word[at + 1 :],
                    word[:at] + other + word[at:],
                    word[:at] + word[at + 1 :],
                    word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                )
            )
    return " ".join(words)


def scanned(text: str, share: float, seed: int) -> str:
    """`text` with a `share` of its characters read wrongly: most for one that looks like it, some
    lost, some for any other."""
    rng = random.Random(seed)
    read = []
    for character in text:
        if character.isspace() or rng.random() >= share:
            read.append(character)
        elif rng.random() < 0.7 and character.lower() in _LOOKALIKES:
            read.append(_LOOKALIKES[character.lower()])
        elif rng.random() < 0.5:
            read.append(rng.choice(string.ascii_letters + string.punctuation))
    return "".join(read)
