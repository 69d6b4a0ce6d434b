"""A model behind a real HTTP server, and all that such a server can do wrong."""

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from typing import Any

import pytest
from llama_index.core.llms import ChatMessage

from hemeroteca.rag.writer.llm import LISTENER, LanguageModel, ModelError
from hemeroteca.rag.writer.server import ModelServer
from hemeroteca.rag.writer.thoughts import without_thoughts
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

    with serving(lambda _: ["Ann."]) as stub:  # which counts nothing
        assert model_at(stub.url).count(said(text)) > len(get_tokenizer()(text))


def said(*texts: str) -> list[ChatMessage]:
    return [ChatMessage(role="user", content=text) for text in texts]


@pytest.mark.parametrize(
    "tells",
    [
        {"/tokenize": lambda body: {"tokens": list(range(len(body["content"].split())))}},
        {"/tokenize": lambda body: {"count": len(body["prompt"].split()), "tokens": []}},
    ],
)
def test_tokens_are_counted_by_the_server_that_counts(tells: Any) -> None:
    with serving(lambda _: ["Ann."], tells) as stub:
        model = model_at(stub.url)
        frame = model.count(said(""))
        assert model.count(said("who met the ambassador")) == 4 + frame
        assert model.count(said("who met", "the ambassador")) == 4 + 2 * frame


def test_a_server_that_loads_its_model_is_asked_again() -> None:
    answers = iter([Refusal(503), {"tokens": [1, 2, 3]}, {"tokens": [1, 2, 3]}])

    def later(_: object) -> Any:
        answer = next(answers)
        if isinstance(answer, Refusal):
            raise answer
        return answer

    with serving(lambda _: ["Ann."], {"/tokenize": later}) as stub:
        server = ModelServer(stub.url, "stub", "")
        assert [server.count("Who came?") for _ in range(3)] == [None, 3, 3]


def test_what_a_server_does_not_say_is_not_asked_again() -> None:
    asked = []

    def wrong(body: object) -> Any:
        asked.append(body)
        return ["no object"]

    with serving(lambda _: ["Ann."], {"/tokenize": wrong}) as stub:
        server = ModelServer(stub.url, "stub", "")
        assert [server.count("Who came?") for _ in range(3)] == [None, None, None]
    assert len(asked) == 1


def test_a_token_is_learnt_from_what_the_server_read() -> None:
    usage = b'data: {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "stub", '
    usage += b'"choices": [], "usage": {"prompt_tokens": 1000, "completion_tokens": 1, '
    usage += b'"total_tokens": 1001}}\n\n'
    question = said("¿Quién vino? " * 300)
    with serving(lambda _: ["Ana.", _ended("stop"), usage]) as stub:
        model = model_at(stub.url)
        before = model.count(question)
        list(model.stream(question, 50))
        assert before > 3000
        assert 1000 < model.count(question) < 1200
        assert model.count(said("谁会见了大使？" * 300)) > 4000  # another script, not learnt
        assert stub.requests[0]["stream_options"] == {"include_usage": True}


@pytest.mark.parametrize(
    ("tells", "context"),
    [
        ({"/props": {"default_generation_settings": {"n_ctx": 8192}}}, 8192),
        (
            {"/v1/models": {"data": [{"id": "other"}, {"id": "stub", "max_model_len": 32768}]}},
            32768,
        ),
        ({"/v1/models": {"data": [{"id": "stub", "context_length": 131072}]}}, 131072),
        ({"/api/v0/models/stub": {"loaded_context_length": 16384}}, 16384),
        ({"/api/ps": {"models": [{"name": "stub", "context_length": 2048}]}}, 2048),
        (
            {
                "/api/ps": {"models": []},
                "/api/show": {"parameters": 'stop "<|im_end|>"\nnum_ctx 12288'},
            },
            12288,
        ),
        ({"/api/ps": {"models": []}, "/api/show": {"parameters": "temperature 0.7"}}, 4096),
        ({"/props": ["no object"], "/v1/models": {"data": "none"}}, 4096),
        ({}, 4096),
    ],
)
def test_the_server_is_asked_how_much_it_reads(tells: Any, context: int) -> None:
    answers = {path: (lambda _, told=told: told) for path, told in tells.items()}
    with serving(lambda _: ["Ann."], answers) as stub:
        assert LanguageModel(stub.url, "stub", "", 60).context_tokens == context
        assert LanguageModel(stub.url, "stub", "", 60, 3000).context_tokens == 3000


def test_a_prompt_is_no_longer_than_what_is_read_in_time() -> None:
    def slow(_: object) -> Reply:
        yield 1.0
        yield "Ann."

    tells = {"/tokenize": lambda body: {"tokens": body["content"].split()}}
    with serving(slow, tells) as stub:
        model = LanguageModel(stub.url, "stub", "", 60, 100_000)
        assert model.prompt_tokens(400) == 99_600
        assert model.count(said("word " * 900)) < 1000
        list(model.stream(said("word " * 900), 50))  # less than 1000 tokens a second
        assert 700 <= model.prompt_tokens(400) <= 30_000


def test_what_a_server_refuses_is_left_out() -> None:
    def reply(body: dict[str, Any]) -> Reply:
        if "stream_options" in body:
            raise Refusal(400, "stream_options: extra fields not permitted")
        if body["messages"][0]["role"] == "system":
            raise Refusal(422, "System role not supported")
        return ["Ann."]

    messages = [ChatMessage(role="system", content="Be brief."), *said("Who?")]
    with serving(reply) as stub:
        model = model_at(stub.url)
        assert list(model.stream(messages, 50)) == ["Ann."]
        assert list(model.stream(messages, 50)) == ["Ann."]
    assert len(stub.requests) == 4  # and not again
    assert stub.requests[-1]["messages"] == [{"role": "user", "content": "Be brief.\n\nWho?"}]


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["<think>Is it Ann?", " Yes.</think>", "\n\nIt was", " Ann."], "It was Ann."),
        (["<th", "ink>\n\n</thi", "nk>\n\nAnn."], "Ann."),
        (["\n<reasoning>hm</reasoning> Ann."], "Ann."),
        (["<b>Ann</b> ", "came."], "<b>Ann</b> came."),
        (["Ann ", "<think>came</think>."], "Ann <think>came</think>."),
        (["<"], "<"),
        (["<think>for ever and", " ever"], ""),
    ],
)
def test_thoughts_are_no_answer(pieces: list[str], text: str) -> None:
    assert "".join(without_thoughts(pieces)) == text
