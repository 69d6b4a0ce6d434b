"""The searches that somebody made, each owner's own."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.search_history import SearchHistory, search_history_route

ME, OTHER = "a" * 32, "b" * 32


@pytest.fixture
def client(tmp_path: Path, collections: Collections) -> Iterator[TestClient]:
    with closing(SearchHistory(tmp_path / "kept.db")) as searches:
        yield TestClient(Starlette(routes=[search_history_route(searches, collections)]))


def _send(client: TestClient, search: str = "", status: int = 200, **asked: object) -> Any:
    spoken = {"accept-language": "en"}
    sent = {"browser": ME, "search": search, **asked}
    reply = client.post("/searches", json=sent, headers=spoken)
    assert reply.status_code == status, reply.text
    return reply.json()


def _said(client: TestClient, **asked: object) -> list[str]:
    return [each["said"] for each in _send(client, **asked)["searches"]]


def test_searches_come_back_the_latest_first_each_once(client: TestClient) -> None:
    assert _send(client, "q=lluvia")["searches"] == []  # the one that is looked at is none
    _send(client, "q=Puebla&paper=El+Faro&from=2020-03-01&to=2020-03-31&order=newest&page=3")
    _send(client, "undated=only")
    _send(client, "q=lluvia&view=both")
    assert _said(client) == [
        "lluvia",
        "Every article · without a date",
        "Puebla · El Faro · March 2020",
    ]
    [_, _, third] = _send(client)["searches"]
    assert third["address"] == "search?q=Puebla&paper=El+Faro&from=2020-03-01&to=2020-03-31"


def test_a_search_of_a_collection_is_told_with_its_name(
    client: TestClient, collections: Collections
) -> None:
    id = collections.add(f"browser:{ME}", "Volcanoes")
    _send(client, f"q=lluvia&collection={id}")
    _send(client, "q=ceniza&collection=gone")
    assert _said(client) == ["ceniza · “…”", "lluvia · “Volcanoes”"]
    assert _send(client)["searches"][1]["address"] == f"search?q=lluvia&collection={id}"


def test_they_are_seen_by_nobody_else_and_can_be_forgotten(client: TestClient) -> None:
    _send(client, "q=lluvia")
    assert _said(client, browser=OTHER) == []
    _send(client, act="clear", browser=OTHER)
    assert _said(client) == ["lluvia"]
    assert _said(client, act="clear") == []


def test_the_oldest_go(client: TestClient) -> None:
    for n in range(60):
        _send(client, f"q=word{n}")
    assert _said(client) == [f"word{n}" for n in range(59, 9, -1)]


def test_what_is_wrong_is_said(client: TestClient) -> None:
    assert "search" in _send(client, "q=" + "a" * 10_000, status=400)["error"]
    assert "browser" in _send(client, status=400, browser="")["error"]
    _send(client, "q=x&from=soon")
    assert _said(client) == ["x · soon – "]
    assert client.post("/searches", content="{}").status_code == 415
