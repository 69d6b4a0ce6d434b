"""What may be asked."""

from datetime import date

import pytest

from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.rag.question import (
    MAX_QUESTION_CHARACTERS,
    Question,
    QuestionError,
    check_question,
    question_language,
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        (" \n\t\u3000", "is empty"),
        ("😀👩‍👩‍👧", "has no words"),
        ("¿?¡!…", "has no words"),
        ("¿Qué\udcff?", "bytes that are no text"),
        ("a" * 100_000, "has 100,000 characters; at most 2,000 are searched: shorten it"),
    ],
)
def test_what_cannot_be_searched_says_why(text: str, reason: str) -> None:
    with pytest.raises(QuestionError, match=reason):
        check_question(text)


@pytest.mark.parametrize("text", ["¿Y?", "2025", "大使", "a" * MAX_QUESTION_CHARACTERS])
def test_a_word_or_a_number_is_enough(text: str) -> None:
    assert check_question(f"  {text}\n").text == text


def test_a_period_is_two_numbers() -> None:
    day = date(2025, 1, 2)
    assert check_question("¿Quién?", Filter(Period(day, day))).period.days == (20250102, 20250102)
    assert check_question("¿Quién?", Filter(Period(None, day))).period.days == (1, 20250102)
    assert not check_question("¿Quién?").period
    assert check_question("¿Quién?").period.days == (1, 99_999_999)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(QuestionError, match=r"ends \(2025-01-01\) before it begins \(2025-01-02\)"):
        check_question("¿Quién?", Filter(Period(date(2025, 1, 2), date(2025, 1, 1))))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Who met the Venezuelan ambassador?", "en"),
        ("¿Quién habló con Trump?", "es"),
        ("Wann sprach Putin mit Maduro?", "de"),
        ("Combien de temps a duré le survol ?", "fr"),
        ("Кто встретился с послом?", "ru"),
        ("Qui est Orbán?", "fr"),
        ("Chi è Sánchez?", "it"),
        ("Wie is Orbán?", "nl"),
        ("Wie ist Orbán gestorben?", "de"),
        ("Nor da Urkullu?", "eu"),
        ("Quen é Feijóo?", "gl"),
        ("Qui és Puigdemont?", "ca"),
    ],
)
def test_a_short_question_full_of_names_keeps_its_language(text: str, language: str) -> None:
    assert check_question(text).language == language


def test_the_language_of_few_words_is_a_matter_of_likelihood() -> None:
    question = check_question("Zorrilla", expected=["es"])
    assert question.language == "es"
    assert 0.1 < question.is_in("es") < 0.8
    sure = check_question("¿Cuándo reabrió el puerto de Motril?", expected=["en"])
    assert (sure.language, sure.is_in("es"), sure.is_in("en")) == ("es", 1.0, 0.0)
    assert Question("Zorrilla", "es").is_in("es") == 1.0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Orbán resign?", "en"),
        ("Lula age", "en"),
        ("edad de Lula", "es"),
        ("Scholz Rücktritt", "de"),
        ("Erdoğan wife", "en"),
        ("Orbán età", "it"),
        ("idade de Orbán", "pt"),
        ("Macron démission", "fr"),
    ],
)
def test_a_word_that_is_often_sought_tells_the_language_beside_a_name(
    text: str, language: str
) -> None:
    assert question_language(text, ["es"]) == language


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        # A detector takes these for Basque, Slovene, Italian, English and, rather surely, for
        # Portuguese.
        ("alcalde montealba", "es"),
        ("carmen tudela", "es"),
        ("ultimo premio anfora", "es"),
        ("litio", "es"),
        ("último incendio cala brava", "es"),
        ("caliz", "es"),  # for nothing
        ("alcaldessa vallfosca", "ca"),  # for Italian; it is not Spanish
        ("Wer ist Carmen Tudela?", "de"),
        ("mayor resigns", "en"),
        ("preço da água", "pt"),
    ],
)
def test_a_short_question_is_worded_in_the_language_of_most_articles(
    text: str, worded: str
) -> None:
    question = check_question(text, expected=["ca", "en", "es", "pt"])
    assert question.worded_in((), lambda: ["es", "en", "ca", "pt"]) == worded


def test_a_short_question_is_worded_in_what_its_asker_reads() -> None:
    question = check_question("pescadores protestan", expected=["es", "pt", "fr"])
    assert question.worded_in(["fr", "pt"], lambda: ["es"]) == "pt"
    assert check_question("hidroval", expected=["es"]).worded_in(["en"], lambda: ["es"]) == "en"
