"""Answers written by a model behind a real HTTP server, and that server's faults."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from index.archive import Archive
from rag.answer import Answer
from rag.chain import Chain
from ui.session import open_chain
from ui.settings import Settings

QUESTION = "Who designed the new reading room of the library of Porto?"
RIGHT = "Helena Duarte designed the new reading room."
WRONG = "Marco Bellini designed the new reading room."


class Stub(BaseHTTPRequestHandler):
    """Streams the words for the requested model: its name says what to do."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        lines = body["messages"][1]["content"].splitlines()
        n = next(line.split("]")[0][1:] for line in lines if "Helena Duarte" in line)
        model = body["model"]
        if model == "refused":
            self.send_error(401, "bad key")
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        texts = {
            "mixed": f"{RIGHT} [{n}] {WRONG} [{n}]",
            "wrong": f"{WRONG} [{n}]",
            "unmarked": RIGHT,
            "garbage": "%%% ]][[ 99 <|x|>",
            "empty": "",
            "endless": "and so on " * 1000,
            "slow": f"{RIGHT} [{n}]",
            "broken": f"{RIGHT} [{n}] {WRONG}",
        }
        for word in texts[model].split(" "):
            if model == "slow":
                time.sleep(0.8)
            if model == "broken" and word == "Marco":
                self.wfile.write(b"data: {broken\n\n")
                return
            choice = {"index": 0, "delta": {"role": "assistant", "content": word and word + " "}}
            chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": model}
            try:
                line = json.dumps(chunk | {"choices": [choice]})
                self.wfile.write(f"data: {line}\n\n".encode())
            except OSError:
                return  # the client has left
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    served = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}/v1"
    served.shutdown()
    served.server_close()


def _chain(archive: Archive, server: str, model: str) -> Chain:
    # A busy machine is not a slow model.
    patience = 4 if model == "slow" else 60
    return open_chain(
        Settings(answer_from=0.0, llm_base_url=server, llm_model=model, llm_timeout_s=patience),
        archive,
    )


def test_what_is_supported_is_shown_and_the_rest_withdrawn(
    newspaper_archive: Archive, server: str
) -> None:
    *streamed, answer = _chain(newspaper_archive, server, "mixed").stream(QUESTION)
    assert isinstance(answer, Answer)
    assert streamed == [RIGHT], answer.text
    assert f"{RIGHT} [1]" in answer.text
    assert "Bellini" not in answer.text
    assert "do not support them: 1/2)" in answer.text
    [citation] = answer.citations
    document = newspaper_archive.document(citation.article)
    assert document is not None
    assert document.text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    ("model", "why"),
    [
        ("refused", "its server failed"),
        ("wrong", "do not support them"),
        ("unmarked", "do not support them"),
        ("garbage", "do not support them"),
        ("empty", "is empty"),
        ("endless", "does not end"),
        ("slow", "not done after 4 s"),
        ("broken", "its server failed"),
    ],
)
def test_a_fault_gives_the_embedded_answer_and_one_line(
    newspaper_archive: Archive, server: str, willing_chain: Chain, model: str, why: str
) -> None:
    answer = _chain(newspaper_archive, server, model).ask(QUESTION)
    embedded = willing_chain.ask(QUESTION)
    before, note = answer.text.rsplit("\n\n", 1)
    assert before == embedded.text
    assert note.startswith("(No written answer: ")
    assert why in note


def test_a_server_that_is_down_gives_the_embedded_answer(newspaper_archive: Archive) -> None:
    answer = _chain(newspaper_archive, "http://127.0.0.1:9/v1", "x").ask(QUESTION)
    assert "(No written answer: its server failed" in answer.text
