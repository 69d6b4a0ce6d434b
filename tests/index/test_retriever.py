"""Exports of Retriever, Swedish and Norwegian."""

from datetime import date

from tests.index.exported import articles

BAR = "=" * 78
SWEDISH = f"""Bibliotek
Datum 2021-09-29

Nyheter:

> Bron stängs, igen, Bladet, 2004-12-29 09:31

> Klockan ringer, Bladet, 2004-12-27


Bron stängs, igen
Bladet, 2004-12-29 09:31
Publicerat på webb.\x20

Bron stängs i sex veckor medan pelare byts ut på väst-
sidan, säger kommunen.

Frågan: när öppnar den?

©Bladet<br>Alla artiklar är skyddade enligt upphovsrättslagen.

Se webartikeln på http://ret.example/7Ml
{BAR}

Klockan ringer
Bladet, 2004-12-27
Sida 15
KULTUR.
Publicerat i print.\x20

Bildtext: Klockan
Klockan ringer fel.

©Bladet

Läs hela artikeln på http://ret.example/Mdy
"""
NORWEGIAN = f"""Nyheter:

> Brua stenges, Avisa, 29.12.2004 09:31

> Klokka ringer, Avisa, 27.12.2004


Brua stenges
Avisa, 29.12.2004 09:31
Publisert på nett.

Brua på øya stenges i dag.

© Avisa
Alle artikler er beskyttet av lov om opphavsrett til åndsverk.

Se webartikkelen på http://ret.example/1
{BAR}

Klokka ringer
Avisa, 27.12.2004
Side 15
Publisert på trykk.

Klokka ringer feil.

© Avisa
"""


def test_swedish() -> None:
    one, two = articles(".txt", SWEDISH.encode())
    assert (one.title, one.day) == ("Bron stängs, igen", date(2004, 12, 29))
    assert one.text == (
        "Bron stängs i sex veckor medan pelare byts ut på väst-sidan, säger kommunen.\n\n"
        "Frågan: när öppnar den?"
    )
    assert (one.publication.paper, one.publication.hour[:5]) == ("Bladet", "09:31")
    assert one.publication.url == "http://ret.example/7Ml"
    assert (two.title, two.day) == ("Klockan ringer", date(2004, 12, 27))
    assert (two.publication.page, two.publication.section) == ("15", "KULTUR")
    assert "Klockan ringer fel." in two.text
    assert "ret.example" not in one.text + two.text


def test_norwegian_in_its_own_encoding() -> None:
    one, two = articles(".txt", NORWEGIAN.encode("latin-1"))
    assert (one.title, one.day, one.text) == (
        "Brua stenges",
        date(2004, 12, 29),
        "Brua på øya stenges i dag.",
    )
    assert (two.day, two.publication.page, two.text) == (
        date(2004, 12, 27),
        "15",
        "Klokka ringer feil.",
    )


def test_line_ends_and_width_of_characters_make_no_difference() -> None:
    """As newer exports come: UTF-16, with the line ends of Windows."""
    wide = SWEDISH.replace("\n", "\r\n").encode("utf-16")
    assert [each.text for each in articles(".txt", wide)] == [
        each.text for each in articles(".txt", SWEDISH.encode())
    ]


def test_one_without_paper_and_day_is_not_lost() -> None:
    lost = SWEDISH.replace("Bladet, 2004-12-27\nSida", "Sida")
    _, two = articles(".txt", lost.encode())
    assert (two.title, two.day) == ("Klockan ringer", None)
