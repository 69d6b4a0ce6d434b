"""How many articles an export holds, and those that it has more than once."""

from datetime import date

import pytest

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract, LeftOut, Rejected
from tests.index.exported import articles, held, read
from tests.index.test_lexisnexis import FIRST, SECOND, piece
from tests.index.test_proquest import document, exported
from tests.index.test_retriever import SWEDISH


def test_what_is_announced_and_what_is_there() -> None:
    whole = exported(document("A", "Uno.", number="1"), document("B", "Dos.", "2022", "2"))
    count = held(".txt", whole)
    assert (count.found, count.announced, count.undated, count.repeated) == (2, 2, 1, 0)
    cut = whole.replace(b"1 of 2", b"1 of 100").replace(b"2 of 2", b"2 of 100")
    assert (held(".txt", cut).found, held(".txt", cut).announced) == (2, 100)
    assert not held(".txt", cut).is_whole


def test_the_same_once_more_is_counted_as_such() -> None:
    again = document("A", "Uno.", number="1")
    count = held(".txt", exported(again, again))
    assert (count.found, count.repeated, count.announced) == (1, 1, 2)
    assert count.is_whole


PRINTED = """Klockan ringer fel
Bladet, 2004-12-27
Sida 15
Publicerat i print.

Klockan i kyrkan ringer sedan i går tretton slag vid middag. Ingen vet varför.

Den lagas i mars.

©Bladet
"""
TEASER = """Klockan ringer fel
Bladet (webb), 2004-12-26 18:04
Publicerat på webb.

Klockan i kyrkan ringer sedan i går tretton sl…

©Bladet

Se webartikeln på http://ret.example/K1
"""


def retriever(*parts: str) -> bytes:
    return (
        "Nyheter:\n\n> Klockan, Bladet, 2004-12-27\n\n\n" + f"{'=' * 78}\n\n".join(parts)
    ).encode()


@pytest.mark.parametrize("parts", [(PRINTED, TEASER), (TEASER, PRINTED)])
def test_the_printed_and_the_web_copy_are_one_with_both_sources(parts: tuple[str, str]) -> None:
    one, other = read(".txt", retriever(*parts))
    assert isinstance(one, Extract)
    assert isinstance(other, LeftOut)
    assert one.text.endswith("Den lagas i mars.")
    said = one.publication
    assert (said.page, said.url, said.hour[:5]) == ("15", "http://ret.example/K1", "18:04")
    assert one.day == date(2004, 12, 27)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("Bladet (webb)", "Tidningen"),
        ("2004-12-26", "2004-11-26"),
        ("Klockan ringer fel", "Klockan lagas"),
        ("Klockan i kyrkan ringer sedan", "Klockan i kyrkan slår sedan"),
    ],
)
def test_another_paper_day_title_or_text_is_another_article(said: str, instead: str) -> None:
    other = TEASER.replace(said, instead)
    assert len(articles(".txt", retriever(PRINTED, other))) == 2


def test_an_export_without_articles_is_named() -> None:
    parts = read(".ris", b"TY  - NEWS\nTI  - A title\nER  - \n")
    assert [type(part) for part in parts] == [Rejected]


COVER = "Download Request: Selected Items: 1-2\nTime Of Request: Friday, December 02, 2031\n"


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".txt", COVER.encode()),
        (".txt", b"Bibliotek\nDatum 2021-09-29\n\nNyheter:\n\n> Klockan, Bladet, 2004-12-27\n"),
        (".html", b"<html><head><title>Factiva</title></head><h1>Dow Jones Factiva</h1></html>"),
        (".html", b"<html><head><title>ProQuest Export</title></head><p>Contact us</p></html>"),
    ],
)
def test_a_cover_without_articles_is_said_to_be_one(suffix: str, data: bytes) -> None:
    with pytest.raises(ArticleError, match="and holds no article"):
        read(suffix, data)


def test_a_hundred_are_announced_and_fewer_are_there() -> None:
    made = "".join(piece(FIRST if n else SECOND, f"{n + 1} of 100 DOCUMENTS") for n in range(2))
    count = held(".txt", made.encode())
    assert (count.found, count.announced, count.is_whole) == (2, 100, False)


def test_contents_say_how_many_there_are() -> None:
    cut = SWEDISH[: SWEDISH.index("=" * 78)]
    count = held(".txt", cut.encode())
    assert (count.found, count.announced) == (1, 2)
