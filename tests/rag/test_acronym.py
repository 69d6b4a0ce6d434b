"""What an acronym stands for, where an article spells it out."""

from pathlib import Path

import pytest

from hemeroteca.index.article import Article
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_documents
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.kinds.acronym import spelled_out
from hemeroteca.rag.question import check_question
from hemeroteca.rag.reader.reader import load_reader
from tests.helpers import passage

PAEF = "Varias empresas recibieron subsidios del Programa de Apoyo al Empleo Formal (PAEF) en 2020."
WHO = "Ayer, la Organización Mundial de la Salud (OMS) pidió calma. La ONU calló."
GAVI = (
    "La alianza GAVI (Global Alliance for Vaccines and Immunisation) participa. Creó CREO (Quito)."
)
INITIALS = (
    "GAVI es una farmacéutica, dijo. El nombre de GAVI responde a las siglas en inglés de la "
    "Alianza para Vacunar (Global Alliance for Vaccines and Immunisation) y lo pagan varios países."
)
MIGRATION = "Las siglas OIM, dijo, son de la Organización Internacional para las Migraciones."


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("¿Qué es el PAEF?", PAEF, "Programa de Apoyo al Empleo Formal"),
        ("What does PAEF stand for?", PAEF, "Programa de Apoyo al Empleo Formal"),
        ("¿Qué significan las siglas OMS?", WHO, "Organización Mundial de la Salud"),
        ("Wofür steht OMS?", WHO, "Organización Mundial de la Salud"),
        ("Was ist die OMS?", WHO, "Organización Mundial de la Salud"),
        ("Cos'è l'OMS?", WHO, "Organización Mundial de la Salud"),
        (
            "¿Qué es el PAEF?",
            PAEF.replace(" (PAEF)", ", Paef,"),
            "Programa de Apoyo al Empleo Formal",
        ),
        (
            "¿Qué es el PAEF?",
            PAEF.replace("(PAEF)", "– PAEF –"),
            "Programa de Apoyo al Empleo Formal",
        ),
        ("What is GAVI?", GAVI, "Global Alliance for Vaccines and Immunisation"),
        ("What does GAVI stand for?", INITIALS, "Global Alliance for Vaccines and Immunisation"),
        ("¿Qué significa OIM?", MIGRATION, "Organización Internacional para las Migraciones"),
    ],
)
def test_its_letters_begin_the_words(question: str, text: str, answer: str) -> None:
    found = passage("a", text)
    reading = spelled_out(check_question(question), [passage("b", "La OEA calló."), found])
    assert reading is not None
    [evidence] = reading.evidence
    assert evidence.answer == answer
    assert answer in evidence.quote
    assert text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("¿Qué es la ONU?", WHO),
        ("What does CREO stand for?", GAVI),
        ("¿Quién preside la OMS?", WHO),
        ("What does the OMS ask for in its latest report?", WHO),
        ("¿Qué es el PAEF?", "El plan (PAEF) es caro. Pagaron Ana, Eva y Fe (PAEF)."),
        ("¿Qué es oms?", WHO),
        ("What is OMS doing now?", WHO),
        ("¿Qué es la OEA?", "La OEA eligió a Olga Estrada Arias."),
        ("¿Qué es la OEA?", "La OEA oyó a Olga, Elena y Ana. Oriol Estrada Arias calló."),
    ],
)
def test_nothing_is_guessed(question: str, text: str) -> None:
    assert spelled_out(check_question(question), [passage("a", text)]) is None


def test_a_question_of_an_acronym_is_answered_by_the_article_that_spells_it_out(
    tmp_path: Path, encoder: Encoder
) -> None:
    archive = Archive(tmp_path, encoder)
    articles = [
        Article(id="a", text=f"La OMS calló. {PAEF} Hubo quejas del reparto.", language="es"),
        Article(id="b", text="El PAEF es un escándalo, dijo la senadora.", language="es"),
    ]
    sync_documents(archive, articles)
    answer = Chain(archive, load_reader(encoder)).ask("What does PAEF stand for?")
    archive.close()
    assert answer.answer == "Programa de Apoyo al Empleo Formal"
    [citation] = answer.citations
    assert citation.article == "a"
    assert citation.quote == PAEF
