"""Exports of ProQuest: text in two languages of the interface, pages, mail."""

from datetime import date
from email.message import EmailMessage

import pytest

from hemeroteca.index.sources.extract import LeftOut
from tests.index.exported import articles, read

RULE = "_" * 60


def document(
    title: str,
    text: str,
    day: str = "Mar 9, 2022",
    number: str = "263701",
    labels: tuple[str, ...] = ("Full text", "Title", "Publication title", "Publication date",
                               "Section", "ProQuest document ID", "Last updated"),
) -> str:  # fmt: skip
    full, named, paper, published, section, own, updated = labels
    return (
        f"{title}\n\nhttps://pq.example/{number}?date=2001-01-01\n\n{full}: {text}\n\n"
        f"{named}: {title}, in short\n\n{paper}: La Hoja; Ribera\n\n{published}: {day}\n\n"
        f"{section}: Local\n\n{own}: {number}\n\n{updated}: 2023-10-10\n"
    )


def exported(*documents: str) -> bytes:
    numbered = [
        f"\nDocument {n} of {len(documents)}\n\n{each}\n" for n, each in enumerate(documents, 1)
    ]
    footer = "\nContact us at: http://pq.example\nDatabase copyright 2023\n"
    return "".join(f"{RULE}\n{part}" for part in (*numbered, footer)).encode()


def test_each_document_is_an_article() -> None:
    one, two = articles(
        ".txt",
        exported(
            document("El puente abre", "Abrió ayer.\nNadie lo cruzó.\n\nPregunta: ¿quién?"),
            document("La feria cierra", "Cerró el lunes.\n\nCAPTION: La noria\nCREDIT: Ana Mas",
                     "Jan 1, 2022", "263702"),
        ),
    )  # fmt: skip
    assert (one.title, one.day, one.key) == ("El puente abre", date(2022, 3, 9), "263701")
    assert one.text == "Abrió ayer.\n\nNadie lo cruzó.\n\nPregunta: ¿quién?"
    assert (one.publication.paper, one.publication.section) == ("La Hoja; Ribera", "Local")
    assert (two.title, two.day) == ("La feria cierra", date(2022, 1, 1))
    assert two.text == "Cerró el lunes.\n\nLa noria\n\nAna Mas"


def test_the_names_of_the_fields_are_those_of_the_interface() -> None:
    spanish = ("Texto completo", "Título", "Título de publicación", "Fecha de publicación",
               "Sección", "ID del documento de ProQuest", "Última actualización")  # fmt: skip
    (one,) = articles(
        ".txt", exported(document("Nieva", "Nevó en mayo.", "9 mar 2022", "7", spanish))
    )
    assert (one.title, one.day, one.key, one.text) == (
        "Nieva",
        date(2022, 3, 9),
        "7",
        "Nevó en mayo.",
    )


@pytest.mark.parametrize("day", ["Mar 9, 2 022", "Ma r 9, 2022", "09 Mar 2022"])
def test_blanks_within_a_date_are_none_of_it(day: str) -> None:
    assert [each.day for each in articles(".txt", exported(document("A", "B.", day)))] == [
        date(2022, 3, 9)
    ]


def test_labels_without_their_blanks_are_the_same() -> None:
    damaged = document("A", "B.").replace("Publication date", "Publicationdate")
    assert articles(".txt", exported(damaged))[0].day == date(2022, 3, 9)


def test_without_a_day_there_is_none() -> None:
    """The day of the last change is no day of the article."""
    (one,) = articles(".txt", exported(document("A", "B.", "2022")))
    assert one.day is None


def test_an_article_exported_twice_is_one_and_two_with_one_number_are_two() -> None:
    again = document("Nieva", "Nevó en mayo.")
    other = document("Llueve", "Llovió en junio.")
    first, twice, third = read(".txt", exported(again, again, other))
    assert isinstance(twice, LeftOut)
    assert [getattr(each, "text", "") for each in (first, third)] == [
        "Nevó en mayo.",
        "Llovió en junio.",
    ]


PAGE = """<html><head><title>ProQuest Export</title></head><body><p>Email 1 of 2</p>
<div><a name="DocID_MSTAR_91"></a><p>Snow in May</p>
<p><strong>Author:  </strong>Poe, Ann; Roe, Bo</p>
<p><strong>Abstract:  </strong></p><p>It snowed.</p>
<p><strong>Full text: </strong><Text WordCount="9" HTMLContent="true">html&gt;<head><title></title>
</head><body><p>It snowed <span class="hit">in</span> the <span class="hit">val</span>ley.</p>
<p>Subject: nobody knew why.</p><p>Nobody.</p></body></html></Text></p>
<p><strong>Subject: </strong>Weather</p><p><strong>Publication title: </strong>The Leaf; York</p>
<p><strong>Pages: </strong>A.2</p><p><strong>Publication date: </strong>May 8, 2010</p>
<p><strong>ProQuest document ID: </strong>91</p>
<p><strong>Last updated: </strong>2017-11-07</p></div>
<div class="copyright"><p>Contact ProQuest</p></div></body></html>"""


def check_page(suffix: str, data: bytes) -> None:
    (one,) = articles(suffix, data)
    assert (one.title, one.day, one.key) == ("Snow in May", date(2010, 5, 8), "91")
    assert one.text == "It snowed in the valley.\n\nSubject: nobody knew why.\n\nNobody."
    assert one.publication.authors == ("Poe, Ann", "Roe, Bo")
    assert (one.publication.paper, one.publication.page) == ("The Leaf; York", "A.2")


def test_a_page_has_its_text_in_a_page_of_its_own() -> None:
    check_page(".html", PAGE.encode())


def test_the_page_that_is_mailed_is_read_as_one_that_is_saved() -> None:
    mail = EmailMessage()
    mail["Subject"] = "Your ProQuest Research"
    mail["Date"] = "Sun, 05 Jul 2020 01:02:03 -0400"
    mail.set_content("See the page.")
    mail.add_alternative(PAGE, subtype="html", cte="quoted-printable")
    check_page(".eml", mail.as_bytes())
    check_page(".txt", mail.as_bytes())


def test_one_cut_in_the_middle_is_read_up_to_there() -> None:
    whole = exported(document("A", "B.", number="1"), document("C", "D.\nE.", number="2"))
    parts = articles(".txt", whole[: whole.index(b"E.") + 2])
    assert [each.text for each in parts] == ["B.", "D.\n\nE."]
