"""Which questions lean on what was asked before them."""

import pytest

from benchmarks.canard import follow
from hemeroteca.rag.understand.followup import is_follow_up, with_history


@pytest.mark.parametrize(
    "question",
    [
        "¿En qué calle la detuvieron aquella noche?",
        "¿Por qué lo han echado del equipo?",
        "Where in town was she arrested that night?",
        "What was the name of their second album?",
        "How many beds and wards does it have?",
        "Pourquoi a-t-il quitté la mairie de Lyon ?",
        "Wann hat sie zuletzt im Rathaus gearbeitet?",
        "Perché lui ha lasciato il Comune di Bari?",
        "Когда в последний раз его видели в городе?",
    ],
)
def test_a_pronoun_of_nobody_leans_on_what_was_asked(question: str) -> None:
    assert is_follow_up(question)


@pytest.mark.parametrize(
    "question",
    [
        "What did Marta Oliva say about her brother?",
        "Did the mayor say she would resign?",
        "Which firms are testing their vaccine on children?",
        "¿Qué dijo Sancho de su hermano menor?",
        "¿Qué le dijo la ministra a Roque Arias?",
        "¿Qué le pasó al bombero de Alcázar?",
        "¿Cuándo abrió la compañía su primera tienda?",
        "Was sagte der Minister über seine Pläne?",
        "Que s'est-il passé à Vienne en mars ?",
        "In che anno uscì il libro di Marta Oliva?",
        "What time is it in Lima at noon?",
        "Yaku Pérez",
        "Ana Ruiz",
    ],
)
def test_a_question_that_names_whom_it_means_stands_alone(question: str) -> None:
    assert with_history(question, ["¿Quién ganó la liga?"]) == [question]


def test_the_benchmark_wants_what_people_put_in_and_nothing_else() -> None:
    history = ["The Brass Owls", "Early years", "When did they begin?", "In May."]
    leaning = follow(
        {
            "History": history,
            "Question": "Where did they record?",
            "Rewrite": "Where did the Brass Owls record?",
        }
    )
    assert leaning.lacking == {"brass", "owls"}
    assert leaning.rightly
    alone = "Where did the town of Arenal build its bridge?"
    assert follow({"History": history, "Question": alone, "Rewrite": alone}).rightly
