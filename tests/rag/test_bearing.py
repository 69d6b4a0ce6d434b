"""Reasons and positions over articles in four languages: what is told, and what is not."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.kinds.position import asks_opinion
from hemeroteca.rag.question import check_question
from hemeroteca.ui.session import open_chain
from hemeroteca.ui.settings import Settings
from tests.helpers import ROOT, write

_ARTICLES = ROOT / "benchmarks" / "talks" / "articles.jsonl"


@pytest.fixture(scope="module")
def asked(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, cache_dir: Path
) -> Iterator[Chain]:
    folder = tmp_path_factory.mktemp("talks")
    for line in _ARTICLES.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        write(folder, article["id"], f"{article['title']}\n\n{article['text']}", article["date"])
    archive = Archive(tmp_path_factory.mktemp("data"), encoder)
    sync_folders(archive, [folder])
    yield open_chain(Settings(cache_dir=cache_dir), archive)
    archive.close()


@pytest.mark.parametrize(
    ("question", "says", "others"),
    [
        ("¿Qué dijo Nuria Falcó del puente?", "arriesgar ninguna vida", "no tiene dinero"),
        ("¿Qué respondió Tomás Rueda a la alcaldesa?", "no tiene dinero", "arriesgar"),
        ("¿Qué opina Carmen Olmedo del robo?", "perder a un familiar", "Prat niega"),
        ("What did Peter Strang say about the money?", "needed for school buses", "valley"),
        (
            "What did Captain Moira Geraghty say about the rudder?",
            "stopped answering",
            "Nolan denied",
        ),
        ("Was sagt Heiner Stolte über den Luchs?", "Zäune für die Schafe", "Damit hat niemand"),
        ("Was sagte Jens Kolb über die Belegschaft?", "aus der Zeitung", "draufgezahlt"),
        ("Que pense Claire Monnet de la peine ?", "la peine est juste", "trop légères"),
        ("Qu'a dit Yann Le Bihan du phare ?", "jamais allumé", "ouvrir le phare"),
        ("What does Olivier Sartre say about the loup?", "qu'il fera appel", "peine est juste"),
    ],
)
def test_a_position_is_of_whom_it_asks(asked: Chain, question: str, says: str, others: str) -> None:
    answer = asked.ask(question, kind="position")
    told = " ".join(statement.text for statement in answer.statements)
    assert says in told
    assert others not in told


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué dijo Carmen Olmedo de los impuestos?",
        "¿Qué opina Eloy Barrantes del robo?",
        "What did Judith Amory say about the ferry?",
        "What did Padraig Nolan say about Messi?",
        "Was sagt Ute Hägele über den Luchs?",
        "Que pense Solène Guivarch du loup ?",
        "What did Jens Kolb mean by 850 workers?",
        "¿Qué dijo Nuria Falcó de los 700 camiones del puente?",
    ],
)
def test_what_nobody_said_is_not_told(asked: Chain, question: str) -> None:
    assert asked.ask(question, kind="position").kind == "absent"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("¿Por qué no sonó la alarma del museo de Orbaneja?", "averiada desde febrero"),
        ("¿Por qué cedieron los pilares del puente?", "taponaron los arcos"),
        ("Why did the rudder of the ferry fail?", "a pump had leaked oil"),
        ("Why did the council plan to close the school of Harlow Fell?", "cost twice as much"),
        ("Warum schließt die Brauerei Lammbräu?", "Preise für Gas und Glas"),
        ("Warum kam der Luchs aus dem Harz?", "weil die Reviere dort besetzt sind"),
        ("Pourquoi le phare de Kerlann s'était-il éteint ?", "le sel avait rongé"),
        ("Why did the alarm of the Orbaneja museum not ring?", "averiada desde febrero"),
    ],
)
def test_an_explanation_has_the_reason(asked: Chain, question: str, reason: str) -> None:
    answer = asked.ask(question, kind="explanation")
    assert reason in " ".join(statement.text for statement in answer.statements)


@pytest.mark.parametrize(
    "question",
    [
        "¿Por qué dimitió Carmen Olmedo?",
        "Why was Padraig Nolan arrested?",
        "Warum trat Volker Renz zurück?",
        "Warum schließt das Museum von Orbaneja?",
        "Why did Volker Renz close the brewery?",
        "Pourquoi Anne Kermadec a-t-elle divorcé ?",
        "¿Para qué sirven los pilares del puente?",
        "Wozu dient das Ruder der Fähre?",
        "What is the alarm of the Orbaneja museum for?",
    ],
)
def test_no_reason_is_told_of_what_did_not_happen(asked: Chain, question: str) -> None:
    assert asked.ask(question, kind="explanation").kind == "absent"


@pytest.mark.parametrize(
    ("question", "opinion"),
    [
        ("What do the protesters accuse the mayor of?", False),
        ("¿De qué acusan los vecinos a la alcaldesa?", False),
        ("What did the mayor say about the bridge?", True),
        ("O que pensa a prefeita do acordo?", True),
    ],
)
def test_what_somebody_is_accused_of_may_be_answered_in_short(question: str, opinion: bool) -> None:
    assert asks_opinion(check_question(question)) is opinion
