"""A search of the articles of one collection."""

from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from hemeroteca.index.search.search import Wanted, search
from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.web.article_page import whole
from hemeroteca.ui.web.auth import AuthMiddleware, Users, hash_password
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.page import reading_routes

ME = "browser:" + "a" * 32


@pytest.fixture
def client(newspaper_archive: Archive, collections: Collections) -> TestClient:
    routes = reading_routes(newspaper_archive, collections=collections)
    return TestClient(Starlette(routes=routes), headers={"accept-language": "en"})


def _kept(archive: Archive, collections: Collections, owner: str, *articles: str) -> str:
    id = collections.add(owner, "Volcanoes")
    for each in articles:
        found = archive.document(each)
        assert found is not None
        collections.toggle(owner, id, whole(found))
    return id


def _all(archive: Archive) -> list[str]:
    return archive.catalog.holdings.articles()


def test_what_is_found_and_counted_is_of_the_collection_alone(
    client: TestClient, newspaper_archive: Archive, collections: Collections
) -> None:
    chosen = _all(newspaper_archive)[:3]
    id = _kept(newspaper_archive, collections, ME, *chosen)
    found = client.get("/search.json", params={"collection": id}).json()
    assert {hit["article"] for hit in found["hits"]} == {*chosen}
    assert found["total"] == 3
    years = [*found["facets"]["years"].values(), found["facets"]["undated"]]
    assert sum(years) == 3
    for word in ("de", "architect", "Cotopaxi NOT lluvia", "zeppelin"):
        inside = client.get("/search.json", params={"q": word, "collection": id}).json()
        every = search(newspaper_archive, Wanted(word, most=1_000)).hits
        expected = {hit.article.id: hit.excerpts for hit in every if hit.article.id in chosen}
        assert {hit["article"] for hit in inside["hits"]} == {*expected}
        for hit in inside["hits"]:
            assert hit["excerpts"] == [
                {**each.as_dict(), "marks": [list(mark) for mark in each.marks]}
                for each in expected[hit["article"]]
            ]


def test_the_page_names_the_collection_and_every_link_keeps_it(
    client: TestClient, newspaper_archive: Archive, collections: Collections
) -> None:
    id = _kept(newspaper_archive, collections, ME, *_all(newspaper_archive)[:2])
    page = client.get("/search", params={"q": "zeppelin", "collection": id}).text
    assert "Only in “Volcanoes”" in page
    assert f'name="collection" value="{id}"' in page
    page = client.get("/search", params={"collection": id}).text
    assert 'class="star follow"' not in page  # nothing new comes into it by itself
    assert f"search.csv?collection={id}" in page
    table = client.get("/search.csv", params={"collection": id}).text
    assert len(table.strip().splitlines()) == 1 + 2
    compared = client.get("/compare", params={"q": "de", "with": "la", "collection": id}).text
    assert f"collection={id}" in compared
    sent = {"q": "de\nzeppelin", "collection": id}
    assert "“Volcanoes”" in client.post("/batch", data=sent).text
    meant = client.get("/search.json", params={"q": "volcán", "view": "meaning", "collection": id})
    assert {hit["article"] for hit in meant.json()["hits"]} <= {*_all(newspaper_archive)[:2]}


def test_one_that_is_gone_or_empty_is_said_so(
    client: TestClient, newspaper_archive: Archive, collections: Collections
) -> None:
    bare = collections.add(ME, "Bare")
    for id, said in ((bare, "The collection is empty"), ("f" * 32, "The collection is gone")):
        for path in ("/search", "/search.json", "/search.csv", "/compare"):
            asked = urlencode({"q": "de", "with": "la", "collection": id})
            reply = client.get(f"{path}?{asked}")
            assert reply.status_code == 400, path
            assert said in reply.text, path
        assert said in client.post("/batch", data={"q": "de", "collection": id}).text


def test_nobody_searches_the_collection_of_another_user(
    newspaper_archive: Archive, collections: Collections
) -> None:
    users = Users({name: hash_password(name) for name in ("ana", "eve")})
    routes = reading_routes(newspaper_archive, collections=collections)
    app = Starlette(routes=routes, middleware=[Middleware(AuthMiddleware, users=users)])
    of_ana = _kept(newspaper_archive, collections, "user:ana", *_all(newspaper_archive)[:1])
    of_browser = _kept(newspaper_archive, collections, ME, *_all(newspaper_archive)[:1])
    for name, id, status in (
        ("ana", of_ana, 200), ("eve", of_ana, 400), ("eve", of_browser, 400),
    ):  # fmt: skip
        client = TestClient(app)
        reply = client.get("/search.json", params={"collection": id}, auth=(name, name))
        assert reply.status_code == status, (name, reply.text)
    # Where there are no users any more, theirs are nobody's.
    client = TestClient(Starlette(routes=routes))
    assert client.get("/search.json", params={"collection": of_ana}).status_code == 400
