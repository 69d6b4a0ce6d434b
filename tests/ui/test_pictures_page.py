"""The page of photographs: those of a search, and who printed a picture."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.testclient import TestClient

from hemeroteca.index.encoder.encoder import Encoder
from tests.index.photos import SENTENCES, bomb, encoded, page, photo
from tests.ui.pages import pages_of

MANY = 23  # articles with a photograph of their own: more than a page shows


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press")

    def add(name: str, shown: Image.Image | None, caption: str, text: str, paper: str) -> None:
        (folder / f"{name}_files").mkdir()
        markup = ""
        if shown is not None:
            (folder / f"{name}_files" / "p.jpg").write_bytes(encoded(shown))
            markup = f'<img src="{name}_files/p.jpg" alt="{caption}">'
        (folder / f"{name}.html").write_text(page(name, markup, text, paper), encoding="utf-8")

    for number in range(MANY):
        day = f"2024-04-{number + 1:02}"
        add(f"{day} n{number}", photo(number), "", "Llueve en Cartagena. ", f"Diario {number}")
    add("2024-05-02 faro", photo(100, 900, 600), "Las grúas del puerto", "", "El Faro")
    add("2024-05-03 costa", photo(100).convert("L"), "", "Grúas nuevas. ", "La Costa")
    add("2024-05-04 sin", None, "", "Grúas viejas. ", "La Costa")
    return folder


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, press: Path
) -> Iterator[TestClient]:
    with pages_of(press, tmp_path_factory.mktemp("data"), encoder) as opened:
        yield opened


def _found(client: TestClient, **asked: object) -> tuple[int, list[str]]:
    said: dict[str, Any] = client.get("/pictures.json", params=asked).json()  # type: ignore[arg-type]
    return said["total"], [each["article"] for each in said["articles"]]


def _printed(client: TestClient, data: bytes, name: str = "mine.jpg") -> list[str]:
    said = client.post("/pictures.json", files={"file": (name, data)}).json()
    return [each["article"] for each in said["articles"]]


def test_photographs_are_found_by_captions_and_by_articles(client: TestClient) -> None:
    # The caption alone says it of the first, the text of the second; the third has no photograph.
    assert _found(client, q="grúas") == (2, ["2024-05-02 faro", "2024-05-03 costa"])
    assert _found(client, q="las grúa puerto") == (1, ["2024-05-02 faro"])
    assert _found(client, q="grúas", paper="La Costa") == (1, ["2024-05-03 costa"])
    assert _found(client, q='"grúas nuevas"') == (1, ["2024-05-03 costa"])
    assert _found(client, q="xilófono") == (0, [])
    page = client.get("/pictures", params={"q": "grúas"}).text
    assert "2 articles with photographs" in page
    assert 'alt="Las grúas del puerto"' in page
    assert not re.search(r'(?:src|href)="https?:', page)


def test_every_photograph_can_be_reached_and_is_counted_once(client: TestClient) -> None:
    total, first = _found(client, q=SENTENCES[0].split()[3])
    assert total == MANY + 2
    total, second = _found(client, q=SENTENCES[0].split()[3], page=2)
    assert len(first) == 20
    assert len({*first, *second}) == total
    assert _found(client)[0] == MANY + 2
    assert _found(client, page=99)[0] == MANY + 2
    assert 'aria-current="page">2<' in client.get("/pictures", params={"page": "2"}).text


def test_a_wrong_search_is_explained(client: TestClient) -> None:
    found = client.get("/pictures", params={"q": "AND"})
    assert found.status_code == 400
    assert 'role="alert"' in found.text
    assert "error" in client.get("/pictures.json", params={"from": "2024-99-99"}).json()


def test_who_printed_a_picture_is_told_with_the_first(client: TestClient) -> None:
    mine = encoded(photo(100, 900, 600).resize((300, 200)), quality=40)
    assert _printed(client, mine) == ["2024-05-02 faro", "2024-05-03 costa"]
    page = client.post("/pictures", files={"file": ("mía.jpg", mine)}).text
    assert "2 articles printed this picture" in page
    assert "El Faro · 2 May 2024 · printed first" in page
    assert "mía.jpg" in page
    assert _printed(client, encoded(photo(777))) == []
    nothing = client.post("/pictures", files={"file": ("x.jpg", encoded(photo(777)))}).text
    assert "No photograph in the archive shows the same" in nothing


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no picture of a kind that can be shown"),
        (b"<svg xmlns='x'/>", "is no picture of a kind that can be shown"),
        (encoded(photo(1))[:3_000], "The file cannot be used: the picture is damaged"),
        (bomb(), "is too large to be shown"),
        (bytes(20_000_001), "The file is too large: a picture may have 20 MB."),
    ],
)
def test_a_file_that_is_none_is_said(client: TestClient, data: bytes, said: str) -> None:
    found = client.post("/pictures", files={"file": ("x<b>.jpg", data)})
    assert found.status_code == 400
    assert said in found.text
    assert "x<b>" not in found.text


def test_no_file_is_said(client: TestClient) -> None:
    found = client.post("/pictures", data={"file": "text"})
    assert found.status_code == 400
    assert "Choose the file of a picture." in found.text


def test_a_picture_of_one_pixel_is_no_photograph(client: TestClient) -> None:
    assert _printed(client, encoded(Image.new("RGB", (1, 1)), "PNG"), "x.png") == []


def test_what_a_search_answers_programs_has_no_bytes_in_it(client: TestClient) -> None:
    found = client.get("/search.json", params={"q": "title:faro"})
    assert found.status_code == 200
    assert [each["article"] for each in found.json()["hits"]] == ["2024-05-02 faro"]
