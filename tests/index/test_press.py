"""What exports of press databases share: recognising them, dates, articles that come twice."""

from datetime import date

import pytest

from hemeroteca.index.sources.press.dates import Dated, find_date, is_date
from hemeroteca.index.sources.press.words import authors, section_and_page


@pytest.mark.parametrize(
    ("line", "day", "hour"),
    [
        ("May 23, 2023 Tuesday 1:42 PM GMT", date(2023, 5, 23), "13:42"),
        ("October 17, 2000, Tuesday,, FINAL EDITION", date(2000, 10, 17), ""),
        ("March 25, 2010 Thursday", date(2010, 3, 25), ""),
        ("mercredi 17 avril 2013 20:15 GMT", date(2013, 4, 17), "20:15"),
        ("mercredi 1er janvier 2025 15:22 UTC +0100", date(2025, 1, 1), "15:22"),
        ("Sonntag 14.Mai 2023", date(2023, 5, 14), ""),
        ("3 Julho 2018 Terça-feira 12:27 AM GMT", date(2018, 7, 3), "00:27"),
        ("27. Februar 2012 Montag 9:50 PM GMT+1", date(2012, 2, 27), "21:50"),
        ("3 luglio 2018 martedì", date(2018, 7, 3), ""),
        ("zaterdag 5 maart 2011", date(2011, 3, 5), ""),
        ("2018 年 9 月 18 日 01:01", date(2018, 9, 18), "01:01"),
        ("1º de maio de 2019", date(2019, 5, 1), ""),
        ("28.12.2017 10:36 Uhr", date(2017, 12, 28), "10:36"),
    ],
)
def test_a_line_that_says_when(line: str, day: date, hour: str) -> None:
    found = is_date(line)
    assert found is not None
    assert (found.day, found.hour) == (day, hour)


def test_a_day_is_found_where_it_stands() -> None:
    line = "Communication, mardi 14 mars 2006, p. 16"
    assert find_date(line) == Dated(date(2006, 3, 14), "", 15, 33)
    assert line[15:33] == "mardi 14 mars 2006"


@pytest.mark.parametrize("line", ["Le Soir 5 juin 2011", "Edición 3 mayo 2018", "12 Monate 2010"])
def test_a_line_that_begins_otherwise_is_no_date(line: str) -> None:
    assert is_date(line) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Por MARTA SEIJO; ARENAL", ("MARTA SEIJO",)),
        ("ANA GIL / MADRID", ("ANA GIL",)),
        ("M. MAS / J. RUIZ", ("M. MAS", "J. RUIZ")),
        ("EL FARO / AGENCIAS", ("EL FARO", "AGENCIAS")),
        ("ANA GIL / EFE", ("ANA GIL", "EFE")),
        ("Von Hilke Sanders, Norden", ("Hilke Sanders",)),
        ("HAAN, FRED", ("HAAN, FRED",)),
        ("By Ann Poe and Bo Roe", ("Ann Poe", "Bo Roe")),
    ],
)
def test_the_names_in_a_byline(line: str, names: tuple[str, ...]) -> None:
    assert authors(line) == names


def test_a_page_with_the_number_of_the_paper_behind_it() -> None:
    assert section_and_page("S. 7 Ausg. 167") == ("S. 7", "7")
    assert section_and_page("SUCESOS; Base; Pág. 20") == ("SUCESOS", "20")
