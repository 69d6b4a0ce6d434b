"""A conversation that its owner shared, under an address of its own, to be read and not changed."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from hemeroteca.rag.render import day_of, lead_of, notes, paragraphs, refusal
from hemeroteca.ui.language import preferred
from hemeroteca.ui.web.addresses import sentence_address
from hemeroteca.ui.web.choice import Choice
from hemeroteca.ui.web.history import History
from hemeroteca.ui.web.reading import POLICY, base_of
from hemeroteca.ui.web.view import TEMPLATES


def shared_route(history: History, choice: Choice = Choice()) -> Route:
    """`/shared/{key}`: nobody knows the key but those who got the link."""

    async def page(request: Request) -> Response:
        return await run_in_threadpool(_respond, history, choice, request)

    return Route("/shared/{key}", page)


def _respond(history: History, choice: Choice, request: Request) -> Response:
    language = preferred(request.headers.get("accept-language"))
    shared = history.shared(request.path_params["key"])
    text = TEMPLATES.render(
        "reading_conversation",
        language,
        base=base_of(request),
        choice=choice,
        shared=shared,
        paragraphs=paragraphs,
        refusal=refusal,
        notes=notes,
        lead_of=lead_of,
        day_of=day_of,
        sentence_address=sentence_address,
    )
    # No search engine and no cache of others keeps what its owner may take back.
    headers = {
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
    }
    return HTMLResponse(text, 200 if shared else 404, headers=headers)
