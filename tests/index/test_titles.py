"""Titles made of the text."""

from hemeroteca.index.text.titles import derive_title


def test_a_long_title_is_cut_between_words() -> None:
    title = derive_title("palabra " * 40 + "final.", "es")
    # 11 times "palabra " is 88 characters, 12 times is 96: more than 90.
    assert title == " ".join(["palabra"] * 11) + "…"


def test_a_title_of_stops_is_kept() -> None:
    assert derive_title("...", "en") == "..."
