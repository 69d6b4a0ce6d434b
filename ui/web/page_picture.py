"""The page on which a sentence is printed, as a picture with the sentence marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.place import Region, regions_of
from hemeroteca.index.sources.pages.picture import fault_of, marked_page
from hemeroteca.index.sources.pages.picture_file import PictureFile, picture_file

_HEADERS = {
    "Cache-Control": "private, max-age=600",
    "Content-Security-Policy": "default-src 'none'",
}


@dataclass(frozen=True)
class PagePicture:
    """Which page of its file is shown, from 1, and where its picture is, below the page's own
    address; else the `link` to where it lies on the web, which nothing opens unasked, or the
    `fault` for which it cannot be shown."""

    page: int
    address: str = ""
    link: str = ""
    fault: Message | None = None


def page_picture(article: Article, start: int, end: int) -> PagePicture | None:
    """The picture of the page on which article.text[start:end] begins; None where the source has
    none, or is gone."""
    regions = regions_of(article.places, start, end)
    file = _file(article, regions)
    if file is None:
        return None
    page = regions[0].page
    if file.path is None:
        return PagePicture(page, link=file.link)
    if fault := fault_of(file.path):
        return PagePicture(page, fault=fault)
    asked = urlencode({"from": start, "to": end})
    return PagePicture(page, f"printed/{quote(article.id)}?{asked}")


def picture_route(find: Callable[[str], Article | None]) -> Route:
    """Where the addresses of page pictures lead; `find` gives an article by its id. Instead of a
    sentence a picture of the article may be marked, by its number."""

    def picture(request: Request) -> Response:
        asked = request.query_params
        article = find(request.path_params["id"])
        start, end = _number(asked.get("from", "")), _number(asked.get("to", ""))
        regions = regions_of(article.places, start, end) if article else []
        number = _number(asked.get("picture", ""))
        if article and 0 < number <= len(article.pictures):
            region = article.pictures[number - 1].region
            regions = [region] if region else []
        file = _file(article, regions) if article else None
        if file is None:
            return PlainTextResponse("There is no such page.", 404)
        try:
            data = marked_page(file, regions)
        except ArticleError as error:
            return PlainTextResponse(str(error), 404)
        return Response(data, media_type="image/png", headers=_HEADERS)

    return Route("/printed/{id:path}", picture)


def _file(article: Article, regions: Sequence[Region]) -> PictureFile | None:
    if not regions:
        return None
    return picture_file(Path(article.source), regions[0].page, article.id)


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
