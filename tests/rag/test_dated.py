"""Days that an article names by its own, and a claim by their dates."""

import pytest

from hemeroteca.rag.verifier.dated import with_dates
from hemeroteca.rag.writer.dated import with_days
from hemeroteca.rag.writer.facts import facts, missing_fact

_DIED = "El cantautor Aníbal Sarandí murió el domingo en Madrid a los 81 años."
_ARRESTED = "La Policía detuvo anoche a un hombre de 52 años y a su hijo."
_CLEARED = "La cour d'appel a relaxé mercredi l'ancien maire Étienne Vasselin."
_HOME = "Los vecinos podrán volver mañana a casa si el viento no cambia."
_SOLD = "La cooperativa vendió el año pasado 300 toneladas de arroz."
_FROM = "La subida de la tasa entrará en vigor el próximo 1 de enero."
_HELD = "En febrero de 1949 eligió el cartel del congreso, que se celebró en abril de ese año."
_BUILT = "En junio comenzará la construcción de un hospital en Puerto Lindero."


@pytest.mark.parametrize(
    ("claim", "language", "told", "of", "day", "fault"),
    [
        ("Sarandí murió el 28 de agosto de 2016.", "es", _DIED, "es", "2016-08-30", None),
        ("Sarandí died on 28 August.", "en", _DIED, "es", "2016-08-30", None),
        ("Sarandí starb am 30. August 2016.", "de", _DIED, "es", "2016-08-30", "date"),
        ("Sarandí murió el 28 de agosto de 2015.", "es", _DIED, "es", "2016-08-30", "date"),
        ("La Policía los detuvo el 17 de junio.", "es", _ARRESTED, "es", "2012-06-18", None),
        ("La Policía los detuvo el 18 de junio.", "es", _ARRESTED, "es", "2012-06-18", "date"),
        ("La Policía los detuvo el domingo.", "es", _ARRESTED, "es", "2012-06-18", None),
        ("La Policía los detuvo el lunes.", "es", _ARRESTED, "es", "2012-06-18", "date"),
        ("Vasselin was cleared on 14 February 2018.", "en", _CLEARED, "fr", "2018-02-15", None),
        ("Vasselin was cleared on 13 February 2018.", "en", _CLEARED, "fr", "2018-02-15", "date"),
        ("Dimarts podran tornar a casa.", "ca", _HOME, "es", "2025-07-07", None),
        ("Dijous podran tornar a casa.", "ca", _HOME, "es", "2025-07-07", "date"),
        ("In 2018 it sold 300 tonnes.", "en", _SOLD, "es", "2019-03-05", None),
        ("In 2017 it sold 300 tonnes.", "en", _SOLD, "es", "2019-03-05", "number"),
        ("It goes up on 1 January 2020.", "en", _FROM, "es", "2019-05-14", None),
        ("It goes up on 1 January 2021.", "en", _FROM, "es", "2019-05-14", "date"),
        ("The congress was held in April 1949.", "en", _HELD, "es", "2016-03-10", None),
        ("The congress was held in June 1949.", "en", _HELD, "es", "2016-03-10", "date"),
        ("Las obras empezarán en junio de 2016.", "es", _BUILT, "es", "2016-03-10", None),
        ("Las obras empezarán en junio de 2018.", "es", _BUILT, "es", "2016-03-10", "date"),
    ],
)
def test_a_day_is_known_by_that_of_its_article(
    claim: str, language: str, told: str, of: str, day: str, fault: str | None
) -> None:
    source = with_days(facts(told, of), told, of, day)
    assert missing_fact(facts(claim, language), source) == fault


def test_the_day_of_an_article_dates_what_names_no_day_by_it() -> None:
    told = "La alcaldesa inauguró el puente de Vilaseca."
    source = with_days(facts(told, "es"), told, "es", "2024-04-03")
    claim = facts("The bridge was opened on 3 April 2024.", "en")
    assert missing_fact(claim, source) is None
    assert missing_fact(claim, facts(told, "es")) == "date"


@pytest.mark.parametrize(
    ("claim", "language", "told", "of", "day", "read"),
    [
        (
            "Sarandí died on 28 August.",
            *("en", _DIED, "es", "2016-08-30"),
            "El cantautor Aníbal Sarandí murió el domingo (28 de agosto de 2016) en Madrid a los"
            " 81 años.",
        ),
        (
            "Dimarts podran tornar a casa.",
            *("ca", _HOME, "es", "2025-07-07"),
            "Los vecinos podrán volver mañana (martes, 8 de julio de 2025) a casa si el viento no"
            " cambia.",
        ),
        (
            "In 2018 it sold 300 tonnes.",
            *("en", _SOLD, "es", "2019-03-05"),
            "La cooperativa vendió el año pasado (2018) 300 toneladas de arroz.",
        ),
        ("Sarandí died on 30 August.", "en", _DIED, "es", "2016-08-30", _DIED),
        ("Sarandí murió el domingo.", "es", _DIED, "es", "2016-08-30", _DIED),
        ("Sarandí died on 28 August.", "en", _DIED, "es", None, _DIED),
    ],
)
def test_the_verifier_reads_the_dates_that_a_claim_names(
    claim: str, language: str, told: str, of: str, day: str | None, read: str
) -> None:
    assert with_dates(told, of, day, facts(claim, language)) == read
