"""A headline that denies what is asked is told, and no span of its article is an answer."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.kinds.denial import denied_by
from hemeroteca.rag.question import check_question
from hemeroteca.rag.reader.reader import load_reader
from tests.helpers import passage

NEWS = {
    "Falso: el obispo de Lerma no vendió el colegio de San Gil": (
        "Un mensaje que circula por teléfono asegura que el obispo de Lerma vendió el colegio de "
        "San Gil por 2,4 millones de euros a un fondo de Dubái. El registro de la propiedad "
        "muestra que el edificio sigue siendo de la diócesis."
    ),
    "El obispo de Lerma vende un huerto": (
        "El huerto, de media hectárea, lo ha comprado un vecino por 18.000 euros."
    ),
}


@pytest.fixture
def asked_of(tmp_path: Path, encoder: Encoder) -> Iterator[Chain]:
    folder = tmp_path / "articles"
    folder.mkdir()
    lines = [json.dumps({"headline": title, "text": text}) for title, text in NEWS.items()]
    (folder / "news.jsonl").write_text("\n".join(lines))
    archive = Archive(tmp_path / "index", encoder)
    sync_folders(archive, [folder])
    yield Chain(archive, load_reader(encoder))
    archive.close()


def test_what_a_headline_denies_is_no_answer(asked_of: Chain) -> None:
    answer = asked_of.ask("¿Por cuánto vendió el obispo de Lerma el colegio de San Gil?")
    assert not answer.answerable
    assert answer.text.startswith(
        "Los artículos no lo dicen. Un titular lo niega: "
        "«Falso: el obispo de Lerma no vendió el colegio de San Gil»"
    )
    assert answer.nearest[0].title.startswith("Falso:")


def test_what_it_does_not_deny_is_asked_as_ever(asked_of: Chain) -> None:
    answer = asked_of.ask("¿Por cuánto vendió el obispo de Lerma el huerto?")
    assert "Un titular lo niega" not in answer.text


@pytest.mark.parametrize(
    ("question", "headline", "language", "denied"),
    [
        ("Which is the most corrupt country in the world?",
         "No, Belgium is not the most corrupt country in the world", "en", True),
        ("Why did the minister call the farmers lazy?",
         "Minister denies calling farmers lazy", "en", True),
        ("Wann hat die Stadt das Freibad in Kronach verkauft?",
         "Falschmeldung: Stadt hat das Freibad Kronach nie verkauft", "de", True),
        ("Quand la mairie a-t-elle interdit les chiens au parc Bellevue ?",
         "Non, la mairie n'a pas interdit les chiens au parc Bellevue", "fr", True),
        # A headline that denies something else, or a question that itself denies.
        ("Who won the cup final in Leeds?", "Leeds cup final: no tickets left", "en", False),
        ("Which country did not sign the fishing treaty?",
         "Norway did not sign the fishing treaty", "en", False),
        ("¿Cuándo vendió el obispo el colegio?", "El obispo vendió ayer el colegio", "es", False),
        # Two words are no denial: another quarrel, another theft.
        ("¿Quién robó el cuadro?", "El conserje no robó el cuadro: fue el director", "es", False),
        # What another clause says is not denied, before the denial or behind it,
        ("¿Cuántos trabajadores despide Molinsa?",
         "Molinsa no reabrirá y despide a sus 57 trabajadores", "es", False),
        ("¿Cuándo convoca elecciones el alcalde de Puerto Nuevo?",
         "El alcalde de Puerto Nuevo no dimite y convoca elecciones", "es", False),
        ("¿Cuándo convoca elecciones el alcalde de Puerto Nuevo?",
         "El alcalde de Puerto Nuevo convoca elecciones y no dimite", "es", False),
        ("¿Cuántas copas ganó el Lerma?", "El Lerma nunca ganó la liga, pero sí tres copas",
         "es", False),
        ("¿Cuándo dimite el director del museo?",
         "El museo no abrirá en mayo y el director dimite", "es", False),
        ("How many workers does Milltex sack?",
         "Milltex will not reopen and sacks its 57 workers", "en", False),
        ("Wann verkauft Molin die Brauerei in Kronach?",
         "Molin tritt nicht zurück und verkauft die Brauerei in Kronach", "de", False),
        # but what is joined within the denial's is, and so is all behind a word that denies alone.
        ("¿Por cuánto vendió el obispo el colegio y el huerto?",
         "El obispo no vendió el colegio y el huerto", "es", True),
        ("¿Cuándo abrirá el museo de Lerma en verano?",
         "El museo de Lerma no abrirá en verano", "es", True),
        ("¿Cuándo se reunirán Sáez y Mora en la Casa Roja?",
         "Sáez y Mora no se reunirán en la Casa Roja", "es", True),
        ("¿Cuándo convoca elecciones el alcalde de Puerto Nuevo?",
         "Falso: el alcalde de Puerto Nuevo dimite y convoca elecciones", "es", True),
    ],
)  # fmt: skip
def test_only_a_headline_that_speaks_of_it_denies(
    question: str, headline: str, language: str, denied: bool
) -> None:
    found = replace(passage("a", "Texto.", language), title=headline)
    assert (denied_by(check_question(question), [found]) is not None) == denied
