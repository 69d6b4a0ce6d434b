"""The page on which many searches are made at once, as a desk looks up a list of names."""

import csv
import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from babel import Locale
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.search.search import search
from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.language import FAULT, preferred, say
from hemeroteca.ui.web.asked import Asked, finding, wanted_in
from hemeroteca.ui.web.choice import Choice
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.reading import POLICY
from hemeroteca.ui.web.table import table
from hemeroteca.ui.web.view import TEMPLATES

log = logging.getLogger(__name__)

MOST_SEARCHES = 500
_LARGEST = 1 << 20  # bytes of a list


class BatchError(HemerotecaError):
    """A list of searches cannot be used."""


@dataclass(frozen=True)
class Found:
    """What one search of the list finds, and the address at which it stands; or what is wrong with
    it, as its `fault`."""

    text: str
    address: str
    articles: int = 0
    papers: int = 0
    years: str = ""
    fault: Message | None = None


def batch_routes(
    archive: Archive, choice: Choice = Choice(), collections: Collections | None = None
) -> list[Route]:
    """`/batch`, with what `/search` takes to narrow all of them, and `/batch.csv`: both take the
    searches as the field `q` of a form, or as a `file`."""

    async def respond(request: Request) -> Response:
        language = preferred(request.headers.get("accept-language"))
        find = finding(request, collections)
        asked, text = await run_in_threadpool(Asked.read, request.query_params, find), ""
        try:
            if request.method == "POST":
                async with request.form(max_files=1, max_part_size=_LARGEST) as form:
                    asked = await run_in_threadpool(Asked.read, _said(form), find)
                    text = await _written(form)
            as_table = request.url.path.endswith(".csv")
            respond = _table if as_table else _page
            return await run_in_threadpool(respond, archive, choice, asked, text, language)
        except HTTPException:  # a part of the form is larger than that
            return _html(choice, asked, text, [], _too_large().message, language, 400)
        except HemerotecaError as error:
            return _html(choice, asked, text, [], error.message, language, 400)
        except Exception:
            log.exception("many searches failed")
            return _html(choice, asked, text, [], FAULT, language, 500)

    return [
        Route("/batch", respond, methods=["GET", "POST"]),
        Route("/batch.csv", respond, methods=["POST"]),
    ]


def _said(form: FormData) -> QueryParams:
    """Of which articles, as the form says it."""
    said = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    return QueryParams([pair for pair in said if pair[0] != "q"])


async def _written(form: FormData) -> str:
    """The searches, one a line: those of the file behind those of the field."""
    typed, file = form.get("q"), form.get("file")
    lines = [typed] if isinstance(typed, str) else []
    if isinstance(file, UploadFile) and file.filename:
        raw = await file.read(_LARGEST + 1)
        if len(raw) > _LARGEST:
            raise _too_large()
        try:
            held = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise BatchError("The list is no text in UTF-8: save it as one.") from None
        is_table = file.filename.lower().endswith(".csv")
        lines += _first_column(held) if is_table else [held]
    return "\n".join(lines).strip()


def _too_large() -> BatchError:
    return BatchError("The list is too large: at most {most:,} searches.", most=MOST_SEARCHES)


def _first_column(held: str) -> list[str]:
    """What stands first in each row of a table, whose columns a comma or a semicolon parts."""
    first = held.partition("\n")[0]
    mark = ";" if first.count(";") > first.count(",") else ","
    rows = csv.reader(io.StringIO(held), delimiter=mark)
    return [" ".join(row[0].split()) for row in rows if row]


def _searched(archive: Archive, asked: Asked, text: str) -> list[Found]:
    """Each search of a list. Raises HemerotecaError for one that is too long, or days that are
    none."""
    searches = [line.strip() for line in text.splitlines() if line.strip()]
    if len(searches) > MOST_SEARCHES:
        raise BatchError(
            "The list has {found:,} searches; at most {most:,} are made at once: shorten it.",
            found=len(searches),
            most=MOST_SEARCHES,
        )
    wanted_in(archive, asked)
    return [_one(archive, replace(asked, text=each)) for each in searches]


def _one(archive: Archive, asked: Asked) -> Found:
    address = asked.searching(asked.text)
    try:
        results = search(archive, replace(wanted_in(archive, asked), most=1), whole=["paper"])
    except HemerotecaError as error:
        return Found(asked.text, address, fault=error.message)
    facets = results.facets
    papers, years = (facets.named["paper"].counts, [*facets.years]) if facets else ({}, [])
    span = "–".join(dict.fromkeys((years[0], years[-1]))) if years else ""
    return Found(asked.text, address, results.total, len(papers), span)


def _page(archive: Archive, choice: Choice, asked: Asked, text: str, language: str) -> Response:
    found = _searched(archive, asked, text)
    return _html(choice, asked, text, found, None, language, 200)


def _table(archive: Archive, choice: Choice, asked: Asked, text: str, language: str) -> Response:
    def rows() -> Iterator[Sequence[str]]:
        yield ("search", "articles", "papers", "years", "error")
        for each in _searched(archive, asked, text):
            if each.fault:
                yield (each.text, "", "", "", say(each.fault, language))
            else:
                yield (each.text, str(each.articles), str(each.papers), each.years, "")

    lines = [*table(rows())]
    headers = {"Content-Disposition": "attachment; filename=searches.csv"}
    return StreamingResponse(iter(lines), headers=headers, media_type="text/csv; charset=utf-8")


def _html(
    choice: Choice,
    asked: Asked,
    text: str,
    found: Sequence[Found],
    fault: Message | None,
    language: str,
    status: int,
) -> Response:
    spoken = Locale(language).languages
    page = TEMPLATES.render(
        "batch",
        language,
        base="./",
        choice=choice,
        asked=asked,
        text=text,
        found=found,
        fault=fault,
        number_text=lambda number: say("{number:,}", language, number=number),
        shown=lambda field, name: spoken.get(name, name) if field == "language" else name,
    )
    return HTMLResponse(page, status, headers={"Content-Security-Policy": POLICY})
