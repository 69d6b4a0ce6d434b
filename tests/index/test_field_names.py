"""Names that a user gives to the fields of an odd export."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.sources.names import parse_names
from hemeroteca.index.sources.read import Reading, read_articles
from hemeroteca.ui.settings import SettingsError, load_settings

NAMES = parse_names("title=Encabezado,paper=Rotativo,day=Salida,author=Pluma,text=Relato,id=Clave")
RECORD = {
    "Clave": "7",
    "Encabezado": "El puente vuelve a abrir",
    "Rotativo": "La Voz del Valle",
    "Salida": "14/03/2021",
    "Pluma": "Ana Gil",
    "Relato": "El puente de Tormaleo se abrió ayer al tráfico.",
    "title": "Registro 7",  # what the exporter calls by a known name
}
CSV = ";".join(RECORD) + "\n" + ";".join(RECORD.values()) + "\n"
RSS = """<rss version="2.0"><channel><title>Boletín</title><item><title>Registro 7</title>
<description>Resumen.</description><clave>7</clave><encabezado>El puente vuelve a abrir</encabezado>
<rotativo>La Voz del Valle</rotativo><salida>14/03/2021</salida><pluma>Ana Gil</pluma>
<relato>El puente de Tormaleo se abrió ayer al tráfico.</relato></item></channel></rss>"""
FILES = {
    "export.json": json.dumps({"data": [RECORD]}),
    "export.jsonl": json.dumps(RECORD),
    "export.csv": CSV,
    "export.rss": RSS,
    "export.xml": RSS,
}


def read(path: Path, names: str) -> Reading:
    file = ArticleFile("export", path, parse_names(names) if names else NAMES)
    [reading] = read_articles(file)
    assert isinstance(reading, Reading)
    return reading


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("zipped", [False, True])
def test_names_of_ones_own_come_first(tmp_path: Path, name: str, zipped: bool) -> None:
    path = tmp_path / name
    path.write_text(FILES[name], encoding="utf-8")
    if zipped:
        path = tmp_path / "export.zip"
        with ZipFile(path, "w") as container:
            container.writestr(name, FILES[name])

    article = read(path, "").article

    assert article.title == "El puente vuelve a abrir"
    assert article.date == "2021-03-14"
    assert article.text.endswith("El puente de Tormaleo se abrió ayer al tráfico.")
    assert article.publication.paper == "La Voz del Valle"
    assert article.publication.authors == ("Ana Gil",)
    assert article.id == ("export/export/7" if zipped else "export/7")


def test_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("---\nEncabezado: El puente\nRotativo: La Voz\nSalida: 2021-03-14\n---\nAbrió.")
    article = read(path, "").article
    said = (article.title, article.publication.paper, article.date)
    assert said == ("El puente", "La Voz", "2021-03-14")


def test_a_name_with_dots_leads_into_objects(tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    record = {"cuerpo": {"todo": "Abrió."}, "origen": {"cabecera": {"largo": "La Voz"}}}
    path.write_text(json.dumps(record))
    article = read(path, "text=cuerpo.todo,paper=origen.cabecera.largo").article
    assert (article.text, article.publication.paper) == ("Abrió.", "La Voz")


def test_a_name_of_ones_own_is_of_no_other_field(tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text(json.dumps({"text": "Abrió.", "source": "Ana Gil", "category": "La Voz"}))
    publication = read(path, "author=source,paper=category").article.publication
    assert (publication.authors, publication.paper) == (("Ana Gil",), "La Voz")
    assert publication.section == ""


def test_a_field_may_have_several_names_and_a_name_a_comma(tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text(json.dumps({"text": "Abrió.", "Titular, breve": "El puente", "Largo": ""}))
    article = read(path, 'title=Largo, "title=Titular, breve"').article
    assert article.title == "El puente"


@pytest.mark.parametrize("written", ["titel=X", "title=", "title", "title= _", "=X", "title:X"])
def test_what_names_no_field_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(SettingsError, match=r"FIELDS=.*expected field=name.*title, day") as error:
        load_settings(Path("none"), {"FIELDS": written})
    assert "\n" not in str(error.value)


def test_without_a_value_nothing_changes() -> None:
    assert not load_settings(Path("none"), {"FIELDS": ""}).fields.own


def test_another_mapping_reads_the_file_again(tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text(json.dumps(RECORD))
    stamps = {ArticleFile("export", path, parse_names(n)).stamp() for n in ("", "id=a", "id=b")}
    assert len(stamps) == 3
