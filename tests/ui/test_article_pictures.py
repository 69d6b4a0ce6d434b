"""The photographs on an article's page, and the pictures themselves."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from hemeroteca.index.encoder.encoder import Encoder
from tests.index.photos import encoded, page, photo
from tests.ui.pages import pages_of

MUELLE = photo(1, 900, 600)


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press")
    printed = {
        "2024-05-02 faro": ("El Faro", MUELLE, 'El muelle "sur". EFE'),
        "2024-05-03 costa": ("La Costa", MUELLE.convert("L").resize((450, 300)), ""),
        "2024-05-04 norte": ("El Norte", photo(2), "Otra cosa"),
    }
    for name, (paper, picture, caption) in printed.items():
        (folder / f"{name}_files").mkdir()
        (folder / f"{name}_files" / "p.jpg").write_bytes(encoded(picture))
        said = caption.replace('"', "&quot;")
        shown = f'<img src="{name}_files/p.jpg" alt="{said}">'
        markup = page(f"Noticia de {paper}", shown, site=paper)
        (folder / f"{name}.html").write_text(markup, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, press: Path
) -> Iterator[TestClient]:
    with pages_of(press, tmp_path_factory.mktemp("data"), encoder) as opened:
        yield opened


def test_an_article_shows_its_photographs_and_who_else_printed_them(client: TestClient) -> None:
    page = client.get("/article/2024-05-02 faro").text
    assert 'alt="El muelle &#34;sur&#34;. EFE"' in page
    assert "The same picture:" in page
    assert re.search(r'article/2024-05-03%20costa#photograph-1">Noticia de La Costa', page)
    assert "La Costa · 3 May 2024" in page
    assert "Printed here first" in page
    other = client.get("/article/2024-05-03 costa").text
    assert "El Faro · 2 May 2024 · printed first" in other
    assert 'alt="Photograph 1 of the article"' in other
    assert "Printed here first" not in other
    alone = client.get("/article/2024-05-04 norte").text
    assert "The same picture" not in alone


def test_a_photograph_is_shown_small_and_large(client: TestClient) -> None:
    page = client.get("/article/2024-05-02 faro").text
    [address] = re.findall(r'src="(?:\.\./)+(photograph/[^"]*)"', page)
    small = client.get(f"/{address}")
    assert small.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(small.content)).size == (640, 427)
    large = client.get(f"/{address}", params={"large": "1"})
    assert Image.open(io.BytesIO(large.content)).size == (900, 600)


def test_what_is_no_photograph_is_not_shown(client: TestClient) -> None:
    for address in ("2/2024-05-02 faro", "0/2024-05-02 faro", "1/gone", "99999999/x"):
        assert client.get(f"/photograph/{address}").status_code == 404


def test_a_photograph_that_went_is_said(client: TestClient, press: Path) -> None:
    path = press / "2024-05-04 norte_files" / "p.jpg"
    data = path.read_bytes()
    path.unlink()
    try:
        page = client.get("/article/2024-05-04 norte").text
        assert "Photograph 1 cannot be shown: the picture is no longer there" in page
        assert "photograph/1/" not in page
        assert client.get("/photograph/1/2024-05-04 norte").status_code == 404
    finally:
        path.write_bytes(data)
