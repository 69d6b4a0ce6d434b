"""Dates as newspapers write them."""

from datetime import date

import pytest

from hemeroteca.index.period import day_number
from hemeroteca.index.sources.dates import date_in_name, day_comes_first, parse_date

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
        ("6 de mayo de 2.024", SPANISH),
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
    assert date_in_name("18820208_1-METS") == date(1882, 2, 8)
    assert date_in_name("18823308_1") is None
    assert date_in_name("188202081") is None
    assert date_in_name("18820208 tons of coal") is None


def test_days_compare_as_numbers() -> None:
    assert day_number(date(2025, 12, 3)) == 20251203
    assert day_number(None) == 0


@pytest.mark.parametrize(
    ("written", "text", "day"),
    [
        ("1º de mayo de 2024", SPANISH, "2024-05-01"),
        ("primero de mayo de 2024", SPANISH, "2024-05-01"),
        ("1er janvier 2024", "Le gouvernement a annoncé hier de nouvelles mesures.", "2024-01-01"),
        ("1-XI-2024", SPANISH, "2024-11-01"),
        ("Madrid, 3 de abril de 2025", SPANISH, "2025-04-03"),
        ("sábado 25 de diciembre de 1897", SPANISH, "1897-12-25"),
        ("mié., 14 jul. 2021 13:00:00 +0000", SPANISH, "2021-07-14"),
        ("mar, 04 ene 2025 10:00:00 +0100", SPANISH, "2025-01-04"),
        ("10:30 h, 4 de marzo de 2025", SPANISH, "2025-03-04"),
        ("Mi, 14 Okt 2021 13:00:00 +0200", GERMAN, "2021-10-14"),
        ("Ke, 30 Loka 2013 11:34:37 +0000", "Hallitus ilmoitti eilen uusista toimista.",
         "2013-10-30"),
        ("5 listopada 2024", "Rząd ogłosił wczoraj nowe środki gospodarcze, które", "2024-11-05"),
        ("5. listopada 2024.", "Vlada je jučer najavila nove gospodarske mjere koje", "2024-10-05"),
        ("6 tháng 5, 2024", "", "2024-05-06"),
        ("6 พฤษภาคม 2567", "", "2024-05-06"),
        ("2024年5月6日", "", "2024-05-06"),
        ("2024. május 6.", "", "2024-05-06"),
        ("6 जुलाई 2024", "", "2024-07-06"),
        ("Tue, 05 Mar 24 10:00:00 GMT", ENGLISH, "2024-03-05"),
        ("05-MAR-24", ENGLISH, "2024-03-05"),
        ("Wed Oct 10 20:19:24 +0000 2018", ENGLISH, "2018-10-10"),
        ("1740996000", "", "2025-03-03"),
        ("1740996000000", "", "2025-03-03"),
        ("20250110081530", "", "2025-01-10"),
        ("20250303T100000Z", "", "2025-03-03"),
    ],
)  # fmt: skip
def test_days_are_read_as_papers_and_programs_write_them(written: str, text: str, day: str) -> None:
    assert str(parse_date(written, text)) == day


@pytest.mark.parametrize(
    "written",
    ["mayo de 2024", "Mon, 30 Nov -0001 00:00:00 +0000", "Thu, 01 Jan 0000 00:00:00 +0000",
     "Sat, 00 Mar 2024 10:00:00 GMT", "Wed, 31 Dec 1 10:00:00 GMT", "0", "-86400", "12:30",
     "4 de julio", "hace 3 días", "31 de febrero de 2024"],
)  # fmt: skip
def test_no_year_month_or_day_is_guessed(written: str) -> None:
    assert parse_date(written, SPANISH) is None


def test_a_file_may_show_the_order_of_day_and_month() -> None:
    assert day_comes_first(["03-04-2025", "25-04-2025", "soon"]) is True
    assert day_comes_first(["03-04-2025", "04-25-2025"]) is False
    assert day_comes_first(["03-04-2025"]) is None
    assert day_comes_first(["25-04-2025", "04-25-2025"]) is None
    assert str(parse_date("03-04-2025", ENGLISH, day_first=True)) == "2025-04-03"
    assert str(parse_date("03-04-2025", "", language="es")) == "2025-04-03"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("/Date(1743638400000)/", "2025-04-03"),
        ("/Date(1743638400000+0200)/", "2025-04-03"),
        ("2025-093", "2025-04-03"),
        ("2025-366", None),
        ("2025-000", None),
    ],
)
def test_days_as_programs_count_them(written: str, day: str | None) -> None:
    assert str(parse_date(written)) == str(day)
