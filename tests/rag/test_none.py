"""Who asks how many is told that there was none."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np
import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.rag.kinds.none import asks_how_many, none_of_it
from hemeroteca.rag.kinds.sentences import Sentence
from hemeroteca.rag.question import check_question
from hemeroteca.rag.verifier.judge import Verifier, load_verifier
from hemeroteca.rag.verifier.judgement import Judgement
from tests.helpers import passage
from tests.judging import OPEN, STATED, FakeVerifier

_CRASH = "Dos trenes de mercancías chocaron el jueves cerca de Alsasua sin causar heridos."
_CUT = "La línea de Alsasua estuvo cortada nueve horas y se cancelaron doce trenes."


@pytest.mark.parametrize(
    ("question", "counts"),
    [
        ("¿Cuántos heridos hubo?", True),
        ("cuantas personas murieron en lugo", True),
        ("How many people were hurt?", True),
        ("By how many votes was it carried?", True),
        ("Wie viele Menschen starben?", True),
        ("Combien de blessés y a-t-il eu ?", True),
        ("Quanti feriti ci sono stati?", True),
        ("Quants ferits hi va haver?", True),
        ("¿Cuánto costó el puente?", False),
        ("How much did it cost?", False),
        ("¿Quién chocó?", False),
    ],
)
def test_what_may_be_none_is_counted(question: str, counts: bool) -> None:
    assert asks_how_many(check_question(question)) == counts


def _sentences(told: Sequence[str], likeness: float = 0.9) -> list[Sentence]:
    whole = replace(passage("choque", " ".join(told)), title="Choque de trenes en Alsasua")
    starts = [whole.text.index(text) for text in told]
    return [
        Sentence(whole, start, text, np.ones(1), likeness, before)
        for start, text, before in zip(starts, told, ["", *told], strict=False)
    ]


def _told(question: str, told: Sequence[str], verifier: object) -> str | None:
    answer = none_of_it(
        check_question(question), _sentences(told), lambda: cast(Verifier, verifier)
    )
    return answer.citations[0].quote if answer else None


def test_the_sentence_that_says_so_is_told_and_not_one_beside_it() -> None:
    asked = "¿Cuántos heridos hubo en Alsasua?"
    assert _told(asked, [_CRASH, _CUT], FakeVerifier({"sin causar": STATED})) == _CRASH
    # Behind the other it seems to say it, and by itself it does not.
    verifier = _Around({_CUT: STATED})
    assert _told(asked, [_CRASH, _CUT], verifier) is None


def test_what_is_not_sure_is_not_told() -> None:
    unsure = replace(STATED, stated=0.7)
    asked = "¿Cuántos heridos hubo en Alsasua?"
    assert _told(asked, [_CRASH, _CUT], FakeVerifier({"sin causar": unsure})) is None
    assert _told(asked, [], FakeVerifier({})) is None


class _Around(FakeVerifier):
    """Finds stated only what has something around it."""

    def judge(self, statement: str, premise: object) -> Judgement:
        judged = super().judge(statement, premise)  # type: ignore[arg-type]
        return judged if getattr(premise, "before", "") else OPEN


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("¿Cuántos heridos hubo en el choque de trenes de Alsasua?", True),
        ("How many people were injured in the Alsasua train crash?", True),
        ("¿Cuántos trenes se cancelaron en Alsasua?", False),
        ("¿Cuántos heridos hubo en el choque de autobuses de Burgos?", False),
    ],
)
def test_the_verifier_knows_what_there_was_none_of(
    encoder: Encoder, question: str, said: bool
) -> None:
    told = _told(question, [_CRASH, _CUT], load_verifier(encoder))
    assert told == (_CRASH if said else None)
