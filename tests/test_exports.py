"""Exports of press databases from end to end: what is asked of them is cited by the article, and a
newer export of the same articles replaces an older one."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

import hemeroteca
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.ui.web.uploads import Uploads
from tests.helpers import assert_stores_agree
from tests.index.forms import FORMS, Story

T = TypeVar("T")


def _last(*options: T) -> T:
    """The variant with all that a form can have."""
    return options[-1]


def _export(form: str, stories: Sequence[Story]) -> bytes:
    return next(each for each in FORMS if each.name == form).write(stories, _last)


def _story(number: int, title: str, day: date, *paragraphs: str, paper: str) -> Story:
    return Story(title, paper, day, paragraphs, number, "Local", "Ana Gil")


_AROUND = (
    ("La feria del queso reúne a setenta productores", "La feria del queso abrió ayer en la plaza",
     "con setenta productores y una subasta de quesos curados."),
    ("El equipo local empata en el último minuto", "El equipo de la villa empató a dos goles",
     "gracias a un penalti en el último minuto del partido."),
    ("La lluvia llena el embalse", "El embalse alcanzó el noventa por ciento de su capacidad",
     "después de una semana de lluvias en la sierra."),
    ("Una escuela estrena huerto", "Los alumnos de la escuela plantaron tomates y lechugas",
     "en un huerto que cuidarán por turnos durante el curso."),
)  # fmt: skip


def _stories(paper: str, first: int, asked: Story) -> list[Story]:
    """Four others, and the one that is asked about as the fifth."""
    around = [
        _story(first + n, title, date(2019, 1 + n, 7 + n), f"{begin} {end}", paper=paper)
        for n, (title, begin, end) in enumerate(_AROUND)
    ]
    return [*around, asked]


_BRIDGE = _story(
    14, "El puente de hierro reabre con un carril", date(2010, 3, 25),
    "El puente de hierro de Valdemora costó tres millones de euros.",
    "La ingeniera Nerea Talavante dirigió las obras durante catorce meses.",
    paper="El Faro de Valdemora",
)  # fmt: skip
_LIGHTHOUSE = _story(
    24, "El faro se queda sin farero", date(2012, 7, 3),
    "Amancio Treviño, último farero de la isla de Tarel, se jubiló el miércoles.",
    "La luz se controlará desde San Aldo por ordenador.", paper="El Isleño",
)  # fmt: skip
_CANNERY = _story(
    34, "Arde la antigua conservera", date(2022, 11, 28),
    "Un incendio destruyó la conservera de Molinete, cerrada desde 1987.",
    "El fuego comenzó en el almacén de redes, según los bomberos.", paper="Hoja de Cantarrijos",
)  # fmt: skip
_BAND = _story(
    44, "La banda graba su primer disco", date(2008, 3, 18),
    "La banda municipal de Arenal grabó nueve pasodobles de Nicanor Beltrán.",
    "El disco se presentará en el teatro Principal en otoño.", paper="La Crónica de Arenal",
)  # fmt: skip
_ASKED = (
    ("Nexis, Word", ".docx", _BRIDGE, "¿Quién dirigió las obras del puente de Valdemora?"),
    ("Factiva, page", ".html", _LIGHTHOUSE, "¿Quién fue el último farero de Tarel?"),
    ("Factiva, RTF", ".rtf", _CANNERY, "¿Dónde comenzó el fuego de la conservera de Molinete?"),
    ("LexisNexis, text", ".txt", _BAND, "¿Cuántos pasodobles grabó la banda de Arenal?"),
)


@pytest.fixture(scope="module")
def opened(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> Iterator[hemeroteca.Archive]:
    folder = tmp_path_factory.mktemp("exports") / "press"
    folder.mkdir()
    for n, (form, suffix, asked, _) in enumerate(_ASKED):
        stories = _stories(f"{asked.paper} {n}", 10 * (n + 1), asked)
        (folder / f"export{n}{suffix}").write_bytes(_export(form, stories))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hemeroteca.ui.session.load_encoder", lambda *_: encoder)
        archive = hemeroteca.open(folder, index_dir=folder.parent / "data")
    with archive:
        assert archive.sync().added == 5 * len(_ASKED)
        yield archive


@pytest.mark.parametrize(("asked", "question"), [each[2:] for each in _ASKED])
def test_the_fifth_article_of_an_export_is_cited_by_its_own_title_paper_and_day(
    opened: hemeroteca.Archive, asked: Story, question: str
) -> None:
    citation = opened.ask(question).citations[0]
    assert citation.quote in asked.paragraphs
    assert (citation.title, citation.publication.paper, citation.date) == (
        asked.title,
        asked.paper,
        asked.day.isoformat(),
    )


def test_a_period_finds_the_article_and_not_the_export(opened: hemeroteca.Archive) -> None:
    found = opened.search("puente", date_from="2010-03-25", date_to="2010-03-25")
    assert {each.title for each in found} == {_BRIDGE.title}


@pytest.mark.parametrize(("form", "suffix"), [each[:2] for each in _ASKED])
def test_a_newer_export_of_the_same_articles_keeps_their_ids(
    archive: Archive, tmp_path: Path, form: str, suffix: str
) -> None:
    folder = tmp_path / "press"
    folder.mkdir()
    path = folder / f"export{suffix}"
    older = _stories("El Faro", 10, _BRIDGE)
    path.write_bytes(_export(form, older))
    assert sync_folders(archive, [folder]).added == 5
    before = dict(archive.catalog.entries())
    path.write_bytes(_export(form, [_LIGHTHOUSE, *older[1:][::-1]]))
    report = sync_folders(archive, [folder])
    assert (report.added, report.removed, report.unchanged, report.changed) == (1, 1, 4, 0)
    assert len(before.keys() & archive.catalog.entries().keys()) == 4
    assert_stores_agree(archive)


def test_an_export_that_is_added_on_the_page_is_its_articles(
    archive: Archive, tmp_path: Path
) -> None:
    sent = tmp_path / "sent"
    sent.write_bytes(_export("Nexis, Word", _stories("El Faro", 10, _BRIDGE)))
    uploads = Uploads(archive)
    path = uploads.add(sent, "Files (100).DOCX")
    report = sync_folders(archive, [])
    assert (report.added, [each.held.found for each in report.counted]) == (5, [5])
    uploads.remove(str(path))
    assert sync_folders(archive, []).removed == 5
