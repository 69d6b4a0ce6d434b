"""Questions spelt right."""

import pytest

from hemeroteca.index.text.spelling import spelt


def _none(word: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("typed", "language", "right"),
    [
        ("who inagurated the brigde?", "en", "who inaugurated the bridge?"),
        ("wann wrude die Brücke eröfnet", "de", "wann wurde die Brücke eröffnet"),
        ("qui a nommé le minsitre", "fr", "qui a nommé le ministre"),
        ("chi ha aprto il ponte", "it", "chi ha aperto il ponte"),
        ("quem abriu a pontte", "pt", "quem abriu a ponte"),
        ("waarom werd de minsiter ontslagen", "nl", "waarom werd de minister ontslagen"),
    ],
)
def test_a_misspelt_word_is_put_right(typed: str, language: str, right: str) -> None:
    assert spelt(typed, language, _none) == right


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Who did Zelenskj and Pewnin meet in Kyjv?", "en"),  # names, with their capitals
        ("¿quién inauguro el pueente?", "es"),  # no dictionary with a verb's forms
        ("кто откыл мост", "ru"),
        ("誰が橋を開いた", "ja"),
        ("the A76 at 10h30, e-mial? 5 km", "xx"),
        ("the " + "a" * 1_995, "en"),
        ("", "en"),
    ],
)
def test_what_may_be_right_stays(text: str, language: str) -> None:
    assert spelt(text, language, _none) == text


def test_a_word_that_the_archive_knows_stays() -> None:
    text = "where does mesi play?"
    assert spelt(text, "en", {"mesi"}.__contains__) == text != spelt(text, "en", _none)
