"""Which characters are text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.text.characters import clean


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("a\x00b\x08c\x7fd\x9fe", "abcde"),
        ("uno\x0bdos\x0ctres\x85cuatro\u2028cinco", "uno\ndos\ntres\ncuatro\ncinco"),
        ("uno\u2029dos", "uno\n\ndos"),
        ("uno\x1fdos", "uno dos"),
        ("\ufeffuno\tdos\r\n", "uno\tdos\r\n"),
        ("pre\u00adsi\u00addente", "presidente"),
        ("el\u200b \u202bgato\u202c\u2060", "el gato"),
        ("Jose\u0301 Mun\u0303oz", "José Muñoz"),
        ("hyphe\u200cn\u200d", "hyphen"),
        ("می\u200cشود", "می\u200cشود"),  # Persian: the joiner is spelling
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("gato\U000e0041\U000e0042", "gato"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
    ],
)
def test_a_text_is_what_it_prints(written: str, printed: str) -> None:
    assert clean(written) == printed


@given(st.text())
def test_a_clean_text_stays_and_its_letters_are_those_that_came(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    letters = [c for c in unicodedata.normalize("NFC", text) if c.isalnum()]
    assert [c for c in cleaned if c.isalnum()] == letters
