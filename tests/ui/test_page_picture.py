"""The picture of the page beside the article, with the sentence marked."""

import io
from pathlib import Path

from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hemeroteca.index.article import Article
from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.sources.read import read_article
from hemeroteca.rag.answer import Citation
from hemeroteca.ui.web.evidence_view import article_html
from hemeroteca.ui.web.page_picture import page_picture, picture_route
from tests.index.drawn import Drawn, pdf
from tests.index.test_recognised import alto

LINES = ["El pleno votó ayer la ordenanza.", "La lluvia paró por la tarde."]


def _article(folder: Path) -> Article:
    path = folder / "faro.pdf"
    path.write_bytes(pdf([Drawn(60, 700 - 40 * n, line) for n, line in enumerate(LINES)]))
    return read_article(ArticleFile("faro", path))


def _citation(article: Article) -> Citation:
    start = article.text.index(LINES[1])
    return Citation(1, "faro", "x", None, LINES[1], start, start + len(LINES[1]), 1.0, (0, 8))


def test_an_opened_citation_shows_its_page_with_the_sentence_marked(tmp_path: Path) -> None:
    article = _article(tmp_path)
    citation = _citation(article)
    find = {"faro": article}.get
    client = TestClient(Starlette(routes=[picture_route(find)]))
    shown = page_picture(article, citation.start, citation.end)
    assert shown is not None
    assert shown.page == 1
    html = article_html(citation, find, "es")
    assert f'src="{shown.address.replace("&", "&amp;")}"' in html
    assert "Página 1 del archivo, con la frase marcada" in html
    found = client.get("/" + shown.address)
    assert found.headers["content-type"] == "image/png"
    picture = Image.open(io.BytesIO(found.content))
    width, height = picture.size
    column = [picture.getpixel((int(width * 62 / 595), y)) for y in range(height)]
    marked = [y / height for y, pixel in enumerate(column) if pixel == (255, 214, 64)]
    assert marked
    line = (842 - 660) / 842
    assert line - 0.02 < min(marked) < line < max(marked) < line + 0.02


def test_what_has_no_page_shows_none(tmp_path: Path) -> None:
    article = _article(tmp_path)
    citation = _citation(article)
    client = TestClient(Starlette(routes=[picture_route({"faro": article}.get)]))
    for asked in ("other?from=0&to=9", "faro?from=9000&to=9009", "faro?from=x&to=²", "faro"):
        assert client.get(f"/printed/{asked}").status_code == 404
    (tmp_path / "faro.pdf").unlink()
    assert page_picture(article, citation.start, citation.end) is None
    assert "<img" not in article_html(citation, {"faro": article}.get, "es")
    assert client.get("/printed/faro?from=0&to=9").status_code == 404


def test_a_page_that_cannot_be_shown_or_lies_elsewhere_is_said(tmp_path: Path) -> None:
    page = alto(*LINES)
    (tmp_path / "faro.xml").write_bytes(page)
    (tmp_path / "faro.djvu").write_bytes(b"AT&TFORM")
    article = read_article(ArticleFile("faro", tmp_path / "faro.xml"))
    find = {"faro": article}.get
    html = article_html(_citation(article), find, "es")
    assert "La página 1 del archivo no se puede mostrar: faro.djvu no es una imagen" in html
    assert "<img" not in html
    (tmp_path / "faro.djvu").unlink()
    Image.new("L", (100, 200), "white").save(tmp_path / "faro.jp2")
    html = article_html(_citation(article), find, "es")
    assert "Página 1 del archivo, con la frase marcada" in html
    start = article.text.index(LINES[1])
    shown = page_picture(article, start, start + 9)
    assert shown is not None
    found = TestClient(Starlette(routes=[picture_route(find)])).get("/" + shown.address)
    picture = Image.open(io.BytesIO(found.content))
    assert picture.getpixel((50, 23)) == (255, 214, 64)
    assert picture.getpixel((50, 14)) == (255, 255, 255)
