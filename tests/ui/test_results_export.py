"""All that a search finds, saved as a file."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.web import results_export
from hemeroteca.ui.web.page import reading_routes
from hemeroteca.ui.web.table import table


@pytest.fixture(scope="module")
def client(newspaper_archive: Archive) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=reading_routes(newspaper_archive))) as opened:
        yield opened


def _table(client: TestClient, said: str) -> list[dict[str, str]]:
    reply = client.get(f"/search.csv?{said}")
    assert reply.status_code == 200
    return [*csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig")))]


def test_all_that_is_found_is_a_table(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    held = client.get("/search.json").json()["total"]
    monkeypatch.setattr(results_export, "_AT_ONCE", 2)  # several pages of it
    rows = _table(client, "")
    assert len(rows) == len({row["article"] for row in rows}) == held > 3
    [row] = _table(client, "q=architect&page=7")
    assert row["title"].startswith("The public library of Porto")
    assert row["date"] == "2024-03-04"
    assert "architect" in row["excerpts"]
    assert client.get(row["address"].removeprefix("http://testserver")).status_code == 200
    assert {row["language"] for row in _table(client, "language=es")} == {"es"}
    assert _table(client, "q=zeppelin") == []


def test_a_file_has_at_most_so_many(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results_export, "MOST_EXPORTED", 2)
    monkeypatch.setattr(results_export, "_AT_ONCE", 1)
    assert len(_table(client, "")) == 2


def test_the_articles_themselves_are_packed(client: TestClient) -> None:
    reply = client.get("/search.zip?q=architect", headers={"accept-language": "en"})
    assert "filename*=UTF-8''architect.zip" in reply.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(reply.content)) as packed:
        table, article = packed.namelist()
        assert table == "articles.csv"
        assert article.startswith("00001 The public library of Porto")
        text = packed.read(article).decode()
    assert "4 March 2024" in text.splitlines()[0]
    assert "architect" in text


def test_references_of_all_of_it(client: TestClient) -> None:
    total = client.get("/search.json?language=es").json()["total"]
    assert client.get("/search.ris?language=es").text.count("TY  - ") == total
    assert client.get("/search.bib?language=es").text.count("@") == total
    assert len(json.loads(client.get("/search.csl.json?language=es").text)) == total


def test_what_is_wrong_is_said(client: TestClient) -> None:
    wrong = client.get("/search.csv?q=AND", headers={"accept-language": "es"})
    assert (wrong.status_code, "AND va entre" in wrong.text) == (400, True)
    assert client.get("/search.csv?from=soon").status_code == 400
    assert client.get("/search.pdf").status_code == 404


def test_a_spreadsheet_computes_nothing() -> None:
    rows = b"".join(table([["=HYPERLINK(1)", "3 = 3"]])).decode("utf-8-sig")
    assert rows == "'=HYPERLINK(1),3 = 3\r\n"
