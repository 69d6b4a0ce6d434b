"""Whether an article names whom a question names in full."""

from dataclasses import replace

import pytest

from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.kinds.names import full_names, names_all
from hemeroteca.rag.question import check_question


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Marta Lucía Ramírez say in Bogotá?", ["Marta Lucía Ramírez"]),
        ("¿Qué dijeron Pedro Sánchez, Pablo Casado y Vox?", ["Pedro Sánchez", "Pablo Casado"]),
        ("Compare Joe Biden and Donald Trump", ["Joe Biden", "Donald Trump"]),
        ("¿quién es pedro sánchez?", []),
        ("Was sagte der Alte Mann?", []),  # every German noun has a capital
        ("Где нашли Камеля Насифа?", []),  # Kamel Nacif
    ],
)
def test_names_of_several_words(question: str, names: list[str]) -> None:
    assert full_names(check_question(question)) == names


@pytest.mark.parametrize(
    ("name", "text", "language", "named"),
    [
        ("Xavier Solana", "Xavier Tello habló.", "en", False),
        ("Xavier Solana", "Xavier Tello habló.", "es", False),
        ("Zacarías Biden", "Joe Biden habló.", "en", False),
        ("Joe Biden", "Biden habló.", "en", True),  # "Joe" is too short to tell
        ("Marta Lucía Ramírez", "Marta Ramírez habló.", "en", True),
        ("Pope Francis", "El papa Francisco habló.", "es", True),
        ("Andrés Manuel López Obrador", "López Obrador habló.", "es", True),
        ("Supreme Court", "El Tribunal Supremo anuló la orden.", "es", True),
        ("Supreme Court", "The judge of Leeds spoke.", "en", False),
        ("Data Protection Agency", "La AEPD impuso una multa.", "es", True),
        ("South Korea", "Corea del Sur cerró la frontera.", "es", True),
        ("South Korea", "El sur de Chile cerró la frontera.", "es", False),
        ("United Kingdom", "El Reino Unido votó.", "es", True),
    ],
)
def test_most_of_a_name_or_what_another_language_calls_it(
    name: str, text: str, language: str, named: bool
) -> None:
    asked = f"When did the {name} announce its second measure?"
    question = replace(check_question(asked), languages={"en": 1.0})
    assert names_all([name], set(cognates(text)), question, language) is named
