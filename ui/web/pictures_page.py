"""The page of photographs: those that a search finds, and who printed a picture that one has."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from babel import Locale
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from hemeroteca.index.article import Article
from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.search.pictures import (
    MOST_BYTES,
    Pictured,
    PictureFileError,
    Shown,
    find_picture,
    pictured,
    too_large,
)
from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.language import FAULT, preferred, say
from hemeroteca.ui.web.addresses import article_address
from hemeroteca.ui.web.article_pictures import photograph_address
from hemeroteca.ui.web.asked import Asked, finding, wanted_in
from hemeroteca.ui.web.choice import Choice
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.reading import POLICY
from hemeroteca.ui.web.search_view import offered_pages
from hemeroteca.ui.web.view import TEMPLATES

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """What is shown: the articles, each with its photographs, of `total` on so many `pages`; or of
    the picture in the file of this `name` the articles that printed it."""

    articles: Sequence[tuple[Article, Sequence[Shown]]]
    total: int
    pages: int = 1
    name: str = ""

    def as_dict(self) -> dict[str, object]:
        """What `/pictures.json` answers."""
        articles = [
            {
                "article": article.id,
                "title": article.title,
                "date": article.date,
                "paper": article.publication.paper,
                "photographs": [
                    {
                        "number": each.number,
                        **each.picture.as_dict(),
                        "address": photograph_address(article.id, each.number),
                    }
                    for each in shown
                ],
            }
            for article, shown in self.articles
        ]
        return {"total": self.total, "pages": self.pages, "articles": articles}


def pictures_routes(
    archive: Archive, choice: Choice = Choice(), collections: Collections | None = None
) -> list[Route]:
    """`/pictures`, which takes what `/search` does and shows the photographs of what is found, or,
    posted with a `file`, the articles that printed it; `/pictures.json` for programs."""

    async def respond(request: Request) -> Response:
        language = preferred(request.headers.get("accept-language"))
        as_data = request.url.path.endswith(".json")
        asked = await run_in_threadpool(
            Asked.read, request.query_params, finding(request, collections)
        )
        asked = replace(asked, view="words", whole=None)
        found, fault, status = None, None, 200
        try:
            if request.method == "POST":
                async with request.form(max_files=1, max_fields=20) as form:
                    file = form.get("file")
                    if not isinstance(file, UploadFile) or not file.filename:
                        raise PictureFileError("Choose the file of a picture.")
                    data, name = await file.read(MOST_BYTES + 1), file.filename
                found = await run_in_threadpool(_printed, archive, data, name)
            else:
                found = await run_in_threadpool(_found, archive, asked)
        except HTTPException:  # more than one file
            fault, status = too_large().message, 400
        except HemerotecaError as error:
            fault, status = error.message, 400
        except Exception:
            log.exception("photographs could not be found")
            fault, status = FAULT, 500
        if as_data:
            said = found.as_dict() if found else {"error": say(fault or FAULT, "en")}
            return JSONResponse(said, status)
        page = await run_in_threadpool(_html, asked, language, choice, found, fault)
        return HTMLResponse(page, status, headers={"Content-Security-Policy": POLICY})

    return [
        Route(path, respond, methods=["GET", "POST"]) for path in ("/pictures", "/pictures.json")
    ]


def _found(archive: Archive, asked: Asked) -> Found:
    wanted = wanted_in(archive, asked)
    result: Pictured = pictured(archive, wanted)
    return Found(result.articles, result.total, -(-result.total // wanted.most))


def _printed(archive: Archive, data: bytes, name: str) -> Found:
    alike = find_picture(archive, data, name)
    alike.sort(key=lambda each: (each.article.day or 99_999_999, each.article.id))
    articles = [
        (each.article, [Shown(each.number, each.article.pictures[each.number - 1])])
        for each in alike
    ]
    return Found(articles, len(articles), name=name)


def _html(
    asked: Asked, language: str, choice: Choice, found: Found | None, fault: Message | None
) -> str:
    spoken = Locale(language).languages
    return TEMPLATES.render(
        "pictures",
        language,
        base="./",
        choice=choice,
        asked=asked,
        found=found,
        fault=fault,
        pages=offered_pages(asked.page, found.pages) if found else [],
        shown=lambda field, name: spoken.get(name, name) if field == "language" else name,
        article_address=article_address,
        photograph_address=photograph_address,
    )
