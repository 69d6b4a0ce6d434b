"""What the program says to a person, in the languages of ui/locale."""

import re
from pathlib import Path
from typing import NamedTuple

from babel import negotiate_locale

from hemeroteca.index.errors import Message
from hemeroteca.rag.translations import Translations

_TRANSLATIONS = Translations(Path(__file__).parent / "locale")
LANGUAGES = _TRANSLATIONS.languages
_QUALITY = re.compile(r"q\s*=\s*([01](?:\.\d{0,3})?)")
FAULT = Message("Something went wrong in the program; its log says what. Please ask again.")


class Noun(NamedTuple):
    """What is counted: the sentence of one, such as "{number:,} article", and of many."""

    one: str
    many: str


def say(sentence: str | Message, language: str, **values: object) -> str:
    """The sentence in `language`, its blanks filled in."""
    return _TRANSLATIONS.say(sentence, language, **values)


def count(noun: Noun, number: int, language: str) -> str:
    """A number of things, such as "1 article" or "2 articles"."""
    return _TRANSLATIONS.count(*noun, number, language)


def preferred(accept_language: str | None) -> str:
    """The language of the page for a browser's Accept-Language header (RFC 9110, 12.5.4): of those
    that the page has, the one wanted most."""
    wanted = []
    for entry in (accept_language or "").split(","):
        name, _, parameter = entry.partition(";")
        weight = _QUALITY.fullmatch(parameter.strip()) if parameter.strip() else None
        wanted.append((float(weight[1]) if weight else 1.0, name.strip().lower()))
    by_weight = sorted((w for w in wanted if w[0] > 0), key=lambda w: -w[0])
    # Babel takes a language for its own regions, "es-MX" for "es".
    return negotiate_locale([name for _, name in by_weight], LANGUAGES, sep="-") or "en"
