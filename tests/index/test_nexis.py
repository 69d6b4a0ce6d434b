"""Exports of Nexis: each article with its own title, paper and day, and nothing of the form."""

from datetime import date

import pytest

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract, LeftOut, Rejected
from hemeroteca.index.sources.press.article import PressArticle
from hemeroteca.index.sources.press.document import Document
from hemeroteca.index.sources.press.nexis import NEXIS
from tests.index.exported import (
    BREAK,
    Written,
    articles,
    nexis_article,
    nexis_docx,
    paragraph,
    read,
    words,
)
from tests.index.test_word import docx

FIRST = Written(
    "El tranvía vuelve; Diez años después",
    "La Crónica de Arenal",
    "March 22, 2024 Friday",
    date(2024, 3, 22),
    ("El tranvía de Arenal vuelve hoy a la avenida.", "Body y carrocería son nuevos.",
     "Documento: el contrato dura doce años."),
    section="LOCAL; Base; Pág. 20",
    byline="Por MARTA SEIJO; ARENAL",
    extra={"edition": "2ª Ed. Norte Edición"},
)  # fmt: skip
SECOND = Written(
    "3 mayo 2018, la fecha del canal",
    "Gazeta de Rial",
    "9 Maio 2018 Quarta-feira 10:27 AM GMT",
    date(2018, 5, 9),
    ("O canal de Rial abriu.", "Classificação dos barcos: três."),
)


def press(*made: str, cover: str = "") -> list[PressArticle]:
    document = Document(nexis_docx(*made, cover=cover))
    assert NEXIS.is_export(document)
    found = [each for each in NEXIS.read(document).articles if isinstance(each, PressArticle)]
    return found


def test_each_article_has_its_own_title_paper_and_day() -> None:
    one, two = press(nexis_article(FIRST), nexis_article(SECOND))
    assert (one.title, one.paper, one.day) == (FIRST.title, FIRST.paper, FIRST.day)
    assert (one.section, one.page, one.edition) == ("LOCAL", "20", "2ª Ed. Norte Edición")
    assert one.authors == ("MARTA SEIJO",)
    assert one.paragraphs == FIRST.paragraphs
    assert (two.title, two.paper, two.day) == (SECOND.title, SECOND.paper, SECOND.day)
    assert (two.hour, two.edition, two.paragraphs) == ("10:27", "", SECOND.paragraphs)


def test_the_form_is_no_text_and_the_documents_title_is_not_the_articles() -> None:
    cover = (
        paragraph("Date and Time: Friday, March 29, 2024 1:45:00 PM CET")
        + paragraph("Job Number: 175")
        + paragraph("Documents (2)", bold=True)
        + paragraph("1. El tranvía vuelve Diez años después")
        + paragraph("Search Terms: tranvía")
    )
    behind = (
        paragraph("Graphic", bold=True) + paragraph() + paragraph("Foto, el tranvía en 1994")
        + paragraph("Classification", bold=True, mark=True) + paragraph() + paragraph()
        + paragraph("Language:\xa0SPANISH; ESPAÑOL") + paragraph("Subject:\xa0TRAMS (90%)")
    )  # fmt: skip
    made = [
        nexis_article(Written(**{**vars(each), "extra": {"behind": behind}}))
        for each in (FIRST, SECOND)
    ]
    found = articles(".docx", nexis_docx(*made, cover=cover))
    assert [each.day for each in found] == [FIRST.day, SECOND.day]
    for each, written in zip(found, (FIRST, SECOND), strict=True):
        assert each.title == written.title
        assert each.text == "\n\n".join((*written.paragraphs, "Foto, el tranvía en 1994"))
    document = Document(nexis_docx(*made, cover=cover))
    export = NEXIS.read(document)
    assert export.announced == 2
    assert [each.language for each in export.articles if isinstance(each, PressArticle)] == [
        "es", "es"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("May 23, 2023 Tuesday 1:42 PM GMT", date(2023, 5, 23)),
        ("October 17, 2000, Tuesday,, FINAL EDITION", date(2000, 10, 17)),
        ("mercredi 17 avril 2013 20:15 GMT", date(2013, 4, 17)),
        ("Sonntag 14.Mai 2023", date(2023, 5, 14)),
        ("4. März 2022", date(2022, 3, 4)),
        ("3 luglio 2018 martedì 4:07 PM GMT", date(2018, 7, 3)),
        ("zaterdag 5 maart 2011", date(2011, 3, 5)),
        ("December 31, 2019 Tuesday 11:58 PM EST", date(2019, 12, 31)),
    ],
)
def test_the_day_is_the_papers_in_any_language_and_zone(when: str, day: date) -> None:
    (found,) = press(nexis_article(Written(**{**vars(FIRST), "when": when})))
    assert found.day == day


def test_an_article_without_a_day_has_none() -> None:
    found = press(nexis_article(Written(**{**vars(FIRST), "when": "Correction Appended"})))
    assert [(each.day, each.title) for each in found] == [(None, FIRST.title)]


@pytest.mark.parametrize(
    ("body", "end", "labels"),
    [
        ("Textkörper", "Ende des Dokuments", ("Rubrik", "Länge", "Autor")),
        ("Cuerpo", "Fin del documento", ("Sección", "Longitud", "Autor")),
        ("Leipäteksti", "Asiakirjan loppu", ("Section", "Pituus", "Byline")),  # not known
    ],
)
def test_the_marks_of_another_interface(body: str, end: str, labels: tuple[str, str, str]) -> None:
    found = press(nexis_article(FIRST, body, end, labels), nexis_article(SECOND, body, end, labels))
    assert [each.title for each in found] == [FIRST.title, SECOND.title]
    assert [each.paragraphs for each in found] == [FIRST.paragraphs, SECOND.paragraphs]


def test_a_title_in_a_link_and_a_hit_in_a_word() -> None:
    made = nexis_article(FIRST)
    linked = made.replace(
        words(FIRST.title, bold=True),
        f'<w:hyperlink r:id="title">{words(FIRST.title, bold=True)}</w:hyperlink>',
    ).replace(
        words("Body y carrocería son nuevos."),
        words("Body y ca") + words("rro", bold=True) + words("cería son nuevos."),
    )
    assert linked.count("hyperlink") == 2
    (found,) = articles(".docx", nexis_docx(linked))
    assert found.title == FIRST.title
    assert "Body y carrocería son nuevos." in found.text


def test_an_article_that_is_there_twice_is_one_and_its_id_stays() -> None:
    once = articles(".docx", nexis_docx(nexis_article(SECOND), nexis_article(FIRST)))
    parts = read(
        ".docx", nexis_docx(nexis_article(FIRST), nexis_article(FIRST), nexis_article(SECOND))
    )
    assert [type(part) for part in parts] == [Extract, LeftOut, Extract]
    assert {part.key for part in parts if isinstance(part, Extract)} == {e.key for e in once}


def test_an_export_that_is_cut_keeps_what_is_there() -> None:
    whole = nexis_article(FIRST) + nexis_article(SECOND)
    cut = whole[: whole.index(paragraph(SECOND.paragraphs[1]))]
    one, two = articles(".docx", docx(cut))
    assert (one.title, two.title) == (FIRST.title, SECOND.title)
    assert two.text == SECOND.paragraphs[0]


def test_a_cover_without_articles_is_said_to_be_one() -> None:
    cover = paragraph("Job Number: 175") + paragraph("Documents (2)") + paragraph("1. Título")
    with pytest.raises(ArticleError, match="export of Nexis, and holds no article"):
        read(".docx", docx(cover))


def test_a_notice_among_articles_is_none() -> None:
    notice = (
        paragraph("We are sorry but there is an error in this document.")
        + paragraph("End of Document", bold=True)
    )  # fmt: skip
    parts = read(".docx", nexis_docx(nexis_article(FIRST), notice, nexis_article(SECOND)))
    titles = [part.title for part in parts if isinstance(part, Extract)]
    assert titles == [FIRST.title, SECOND.title]
    assert not any("sorry" in part.text for part in parts if isinstance(part, Extract))


@pytest.mark.parametrize("lines", [("Body", "Una nota."), ("Una nota.", "End of Document")])
def test_a_document_with_a_line_like_a_mark_is_no_export(lines: tuple[str, ...]) -> None:
    (found,) = articles(".docx", docx("".join(map(paragraph, lines))))
    assert found.key == ""
    assert found.text == "\n\n".join(lines)


def test_a_document_whose_sections_are_alike_is_no_export() -> None:
    section = (
        paragraph("Acta del pleno", bold=True) + paragraph("3 mayo 2018")
        + paragraph("Nota: se aprobó el acta.") + paragraph("Acuerdos", bold=True)
        + paragraph("Se pinta la escuela.") + paragraph("El secretario", bold=True) + BREAK
    )  # fmt: skip
    (found,) = articles(".docx", docx(section * 3))
    assert found.key == ""
    assert found.text.count("Se pinta la escuela.") == 3


def test_what_stands_outside_of_the_articles_is_named() -> None:
    stray = paragraph("Notas que la lectora pegó debajo de la exportación. " * 8)
    *found, last = read(".docx", nexis_docx(nexis_article(FIRST), stray))
    assert [part.title for part in found if isinstance(part, Extract)] == [FIRST.title]
    assert isinstance(last, Rejected)
    assert "are of no article" in str(last.reason)


def without_marks(article: Written, body: str = "Body", end: str = "End of Document") -> str:
    """An article of a layout that lacks lines of those that are known."""
    made = nexis_article(article)
    for mark in (paragraph(body, bold=True, mark=True), paragraph(end, bold=True)):
        assert mark in made
        made = made.replace(mark, "")
    return made


def test_without_the_marks_headlines_and_sections_part_the_articles() -> None:
    found = articles(".docx", nexis_docx(without_marks(FIRST), without_marks(SECOND)))
    assert [(each.title, each.day) for each in found] == [
        (FIRST.title, FIRST.day), (SECOND.title, SECOND.day),
    ]  # fmt: skip
    assert [tuple(each.text.split("\n\n")) for each in found] == [
        FIRST.paragraphs, SECOND.paragraphs,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".docx", docx(paragraph("El tranvía vuelve") + 2 * paragraph("Length:\xa0558 words"))),
        (".txt", b"El tranvia vuelve hoy.\n\nPage 1 of 2 (c) 2023 Factiva, Inc. All rights\n"),
        (".html", b"<p>Il rouvre.</p><p>news\xc2\xb720250115\xc2\xb7LQ</p>"
                  b"<p>Ce certificat est \xc3\xa9mis \xc3\xa0 B</p>"),
    ],
)  # fmt: skip
def test_an_unknown_layout_is_one_article_and_is_said_to_be_one(suffix: str, data: bytes) -> None:
    (found,) = articles(suffix, data)
    (note,) = found.notes
    assert "looks like an export of" in str(note)
    assert found.key == ""


def test_a_document_of_dated_headings_is_no_export() -> None:
    heading = '<w:outlineLvl w:val="0"/>'
    section = (
        paragraph("Pleno", bold=True, properties=heading) + paragraph("Ayuntamiento")
        + paragraph("3 mayo 2018") + paragraph("Se pinta la escuela.")
    )  # fmt: skip
    (found,) = articles(".docx", docx(section * 3))
    assert (found.key, found.notes) == ("", ())
