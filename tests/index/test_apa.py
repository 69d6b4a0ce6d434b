"""Exports of the Austria Press Agency: pages and text."""

from datetime import date

from tests.index.exported import articles

TEXT = """"Der Anzeiger" Nr. 065 vom 02.04.2013      Seite: 3
Ressort: Politik

Eine Brücke wird gesperrt

Der Bürgermeister erklärt die Gründe.

"Der Anzeiger" vom 1.4.2013 hatte darüber berichtet.

___________________________________________________________________
"Blatt.at" gefunden am 28.12.2017 10:36 Uhr

Schnee im Tal

Es schneite gestern.
"""
PAGE = """<html><head><meta charset="iso-8859-1"><title>DeFacto-Campus</title></head><body>
<div class="eintrag"><pre>"Der Anzeiger" Nr. 91-KM vom 02.04.2013          Seite: 7
Ressort: Nachrichten1u2</pre> Ein Vorspann
über der Zeile.<br><h3>Eine Brücke
wird gesperrt</h3><p>   Der Bürgermeister
erklärt die Gründe. </p></div>
<div class="eintrag"><pre>"Blatt" vom 03.04.2013   Seite: 1
Ressort: SEITE 1</pre><h3>Schnee</h3>Es schneite.<br><br><p>   Im Tal. </p></div></body></html>"""


def test_text() -> None:
    one, two = articles(".txt", TEXT.encode())
    assert (one.title, one.day) == ("Eine Brücke wird gesperrt", date(2013, 4, 2))
    assert one.text == (
        "Der Bürgermeister erklärt die Gründe.\n\n"
        '"Der Anzeiger" vom 1.4.2013 hatte darüber berichtet.'
    )
    said = one.publication
    assert (said.paper, said.section, said.page) == ("Der Anzeiger", "Politik", "3")
    assert (two.title, two.day, two.text) == (
        "Schnee im Tal",
        date(2017, 12, 28),
        "Es schneite gestern.",
    )
    assert (two.publication.paper, two.publication.hour[:5]) == ("Blatt.at", "10:36")


def test_a_page() -> None:
    one, two = articles(".htm", PAGE.encode("latin-1"))
    assert (one.title, one.day) == ("Eine Brücke wird gesperrt", date(2013, 4, 2))
    assert one.text.endswith("Der Bürgermeister erklärt die Gründe.")
    assert one.subtitle == "Ein Vorspann über der Zeile."
    assert (one.publication.section, one.publication.page) == ("Nachrichten1u2", "7")
    assert (two.title, two.text) == ("Schnee", "Es schneite.\n\nIm Tal.")


def test_a_paper_and_a_day_in_a_sentence_make_no_export() -> None:
    letter = '"Der Anzeiger" vom 02.04.2013 schreibt, die Brücke werde gesperrt. Das stimmt nicht.'
    (one,) = articles(".txt", letter.encode())
    assert (one.key, one.text) == ("", letter)
