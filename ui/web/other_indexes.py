"""The pages of further indexes beside that of the first: /in/NAME/ has all that / has."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.ui.language import FAULT, preferred, say
from hemeroteca.ui.web.addresses import index_address

log = logging.getLogger(__name__)


class OtherIndexes:
    """The page of each of `names`, which `make` makes when it is first asked. Each works as behind
    a proxy that shows it at /in/NAME and takes that away."""

    def __init__(self, names: Sequence[str], make: Callable[[str], FastAPI]) -> None:
        self._make = make
        self._locks = {name: asyncio.Lock() for name in names}
        self._made: dict[str, FastAPI] = {}
        self._lives: list[asyncio.Task[None]] = []
        self._ended = asyncio.Event()

    @property
    def routes(self) -> list[BaseRoute]:
        """Where they are reached."""

        def slash(request: Request) -> Response:
            last = index_address(request.path_params["name"]).partition("/")[2]
            return RedirectResponse(f"./{last}", 308)

        return [Route("/in/{name}/{path:path}", self), Route("/in/{name}", slash)]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While it lasts they live; at its end each ends."""
        try:
            yield
        finally:
            self._ended.set()
            await asyncio.gather(*self._lives)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = scope["path_params"]["name"]
        language = preferred(Request(scope).headers.get("accept-language"))
        if name not in self._locks:
            response = PlainTextResponse(say("There is no such archive here.", language), 404)
            await response(scope, receive, send)
            return
        try:
            page = await self._page(name)
        except Exception as error:
            expected = isinstance(error, HemerotecaError)
            if not expected:
                log.exception("the index %s could not be opened", name)
            said = say(error.message if isinstance(error, HemerotecaError) else FAULT, language)
            await PlainTextResponse(said, 503 if expected else 500)(scope, receive, send)
            return
        await page(_below(scope), receive, send)

    async def _page(self, name: str) -> FastAPI:
        async with self._locks[name]:
            if name not in self._made:
                page = await run_in_threadpool(self._make, name)
                begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._lives.append(asyncio.create_task(self._live(page, begun)))
                await begun
                self._made[name] = page
        return self._made[name]

    async def _live(self, page: FastAPI, begun: "asyncio.Future[None]") -> None:
        """The life of a page, in a task of its own: what it begins is to be ended by the same."""
        try:
            async with page.router.lifespan_context(page):
                begun.set_result(None)
                await self._ended.wait()
        except Exception as error:
            if begun.done():
                raise
            begun.set_exception(error)


def _below(scope: Scope) -> Scope:
    """`scope` with the path below /in/NAME alone."""
    rest: str = scope["path_params"]["path"]
    before = scope["path"][: len(scope["path"]) - len(rest)]
    # No name of an index has a slash in it, what is below may have one that is written %2F.
    raw: bytes = (scope.get("raw_path") or scope["path"].encode()).split(b"?")[0]
    last = raw.split(b"/", before.count("/"))[-1]
    kept = {key: value for key, value in scope.items() if key not in _OF_A_ROUTER}
    return {**kept, "path": f"/{rest}", "raw_path": b"/" + last, "root_path": ""}


# What an application notes in a scope, and another must find itself.
_OF_A_ROUTER = ("app", "router", "route", "endpoint", "path_params", "app_root_path", "state")
