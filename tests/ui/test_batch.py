"""Many searches at once, on a page of their own."""

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.web.page import reading_routes

LIST = "architect\n\nCotopaxi NOT lluvia\nAND\n  zeppelin "


@pytest.fixture(scope="module")
def client(newspaper_archive: Archive) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=reading_routes(newspaper_archive))) as opened:
        yield opened


def _post(client: TestClient, spoken: str = "en", to: str = "/batch", **sent: Any) -> Any:
    return client.post(to, headers={"accept-language": spoken}, **sent)


def _rows(page: str) -> dict[str, list[str]]:
    """The address of each search and its counts."""
    row = r'<tr><th scope="row"><a href="(.*?)">(.*?)</a>(.*?)</tr>'
    return {
        unescape(text): [unescape(address), *re.findall(r'<td class="number">(.*?)</td>', rest)]
        for address, text, rest in re.findall(row, page, re.DOTALL)
    }


def test_each_line_is_a_search_with_what_it_finds(client: TestClient) -> None:
    reply = _post(client, data={"q": LIST})
    assert reply.status_code == 200
    rows = _rows(reply.text)
    assert [*rows] == ["architect", "Cotopaxi NOT lluvia", "AND", "zeppelin"]
    assert rows["architect"][1:] == ["1", "0", "2024"]
    assert rows["Cotopaxi NOT lluvia"][1:] == ["1", "0", ""]  # without a date
    assert rows["zeppelin"][1:] == ["0", "0", ""]
    assert rows["AND"][1:] == []
    assert "AND stands between two words" in reply.text
    found = client.get("/" + rows["architect"][0], headers={"accept-language": "en"}).text
    assert ">1 article</h1>" in found


def test_a_list_comes_as_a_file_of_text_or_as_a_table(client: TestClient) -> None:
    text = {"file": ("names.txt", "architect\r\nCotopaxi".encode("utf-8-sig"))}
    assert [*_rows(_post(client, files=text).text)] == ["architect", "Cotopaxi"]
    table = {"file": ("names.csv", b'"Rosa Quishpe";mayor\n"""reading room""";x\n')}
    rows = _rows(_post(client, files=table, data={"q": "first"}).text)
    assert [*rows] == ["first", "Rosa Quishpe", '"reading room"']
    assert rows['"reading room"'][1] == "1"


def test_all_are_made_of_what_is_chosen(client: TestClient) -> None:
    opened = client.get("/batch?language=de&from=2024-01-01&q=x").text
    assert '<input type="hidden" name="language" value="de">' in opened
    assert '<input type="hidden" name="from" value="2024-01-01">' in opened
    rows = _rows(_post(client, data={"q": "architect\nBrücke", "language": "de"}).text)
    assert [row[1] for row in rows.values()] == ["0", "1"]
    assert rows["Brücke"][0].endswith("&language=de")
    search = client.get("/search?q=x&language=de&view=both").text
    assert '<a class="batch" href="batch?language=de">' in search


def test_what_is_found_is_saved_as_a_table(client: TestClient) -> None:
    saved = _post(client, "es", to="/batch.csv", data={"q": LIST})
    rows = [*csv.reader(io.StringIO(saved.content.decode("utf-8-sig")))]
    assert rows[1] == ["architect", "1", "0", "2024", ""]
    assert rows[3][0] == "AND"
    assert "AND va entre dos palabras" in rows[3][4]


def test_what_is_wrong_with_a_list_is_said(client: TestClient) -> None:
    many = _post(client, data={"q": "x\n" * 501})
    assert (many.status_code, "The list has 501 searches" in many.text) == (400, True)
    large = _post(client, data={"q": "x" * (2 << 20)}, files={"file": ("a.txt", b"y")})
    assert (large.status_code, "The list is too large" in large.text) == (400, True)
    file = _post(client, files={"file": ("a.txt", b"y" * (2 << 20))})
    assert (file.status_code, "The list is too large" in file.text) == (400, True)
    other = _post(client, files={"file": ("a.txt", b"\xff\xfe\x00")})
    assert (other.status_code, "no text in UTF-8" in other.text) == (400, True)
    days = _post(client, data={"q": "x", "from": "soon"})
    assert (days.status_code, "is not a date" in days.text) == (400, True)
    assert client.get("/batch?q=x").status_code == 200
    assert "<table" not in _post(client, data={"q": " \n "}).text
    assert "<script>x" not in _post(client, data={"q": "<script>x</script>"}).text
    assert client.get("/batch.csv").status_code == 405
