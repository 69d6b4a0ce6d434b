"""A model behind a real HTTP server, and all that such a server can do wrong."""

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

import pytest
from llama_index.core.llms import ChatMessage

from hemeroteca.rag.writer.llm import LISTENER, LanguageModel, ModelError, token_bound
from tests.helpers import free_port
from tests.stub_llm import Refusal, Reply, prompt, serving

ASKED = [ChatMessage(role="user", content="Who?")]
PATIENCE = 2.0


def model_at(url: str, timeout_s: float = 60) -> LanguageModel:
    return LanguageModel(url, "stub", "", timeout_s, 4096)


def refuse(status: int) -> Reply:
    raise Refusal(status)
    yield


def break_off() -> Reply:
    yield "It was "
    raise OSError


def test_the_pieces_are_the_text() -> None:
    with serving(lambda _: ["It ", "was ", "Ann."]) as stub:
        pieces = list(model_at(stub.url).stream(ASKED, 50))
        assert "".join(pieces) == "It was Ann."
        assert all(pieces)
    [request] = stub.requests
    assert (request["temperature"], request["max_tokens"], request["stream"]) == (0.0, 50, True)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (lambda: refuse(401), r"its server refused the key \(LLM_API_KEY\)"),
        (lambda: refuse(500), "its server failed: .*500"),
        (lambda: refuse(404), "its server failed: .*404"),
        (lambda: [], "its answer is empty"),
        (lambda: repeat("and so on ", 1000), "its answer does not end"),
        (lambda: [*repeat("so ", 20), _ended("length")], "does not end"),
        (lambda: ["It was ", b"data: {broken\n\n"], "its server failed"),
        (lambda: [b'data: {"error": {"message": "out of memory"}}\n\n'], "out of memory"),
        (break_off, "its server failed: .*(incomplete|peer closed)"),
    ],
)
def test_a_fault_is_an_error_in_one_line(reply: Callable[[], Reply], why: str) -> None:
    with (
        serving(lambda _: reply()) as stub,
        pytest.raises(ModelError, match=why) as raised,
    ):
        list(model_at(stub.url).stream(ASKED, 50))
    assert "\n" not in str(raised.value)


def _ended(reason: str) -> bytes:
    return (
        b'data: {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "stub", '
        b'"choices": [{"index": 0, "delta": {}, "finish_reason": "%s"}]}\n\n' % reason.encode()
    )


@pytest.mark.parametrize(
    "reply",
    [
        lambda: [30.0, "late"],  # accepts, and never answers
        lambda: ["It ", 30.0, "was "],  # stops between two pieces
        lambda: [word for n in range(100) for word in (f"{n} ", 0.3)],  # goes on and on
        lambda: [word for _ in range(100) for word in (b": still here\n\n", 0.3)],  # says nothing
    ],
)
def test_nothing_hangs(reply: Callable[[], Reply]) -> None:
    with serving(lambda _: reply()) as stub:
        started = time.monotonic()
        with pytest.raises(ModelError, match=r"not done after 2 s \(LLM_TIMEOUT_S\)"):
            list(model_at(stub.url, PATIENCE).stream(ASKED, 50))
        assert time.monotonic() - started < PATIENCE + 3
        _assert_nobody_listens()


def _assert_nobody_listens() -> None:
    """The thread that read from the server ends, for its connection was cut."""
    until = time.monotonic() + 10
    while any(thread.name == LISTENER for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_server_that_is_down_is_named() -> None:
    with pytest.raises(ModelError, match=r"its server failed: Connection error.*LLM_BASE_URL"):
        list(model_at(f"http://127.0.0.1:{free_port()}/v1").stream(ASKED, 50))


def test_a_server_that_takes_no_more_connections_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        started = time.monotonic()
        with pytest.raises(ModelError, match="not done after 2 s"):
            list(model_at(f"http://127.0.0.1:{address[1]}/v1", PATIENCE).stream(ASKED, 50))
        assert time.monotonic() - started < PATIENCE + 3
        for each in waiting:
            each.close()


def test_what_came_while_nobody_read_is_one_piece() -> None:
    with serving(lambda _: ["It ", 0.3, "was ", "Ann."]) as stub:
        stream = model_at(stub.url).stream(ASKED, 50)
        assert next(stream) == "It "
        time.sleep(1.5)
        assert next(stream) == "was Ann."


def test_who_leaves_early_cuts_the_connection() -> None:
    with serving(lambda _: ["It ", *repeat(" ", 2), *repeat(0.05, 5), *repeat("x", 3000)]) as stub:
        stream = model_at(stub.url).stream(ASKED, 50)
        assert next(stream).startswith("It ")
        stream.close()  # type: ignore[attr-defined]
        assert stub.left.wait(10)
        _assert_nobody_listens()


def test_fifty_streams_keep_apart_and_none_is_lost() -> None:
    def echo(body: dict[str, object]) -> Reply:
        for word in prompt(body).split(" "):
            yield f"{word} "
            yield 0.01

    questions = [" ".join(f"{n}-{word}" for word in range(20)) for n in range(50)]
    with serving(echo) as stub, ThreadPoolExecutor(50) as pool:
        model = model_at(stub.url)

        def ask(question: str) -> str:
            return "".join(model.stream([ChatMessage(role="user", content=question)], 50))

        assert list(pool.map(ask, questions)) == [f"{question} " for question in questions]


@pytest.mark.parametrize(
    "text", ["", "Who met the ambassador?", "谁会见了大使？", "ใครพบเอกอัครราชทูต"]
)
def test_the_bound_is_above_any_models_tokens(text: str) -> None:
    from llama_index.core.utils import get_tokenizer

    assert token_bound(text) > len(get_tokenizer()(text))
