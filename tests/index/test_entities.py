"""No kind of XML takes in what an entity stands for: neither a file of the machine nor a text that
is written once and said many times."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.find import ArticleFile, find_articles
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.read import Reading, read_articles

SECRET = "RESERVADO"
SAID = "El muelle nuevo de Motril reabrió ayer, dijo la alcaldesa ante los vecinos del puerto."
AT = "&taken;"
_HTML = f"<html><head><title>T</title></head><body><p>{SAID} {AT}</p></body></html>"
_BODY = f"<body><body.content><p>{SAID} {AT}</p></body.content></body>"
_LINE = f'<TextLine><String CONTENT="{SAID}"/><String CONTENT="{AT}"/></TextLine>'
MARKUP = {
    "nitf.xml": f"<nitf>{_BODY}</nitf>",
    "newsml-g2.xml": (
        "<newsItem guid='a'><itemMeta><itemClass qcode='ninat:text'/></itemMeta><contentSet>"
        f"<inlineXML><nitf>{_BODY}</nitf></inlineXML></contentSet></newsItem>"
    ),
    "newsml-1.xml": (
        "<NewsML><NewsItem><NewsComponent><ContentItem><DataContent>"
        f"<p>{SAID} {AT}</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    ),
    "alto.xml": (
        f"<alto><Layout><Page><PrintSpace><TextBlock>{_LINE}</TextBlock></PrintSpace></Page>"
        "</Layout></alto>"
    ),
    "abbyy.xml": (
        '<document xmlns="http://www.abbyy.com/FineReader_xml/FineReader6-schema-v1.xml"><page>'
        f"<block><text><par><line><formatting>{SAID} {AT}</formatting></line></par></text></block>"
        "</page></document>"
    ),
    "page.xml": (
        "<PcGts><Page><TextRegion><TextLine><TextEquiv>"
        f"<Unicode>{SAID} {AT}</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>"
    ),
    "feed.rss": (
        f"<rss><channel><item><title>T</title><description>{SAID} {AT}</description></item>"
        "</channel></rss>"
    ),
    "feed.atom": (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><content>'
        f"{SAID} {AT}</content></entry></feed>"
    ),
    "export.xml": (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>T</title>'
        f"<content:encoded>{SAID} {AT}</content:encoded><wp:status>publish</wp:status></item>"
        "</channel></rss>"
    ),
    "feeds.opml": f"<opml><body><outline text='{SAID} {AT}' xmlUrl='https://a.example'/></body>",
    "page.html": _HTML,
    "page.xhtml": _HTML,
    "scan.hocr": (
        "<html><body><div class='ocr_page'><span class='ocr_line'><span class='ocrx_word'>"
        f"{SAID}</span> <span class='ocrx_word'>{AT}</span></span></div></body></html>"
    ),
}


def packed(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for name, text in files.items():
            container.writestr(name, text)
    return out.getvalue()


def docx(kind: str) -> bytes:
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    related = "http://schemas.openxmlformats.org/package/2006/relationships"
    document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    body = f"<w:body><w:p><w:r><w:t>{SAID} {AT}</w:t></w:r></w:p></w:body>"
    return packed({
        "_rels/.rels": (
            f'<Relationships xmlns="{related}"><Relationship Id="a" Type="{document}" '
            'Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": f'{kind}<w:document xmlns:w="{words}">{body}</w:document>',
    })  # fmt: skip


def odt(kind: str) -> bytes:
    name = "urn:oasis:names:tc:opendocument:xmlns"
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            f'{kind}<o:document-content xmlns:o="{name}:office:1.0" xmlns:t="{name}:text:1.0">'
            f"<o:body><o:text><t:p>{SAID} {AT}</t:p></o:text></o:body></o:document-content>"
        ),
    })  # fmt: skip


def epub(kind: str) -> bytes:
    return packed({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": (
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="a.opf"/></rootfiles></container>'
        ),
        "a.opf": (
            '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" '
            'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine>'
            "</package>"
        ),
        "a.xhtml": kind + _HTML.replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">'),
    })  # fmt: skip


PACKED: dict[str, Callable[[str], bytes]] = {"a.docx": docx, "a.odt": odt, "a.epub": epub}


def texts(path: Path) -> list[str]:
    """What is read of a file; nothing if it is refused."""
    (file,) = find_articles([path])
    assert isinstance(file, ArticleFile)
    try:
        return [part.article.text for part in read_articles(file) if isinstance(part, Reading)]
    except ArticleError:
        return []


def kinds(secret: Path) -> dict[str, str]:
    """Document types that define the entity: of a file, of a text, and of one by another."""
    return {
        "file": f'<!DOCTYPE x [<!ENTITY taken SYSTEM "{secret.as_uri()}">]>',
        "text": f'<!DOCTYPE x [<!ENTITY taken "{SECRET}">]>',
        "nested": f'<!DOCTYPE x [<!ENTITY one "{SECRET}"><!ENTITY taken "&one;&one;">]>',
    }


@pytest.mark.parametrize("kind", ["file", "text", "nested"])
@pytest.mark.parametrize("name", [*MARKUP, *PACKED])
def test_what_an_entity_stands_for_is_not_read(name: str, kind: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    path = tmp_path / name
    defined = kinds(secret)[kind]
    if name in PACKED:
        path.write_bytes(PACKED[name](defined))
    else:
        path.write_text(f"{defined}{MARKUP[name]}", encoding="utf-8")
    assert SECRET not in "".join(texts(path))


@pytest.mark.parametrize("name", [name for name in [*MARKUP, *PACKED] if name != "feeds.opml"])
def test_the_same_without_entities_is_read(name: str) -> None:
    """Else the test above would pass whatever was read."""
    if name in PACKED:
        files = zipfile.ZipFile(io.BytesIO(PACKED[name]("")))
        data = packed({
            each: files.read(each).decode().replace(AT, "Fin.") for each in files.namelist()
        })  # fmt: skip
    else:
        data = MARKUP[name].replace(AT, "Fin.").encode()
    suffix = Path(name).suffix
    found = [
        p for p in FORMATS[suffix].extracts(io.BytesIO(data), suffix) if isinstance(p, Extract)
    ]
    assert SAID in " ".join(" ".join(part.text for part in found).split())
