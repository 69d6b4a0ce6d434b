"""The archive as tools of a language model: an MCP server, over HTTP or over standard input."""

import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import anyio
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import CallToolResult, TextContent, Tool, ToolAnnotations
from pydantic import BaseModel
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.publication import flat
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.check import Check
from hemeroteca.ui.language import FAULT
from hemeroteca.ui.programs.library import Library
from hemeroteca.ui.programs.replies import Asked, Checked, Fault, Holding, Listing, Searched, Whole
from hemeroteca.ui.programs.requests import (
    Ask,
    CheckClaim,
    Describe,
    ListArticles,
    ReadArticle,
    Request,
    Search,
    Timeline,
    parse,
)

log = logging.getLogger(__name__)

# Where it is served beside the page; the second is its address of former versions.
PATHS = ("/mcp", "/gradio_api/mcp")
_INSTRUCTIONS = (
    "A newspaper archive. `ask` answers a question with verbatim citations and says when the "
    "articles do not tell; `check` says whether they state a claim, contradict it or do not say; "
    "`search` finds passages, `articles` lists, `article` reads a whole one, "
    "`timeline` tells what happened, `holdings` says what there is. Cite what you use by its "
    "title, paper and date, and quote verbatim."
)
_NOT_TOLD = ("passages", "timings_ms", "period", "filter", "named")  # of an answer: too long


@dataclass(frozen=True)
class _Offered:
    """A tool: what it is asked, what it tells, and how that is found."""

    request: type[Request]
    reply: type[BaseModel]
    find: Callable[[Library, Any], Mapping[str, Any]]


def mcp_server(library: Library) -> Server[Any, Any]:
    """The server over `library`. Every reply is JSON of the schema that its tool names; so is every
    error, as {"error": {"type": …, "message": …}}."""
    offered = _offered()
    tools = [_described(name, each) for name, each in offered.items()]
    server: Server[Any, Any] = Server("hemeroteca", version("hemeroteca"), _INSTRUCTIONS)

    @server.list_tools()  # type: ignore[no-untyped-call,untyped-decorator]
    async def list_tools() -> list[Tool]:
        return tools

    @server.call_tool(validate_input=False)  # type: ignore[untyped-decorator]  # errors are data here
    async def call_tool(name: str, arguments: dict[str, Any]) -> CallToolResult:
        return await anyio.to_thread.run_sync(_called, library, offered, name, arguments)

    return server


async def serve_stdio(library: Library) -> None:
    """Serve whoever started this process, over standard input and output, until they end it."""
    server = mcp_server(library)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


class McpEndpoint:
    """The server over HTTP, as routes beside a page. It keeps no sessions: each request stands for
    itself. It works while `running`."""

    def __init__(self, library: Library) -> None:
        self._sessions = StreamableHTTPSessionManager(
            mcp_server(library), json_response=True, stateless=True
        )

    @property
    def routes(self) -> list[BaseRoute]:
        """Where it is reached."""
        return [Route(f"{path}{end}", self) for path in PATHS for end in ("", "/")]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._sessions.handle_request(scope, receive, send)

    @asynccontextmanager
    async def running(self, _app: object) -> AsyncIterator[None]:
        """What an application does around its life."""
        async with self._sessions.run():
            yield


def _offered() -> dict[str, _Offered]:
    def whole(library: Library, request: ReadArticle) -> Mapping[str, Any]:
        known = flat(library.article(request))
        return {"article": known.pop("id"), **known}

    return {
        "ask": _Offered(Ask, Asked, lambda library, request: _told(library.ask(request))),
        "check": _Offered(
            CheckClaim, Checked, lambda library, request: _told(library.check(request))
        ),
        "search": _Offered(
            Search, Searched, lambda library, request: {"passages": library.search(request)}
        ),
        "articles": _Offered(
            ListArticles,
            Listing,
            lambda library, request: {
                "articles": [each.as_dict() for each in library.articles(request)]
            },
        ),
        "article": _Offered(ReadArticle, Whole, whole),
        "timeline": _Offered(
            Timeline, Asked, lambda library, request: _told(library.timeline(request))
        ),
        "holdings": _Offered(Describe, Holding, Library.holdings),
    }


def _described(name: str, offered: _Offered) -> Tool:
    asked = offered.request.model_json_schema()
    told = offered.reply.model_json_schema()
    return Tool(
        name=name,
        description=" ".join((offered.request.__doc__ or "").split()),
        inputSchema={key: value for key, value in asked.items() if key != "description"},
        outputSchema=told,
        annotations=ToolAnnotations(readOnlyHint=True, openWorldHint=False),
    )


def _told(answer: Answer | Check) -> Mapping[str, Any]:
    return {name: value for name, value in answer.as_dict().items() if name not in _NOT_TOLD}


def _called(
    library: Library, offered: Mapping[str, _Offered], name: str, arguments: Mapping[str, Any]
) -> CallToolResult:
    tool = offered.get(name)
    if tool is None:
        known = ", ".join(offered)
        return _failed(Fault(type="RequestError", message=f"there is no {name!r}, but {known}"))
    try:
        request = parse(tool.request, arguments)
        return _result(tool.find(library.of(request.index), request))
    except HemerotecaError as error:
        return _failed(Fault(type=type(error).__name__, message=str(error)))
    except Exception:
        log.exception("a tool could not be called")
        return _failed(Fault(type="Fault", message=str(FAULT)))


def _failed(fault: Fault) -> CallToolResult:
    return _result({"error": fault.model_dump()}, True)


def _result(told: Mapping[str, Any], failed: bool = False) -> CallToolResult:
    text = json.dumps(told, ensure_ascii=False)
    return CallToolResult(
        content=[TextContent(type="text", text=text)],
        structuredContent=json.loads(text),
        isError=failed,
    )
