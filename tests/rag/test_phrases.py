"""The fixed sentences of an answer."""

import pytest

from hemeroteca.rag.phrases import _PHRASES, phrase


def test_every_phrase_is_there_in_every_language() -> None:
    languages = [set(translations) for translations in _PHRASES.values()]
    assert all(each == languages[0] for each in languages)


def test_translations_differ() -> None:
    for translations in _PHRASES.values():
        assert len(set(translations.values())) == len(translations)


def test_what_is_filled_in_is_filled_in_everywhere() -> None:
    for translations in _PHRASES.values():
        assert len({text.count("{}") for text in translations.values()}) == 1
    assert phrase("late", "es", 2) == "el modelo no había terminado a los 2 s (LLM_TIMEOUT_S)"


def test_another_language_gets_english() -> None:
    assert phrase("absent", "xx") == phrase("absent", "en") == "The articles do not say."


def test_an_unknown_phrase_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        phrase("unknown", "en")
