"""What the program says to a person, in the languages of ui/locale."""

from pathlib import Path
from typing import NamedTuple

from hemeroteca.index.errors import Message
from hemeroteca.rag.translations import Translations

_TRANSLATIONS = Translations(Path(__file__).parent / "locale")
LANGUAGES = _TRANSLATIONS.languages
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
    """The language of the page for a browser's Accept-Language header, as the browser's own
    script chooses it: by the first language named."""
    first = (accept_language or "").split(",")[0].split(";")[0].strip().lower()
    language = first.split("-")[0]
    return language if language in LANGUAGES else "en"
