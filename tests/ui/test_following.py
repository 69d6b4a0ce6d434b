"""A search that is followed from its own page."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.web.following import following_route
from hemeroteca.ui.web.news_tab import followed_text
from hemeroteca.ui.web.saved import SavedSearches

ME, OTHER = "a" * 32, "b" * 32


@pytest.fixture
def saved(tmp_path: Path) -> Iterator[SavedSearches]:
    with closing(SavedSearches(tmp_path / "kept.db")) as opened:
        yield opened


@pytest.fixture
def client(newspaper_archive: Archive, saved: SavedSearches) -> TestClient:
    return TestClient(Starlette(routes=[following_route(newspaper_archive, saved)]))


def _send(client: TestClient, search: str, act: str = "show", status: int = 200) -> Any:
    sent = {"browser": ME, "act": act, "search": search}
    reply = client.post("/following", json=sent, headers={"accept-language": "es"})
    assert reply.status_code == status, reply.text
    return reply.json()


def test_a_search_is_followed_and_no_more(client: TestClient, saved: SavedSearches) -> None:
    search = "q=lluvia++nieve&paper=El+Faro&from=2020-01-01&order=newest&page=2"
    assert not _send(client, search)["followed"]
    done = _send(client, search, "follow")
    assert done["followed"]
    assert "«Novedades»" in done["said"]
    [kept] = saved.of(f"browser:{ME}")
    assert (kept.kind, kept.text) == ("search", "lluvia nieve")
    assert kept.asked_of == {"from": "2020-01-01", "paper": "El Faro"}
    assert _send(client, search.replace("&page=2", ""))["followed"]
    assert not _send(client, "q=lluvia+nieve")["followed"]
    other = client.post("/following", json={"browser": OTHER, "search": search, "act": "forget"})
    assert other.json()["followed"] is False
    assert not _send(client, search, "forget")["followed"]
    assert saved.of() == []


def test_what_is_chosen_is_followed_with_it(client: TestClient, saved: SavedSearches) -> None:
    _send(client, "q=lluvia+OR+nieve&paper=El+Faro&paper=La+Voz&undated=only", "follow")
    [kept] = saved.of()
    assert kept.text == '(lluvia OR nieve) date:none (paper:"El Faro" OR paper:"La Voz")'
    assert kept.asked_of == {}


def test_what_cannot_be_followed_is_said(client: TestClient, saved: SavedSearches) -> None:
    assert "AND va entre" in _send(client, "q=AND", "follow", 400)["error"]
    assert _send(client, "", "follow", 400)["error"].startswith("No hay nada escrito")
    assert "search" in _send(client, "q=" + "a" * 10_000, status=400)["error"]
    assert saved.of() == []


def test_it_is_listed_with_what_was_chosen_beside_it(
    client: TestClient, saved: SavedSearches
) -> None:
    _send(client, "q=lluvia&paper=El+Faro&language=es&from=2020-03-01&to=2020-03-31", "follow")
    [followed] = saved.of(f"browser:{ME}")
    assert followed_text(followed, "en") == "“lluvia” · El Faro · Spanish · March 2020"
    assert followed_text(followed, "es") == "“lluvia” · El Faro · español · marzo de 2020"
    _send(client, "q=ceniza", "follow")
    assert followed_text(saved.of(f"browser:{ME}")[0], "en") == "“ceniza”"
