"""Titles made of the text, and put before it."""

import pytest

from hemeroteca.index.text.titles import derive_title, lacking_headline


def test_a_long_title_is_cut_between_words() -> None:
    title = derive_title("palabra " * 40 + "final.", "es")
    # 11 times "palabra " is 88 characters, 12 times is 96: more than 90.
    assert title == " ".join(["palabra"] * 11) + "…"


def test_a_title_of_stops_is_kept() -> None:
    assert derive_title("...", "en") == "..."


def test_a_headline_and_its_subtitle_are_put_before_a_text_that_lacks_them() -> None:
    text = "La candidata obtuvo doce votos."
    assert lacking_headline(text, "Ana Ruiz,\n elegida", "") == "Ana Ruiz, elegida\n\n"
    assert lacking_headline(text, "Ana Ruiz", "Por doce votos") == "Ana Ruiz\n\nPor doce votos\n\n"
    assert lacking_headline(text, None, "") == ""
    assert lacking_headline(text, " — ", "") == ""
    assert lacking_headline("Ana Ruiz\nPor doce votos, gana.", "Ana Ruiz", "Por doce votos") == ""


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Sube el pan", "SUBE EL PAN\n\nCuesta más."),
        ("«Sube» el pan", "Sube el\n“pan”. Cuesta más."),
        ("Perú: sube el pan", "Economía\n\nPeru – sube el pan\nCuesta más."),
        ("El pan que subió ayer en Li…", "El pan que subió ayer en Lima cuesta más."),
    ],
)
def test_a_headline_that_a_line_begins_with_is_not_put_before(title: str, text: str) -> None:
    assert lacking_headline(text, title, "") == ""


def test_a_headline_whose_words_stand_within_a_sentence_is_put_before() -> None:
    assert lacking_headline("Ayer sube el pan en Lima.", "Sube el pan", "") == "Sube el pan\n\n"
