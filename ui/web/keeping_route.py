"""Where the script of the pages for reading asks what is kept, and keeps something."""

import logging
from typing import Literal

from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.language import FAULT, preferred, say
from hemeroteca.ui.programs.requests import Request, RequestError, parse_json
from hemeroteca.ui.web.auth import user_of
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.keeping import keep, open_collection
from hemeroteca.ui.web.visitor import Visitor

log = logging.getLogger(__name__)

_LONGEST_QUOTE = 5_000


class Keep(Request):
    """What is to be done with what the `browser`, or the user, keeps in `collection`."""

    act: Literal["show", "keep", "note", "remove", "collect"] = "show"
    browser: str = Field("", pattern="^([0-9a-f]{32})?$")
    collection: str = ""
    article: str = ""
    quote: str = Field("", max_length=_LONGEST_QUOTE)
    start: int = Field(0, ge=0)
    item: str = Field("", description="The id of what is kept already, for a note.")
    text: str = Field("", description="The note, or the name of a new collection.")


def keeping_route(archive: Archive, collections: Collections) -> Route:
    """`/keeping`: takes a Keep as JSON, and says what is kept then."""

    async def keeping(request: HttpRequest) -> Response:
        language = preferred(request.headers.get("accept-language"))
        user, sent = user_of(request), await request.body()
        # Other sites may make a browser send text, and JSON only if this server allowed it.
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return JSONResponse({"error": "expected application/json"}, 415)
        try:
            asked = parse_json(Keep, sent)
            owner = f"user:{user}" if user else f"browser:{asked.browser}"
            if not user and not asked.browser:
                raise RequestError("{name}: {reason}", name="browser", reason="expected its name")
            who = Visitor(owner, language)
            return JSONResponse(await run_in_threadpool(_done, archive, collections, asked, who))
        except HemerotecaError as error:
            return JSONResponse({"error": say(error.message, language)}, 400)
        except Exception:
            log.exception("what is kept could not be told")
            return JSONResponse({"error": say(FAULT, language)}, 500)

    return Route("/keeping", keeping, methods=["POST"])


def _done(
    archive: Archive, collections: Collections, asked: Keep, who: Visitor
) -> dict[str, object]:
    """What is kept once it is done."""
    current = asked.collection
    if asked.act == "keep":
        carried = {"article": asked.article, "quote": asked.quote, "start": asked.start}
        current = keep(archive, collections, who, current, carried)
    elif asked.act == "note":
        collections.note(who.owner, asked.item, asked.text)
    elif asked.act == "remove":
        collections.remove(who.owner, asked.item)
    elif asked.act == "collect":
        current = collections.add(who.owner, asked.text)
    found = open_collection(collections, who.owner, current)
    items = collections.items(who.owner, found.id) if found else []
    return {
        "collection": found.id if found else "",
        "said": say("Kept in “{name}”", who.language, name=found.name) if found else "",
        "collections": [{"id": each.id, "name": each.name} for each in collections.of(who.owner)],
        "items": [
            {
                "id": item.id,
                "article": item.citation.article,
                "quote": item.citation.quote,
                "note": item.note,
            }
            for item in items
        ],
    }
