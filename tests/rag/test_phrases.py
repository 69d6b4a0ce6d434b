"""The fixed sentences of an answer."""

from hemeroteca.index.errors import Message
from hemeroteca.rag.phrases import _PHRASES, worded


def test_every_phrase_is_there_in_every_language() -> None:
    languages = [set(translations) for translations in _PHRASES.values()]
    assert all(each == languages[0] for each in languages)


def test_translations_differ() -> None:
    for translations in _PHRASES.values():
        assert len(set(translations.values())) == len(translations)


def test_what_is_filled_in_is_filled_in_everywhere() -> None:
    for translations in _PHRASES.values():
        assert len({text.count("{}") for text in translations.values()}) == 1


def test_a_message_within_a_message_is_worded_too() -> None:
    late = Message("it was not done after {seconds} s (LLM_TIMEOUT_S)", seconds=2)
    note = Message("No written answer: {reason}", reason=late)
    assert worded(note, "es") == (
        "Sin respuesta redactada: el modelo no había terminado a los 2 s (LLM_TIMEOUT_S)"
    )


def test_another_language_or_sentence_gets_english() -> None:
    assert worded(Message("The articles do not say."), "xx") == "The articles do not say."
    assert worded(Message("{n} of {m}", n=1, m=2), "es") == "1 of 2"
