"""Several indexes on one server: what belongs to one is of no other."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from hemeroteca.ui.indexes import Indexes, UnknownIndexError
from hemeroteca.ui.settings import Settings, SettingsError, load_settings
from hemeroteca.ui.web.auth import hash_password
from hemeroteca.ui.web.choice import Choice
from tests.helpers import Server, assert_one_sentence, write

PORTO = (
    "The public library of Porto reopened on Monday after two years of repairs. "
    "The architect Helena Duarte designed its new reading room."
)
VIGO = "The harbour of Vigo was closed on Friday. Mayor Abel Ferro said that ships wait outside."
ANA = ("ana", "pa:ss")
ASKED = "Who designed the reading room of the library?"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, cache_dir: Path) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("several")
    for name, text in (("elbe", "Die Brücke ist frei."), ("a b", VIGO), ("porto", PORTO)):
        (home / "press" / name).mkdir(parents=True)
        write(home / "press" / name, "article", text, "2024-03-04")
    opened = Server(
        home, INDEXES="press", CACHE_DIR=cache_dir, CHAT_USERS=f"ana:{hash_password('pa:ss')}"
    )
    opened.start()
    yield opened
    opened.stop()


def _get(server: Server, path: str) -> httpx.Response:
    return httpx.get(server.address + path, timeout=60, headers={"accept-language": "en"}, auth=ANA)


def test_each_index_has_its_own_pages_and_offers_the_others(served: Server) -> None:
    assert "Helena" in _get(served, "/in/porto/article/article").text
    assert "Ferro" not in _get(served, "/in/porto/article/article").text
    first = _get(served, "/article/article").text  # "a b" is the first by name
    assert "Ferro" in first
    assert 'href="../in/porto/"' in first
    other = _get(served, "/in/porto/search?q=Porto").text
    assert ">1 article</h1>" in other
    assert 'href="./../../search?q=Porto"' in other
    assert 'href="./../../in/elbe/search?q=Porto"' in other
    assert ">0 articles</h1>" in _get(served, "/search?q=Porto").text
    assert _get(served, "/in/porto").headers["location"] == "./porto/"
    gone = _get(served, "/in/lisboa/search")
    assert (gone.status_code, gone.text) == (404, "There is no such archive here.")


def test_every_index_asks_for_a_user(served: Server) -> None:
    for path in ("/in/porto/", "/in/porto/search", "/in/porto/mcp", "/in/porto/gradio_api/info"):
        assert httpx.get(served.address + path, timeout=60).status_code == 401


def test_the_page_of_another_index_answers_from_it(served: Server) -> None:
    address = f"{served.address}/in/porto"
    client = Client(address, verbose=False, httpx_kwargs={"auth": ANA})
    assert client.predict(ASKED, api_name="/ask")["statements"][0]["text"] == "Helena Duarte"


def test_programs_name_an_index(served: Server) -> None:
    models = [each["id"] for each in _get(served, "/v1/models").json()["data"]]
    assert models == ["hemeroteca", "hemeroteca:elbe", "hemeroteca:porto"]
    body = {"model": "hemeroteca:porto", "messages": [{"role": "user", "content": ASKED}]}
    said = httpx.post(
        f"{served.address}/v1/chat/completions", json=body, timeout=60, auth=ANA
    ).json()
    assert "Helena Duarte" in said["choices"][0]["message"]["content"]
    url = said["choices"][0]["message"]["annotations"][0]["url_citation"]["url"]
    assert "Helena" in httpx.get(url, timeout=60, auth=ANA).text
    assert url.startswith(f"{served.address}/in/porto/article/")

    client = Client(served.address, verbose=False, httpx_kwargs={"auth": ANA})
    found = client.predict(ASKED, index="porto", api_name="/search")
    assert [each["article"] for each in found] == ["article"]
    assert "Vigo" in client.predict(ASKED, api_name="/search")[0]["text"]


def test_tools_name_an_index(served: Server) -> None:
    async def talk() -> tuple[Any, Any, Any]:
        async with (
            httpx.AsyncClient(timeout=60, auth=ANA) as http,
            streamable_http_client(served.address + "/mcp", http_client=http) as (read, send, _),
            ClientSession(read, send, read_timeout_seconds=timedelta(seconds=60)) as session,
        ):
            await session.initialize()
            return (
                (await session.call_tool("holdings", {})).structuredContent,
                (await session.call_tool("article", {"id": "article", "index": "porto"})),
                (await session.call_tool("article", {"id": "article", "index": "x"})),
            )

    held, told, refused = asyncio.run(talk())
    assert held["indexes"] == ["a b", "elbe", "porto"]
    assert PORTO in told.structuredContent["text"]
    assert refused.isError
    assert refused.structuredContent["error"]["type"] == "UnknownIndexError"


def test_what_is_kept_is_of_its_index(served: Server) -> None:
    kept = {"browser": "f" * 32, "collection": "", "act": "keep", "article": "article"}
    here = httpx.post(f"{served.address}/in/porto/keeping", json=kept, timeout=60, auth=ANA).json()
    assert [item["article"] for item in here["items"]] == ["article"]
    asked = {"browser": "f" * 32, "collection": here["collection"]}
    there = httpx.post(f"{served.address}/keeping", json=asked, timeout=60, auth=ANA).json()
    assert there["items"] == []


def test_the_terminal_names_an_index(hemeroteca: Any, tmp_path: Path) -> None:
    for name, text in (("one", VIGO), ("two", PORTO)):
        (tmp_path / name).mkdir()
        write(tmp_path / name, "article", text, "2024-03-04")
    Path(".env").write_text("INDEXES=harbour=one,library=two\n", encoding="utf-8")
    assert "1 added" in hemeroteca("index", "--index", "library").out
    assert "Porto" in hemeroteca("search", "reopened", "--index", "library").out
    assert "Vigo" in hemeroteca("search", "ships").out  # the first of them
    assert "Porto" in hemeroteca("articles", "list", "--index", "library").out
    assert_one_sentence(hemeroteca("ask", "Who?", "--index", "x"))
    assert "harbour, library" in hemeroteca("ask", "Who?", "--index", "x").err
    assert_one_sentence(hemeroteca("ask", "Who?", "--index", "library", "--articles", "one"))


def test_indexes_are_named_in_the_settings(tmp_path: Path) -> None:
    def read(indexes: str, **others: str) -> Settings:
        return load_settings(tmp_path / ".env", {"INDEXES": indexes, **others})

    for name in ("b", "a", ".hidden"):
        (tmp_path / name).mkdir()
    parent = read(str(tmp_path))
    assert parent.named_indexes == {"a": tmp_path / "a", "b": tmp_path / "b"}
    assert parent.articles_dir == tmp_path / "a"
    named = read("x=b, y=a", ARTICLES_DIR=str(tmp_path / "a"))
    assert list(named.named_indexes) == [(tmp_path / "a").name, "x", "y"]
    assert list(read("").named_indexes) == [read("").articles_dir.name]
    for wrong in ("x=", "=a", "x=a,x=b", "x/y=a", str(tmp_path / "none")):
        with pytest.raises(SettingsError, match="INDEXES"):
            read(wrong)
    with pytest.raises(SettingsError, match="two folders of the name a"):
        read("a=b", ARTICLES_DIR=str(tmp_path / "a")).named_indexes  # noqa: B018


def test_an_index_is_opened_once_however_many_ask(tmp_path: Path) -> None:
    opened, closed = [], []

    @contextmanager
    def open(name: str) -> Iterator[str]:
        opened.append(name)
        yield name.upper()
        closed.append(name)

    indexes = Indexes(["a", "b"], open)
    begin = threading.Barrier(8)

    def ask(_: int) -> str:
        begin.wait()
        return indexes.of("b")

    with ThreadPoolExecutor(8) as people:
        assert set(people.map(ask, range(8))) == {"B"}
    assert opened == ["b"]
    with pytest.raises(UnknownIndexError, match="expected one of a, b"):
        indexes.of("c")
    indexes.close()
    assert closed == ["b"]


def test_the_way_to_another_index() -> None:
    assert Choice(["a"], "a").addresses("./") == []
    here = Choice(["a", "b c"], "a").addresses("../", "search?q=x")
    assert here == [("a", "../search?q=x"), ("b c", "../in/b%20c/search?q=x")]
    there = Choice(["a", "b c"], "b c").addresses("./")
    assert there == [("a", "./../../"), ("b c", "./../../in/b%20c/")]
