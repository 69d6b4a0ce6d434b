"""In which language a person is spoken to."""

import pytest

from hemeroteca.ui.language import LANGUAGES, Noun, count, preferred, say


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("es-PE,es;q=0.9,en;q=0.8", "es"),
        ("en", "en"),
        ("fr, es;q=0.5", "es"),
        ("ca,es;q=0.9", "es"),
        ("gl-ES,pt;q=0.9,es;q=0.8,en;q=0.7", "es"),
        ("es;q=0.4, en;q=0.5", "en"),
        ("es;q=0, fr", "en"),
        ("*", "en"),
        ("", "en"),
        (None, "en"),
        ("ES", "es"),
    ],
)
def test_the_language_wanted_most_of_those_there_are_decides(
    header: str | None, language: str
) -> None:
    assert preferred(header) == language


def test_blanks_are_filled_in() -> None:
    assert LANGUAGES == ["en", "es"]
    assert say("Timeline of {name}", "en", name="Lula") == "Timeline of Lula"
    assert say("Timeline of {name}", "es", name="Lula") == "Cronología de Lula"


def test_one_is_not_many() -> None:
    noun = Noun("{number:,} article", "{number:,} articles")
    assert [count(noun, number, "en") for number in (0, 1, 2_000)] == [
        "0 articles",
        "1 article",
        "2,000 articles",
    ]
    assert count(noun, 2, "es") == "2 artículos"
