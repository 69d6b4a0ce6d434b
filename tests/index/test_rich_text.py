"""Rich text: all that it prints, once, in order, in the letters of its fonts."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.formats.rich_text import rtf_lines
from tests.index.exported import articles


def rtf(body: str, head: str = "") -> bytes:
    fonts = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset128 Gothic;}}"
    return (rf"{{\rtf1\ansi\ansicpg1252\deff0\uc1{fonts}{head}" + body + "}").encode("latin-1")


def only(data: bytes, suffix: str = ".rtf") -> Extract:
    (found,) = articles(suffix, data)
    return found


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"la sa\-crist\'eda\par y\~m\'e1s", "la sacristía\n\ny\xa0más"),
        (r"{\f1\'cf\'ee\'ec\'ed\'e8} y {\f2\'83A\'83B}", "Помни y アィ"),
        (r"\u9829? {\uc2\u9829\'a1\'e9}.", "♥ ♥."),
        (r"\u-10179?\u-8703? fin", "\U0001f601 fin"),
        (r"Queda {\deleted lo borrado }{\v lo oculto }esto.", "Queda esto."),
        (r"Uno{\deleted\par}, y sigue.\par Dos.", "Uno, y sigue.\n\nDos."),
        (r"Nota{\footnote\pard Al pie.} y m\'e1s.\par Fin.", "Nota y más.\n\nFin.\n\nAl pie."),
        (r'Un {\field{\*\fldinst{HYPERLINK "http://a.example"}}{\fldrslt enlace}} m\'e1s',
         "Un enlace más"),
        (r"{\field{\*\fldinst TOC \\o}{\fldrslt Cap\'edtulo 1\tab 3\par}}Texto.", "Texto."),
        (r"\trowd\intbl A\~o\cell 1566\cell\row\pard Fin", "A\xa0o\t1566\n\nFin"),
        (r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt En caja.}}{\shprslt En caja.}}Fuera.",
         "Fuera.\n\nEn caja."),
        (r"{\upr{viejo}{\*\ud{nuevo}}}", "nuevo"),
        (r"{\header Cabecera}{\*\desconocido nada}{\pict 0f0f}Cuerpo", "Cuerpo"),
        ("{\\pict\\bin4 {{}{}Cuerpo", "Cuerpo"),
        ("Sin cerrar {\\b negrita", "Sin cerrar negrita"),
        ("De m\\'e1s}}} y fuera", "De más y fuera"),
    ],
)  # fmt: skip
def test_what_is_printed(body: str, text: str) -> None:
    assert only(rtf(body)).text == text


def test_bytes_of_utf8_under_another_name() -> None:
    data = rtf("La niña volvió.").decode("latin-1").encode("utf-8")
    assert only(data).text == "La niña volvió."


def test_the_title_is_the_headings_else_the_documents() -> None:
    info = r"{\info{\title Plantilla de redacci\'f3n}{\author Nadie}}"
    heading = r"{\b El olmo se salva}\par El olmo de la plaza no se tala.\par"
    assert only(rtf(heading, info)).title == "El olmo se salva"
    assert only(rtf(r"El olmo no se tala.\par", info)).title == "Plantilla de redacción"


def test_lines_say_how_they_are_set() -> None:
    body = (
        r"\pard\qc\outlinelevel0{\b T\'edtulo}\par\pard{\*\bkmkstart m}{\*\bkmkend m}\par\page Otra"
    )
    title, mark, last = rtf_lines(rtf(body))
    assert (title.bold, title.centred, title.level) == (True, True, 0)
    assert (mark.text, mark.marked) == ("", True)
    assert (last.text, last.begins, last.bold) == ("Otra", True, False)


def test_a_name_and_its_value_of_several_paragraphs_are_a_row() -> None:
    (row,) = rtf_lines(rtf(r"\trowd\intbl{\b LP}\cell Uno.\par Dos.\cell\row"))
    assert row.cells == ("LP", "Uno.\n\nDos.")


@pytest.mark.parametrize("data", [b"Hola", b"", b"{\\rtf1" + b"{" * 100_000])
def test_what_is_no_rich_text(data: bytes) -> None:
    with pytest.raises(ArticleError):
        rtf_lines(data)


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300))
def test_nothing_else_is_raised(noise: bytes) -> None:
    rtf_lines(b"{\\rtf1\\ansi " + noise)


def test_another_databases_rich_text_is_recognised_too() -> None:
    piece = (
        r'"Der Bote" vom 0{n}.04.2013      Seite: 1\par Ressort: Lokal\par\par'
        r"{{\b Die M\'fchle mahlt {n}}}\par\par Die M\'fchle mahlt seit {n} Tagen wieder.\par\par"
    )
    found = articles(".rtf", rtf(piece.format(n=1) + piece.format(n=2)))
    assert [each.day.isoformat() if each.day else "" for each in found] == [
        "2013-04-01", "2013-04-02"
    ]  # fmt: skip


ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odt(body: str, title: str = "Plantilla") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        container.writestr(
            "content.xml",
            f"<office:document-content {ODF}><office:automatic-styles>"
            "<style:style style:name='Gone'><style:text-properties text:display='none'/>"
            "</style:style></office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
        container.writestr(
            "meta.xml",
            f"<office:document-meta {ODF}><office:meta><dc:title>{title}</dc:title></office:meta>"
            "</office:document-meta>",
        )
    return file.getvalue()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:p>Un<text:s text:c='3'/>y\n do<text:line-break/>tres</text:p>", "Un y do\ntres"),
        ("<text:p>igle<text:soft-page-break/>sia</text:p>", "iglesia"),
        ("<text:tracked-changes><text:changed-region><text:deletion><text:p>no</text:p>"
         "</text:deletion></text:changed-region></text:tracked-changes><text:p>sí</text:p>", "sí"),
        ("<text:p>Va<text:note><text:note-citation>1</text:note-citation><text:note-body>"
         "<text:p>Al pie.</text:p></text:note-body></text:note> bien.</text:p><text:p>Ya.</text:p>",
         "Va bien.\n\nYa.\n\nAl pie."),
        ("<text:p>Di<office:annotation><dc:creator>J</dc:creator><text:p>mira</text:p>"
         "</office:annotation>ce.</text:p>", "Dice."),
        ("<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
         "<table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table>",
         "A\tB"),
        ("<text:p>Vi<text:span text:style-name='Gone'>no</text:span>sto.</text:p>"
         "<text:p text:style-name='Gone'>no</text:p>"
         "<text:section text:display='none'><text:p>no</text:p></text:section>", "Visto."),
        ("<text:p>Con<draw:frame><draw:text-box><text:p>En caja.</text:p></draw:text-box>"
         "</draw:frame> todo.</text:p>", "Con todo.\n\nEn caja."),
    ],
)  # fmt: skip
def test_what_an_open_document_prints(body: str, text: str) -> None:
    assert only(odt(body), ".odt").text == text


def test_the_title_of_an_open_document() -> None:
    heading = (
        "<text:h text:outline-level='1'>Sin campanas</text:h><text:p>Se las llevaron.</text:p>"
    )
    assert only(odt(heading), ".odt").title == "Sin campanas"
    assert only(odt("<text:p>Se las llevaron.</text:p>"), ".odt").title == "Plantilla"


def test_what_is_no_open_document() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        container.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(ArticleError, match="it has no text part"):
        only(file.getvalue(), ".odt")
