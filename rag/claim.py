"""What may be checked."""

from collections.abc import Sequence

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.filter import Filter
from hemeroteca.index.text.sentences import asks
from hemeroteca.rag.question import Question, asking_language, check_question

# Twice what the verifier has learnt from: it judges a claim as a whole by one sentence.
MAX_CLAIM_CHARACTERS = 500
_CLOSING = " \"'”»’)]"


class ClaimError(HemerotecaError):
    """The claim cannot be checked."""


def check_claim(text: str, only: Filter = Filter(), expected: Sequence[str] = ()) -> Question:
    """The claim, stripped, as what is searched in the articles of `only`, probably in a language of
    `expected`. Raises ClaimError if it is empty, has no letter or digit, is a question, or is
    longer than MAX_CLAIM_CHARACTERS; QuestionError if its period ends before it begins."""
    stripped = text.strip()
    if not stripped:
        raise ClaimError("The claim is empty: write a sentence that the articles may state.")
    if len(stripped) > MAX_CLAIM_CHARACTERS:
        raise ClaimError(
            "The claim has {found:,} characters; at most {most:,} are checked at once: check it "
            "sentence by sentence.",
            found=len(stripped),
            most=MAX_CLAIM_CHARACTERS,
        )
    if any("\ud800" <= character <= "\udfff" for character in stripped):
        raise ClaimError("The claim holds bytes that are no text: type it as UTF-8.")
    if not any(character.isalnum() for character in stripped):
        raise ClaimError("The claim has no words: write it with letters or numbers.")
    claim = check_question(stripped, only, expected)
    if _is_question(stripped, claim.language):
        raise ClaimError(
            "This is a question: ask it, or write what is to be checked as a sentence that ends "
            "with a full stop."
        )
    return claim


def _is_question(text: str, language: str) -> bool:
    """Whether `text` ends as a question does or, without a mark at its end, begins as one."""
    bare = text.rstrip(_CLOSING)
    ended = bare.endswith((".", "!", "…", "。", "！"))
    return asks(bare, language) or bool(asking_language(bare) and not ended)
