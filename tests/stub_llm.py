"""An OpenAI-compatible server that streams what a test tells it."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from threading import Event, Thread
from types import MappingProxyType
from typing import Any

# Words of the text, seconds to wait, or bytes to send as they are; the last bytes may end it.
Reply = Iterable[str | float | bytes]


class Refusal(Exception):
    """Raised by a reply: the status to refuse with, and perhaps why."""


@dataclass
class StubLLM:
    """`url` is its base URL, `requests` the bodies it got, `left` is set when a client leaves
    before the end; `tells` is what it answers at other paths, which are unknown otherwise."""

    reply: Callable[[dict[str, Any]], Reply]
    tells: Mapping[str, Callable[[dict[str, Any]], Any]] = field(default_factory=dict)
    requests: list[dict[str, Any]] = field(default_factory=list)
    left: Event = field(default_factory=Event)
    url: str = ""


def prompt(body: dict[str, Any]) -> str:
    """The last message of a request."""
    text: str = body["messages"][-1]["content"]
    return text


def question_of(body: dict[str, Any]) -> str:
    """What a prompt asks."""
    return prompt(body).rsplit("\n\nQuestion: ", 1)[1].split("\n\n")[0]


def number(body: dict[str, Any], held: str) -> int:
    """The number of the article in a prompt of which a sentence holds these words."""
    lines = prompt(body).splitlines()
    place = next(n for n, line in enumerate(lines) if held in line and not line.startswith("["))
    heading = next(line for line in reversed(lines[:place]) if line.startswith("["))
    return int(heading.split("]")[0][1:])


@contextmanager
def serving(
    reply: Callable[[dict[str, Any]], Reply],
    tells: Mapping[str, Callable[[dict[str, Any]], Any]] = MappingProxyType({}),
) -> Iterator[StubLLM]:
    """A stub that answers each request with `reply(body)`, and others with `tells[path](body)`."""
    stub = StubLLM(reply, tells)

    class Handler(_Handler):
        served = stub

    server = _Server(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    stub.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True
    block_on_close = False


class _Handler(BaseHTTPRequestHandler):
    served: StubLLM
    protocol_version = "HTTP/1.1"  # so that an end that is no end shows
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._tell({})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.path.endswith("/chat/completions"):
            return self._tell(body)
        self.served.requests.append(body)
        self.close_connection = True
        try:
            if body.get("stream"):
                self._stream(body)
            else:
                self._whole(body)
        except Refusal as refusal:
            self.send_error(*refusal.args)
        except OSError:
            self.served.left.set()

    def _tell(self, body: dict[str, Any]) -> None:
        if self.path not in self.served.tells:
            return self.send_error(404)
        try:
            self._send_whole(self.served.tells[self.path](body))
        except Refusal as refusal:
            self.send_error(*refusal.args)

    def _stream(self, body: dict[str, Any]) -> None:
        pieces = iter(self.served.reply(body))
        first = next(pieces, None)
        if isinstance(first, float):  # nothing at all until then
            time.sleep(first)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        piece: str | float | bytes | None = None
        for piece in pieces if isinstance(first, float) else chain([first], pieces):
            if isinstance(piece, float):
                time.sleep(piece)
            elif isinstance(piece, bytes):
                self._send(piece)
            elif piece is not None:
                self._send(_event(body, {"content": piece}, None))
        if not isinstance(piece, bytes):
            self._send(_event(body, {}, "stop"))
        self._send(b"data: [DONE]\n\n")
        self._send(b"")

    def _whole(self, body: dict[str, Any]) -> None:
        text = "".join(piece for piece in self.served.reply(body) if isinstance(piece, str))
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": text},
            "finish_reason": "stop",
        }
        self._send_whole(_frame(body, "chat.completion") | {"choices": [choice]})

    def _send_whole(self, told: Any) -> None:
        sent = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.send_header("Connection", "close")  # said, or the client would ask it again
        self.end_headers()
        self.wfile.write(sent)

    def _send(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def log_message(self, *_: object) -> None:
        """Quiet."""


def _frame(body: dict[str, Any], kind: str) -> dict[str, Any]:
    return {"id": "1", "object": kind, "created": 1, "model": body["model"]}


def _event(body: dict[str, Any], delta: dict[str, str], ending: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": ending}
    line = json.dumps(_frame(body, "chat.completion.chunk") | {"choices": [choice]})
    return f"data: {line}\n\n".encode()
