"""Which language a text is in."""

import pytest

from hemeroteca.index.text.language import LANGUAGES, detect_language, likely_languages


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


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Streik bei der Métro: Pendler warten stundenlang", "de"),
        ("Merkel tells Peña Nieto what Germany will do", "en"),
        ("Scholz recibe a Peña Nieto en Berlín", "es"),
        ("LA POLICÍA DETIENE A DOS PERSONAS EN MOTRIL", "es"),
        ("REGIERUNG KÜNDIGT NEUE STEUERN AN", "de"),
    ],
)
def test_names_do_not_tell_the_language_of_a_headline(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("name", ["Zorrilla", "Zubiri", "Etxebarria", "Lula", "Modi"])
def test_a_name_alone_is_in_the_language_that_is_expected(name: str) -> None:
    assert detect_language(name, expected=["es"]) == "es"
    assert detect_language(name, expected=["pt"]) == "pt"
    assert likely_languages(name, ["es"])["es"] < 0.8  # which nobody can know


def test_a_sentence_is_in_its_own_language_whatever_is_expected() -> None:
    likely = likely_languages("Wer hat den Bürgermeister von Lorca gewählt?", ["es", "es"])
    assert next(iter(likely)) == "de"
    assert likely["de"] > 0.99
    assert likely_languages("2024 …") == {}
