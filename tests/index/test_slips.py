"""Slips of the hand."""

import pytest

from hemeroteca.index.text.slips import slips


@pytest.mark.parametrize("slip", ["puero", "puertto", "puwrto", "puetro", "puert", "puertoo"])
def test_a_word_is_one_slip_away_from_what_is_mistyped_for_it(slip: str) -> None:
    assert "puerto" in slips(slip)


@pytest.mark.parametrize("word", ["", "東京", "الميناء", "2024", "b52", "x", "a" * 2_000])
def test_what_has_no_letters_that_are_known_has_no_slips(word: str) -> None:
    assert len(list(slips(word))) == (26 if word == "x" else 0)


def test_words_of_other_alphabets_have_slips() -> None:
    assert "порт" in slips("пот")
    assert "λιμανι" in slips("λιμνι")
    assert len(set(slips("puerto"))) < 400
