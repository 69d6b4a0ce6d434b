"""Dates as newspapers write them."""

from datetime import date

import pytest

from hemeroteca.index.period import day_number
from hemeroteca.index.sources.dates import date_in_name, parse_date

SPANISH = "El gobierno anunció ayer nuevas medidas económicas."
ENGLISH = "The government announced new economic measures yesterday."
GERMAN = "Die Regierung kündigte gestern neue Maßnahmen an."


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2024-05-06", ""),
        ("2024/5/6", ""),
        ("20240506", ""),
        ("2024-05-06T23:30:00-05:00", ""),  # the next day in London
        ("2024-05-06 23:30:00", ""),
        ("Mon, 06 May 2024 23:30:00 -0500", ""),
        ("6 de mayo de 2024", SPANISH),
        ("06/05/2024", SPANISH),
        ("05/06/2024", ENGLISH),
        ("May 6, 2024", ENGLISH),
        ("6. Mai 2024", GERMAN),
    ],
)
def test_a_day_is_read_in_the_language_of_the_article(written: str, text: str) -> None:
    assert parse_date(written, text) == date(2024, 5, 6)


@pytest.mark.parametrize(
    "written", ["", "soon", "ayer", "2024", "May 2024", "2024-13-01", "31/02/2024", "9" * 100_000]
)
def test_what_names_no_day_is_none(written: str) -> None:
    assert parse_date(written, SPANISH) is None


def test_a_name_may_begin_with_a_date() -> None:
    assert date_in_name("2024-05-06 council") == date(2024, 5, 6)
    assert date_in_name("2024-13-06 council") is None
    assert date_in_name("council 2024-05-06") is None
    assert date_in_name("2024-05-061") is None


def test_days_compare_as_numbers() -> None:
    assert day_number(date(2025, 12, 3)) == 20251203
    assert day_number(None) == 0
