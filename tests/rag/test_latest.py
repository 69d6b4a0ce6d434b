"""What is asked of the latest is on what is named, however that is typed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.rag.chain import Chain
from tests.helpers import chain_over

_SAVED = "El Lerma se salva en el último minuto"
_COACH = "Luisa Ferrer, primera mujer que entrena al Lerma"
_MINE = "Lithium mine at Serra Alta gets green light despite protests"
_NEWS = (
    (_SAVED, "2025-05-27",
     "Un gol de Nino Abad en el minuto 93 dio ayer la permanencia al Lerma, que venció por 2-1 al "
     "Balsas ante 6.400 espectadores. La entrenadora lloró en el césped del estadio del Lerma."),
    (_COACH, "2025-01-22",
     "Luisa Ferrer firmó ayer como entrenadora del Lerma hasta junio. Debutará el domingo en casa "
     "frente al Jumillar, y el Lerma fichará además a un delantero."),
    ("Roban en el museo de Soto un cáliz de plata", "2025-03-18",
     "Dos encapuchados robaron el domingo un cáliz de plata en el museo de Soto. Entraron por una "
     "claraboya cuya alarma llevaba un mes averiada."),
    (_MINE, "2025-06-10",
     "Kestrel Lithium won approval on Friday to open a mine at Serra Alta. The mayor of Serra Alta "
     "backs it; a residents' group announced protests and will go to court over the water."),
    ("Vallroja tanca les dutxes del pavelló per la sequera", "2024-02-02",
     "L'Ajuntament de Vallroja va tancar dimecres les dutxes i va prohibir omplir piscines. El "
     "club de bàsquet jugarà els partits fora del poble fins que acabi la sequera."),
)  # fmt: skip


@pytest.fixture(scope="module")
def chain(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, cache_dir: Path
) -> Iterator[Chain]:
    records = [{"title": t, "date": day, "text": text} for t, day, text in _NEWS]
    with chain_over(records, tmp_path_factory, encoder, cache_dir) as chain:
        yield chain


@pytest.mark.parametrize(
    "question", ["ultimo partido del lerma", "último partido del Lerma", "último Partido del Lerma"]
)
def test_the_latest_is_of_whom_it_is_asked_however_typed(chain: Chain, question: str) -> None:
    answer = chain.ask(question)
    titles = [statement.text for statement in answer.statements]
    assert titles[0] == _SAVED
    assert set(titles) <= {_SAVED, _COACH}


@pytest.mark.parametrize(
    "question",
    [
        "última noticia del volcán",
        "ultimas noticias de la huelga",
        "últimas noticias del premio planeta",
        "última noticia de lo particular",  # which begins as "partits" does
    ],
)
def test_no_article_in_another_language_is_listed_for_what_none_is_on(
    chain: Chain, question: str
) -> None:
    assert not chain.ask(question).answerable
