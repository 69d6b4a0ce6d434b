"""Text to full-text terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.text.terms import cognates, fold, terms


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("José", "jose", "es"),
        ("José", "Jose\u0301", "es"),  # composed and decomposed
        ("PERÚ", "peru", "es"),
        ("embajadores", "embajador", "es"),
        ("meetings", "meeting", "en"),
        ("Häuser", "haus", "de"),
        ("ＦＵＬＬ", "full", "en"),
        ("послами", "послов", "ru"),
    ],
)
def test_forms_of_a_word_are_one_term(one: str, other: str, language: str) -> None:
    assert terms(one, language) == terms(other, language)


def test_stems_belong_to_a_language() -> None:
    assert terms("meetings", "en") == ["meet"]
    assert terms("meetings", "vi") == ["meetings"]  # no Snowball stemmer: the whole word


def test_terms_keep_the_order_and_leave_out_marks() -> None:
    assert terms("¿Qué? F/A-18, 3.14", "vi") == ["que", "f", "a", "18", "3", "14"]
    assert terms("😀 … ¿?", "es") == []


def test_scripts_without_blanks_give_pairs() -> None:
    assert terms("政府昨日", "zh") == ["政府", "府昨", "昨日"]
    assert terms("雨", "ja") == ["雨"]
    assert terms("NHK放送局2025", "ja") == ["nhk", "放送", "送局", "2025"]


def test_fold_takes_accents_off() -> None:
    assert fold("José Perú Ångström ñandú") == "Jose Peru Angstrom nandu"


@given(st.text(), st.sampled_from(["ar", "de", "en", "es", "hi", "ja", "th", "tr", "zh"]))
def test_a_term_has_no_blanks_in_any_text(text: str, language: str) -> None:
    # The index splits terms at blanks, so a blank in one would make two of it.
    assert all(term.split() == [term] for term in terms(text, language) if term)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("photography", "fotografía"),
        ("Путин", "Putin"),
        ("Дональд", "Donald"),
        ("Αθήνα", "Athinai"),
        ("Commission", "comisión"),
        ("structure", "estructura"),
        ("history", "historia"),
        ("Jordan", "Jordania"),
        ("2025", "٢٠٢٥"),
    ],
)
def test_cognates_share_their_beginning(one: str, other: str) -> None:
    assert cognates(one) == cognates(other)


def test_cognates_leave_out_what_says_little() -> None:
    assert cognates("the el 5 on") == ["5"]
    assert cognates("政府 2025") == ["2025"]
    assert cognates("😀 … ¿?") == []


@given(st.text())
def test_cognates_are_short_and_without_blanks(text: str) -> None:
    assert all(head.isdigit() or (0 < len(head) <= 5 and head.isalnum()) for head in cognates(text))
