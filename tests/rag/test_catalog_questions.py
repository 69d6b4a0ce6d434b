"""What is asked of the catalog, in five languages, over the seed and invented papers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.chain import Chain
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
    ],
)
def test_what_the_catalog_does_not_know_is_refused(chain: Chain, question: str) -> None:
    assert not chain.ask(question).answerable
