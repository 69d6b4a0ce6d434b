"""Versions of one text, and what they say."""

from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.reader.reader import load_reader
from hemeroteca.rag.versions import holds, speaks_of, spoken, stated
from tests.helpers import write

FIRE = (
    "Un incendio en una nave de curtidos de Lorca ha causado {n} muertos, según la última cuenta "
    "del hospital comarcal. Las llamas comenzaron de madrugada junto a una caldera y se "
    "extendieron al almacén de pieles, donde trabajaba el turno de noche. Varias dotaciones de "
    "bomberos siguen en el lugar y la carretera de Águilas permanece cortada."
)
NOTE = (
    "El embalse de {place} está al {n} % de su capacidad, según la confederación hidrográfica. La "
    "confederación publica cada martes el estado de los embalses de la cuenca, que mide con sondas "
    "en las presas. Los regantes pueden consultar los datos en las oficinas de la confederación."
)


@pytest.fixture
def chain(archive: Archive, encoder: Encoder, tmp_path: Path) -> Chain:
    """A story told three times and once more in another paper, and notes made by a template."""
    folder = tmp_path / "press"
    for name, n, day in (("a", "tres", "05"), ("b", "cinco", "06"), ("c", "once", "08")):
        write(folder, f"fire-{name}", FIRE.format(n=n), f"2023-02-{day}")
    paper = FIRE.format(n="once").replace("siguen en el lugar", "continúan allí")
    write(folder, "fire-paper", paper, "2023-02-08")
    for place, n in (("Cenajo", 31), ("Talave", 44), ("Camarillas", 58), ("Fuensanta", 62)):
        write(folder, place, NOTE.format(place=place, n=n), "2023-03-07")
    sync_folders(archive, [folder])
    return Chain(archive, load_reader(encoder))


def test_the_latest_version_of_a_story_answers_and_the_others_are_named(chain: Chain) -> None:
    answer = chain.ask("¿Cuántos muertos causó el incendio de Lorca?")
    assert answer.answer.startswith("once")
    assert {citation.article for citation in answer.citations} <= {"fire-c", "fire-paper"}
    named = {copy["article"] for citation in answer.citations for copy in citation.also}
    assert named <= {"fire-c", "fire-paper"}
    (note,) = map(str, answer.notes)
    assert "tres (" in note or "tres muertos (" in note
    assert "cinco (" in note or "cinco muertos (" in note
    assert "6 de febrero de 2023" in note
    assert "once (" not in note
    assert "(Otras versiones del texto dicen: tres" in answer.text


def test_versions_that_say_otherwise_make_it_less_sure(
    chain: Chain, archive: Archive, tmp_path: Path
) -> None:
    doubted = chain.ask("¿Cuántos muertos causó el incendio de Lorca?").confidence
    for name in ("fire-a", "fire-b"):
        (tmp_path / "press" / f"{name}.txt").unlink()
    sync_folders(archive, [tmp_path / "press"])
    alone = chain.ask("¿Cuántos muertos causó el incendio de Lorca?")
    assert alone.confidence > doubted
    assert not alone.notes


def test_a_note_made_by_the_same_template_is_no_version(chain: Chain) -> None:
    answer = chain.ask("¿A qué porcentaje de su capacidad está el embalse de Talave?")
    assert "44" in answer.answer
    assert [citation.article for citation in answer.citations] == ["Talave"]
    assert not answer.citations[0].also
    assert not answer.notes


def test_a_text_holds_a_quote_or_another_version_of_its_sentence() -> None:
    quote = "El puerto de Gijón movió doce buques en mayo, dijo ayer la autoridad portuaria."
    assert holds(f"Nada. {quote} Más.", "es", quote, "doce")
    assert holds(quote.replace("dijo ayer", "informó"), "es", quote, "doce")
    assert not holds(quote.replace("doce", "trece"), "es", quote, "doce")
    assert not holds(quote.replace("Gijón", "Avilés"), "es", quote, "doce")
    assert not holds("A las doce cerró el puerto de Gijón.", "es", quote, "doce")
    assert not holds("Nada.", "es", quote, "")


@pytest.mark.parametrize(
    ("language", "text", "facts"),
    [
        ("es", "MADRID. Ayer, el juez Ruiz citó a veintiún testigos (EFE).", "ruiz veintiún"),
        ("en", "The mayor of Leeds opened 2 schools and 1.5 parks.", "leeds 2 1.5"),
        ("de", "Der Bürgermeister zählte vier Boote.", "vier"),
        ("zh", "火灾造成四人死亡", "四"),
        ("ru", "Мэр Иванов открыл 3 школы.", "иванов 3"),
    ],
)
def test_numbers_and_names_are_what_is_stated(language: str, text: str, facts: str) -> None:
    assert stated(text, language) == set(facts.split())
    assert stated(text, language) <= spoken(text, language)
    assert speaks_of(text, language, stated(text, language))


@given(st.lists(st.sampled_from(["Ana", "Ruiz", "15", "1,5", "A15", "dos", "y", "a.", "四人"])))
def test_what_a_text_speaks_of_is_what_is_spoken_in_it(words: list[str]) -> None:
    text = " ".join(words)
    for language in ("es", "zh", "de"):
        for fact in ("ana", "ruiz", "15", "1,5", "5", "dos", "a15", "四", "eva"):
            facts = frozenset({fact, "ana"})
            assert speaks_of(text, language, facts) == (facts <= spoken(text, language))
