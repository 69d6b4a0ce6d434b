"""This machine is asked directly, whatever proxy the environment names."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.outside import recording_proxy
from hemeroteca.index.errors import StorageError
from hemeroteca.index.machine import is_own_machine
from hemeroteca.index.stores.chroma_server import ChromaServer
from hemeroteca.index.stores.vectors import Vectors


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://127.9.9.9", True),
        ("http://[::1]:8000/v1", True),
        ("http://LOCALHOST:11434/v1", True),
        ("http://ollama.localhost", True),
        ("http://0.0.0.0:8000", True),
        (f"https://{socket.gethostname()}:1", True),
        ("http://192.0.2.1:8000", False),
        ("http://[2001:db8::1]/", False),
        ("https://localhost.example", False),
        ("https://llm.example/v1", False),
        ("", False),
    ],
)
def test_the_own_machine_is_told_by_its_names(url: str, own: bool) -> None:
    assert is_own_machine(url) is own


@contextmanager
def _server() -> Iterator[tuple[int, list[str]]]:
    """The port of a server that fails whatever it is asked, and the paths that it is asked for."""
    asked: list[str] = []

    class Fail(BaseHTTPRequestHandler):
        def fail(self) -> None:
            asked.append(self.path)
            body = json.dumps({"error": "no", "message": "no"}).encode()
            self.send_response(500)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = fail

        def log_message(self, *arguments: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Fail) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, asked
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "prefix"),
    [
        ("", "/api/v2/"),
        ("/", "/api/v2/"),
        ("/chroma", "/chroma/api/v2/"),
        ("/a/b/", "/a/b/api/v2/"),
    ],
)
def test_chroma_on_this_machine_is_asked_under_its_path_and_of_no_proxy(
    path: str,
    prefix: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    with recording_proxy() as (proxy, refused), _server() as (port, asked):
        for name in ("http_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy)
        server = ChromaServer(
            f"http://127.0.0.1:{port}{path}", "default_tenant", "default_database"
        )
        with pytest.raises(StorageError):
            Vectors(tmp_path, "c", server)
    assert asked
    assert all(each.startswith(prefix) for each in asked)
    assert refused == []
