"""What the pages for reading share: the search, an article, a conversation. They are plain HTML of
one style, each under an address of its own."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

_HERE = Path(__file__).parent
# Nothing but what this server gives, and no script that stands in the page itself.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


def base_of(request: Request) -> str:
    """The way from the address of `request` up to that of the page, such as "../"; a proxy may show
    both below a path of its own."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    root = str(request.scope.get("root_path", "")).encode()
    below = raw.removeprefix(root).split(b"?")[0]
    return "../" * (below.count(b"/") - 1) or "./"


def style_routes() -> list[Route]:
    """The style and the scripts of these pages."""

    def file(request: Request) -> Response:
        return FileResponse(_HERE / request.url.path.rpartition("/")[2])

    return [Route(f"/{name}", file) for name in ("reading.css", "reading.js", "name.js")]
