"""Word documents: all that they print, once, in order, and nothing else."""

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.formats.registry import FORMATS

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWN = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def docx(body: str, namespace: str = W, **parts: tuple[str, str, str]) -> bytes:
    """A document with this body. `parts`: the kind of relationship, the path and the content by
    the id that the body names."""
    named = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{path}"/>'
        for name, (kind, path, _) in parts.items()
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        container.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="r" Type="{OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        container.writestr(
            "word/_rels/document.xml.rels", f"<Relationships>{named}</Relationships>"
        )
        container.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{namespace}" xmlns:r="{OFFICE}" {DRAWN}><w:body>{body}'
            "<w:sectPr/></w:body></w:document>",
        )
        for _, path, content in parts.values():
            container.writestr(f"word/{path}", content)
    return file.getvalue()


def text(body: str, namespace: str = W, **parts: tuple[str, str, str]) -> str:
    (extract,) = FORMATS[".docx"].read(io.BytesIO(docx(body, namespace, **parts)))
    assert isinstance(extract, Extract)
    return extract.text


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def box(words: str) -> str:
    """A text box as Word writes it: for newer programs, and again for older ones."""
    inside = f"<w:txbxContent>{paragraph(run(words))}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}'
        f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def complex_field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"{mark.format('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f"{mark.format('separate')}{run(result)}{mark.format('end')}"
    )


@pytest.mark.parametrize(
    "name",
    [
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Eva Ríos')}</w:sdtContent></w:sdt>",
        f'<w:ins w:id="1" w:author="x">{run("Eva Ríos")}</w:ins>',
        f'<w:moveTo w:id="1" w:author="x">{run("Eva Ríos")}</w:moveTo>',
        f'<w:hyperlink r:id="r1">{run("Eva Ríos")}</w:hyperlink>',
        f'<w:smartTag w:element="name">{run("Eva")}</w:smartTag>{run(" Ríos")}',
        f'<w:fldSimple w:instr="MERGEFIELD alcaldesa">{run("Eva Ríos")}</w:fldSimple>',
        complex_field(" MERGEFIELD alcaldesa ", "Eva Ríos"),
        complex_field(
            f" IF {{}} </w:instrText></w:r>{run('oculto')}<w:r><w:instrText>", "Eva Ríos"
        ),
        f'<w:customXml w:element="x">{run("Eva Ríos")}</w:customXml>',
        f"<w:r><w:ruby><w:rt>{run('(lectura)')}</w:rt><w:rubyBase>{run('Eva Ríos')}</w:rubyBase>"
        "</w:ruby></w:r>",
        f"{run('Eva ')}<w:del w:id='1'><w:r><w:delText>Ana </w:delText></w:r></w:del>{run('Ríos')}",
        f"{run('Eva ')}<w:moveFrom w:id='1'>{run('Ana ')}</w:moveFrom>{run('Ríos')}",
        f"{run('Eva ')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>secreto</w:t></w:r>{run('Ríos')}",
        f"{run('Eva')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('Haga clic aquí')}</w:sdtContent></w:sdt>{run(' Ríos')}",
    ],
)
def test_a_name_is_read_in_whatever_word_wraps_it(name: str) -> None:
    body = paragraph(run("La alcaldesa ") + name + run(" firmó."))
    assert text(body) == "La alcaldesa Eva Ríos firmó."
    assert text(body, STRICT) == "La alcaldesa Eva Ríos firmó."


def test_what_a_run_writes_besides_letters() -> None:
    marks = "<w:r><w:t>ex</w:t><w:noBreakHyphen/><w:t>juez co</w:t><w:softHyphen/><w:t>opera</w:t>"
    assert text(paragraph(f"{marks}<w:br/><w:t>dos</w:t><w:tab/><w:t>x</w:t></w:r>")) == (
        "ex-juez coopera\ndos\tx"
    )


def test_a_text_box_is_read_once_behind_the_paragraph_that_it_stands_beside() -> None:
    body = paragraph(run("Antes ") + box("Un recuadro.") + run("y después."))
    assert text(body) == "Antes y después.\n\nUn recuadro."
    older = "<w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Viejo.</w:t></w:r></w:p>"
    older += "</w:txbxContent></v:textbox></w:pict>"
    only = f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{older}</mc:Fallback>"
    assert text(paragraph(f"<w:r>{older}</w:r>")) == "Viejo."
    assert text(paragraph(f"<w:r>{only}</mc:AlternateContent></w:r>")) == "Viejo."


def test_tables_in_tables_and_merged_cells_are_said_once() -> None:
    inner = table(row(cell(paragraph(run("dentro"))), cell(paragraph(run("12 votos")))))
    body = table(
        row(cell(paragraph(run("Escaños")), '<w:gridSpan w:val="2"/>')),
        row(cell(paragraph(run("PX")), '<w:vMerge w:val="restart"/>'), cell(paragraph(run("3")))),
        row(cell(paragraph(run("PX")), "<w:vMerge/>"), cell(paragraph(run("4")))),
        row(cell(paragraph(run("fuera"))), cell(inner + paragraph(""))),
        row(cell(paragraph(run("borrada"))), properties='<w:del w:id="1"/>'),
    )
    assert text(body) == "Escaños\n\nPX\t3\n\n4\n\nfuera\tdentro\t12 votos"


def test_a_page_laid_out_with_a_table_keeps_its_paragraphs() -> None:
    body = table(row(cell(paragraph(run("Uno.")) + paragraph(run("Dos."))), cell(inside("Tres."))))
    assert text(body) == "Uno.\n\nDos.\n\nTres."


def inside(words: str) -> str:
    return f"<w:sdt><w:sdtContent>{paragraph(run(words))}</w:sdtContent></w:sdt>"


def test_notes_stand_behind_the_text_and_only_those_that_are_referred_to() -> None:
    notes = "".join(
        f'<w:footnote w:id="{n}">{paragraph(run(f"Nota {n}."))}</w:footnote>' for n in (1, 2, 3)
    )
    part = ("footnotes", "footnotes.xml", f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>')
    body = paragraph(
        run("Uno")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + '<w:del><w:r><w:footnoteReference w:id="3"/></w:r></w:del>'
        + run(".")
    )
    assert text(body + paragraph(run("Dos.")), f1=part) == "Uno.\n\nDos.\n\nNota 2."


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    assert text(paragraph(run("El pleno "), gone) + paragraph(run("votó."))) == "El pleno votó."
    assert text(table(row(cell(paragraph(run("El pleno."), gone))))) == "El pleno."


def test_a_drop_capital_belongs_to_its_word() -> None:
    capital = paragraph(run("L"), '<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert text(capital + paragraph(run("a alcaldesa."))) == "La alcaldesa."


def test_a_table_of_contents_is_not_read() -> None:
    contents = complex_field(' TOC \\\\o "1-3" ', "Capítulo uno\t1")
    assert text(paragraph(contents) + paragraph(run("Capítulo uno"))) == "Capítulo uno"


def test_a_field_that_never_ends_hides_no_other_paragraph() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert text(paragraph(begun + run("x")) + paragraph(run("Dos."))) == "Dos."


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.html", "<p>Una página.</p>"),
        ("a.txt", "Una página."),
        ("a.mht", "Content-Type: text/html; charset=utf-8\n\n<p>Una página.</p>"),
    ],
)
def test_a_document_of_another_kind_is_read_in_its_place(path: str, content: str) -> None:
    body = paragraph(run("Antes.")) + '<w:altChunk r:id="c"/>' + paragraph(run("Después."))
    assert text(body, c=("aFChunk", path, content)) == "Antes.\n\nUna página.\n\nDespués."


def test_headers_comments_and_missing_parts_are_no_text() -> None:
    header = ("header", "header1.xml", f'<w:hdr xmlns:w="{W}">{paragraph(run("Cabecera"))}</w:hdr>')
    body = paragraph(run("Uno") + '<w:r><w:footnoteReference w:id="9"/></w:r>')
    assert text(body + '<w:altChunk r:id="no"/>', h=header) == "Uno"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        container.writestr("a.txt", "x")
    with pytest.raises(ArticleError, match="is no Word document"):
        list(FORMATS[".docx"].read(file))


_WRAPPED = (
    lambda s: paragraph(run(s)),
    lambda s: paragraph("".join(map(run, s.partition(" ")))),
    lambda s: paragraph(f'<w:ins w:id="1">{run(s)}</w:ins><w:del>{run("borrado")}</w:del>'),
    lambda s: paragraph(f"<w:hyperlink>{run(s)}</w:hyperlink>"),
    lambda s: paragraph(complex_field("DATE", s)),
    lambda s: paragraph(box(s)),
    inside,
    lambda s: table(row(cell(paragraph(run(s))), cell(paragraph("")))),
    lambda s: table(row(cell(table(row(cell(inside(s)))) + paragraph("")))),
    lambda s: f'<w:ins w:id="2">{paragraph(run(s))}</w:ins>',
    lambda s: paragraph("", '<w:tabs><w:tab w:val="left"/></w:tabs>') + paragraph(run(s)),
)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(_WRAPPED), st.integers(1, 9)), min_size=1, max_size=12))
def test_every_sentence_comes_out_once_in_order_and_nothing_else(
    blocks: list[tuple[Callable[[str], str], int]],
) -> None:
    sentences = [f"La frase {n} dice {'cosas ' * words}." for n, (_, words) in enumerate(blocks)]
    body = "".join(wrap(s) for (wrap, _), s in zip(blocks, sentences, strict=True))
    assert text(body) == "\n\n".join(sentences)


@pytest.mark.parametrize("named", ["Subtitle", "Subttulo"])
def test_what_is_set_as_a_subtitle_is_one(named: str) -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="Subttulo"><w:name w:val="Subtitle"/>'
        "</w:style></w:styles>"
    )
    body = paragraph(run("El mercado abre")) + paragraph(
        run("Tras un año ") + run("de obras"), f'<w:pStyle w:val="{named}"/>'
    )
    document = docx(body, s=("styles", "styles.xml", styles))
    (extract,) = FORMATS[".docx"].read(io.BytesIO(document))
    assert isinstance(extract, Extract)
    assert extract.subtitle == "Tras un año de obras"
