"""What is asked of the catalog, in ten languages, over the seed and invented papers."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.filter import Filter
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.references import references
from hemeroteca.ui.session import open_chain
from hemeroteca.ui.settings import Settings
from tests.helpers import SEED

_HERE = Path(__file__).parent
_QUESTIONS = (_HERE / "catalog_questions.tsv").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def chain(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, cache_dir: Path
) -> Iterator[Chain]:
    folder = tmp_path_factory.mktemp("press")
    (folder / "press.jsonl").write_bytes((_HERE / "catalog_press.jsonl").read_bytes())
    (folder / "seed.txt").write_bytes(SEED.read_bytes())
    archive = Archive(tmp_path_factory.mktemp("data"), encoder)
    sync_folders(archive, [folder])
    yield open_chain(Settings(cache_dir=cache_dir), archive)
    archive.close()


@pytest.mark.parametrize("line", _QUESTIONS)
def test_the_catalog_answers(chain: Chain, line: str) -> None:
    question, expected = line.split("\t")
    answer = chain.ask(question)
    assert answer.answer == expected
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which papers wrote about the Severn bridge?", ["The Times", "The Guardian"]),
        ("Quali giornali hanno parlato del ponte Severn?", ["The Times", "The Guardian"]),
        ("¿En qué periódicos se habló del mercado de Guadix?", ["Granada Hoy", "Ideal"]),
        (
            "¿Qué periódicos hablaron de la huelga de basureros de Jerez?",
            ["Diario de Cádiz", "Diario de Jerez"],
        ),
        (
            "¿Qué artículos ha escrito Tomás Bernal?",
            [
                "Los regantes de Almería piden un trasvase por la sequía",
                "La sequía obliga a cortar el agua en Almería",
            ],
        ),
        ("¿En qué periódico escribe Tomás Bernal?", ["El País"]),
    ],
)
def test_the_catalog_names_all(chain: Chain, question: str, expected: list[str]) -> None:
    assert [statement.text for statement in chain.ask(question).statements] == expected


@pytest.mark.parametrize(
    "question",
    [
        "¿En qué periódico salió la visita del embajador venezolano a Lukashenko?",
        "How many articles mention the Golden Gate bridge?",
        "¿En qué periódico salió que Messi fichó por el Betis?",
        "¿En qué periódico salió la fuga de gas del Louvre?",
        "Who wrote the article about the school in Zwolle?",
        "¿Quién escribió sobre el teatro de Graz?",
        "Who wrote about the theatre of Graz?",
        "¿Quién escribió sobre la escultura de Graz?",
        "¿En qué periódico salió que la sequía obliga a cortar el agua en Huelva?",
        "In which newspaper did the story about the crack in the Golden Gate bridge appear?",
        "Who wrote the article about the Humber bridge reopening to lorries?",
        "Who wrote that the moon is made of cheese?",
        "Wer hat den Artikel über den Berliner Flughafen geschrieben?",
        "Chi ha scritto l'articolo sul Vesuvio?",
        "¿Qué día se publicó el artículo sobre los cortes de luz en Granada?",
        "Dans quel journal est parue la nouvelle de la fuite de gaz au Louvre ?",
        "¿En qué periódico salió que la lluvia inunda Almería?",
        "In welcher Zeitung stand, dass der Hafen von Bremen sein Containerterminal erweitert?",
        "In welcher Zeitung stand der Artikel über den Hafen von Bremen?",
        "¿En qué periódico salió el incendio del mercado de Guadix?",
        "¿En qué periódicos se publicó el incendio del mercado de Baza?",
        "Who wrote the article about the Wells cathedral fire?",
        "When was the article about the collapse of Severn bridge published?",
        "Em que jornal saiu o incêndio do arquivo de Coimbra?",
        "Quem escreveu sobre a inundação do arquivo de Évora?",
        "Su quale giornale è uscito che è crollato il campanile di Matera?",
        "Dans quel journal est paru l'article sur les trottinettes à Marseille ?",
        "Qui a écrit que Lyon autorise les voitures la nuit ?",
        "Wer schrieb, dass Graz eine neue Seilbahn baut?",
        "¿En qué periódico salió que un meteorito mató a un pastor en Teruel?",
        "¿Quién escribió el artículo sobre el robo del meteorito?",
        "Which newspaper reported the theft of the Wells cathedral clock?",
        "A quin diari va sortir que Granollers tanca l'estació?",
        "В какой газете писали об открытии музея часов в Москве?",
        "¿En qué periódico salió que se inundó la biblioteca de Zwolle?",
        "In which paper did it say that Graz is building a new airport?",
        "¿En qué periódico salió el incendio de la muralla de Lugo?",
        "¿Quién firma la noticia de la huelga de profesores de Jerez?",
        "Which newspaper reported that the Swansea library was closed?",
        "When was it reported that beavers returned to the river Don?",
        "Wer hat den Artikel über das Erdbeben in Passau geschrieben?",
        "In welcher Zeitung stand, dass das Museum in Bamberg schließt?",
        "Dans quel journal est paru l'article sur l'ours aperçu près de Nantes ?",
        "Su quale giornale è uscita la notizia dell'incendio al teatro Piccinni?",
        "Em que jornal saiu a greve dos médicos em Lisboa?",
        "A quin diari va sortir que Girona prohibeix els gossos al Barri Vell?",
        "В каком издании вышла статья о пожаре на рынке в Самаре?",
        "In which newspaper did the story about the new tramline in Rennes appear?",
        "¿En qué periódico salió que se inundó el mercado de Kazán?",
    ],
)
def test_what_the_catalog_does_not_know_is_refused(chain: Chain, question: str) -> None:
    assert not chain.ask(question).answerable


@pytest.mark.parametrize(
    ("question", "headline", "paper"),
    [
        ("Dans quel journal est parue la fuite de gaz au Louvre ?", "Fuite d'eau au Louvre",
         "Le Figaro"),
        ("¿En qué periódico se contó el derrumbe de la muralla de Lugo?",
         "Cae un tramo de la muralla de Lugo", "El Progreso"),
        ("A quin diari va sortir que els regants d'Almeria demanen un transvasament?",
         "Los regantes de Almería piden un trasvase por la sequía", "El País"),
        ("In quale giornale si legge che è bruciato il mercato di Kazan?",
         "В Казани сгорел рынок", "Коммерсантъ"),
    ],
)  # fmt: skip
def test_what_may_be_asked_of_is_shown_with_its_paper(
    chain: Chain, question: str, headline: str, paper: str
) -> None:
    answer = chain.ask(question)
    assert not answer.answerable
    assert answer.unsure
    assert answer.nearest[0].title == headline
    assert paper in answer.text


@pytest.mark.parametrize(
    ("question", "expected", "paper"),
    [
        ("¿Cuántas casetas ocupan el ferial, según El País?", "Más de mil", "El País"),
        ("Según El Pais, ¿cuántas casetas ocupan el ferial?", "Más de mil", "El País"),
        ("According to the Times, what did repairs cost?", "nine million pounds", "The Times"),
        ("Wie hoch sind die Kosten laut der Zeit?", "400 Millionen Euro", "Die Zeit"),
        ("Selon le Figaro, qu'est-ce qui a été endommagé au Louvre ?", "Une fuite d'eau",
         "Le Figaro"),
    ],
)  # fmt: skip
def test_a_paper_answers_that_the_question_says_is_to(
    chain: Chain, question: str, expected: str, paper: str
) -> None:
    answer = chain.ask(question)
    assert answer.answer in (expected, f"{expected} casetas")  # what is counted may be named again
    assert answer.filter == Filter(papers=(paper,))


def test_no_other_paper_answers_for_it(chain: Chain) -> None:
    answer = chain.ask("¿Cuántas casetas ocupan el ferial según El Mundo?")
    assert not answer.answerable
    assert answer.filter == Filter(papers=("El Mundo",))
    assert "En otros artículos:" in answer.text
    assert {c.publication.paper for c in answer.nearest} == {"El País"}


def test_a_paper_that_the_archive_has_not_is_words_like_others(chain: Chain) -> None:
    answer = chain.ask("¿Cuántas casetas ocupan el ferial según La Vanguardia?")
    assert answer.answer in ("Más de mil", "Más de mil casetas")
    assert not answer.filter


def test_every_author_of_an_article_is_named_and_every_paper_of_many(
    tmp_path: Path, encoder: Encoder, cache_dir: Path
) -> None:
    authors = [f"Ana Gil{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10]}" for n in range(100)]
    records: list[dict[str, object]] = [
        {"id": "malta", "title": "Los papeles de Malta", "authors": authors,
         "text": "Cuentas ocultas en los papeles de Malta."},
        *({"id": f"n{n}", "title": f"Nieva en Soria, parte {n}",
           "date": f"2021-01-{n % 28 + 1:02}",
           "paper": ("El Pais", "El País")[n % 3 > 0] if n else "La Voz",
           "text": f"La nieve cubre Soria desde hace {n} horas."} for n in range(60)),
    ]  # fmt: skip
    (tmp_path / "press.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    with closing(Archive(tmp_path / "data", encoder)) as archive:
        sync_folders(archive, [tmp_path / "press.jsonl"])
        chain = open_chain(Settings(cache_dir=cache_dir), archive)
        answer = chain.ask("¿Quién escribió el artículo sobre los papeles de Malta?")
        assert [statement.text for statement in answer.statements] == authors
        assert len(answer.citations) == 1
        answer = chain.ask("¿Qué periódicos hablan de la nieve en Soria?")
        assert [statement.text for statement in answer.statements] == ["El País", "La Voz"]
        answer = chain.ask("¿Cuántos artículos hay sobre la nieve en Soria?")
        assert answer.answer == "60"
        assert answer.text.startswith("Artículos: 60 (se listan los 50 más recientes)")


def test_who_wrote_that_may_be_somebody_whom_an_article_quotes(
    tmp_path: Path, encoder: Encoder, cache_dir: Path
) -> None:
    record = {
        "id": "q", "title": "Un nuevo ensayo sobre la sequía", "author": "Ana Gil",
        "text": "El geógrafo Martín Sola escribió que la sequía vaciará los pueblos.",
    }  # fmt: skip
    (tmp_path / "press.jsonl").write_text(json.dumps(record), encoding="utf-8")
    with closing(Archive(tmp_path / "data", encoder)) as archive:
        sync_folders(archive, [tmp_path / "press.jsonl"])
        chain = open_chain(Settings(cache_dir=cache_dir), archive)
        answer = chain.ask("¿Quién escribió que la sequía vaciará los pueblos?")
        assert "Martín Sola" in answer.text
        assert "Ana Gil" not in answer.answer


def test_a_name_may_have_an_article_within_and_before(chain: Chain) -> None:
    """Nuria Gascón, Corriere della Sera: the "a" of another word is none."""
    assert chain.ask("¿Cuántos artículos ha escrito Nuria Gascón?").answer == "2"
    answer = chain.ask("Secondo il Corriere della Sera, quante ore è rimasto chiuso l'aeroporto?")
    assert answer.filter == Filter(papers=("Corriere della Sera",))


def test_two_papers_of_one_name_are_told_by_their_addresses(
    tmp_path: Path, encoder: Encoder, cache_dir: Path
) -> None:
    records = [
        {"id": land, "title": f"Nieva en {city}", "paper": "El Mundo", "date": "2021-01-09",
         "url": f"https://elmundo.{land}/nieve", "text": f"La nieve cubre {city} desde ayer."}
        for land, city in (("es", "Soria"), ("sv", "Ávila"))
    ]  # fmt: skip
    (tmp_path / "press.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    with closing(Archive(tmp_path / "data", encoder)) as archive:
        sync_folders(archive, [tmp_path / "press.jsonl"])
        chain = open_chain(Settings(cache_dir=cache_dir), archive)
        answer = chain.ask("¿Cuántos artículos publicó El Mundo?")
        assert answer.answer == "2"
        written = references(answer.citations, "ris")
        assert written.count("T2  - El Mundo") == 2
        assert "UR  - https://elmundo.es/nieve" in written
        assert "UR  - https://elmundo.sv/nieve" in written


def test_a_year_in_what_was_written_is_not_when_it_was_written(
    tmp_path: Path, encoder: Encoder, cache_dir: Path
) -> None:
    record = {
        "id": "c", "title": "El brote de Soria empezó en 2019", "paper": "El Mundo",
        "date": "2021-02-15", "text": "El brote de Soria empezó en 2019, según un informe.",
    }  # fmt: skip
    (tmp_path / "press.jsonl").write_text(json.dumps(record), encoding="utf-8")
    with closing(Archive(tmp_path / "data", encoder)) as archive:
        sync_folders(archive, [tmp_path / "press.jsonl"])
        chain = open_chain(Settings(cache_dir=cache_dir), archive)
        assert (
            chain.ask("¿En qué periódico salió que el brote empezó en 2019?").answer == "El Mundo"
        )
        assert not chain.ask("¿En qué periódico salió que el brote empezó en 2018?").answerable
