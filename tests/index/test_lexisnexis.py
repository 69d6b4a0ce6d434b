"""Exports of LexisNexis: plain text that is wrapped, and web pages."""

import re
from datetime import date
from textwrap import wrap

import pytest

from hemeroteca.index.sources.extract import Extract, LeftOut
from tests.index.exported import Written, articles, read

FIRST = Written(
    "La banda graba su primer disco", "Hoja de Arenal", "March 18, 2008 Tuesday",
    date(2008, 3, 18),
    ("La banda municipal ha grabado nueve pasodobles compuestos en la comarca por el franco-"
     "alemán Nicanor Beltrán, que buscó las partituras en desvanes de toda la provincia.",
     "CONDICIONES: el plazo acaba a fin de mes.", "SECTION: así se llama la pieza final.",
     "Se editarán 800 copias."),
    section="CULTURA; Pg. 31", byline="JULIÁN ORDÁS",
)  # fmt: skip
SECOND = Written(
    "Schüler bauen eine Wetterstation", "Norder Nachrichten", "Mittwoch 31. August 2011",
    date(2011, 8, 31), ("Zwölf Schüler haben eine Wetterstation gebaut.",),
)  # fmt: skip
COVER = """


Download Request: Selected Items: 1-2
Time Of Request: Friday, December 02, 2031  08:58:19 EST

Terms: ((banda) and Date(geq(03/15/2008)))


"""


def piece(article: Written, number: str = "1 of 2 DOCUMENTS", edition: str = "") -> str:
    body = "\n\n".join("\n".join(wrap(each, 78)) for each in article.paragraphs)
    section = f"SECTION: {article.section}\n\n" if article.section else ""
    byline = f"BYLINE: {article.byline}\n\n" if article.byline else ""
    return (
        f"\n{number:>48}\n\n\n{article.paper:>50}\n\n{article.when:>52}\n"
        + (f"{edition:>48}\n" if edition else "")
        + f"\n{article.title}\n\n{byline}{section}LENGTH: 201 words\n\n\n{body}\n\n"
        "LOAD-DATE: March 28, 2031\n\nLANGUAGE: SPANISH; ESPANOL\n\nGRAPHIC: Foto, la plaza\n\n"
        f"PUBLICATION-TYPE: Periodico\n\n\n{'Copyright 2008 Prensa':>50}\n"
        f"{'All Rights Reserved':>50}\n\n"
    )


def test_each_article_of_a_text_is_one() -> None:
    made = COVER + piece(FIRST, edition="PRIMERA Edición") + piece(SECOND, "8 of 383 DOCUMENTS")
    one, two = articles(".txt", ("\ufeff" + made.replace("\n", "\r\n")).encode())
    assert (one.title, one.day) == (FIRST.title, FIRST.day)
    assert one.text == "\n\n".join((*FIRST.paragraphs, "Foto, la plaza"))
    said = one.publication
    assert (said.paper, said.section, said.page) == (FIRST.paper, "CULTURA", "31")
    assert (said.edition, said.authors) == ("PRIMERA Edición", ("JULIÁN ORDÁS",))
    assert (two.title, two.day, two.publication.paper) == (SECOND.title, SECOND.day, SECOND.paper)


@pytest.mark.parametrize(
    "number",
    ["Dokument 1 von 3", "FOCUS - 1 of 3 DOCUMENTS", "1 of 1 DOCUMENT", "Document 2 de 3",
     "1 van 3 DOCUMENTEN", "\f         1 of 3 DOCUMENTS", 9 * "\xa0" + "1 of 3 DOCUMENTS"],
)  # fmt: skip
def test_the_line_between_articles_in_any_interface(number: str) -> None:
    (found,) = articles(".txt", piece(SECOND, number).encode())
    assert found.title == SECOND.title


def test_fields_of_the_dutch_form() -> None:
    made = """
                                Dokument 3 von 3

                         Copyright 2002 De Zandkoerier

                                 De Zandkoerier

                               24. September 2002

                               September 24, 2002

LENGTE: 158 words

KOP: Veerpont krijgt een tweede schipper

AUTEUR: HAAN, FRED

TEKST:

De veerpont vaart vanaf maandag.

Een kaartje kost 1,20 euro.

TAAL: Dutch / Nederlands

LOAD-DATE: September 26, 2002
"""
    (found,) = articles(".txt", made.encode())
    assert (found.title, found.day) == ("Veerpont krijgt een tweede schipper", date(2002, 9, 24))
    assert found.text == "De veerpont vaart vanaf maandag.\n\nEen kaartje kost 1,20 euro."
    assert found.publication.paper == "De Zandkoerier"


def test_a_text_that_is_cut() -> None:
    made = piece(FIRST) + piece(SECOND)
    cut = made[: made.index("Wetterstation gebaut") + 10]
    one, two = articles(".txt", cut.encode())
    assert (one.title, two.title, two.day) == (FIRST.title, SECOND.title, SECOND.day)
    assert two.text == "Zwölf Schüler haben eine Wetterstat"


def test_a_text_that_merely_counts_documents_is_no_export() -> None:
    text = "El juez leyó ayer 3 of 5 documents en la sala.\n\n3 of 5 documents\n\nY siguió."
    (found,) = articles(".txt", text.encode())
    assert found.key == ""


def block(*paragraphs: str) -> str:
    return (
        "<BR><DIV CLASS=c5>"
        + "".join(f"<P><SPAN>{each}</SPAN></P>" for each in paragraphs)
        + ("</DIV>")
    )


def html(article: Written, n: int) -> str:
    when = re.sub(r"^(\S+)", r"</SPAN><SPAN CLASS=hit>\1</SPAN><SPAN>", article.when)
    return (
        f'<A NAME="DOC_ID_0_{n}"></A><!-- Hide XML section from browser\n<DOC NUMBER=1> -->'
        + block(f"{n} of 2 DOCUMENTS")
        + block(f'<IMG ALT="https://a.example"><BR>{article.paper}')
        + block(f"{when}<BR>Late Edition")
        + block(article.title.replace(" ", ";<BR>", 1))
        + block("</SPAN><SPAN>LENGTH: </SPAN><SPAN>201 words")
        + block(*article.paragraphs)
        + block("SUJET: </SPAN><SPAN>FORÊT (90%)")
        + block("DATE-CHARGEMENT: 13 March 2031")
        + block("Copyright 2008 Prensa<BR>All Rights Reserved")
    )


def test_a_page() -> None:
    notice = '<A NAME="DOC_ID_0_9"></A>' + block(
        "We are sorry but there is an error in this document"
    )
    page = f"<HTML><BODY>{html(FIRST, 1)}{notice}{html(SECOND, 2)}</BODY></HTML>"
    parts = read(".html", page.encode())
    assert [type(part) for part in parts] == [Extract, LeftOut, Extract]
    found = [part for part in parts if isinstance(part, Extract)]
    for each, written in zip(found, (FIRST, SECOND), strict=True):
        assert each.text == "\n\n".join(written.paragraphs)
        assert (each.day, each.title) == (written.day, written.title.replace(" ", "; ", 1))
        assert (each.publication.paper, each.publication.edition) == (written.paper, "Late Edition")


def number(line: str = "1 of 2 DOCUMENTS") -> str:
    return f"\n{line:>48}\n\n"


OLDER = (
    number()
    + f"{'Hoja de Arenal':>48}\n\n"
    + """Vuelve el tranvía a la avenida
después de catorce años

                             April 20, 2003, Sunday
                          23:22 Central European Time


El tranvía volvió el domingo.

Llevaba catorce viajeros.

SECTION: LOCAL

LENGTH: 107 words

LOAD-DATE: May 8, 2003

LANGUAGE: SPANISH

HIGHLIGHT:


La línea había cerrado en 1989.

                            Copyright 2003 Prensa
"""
)


def test_the_order_in_which_the_headline_stands_above_the_day() -> None:
    one, two = articles(".txt", (OLDER + piece(FIRST)).encode())
    assert (one.title, one.day) == (
        "Vuelve el tranvía a la avenida después de catorce años", date(2003, 4, 20),
    )  # fmt: skip
    assert one.text.split("\n\n") == [
        "La línea había cerrado en 1989.", "El tranvía volvió el domingo.",
        "Llevaba catorce viajeros.",
    ]  # fmt: skip
    assert (one.publication.paper, one.publication.section) == ("Hoja de Arenal", "LOCAL")
    assert two.title == FIRST.title


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("LANGUAGE:", "TRANSCRIPT: 0111.V2\n\nBIBLIOGRAPHIE: Gil, Ana\n\nLANGUAGE:"),
        ("LENGTH:", "RUNNERS: Ana Gil, Luis Mas\n\nLENGTH:"),
        ("LOAD-DATE:", "VIEW ORIGINAL PAGE: ,\n\nLOAD-DATE:"),
        ("LENGTH: 201 words", "201 words"),
        ("LENGTH: 201 words", "LENGTH: 201 words\n\nBODY:\n"),
        ("Hoja de Arenal\n", "Hoja de Arenal\n\nhttps://hoja.example/2008/03/la-\n-banda\n"),
    ],
)
def test_fields_that_nobody_knows_are_no_text(said: str, instead: str) -> None:
    made = piece(FIRST).replace(said, instead, 1)
    (found,) = articles(".txt", made.encode())
    assert found.text == "\n\n".join((*FIRST.paragraphs, "Foto, la plaza"))
    assert (found.title, found.day) == (FIRST.title, FIRST.day)


def test_a_paper_is_its_own_line_above_the_report_and_its_month() -> None:
    report = (
        f"{'Cuadernos del Viento':>50}\n{'Informe de molinos, primavera':>52}\n{'March 2008':>45}"
    )
    text = piece(FIRST).replace(f"{FIRST.paper:>50}\n\n{FIRST.when:>52}", report)
    [found] = articles(".txt", (COVER + text).encode())
    assert found.publication.paper == "Cuadernos del Viento"


def test_the_paper_below_whose_it_is_and_texts_with_names() -> None:
    made = (
        number()
        + """                           Copyright 2003 Le Monde
                                    Le Monde

                                  27 mars 2003

SECTION: Sports

TITRE: La guerre affecte peu les matchs

CHAPEAU:

Les matchs sont peu touchés.

ARTICLE:

En sport comme ailleurs, nul ne doute.

LANGUE: FRENCH; FRANCAISE
"""
    )
    (found,) = articles(".txt", made.encode())
    assert (found.title, found.day) == ("La guerre affecte peu les matchs", date(2003, 3, 27))
    assert found.publication.paper == "Le Monde"
    assert found.text == "Les matchs sont peu touchés.\n\nEn sport comme ailleurs, nul ne doute."


def test_a_line_between_articles_that_is_not_centred() -> None:
    made = piece(FIRST) + "\n12 of 169 DOCUMENTS\n\n\n" + piece(SECOND).split("\n\n\n", 1)[1]
    assert [each.title for each in articles(".txt", made.encode())] == [FIRST.title, SECOND.title]


def test_an_article_that_is_a_headline_and_a_picture() -> None:
    body = "\n\n".join("\n".join(wrap(each, 78)) for each in FIRST.paragraphs)
    (found,) = articles(".txt", piece(FIRST).replace(body, "").encode())
    assert (found.title, found.text) == (FIRST.title, "Foto, la plaza")
