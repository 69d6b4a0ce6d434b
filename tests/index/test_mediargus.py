"""Exports of Mediargus: contents first, then the articles."""

from datetime import date

from tests.index.exported import articles

TEXT = """?1. De brug is dicht

De Bode, woensdag 30 november 2011, p. 23, 853w.

De brug aan de Leie is sinds gisteren ...


2. Artikel zonder titel

Het Blad, dinsdag 29 november 2011, p. 6, 67w.

Het sneeuwde.


3. De klok luidt

De Bode, dinsdag 29 november 2011, p. 6, 67w.

De klok luidt fout.






30-11-2011, p.23
Jan Peeters
De brug is dicht

Niemand wist er van

De brug aan de Leie is sinds gisteren dicht: de pijlers zijn rot.

 © De Bode





29-11-2011, p.6

Het sneeuwde.





29-11-2011, p.6

Antwerpen, Limburg

De klok luidt

De klok luidt fout.

 © De Bode
"""


def test_the_contents_name_title_and_paper() -> None:
    one, two, three = articles(".txt", TEXT.encode("latin-1"))
    assert (one.title, one.day) == ("De brug is dicht", date(2011, 11, 30))
    assert one.text == (
        "Niemand wist er van\n\nDe brug aan de Leie is sinds gisteren dicht: de pijlers zijn rot."
    )
    said = one.publication
    assert (said.paper, said.page, said.authors) == ("De Bode", "23", ("Jan Peeters",))
    assert (two.title, two.publication.paper, two.text) == (None, "Het Blad", "Het sneeuwde.")
    assert (three.title, three.publication.paper) == ("De klok luidt", "De Bode")
    assert (three.text, three.publication.edition) == ("De klok luidt fout.", "Antwerpen, Limburg")
