"""RIS, of several writers."""

from datetime import date

import pytest

from hemeroteca.index.sources.extract import Extract, Rejected
from tests.index.exported import articles, read

RECORDS = """\ufeffTY  - NEWS
T1  - El aceite llega a Japón
A1  - Gil, Ana
A1  - Peña, Saúl
Y1  - 2023/05/04/
T2  - La Sierra
SP  - 12
N2  - La cooperativa envió aceite.

Su presidenta negoció
dos años.
N1  - Última actualización - 2023-06-01
UR  - https://pq.example/1
ER  -\x20

TY  - NEWS
TI  - La piscina
DA  - 2023/05/17
JO  - La Voz
AB  - Abrirá a las siete.
ER  -
TY  - NEWS
TI  - La vía
PY  - 2023///
DA  - 2023/06//
AB  - Reabre el sábado.
AB  - Costó 470.000 euros.
"""


@pytest.mark.parametrize("suffix", [".ris", ".txt"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_records_of_several_writers(suffix: str, end: str) -> None:
    one, two, three = articles(suffix, RECORDS.replace("\n", end).encode())
    assert (one.title, one.day) == ("El aceite llega a Japón", date(2023, 5, 4))
    assert one.text == "La cooperativa envió aceite.\n\nSu presidenta negoció dos años."
    said = one.publication
    assert (said.paper, said.page, said.authors) == ("La Sierra", "12", ("Gil, Ana", "Peña, Saúl"))
    assert (two.day, two.publication.paper) == (date(2023, 5, 17), "La Voz")
    assert (three.day, three.text) == (None, "Reabre el sábado.\n\nCostó 470.000 euros.")


def test_a_record_without_a_text_is_named() -> None:
    lost = RECORDS.replace("AB  - Abrirá a las siete.", "KW  - piscinas")
    parts = read(".ris", lost.encode())
    assert [type(part) for part in parts] == [Extract, Rejected, Extract]


def test_a_ris_file_that_is_none_is_text() -> None:
    (one,) = articles(".ris", b"TYpical text, and no record.")
    assert one.text == "TYpical text, and no record."


def test_who_provides_the_records_may_stand_above_them() -> None:
    head = 'Provider: Biblioteca\nContent: text/plain; charset="UTF-8"\n\n\n'
    found = articles(".ris", (head + RECORDS.removeprefix("\ufeff")).encode())
    assert found[0].title == "El aceite llega a Japón"
