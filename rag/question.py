"""What may be asked."""

import re
from dataclasses import dataclass
from datetime import date

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.sources.dates import day_number
from hemeroteca.index.text.language import detect_language

MAX_QUESTION_CHARACTERS = 2_000

_WORD = re.compile(r"\w+")
# Without words that ask in several languages ("come", "quando", "qui", "was", "wie").
_ASKING = {
    word: language
    for language, words in {
        "de": "wer wen wem wann wo warum wieso weshalb welche welcher welches wieviele",
        "en": "who whom whose what when where why how which did does",
        "es": "quién quiénes qué cuándo dónde cómo cuál cuáles cuánto cuánta cuántos cuántas",
        "fr": "où pourquoi comment combien quel quelle quels quelles",
        "it": "chi perché quanti quante quali",
        "pt": "quem quais quantos",
    }.items()
    for word in words.split()
}


class QuestionError(HemerotecaError):
    """The question cannot be searched."""


@dataclass(frozen=True)
class Question:
    """A checked question: its text, its language (ISO 639-1) and its period as yyyymmdd numbers,
    0 leaving that side open."""

    text: str
    language: str
    first_day: int = 0
    last_day: int = 0

    @property
    def has_period(self) -> bool:
        return bool(self.first_day or self.last_day)

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day of the period, far away where that side is open."""
        return self.first_day or 1, self.last_day or 99_999_999


def check_question(
    text: str, date_from: date | None = None, date_to: date | None = None
) -> Question:
    """The question, stripped. Raises QuestionError if it is empty, has no letter or digit, is
    longer than MAX_QUESTION_CHARACTERS, or its period ends before it begins."""
    stripped = text.strip()
    if not stripped:
        raise QuestionError("The question is empty: ask something about the articles.")
    if len(stripped) > MAX_QUESTION_CHARACTERS:
        raise QuestionError(
            f"The question has {len(stripped):,} characters; at most "
            f"{MAX_QUESTION_CHARACTERS:,} are searched: shorten it."
        )
    if any("\ud800" <= character <= "\udfff" for character in stripped):
        raise QuestionError("The question holds bytes that are no text: type it as UTF-8.")
    if not any(character.isalnum() for character in stripped):
        raise QuestionError("The question has no words: write it with letters or numbers.")
    if date_from and date_to and date_from > date_to:
        raise QuestionError(
            f"The period ends ({date_to}) before it begins ({date_from}): swap the dates."
        )
    language = question_language(stripped)
    return Question(stripped, language, day_number(date_from), day_number(date_to))


def question_language(text: str) -> str:
    """The ISO 639-1 code of a question's language: by its first word where that asks in one
    language only, for a detector guesses at so few words with foreign names among them."""
    first = _WORD.search(text.lower())
    return _ASKING[first[0]] if first and first[0] in _ASKING else detect_language(text)
