"""The passages that articles share, beside one of them and side by side."""

import json
import re
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.ui.web.page import reading_routes

FIRST = "La sirena sonó tres veces en la plaza y los vecinos salieron a la calle con sus mantas."
SECOND = (
    "El consejero anunció que la obra del puente <b>costará</b> cuarenta millones de euros en 2024."
)
ONE = f"{FIRST} Nadie resultó herido en el suceso de la noche. {SECOND} {FIRST}"
OTHER = f"{SECOND} Ayer llovió mucho en toda la comarca y hubo granizo. {FIRST}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("press")
    texts = {"one": ONE, "other": OTHER, "third": "Un texto que no tiene nada que ver con ellos."}
    lines = (json.dumps({"id": id, "title": id, "text": text}) for id, text in texts.items())
    (folder / "press.jsonl").write_text("\n".join(lines), encoding="utf-8")
    archive = Archive(tmp_path_factory.mktemp("data"), encoder)
    sync_folders(archive, [folder])
    spoken = {"accept-language": "en"}
    with TestClient(Starlette(routes=reading_routes(archive)), headers=spoken) as opened:
        yield opened
    archive.close()


def _address(client: TestClient, title: str) -> str:
    [found] = client.get("/search.json", params={"q": f"title:{title}"}).json()["hits"]
    return str(found["article"])


def test_an_article_shows_who_shares_its_passages(client: TestClient) -> None:
    one, other = _address(client, "one"), _address(client, "other")
    page = client.get(f"/article/{one}").text
    assert "Passages also in" in page
    assert f"beside={other.replace('/', '%2F').replace('#', '%23')}" in page
    assert "costará" in page
    assert "<b>costará" not in page
    assert "Passages also in" not in client.get(f"/article/{_address(client, 'third')}").text
    [at] = re.findall(r'<li><a href="(?:\.\./)+(article/[^"]*at=[^"]*)#place-1">other', page)
    marked = client.get(f"/{at.replace('&amp;', '&')}").text
    assert re.search(r'<mark id="place-1">La sirena sonó', marked)


def test_two_articles_stand_side_by_side_with_their_passages(client: TestClient) -> None:
    one, other = _address(client, "one"), _address(client, "other")
    page = client.get(f"/article/{one}", params={"beside": other}).text
    first, second = page.split('<h2 id="other">')
    assert "3 passages in common" in first
    numbers = r'id="(?:one|other)-(\d)" href="#(?:one|other)-(\d)".*?</a><mark>(.*?)</mark>'
    there = [("1", "1", "La sirena"), ("2", "2", "El consejero"), ("3", "3", "La sirena")]
    found = [(n, m, text.split(" s")[0][:12].strip()) for n, m, text in re.findall(numbers, first)]
    assert [each[:2] for each in found] == [each[:2] for each in there]
    # What the first says twice stands once in the other, which has the rest in another order.
    assert [n for n, _, _ in re.findall(numbers, second)] == ["2", "1"]
    bare = client.get(f"/article/{one}", params={"beside": _address(client, "third")}).text
    assert "0 passages in common" in bare
    assert client.get(f"/article/{one}", params={"beside": "gone"}).status_code == 200
