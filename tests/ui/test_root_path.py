"""The page, its API and its MCP server under a path of another server, as behind nginx."""

import asyncio
import contextlib
import http.client
import os
import shutil
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from gradio_client import Client
from playwright.sync_api import sync_playwright

from tests.helpers import SEED, Server

PREFIX = "/prensa"
QUESTION = "Who met the Venezuelan ambassador?"
RIGHT = "Alexander Lukashenko"
CHROMIUM = shutil.which("chromium")


class _Proxy(BaseHTTPRequestHandler):
    """Passes on what is under PREFIX, which it takes away if `strips`, and refuses all else."""

    target: str
    strips: bool

    def _pass_on(self) -> None:
        if not self.path.startswith(PREFIX):
            self.send_error(404)
            return
        path = self.path.removeprefix(PREFIX) if self.strips else self.path
        line = http.client.HTTPConnection(self.target)
        headers = {name: value for name, value in self.headers.items() if name != "Connection"}
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        line.request(self.command, path, body, headers)
        reply = line.getresponse()
        self.send_response(reply.status)
        for name, value in reply.getheaders():
            if name.lower() not in ("transfer-encoding", "connection"):
                self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # a browser that leaves
            while piece := reply.read1():
                self.wfile.write(piece)
                self.wfile.flush()
        line.close()

    do_GET = do_POST = do_HEAD = do_DELETE = _pass_on

    def log_message(self, *arguments: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, cache_dir: Path) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("under")
    settings = {"ARTICLES_DIR": SEED.parent, "CACHE_DIR": cache_dir, "ANSWER_FROM": 0}
    opened = Server(home, CHAT_ROOT_PATH=PREFIX, **settings)
    opened.start()
    yield opened
    opened.stop()


@pytest.fixture(params=[True, False], ids=["stripped", "kept"])
def address(server: Server, request: pytest.FixtureRequest) -> Iterator[str]:
    class Handler(_Proxy):
        target = urlsplit(server.address).netloc
        strips = request.param

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as proxy:
        proxy.daemon_threads = True
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_port}{PREFIX}"
        proxy.shutdown()


def test_the_api_answers_under_a_path(address: str) -> None:
    client = Client(address, verbose=False)
    assert RIGHT in str(client.predict(QUESTION, api_name="/ask"))


def test_the_model_answers_under_a_path_and_links_there(address: str) -> None:
    asked = {"messages": [{"role": "user", "content": QUESTION}]}
    reply = httpx.post(f"{address}/v1/chat/completions", json=asked, timeout=60).json()
    message = reply["choices"][0]["message"]
    assert RIGHT in message["content"]
    link = message["annotations"][0]["url_citation"]["url"]
    assert RIGHT in httpx.get(link, timeout=60).text


@pytest.mark.parametrize("path", ["/mcp", "/gradio_api/mcp/"])
def test_the_mcp_server_answers_under_a_path(address: str, path: str) -> None:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def ask() -> str:
        async with (
            streamable_http_client(f"{address}{path}") as (read, write, _),
            ClientSession(read, write, read_timeout_seconds=timedelta(seconds=60)) as session,
        ):
            await session.initialize()
            return str((await session.call_tool("ask", {"question": QUESTION})).content)

    assert RIGHT in asyncio.run(ask())


@pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="there is no chromium")
def test_the_page_answers_under_a_path(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        missing: list[str] = []
        page.on("response", lambda reply: missing.append(reply.url) if reply.status > 399 else None)
        page.goto(f"{address}/")
        box = page.locator("#question textarea")
        box.fill(QUESTION)
        box.press("Enter")
        page.locator(".answer:not(.waiting)").wait_for(timeout=60_000)
        assert RIGHT in page.locator(".answer").inner_text()
        browser.close()
    assert missing == []
