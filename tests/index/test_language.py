"""Which language a text is in."""

import pytest

from hemeroteca.index.text.language import LANGUAGES, detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Who was elected president of the country last year?", "en"),
        ("¿Quién se reunió con el embajador?", "es"),
        ("Wer traf den venezolanischen Botschafter?", "de"),
        ("Qui a rencontré l'ambassadeur ?", "fr"),
        ("Кто встретился с послом?", "ru"),
        ("誰が大使に会いましたか。", "ja"),
    ],
)
def test_a_question_is_long_enough(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "123", "😀", "¿?"])
def test_a_text_without_letters_has_the_fallback(text: str) -> None:
    assert detect_language(text) == "en"
    assert detect_language(text, "es") == "es"


def test_only_listed_languages_are_found() -> None:
    assert detect_language("Demat d'an holl, penaos emañ kont?") in LANGUAGES  # Breton
