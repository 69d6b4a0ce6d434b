"""The page on which two searches stand side by side, under an address of its own."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from babel import Locale
from babel.numbers import format_percent
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.search.search import search
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.articles import Facets, same_name
from hemeroteca.index.stores.holdings import FIELDS, Field
from hemeroteca.index.text.names import KINDS, Kind
from hemeroteca.ui.language import FAULT, preferred, say
from hemeroteca.ui.web.asked import Asked, finding, wanted_in
from hemeroteca.ui.web.choice import Choice
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.period_view import days_of
from hemeroteca.ui.web.reading import POLICY
from hemeroteca.ui.web.view import TEMPLATES

log = logging.getLogger(__name__)

_ROWS = 10  # names of a field
_NAMED: tuple[Field | Kind, ...] = ("paper", *KINDS, "section", "author", "language")


@dataclass(frozen=True)
class Side:
    """How many articles one of the two searches finds, and the address at which they stand."""

    articles: int
    address: str


@dataclass(frozen=True)
class Row:
    """A name or a period with what each search finds of it; `all` is how many articles there are of
    it, 0 where that is not told."""

    name: str
    first: Side
    second: Side
    all: int = 0


@dataclass(frozen=True)
class Compared:
    """What two searches find: the one alone, both, the other alone; and of each period and of the
    most frequent names."""

    alone: tuple[Side, Side, Side]
    periods: Sequence[Row]
    names: Mapping[Field | Kind, Sequence[Row]]


def compare_route(
    archive: Archive, choice: Choice = Choice(), collections: Collections | None = None
) -> Route:
    """`/compare?q=…&with=…`, with what `/search` takes to narrow both."""

    def page(request: Request) -> Response:
        asked = Asked.read(request.query_params, finding(request, collections))
        other = request.query_params.get("with", "")
        language = preferred(request.headers.get("accept-language"))
        text, status = _page(archive, choice, asked, other, language)
        return HTMLResponse(text, status, headers={"Content-Security-Policy": POLICY})

    return Route("/compare", page)


def _page(
    archive: Archive, choice: Choice, asked: Asked, other: str, language: str
) -> tuple[str, int]:
    """The page and its status."""
    compared: Compared | None = None
    fault: Message | None = None
    status = 200
    try:
        if asked.text.strip() and other.strip():
            compared = _compare(archive, asked, other, language)
    except HemerotecaError as error:
        fault, status = error.message, 400
    except Exception:
        log.exception("two searches could not be compared")
        fault, status = FAULT, 500
    spoken = Locale(language).languages
    page = TEMPLATES.render(
        "compare",
        language,
        base="./",
        choice=choice,
        asked=asked,
        other=other,
        compared=compared,
        fault=fault,
        number_text=lambda number: say("{number:,}", language, number=number),
        share_text=lambda share: format_percent(share, "#,##0.#\u00a0%", language),
        days_of=days_of,
        shown=lambda field, name: spoken.get(name, name) if field == "language" else name,
    )
    return page, status


def _compare(archive: Archive, asked: Asked, other: str, language: str) -> Compared:
    """Both searches over the same articles. Raises HemerotecaError for what is no search."""
    bare = replace(asked, page=1, whole=None, order="best", view="words")
    both = [bare, replace(bare, text=other)]
    wanted = wanted_in(archive, bare)
    found = [
        search(archive, replace(wanted, text=text, most=1), whole=_NAMED)
        for text in (bare.text, other, "")
    ]
    first, second, every = (results.facets for results in found if results.facets)

    def only(text: str) -> Side:
        total = search(archive, replace(wanted, text=text, most=1), faceted=False).total
        return Side(total, bare.searching(text))

    one, two = f"({bare.text})", f"({other})"
    alone = only(f"{one} NOT {two}"), only(f"{one} {two}"), only(f"{two} NOT {one}")
    return Compared(alone, _periods(first, second, every, both), _names(first, second, both))


def _names(
    first: Facets, second: Facets, both: Sequence[Asked]
) -> dict[Field | Kind, Sequence[Row]]:
    """The most frequent names of each field that has some; of a field of one name only, nothing."""
    found: dict[Field | Kind, Sequence[Row]] = {}
    for kind in KINDS:
        one, two = first.held[kind].counts, second.held[kind].counts
        found[kind] = _rows(kind, one, two, [partial(asked.holding, kind) for asked in both])
    for field in FIELDS:
        one, two = first.named[field].counts, second.named[field].counts
        rows = _rows(field, one, two, [partial(asked.only_of, field) for asked in both])
        found[field] = rows if len(rows) > 1 else []
    return {name: found[name] for name in _NAMED if found[name]}


def _rows(
    field: Field | Kind,
    first: Mapping[str, int],
    second: Mapping[str, int],
    addresses: Sequence[Callable[[str], str]],
) -> list[Row]:
    """The names that most of the articles of both have, spelt as the first has them."""
    spelt = {same_name(field, name): name for counts in (second, first) for name in counts}
    one, two = (
        {same_name(field, name): number for name, number in counts.items()}
        for counts in (first, second)
    )
    most = sorted(spelt, key=lambda key: -one.get(key, 0) - two.get(key, 0))[:_ROWS]
    return [
        Row(
            spelt[key],
            Side(one.get(key, 0), addresses[0](spelt[key])),
            Side(two.get(key, 0), addresses[1](spelt[key])),
        )
        for key in most
    ]


def _periods(first: Facets, second: Facets, every: Facets, both: Sequence[Asked]) -> list[Row]:
    """What is found by day, where the period is short, else by month within a year, else by
    year."""
    if every.days:
        one, two, of_all = first.days, second.days, every.days
    elif len({*first.years, *second.years}) == 1:
        one, two, of_all = first.months, second.months, every.months
    else:
        one, two, of_all = first.years, second.years, every.years

    def side(asked: Asked, name: str, found: Mapping[str, int]) -> Side:
        return Side(found.get(name, 0), asked.in_days(*days_of(name), asked.undated))

    return [
        Row(name, side(both[0], name, one), side(both[1], name, two), of_all.get(name, 0))
        for name in sorted({*one, *two})
    ]
