"""Exports of Europresse, in today's layout and in that before 2014."""

from datetime import date

import pytest

from hemeroteca.index.sources.extract import Extract, Rejected
from tests.index.exported import articles, read


def today(header: str, title: str = "Le pont", body: str = "<p>Il rouvre.</p>", number: str = "1",
          around: str = "", below: str = "") -> str:  # fmt: skip
    return f"""<article> <header> <div class="rdp__DocPublicationName">
<span class="DocPublicationName">Le Quai, no. 243   </span></div>
<div><span class="DocHeader">{header}</span></div>{around}
<div class="titreArticle">
<p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">{title}</p>
<p class="sm-margin-TopNews rdp__subtitle">Sous-titre</p></div>{below}</header>
<section><div class="DocText clearfix">
<div class='docOcurrContainer'>{body}</div></div></div></section>
<aside><div><p><b>Illustration(s) : </b></p><div><p>Une photo.</p></div></div></aside>
<footer><small>© 2025 Le Quai. Tous droits réservés.</small>
<p>Numéro de document : news·20250115·LQ·{number}</p>
<span>Date d'émission : <b>2025-07-04</b></span></footer> </article>"""


def page(*parts: str) -> bytes:
    return f"<!DOCTYPE html><html><body>{' '.join(parts)}</body></html>".encode()


@pytest.mark.parametrize(
    ("header", "day", "section", "hour", "at"),
    [
        ("Ville, mardi 14 janvier 2025, p. 16", date(2025, 1, 14), "Ville", "", "16"),
        ("Une, mercredi 1er janvier 2025 15:22 UTC +0100", date(2025, 1, 1), "Une", "15:22", ""),
        ("Monday, February 10, 2025", date(2025, 2, 10), "", "", ""),
        ("World, Friday, November 13, 2015", date(2015, 11, 13), "World", "", ""),
        ("Sociedad, viernes, 7 de febrero de 2025, p. 4", date(2025, 2, 7), "Sociedad", "", "4"),
        ("Une, mercredi 11 septembre 2024 134 mots, p. 11", date(2024, 9, 11), "Une", "", "11"),
        ("Economie, lundi 13 mars 2006, p. MDE6", date(2006, 3, 13), "Economie", "", "MDE6"),
    ],
)  # fmt: skip
def test_the_header_says_section_day_and_page(
    header: str, day: date, section: str, hour: str, at: str
) -> None:
    (one,) = articles(".html", page(today(header)))
    said = one.publication
    assert (one.day, said.section, said.page) == (day, section, at)
    assert said.hour[:5] == hour
    assert (said.paper, one.subtitle, one.key) == ("Le Quai", "Sous-titre", "news·20250115·LQ·1")


def test_without_a_day_in_the_header_there_is_none() -> None:
    """Neither that of the export nor that in the number, which is the day after."""
    (one,) = articles(".html", page(today("Ville, p. 16")))
    assert one.day is None


def test_all_that_is_no_text_stays_out_of_it() -> None:
    marked = "<p>La <mark>rou</mark>te, <mark>enfin</mark>.</p><p>Note : fin.</p>"
    (one,) = articles(".html", page(today("mardi 14 janvier 2025", body=marked)))
    assert one.text.endswith("La route, enfin.\n\nNote : fin.\n\nUne photo.")


@pytest.mark.parametrize("below", [
    '<div class="docAuthors">Odile Vern</div>',
    '<p class="sm-margin-bottomNews">Odile Vern</p>',
    "<div>Odile Vern</div>",
])  # fmt: skip
def test_authors_stand_below_the_title(below: str) -> None:
    (one,) = articles(".html", page(today("mardi 14 janvier 2025", below=below)))
    assert one.publication.authors == ("Odile Vern",)


def test_two_of_one_title_and_day_are_two_and_tags_that_are_not_closed_harm_nobody() -> None:
    first = today("mardi 14 janvier 2025", body="<p>Un.<div>", number="1").replace("</article>", "")
    one, two = articles(
        ".html", page(first, today("mardi 14 janvier 2025", body="Deux.", number="2"))
    )
    assert [each.text.split("\n\n")[-2] for each in (one, two)] == ["Un.", "Deux."]
    assert {one.key, two.key} == {"news·20250115·LQ·1", "news·20250115·LQ·2"}


def test_a_notice_of_an_error_among_articles_is_named() -> None:
    lost = '<article><header><span class="DocPublicationName">Le Quai</span></header></article>'
    whole = today("mardi 14 janvier 2025")
    parts = read(".html", page(whole, lost, whole.replace("LQ·1", "LQ·2")))
    assert [type(part) for part in parts if isinstance(part, Extract | Rejected)].count(
        Extract
    ) == 2


OLD = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"></head>
<body><table><tr><td><span class="DocPublicationName">Le Quai, no. 59</span><br>
<span class="DocHeader">Éditorial, </span><span class="DocHeader">jeudi </span>
<span class="DocHeader">4 octobre 2012</span><span class="DocHeader">, p. 03</span><br><br>
Surtitre<br><span class="TitreArticleVisu">Le <span style="color:red">pont</span> rouvre</span><br>
<br>
Odile Vern<br><p></p>Il <span style="color:red; font-weight:bold">rouv</span>re.
<font style="font-weight:bold;">Enfin.</font><p></p>Demain.<p></p>
<b><i>© 2012 Le Quai. Tous droits réservés.</i></b><p></p>Numéro de document : news·20121003·LQ·15
<br><br><table><tr><td>Date d'émission : <b>2012-10-05</b></td></tr></table></td></tr></table>
<table><tr><td><span class="DocPublicationName">Le Mag</span><br>
<span class="DocHeader">mercredi </span>
<span class="DocHeader">3 octobre 2012</span><br><br>
<span class="TitreArticleVisu">Sans auteur</span>
<br><br>Le texte.<p></p><b><i>© 2012 Le Mag.</i></b><p></p>Numéro : news·20121004·LM·1</td></tr>
</table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_the_layout_before_2014_has_no_elements(encoding: str) -> None:
    one, two = articles(".html", OLD.encode(encoding))
    assert (one.title, one.day) == ("Le pont rouvre", date(2012, 10, 4))
    assert one.text.endswith("Il rouvre. Enfin.\n\nDemain.")
    said = one.publication
    assert (said.paper, said.section, said.page) == ("Le Quai", "Éditorial", "03")
    assert (said.authors, one.subtitle) == (("Odile Vern",), "Surtitre")
    assert (two.title, two.day, two.text) == ("Sans auteur", date(2012, 10, 3), "Le texte.")
