"""Who is asked for as somebody's kin is told of as such."""

import pytest

from hemeroteca.rag.kinds.kin import is_of_asked_kin
from hemeroteca.rag.question import check_question
from hemeroteca.rag.reader.decide import Evidence, Reading
from tests.helpers import passage

LASSO = "Guillermo Lasso es un banquero de Guayaquil. Creció entre 11 hermanos y estudió economía."
KURTI = "Der Chemiker Jan Kurti lebt in Linz. Seine Tochter spielt auch. Sie heißt Mira Kurti."
ROTH = "Ana Roth, casada con el tenor Luis Prieto, vive en Soria con sus tres niños."


def _told(question: str, text: str, answer: str, language: str) -> bool:
    found = passage("a", text, language=language)
    start = text.index(answer)
    sentence = text.rfind(". ", 0, start)
    end = text.find(".", start) + 1
    best = Evidence(
        found, 0 if sentence < 0 else sentence + 2, end, start, start + len(answer), 1.0
    )
    return is_of_asked_kin(check_question(question), Reading([best], 0.9, [found]))


@pytest.mark.parametrize(
    ("question", "text", "answer", "language"),
    [
        ("¿Cuántos hijos tiene Guillermo Lasso?", LASSO, "11", "es"),
        ("How many children does Guillermo Lasso have?", LASSO, "11", "es"),
        ("What is Guillermo Lasso's wife called?", LASSO, "Guillermo Lasso", "es"),
        ("Wie viele Kinder hat Guillermo Lasso?", LASSO, "11", "es"),
        ("¿Quién es la madre de Jan Kurti?", LASSO, "Guayaquil", "es"),
        ("Chi è la moglie di Jan Kurti?", KURTI, "Mira Kurti", "de"),
        ("Comment s'appelle l'épouse de Jan Kurti ?", KURTI, "Mira Kurti", "de"),
    ],
)
def test_other_kin_answers_no_question_of_kin(
    question: str, text: str, answer: str, language: str
) -> None:
    assert not _told(question, text, answer, language)


@pytest.mark.parametrize(
    ("question", "text", "answer", "language"),
    [
        ("¿Cuántos hermanos tiene Guillermo Lasso?", LASSO, "11", "es"),
        ("How many brothers does Guillermo Lasso have?", LASSO, "11", "es"),
        ("¿Cómo se llama la hija de Jan Kurti?", KURTI, "Mira Kurti", "de"),
        ("Who is Mira Kurti's father?", KURTI, "Mira Kurti", "de"),
        ("Who is Ana Roth's husband?", ROTH, "Luis Prieto", "es"),
        ("Wie heißt die Frau von Luis Prieto?", ROTH, "Ana Roth", "es"),
        ("¿Cuántos años tiene la hija de Lasso?", LASSO, "11", "es"),
        ("¿Quién vive en Guayaquil?", LASSO, "Guillermo Lasso", "es"),
        ("Who is Father Declan Joyce?", LASSO, "banquero", "es"),
        ("¿Quién mató a la hija del alcalde?", LASSO, "Guillermo Lasso", "es"),
    ],
)
def test_what_tells_of_the_kin_and_all_else_passes(
    question: str, text: str, answer: str, language: str
) -> None:
    assert _told(question, text, answer, language)
