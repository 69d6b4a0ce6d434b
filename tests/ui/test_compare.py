"""Two searches side by side, on a page of their own."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.ui.web.page import reading_routes
from hemeroteca.ui.web.reading import POLICY

PRESS = """\
{"id": "1", "title": "Lluvia", "paper": "El Faro", "date": "2020-03-04", "text": "La lluvia no \
para en Lima. La alcaldesa Ana Torres cerró el puente."}
{"id": "2", "title": "Nieve", "paper": "El Faro", "date": "2020-05-04", "text": "La lluvia y la \
nieve cerraron Lima. La alcaldesa Ana Torres lo lamentó."}
{"id": "3", "title": "Frío", "paper": "La Voz", "date": "2021-03-04", "text": "La nieve cubrió los \
pueblos de la sierra."}
{"id": "4", "title": "Calma", "paper": "La Voz", "date": "2021-03-05", "text": "Nada que contar."}
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[TestClient]:
    home = tmp_path_factory.mktemp("compared")
    (home / "press").mkdir()
    (home / "press" / "all.jsonl").write_text(PRESS, encoding="utf-8")
    archive = Archive(home / "data", encoder)
    sync_folders(archive, [home / "press"])
    with TestClient(Starlette(routes=reading_routes(archive))) as opened:
        yield opened
    archive.close()


def _page(client: TestClient, spoken: str = "en", **said: str) -> Any:
    return client.get(f"/compare?{urlencode(said)}", headers={"accept-language": spoken})


def _rows(page: str) -> dict[str, list[str]]:
    """The counts of each row, by its name."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    counted = r'<span class="count(?: none)?">(.*?)</span>'
    return {unescape(name): re.findall(counted, counts) for name, counts in rows}


def test_what_each_finds_alone_and_both(client: TestClient) -> None:
    reply = _page(client, q="lluvia", **{"with": "nieve"})
    assert reply.status_code == 200
    assert reply.headers["content-security-policy"] == POLICY
    rows = _rows(reply.text)
    assert rows["2020"] == ["2 <small>100\u00a0%</small>", "1 <small>50\u00a0%</small>"]
    assert rows["2021"] == ["0", "1 <small>50\u00a0%</small>"]
    assert rows["El Faro"] == ["2", "1"]
    assert rows["La Voz"] == ["0", "1"]
    assert rows["Lima"] == ["2", "1"]
    assert rows["Ana Torres"] == ["2", "1"]
    alone = re.findall(r'<a href="\./(search\?[^"]*)"><b>(\d)</b>', reply.text)
    assert [number for _, number in alone] == ["1", "1", "1"]
    for address, number in alone:
        found = client.get(f"/{unescape(address)}", headers={"accept-language": "en"}).text
        assert f">{number} article</h1>" in found


def test_every_number_leads_to_its_articles(client: TestClient) -> None:
    page = _page(client, q="lluvia OR nieve", **{"with": "alcaldesa"}).text
    links = re.findall(r'<td><a href="\./(search[^"]*)">.*?"count">(\d)', page, re.DOTALL)
    assert len(links) > 8
    for address, number in links:
        found = client.get(f"/{unescape(address)}", headers={"accept-language": "en"}).text
        assert re.search(rf">{number} articles?</h1>", found), address


def test_it_keeps_to_what_is_chosen(client: TestClient) -> None:
    year = {"from": "2020-01-01", "to": "2020-12-31"}
    page = _page(client, q="lluvia", **{"with": "nieve", **year}).text
    rows = _rows(page)
    assert [name for name in rows if "2020" in name] == ["March 2020", "May 2020"]
    assert '<input type="hidden" name="from" value="2020-01-01">' in page
    search = client.get("/search?q=lluvia&paper=El+Faro&from=2020-01-01&page=2&view=both").text
    assert 'href="compare?q=lluvia&amp;paper=El+Faro&amp;from=2020-01-01"' in search


def test_what_cannot_be_compared_is_explained(client: TestClient) -> None:
    wrong = _page(client, "es", q="AND", **{"with": "<b>nieve"})
    assert wrong.status_code == 400
    assert "AND va entre dos palabras" in wrong.text
    assert 'value="&lt;b&gt;nieve"' in wrong.text
    half = _page(client, q="lluvia")
    assert (half.status_code, "<table>" in half.text) == (200, False)
    assert _page(client, q="zeppelin", **{"with": "dirigible"}).text.count("<b>0</b>") == 3
    assert _page(client, q="a" * 10_000, **{"with": "b"}).status_code == 400
    assert _page(client, q="lluvia", **{"with": "nieve", "from": "soon"}).status_code == 400


def test_a_name_has_a_page_of_its_own(client: TestClient) -> None:
    own = client.get('/search?q=person:"Ana Torres"', headers={"accept-language": "en"}).text
    [box] = re.findall(r'<div class="who">(.*?)</div>', own, re.DOTALL)
    assert "<h2>Ana Torres</h2>" in box
    assert "Person · March 2020 – May 2020" in box
    for other in ('person:"Ana Torres" nieve', "person:Ana", "Lima", 'person:"Nobody Here"'):
        assert 'class="who"' not in client.get("/search", params={"q": other}).text
    place = client.get('/search?q=place:"LIMA"', headers={"accept-language": "es"}).text
    [box] = re.findall(r'<div class="who">(.*?)</div>', place, re.DOTALL)
    assert "<h2>Lima</h2>" in box
    assert "Lugar · " in box
    assert re.search(r"Junto a: <a href=\"search\?q=person[^>]*>Ana Torres</a>", box)
