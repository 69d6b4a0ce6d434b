"""Slips of the hand: the words that one wrong, missing, surplus or misplaced letter makes."""

from collections.abc import Iterator

_LONGEST = 40  # letters of a word: what is longer is none
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "αβγδεζηθικλμνξοπρστυφχψως",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґђјљњћџ",
)


def slips(word: str) -> Iterator[str]:
    """The words that `word`, in small letters without accents, is one slip away from, some more
    than once. The first letter is right: few mistype it. None for other scripts than Latin, Greek
    and Cyrillic, nor for what is too long for a word."""
    is_word = word.isalpha() and len(word) <= _LONGEST
    alphabet = next((each for each in _ALPHABETS if word[:1] in each), "") if is_word else ""
    for at in range(1, len(word) + 1 if alphabet else 0):
        before, after = word[:at], word[at:]
        for letter in alphabet:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
