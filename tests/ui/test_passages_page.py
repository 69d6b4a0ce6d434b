"""The page of passages that several articles share."""

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.search.reuse import reused_in
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.ui.web.page import reading_routes

_TOLD = (
    "El puente viejo del barrio de Santa Marta quedó cerrado ayer por la tarde después de que los "
    "bomberos hallaran una grieta en el pilar del lado norte",
    "La cosecha de aceituna será este otoño la menor en doce años por culpa de la sequía, según "
    "calculan las cooperativas de la comarca",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("press")
    rows = [
        ("El Sol", "2020-03-02", f"Lo dijo el alcalde. {_TOLD[0]}."),
        ("La Luna", "2020-03-01", f"Malas noticias. {_TOLD[0]}. Nadie lo esperaba <b>."),
        ("El Sol", "2020-04-02", f"Otra vez un puente. {_TOLD[1]}."),
        ("El Sol", "2020-04-03", f"Sigue cerrado. {_TOLD[1]}."),
    ]
    lines = (
        json.dumps({"id": n, "title": f"Nota {n}", "text": text, "date": date, "source": paper})
        for n, (paper, date, text) in enumerate(rows)
    )
    (folder / "press.jsonl").write_text("\n".join(lines), encoding="utf-8")
    opened = Archive(tmp_path_factory.mktemp("data"), encoder)
    sync_folders(opened, [folder])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(archive: Archive) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=reading_routes(archive))) as opened:
        yield opened


def _page(client: TestClient, asked: str = "", spoken: str = "en") -> str:
    reply = client.get(f"/passages{asked}", headers={"accept-language": spoken})
    assert reply.status_code == 200
    return unescape(reply.text)


def test_until_they_are_known_the_page_says_so_and_comes_again(client: TestClient) -> None:
    first = client.get("/passages")
    assert first.status_code == 202
    assert 'role="status" data-again>' in first.text
    data = client.get("/passages.json")
    assert data.status_code in (200, 202)


def test_passages_are_listed_with_who_printed_them_first(
    archive: Archive, client: TestClient
) -> None:
    reused_in(archive).made()
    page = _page(client)
    assert re.findall(r"<li><a href=\"article/\S+#place-1\">(Nota \d)</a>", page) == [
        *("Nota 1", "Nota 0", "Nota 2", "Nota 3")
    ]
    assert page.count("Beside the first") == 2
    assert "2 articles · 2 papers" in page
    data = client.get("/passages.json").json()
    assert (data["total"], data["pages"]) == (2, 1)
    first = data["passages"][0]
    assert first["quote"] == _TOLD[0]
    assert [each["title"] for each in first["articles"]] == ["Nota 1", "Nota 0"]
    assert [each["date"] for each in first["articles"]] == ["2020-03-01", "2020-03-02"]


def test_they_are_those_of_what_a_search_finds(archive: Archive, client: TestClient) -> None:
    reused_in(archive).made()
    assert client.get("/passages.json?paper=El+Sol").json()["total"] == 1
    assert "No two of these articles" in _page(client, "?q=alcalde")
    assert "Ninguno de estos artículos" in _page(client, "?q=alcalde", "es")
    assert '<a class="compare" href="passages?paper=El+Sol">' in unescape(
        client.get("/search?paper=El+Sol").text
    )


@pytest.mark.parametrize("asked", ["q=AND", "from=nunca", "q=%22x", "collection=none"])
def test_what_is_wrong_is_said(client: TestClient, asked: str) -> None:
    reply = client.get(f"/passages?{asked}")
    assert reply.status_code == 400
    assert 'role="alert"' in reply.text
    assert client.get(f"/passages.json?{asked}").json()["error"]


def test_a_page_that_is_none_is_the_last(archive: Archive, client: TestClient) -> None:
    reused_in(archive).made()
    assert client.get("/passages.json?page=99").json()["page"] == 1
