"""Question to ranked passages."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from hemeroteca.index.article import Passage
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.question import check_question
from hemeroteca.rag.retriever import HybridRetriever, nearest
from tests.helpers import write


def _retrieve(
    archive: Archive,
    text: str,
    top_k: int = 20,
    first: date | None = None,
    last: date | None = None,
) -> Sequence[Passage]:
    question = check_question(text, Filter(Period(first, last)))
    return HybridRetriever(archive, question, top_k).search()


def _articles(passages: Sequence[Passage]) -> list[str]:
    return [passage.article for passage in passages]


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Which mayor ordered the schools to close because of the volcano?", "volcan"),
        ("¿Quién diseñó la sala de lectura de la biblioteca de Oporto?", "library"),
        ("Wer leitet das Museum für Spitze in Calais?", "musee"),
        ("How much did the bridge over the Elbe cost?", "strasse"),
        ("Кто встретился с послом Венесуэлы?", "000_e0d77ce3e9648c87"),
        ("¿Qué alcaldesa ordenó cerrar las escuelas?", "volcan"),
    ],
)
def test_a_question_meets_its_passage_in_any_language(
    newspaper_archive: Archive, question: str, article: str
) -> None:
    assert _articles(_retrieve(newspaper_archive, question))[0] == article


def test_a_passage_comes_once_and_the_best_come_first(newspaper_archive: Archive) -> None:
    passages = _retrieve(newspaper_archive, "¿Quién se reunió con el embajador venezolano?")
    ids = [passage.id for passage in passages]
    assert len(set(ids)) == len(ids) == len(newspaper_archive.catalog.passage_ids())
    scores = [passage.score for passage in passages]
    assert scores == sorted(scores, reverse=True)


def test_a_passage_is_a_piece_of_its_article(newspaper_archive: Archive) -> None:
    for passage in _retrieve(newspaper_archive, "embajador"):
        document = newspaper_archive.document(passage.article)
        assert document is not None
        assert document.text[passage.start : passage.end] == passage.text
        assert (passage.title, passage.date) == (
            document.title,
            document.date,
        )


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2024, 3, 4), date(2024, 9, 1), {"library", "strasse"}),
        (date(2024, 3, 5), None, {"strasse", "000_e0d77ce3e9648c87"}),
        (None, date(2024, 3, 4), {"library", "musee"}),  # the undated volcan is left out
        (date(2030, 1, 1), None, set()),
    ],
)
def test_a_period_leaves_out_what_is_not_of_it(
    newspaper_archive: Archive, first: date | None, last: date | None, expected: set[str]
) -> None:
    passages = _retrieve(newspaper_archive, "¿Qué alcaldesa cerró escuelas?", 20, first, last)
    assert set(_articles(passages)) == expected


def test_top_k_is_the_beginning_of_the_ranking(newspaper_archive: Archive) -> None:
    question = "Who met the ambassador?"
    whole = [p.id for p in _retrieve(newspaper_archive, question)]
    for k in (1, 3):
        assert [p.id for p in _retrieve(newspaper_archive, question, k)] == whole[:k]


def test_the_same_question_has_the_same_ranking(newspaper_archive: Archive) -> None:
    one, other = (_retrieve(newspaper_archive, "Who met the ambassador?") for _ in range(2))
    assert [(p.id, p.score) for p in one] == [(p.id, p.score) for p in other]


def test_a_given_vector_saves_encoding(
    newspaper_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = check_question("Who met the ambassador?")
    vector = newspaper_archive.encoder.encode_searches([question.text])[0]
    expected = HybridRetriever(newspaper_archive, question).search()
    monkeypatch.delattr("hemeroteca.index.encoder.encoder.Encoder.encode_searches")
    found = HybridRetriever(newspaper_archive, question).search(vector)
    assert [p.id for p in found] == [p.id for p in expected]


def test_an_empty_archive_has_no_passages(archive: Archive) -> None:
    assert _retrieve(archive, "Who met the ambassador?") == []


WIRE = (
    "El puerto de Valparaíso recibirá una grúa nueva en marzo, anunció la directora Inés Larraín. "
    "La grúa costó doce millones de dólares y cargará los barcos en la mitad del tiempo. "
    "Los estibadores pidieron un curso para manejarla."
)


@pytest.fixture
def wire_archive(archive: Archive, tmp_path: Path) -> Archive:
    """An agency's text in 60 papers, a day apart, and one other text."""
    for n in range(60):
        day = date(2024, 1, 1) + timedelta(n)
        text = WIRE.replace("anunció", "dijo") if n % 2 else WIRE
        write(tmp_path / "wire", f"w{n:02}", text, day.isoformat())
    write(tmp_path / "wire", "other", "El alcalde de Iquique inauguró un mercado.", "2024-01-05")
    sync_folders(archive, [tmp_path / "wire"])
    return archive


def test_one_text_in_many_papers_is_shown_once(wire_archive: Archive) -> None:
    passages = _retrieve(wire_archive, "¿Cuánto costó la grúa del puerto?")
    assert len(set(_articles(passages))) == len(passages) == 2
    (wire,) = (p for p in passages if p.article != "other")
    assert wire.group == "w00"
    assert len(wire.also) == 20
    latest = wire.also[0]
    assert (latest["article"], latest["date"]) == ("w59", "2024-02-29")
    assert latest["title"].startswith("El puerto de Valparaíso")


def test_a_period_finds_the_copy_that_lies_in_it(wire_archive: Archive) -> None:
    day = date(2024, 2, 10)
    passages = _retrieve(wire_archive, "¿Cuánto costó la grúa del puerto?", 20, day, day)
    assert _articles(passages) == ["w40"]


@pytest.mark.parametrize("even", [0, 10_000])
@pytest.mark.parametrize("named", [False, True])
def test_a_filter_that_leaves_few_and_one_that_leaves_many_are_searched_alike(
    newspaper_archive: Archive, monkeypatch: pytest.MonkeyPatch, even: int, named: bool
) -> None:
    monkeypatch.setattr("hemeroteca.rag.retriever._EVEN", even)
    vector = newspaper_archive.encoder.encode_questions(["embajador"])[0]
    languages = tuple(newspaper_archive.catalog.languages()) if named else ()
    period = Period(date(2024, 3, 4), date(2024, 9, 1))
    question = check_question("embajador", Filter(period, languages=languages))
    found = nearest(newspaper_archive, question, vector, 50)
    passages = newspaper_archive.catalog.passages(list(found))
    assert {p.article for p in passages.values()} == {"library", "strasse"}
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert list(nearest(newspaper_archive, question, vector, 1)) == list(found)[:1]


_ENGLISH = (
    "The council of Leeds voted on Tuesday to close two swimming pools to save money.",
    "A ferry ran aground off Mull with forty passengers on board; nobody was hurt.",
    "Doctors in Cardiff began a trial of a vaccine against hay fever with ninety volunteers.",
    "The bakery of Whitby that baked for whalers closes after two hundred years.",
)
_SPANISH = (
    "El pleno de Cuenca aprobó el martes una subida del impuesto de bienes inmuebles.",
    "Un pesquero de Vigo rescató a tres náufragos frente a las islas Cíes.",
    "Los médicos de Murcia piden más camas para los hospitales de la costa en verano.",
    "Cierra la panadería de Teruel que abrió durante la guerra.",
    "El alcalde de Cuenca inauguró la piscina cubierta del barrio nuevo.",
)


@pytest.fixture
def bilingual(archive: Archive, tmp_path: Path) -> Archive:
    for n, text in enumerate(_ENGLISH):
        write(tmp_path / "press", f"en{n}", text)
    for n, text in enumerate(_SPANISH):
        write(tmp_path / "press", f"es{n}", text)
    sync_folders(archive, [tmp_path / "press"])
    return archive


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("¿Dónde votaron suprimir piscinas para gastar menos?", "en0"),
        ("¿Contra qué prueban una vacuna?", "en2"),
        ("¿Qué barco encalló con pasajeros?", "en1"),
        ("¿Dónde inauguró el alcalde una piscina?", "es4"),
        ("Which boat saved three people?", "es1"),
        ("Who wants more beds in hospitals?", "es2"),
        ("Which bakery closes after two centuries?", "en3"),
        ("Welche Stadt schließt Schwimmbäder?", "en0"),
    ],
)
def test_no_language_is_ahead_because_the_question_is_in_it(
    bilingual: Archive, question: str, article: str
) -> None:
    found = _retrieve(bilingual, question)
    assert found[0].article == article
    scores = [passage.score for passage in found]
    assert scores == sorted(scores, reverse=True)


def test_one_language_can_be_asked_alone_in_an_archive_of_several(bilingual: Archive) -> None:
    question = check_question("¿Qué ciudad cierra piscinas?", Filter(languages=("es",)))
    found = HybridRetriever(bilingual, question, 20).search()
    assert {passage.language for passage in found} == {"es"}
    assert len(found) == len(_SPANISH)


def test_within_a_language_the_order_is_that_of_one_alone(
    bilingual: Archive, tmp_path: Path
) -> None:
    question = "¿Dónde inauguró el alcalde una piscina?"
    among = [p.article for p in _retrieve(bilingual, question) if p.language == "es"]
    for n in range(len(_ENGLISH)):
        (tmp_path / "press" / f"en{n}.txt").unlink()
    sync_folders(bilingual, [tmp_path / "press"])
    assert bilingual.centres is None
    assert [p.article for p in _retrieve(bilingual, question)][:3] == among[:3]


def test_a_shouted_question_finds_what_a_quiet_one_does(bilingual: Archive) -> None:
    for question in ("¿Contra qué prueban una vacuna?", "Which boat saved three people?"):
        quiet, shouted = _retrieve(bilingual, question), _retrieve(bilingual, question.upper())
        assert shouted[0].article == quiet[0].article
        assert shouted[0].score == pytest.approx(quiet[0].score, abs=0.03)


def test_a_shouted_headline_is_found_like_a_quiet_one(archive: Archive, tmp_path: Path) -> None:
    write(tmp_path / "press", "a", "A BAKERY CLOSES AFTER TWO CENTURIES OF BREAD AND BISCUITS")
    write(tmp_path / "press", "b", "A bakery closes after two centuries of bread and biscuits")
    sync_folders(archive, [tmp_path / "press"])
    vectors = list(archive.vectors.get(sorted(archive.catalog.passage_ids())).values())
    assert vectors[0] @ vectors[1] > 0.99


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("which mayor orderde the schools to cloes?", "which mayor ordered the schools to close?"),
        ("wer letiet das Museum für Spitze?", "wer leitet das Museum für Spitze?"),
    ],
)
def test_a_misspelt_question_finds_what_the_right_one_does_in_other_languages(
    newspaper_archive: Archive, typed: str, right: str
) -> None:
    assert _retrieve(newspaper_archive, typed) == _retrieve(newspaper_archive, right)


def test_a_question_is_spelt_right_once(
    newspaper_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str] = []

    def noted(text: str, language: str, is_known: Callable[[str], bool]) -> str:
        texts.append(text)
        return text

    monkeypatch.setattr("hemeroteca.rag.retriever.spelt", noted)
    _retrieve(newspaper_archive, "which mayor closed the schools?")
    assert texts == ["which mayor closed the schools?"]


def test_words_that_only_the_archive_knows_are_no_slips(newspaper_archive: Archive) -> None:
    question = check_question("what did bielorrusia offer?")
    plain = newspaper_archive.encoder.encode_searches([question.text])[0]
    assert (HybridRetriever(newspaper_archive, question).encode() == plain).all()


def test_passages_are_searched_and_sentences_compared_each_by_its_vector(
    newspaper_archive: Archive,
) -> None:
    encoder, question = newspaper_archive.encoder, check_question("Who met the ambassador?")
    retriever = HybridRetriever(newspaper_archive, question)
    assert (retriever.encode() == encoder.encode_searches([question.text])[0]).all()
    assert (retriever.meaning() == encoder.encode_questions([question.text])[0]).all()
    assert retriever.search() == retriever.search(retriever.encode())
