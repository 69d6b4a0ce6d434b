"""The photographs of an article, each with the other articles that printed it."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError, Message
from hemeroteca.index.search.pictures import alike, photographs_of
from hemeroteca.index.sources.pictures.opened import Pictures, fault_of
from hemeroteca.index.stores.archive import Archive

_SMALL, _LARGE = 640, 2_400  # pixels of the longer side
_MOST_ELSEWHERE = 20
_HEADERS = {
    "Cache-Control": "private, max-age=600",
    "Content-Security-Policy": "default-src 'none'",
}


@dataclass(frozen=True)
class Elsewhere:
    """Another article that printed a photograph, as its picture `number`, and whether it was the
    first of all of them to do so."""

    article: Article
    number: int
    is_first: bool


@dataclass(frozen=True)
class Figure:
    """The photograph `number` of an article: what its page says below it; where it is shown,
    `small`, `large` and, marked, `on_page` on the page `page` of its file, "" where it is none of
    one; its size, small; who else printed it, the first first; or the `fault` for which it
    cannot be shown."""

    number: int
    caption: str
    small: str
    large: str
    width: int
    height: int
    page: int = 0
    on_page: str = ""
    elsewhere: Sequence[Elsewhere] = ()
    is_first: bool = False
    fault: Message | None = None


def figures_of(archive: Archive, article: Article) -> list[Figure]:
    """The photographs of an article, in its order."""
    found = []
    for shown in photographs_of(archive, article):
        picture = shown.picture
        scale = min(1.0, _SMALL / max(picture.width, picture.height))
        others = [(each.article, each.number) for each in alike(archive, picture.marks, article.id)]
        others.sort(key=lambda each: (each[0].day or 99_999_999, each[0].id))
        days = [each.day for each, _ in others]
        before = min((day for day in days if day), default=0)
        # Of two of one day nobody knows which was the first.
        first = [n for n, day in enumerate(days) if day and day == before]
        is_first = bool(others) and 0 < article.day < before
        known_first = before and (not article.day or before < article.day) and len(first) == 1
        address = photograph_address(article.id, shown.number)
        region = picture.region
        found.append(
            Figure(
                shown.number,
                picture.caption,
                address,
                f"{address}?large=1",
                round(picture.width * scale),
                round(picture.height * scale),
                region.page if region else 0,
                f"printed/{quote(article.id)}?picture={shown.number}" if region else "",
                [
                    Elsewhere(each, number, bool(known_first) and n == first[0])
                    for n, (each, number) in enumerate(others[:_MOST_ELSEWHERE])
                ],
                is_first,
                fault_of(Path(article.source), article.id, picture),
            )
        )
    return found


def photograph_address(article: str, number: int) -> str:
    """Where the picture `number` of the article of that id is shown, below the page's own."""
    return f"photograph/{number}/{quote(article)}"


def photograph_route(find: Callable[[str], Article | None]) -> Route:
    """Where those addresses lead; `find` gives an article by its id."""

    def photograph(request: Request) -> Response:
        article, number = find(request.path_params["id"]), request.path_params["number"]
        if article is None or not 0 < number <= len(article.pictures):
            return PlainTextResponse("There is no such picture.", 404)
        picture = article.pictures[number - 1]
        if not picture.is_photograph:
            return PlainTextResponse("There is no such picture.", 404)
        most = _LARGE if "large" in request.query_params else _SMALL
        try:
            image, _ = Pictures(Path(article.source), article.id).open(picture, most)
        except ArticleError as error:
            return PlainTextResponse(str(error), 404)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=85)
        return Response(out.getvalue(), media_type="image/jpeg", headers=_HEADERS)

    return Route("/photograph/{number:int}/{id:path}", photograph)
