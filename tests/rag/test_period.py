"""The period that a question names."""

from datetime import date

import pytest

from hemeroteca.index.period import Period
from hemeroteca.rag.understand.period import named_period

LATEST = date(2025, 12, 12)


def _named(question: str, language: str) -> str | None:
    found = named_period(question, language, LATEST)
    return None if found is None else f"{found.first or ''}..{found.last or ''}"


@pytest.mark.parametrize(
    ("language", "question", "period"),
    [
        ("es", "¿Qué ocurrió después del 20 de noviembre?", "2025-11-21.."),
        ("es", "¿Quién ganó en diciembre?", "2025-12-01..2025-12-31"),
        ("es", "¿Quién ganó durante el mes de setiembre de 2024?", "2024-09-01..2024-09-30"),
        ("es", "¿Qué pasó entre el 1 y el 10 de diciembre de 2025?", "2025-12-01..2025-12-10"),
        ("es", "¿Qué pasó del 28 de noviembre al 3 de diciembre?", "2025-11-28..2025-12-03"),
        ("es", "¿Qué pasó desde 2023?", "2023-01-01.."),
        ("es", "¿Qué se firmó antes del 7/5/2025?", "..2025-05-06"),
        ("es", "¿Qué se dijo desde el 1 de mayo y hasta el 3 de junio?", "2025-05-01..2025-06-03"),
        ("en", "What happened in December?", "2025-12-01..2025-12-31"),
        ("en", "What happened in January?", "2025-01-01..2025-01-31"),
        ("en", "what was signed between 1 and 10 december 2025?", "2025-12-01..2025-12-10"),
        ("en", "Who met him after November 20th, 2025?", "2025-11-21.."),
        ("en", "Who met him since the 3rd of March 2024?", "2024-03-03.."),
        ("en", "What was said until May?", "..2025-05-31"),
        ("en", "What happened in February 2024?", "2024-02-01..2024-02-29"),
        ("en", "What happened between November and January 2025?", "2024-11-01..2025-01-31"),
        ("en", "What happened between 2020 and 2022?", "2020-01-01..2022-12-31"),
        ("en", "Who resigned after 2023-04-05?", "2023-04-06.."),
        ("pt", "O que aconteceu em março de 2025?", "2025-03-01..2025-03-31"),
        ("fr", "Que s’est-il passé après le 1er décembre ?", "2025-12-02.."),
        ("fr", "Qui a gagné depuis avril ?", "2025-04-01.."),
        ("it", "Chi ha vinto dopo il 20 novembre?", "2025-11-21.."),
        ("de", "Was geschah nach dem 20. November?", "2025-11-21.."),
        ("de", "Was geschah zwischen dem 1. und dem 10. Dezember 2025?", "2025-12-01..2025-12-10"),
        ("de", "Wer gewann im März?", "2025-03-01..2025-03-31"),
        ("ca", "Què va passar després del 20 d’abril?", "2025-04-21.."),
        ("gl", "Que pasou en decembro?", "2025-12-01..2025-12-31"),
        ("nl", "Wat gebeurde er na 20 november?", "2025-11-21.."),
        ("sv", "Vad hände i december?", "2025-12-01..2025-12-31"),
        ("ro", "Ce s-a întâmplat după 20 noiembrie?", "2025-11-21.."),
    ],
)
def test_a_period_is_read_from_the_question(language: str, question: str, period: str) -> None:
    assert _named(question, language) == period


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Who met the Venezuelan ambassador?"),
        ("en", "What happened on 7 May 2025?"),  # a day: other days tell of it as well
        ("es", "¿Qué se firmó el 7 de mayo?"),
        ("es", "¿Qué se firmó en el 7 de mayo?"),
        ("en", "Who may win in march?"),  # the verb, or the month of whoever writes no capitals
        ("en", "After how many games did he retire?"),
        ("en", "Who won after 3/4/2025?"),  # March or April
        ("en", "Was it colder in May than in June?"),
        ("es", "¿Quién ganó después del 31 de noviembre?"),
        ("en", "Who won after 1 March and before 20 December 2024?"),  # ends before it begins
        ("en", "Between May and 2020, who won?"),
        ("en", "How many homes were there in 12345 towns?"),
        ("ja", "12月に何が起きましたか"),
    ],
)
def test_what_is_no_period_is_none(language: str, question: str) -> None:
    assert _named(question, language) is None


def test_a_date_without_a_year_is_the_latest_such_date() -> None:
    latest = date(2025, 11, 30)
    december = named_period("in December", "en", latest)
    assert december == Period(date(2024, 12, 1), date(2024, 12, 31))
    assert named_period("after 30 November", "en", latest) == Period(date(2025, 12, 1), None)
    assert named_period("since 29 February", "en", date(2024, 3, 1)) == Period(date(2024, 2, 29))
