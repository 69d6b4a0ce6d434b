"""Answers put into words."""

from dataclasses import replace

from hemeroteca.index.errors import Message
from hemeroteca.index.stores.catalog import Copy
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.render import own_words, plain_text, said

CITATION = Citation(1, "a", "La visita", "2024-01-01", "Vino Ana Ruiz.", 0, 14, 1.0, (5, 13))
SHORT = Answer(
    question="¿Quién vino?",
    kind="short",
    language="es",
    confidence=0.9,
    answer="Ana Ruiz",
    statements=(Statement("Ana Ruiz", (1,)),),
    citations=(CITATION,),
)
WRITTEN = replace(
    SHORT,
    kind="written",
    statements=(*SHORT.statements, Statement("Fue el lunes.", (2,)), Statement("Llovía.", (1, 2))),
    citations=(CITATION, replace(CITATION, n=2, quote="Llovía el lunes.", date=None)),
    notes=(Message("No written answer: {reason}", reason=Message("its answer is empty")),),
)
ABSENT = Answer("¿Quién vino?", "absent", "es", 0.1, nearest=(CITATION,))


def test_a_short_answer_stands_before_its_quotes() -> None:
    text = "Ana Ruiz [1]\n\n[1] “Vino Ana Ruiz.”\nLa visita (1 de enero de 2024)"
    assert plain_text(SHORT) == text
    also = (Copy(article="b", title="Otra", date=None),)
    copied = replace(SHORT, citations=(replace(CITATION, also=also),))
    assert plain_text(copied) == f"{text}\nTambién en: Otra"


def test_a_written_answer_keeps_every_sentence_behind_the_short_one() -> None:
    assert said(WRITTEN) == "Ana Ruiz [1]\n\nFue el lunes. [2] Llovía. [1][2]"
    assert plain_text(WRITTEN) == (
        f"{said(WRITTEN)}\n\n(Sin respuesta redactada: la respuesta del modelo está vacía)\n\n"
        "[1] “Vino Ana Ruiz.”\nLa visita (1 de enero de 2024)\n\n[2] “Llovía el lunes.”\nLa visita"
    )


def test_a_refusal_says_what_comes_nearest() -> None:
    refused = "Los artículos no lo dicen."
    assert said(ABSENT) == refused
    assert plain_text(ABSENT) == (
        f"{refused}\n\nLos pasajes más cercanos:\n\n“Vino Ana Ruiz.”\n"
        "La visita (1 de enero de 2024)"
    )
    assert said(replace(ABSENT, unsure=True)) == "No se ha encontrado una respuesta segura."
    outside = replace(ABSENT, nearest=(), outside=True, language="en")
    assert plain_text(outside) == "The articles of this period do not say."


def test_own_words_leave_out_what_stands_in_an_article() -> None:
    assert own_words(SHORT) == ""
    assert own_words(replace(WRITTEN, notes=())) == "Fue el lunes. Llovía."
    assert own_words(ABSENT) == "Los artículos no lo dicen. Los pasajes más cercanos:"
