"""A question of yes or no beside the sentence that is likest to it."""

from dataclasses import replace

import numpy as np
import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.rag.kinds.sentences import Sentence
from hemeroteca.rag.kinds.yesno import yesno
from hemeroteca.rag.question import check_question
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


def test_a_sentence_that_is_not_like_the_question_says_nothing(encoder: Encoder) -> None:
    told = "Ana Ruiz falleció ayer en un hospital de Lugo."
    far = Sentence(passage("a", told), 0, told, np.ones(1), likeness=0.8, before="")
    assert yesno(check_question("¿Murió Ana Ruiz en Lugo?"), [far], encoder) is None
