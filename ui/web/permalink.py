"""An article at its sentence under an address of its own."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from hemeroteca.index.article import Article
from hemeroteca.rag.answer import Citation
from hemeroteca.ui.language import preferred
from hemeroteca.ui.web.evidence_view import Find, article_html
from hemeroteca.ui.web.view import TEMPLATES

_LONGEST_QUOTE = 5_000
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def article_route(find: Find) -> Route:
    """Where the links of evidence_view.permalink lead."""

    def article(request: Request) -> Response:
        asked, language = request.query_params, preferred(request.headers.get("accept-language"))
        name, quote = asked.get("id", ""), asked.get("quote", "")[:_LONGEST_QUOTE]
        at = asked.get("at", "")
        start = int(at) if at.isascii() and at.isdigit() and len(at) < 10 else 0
        found = find(name)
        return HTMLResponse(
            _page(found, _citation(found, name, quote, start), find, language),
            status_code=200 if found else 404,
            headers={"Content-Security-Policy": _POLICY},
        )

    return Route("/article", article)


def _citation(found: Article | None, name: str, quote: str, start: int) -> Citation:
    title, date = (found.title, found.date) if found else (name, None)
    return Citation(1, name, title, date, quote, start, start + len(quote), 0.0, (0, 0))


def _page(found: Article | None, citation: Citation, find: Find, language: str) -> str:
    return TEMPLATES.render(
        "permalink",
        language,
        spoken=language,
        title=citation.title,
        article=found,
        text=article_html(citation, find, language),
    )
