"""Claims that tell a number otherwise than it stands, what is only denied, or a year or a place of
another clause."""

import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.rag.verifier.judge import load_verifier
from hemeroteca.rag.writer.bindings import is_bound_otherwise
from hemeroteca.rag.writer.checker import Checker, Source
from hemeroteca.rag.writer.circumstances import is_of_another_clause
from hemeroteca.rag.writer.claims import Claim
from hemeroteca.rag.writer.denied import tells_what_is_denied
from hemeroteca.rag.writer.facts import facts, missing_fact
from hemeroteca.rag.writer.roles import is_swapped


@pytest.mark.parametrize(
    ("claim", "language", "source", "of", "fault"),
    [
        ("More than 200 hectares burned.", "en", "Ardieron 210 hectáreas.", "es", None),
        ("More than 200 hectares burned.", "en", "Ardieron 190 hectáreas.", "es", "number"),
        ("More than 200 hectares burned.", "en", "Ardieron 900 hectáreas.", "es", "number"),
        ("Cobró casi 50.000 euros.", "es", "Cobró 48.000 euros.", "es", None),
        ("Cobró 50.000 euros.", "es", "Cobró 48.000 euros.", "es", "number"),
        ("Cuatro de cada cinco lo tienen.", "es", "Lo tiene el 80 %.", "es", None),
        ("Tres de cada cinco lo tienen.", "es", "Lo tiene el 80 %.", "es", "number"),
        ("El 20 % lo lee.", "es", "Lo lee uno de cada cinco.", "es", None),
        ("Tres siguen desaparecidos.", "es", "Hallaron a dos de los cinco marineros.", "es", None),
        ("Unos 16 están presos.", "es", "De los 32, la mitad están presos.", "es", None),
        ("Costaba 2.100.", "es", "Cuesta 2.400, 300 más que el año pasado.", "es", None),
        ("Costaba 2.200.", "es", "Cuesta 2.400, 300 más que el año pasado.", "es", "number"),
        ("They met five times in less than a month.", "en", "Se vieron 2 veces en 3 semanas.",
         "es", "number"),
        ("Vive allí desde los años sesenta.", "es", "Vive allí desde 1963.", "es", None),
        ("Vive allí desde los años setenta.", "es", "Vive allí desde 1963.", "es", "number"),
        ("It refused on two occasions.", "en", "It twice refused.", "en", None),
        ("It refused three times.", "en", "It twice refused.", "en", "number"),
        ("It is banned for twelve months.", "en", "Lo prohíben durante un año.", "es", None),
        ("It is banned for ten months.", "en", "Lo prohíben durante un año.", "es", "number"),
        ("Es dauert achtzehn Monate.", "de", "Durará año y medio.", "es", None),
        ("Es dauert achtzehn Wochen.", "de", "Durará año y medio.", "es", "number"),
        ("Ils ont trois semaines.", "fr", "Tienen 21 días.", "es", None),
        ("Ils ont trois jours.", "fr", "Tienen 21 días.", "es", "number"),
        ("ten doce meses", "gl", "Ha un anno.", "it", None),
        ("Он сидел 24 месяца.", "ru", "Pasó dos años preso.", "es", None),
        ("N'es directora de l'Arxiu.", "ca", "Porten els papers a l'Arxiu.", "ca", None),
        ("la petició d'Espanya", "ca", "La petició d'Espanya arriba.", "ca", None),
        ("Elle étudie l'Asie.", "fr", "Une experte de l’Asie parle.", "fr", None),
        ("Elle étudie l'Asie.", "fr", "Une experte de l’Italie parle.", "fr", "name"),
        ("In quell'anno venne Anna.", "it", "Nell'anno venne Anna.", "it", None),
        ("Yes, Ilie criticised it.", "en", "Ilie critica el club.", "ca", None),
        ("Oui, Ilie le critique.", "fr", "Ilie critica el club.", "ca", None),
        ("Eren tres alumnes.", "ca", "Eren dos alumnes.", "ca", "number"),
        ("Eran catro barcos.", "gl", "Eran cuatro barcos.", "es", None),
    ],
)  # fmt: skip
def test_a_number_may_be_told_otherwise(
    claim: str, language: str, source: str, of: str, fault: str | None
) -> None:
    assert missing_fact(facts(claim, language), facts(source, of)) == fault


@pytest.mark.parametrize(
    ("claim", "otherwise"),
    [
        ("Seis bomberos apagaron el incendio.", True),
        ("Los bomberos apagaron el incendio en seis horas.", False),
    ],
)
def test_hours_count_no_firemen(claim: str, otherwise: bool) -> None:
    source = "Los bomberos, que tardaron seis horas en apagar el incendio, salvaron la casa."
    assert is_bound_otherwise(claim, "es", source, "es") == otherwise


def test_what_is_left_out_is_measured_as_what_stands_for_it() -> None:
    source = "La exportación de aguacate creció un 12 % y la de limón cayó un 5 %."
    assert not is_bound_otherwise("La exportación de limón cayó un 5 %.", "es", source, "es")


@pytest.mark.parametrize(
    ("claim", "source", "denied"),
    [
        ("Las llamas alcanzaron la almazara.",
         "Los bomberos evitaron que las llamas alcanzaran la almazara.", True),
        ("Los bomberos evitaron que las llamas alcanzaran la almazara.",
         "Los bomberos evitaron que las llamas alcanzaran la almazara.", False),
        ("La pareja se separó en noviembre.",
         "Desmintió la información, según la cual la pareja se había separado en noviembre.", True),
        ("Según la revista, la pareja se separó en noviembre.",
         "Desmintió que, según la revista, la pareja se había separado en noviembre.", False),
        ("La empresa cerrará la planta.", "No descartó que la empresa la cierre.", False),
        ("El ministro visitó la planta.",
         "El ministro visitó la planta y negó que la empresa vaya a cerrarla.", False),
    ],
)  # fmt: skip
def test_what_is_only_denied_is_no_fact(claim: str, source: str, denied: bool) -> None:
    assert tells_what_is_denied(claim, "es", source, "es") == denied


def test_the_verifier_does_not_overrule_that_it_was_denied(encoder: Encoder) -> None:
    verifier = load_verifier(encoder)
    source = Source(
        "El Vaticano no ha recibido ninguna petición de nulidad de los duques, aseguró su portavoz,"
        " que desmintió así la información de la revista Época, según la cual la pareja se había "
        "separado en noviembre.",
        "es",
    )
    checker = Checker([source], encoder, "es", lambda: verifier)
    assert checker.check(Claim("Los duques se separaron en noviembre.", (1,))).fault == "hedge"


POET = (
    "La poeta Xulia Trasancos, nacida en Lugo en 1941 y residente en Buenos Aires desde 1963, "
    "recibirá un premio en Vigo; su marido, el pintor Bieito Lago, murió en 2009 en Montevideo."
)


@pytest.mark.parametrize(
    ("claim", "elsewhere"),
    [
        ("Xulia Trasancos reside en Buenos Aires desde 1941.", True),
        ("Xulia Trasancos reside en Buenos Aires desde 1963.", False),
        ("La poeta nació en Lugo.", False),
    ],
)
def test_a_year_is_that_of_its_own_clause(claim: str, elsewhere: bool) -> None:
    assert is_of_another_clause(claim, POET) == elsewhere


def test_who_stands_in_apposition_does_what_follows() -> None:
    told = [(POET, "es")]
    assert is_swapped("Xulia Trasancos murió en Montevideo.", "es", told)
    assert not is_swapped("Bieito Lago murió en Montevideo.", "es", told)


def test_a_flood_of_1961_drowned_no_1961_pigs() -> None:
    source = "Murieron 1.300 cerdos en la peor riada desde 1961."
    assert is_bound_otherwise("Murieron 1.961 cerdos.", "es", source, "es")
    assert not is_bound_otherwise("Murieron 1.300 cerdos.", "es", source, "es")


def test_who_has_done_something_is_who_did_it() -> None:
    told = [("Marta Lafuente ha suspendido la licencia que tenía Julián Buey.", "es")]
    assert is_swapped("Julián Buey suspendió la licencia.", "es", told)
    assert not is_swapped("Marta Lafuente suspendió la licencia.", "es", told)
    asked = [("La madre del joven muerto en Oleiros, Carmen Insua, pidió perdón a Reyes.", "es")]
    assert is_swapped("Reyes pidió perdón.", "es", asked)
    assert not is_swapped("Carmen Insua pidió perdón.", "es", asked)
