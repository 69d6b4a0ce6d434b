"""What may be asked."""

from dataclasses import dataclass
from datetime import date

from index.articles import day_number
from index.errors import HemerotecaError
from index.language import detect_language

MAX_QUESTION_CHARACTERS = 2_000


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
    if not any(character.isalnum() for character in stripped):
        raise QuestionError("The question has no words: write it with letters or numbers.")
    if date_from and date_to and date_from > date_to:
        raise QuestionError(
            f"The period ends ({date_to}) before it begins ({date_from}): swap the dates."
        )
    return Question(stripped, detect_language(stripped), day_number(date_from), day_number(date_to))
