"""EPUB: every document that is an article, whole, and none of what leads to it."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemeroteca.index.sources.extract import Extract, Rejected
from hemeroteca.index.sources.formats.registry import FORMATS

XHTML = (
    '<?xml version="1.0" encoding="{encoding}"?>\n<html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>'
)


def epub(documents: dict[str, str | bytes], dates: str = "") -> bytes:
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(documents)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(documents)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        container.writestr(
            "META-INF/container.xml",
            '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>',
        )
        container.writestr(
            "c.opf",
            '<package xmlns:dc="urn:dc" xmlns:opf="urn:opf"><metadata>'
            f"{dates}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for name, markup in documents.items():
            container.writestr(name, markup)
    return file.getvalue()


def read(documents: dict[str, str | bytes], dates: str = "") -> list[Extract | Rejected]:
    return list(FORMATS[".epub"].read(io.BytesIO(epub(documents, dates))))


def only(body: str, encoding: str = "utf-8") -> Extract:
    data = XHTML.format(encoding=encoding, body=body).encode(encoding)
    (extract,) = read({"a.xhtml": data})
    assert isinstance(extract, Extract)
    return extract


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
def test_a_document_is_read_in_its_own_encoding(encoding: str) -> None:
    assert only("<h1>El año</h1><p>Costó 3&#160;€, según la ministra Muñoz.</p>", encoding) == (
        Extract(
            "El año\n\nCostó 3 €, según la ministra Muñoz.", "a.xhtml", "El año", where="a.xhtml"
        )
    )


def test_latin_1_is_what_browsers_take_it_for() -> None:
    markup = XHTML.format(encoding="iso-8859-1", body="<p>Dijo “no” – y costó 3 €.</p>")
    (extract,) = read({"a.xhtml": markup.encode("cp1252")})
    assert isinstance(extract, Extract)
    assert extract.text == "Dijo “no” – y costó 3 €."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p><![CDATA[Uno & <dos>]]></p>", "Uno & <dos>"),
        ("<script src='a.js'/><p>Uno</p>", "Uno"),
        ("<p>Uno</p><p/><div/><p>Dos</p>", "Uno\n\nDos"),
        ("<p>Uno &nbsp; dos</p>", "Uno dos"),
        ("<p>Uno<br>dos", "Uno dos"),  # not XML
        ("<div class='calibre_navbar'>| <a href='b.html'>Next</a> |</div><p>Uno</p>", "Uno"),
        ("<nav epub:type='toc'><ol><li><a href='b.html'>Dos</a></li></ol></nav><p>Uno</p>", "Uno"),
        ("<p>Uno <span epub:type='pagebreak' id='p'>23</span>dos</p>", "Uno dos"),
        ("<p>Uno<a epub:type='noteref' href='#n1'>1</a> dos.</p>", "Uno dos."),
    ],
)
def test_only_what_the_document_says_is_text(body: str, text: str) -> None:
    assert only(body).text == text


LINKS = "<li><a href='n/a.xhtml'>Uno</a>{}</li><li><a href='n/b.xhtml'>Dos</a></li>"


@pytest.mark.parametrize(
    "contents",
    [
        f"<h1>Índice</h1><ul>{LINKS.format('')}</ul>",
        f"<h2 class='calibre_feed_title'>Local</h2><ul class='calibre_feed_list'>{LINKS.format('')}"
        "<li><div class='article_description'>Un resumen de la noticia, que es larga y que dice "
        "mucho de lo que pasó.</div></li></ul>",
    ],
)
def test_a_list_of_contents_is_no_article(contents: str) -> None:
    article = XHTML.format(encoding="utf-8", body="<p>El pleno votó.</p>")
    page = XHTML.format(encoding="utf-8", body=contents)
    found = read({"index.xhtml": page, "n/a.xhtml": article})
    assert [e.where for e in found] == ["n/a.xhtml"]


def test_an_article_with_links_stays_one() -> None:
    said = "<p>El pleno votó, como se contó <a href='b.xhtml'>ayer</a> y <a href='c.xhtml'>hoy</a>."
    assert only(f"{said}</p><p>Hubo tres votos en contra.</p>").text.endswith("en contra.")


def test_an_article_has_the_day_that_the_list_of_contents_says_else_the_book_s() -> None:
    dated = LINKS.format("<span class='article_date'>3 de marzo de 2024</span>")
    pages: dict[str, str | bytes] = {
        name: XHTML.format(encoding="utf-8", body=body)
        for name, body in {
            "index.xhtml": f"<ul class='calibre_feed_list'>{dated}</ul>",
            "n/a.xhtml": "<p>El pleno del ayuntamiento votó el presupuesto.</p>",
            "n/b.xhtml": "<p>Dos.</p>",
        }.items()
    }
    dates = (
        '<dc:date opf:event="modification">2026-01-01</dc:date><dc:date>0101-01-01</dc:date>'
        '<dc:date opf:event="publication">2024-05-06</dc:date>'
    )
    found = read(pages, dates)
    assert [e.day for e in found if isinstance(e, Extract)] == [date(2024, 3, 3), date(2024, 5, 6)]


@pytest.mark.parametrize(
    ("dates", "written"),
    [
        ("<dc:date>primavera de 2024</dc:date>", "primavera de 2024"),
        ("<dc:date>2024</dc:date>", "2024"),
        ("<dc:date>0101-01-01T00:00:00+00:00</dc:date>", ""),  # Calibre's, for none
        ("", ""),
    ],
)
def test_a_day_that_cannot_be_read_is_noted(dates: str, written: str) -> None:
    (extract,) = read({"a.xhtml": XHTML.format(encoding="utf-8", body="<p>Uno.</p>")}, dates)
    assert isinstance(extract, Extract)
    assert (extract.day, len(extract.notes)) == (None, bool(written))
    assert all(f"the date {written!r}" in str(note) for note in extract.notes)


def test_what_cannot_be_read_is_named_and_the_rest_is_kept() -> None:
    found = read({"a.xhtml": "<p>Uno.</p>", "b.xhtml": b"<p>\x00\x01\x02" + bytes(range(256)) * 9})
    assert isinstance(found[0], Extract)
    assert found[0].text == "Uno."


_BODIES = (
    "<p>{}</p>",
    "<div>{}</div>",
    "<h2>{}</h2>",
    "<ul><li>{}</li></ul>",
    "<p><![CDATA[{}]]></p>",
    "<blockquote><p><i>{}</i></p></blockquote>",
    "<section><a id='x'/>{}</section>",
)


@settings(max_examples=80)
@given(
    st.lists(st.lists(st.sampled_from(_BODIES), min_size=1, max_size=6), min_size=1, max_size=5),
    st.sampled_from(["utf-8", "utf-16", "windows-1252"]),
)
def test_every_sentence_comes_out_once_in_order(shapes: list[list[str]], encoding: str) -> None:
    said = [
        [f"La frase {n} del artículo {a} dice «algo»." for n in range(len(bodies))]
        for a, bodies in enumerate(shapes)
    ]
    bar = "<div class='calibre_navbar'><a href='0.xhtml'>Next</a></div>"
    documents: dict[str, str | bytes] = {}
    for a, (bodies, sentences) in enumerate(zip(shapes, said, strict=True)):
        body = "".join(b.format(s) for b, s in zip(bodies, sentences, strict=True))
        markup = XHTML.format(encoding=encoding, body=bar + body + bar)
        documents[f"{a}.xhtml"] = markup.encode(encoding)
    found = read(documents)
    assert [e.text for e in found if isinstance(e, Extract)] == ["\n\n".join(s) for s in said]


@pytest.mark.parametrize("title", ["El Faro [Fri, 27 Nov 2026]", "El Faro [27/11/2026]", "El Faro"])
def test_a_paper_is_named_without_the_day_of_its_issue(title: str) -> None:
    (found,) = read(
        {"a.xhtml": XHTML.format(encoding="utf-8", body="<p>Llegó el barco.</p>")},
        f"<dc:title>{title}</dc:title>",
    )
    assert isinstance(found, Extract)
    assert found.publication.paper == "El Faro"
