"""The archive as tools of a language model, over HTTP and over standard input."""

import asyncio
import base64
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from tests.helpers import COMMAND, SEED, Server, environment

BASIC = "Basic " + base64.b64encode(b"ana:pa:ss").decode()
QUESTION = "Who met the Venezuelan ambassador?"
TOOLS = ["ask", "check", "search", "articles", "article", "timeline", "holdings"]


@asynccontextmanager
async def _over_http(server: Server, path: str = "/mcp") -> AsyncIterator[ClientSession]:
    async with (
        httpx.AsyncClient(headers={"Authorization": BASIC}, timeout=60) as http,
        streamable_http_client(server.address + path, http_client=http) as (read, write, _),
        ClientSession(read, write, read_timeout_seconds=timedelta(seconds=60)) as session,
    ):
        await session.initialize()
        yield session


@pytest.mark.parametrize("path", ["/mcp", "/mcp/", "/gradio_api/mcp", "/gradio_api/mcp/"])
def test_every_tool_says_what_it_asks_and_what_it_tells(guarded: Server, path: str) -> None:
    async def talk() -> None:
        async with _over_http(guarded, path) as session:
            tools = (await session.list_tools()).tools
            assert [tool.name for tool in tools] == TOOLS
            for tool in tools:
                assert tool.description
                assert tool.outputSchema
                assert tool.outputSchema["type"] == "object"
                for argument in tool.inputSchema["properties"].values():
                    assert argument["description"]

    asyncio.run(talk())


async def _call(session: ClientSession, name: str, **arguments: Any) -> dict[str, Any]:
    """What a tool tells, which is checked against its schema."""
    schemas = {tool.name: tool.outputSchema for tool in (await session.list_tools()).tools}
    called = await session.call_tool(name, arguments)
    assert not called.isError, called
    told = called.structuredContent
    assert told is not None
    jsonschema.validate(told, schemas[name] or {})
    assert json.loads(called.content[0].text) == told  # type: ignore[union-attr]
    return told


def test_the_tools_answer_with_json_of_their_schemas(guarded: Server) -> None:
    async def talk() -> None:
        async with _over_http(guarded) as session:
            answer = await _call(session, "ask", question=QUESTION)
            assert answer["answer"] == "Alexander Lukashenko"
            [citation] = answer["citations"]
            assert "Salazar Velázquez" in citation["quote"]
            whole = await _call(session, "article", id=citation["article"])
            assert whole["text"][citation["start"] : citation["end"]] == citation["quote"]
            found = await _call(session, "search", question="embajador en Moscú", limit=1)
            [passage] = found["passages"]
            assert whole["text"][passage["start"] : passage["end"]] == passage["text"]
            none = await _call(session, "search", question="embajador", date_from="2030-01-01")
            assert none == {"passages": []}
            [listed] = (await _call(session, "articles", words="embajador"))["articles"]
            assert (listed["article"], listed["date"]) == (citation["article"], "2025-12-12")
            later = await _call(session, "articles", date_from="2026-01-01")
            assert later == {"articles": []}
            told = await _call(session, "timeline", subject="Maduro")
            assert (told["kind"], len(told["statements"]) > 1) == ("timeline", True)
            days = [each["day"] for each in told["statements"]]
            assert days == sorted(days)
            held = await _call(session, "holdings")
            assert (held["articles"], held["languages"]) == (1, {"es": 1})
            assert held["first_day"] == held["last_day"] == "2025-12-12"

    asyncio.run(talk())


def test_a_follow_up_takes_its_history(guarded: Server) -> None:
    async def talk() -> tuple[str, str]:
        async with _over_http(guarded) as session:
            follow_up = {"question": "And when?", "history": [QUESTION]}
            leaning = await _call(session, "ask", **follow_up)
            alone = await _call(session, "ask", question="And when?")
            return leaning["searched"], alone["searched"]

    leaning, alone = asyncio.run(talk())
    assert "ambassador" in leaning
    assert "ambassador" not in alone


@pytest.mark.parametrize(
    ("name", "arguments", "kind", "said"),
    [
        ("ask", {"question": "😀"}, "QuestionError", "no words"),
        ("ask", {"question": "a " * 5_000}, "QuestionError", "at most 2,000"),
        ("ask", {}, "RequestError", "question: Field required"),
        ("ask", {"question": "q", "top": 3}, "RequestError", "top: Extra inputs"),
        ("ask", {"question": "q", "history": "no"}, "RequestError", "history: "),
        ("search", {"question": "q", "date_to": "soon"}, "RequestError", "'soon': expected a date"),
        ("search", {"question": "q", "limit": 0}, "RequestError", "limit 0: expected"),
        ("search", {"question": "q", "paper": "Nope"}, "FilterError", "no article has the paper"),
        ("article", {"id": "gone"}, "ArticleError", "no article 'gone'"),
        ("forecast", {}, "RequestError", "ask, check, search, articles"),
    ],
)
def test_an_error_is_data(
    guarded: Server, name: str, arguments: dict[str, Any], kind: str, said: str
) -> None:
    async def talk() -> dict[str, Any]:
        async with _over_http(guarded) as session:
            called = await session.call_tool(name, arguments)
            assert called.isError
            told = called.structuredContent
            assert told == json.loads(called.content[0].text)  # type: ignore[union-attr]
            return told or {}

    error = asyncio.run(talk())["error"]
    assert (error["type"], said in error["message"]) == (kind, True), error


def test_without_a_user_no_tool_is_told(guarded: Server) -> None:
    for path in ("/mcp", "/mcp/", "/gradio_api/mcp/"):
        reply = httpx.post(guarded.address + path, json={}, timeout=60)
        assert reply.status_code == 401


def test_the_command_serves_over_standard_input(tmp_path: Path, cache_dir: Path) -> None:
    env = environment(ARTICLES_DIR=SEED.parent, CACHE_DIR=cache_dir)
    command = StdioServerParameters(command=str(COMMAND), args=["mcp"], env=env, cwd=str(tmp_path))

    async def talk() -> None:
        # What is not the protocol's would break it: nothing else may be printed.
        with Path(os.devnull).open("w") as silent:
            async with (
                stdio_client(command, errlog=silent) as (read, write),
                ClientSession(read, write, read_timeout_seconds=timedelta(seconds=120)) as session,
            ):
                await session.initialize()
                assert [tool.name for tool in (await session.list_tools()).tools] == TOOLS
                answer = await _call(session, "ask", question=QUESTION)
                assert answer["answer"] == "Alexander Lukashenko"

    asyncio.run(talk())
