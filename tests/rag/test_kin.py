"""Kin that a claim exchanges, and opposites in the languages that lie near Spanish."""

import pytest

from hemeroteca.rag.writer.kin import is_kin_exchanged
from hemeroteca.rag.writer.negation import DENIED
from hemeroteca.rag.writer.senses import opposes, senses

WIDOW = (
    "La viuda del pescador Anxo Lema, Rosalía Pazos, denunció a la cofradía; la hija mayor del "
    "fallecido, Uxía, pidió calma."
)


@pytest.mark.parametrize(
    ("claim", "language", "exchanged"),
    [
        ("La madre del pescador Anxo Lema denunció a la cofradía.", "es", True),
        ("La viuda del pescador Anxo Lema denunció a la cofradía.", "es", False),
        ("Uxía, la hermana mayor del fallecido, pidió calma.", "es", True),
        ("Uxía, la hija mayor del fallecido, pidió calma.", "es", False),
        ("El padre de Uxía era pescador.", "es", False),  # who has a daughter
        ("Anxo Lema's wife reported the guild.", "en", False),
        ("Anxo Lema's brother reported the guild.", "en", True),
        ("Die Schwester des Fischers zeigte die Zunft an.", "de", True),
        ("La filla de l'Anxo Lema va demanar calma.", "ca", False),
        ("La familia de Anxo Lema pidió calma.", "es", False),
        ("La cofradía no ha pagado.", "es", False),
    ],
)
def test_kin_is_the_same(claim: str, language: str, exchanged: bool) -> None:
    assert is_kin_exchanged(claim, language, WIDOW, "es") == exchanged


def test_of_whom_no_kin_is_told_nothing_is_exchanged() -> None:
    source = "La mujer que halló la tortuga no está bajo sospecha."
    assert not is_kin_exchanged("Su tía halló la tortuga.", "es", source, "es")


@pytest.mark.parametrize(
    ("claim", "language", "source", "of", "opposed"),
    [
        ("Quemaduras graves.", "es", "Quemaduras leves.", "es", True),
        ("Schwere Verbrennungen.", "de", "Quemaduras leves.", "es", True),
        ("Severe burns.", "en", "Quemaduras graves.", "es", False),
        ("El tancament serà definitiu.", "ca", "El cierre será temporal.", "es", True),
        ("O Concello permitiu o baño.", "gl", "O Concello prohibiu o baño.", "gl", True),
        ("O Concello prohibiu o baño.", "gl", "El Concello prohibió el baño.", "es", False),
        ("El Consell ha admès l'error.", "ca", "El Consell ha negat l'error.", "ca", True),
        ("El preu va pujar.", "ca", "El precio bajó.", "es", True),
    ],
)
def test_degrees_and_opposites_are_told_in_nine_languages(
    claim: str, language: str, source: str, of: str, opposed: bool
) -> None:
    said, told = senses(claim, language, DENIED), senses(source, of, DENIED)
    assert said is not None
    assert told is not None
    assert opposes(said, told) == opposed
