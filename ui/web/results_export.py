"""All that a search finds, as a file: a table, references, or the articles themselves."""

import logging
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from tempfile import SpooledTemporaryFile
from urllib.parse import quote, urljoin

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.search.search import Hit, Wanted, search
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.references import Style, references
from hemeroteca.ui.language import FAULT, preferred, say
from hemeroteca.ui.web.addresses import article_address
from hemeroteca.ui.web.article_page import whole
from hemeroteca.ui.web.asked import Asked, finding, wanted_in
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.table import table

log = logging.getLogger(__name__)

MOST_EXPORTED = 10_000  # articles in one file
# How a file is called, by the end of its address, and what it is.
FORMATS = {
    "csv": ("CSV", "text/csv"),
    "zip": ("ZIP", "application/zip"),
    "ris": ("RIS", "application/x-research-info-systems"),
    "bib": ("BibTeX", "application/x-bibtex"),
    "csl.json": ("CSL-JSON", "application/vnd.citationstyles.csl+json"),
}
_STYLES: dict[str, Style] = {"ris": "ris", "bib": "bibtex", "csl.json": "csl"}
_COLUMNS = (
    "title", "date", "paper", "section", "authors", "language", "page", "url", "article",
    "address", "excerpts",
)  # fmt: skip
_AT_ONCE = 200
_IN_MEMORY = 16 << 20  # bytes of a ZIP
_CHUNK = 1 << 16
_LONGEST_NAME = 60  # characters


def export_route(archive: Archive, root: str = "", collections: Collections | None = None) -> Route:
    """`/search.csv` and so on: what `/search` finds with the same behind the question mark, at most
    MOST_EXPORTED of it. A server in front shows it below `root`."""

    def export(request: Request) -> Response:
        if request.path_params["suffix"] not in FORMATS:
            return PlainTextResponse("Not Found", 404)
        asked = Asked.read(request.query_params, finding(request, collections))
        return _export(archive, root, request, asked)

    return Route("/search.{suffix}", export)


def _export(archive: Archive, root: str, request: Request, asked: Asked) -> Response:
    suffix, language = (
        request.path_params["suffix"],
        preferred(request.headers.get("accept-language")),
    )
    base = f"{urljoin(str(request.base_url), root).rstrip('/')}/"
    try:
        wanted = replace(wanted_in(archive, asked), page=1, most=_AT_ONCE)
        hits = _hits(archive, wanted)
        if suffix == "csv":
            content: Iterator[bytes] = _table(hits, base)
        elif suffix == "zip":
            content = _zipped(hits, base, language)
        else:
            cited = [whole(hit.article) for hit in hits]
            content = iter([f"{references(cited, _STYLES[suffix], language)}\n".encode()])
    except HemerotecaError as error:
        return PlainTextResponse(f"{say(error.message, language)}\n", 400)
    except Exception:
        log.exception("what a search found could not be exported")
        return PlainTextResponse(f"{say(FAULT, language)}\n", 500)
    name = quote(f"{_file_name(asked.text) or 'hemeroteca'}.{suffix}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    kind = FORMATS[suffix][1]
    charset = "" if suffix == "zip" else "; charset=utf-8"
    return StreamingResponse(content, headers=headers, media_type=f"{kind}{charset}")


def _hits(archive: Archive, wanted: Wanted) -> list[Hit]:
    """What is found, in its order, at most MOST_EXPORTED articles."""
    found: list[Hit] = []
    for page in range(1, MOST_EXPORTED // wanted.most + 1):
        results = search(archive, replace(wanted, page=page), faceted=False)
        found += results.hits
        if page >= results.pages:
            break
    return found


def _row(hit: Hit, base: str) -> list[str]:
    article, known = hit.article, hit.article.publication
    return [
        *(article.title, article.date or "", known.paper, known.section),
        *("; ".join(known.authors), article.language, known.page, known.url, article.id),
        base + article_address(article.id),
        " […] ".join(" ".join(each.text.split()) for each in hit.excerpts),
    ]


def _table(hits: list[Hit], base: str) -> Iterator[bytes]:
    return table([_COLUMNS, *(_row(hit, base) for hit in hits)])


def _zipped(hits: list[Hit], base: str, language: str) -> Iterator[bytes]:
    """Each article as a text file with its reference above, and the table of them."""
    with SpooledTemporaryFile(_IN_MEMORY) as made:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("articles.csv", b"".join(_table(hits, base)))
            for number, hit in enumerate(hits, start=1):
                article = hit.article
                head = references([whole(article)], "plain", language)
                name = f"{number:05} {_file_name(article.title)}".strip()
                packed.writestr(f"{name}.txt", f"{head}\n\n{article.text}\n")
        made.seek(0)
        while block := made.read(_CHUNK):
            yield block


def _file_name(text: str) -> str:
    """What of `text` may stand in the name of a file."""
    return " ".join(re.findall(r"[\w-]+", text))[:_LONGEST_NAME].strip()
