"""The page on which a sentence is printed, as a picture with the sentence marked."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError
from hemeroteca.index.place import Region, regions_of
from hemeroteca.index.sources.pages.picture import SUFFIXES, marked_page

_HEADERS = {
    "Cache-Control": "private, max-age=600",
    "Content-Security-Policy": "default-src 'none'",
}


@dataclass(frozen=True)
class PagePicture:
    """Where the picture of a page is, below the page's own address, and which page of its file it
    shows, from 1."""

    address: str
    page: int


def page_picture(article: Article, start: int, end: int) -> PagePicture | None:
    """The picture of the page on which article.text[start:end] begins; None where the source has
    none, or is gone."""
    regions = _regions(article, start, end)
    if not regions:
        return None
    asked = urlencode({"from": start, "to": end})
    return PagePicture(f"printed/{quote(article.id)}?{asked}", regions[0].page)


def picture_route(find: Callable[[str], Article | None]) -> Route:
    """Where the addresses of page pictures lead; `find` gives an article by its id."""

    def picture(request: Request) -> Response:
        asked = request.query_params
        article = find(request.path_params["id"])
        start, end = _number(asked.get("from", "")), _number(asked.get("to", ""))
        regions = _regions(article, start, end) if article else []
        if article is None or not regions:
            return PlainTextResponse("There is no such page.", 404)
        try:
            data = marked_page(Path(article.source), regions)
        except ArticleError as error:
            return PlainTextResponse(str(error), 404)
        return Response(data, media_type="image/png", headers=_HEADERS)

    return Route("/printed/{id:path}", picture)


def _regions(article: Article, start: int, end: int) -> list[Region]:
    path = Path(article.source)
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        return []
    return regions_of(article.places, start, end)


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
