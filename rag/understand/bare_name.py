"""Texts that are a name and nothing else."""

import re

_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яё][\w’'.-]*"
_PARTICLES = r"(?:(?:de|del|la|las|los|van|von|der|den|da|dos|di|bin|al|el|le|du|i|y)\s+){0,2}"
_NAME = re.compile(rf"{_CAPITAL}(?:\s+{_PARTICLES}{_CAPITAL})*")
_IN_A_ROW = re.compile(rf"{_CAPITAL}(?:\s+{_CAPITAL})+")


def is_bare_name(text: str) -> bool:
    """Whether each word of `text` has a capital, but the small ones within a name."""
    return _NAME.fullmatch(text.strip()) is not None


def is_full_name(text: str) -> bool:
    """Whether `text` is two words or more with capitals and nothing else: also a name in German,
    where "Bürgermeister von Hamburg" is none."""
    return _IN_A_ROW.fullmatch(text.strip()) is not None
