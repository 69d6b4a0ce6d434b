"""An article under an address of its own, opened at its sentence or at what was searched for."""

import logging
from collections.abc import Mapping, Sequence
from urllib.parse import quote as quoted

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from hemeroteca.index.article import Article
from hemeroteca.index.search.elsewhere import articles_quoting
from hemeroteca.index.search.excerpts import pieces
from hemeroteca.index.search.passages import Sharing, passages_in_common, shared_passages
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.text.names import Kind, names
from hemeroteca.rag.answer import Citation
from hemeroteca.rag.around import Around, around
from hemeroteca.rag.references import STYLES, references
from hemeroteca.ui.language import preferred
from hemeroteca.ui.web.addresses import article_address
from hemeroteca.ui.web.article_pictures import Figure, figures_of
from hemeroteca.ui.web.choice import Choice
from hemeroteca.ui.web.opened import Opened, opened_at, opened_at_hits
from hemeroteca.ui.web.page_picture import page_picture
from hemeroteca.ui.web.reading import POLICY, base_of
from hemeroteca.ui.web.view import TEMPLATES

log = logging.getLogger(__name__)

_LONGEST_QUOTE = 5_000
_LONGEST_SEARCH = 2_000
_TYPES = {
    "plain": ("txt", "text/plain"),
    "bibtex": ("bib", "application/x-bibtex"),
    "ris": ("ris", "application/x-research-info-systems"),
    "csl": ("json", "application/vnd.citationstyles.csl+json"),
}


def article_routes(archive: Archive, choice: Choice = Choice()) -> list[Route]:
    """`/article/{id}`: its page; with `?cite=ris` (or another style) its reference, a file; with
    `?beside=ID` the passages that it shares with another."""

    async def article(request: Request) -> Response:
        return await run_in_threadpool(_respond, archive, choice, request)

    def former(request: Request) -> Response:
        """Where links of former versions lead."""
        said = dict(request.query_params)
        return RedirectResponse(f"./{article_address(said.pop('id', ''), **said)}", 308)

    return [Route("/article/{id:path}", article), Route("/article", former)]


def _respond(archive: Archive, choice: Choice, request: Request) -> Response:
    asked, language = request.query_params, preferred(request.headers.get("accept-language"))
    id = request.path_params["id"]
    found = archive.document(id)
    style = next((style for style in STYLES if style == asked.get("cite")), None)
    if found is not None and style:
        suffix, kind = _TYPES[style]
        name = quoted(f"{id.rpartition('/')[2]}.{suffix}")
        said = references([whole(found)], style, language)
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(f"{said}\n", media_type=f"{kind}; charset=utf-8", headers=headers)
    beside = archive.document(asked.get("beside", ""))
    if found is not None and beside is not None:
        return _side_by_side(found, beside, choice, request, language)
    at, quote = asked.get("at", ""), asked.get("quote", "")[:_LONGEST_QUOTE]
    start = int(at) if at.isascii() and at.isdigit() and len(at) < 10 else None
    search = asked.get("q", "")[:_LONGEST_SEARCH]
    if start is not None or quote:
        opened = opened_at(found, start or 0, quote)
    else:
        opened = opened_at_hits(found, search)
    page = TEMPLATES.render(
        "reading_article",
        language,
        base=base_of(request),
        choice=choice,
        article=found,
        id=id,
        opened=opened,
        figures=_figures(archive, found),
        picture=page_picture(found, *opened.places[0]) if found and opened.places else None,
        search=search,
        around=_around(archive, found),
        sharing=_sharing(archive, found),
        named=_named(found),
        elsewhere=articles_quoting(archive, opened.quote) if opened.quote else (),
        article_address=article_address,
        marked=pieces,
    )
    return HTMLResponse(page, 200 if found else 404, headers={"Content-Security-Policy": POLICY})


def _side_by_side(
    one: Article, other: Article, choice: Choice, request: Request, language: str
) -> Response:
    """Two articles with the passages that they share, each numbered as in the first."""
    shared = [*enumerate(passages_in_common(one, other), start=1)]
    places: dict[int, tuple[int, int]] = {}  # in the other, by the number in the first
    reached = 0
    for number, each in sorted(shared, key=lambda pair: pair[1].other_start):
        if each.other_start >= reached:  # what the first says twice the other may say once
            places[number] = each.other_start, each.other_end
            reached = each.other_end
    page = TEMPLATES.render(
        "reading_passages",
        language,
        base=base_of(request),
        choice=choice,
        one=Opened(one, [(each.start, each.end) for _, each in shared]),
        numbers=[number for number, _ in shared],
        other=Opened(other, [*places.values()]),
        numbers_there=[*places],
        article_address=article_address,
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})


def _around(archive: Archive, article: Article | None) -> Around:
    """What is around the article; nothing if that cannot be told now, for it is read all the
    same."""
    if article is None:
        return Around()
    try:
        return around(archive, article)
    except Exception:
        log.exception("what is around an article could not be found")
        return Around()


def _sharing(archive: Archive, article: Article | None) -> Sequence[Sharing]:
    """Who shares passages with the article; nobody if that cannot be told now."""
    if article is None:
        return ()
    try:
        return shared_passages(archive, article)
    except Exception:
        log.exception("what an article shares with others could not be found")
        return ()


def _figures(archive: Archive, article: Article | None) -> Sequence[Figure]:
    """The article's photographs; none if that cannot be told now."""
    if article is None:
        return ()
    try:
        return figures_of(archive, article)
    except Exception:
        log.exception("the photographs of an article could not be found")
        return ()


def _named(article: Article | None) -> Mapping[Kind, Sequence[str]]:
    """The persons, places and organisations that the article names."""
    held: dict[Kind, list[str]] = {}
    if article is not None:
        for name in names(article.text[article.opening :], article.language):
            held.setdefault(name.kind, []).append(name.text)
    return held


def whole(article: Article) -> Citation:
    """The article as what is cited."""
    return Citation(
        *(1, article.id, article.title, article.date, "", 0, 0, 0.0, (0, 0)),
        publication=article.publication,
        language=article.language,
    )
