"""Exports of Factiva: fields by their place or code, whatever the page they were saved from."""

from datetime import date
from email.message import EmailMessage

import pytest

from hemeroteca.index.sources.extract import Extract, LeftOut
from tests.index.exported import Written, articles, nexis_article, paragraph, read
from tests.index.test_rich_text import rtf
from tests.index.test_word import docx

FIRST = Written(
    "El puente reabre con un carril", "El Faro de Arenal", "9 enero 2024", date(2024, 1, 9),
    ("El puente de hierro reabrió ayer.", "El Documento de cesión se firmó el 3 marzo 1988.",
     "Conclusión: faltan dos pilares."),
    section="Local", byline="Por Nuria Teixeiro", number="FAROVA0020240109ek190000a",
)  # fmt: skip
SECOND = Written(
    "Harbour café wins a reprieve", "The Stanmere Gazette", "6 mayo 2024", date(2024, 5, 6),
    ("The harbour café will stay.",), number="STANGZ0020240506ek560000d",
)  # fmt: skip
SUMMARY = (
    '<table class="searchPreview"><tr><td class="sbSummaryTitle" colspan="2">Resumen</td></tr>'
    "<tr><td>Texto</td><td>carril</td></tr><tr><td>Fecha</td><td>7 enero 2031</td></tr></table>"
)


def plain(article: Written, language: str, named: str, hour: str = "") -> str:
    section = f"<div>{article.section}</div>" if article.section else ""
    author = f'<div class="author">{article.byline} </div>' if article.byline else ""
    body = "".join(
        f'<p class="articleParagraph {language}articleParagraph">{each}</p>'
        for each in article.paragraphs
    )
    return (
        f'<div id="article-{article.number}" class="article">'
        f'<div class="article {language}Article">'
        f"<p>{section}<div id=\"hd\"><span class='{language}Headline'>{article.title}</span></div>"
        f"{author}<div>1.212 palabras</div><div>{article.when}</div>{hour}"
        f"<div>{article.paper}</div>"
        f"<div>{article.number[:6]}</div><div>Primera</div><div>12</div><div>{named}</div>"
        f"<div>© 2024 Prensa, S.L.</div></p>{body}<p>Prensa, S.L.</p>"
        f"<p>Documento {article.number}</p></div></div><br/><span></span>"
    )


def page(*made: str) -> bytes:
    return (
        f"<html><head><title>Factiva</title></head><body>{''.join(made)}{SUMMARY}</body>".encode()
    )


def check(found: list[Extract]) -> None:
    assert [each.key for each in found] == [FIRST.number, SECOND.number]
    for each, written in zip(found, (FIRST, SECOND), strict=True):
        assert (each.title, each.day) == (written.title, written.day)
        assert each.text == "\n\n".join(written.paragraphs)
        assert each.publication.paper == written.paper
        assert each.publication.section == written.section
    assert found[0].publication.authors == ("Nuria Teixeiro",)


def test_a_page() -> None:
    hour = "<div>09:15</div>"
    found = articles(
        ".html", page(plain(FIRST, "es", "Español"), plain(SECOND, "en", "Inglés", hour))
    )
    check(found)
    assert (found[0].publication.page, found[0].publication.edition) == ("12", "Primera")
    assert found[1].publication.hour == "09:15"


def test_hits_join_their_words_and_the_addresses_of_links_are_left_out() -> None:
    made = plain(FIRST, "es", "Español").replace("hierro", "hie<b>rro</b>[https://a.example/b]")
    (found,) = articles(".html", page(made))
    assert found.text == "\n\n".join(FIRST.paragraphs)


def test_the_place_in_a_counted_list_is_none_of_the_headline() -> None:
    said = Written(**vars(FIRST) | {"title": "12) Cedido (1) de dos (2) puentes"})
    made = plain(said, "es", "Español")
    (found,) = articles(".html", page(made.replace("esHeadline", "esHeadline counted")))
    assert found.title == "Cedido (1) de dos (2) puentes"
    (found,) = articles(".html", page(made))
    assert found.title == said.title


def test_an_article_that_is_there_twice_is_one() -> None:
    made = plain(FIRST, "es", "Español")
    parts = read(".html", page(made, made))
    assert [type(part) for part in parts] == [Extract, LeftOut]


@pytest.mark.parametrize(
    ("when", "count", "named", "day"),
    [
        ("29 décembre 2011", "1 102 mots", "Anglais", date(2011, 12, 29)),
        ("9 Januar 1993", "877 Wörter", "Englisch", date(1993, 1, 9)),
        ("3 luglio 2018", "212 parole", "Inglese", date(2018, 7, 3)),
        ("9 maio 2018", "212 palavras", "Inglês", date(2018, 5, 9)),
        ("5 maart 2011", "212 woorden", "Engels", date(2011, 3, 5)),
        ("2018 年 9 月 18 日 01:01", "132 字", "英文", date(2018, 9, 18)),
    ],
)
def test_the_language_of_the_page(when: str, count: str, named: str, day: date) -> None:
    made = plain(SECOND, "en", named).replace("6 mayo 2024", when).replace("1.212 palabras", count)
    (found,) = articles(".html", page(made))
    assert (found.day, found.title) == (day, SECOND.title)
    assert found.publication.paper == SECOND.paper


def rows(article: Written) -> dict[str, tuple[str, ...]]:
    fields = {"SE": (article.section,)} if article.section else {}
    fields["HD"] = (article.title,)
    if article.byline:
        fields["BY"] = (article.byline,)
    return {
        **fields, "WC": ("210 palabras",), "PD": (article.when,), "SN": (article.paper,),
        "SC": (article.number[:6],), "LA": ("Español",), "CY": ("(c) 2024 Prensa",),
        "LP": article.paragraphs[:2], "TD": article.paragraphs[2:],
        "NS": ("gcat : Political/General News",), "AN": (f"Documento {article.number}",),
    }  # fmt: skip


def test_a_page_with_fields() -> None:
    def table(article: Written) -> str:
        return "".join(
            f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>'
            + (f'<p class="articleParagraph esarticleParagraph">{"</p><p>".join(values)}</p>'
               if code in ("LP", "TD") else values[0])
            + "</td></tr>"
            for code, values in rows(article).items()
        )  # fmt: skip

    made = [
        f'<div class="article esArticle"><table>{table(each)}</table></div>'
        for each in (FIRST, SECOND)
    ]
    check(articles(".html", page(*made)))


def written(text: str) -> str:
    return "".join(
        character if character.isascii() else f"\\u{ord(character)}?" for character in text
    )


def test_rich_text_with_fields() -> None:
    body = "".join(
        rf"\trowd\pard\intbl{{\b {code}}}\cell "
        + r"\par ".join(map(written, values))
        + r"\cell\row"
        for each in (FIRST, SECOND)
        for code, values in rows(each).items()
    )
    check(articles(".rtf", rtf(body)))


def lines(article: Written) -> list[tuple[str, bool]]:
    above = [(article.section, False)] if article.section else []
    by = [(article.byline, False)] if article.byline else []
    rest = ["210 palabras", article.when, article.paper, article.number[:6], "Primera", "1",
            "Español", "(c) 2024 Prensa", "", *article.paragraphs, "",
            f"Documento {article.number}"]  # fmt: skip
    return [*above, (article.title, True), *by, *((each, False) for each in rest)]


def test_a_table_with_a_row_like_a_field_is_no_export() -> None:
    (found,) = articles(".rtf", rtf(r"\trowd\intbl HD\cell Alta definici\'f3n\cell\row\pard Fin"))
    assert found.text == "HD\tAlta definición\n\nFin"


def test_plain_rich_text() -> None:
    contents = r'{\field{\*\fldinst{HYPERLINK \\l "toc1"}}{\fldrslt El puente reabre}}\tab 1\par'
    body = contents + "".join(
        r"\page" + "".join(
            rf"\pard{{\b{int(bold)} {written(text)}}}\par" for text, bold in lines(each)
        )
        for each in (FIRST, SECOND)
    )  # fmt: skip
    summary = r"\page{\b Resumen}\par Texto\tab carril\par Fecha\tab 7 enero 2031\par"
    check(articles(".rtf", rtf(body + summary)))


def test_a_word_file() -> None:
    body = "".join(paragraph(text, bold) for each in (FIRST, SECOND) for text, bold in lines(each))
    check(articles(".docx", docx(body)))


def test_an_export_that_is_cut() -> None:
    kept = lines(FIRST) + lines(SECOND)[:-2]
    found = articles(".docx", docx("".join(paragraph(text, bold) for text, bold in kept)))
    assert [each.title for each in found] == [FIRST.title, SECOND.title]
    assert found[1].text == SECOND.paragraphs[0]


@pytest.mark.parametrize("first", [True, False])
def test_articles_of_two_databases_in_one_file(first: bool) -> None:
    nexis = Written(
        "El tranvía vuelve", "La Crónica de Arenal", "March 22, 2024 Friday", date(2024, 3, 22),
        ("El tranvía de Arenal vuelve hoy a la avenida.",),
    )  # fmt: skip
    factiva = "".join(
        paragraph(text, bold) for each in (FIRST, SECOND) for text, bold in lines(each)
    )
    made = [factiva, nexis_article(nexis)] if first else [nexis_article(nexis), factiva]
    found = articles(".docx", docx("".join(made)))
    texts = {each.title: (each.day, each.text) for each in found}
    assert texts == {
        each.title: (each.day, "\n\n".join(each.paragraphs)) for each in (FIRST, SECOND, nexis)
    }


def test_xml() -> None:
    def article(each: Written, day: str, text: str) -> str:
        section = f"<sectionName>{each.section}</sectionName>" if each.section else ""
        by = f"<byline>{each.byline}</byline>" if each.byline else ""
        return (
            f"<article><accessionNo>{each.number}</accessionNo><baseLanguage>ES</baseLanguage>{by}"
            f"<headline><paragraph><hlt>{each.title[:2]}</hlt>{each.title[2:]}</paragraph></headline>"
            f"{text}<publicationDate>{day}</publicationDate>{section}"
            f"<sourceName>{each.paper}</sourceName><notes>Nada</notes></article>"
        )

    lead = "".join(f"<paragraph>{text}</paragraph>" for text in FIRST.paragraphs[:1])
    tail = "".join(f"<paragraph>{text}</paragraph>" for text in FIRST.paragraphs[1:])
    made = article(
        FIRST, "<dateTime>2024-01-09T23:35:58Z</dateTime>",
        f"<leadParagraph>{lead}</leadParagraph><tailParagraphs>{tail}</tailParagraphs>",
    ) + article(
        SECOND, "<date>2024-05-06</date>",
        f"<leadParagraph>\n{SECOND.paragraphs[0]}\n</leadParagraph>",
    )  # fmt: skip
    check(articles(
        ".xml",
        f'\ufeff<?xml version="1.0"?><PPSResponse><r xmlns="http://global.factiva.com/pps/2.0">'
        f"{made}</r></PPSResponse>".encode(),
    ))  # fmt: skip


def test_a_page_that_a_browser_saved_in_one_file() -> None:
    mail = EmailMessage()
    mail["From"] = "<Saved by Blink>"
    mail["Snapshot-Content-Location"] = "https://global.factiva.example/x"
    mail["MIME-Version"] = "1.0"
    saved = page(plain(FIRST, "es", "Español"), plain(SECOND, "en", "Inglés")).decode()
    mail.set_content(saved, subtype="html", cte="quoted-printable")
    check(articles(".mhtml", mail.as_bytes()))
