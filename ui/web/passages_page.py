"""The page of passages that several articles share: of all articles, or of what a search finds."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from babel import Locale
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.search.reuse import ShownPassage, found_by, reused_in, shown_passages, widest
from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.language import FAULT, preferred, say
from hemeroteca.ui.web.addresses import article_address
from hemeroteca.ui.web.asked import Asked, finding, wanted_in
from hemeroteca.ui.web.choice import Choice
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.reading import POLICY
from hemeroteca.ui.web.view import TEMPLATES

log = logging.getLogger(__name__)

_ON_A_PAGE = 20
_LINKED = 600  # characters of a quote in an address


@dataclass(frozen=True)
class Listed:
    """One page of the passages, of `total`; `others` are how many formulas there are, or, among
    these, how many passages. While they are looked for, `done` articles of `of` have been read."""

    shown: Sequence[ShownPassage] = ()
    total: int = 0
    others: int = 0
    page: int = 1
    done: int = -1
    of: int = 0

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // _ON_A_PAGE)


def passages_routes(
    archive: Archive, choice: Choice = Choice(), collections: Collections | None = None
) -> list[Route]:
    """`/passages`, and `/passages.json` for programs: both take what `/search` takes, and
    `formulas=only`. What is not known yet is looked for from the first look at it on; until then
    the status is 202."""

    def respond(request: Request) -> Response:
        language = preferred(request.headers.get("accept-language"))
        formulas = request.query_params.get("formulas") == "only"
        as_data = request.url.path.endswith(".json")
        asked, listed, fault, status = Asked(), Listed(), None, 200
        try:
            asked = Asked.read(request.query_params, finding(request, collections))
            listed = _listed(archive, asked, formulas)
            status = 202 if listed.done >= 0 else 200
        except HemerotecaError as error:
            fault, status = error.message, 400
        except Exception:
            log.exception("passages could not be listed")
            fault, status = FAULT, 500
        if as_data:
            return JSONResponse(_data(listed, fault), status)
        page = _html(choice, asked, listed, formulas, fault, language)
        return HTMLResponse(page, status, headers={"Content-Security-Policy": POLICY})

    return [Route("/passages", respond), Route("/passages.json", respond)]


def _listed(archive: Archive, asked: Asked, formulas: bool) -> Listed:
    wanted = wanted_in(archive, asked)
    among = found_by(archive, wanted)
    derived = reused_in(archive)
    passages = derived.begun()
    if passages is None:
        return Listed(done=derived.done, of=derived.total)
    found, others = (widest(passages, among, kind) for kind in (formulas, not formulas))
    page = min(asked.page, max(1, -(-len(found) // _ON_A_PAGE)))
    here = found[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE]
    return Listed(shown_passages(archive, here), len(found), len(others), page)


def _data(listed: Listed, fault: Message | None) -> dict[str, object]:
    if fault is not None:
        return {"error": str(fault)}
    if listed.done >= 0:
        return {"articles_read": listed.done, "articles": listed.of}
    return {
        "total": listed.total,
        "page": listed.page,
        "pages": listed.pages,
        "passages": [each.as_dict() for each in listed.shown],
    }


def _html(
    choice: Choice,
    asked: Asked,
    listed: Listed,
    formulas: bool,
    fault: Message | None,
    language: str,
) -> str:
    spoken = Locale(language).languages

    def address(page: int = 1, of_formulas: bool = formulas) -> str:
        said = replace(asked.bare(), page=page).address.replace("search", "passages", 1)
        return f"{said}{'&' if '?' in said else '?'}formulas=only" if of_formulas else said

    return TEMPLATES.render(
        "passages",
        language,
        base="./",
        choice=choice,
        asked=asked,
        listed=listed,
        formulas=formulas,
        fault=fault,
        address=address,
        article_address=article_address,
        linked=_LINKED,
        number_text=lambda number: say("{number:,}", language, number=number),
        shown=lambda field, name: spoken.get(name, name) if field == "language" else name,
    )
