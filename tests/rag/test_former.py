"""Who held an office and left it does not hold it."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from hemeroteca.rag.kinds.former import has_left_office

_SISTER = (
    "La anterior hermana mayor, Consuelo Barba, que dejó el cargo en enero y fue sustituida por"
    " Jacinto Amorós, no acudió."
)
_RESIGNED = "Lourdes Abad dimitió ayer como directora del festival."
_ASKED_FOR = "El alcalde, Julián Arrieta, pidió la dimisión de Olivas, que dejó el cargo."


@pytest.mark.parametrize(
    ("question", "answer", "quote", "left"),
    [
        ("¿Quién es la hermana mayor?", "Consuelo Barba", _SISTER, True),
        ("¿Quién es la hermana mayor?", "Jacinto Amorós", _SISTER, False),
        ("¿Quién es la anterior hermana mayor?", "Consuelo Barba", _SISTER, False),
        ("¿Quién es la directora del festival?", "Lourdes Abad", _RESIGNED, True),
        ("¿Quién era la directora del festival?", "Lourdes Abad", _RESIGNED, False),
        ("¿Quién dimitió?", "Lourdes Abad", _RESIGNED, False),
        ("¿Quién es el alcalde?", "Julián Arrieta", _ASKED_FOR, False),
        ("Who is the mayor?", "Ana Ruiz", "The former mayor, Ana Ruiz, welcomed them.", True),
        ("Who is the mayor?", "Ana Ruiz", "Ana Ruiz, mayor of Skerry, has resigned.", True),
        ("Who is the mayor?", "Ana Ruiz", "The mayor, Ana Ruiz, welcomed them.", False),
        ("Who is the mayor?", "Eva Lund", "Eva Lund replaced Ana Ruiz, who resigned.", False),
        (
            "Wer ist der Trainer?",
            "Hans Maier",
            "Der bisherige Trainer Hans Maier trat zurück.",
            True,
        ),
        ("Qui est le maire ?", "Luc Roux", "Le maire, Luc Roux, a démissionné lundi.", True),
        ("Chi è il sindaco?", "Ugo Riva", "L'ex sindaco Ugo Riva era presente.", True),
        ("Quem é o ministro?", "Rui Sá", "O ministro da Saúde, Rui Sá, demitiu-se ontem.", True),
        ("Qui és l'alcaldessa?", "Mar Pou", "L'alcaldessa, Mar Pou, va dimitir dilluns.", True),
        ("Quen é o conselleiro?", "Xan Rei", "O conselleiro, Xan Rei, dimitiu onte.", True),
    ],
)
def test_who_has_left_an_office_does_not_hold_it(
    question: str, answer: str, quote: str, left: bool
) -> None:
    asked = SimpleNamespace(searched=question)
    reading = SimpleNamespace(evidence=[SimpleNamespace(answer=answer, quote=quote)])
    assert has_left_office(cast(Any, asked), cast(Any, reading)) == left
