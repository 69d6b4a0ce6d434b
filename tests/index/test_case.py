"""Texts in capitals."""

import pytest

from hemeroteca.index.text.case import in_small_letters


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("¿QUIÉN GANÓ LA CARRERA DE BURGOS?", "¿quién ganó la carrera de burgos?"),
        (
            "DIMITE EL CONCEJAL\n\nLa OTAN y la UE callan.",
            "dimite el concejal\n\nLa OTAN y la UE callan.",
        ),
        ("КТО ВЫИГРАЛ ГОНКУ?", "кто выиграл гонку?"),
        ("¿Qué hace la ONU?", "¿Qué hace la ONU?"),
        ("ONU OTAN", "ONU OTAN"),
        ("2024 3 — A B", "2024 3 — A B"),
        ("东京 大阪 京都", "东京 大阪 京都"),
        ("", ""),
    ],
)
def test_lines_in_capitals_are_read_in_small_letters(text: str, read: str) -> None:
    assert in_small_letters(text) == read
