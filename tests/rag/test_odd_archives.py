"""Articles and archives that are not as most are: the right article comes first all the same."""

from collections.abc import Mapping

import pytest

from hemeroteca.index.article import Article
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_documents
from hemeroteca.index.text.language import detect_language
from hemeroteca.rag.question import check_question
from hemeroteca.rag.retriever import HybridRetriever

_SPANISH = (
    "El pleno de Cuenca aprobó el martes una subida del impuesto de bienes inmuebles.",
    "Un pesquero de Vigo rescató a tres náufragos frente a las islas Cíes.",
    "Los médicos de Murcia piden más camas para los hospitales de la costa en verano.",
    "Cierra la panadería de Teruel que abrió durante la guerra.",
    "El alcalde de Cuenca inauguró la piscina cubierta del barrio nuevo.",
    "La cosecha de aceituna en Jaén será la peor en diez años por la sequía.",
    "El tren entre Soria y Torralba volverá a circular en otoño, según el ministerio.",
    "Una exposición en Lugo muestra las monedas que halló un labrador en su huerta.",
    "Los vecinos de Lorca reclaman un autobús que llegue hasta el instituto.",
    "La orquesta de Gijón estrena una sinfonía dedicada a los mineros.",
    "Un incendio quemó cuarenta hectáreas de pinar cerca de Albarracín.",
    "La universidad de León abre una biblioteca que no cerrará de noche.",
)
_ENGLISH = "Doctors in Cardiff began a trial of a vaccine against hay fever with ninety volunteers."
_WOOL = (
    "The weavers of Galashiels went on strike on Monday for an hour less at the loom. "
    "Their union says the mill will lose its orders from Japan if nobody gives way. "
)
_LANA = (
    "El ayuntamiento de Béjar compró la última fábrica de paños para hacer en ella un museo. "
    "Las máquinas quedarán donde están y las enseñarán quienes trabajaron con ellas. "
)


def _put(archive: Archive, texts: Mapping[str, str]) -> None:
    """The archive's articles are `texts` by name from now on."""
    sync_documents(
        archive,
        [Article(name, text, detect_language(text), hash=text) for name, text in texts.items()],
    )


def _first(archive: Archive, text: str, language: str) -> str:
    found = HybridRetriever(archive, check_question(text, expected=[language])).search()
    return found[0].article


def _spanish() -> dict[str, str]:
    return {f"es{n}": text for n, text in enumerate(_SPANISH)}


def test_one_passage_of_a_language_is_found_and_takes_no_other_s_place(archive: Archive) -> None:
    _put(archive, _spanish() | {"en": _ENGLISH})
    assert archive.centres is not None
    assert _first(archive, "¿Contra qué prueban una vacuna los médicos?", "es") == "en"
    assert _first(archive, "What is the vaccine against?", "en") == "en"
    assert _first(archive, "¿Para qué piden camas los médicos?", "es") == "es2"
    assert _first(archive, "Who wants more beds in hospitals?", "en") == "es2"


def test_an_archive_of_one_language_for_years_takes_another_and_loses_it(archive: Archive) -> None:
    asked = "¿Quién rescató a unos náufragos?", "es"
    _put(archive, _spanish())
    assert archive.centres is None
    assert _first(archive, *asked) == "es1"
    _put(archive, _spanish() | {"en": _ENGLISH})
    assert _first(archive, *asked) == "es1"
    assert _first(archive, "¿Contra qué prueban una vacuna los médicos?", "es") == "en"
    _put(archive, _spanish())
    assert archive.centres is None
    assert _first(archive, *asked) == "es1"


@pytest.mark.parametrize("text", [_WOOL + _LANA, _LANA + _WOOL])
def test_an_article_of_two_languages_is_found_by_either_half(archive: Archive, text: str) -> None:
    _put(archive, _spanish() | {"both": text, "en": _ENGLISH})
    for asked, language in (
        ("Who went on strike in Galashiels?", "en"),
        ("¿Qué pueblo hizo un museo de una fábrica de paños?", "es"),
        ("Which town makes a museum of a cloth mill?", "en"),
    ):
        assert _first(archive, asked, language) == "both"


def test_a_headline_of_2000_characters_is_found_whole_and_by_its_end(archive: Archive) -> None:
    others = " ".join(f"y el pueblo número {n} del valle pide su propio puente" for n in range(50))
    headline = f"Cierra la mina de Aliaga {others[:1900]} dice el ingeniero Bruno Sancerni"
    assert 1950 < len(headline) < 2050
    whole = f"{headline}\n\nLa empresa no dio razones."
    article = Article("long", whole, "es", title=headline, hash="long", body=len(headline) + 2)
    rest = [Article(name, text, "es", hash=text) for name, text in _spanish().items()]
    sync_documents(archive, [article, *rest])
    for asked in (headline, "¿Qué pasa con la mina de Aliaga?", "¿Qué dice Bruno Sancerni?"):
        assert _first(archive, asked, "es") == "long"
    passages = archive.catalog.passages_of("long")
    assert " ".join(p.text for p in passages).split() == whole.split()


def test_a_passage_that_begins_with_five_pronouns_is_found(archive: Archive) -> None:
    them = "Ella, él, ellos, ellas y ustedes pueden pescar otra vez en el embalse de Riaño."
    _put(archive, _spanish() | {"them": them})
    assert _first(archive, "¿Dónde se puede pescar otra vez?", "es") == "them"
    assert _first(archive, "¿Quién rescató a unos náufragos?", "es") == "es1"


@pytest.mark.parametrize(
    "broken",
    [
        "E l p u e r t o d e M a h ó n c i e r r a p o r t e m p o r a l .",
        "Pu- erto Ma- hón ci- erra te- mpo- ral bar- cos ama- rra- dos mue- lle",
        "Pu€rt0 M4h6n c1err4 t€mp0r4l b4rc0s 4m4rr4d0s mu€ll€",
        "\ufffd\ufffd \ufffd\ufffd\ufffd \ufffd\ufffd \ufffd",
    ],
)
def test_text_whose_every_word_is_broken_leaves_the_others_found(
    archive: Archive, broken: str
) -> None:
    sync_documents(
        archive,
        [
            Article("broken", broken, "es", hash=broken),
            *(Article(name, text, "es", hash=text) for name, text in _spanish().items()),
        ],
    )
    asked = check_question("¿Quién rescató a unos náufragos?", expected=["es"])
    found = HybridRetriever(archive, asked).search()
    assert found[0].article == "es1"
    assert "broken" in {passage.article for passage in found}  # last, but not lost
