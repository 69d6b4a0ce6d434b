"""What is kept from the pages for reading, as their script asks for it."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.web.auth import AuthMiddleware, Users, hash_password
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.keeping_route import keeping_route

ME, OTHER = "a" * 32, "b" * 32


@pytest.fixture
def client(newspaper_archive: Archive, collections: Collections) -> TestClient:
    return TestClient(Starlette(routes=[keeping_route(newspaper_archive, collections)]))


def _send(client: TestClient, status: int = 200, **asked: object) -> Any:
    reply = client.post("/keeping", json={"browser": ME, **asked})
    assert reply.status_code == status, reply.text
    return reply.json()


def test_an_article_and_its_words_are_kept_noted_and_let_go(
    client: TestClient, newspaper_archive: Archive
) -> None:
    assert _send(client)["items"] == []
    article = next(
        id for id in newspaper_archive.catalog.holdings.articles(limit=9) if id.endswith("volcan")
    )
    found = newspaper_archive.document(article)
    assert found is not None
    quote = "Rosa Quishpe ordenó cerrar las escuelas"
    _send(client, act="keep", article=article)
    # The words are found where they stand now, though the page was opened before that.
    kept = _send(client, act="keep", article=article, quote=quote, start=3)
    assert [item["quote"] for item in kept["items"]] == ["", quote]
    assert kept["said"] == "Kept in “Kept”"
    noted = _send(client, act="note", item=kept["items"][1]["id"], text="call her")
    assert noted["items"][1]["note"] == "call her"
    assert _send(client, browser=OTHER)["items"] == []
    _send(client, browser=OTHER, act="remove", item=kept["items"][1]["id"])
    other = _send(client, act="collect", text="Volcanoes")
    assert [each["name"] for each in other["collections"]] == ["Kept", "Volcanoes"]
    assert other["items"] == []
    first = other["collections"][0]["id"]
    assert len(_send(client, collection=first)["items"]) == 2
    left = _send(client, collection=first, act="keep", article=article)
    assert [item["quote"] for item in left["items"]] == [quote]
    assert _send(client, collection=first, act="remove", item=left["items"][0]["id"])["items"] == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"act": "keep", "article": "none"}, "no longer in the archive"),
        ({"act": "keep", "article": "volcan", "quote": "what nobody wrote"}, "no longer there"),
        ({"act": "note", "item": "x", "text": "n" * 1_000_000}, "1,000,000 characters"),
        ({"act": "collect", "text": " "}, "has no name"),
        ({"act": "steal"}, "act: "),
        ({"browser": ""}, "browser: "),
        ({"browser": "../" + ME}, "browser: "),
        ({"start": -1}, "start: "),
    ],
)
def test_what_cannot_be_done_is_explained(
    client: TestClient, asked: dict[str, object], said: str
) -> None:
    assert said in _send(client, 400, **asked)["error"]


def test_another_site_keeps_nothing(client: TestClient) -> None:
    sent = f'{{"browser": "{ME}", "act": "collect", "text": "theirs"}}'
    assert (
        client.post("/keeping", content=sent, headers={"content-type": "text/plain"}).status_code
        == 415
    )
    json_type = {"content-type": "application/json"}
    assert client.post("/keeping", content="{", headers=json_type).status_code == 400
    assert _send(client)["collections"] == []


def test_a_user_keeps_what_no_name_of_a_browser_opens(
    newspaper_archive: Archive, collections: Collections
) -> None:
    users = Users({name: hash_password(name) for name in ("ana", "eve")})
    client = TestClient(
        Starlette(
            routes=[keeping_route(newspaper_archive, collections)],
            middleware=[Middleware(AuthMiddleware, users=users)],
        )
    )
    assert client.post("/keeping", json={"browser": ME}).status_code == 401
    client.auth = ("ana", "ana")
    _send(client, act="collect", text="Hers")
    client.auth = ("eve", "eve")
    assert _send(client)["collections"] == []
    assert collections.of(f"browser:{ME}") == []
    assert [each.name for each in collections.of("user:ana")] == ["Hers"]
