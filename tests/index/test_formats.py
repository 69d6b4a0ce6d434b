"""The readers of each kind of file."""

import io
import json
import quopri
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.publication import Publication
from hemeroteca.index.sources.extract import Extract, LeftOut, Part, Rejected, digest, entry
from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.names import FIELDS
from hemeroteca.index.sources.read import Reading, read_articles

PAGE = """<html><head><meta charset="iso-8859-1"><title>Sube el pan | El Diario</title>
<meta property="og:title" content="Sube el pan en Perú">
<meta property="article:published_time" content="2024-05-06T23:30:00-05:00"></head>
<body><nav><a href="/">Inicio</a> <a href="/d">Deportes</a></nav><article><h1>Sube el pan</h1>
<p>El precio del pan subió en Lima, según José Muñoz, presidente del gremio de panaderos.</p>
<p>La harina cuesta más desde enero, dijo el dirigente en una conferencia en la capital.</p>
</article><footer>Todos los derechos reservados</footer><script>var precio = 1;</script></body>"""
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>D</title>
<item><title>Uno &amp;amp; dos</title><guid>g1</guid>
<pubDate>Mon, 06 May 2024 23:30:00 -0500</pubDate><description>
&lt;p&gt;Hola, &lt;b&gt;Perú&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;Adiós.&lt;/p&gt;</description>
</item>
<item><guid>g2</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title>T</title>
<updated>2024-05-06T10:00:00Z</updated>
<content type="html">&lt;p&gt;Cuerpo largo.&lt;/p&gt;</content>
<summary>Corto</summary></entry></feed>"""
DAY = date(2024, 5, 6)


def extracts(suffix: str, data: bytes) -> list[Part]:
    return list(FORMATS[suffix].read(io.BytesIO(data)))


def only(suffix: str, data: bytes) -> Extract:
    (extract,) = extracts(suffix, data)
    assert isinstance(extract, Extract)
    return extract


def pdf(*lines: str) -> bytes:
    """A page with these lines; none, as in a scan, if there are none."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 6\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def epub(**documents: str) -> bytes:
    items = "".join(
        f'<item id="{name}" href="{name}%201.xhtml" media-type="application/xhtml+xml"/>'
        for name in documents
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in documents)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        container.writestr(
            "META-INF/container.xml",
            '<container><rootfiles><rootfile full-path="O/p.opf"/></rootfiles></container>',
        )
        container.writestr(
            "O/p.opf",
            '<package xmlns:dc="urn:dc"><metadata><dc:date>2024-05-06</dc:date></metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for name, markup in documents.items():
            container.writestr(f"O/{name} 1.xhtml", markup)
    return file.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.core_properties.title = "El título"
    document.add_paragraph("Uno dos.")
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "pan", "caro"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_markdown_loses_its_markup_and_keeps_its_facts() -> None:
    source = "---\ntitle: Hola\ndate: 2024-05-06\n---\n# Uno\n\nUn **texto** con [enlace](u).\n"
    assert only(".md", source.encode()) == Extract("Uno\n\nUn texto con enlace.", "", "Hola", DAY)
    assert only(".md", b"# Uno\n\nDos.").title == "Uno"
    assert only(".md", b"Dos.").title is None
    with pytest.raises(ArticleError, match="front matter that is not YAML"):
        only(".md", b"---\n[\n---\nDos.")
    undated = only(".md", b"---\ndate: soon\n---\nDos.")
    assert (undated.day, str(undated.notes[0])[:28]) == (None, "has the date 'soon', which n")


def test_a_web_page_is_its_article_in_its_declared_encoding() -> None:
    page = only(".html", PAGE.encode("latin-1"))
    assert page.text.startswith("Sube el pan\n\nEl precio del pan subió en Lima, según José Muñoz")
    assert "Deportes" not in page.text
    assert "derechos" not in page.text
    assert (page.title, page.day) == ("Sube el pan en Perú", DAY)


def test_a_web_archive_is_the_page_in_it() -> None:
    head = b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n"
    head += b"Content-Transfer-Encoding: quoted-printable\n\n"
    archive = head + quopri.encodestring(PAGE.encode("latin-1")) + b"\n--b--\n"
    assert only(".mhtml", archive) == only(".html", PAGE.encode("latin-1"))


def test_a_pdf_has_the_lines_and_words_joined_that_the_column_parted() -> None:
    extract = only(".pdf", pdf("El pan subi\xf3 en la capi-", "tal, seg\xfan dijo el", "gremio."))
    assert extract.text == "El pan subió en la capital, según dijo el gremio."


def test_word_documents_give_paragraphs_and_rows() -> None:
    assert only(".docx", word()) == Extract("Uno dos.\n\npan\tcaro", "", "El título")


def test_every_document_of_an_epub_is_an_article_named_by_its_heading() -> None:
    first = "<html><body><h1>Título uno</h1><p>Había\n una vez.</p></body></html>"
    found = extracts(".epub", epub(cover="<img src='x'/>", one=first))
    path = "O/one 1.xhtml"
    assert found == [Extract("Título uno\n\nHabía una vez.", path, "Título uno", DAY, where=path)]


def test_feeds_give_their_entries_with_the_day_of_the_outlet() -> None:
    assert extracts(".rss", RSS.encode()) == [
        Extract(
            "Hola, Perú.\n\nAdiós.",
            "g1",
            "Uno & dos",
            DAY,
            where=Message("entry {number}", number=1),
            publication=Publication("D", hour="23:30:00-05:00"),
        ),
        Rejected(entry(2), Message("has no text"), "g2", digest("g2 None")),
    ]
    assert only(".atom", ATOM.encode()).text == "Cuerpo largo."


@pytest.mark.parametrize("name", [name for names in FIELDS.values() for name in names])
def test_every_documented_name_of_a_field_is_understood(name: str) -> None:
    record = {"text": "Hola.", name: "2024-05-06"}
    if name in FIELDS["text"]:
        record = {name: "Hola."}
    extract = only(".jsonl", json.dumps(record).encode())
    assert extract.text == "Hola."
    assert (extract.day == DAY) == (name in FIELDS["date"])
    assert (extract.title == "2024-05-06") == (name in FIELDS["title"])
    assert (extract.key == "2024-05-06") == (name in FIELDS["id"])


def test_a_bad_line_is_named_and_the_others_are_read() -> None:
    lines = [
        b'\xef\xbb\xbf{"id": 7, "text": "Uno."}',
        b"[1]",
        b"",
        b"{bad",
        b'{"title": "x"}',
        b'{"text": 5}',
        b'{"text": "x", "date": "2024-13-01"}',
        b"[" * 100_000,
        b'{"text": "\xff"}',
        b'{"Full Text": "<p>El pan es caro en</p><p>Lima.</p>", "DATE": "6 de mayo de 2024"}',
    ]
    found = extracts(".jsonl", b"\n".join(lines))
    assert found[0] == Extract("Uno.", "7", where=Message("line {number}", number=1))
    assert isinstance(found[-1], Extract)
    assert (found[-1].text, str(found[-1].where)) == ("El pan es caro en\n\nLima.", "line 10")
    rejected = {str(r.where): str(r.reason) for r in found if isinstance(r, Rejected)}
    assert rejected["line 2"] == "is a JSON list: expected an object"
    assert rejected["line 4"].startswith("is not JSON (")
    assert rejected["line 5"] == "has no text: expected a field named text, found title"
    assert rejected["line 6"] == "has a text that is a int: expected text"
    assert list(rejected) == [f"line {n}" for n in (2, 4, 5, 6, 8, 9)]


def test_a_line_without_end_is_passed_over_in_pieces() -> None:
    found = extracts(".jsonl", b"x" * 25_000_000 + b'\n{"text": "Hola."}')
    assert [type(part) for part in found] == [Rejected, Extract]
    assert str(found[1].where) == "line 2"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_tables_are_read_whatever_parts_and_encodes_them(delimiter: str, encoding: str) -> None:
    row = ["6 de mayo de 2024", "Año nuevo", '"Los señores\ndel café: ""mañana"", dijo él."']
    source = f"fecha{delimiter}titular{delimiter}texto\n{delimiter.join(row)}\n"
    extract = only(".csv", source.encode(encoding))
    assert extract.text == 'Los señores\ndel café: "mañana", dijo él.'
    assert (extract.day, extract.title, str(extract.where)) == (DAY, "Año nuevo", "line 2")


def test_an_article_without_an_id_keeps_its_key_when_others_come_before_it() -> None:
    line, other = b'{"text": "Hola."}\n', b'{"text": "Lima."}\n'
    assert only(".jsonl", line).key == extracts(".jsonl", other + line)[1].key  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("suffix", "data", "reason"),
    [
        (".html", b"<script>" + b"a=1;" * 1_000 + b"</script>", "no text was found"),
        (".html", b"<div>" * 100_000, "more than 2,000 HTML elements in one another"),
        (".mht", b"Content-Type: image/png\n\nx", "holds no web page"),
        (".pdf", pdf(), "has no text, as a scan has none"),
        (".docx", b"PK", "is damaged or of another kind"),
        (".epub", word(), "is no EPUB"),
        (".xml", b"<urlset/>", "is no RSS or Atom feed"),
        (".xml", b'<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"/>', "defines XML entities"),
    ],
)
def test_what_holds_no_article_says_why(suffix: str, data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        extracts(suffix, data)


@pytest.mark.parametrize("suffix", [".docx", ".epub"])
def test_a_bomb_is_refused_before_it_is_unpacked(suffix: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("a", b"\0" * 201_000_000)
    with pytest.raises(ArticleError, match="unpacks to 201 MB; it may unpack to 200 MB"):
        extracts(suffix, file.getvalue())


def _damaged(suffix: str, data: bytes, cut: int, noise: bytes) -> bytes:
    at = cut % (len(data) + 1)
    return data[:at] + noise + data[at + len(noise) :]


_WHOLE = {
    ".txt": b"date 2024-05-06 Hola.",
    ".md": b"---\ntitle: x\n---\n# Uno\n\nDos.",
    ".html": PAGE.encode(),
    ".mhtml": b"Content-Type: text/html\n\n" + PAGE.encode(),
    ".pdf": pdf("Hola."),
    ".docx": word(),
    ".epub": epub(one="<h1>Uno</h1><p>Dos</p>"),
    ".jsonl": b'{"id": 1, "date": "2024-05-06", "text": "Hola."}\n',
    ".csv": b"id,date,text\n1,2024-05-06,Hola.\n",
    ".rss": RSS.encode(),
}


@settings(max_examples=60)
@given(
    suffix=st.sampled_from(sorted(_WHOLE)),
    cut=st.integers(0, 100_000),
    noise=st.binary(max_size=8) | st.sampled_from([b"\0", b"<", b"\xff\xfe", b"((((", b"{}"]),
)
def test_a_damaged_file_is_read_or_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, cut: int, noise: bytes
) -> None:
    path: Path = tmp_path_factory.getbasetemp() / f"damaged{suffix}"
    path.write_bytes(_damaged(suffix, _WHOLE[suffix], cut, noise))
    found: list[object] = []
    try:
        found += read_articles(ArticleFile("damaged", path))
    except ArticleError as error:
        found.append(Rejected("the file", error.message))
    for part in found:
        if isinstance(part, Reading):
            assert part.article.text.strip()
            assert part.article.title
            part.article.text.encode()
        else:
            assert isinstance(part, Rejected | LeftOut)
            assert len(str(part.reason).splitlines()) == 1


@pytest.mark.parametrize("root", ["urlset", "sitemapindex"])
def test_a_sitemap_is_named_as_one_and_nothing_is_fetched(root: str) -> None:
    listed = "<url><loc>https://press.example/a</loc></url>" * 2
    data = f'<?xml version="1.0"?>\n<{root} xmlns="urn:s">{listed}</{root}>'.encode()
    with pytest.raises(ArticleError, match="is a sitemap: it lists 2 addresses"):
        extracts(".xml", data)
