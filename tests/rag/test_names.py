"""Whether an article names whom a question names in full."""

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
    ("name", "text", "own", "named"),
    [
        ("Xavier Solana", "Xavier Tello habló.", True, False),
        ("Xavier Solana", "Xavier Tello habló.", False, False),
        ("Zacarías Biden", "Joe Biden habló.", True, False),
        ("Joe Biden", "Biden habló.", True, True),  # "Joe" is too short to tell
        ("Marta Lucía Ramírez", "Marta Ramírez habló.", True, True),
        ("Pope Francis", "El papa Francisco habló.", False, True),
        ("Andrés Manuel López Obrador", "López Obrador habló.", False, True),
    ],
)
def test_most_of_a_name_or_its_last_word_abroad(
    name: str, text: str, own: bool, named: bool
) -> None:
    assert names_all([name], set(cognates(text)), float(own)) is named
