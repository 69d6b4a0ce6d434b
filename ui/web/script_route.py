"""What the script of the pages for reading asks, and is answered, as JSON."""

import logging
from collections.abc import Callable
from typing import TypeVar

from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.ui.language import FAULT, preferred, say
from hemeroteca.ui.programs.requests import Request, RequestError, parse_json
from hemeroteca.ui.web.auth import user_of
from hemeroteca.ui.web.visitor import Visitor

log = logging.getLogger(__name__)


class Sent(Request):
    """What a script sends; `browser` is the name under which the browser keeps things."""

    browser: str = Field("", pattern="^([0-9a-f]{32})?$")


Kind = TypeVar("Kind", bound=Sent)


def script_route(
    path: str, kind: type[Kind], done: Callable[[Kind, Visitor], dict[str, object]]
) -> Route:
    """A route that takes a `kind` as JSON and says what `done` does; what cannot be done is its
    `error`."""

    async def reply(request: HttpRequest) -> Response:
        language = preferred(request.headers.get("accept-language"))
        user, sent = user_of(request), await request.body()
        # Other sites may make a browser send text, and JSON only if this server allowed it.
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return JSONResponse({"error": "expected application/json"}, 415)
        try:
            asked = parse_json(kind, sent)
            if not user and not asked.browser:
                raise RequestError("{name}: {reason}", name="browser", reason="expected its name")
            who = Visitor(f"user:{user}" if user else f"browser:{asked.browser}", language)
            return JSONResponse(await run_in_threadpool(done, asked, who))
        except HemerotecaError as error:
            return JSONResponse({"error": say(error.message, language)}, 400)
        except Exception:
            log.exception("what a page's script asked could not be done")
            return JSONResponse({"error": say(FAULT, language)}, 500)

    return Route(path, reply, methods=["POST"])
