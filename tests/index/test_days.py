"""Days that a text names by the day on which it was written."""

from datetime import date
from time import perf_counter

import pytest

from hemeroteca.index.text.days import days_in, is_date

FRIDAY = date(2021, 3, 5)


def found(text: str, language: str, day: date | None = FRIDAY) -> list[tuple[str, str]]:
    return [
        (text[d.start : d.end], d.first.isoformat() + (f"/{d.last}" if d.last != d.first else ""))
        for d in days_in(text, language, day)
    ]


@pytest.mark.parametrize(
    ("language", "text", "words", "day"),
    [
        ("es", "El ministro dimitió este jueves.", "este jueves", "2021-03-04"),
        ("es", "Este viernes dimitió el ministro.", "Este viernes", "2021-03-05"),
        ("es", "Ayer no lo sabía.", "Ayer", "2021-03-04"),
        ("es", "Llovió el lunes pasado.", "el lunes pasado", "2021-03-01"),
        ("es", "Llovió el pasado viernes.", "el pasado viernes", "2021-02-26"),
        ("es", "Llegó hace dos semanas.", "hace dos semanas", "2021-02-15/2021-02-21"),
        ("es", "Llegó hace 3 días.", "hace 3 días", "2021-03-02"),
        ("es", "Hablará el próximo martes.", "el próximo martes", "2021-03-09"),
        ("es", "El miércoles se reunirá con ella.", "El miércoles", "2021-03-10"),
        ("es", "El miércoles se reunió con ella.", "El miércoles", "2021-03-03"),
        (
            "es",
            "Vino el jueves de la semana pasada.",
            "el jueves de la semana pasada",
            "2021-02-25",
        ),
        ("es", "Votó el lunes 15.", "el lunes 15", "2021-02-15"),
        ("es", "El plan se anunció hoy.", "hoy", "2021-03-05"),
        ("es", "Murió el año pasado.", "el año pasado", "2020-01-01/2020-12-31"),
        ("es", "Llegará mañana.", "mañana", "2021-03-06"),
        ("en", "He resigned on Thursday.", "on Thursday", "2021-03-04"),
        ("en", "It rained last week.", "last week", "2021-02-22/2021-02-28"),
        ("en", "It rained three days ago.", "three days ago", "2021-03-02"),
        ("en", "She will speak on Tuesday.", "on Tuesday", "2021-03-09"),
        ("en", "The mayor resigned, his office said Thursday.", "Thursday", "2021-03-04"),
        ("en", "Sunday’s fire destroyed it.", "Sunday", "2021-02-28"),
        ("en", "Wednesday will be the last day.", "Wednesday", "2021-03-10"),
        ("en", "The vote is expected on Monday.", "on Monday", "2021-03-08"),
        ("en", "It is likely to rain on Friday.", "on Friday", "2021-03-05"),
        ("en", "He hopes to play Sunday.", "Sunday", "2021-03-07"),
        ("es", "Los vecinos planean marchar el domingo.", "el domingo", "2021-03-07"),
        ("es", "Se notificaron este domingo.", "este domingo", "2021-02-28"),
        ("es", "El alcalde lo dijo hoy.", "hoy", "2021-03-05"),
        ("es", "Será la obra del próximo año.", "del próximo año", "2022-01-01/2022-12-31"),
        ("gl", "Celebrarase o vindeiro domingo.", "o vindeiro domingo", "2021-03-07"),
        ("gl", "A alcaldesa fixo hoxe a visita.", "hoxe", "2021-03-05"),
        ("fr", "Le ministre a démissionné aujourd'hui.", "aujourd'hui", "2021-03-05"),
        ("de", "Sie trat am Donnerstag zurück.", "am Donnerstag", "2021-03-04"),
        ("de", "Vergangene Woche regnete es.", "Vergangene Woche", "2021-02-22/2021-02-28"),
        ("fr", "Il a démissionné jeudi.", "jeudi", "2021-03-04"),
        ("fr", "Elle parlera mardi.", "mardi", "2021-03-09"),
        ("fr", "Il y a deux semaines.", "Il y a deux semaines", "2021-02-15/2021-02-21"),
        ("it", "Si è dimesso giovedì.", "giovedì", "2021-03-04"),
        ("it", "Due settimane fa.", "Due settimane fa", "2021-02-15/2021-02-21"),
        ("pt", "Renunciou na quinta-feira (4).", "na quinta-feira (4)", "2021-03-04"),
        ("pt", "Ontem choveu.", "Ontem", "2021-03-04"),
        ("ca", "Va dimitir dijous.", "dijous", "2021-03-04"),
        ("ca", "Ahir va ploure.", "Ahir", "2021-03-04"),
        ("gl", "Dimitiu o xoves.", "o xoves", "2021-03-04"),
        ("gl", "Hai dúas semanas choveu.", "Hai dúas semanas", "2021-02-15/2021-02-21"),
        ("ru", "Он ушёл в отставку в четверг.", "в четверг", "2021-03-04"),
        ("ru", "На прошлой неделе шёл дождь.", "На прошлой неделе", "2021-02-22/2021-02-28"),
        ("nl", "Hij trad donderdag af.", "donderdag", "2021-03-04"),
    ],
)
def test_a_day_is_told_by_the_day_of_writing(
    language: str, text: str, words: str, day: str
) -> None:
    assert found(text, language) == [(words, day)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Los jueves no trabaja."),
        ("es", "Llovió el Jueves Santo."),
        ("es", "Votó el lunes 15 de febrero."),
        ("es", "Votó el lunes 15/2."),
        ("es", "Hoy en día nadie lo lee."),
        ("es", "A día de hoy no se sabe."),
        ("es", "Llegó a las ocho de la mañana."),
        ("es", "Se espera para el próximo mes de abril."),
        ("es", "Vive aquí desde hace unos días."),
        ("es", "Hace 900 años que está en pie."),
        ("en", "It was Good Friday."),
        ("en", "The shop opens on Thursdays."),
        ("en", "He came on Thursday, March 4."),
        ("en", "Black Friday was busy."),
        ("en", "He meets them every Friday."),
        ("en", "It was her last week; she died the next day."),
        ("en", "The office is open Monday to Friday."),
        ("en", "She reads the Sunday Times."),
        ("en", "It fell on the first Friday of the year."),
        ("es", "La misa de Jueves y Viernes Santo."),
        ("ca", "La litúrgia del Dijous i Dissabte Sants."),
        ("fr", "Elle fait aujourd’hui partie du groupe."),
        ("gl", "É o lixo do mañá."),
        ("de", "Montags ist zu."),
        ("de", "Er kam am Montag, 15. Februar."),
        ("fr", "Le jeudi il dort."),
        ("pt", "Foi a segunda vez."),
        ("it", "Il lunedì è chiuso."),
        ("ja", "昨日、大臣が辞任した。"),
    ],
)
def test_what_is_no_day_is_left_alone(language: str, text: str) -> None:
    assert found(text, language) == []


def test_words_that_depend_on_what_stands_behind_them_are_told() -> None:
    # They matched within their text and not by themselves, which stopped the run of indexing.
    assert found("Huelga hoy y mañana.", "es")[0] == ("hoy", "2021-03-05")
    assert found("Ontem e hoje.", "pt") == []


def test_an_article_without_a_date_names_no_day() -> None:
    assert found("Dimitió el jueves.", "es", None) == []
    assert found("Er trat am Donnerstag zurück.", "de", None) == []
    assert found("She resigned last Thursday.", "en", None) == []


def test_a_day_before_the_first_year_is_none_and_a_long_text_takes_no_time() -> None:
    assert found("It was two years ago.", "en", date(2, 1, 1)) == []
    begun = perf_counter()
    days_in("el jueves " * 2_000, "es", FRIDAY)
    assert perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("text", "code", "date_alone"),
    [
        ("2024-03-02", "es", True),
        ("Sábado, 2 de marzo de 2024", "es", True),
        ("2 mar 2024", "es", True),
        ("March 2nd, 2024", "en", True),
        ("le 2 mars 2024", "fr", True),
        ("Samstag, den 2. März 2024", "de", True),
        ("2 марта 2024 г.", "ru", True),
        ("02/03/2024", "de", True),
        ("Nació el 2 de marzo de 1990.", "es", False),
        ("Madrid, 2 de marzo", "es", False),
        ("Fue en marzo.", "es", False),
        ("marzo", "es", False),
        ("14", "es", False),
        ("2-1", "es", False),
        ("", "es", False),
    ],
)
def test_a_line_that_is_only_a_date_is_one(text: str, code: str, date_alone: bool) -> None:
    assert is_date(text, code) == date_alone
