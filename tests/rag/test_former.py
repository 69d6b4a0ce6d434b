"""Who held an office and left it does not hold it."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from hemeroteca.rag.kinds.former import has_left_office, leaving_office

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
    reading = SimpleNamespace(evidence=[_evidence(answer, quote)])
    assert has_left_office(cast(Any, asked), cast(Any, reading)) == left


def _evidence(answer: str, quote: str, behind: str = "", day: int = 0) -> SimpleNamespace:
    text = f"{quote} {behind}".strip()
    return SimpleNamespace(
        answer=answer,
        quote=quote,
        end=len(quote),
        passage=SimpleNamespace(text=text, start=0, day=day),
    )


def test_what_is_told_later_counts() -> None:
    asked = SimpleNamespace(searched="¿Quién es la directora del festival?")
    held = _evidence(
        "Lourdes Abad", "La directora, Lourdes Abad, presentó el cartel.", day=20240305
    )
    left = _evidence("Lourdes Abad", _RESIGNED, day=20240412)
    told = [SimpleNamespace(evidence=evidence) for evidence in ([held, left], [left, held])]
    assert all(has_left_office(cast(Any, asked), cast(Any, each)) for each in told)
    before = SimpleNamespace(evidence=[held, _evidence("Lourdes Abad", _RESIGNED, day=20230101)])
    assert not has_left_office(cast(Any, asked), cast(Any, before))


@pytest.mark.parametrize(
    ("question", "answer", "quote", "behind", "leaves"),
    [
        ("¿Quién es la gerente?", "Eva Lago", "La gerente, Eva Lago, dejará el cargo.", "", 1),
        ("¿Quién es la gerente?", "Eva Lago", "La gerente, Eva Lago, abrió el acto.", "", 0),
        ("¿Quién es la gerente?", "Eva Lago", "La gerente, Eva Lago, abrió el acto.",
         "La relevará el cirujano Xan Rei.", 1),
        ("¿Quién es la gerente?", "Eva Lago", "La gerente, Eva Lago, abrió el acto.",
         "La recibió el cirujano Xan Rei.", 0),
        ("¿Quién presentó el plan?", "Eva Lago", "La gerente, Eva Lago, dejará el cargo.", "", 0),
        ("Who is the mayor?", "Ana Ruiz", "The mayor, Ana Ruiz, will step down in May.", "", 1),
        ("Who is the mayor?", "Ana Ruiz", "Ana Ruiz says Eva Lund will step down.", "", 0),
        ("Qui est le maire ?", "Luc Roux", "Le maire, Luc Roux, quittera ses fonctions.", "", 1),
        ("Chi è il sindaco?", "Ugo Riva", "Il sindaco Ugo Riva lascerà l'incarico.", "", 1),
        ("Quem é o diretor?", "Rui Sá", "O diretor, Rui Sá, deixará o cargo em maio.", "", 1),
    ],
)  # fmt: skip
def test_who_is_to_leave_an_office_is_told_with_the_sentence(
    question: str, answer: str, quote: str, behind: str, leaves: int
) -> None:
    asked = SimpleNamespace(searched=question)
    reading = SimpleNamespace(evidence=[_evidence(answer, quote, behind)])
    told = leaving_office(cast(Any, asked), cast(Any, reading))
    assert (told is not None) == bool(leaves)
