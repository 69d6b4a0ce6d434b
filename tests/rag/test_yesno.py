"""A question of yes or no beside the sentence that is likest to it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np
import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.text.language import detect_language
from hemeroteca.rag.kinds.sentences import Sentence
from hemeroteca.rag.kinds.statement import statement_of
from hemeroteca.rag.kinds.yesno import yesno
from hemeroteca.rag.question import check_question
from hemeroteca.rag.verifier.judge import Verifier
from hemeroteca.rag.verifier.judgement import Judgement, Premise
from hemeroteca.rag.writer.negation import NEGATED
from tests.helpers import passage

DENIED, SAID = "The articles deny it:", "What the articles say on it:"


@pytest.mark.parametrize(
    ("question", "told", "lead"),
    [
        ("¿Está Ana Ruiz en el hospital?", "Ana Ruiz aclaró que no está en el hospital.", DENIED),
        ("¿Habrá arrestos en los mercados?", "No harán arrestos en los mercados.", DENIED),
        ("Is Ana Ruiz in the hospital?", "Ana Ruiz aclaró que no está en el hospital.", DENIED),
        ("¿Murió Ana Ruiz en Lugo?", "Ana Ruiz falleció ayer en un hospital de Lugo.", SAID),
        ("Did Ana Ruiz die in Lugo?", "Ana Ruiz falleció ayer en un hospital de Lugo.", SAID),
        # Something else is denied of it.
        ("¿Van a retirar el tren de Lugo?", "No habrá más paradas del tren de Lugo.", None),
        # Another deed, another person, or the other way round: it does not say.
        ("¿Murió Ana Ruiz en Lugo?", "Ana Ruiz aclaró que no está en el hospital de Lugo.", None),
        ("¿Murió Ana Ruiz en Lugo?", "Eva Lago falleció ayer en un hospital de Lugo.", None),
        ("¿Ganó Ana Ruiz la presidencia?", "Ana Ruiz disputará la presidencia en mayo.", None),
        ("Did Ana Ruiz resign as mayor?", "Ana Ruiz inauguró ayer el puente como alcaldesa.", None),
    ],
)
def test_what_is_told_of_a_yes_or_no(
    encoder: Encoder, question: str, told: str, lead: str | None
) -> None:
    asked = replace(check_question(question), kind="yesno")
    sentence = Sentence(passage("a", told), 0, told, np.ones(1), likeness=0.9, before="")
    answer = yesno(asked, [sentence], encoder)
    assert (answer.lead.sentence if answer and answer.lead else None) == lead
    if answer:
        assert [c.quote for c in answer.citations] == [told]


def test_what_a_later_article_says_is_told_too(encoder: Encoder) -> None:
    asked = replace(check_question("¿Se va a derribar el cine Ideal?"), kind="yesno")
    said = [
        ("El pleno aprobó derribar el cine Ideal.", 20240206, 0.92),
        ("El alcalde ha renunciado a derribar el cine Ideal.", 20240418, 0.9),
        ("El pleno estudió derribar el cine Ideal.", 20230110, 0.9),
    ]
    sentences = [
        Sentence(passage(f"a{day}", text, day=day), 0, text, np.ones(1), like, before="")
        for text, day, like in said
    ]
    answer = yesno(asked, sentences, encoder)
    assert answer is not None
    assert [c.quote for c in answer.citations] == [said[0][0], said[1][0]]


def test_a_sentence_that_is_not_like_the_question_says_nothing(encoder: Encoder) -> None:
    told = "Ana Ruiz falleció ayer en un hospital de Lugo."
    far = Sentence(passage("a", told), 0, told, np.ones(1), likeness=0.8, before="")
    assert yesno(check_question("¿Murió Ana Ruiz en Lugo?"), [far], encoder) is None


YES, NO, DISAGREE = "Yes:", "No:", "The articles disagree:"


class _Believing:
    """A verifier that finds every sentence to state what is asked, with the probability `stated`,
    or to contradict it if it has "not" or "no" in it."""

    def __init__(self, stated: float) -> None:
        self._stated = stated

    def judge_all(self, pairs: Sequence[tuple[str, Premise]]) -> list[Judgement]:
        rest = 1 - self._stated
        return [
            Judgement(0.0, self._stated, rest)
            if NEGATED.search(premise.text)
            else Judgement(self._stated, 0.0, rest)
            for _, premise in pairs
        ]


def _lead(encoder: Encoder, question: str, told: Sequence[str], stated: float) -> str | None:
    asked = replace(check_question(question), kind="yesno")
    sentences = [
        Sentence(passage(f"a{n}", text, language), 0, text, np.ones(1), likeness=0.9, before="")
        for n, text in enumerate(told)
        for language in [detect_language(text, expected=("es", "en", "fr"))]
    ]
    answer = yesno(asked, sentences, encoder, lambda: cast(Verifier, _Believing(stated)))
    return answer.lead.sentence if answer and answer.lead else None


@pytest.mark.parametrize(
    ("question", "told", "lead"),
    [
        ("¿Murió Ana Ruiz en Lugo?", "Ana Ruiz murió ayer en un hospital de Lugo.", YES),
        ("Did Ana Ruiz die in Lugo?", "Ana Ruiz died yesterday in a hospital in Lugo.", YES),
        ("¿Está Ana Ruiz en el hospital?", "Ana Ruiz no está en el hospital de Lugo.", NO),
        # Somebody's words, a plan, a guess, a rumour, an accusation.
        ("¿Murió Ana Ruiz en Lugo?", "Según su vecino, Ana Ruiz murió ayer en Lugo.", SAID),
        ("¿Murió Ana Ruiz en Lugo?", "Pedro Gil dijo que Ana Ruiz murió ayer en Lugo.", SAID),
        ("¿Está Ana Ruiz en el hospital?", "Ana Ruiz dijo que no está en el hospital.", DENIED),
        ("Will Ana Ruiz visit Lugo?", "Ana Ruiz plans to visit Lugo in the autumn.", SAID),
        ("Did Ana Ruiz visit Lugo?", "Ana Ruiz will visit Lugo in the autumn.", SAID),
        ("A-t-elle, Ana Ruiz, visité Lugo ?", "Ana Ruiz aurait visité Lugo en automne.", SAID),
        ("¿Robó Ana Ruiz el cuadro de Lugo?", "Acusaron a Ana Ruiz del robo del cuadro.", None),
        # Who denies it: that he does is all that is so.
        (
            "¿Confirmó el análisis el robo de Ana Ruiz?",
            "Ana Ruiz niega el robo del análisis.",
            DENIED,
        ),
        # To stay is not to leave, to cease not to go on.
        ("¿Abandonó Ana Ruiz el partido?", "Ana Ruiz permanece en el partido.", DENIED),
        ("Hat Ana Ruiz ihre Partei verlassen?", "Ana Ruiz bleibt Mitglied ihrer Partei.", DENIED),
        ("Did Ana Ruiz leave the party?", "Ana Ruiz remains in the party.", DENIED),
        ("¿Sigue siendo la casa de Ana Ruiz?", "La casa deja así de ser de Ana Ruiz.", DENIED),
        # What is bought is sold, and a closure that is lifted is none.
        ("¿Se ha vendido la casa de Ana Ruiz?", "Eva Lago compra la casa de Ana Ruiz.", None),
        ("¿Abrieron el puente de Lugo?", "Levantado el cierre del puente de Lugo.", None),
        ("Abriron a ponte de Lugo?", "Levantado o peche da ponte de Lugo.", None),
        # Of somebody else: a preposition takes the name, or the deed is of another.
        ("¿Fue detenida Ana Ruiz?", "Ana Ruiz celebró la detención de la periodista.", SAID),
        ("Was Ana Ruiz arrested?", "Ana Ruiz celebró la detención de la periodista.", SAID),
        ("Was Ana Ruiz arrested?", "Ana Ruiz celebrated the arrest of the journalist.", SAID),
        ("Did Ana Ruiz meet Luis Vega?", "The aide of Ana Ruiz met Luis Vega on Monday.", SAID),
        # What denies itself is neither confirmed nor denied.
        ("¿No murió Ana Ruiz en Lugo?", "Ana Ruiz murió ayer en un hospital de Lugo.", SAID),
    ],
)
def test_yes_and_no_are_said_of_facts_alone(
    encoder: Encoder, question: str, told: str, lead: str | None
) -> None:
    assert _lead(encoder, question, [told], 0.95) == lead


def test_what_the_verifier_is_not_sure_of_is_neither_yes_nor_no(encoder: Encoder) -> None:
    asked, told = "¿Murió Ana Ruiz en Lugo?", ["Ana Ruiz murió ayer en un hospital de Lugo."]
    assert _lead(encoder, asked, told, 0.84) == SAID


def test_articles_that_disagree_are_told_of_together(encoder: Encoder) -> None:
    told = ["Ana Ruiz murió ayer en Lugo.", "Ana Ruiz no murió en Lugo."]
    assert _lead(encoder, "¿Murió Ana Ruiz en Lugo?", told, 0.95) == DISAGREE


@pytest.mark.parametrize(
    ("language", "question", "statement"),
    [
        ("en", "Has Ann Moss resigned?", "Ann Moss has resigned."),
        ("en", "Was the mayor of York arrested?", "The mayor of York was arrested."),
        ("en", "Did the council buy Ann's boat?", "The council did buy Ann's boat."),
        ("en", "Ann Moss resigned?", "Ann Moss resigned."),
        ("de", "Hat die Stadt das Gelände gekauft?", "Die Stadt hat das Gelände gekauft."),
        ("de", "Ist er tot?", "Er ist tot."),
        ("fr", "Le phare a-t-il été rallumé ?", "Le phare a été rallumé."),
        ("fr", "Est-ce que le maire a démissionné ?", "Le maire a démissionné."),
        ("es", "¿Ha dimitido Ana Ruiz?", "Ha dimitido Ana Ruiz."),
    ],
)
def test_a_question_as_a_statement(language: str, question: str, statement: str) -> None:
    assert statement_of(question, language) == statement
