"""Captions that say who took their photograph."""

import re

_MOST_WORDS = 30
_CREDIT = re.compile(r"[.!?…] ?(?:[/|·•©(–—-] ?)?[A-ZÀ-Þ]{2,}(?:[ -][A-ZÀ-Þ.]+){1,3}\)?$")


def is_credited(text: str) -> bool:
    """Whether a short text ends with a name in capitals behind its last sentence, as captions do:
    "The harbour yesterday. / MARTA CIFUENTES"."""
    return len(text.split()) <= _MOST_WORDS and _CREDIT.search(text) is not None
