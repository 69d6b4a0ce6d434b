"""The page of searches under an address of its own: it needs no script, and back and forward are
the browser's."""

import logging
from collections.abc import Iterator
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.search.grammar import parse
from hemeroteca.index.search.search import Results, Wanted, search
from hemeroteca.index.search.topics import TopicError
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.meaning import by_meaning, meant_dict
from hemeroteca.ui.language import FAULT, preferred
from hemeroteca.ui.web.asked import MOST, Asked, finding, wanted_in
from hemeroteca.ui.web.choice import Choice
from hemeroteca.ui.web.collections import CollectionError, Collections
from hemeroteca.ui.web.period_view import PeriodError
from hemeroteca.ui.web.reading import POLICY
from hemeroteca.ui.web.search_view import Suggestion, names_of, search_html
from hemeroteca.ui.web.topics_told import topics_told

log = logging.getLogger(__name__)


def search_routes(
    archive: Archive, choice: Choice = Choice(), collections: Collections | None = None
) -> list[Route]:
    """`/search`, and `/search.json` for programs, which takes the same and says the same; both
    search one of the `collections` as well."""

    def page(request: Request) -> Response:
        asked = Asked.read(request.query_params, finding(request, collections))
        language = preferred(request.headers.get("accept-language"))
        text, status = _page(archive, choice, asked, language)
        return HTMLResponse(text, status, headers={"Content-Security-Policy": POLICY})

    def data(request: Request) -> Response:
        asked = Asked.read(request.query_params, finding(request, collections))
        said, status = _data(archive, asked)
        return JSONResponse(said, status)

    return [Route("/search", page), Route("/search.json", data)]


def _data(archive: Archive, asked: Asked) -> tuple[dict[str, object], int]:
    """What was found, or what is wrong as `error`, and the status."""
    try:
        wanted = wanted_in(archive, asked)
        if asked.view == "meaning":
            near = by_meaning(archive, parse(asked.text).words or asked.text, wanted.only, MOST)
            return {"query": asked.text, "hits": [meant_dict(passage) for passage in near]}, 200
        told = topics_told(archive, asked)
        return search(archive, wanted, whole=asked.unfolded_fields).as_dict() | told.as_dict(), 200
    except HemerotecaError as error:
        return {"error": str(error)}, 400


def _page(archive: Archive, choice: Choice, asked: Asked, language: str) -> tuple[str, int]:
    """The page and its status."""
    held = archive.catalog.counts()[0]
    try:
        wanted = wanted_in(archive, asked)
        results = search(archive, wanted, whole=asked.unfolded_fields)
        if wanted.page > results.pages > 0:  # there were more when the address was made
            asked = replace(asked, page=results.pages)
            wanted = wanted_in(archive, asked)
            results = search(archive, wanted, whole=asked.unfolded_fields)
        near = None
        if asked.view != "words" and asked.text.strip():
            words = parse(asked.text).words or asked.text
            near = by_meaning(archive, words, wanted.only, MOST)
        suggestions = [*_suggestions(archive, asked, wanted, results)]
        told = topics_told(archive, asked)
    except PeriodError as error:  # its days cannot be shown either
        asked = replace(asked, first="", last="")
        return search_html(asked, language, choice, fault=error.message, held=held), 400
    except TopicError as error:
        asked = replace(asked, topic="")
        return search_html(asked, language, choice, fault=error.message, held=held), 400
    except CollectionError as error:
        asked = replace(asked, within=None)
        return search_html(asked, language, choice, fault=error.message, held=held), 400
    except HemerotecaError as error:
        return search_html(asked, language, choice, fault=error.message, held=held), 400
    except Exception:
        log.exception("a search failed")
        return search_html(asked, language, choice, fault=FAULT, held=held), 500
    languages = len(archive.catalog.languages())
    return search_html(
        asked, language, choice, results, near, None, suggestions, held, languages, told
    ), 200


def _suggestions(
    archive: Archive, asked: Asked, wanted: Wanted, results: Results
) -> Iterator[Suggestion]:
    """Searches that find more: with other endings of what was taken for names, with some of the
    words, in all articles."""

    def total(text: str, everywhere: bool = False) -> int:
        bare = Wanted(text) if everywhere else replace(wanted, text=text, page=1)
        return search(archive, replace(bare, most=1), faceted=False).total

    text = results.query.text
    names = names_of(results)
    if names:
        small = text
        for name in names:
            small = small.replace(name.written, name.written.lower())
        found = total(small) if small != text else 0
        if found > results.total:
            yield Suggestion(
                Message("With other endings as well: {search}", search=small),
                asked.searching(small),
                found,
            )
    if results.total:
        return
    if asked.narrowed:
        found = total(text, everywhere=True)
        if found:
            yield Suggestion(Message("In all articles"), asked.everywhere(), found)
    leaves = text.split()
    plain = not any(sign in text for sign in '()":~*-') and not {"AND", "OR", "NOT"} & {*leaves}
    if len(leaves) > 1 and plain:
        some = " OR ".join(leaves)
        found = total(some)
        if found:
            yield Suggestion(
                Message("With one of the words: {search}", search=some),
                asked.searching(some),
                found,
            )
