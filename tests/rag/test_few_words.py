"""A few words that ask for nothing are told of where an article has them, not where some begin or
sound alike; what no article has is told of nowhere."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.kinds.sentences import Sentence
from hemeroteca.rag.kinds.worded import worded
from hemeroteca.rag.question import check_question
from tests.helpers import chain_over, passage

_NEWS = (
    "La consejera presentó el lunes en Puerto Lirio el proyecto de una desaladora para la comarca. "
    "La planta costará 41 millones de euros, de los que 29 procederán de fondos europeos. "
    "Las obras de Puerto Lirio comenzarán en septiembre y durarán dos años.",
    "Lidia Mompeán es desde el sábado alcaldesa de Puerto Lirio tras una moción de censura. "
    "La alcaldesa prometió en el pleno de Puerto Lirio que tendrá paciencia con la oposición. "
    "Antes de marcharse del salón prometió bajar el IBI un 5 % y no tocar el contrato del agua.",
    "A comissão de moradores entregou na segunda-feira uma providência contra a mina de lítio. "
    "O tribunal tem agora trinta dias para decidir sobre o pedido dos moradores.",
    "Los pescadores protestaron el jueves porque las capturas de pulpo han caído un 30 %. "
    "El consumo de pescado también ha bajado, según la cofradía.",
    "El escritor ganó anoche el premio con una novela sobre las salinas. El jurado salió de la "
    "sala a medianoche.",
)


@pytest.fixture(scope="module")
def chain(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, cache_dir: Path
) -> Iterator[Chain]:
    records = [{"title": text.split(".")[0], "text": text} for text in _NEWS]
    with chain_over(records, tmp_path_factory, encoder, cache_dir) as chain:
        yield chain


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("ibi puerto lirio", "bajar el IBI"),
        ("coste desaladora puerto lirio", "costará 41 millones"),
        ("litio", "mina de lítio"),
        ("pulpo", "capturas de pulpo"),
        ("pescaodres", "pescadores protestaron"),
        ("ultima hora puerto lirio", "Puerto Lirio"),
    ],
)
def test_a_few_words_find_the_sentence_that_has_them(chain: Chain, words: str, told: str) -> None:
    answer = chain.ask(words)
    assert told in answer.citations[0].quote


def test_words_may_stand_in_several_sentences_of_an_article(chain: Chain) -> None:
    answer = chain.ask("pulpo cofradía")
    assert {citation.title for citation in answer.citations} == {_NEWS[3].split(".")[0]}


@pytest.mark.parametrize("word", ["volcán", "huelga", "juez", "terremoto"])
def test_what_no_article_has_is_told_of_nowhere(chain: Chain, word: str) -> None:
    assert not chain.ask(word).answerable


def test_one_word_of_several_is_not_enough(chain: Chain) -> None:
    assert not chain.ask("huelga puerto lirio").answerable
    assert not chain.ask("incendio en la desaladora").answerable


@pytest.mark.parametrize(
    ("words", "text", "language", "held"),
    [
        ("sal", "La sala aplaudió al jurado que sale hoy.", "es", True),  # for want of better
        ("juez", "El jueves llegan los actores.", "es", False),
        ("precio", "Los portavoces precisaron que habrá cambios.", "es", False),
        ("premios", "El premio se entrega en Lugo.", "es", True),
        ("salmonlea", "El laboratorio halló salmonela en el pollo.", "es", True),
        ("alcalde", "La alcaldesa explicó el acuerdo.", "es", True),
        ("intoxicados", "La intoxicación afectó a 43 alumnos.", "es", True),
        ("comunidad", "El comunicado llegó el lunes.", "es", False),
        ("litio", "A mina de lítio abre em maio.", "pt", True),
        ("precio del agua", "El agua llegó ayer a la comarca.", "es", False),
    ],
)
def test_a_sentence_holds_words_in_another_form(
    words: str, text: str, language: str, held: bool
) -> None:
    found = Sentence(passage("a", text, language), 0, text, np.ones(1), likeness=0.9, before="")
    question = check_question(words, expected=["es", "es"])
    assert (worded(question, [found], None) == [found]) == held


def test_a_word_that_is_held_elsewhere_is_no_slip() -> None:
    texts = "La portavoz precisó el acuerdo.", "El precio bajó el lunes."
    both = [Sentence(passage(t, t), 0, t, np.ones(1), likeness=0.9, before="") for t in texts]
    assert worded(check_question("precio", expected=["es"]), both, None) == both[1:]


def test_a_short_word_is_rather_found_as_it_is() -> None:
    texts = "La sala aplaudió al jurado.", "Hay sal en la mina."
    both = [Sentence(passage(t, t), 0, t, np.ones(1), likeness=0.9, before="") for t in texts]
    assert worded(check_question("sal", expected=["es"]), both, None) == both[1:]
