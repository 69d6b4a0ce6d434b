"""The page of searches, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale

from hemeroteca.index.article import Passage
from hemeroteca.index.errors import Message
from hemeroteca.index.search.excerpts import pieces
from hemeroteca.index.search.query import Phrase, Word
from hemeroteca.index.search.search import Results
from hemeroteca.index.stores.articles import Facets, same_name
from hemeroteca.index.stores.holdings import FIELDS
from hemeroteca.index.text.names import KINDS, Kind
from hemeroteca.ui.language import say
from hemeroteca.ui.web.addresses import article_address
from hemeroteca.ui.web.asked import Asked
from hemeroteca.ui.web.choice import Choice
from hemeroteca.ui.web.period_view import days_of
from hemeroteca.ui.web.results_export import FORMATS, MOST_EXPORTED
from hemeroteca.ui.web.topics_told import TopicsTold
from hemeroteca.ui.web.view import TEMPLATES

_OTHERS = 5  # named beside somebody
_SHOWN = 420  # characters of a passage
_AROUND = 2  # pages beside the one that is shown


@dataclass(frozen=True)
class Bar:
    """The articles of a year, a month or a day: `name` is how it is written, `first` and `last` its
    days."""

    name: str
    first: str
    last: str
    articles: int


@dataclass(frozen=True)
class Suggestion:
    """Another search that finds `total` articles, and how it differs."""

    sentence: Message
    address: str
    total: int


def search_html(
    asked: Asked,
    language: str,
    choice: Choice = Choice(),
    results: Results | None = None,
    near: Sequence[Passage] | None = None,
    fault: Message | None = None,
    suggestions: Sequence[Suggestion] = (),
    held: int = 0,
    languages: int = 1,
    topics: TopicsTold | None = None,
) -> str:
    """The whole page: what was found by the words (`results`), by meaning (`near`), or why nothing
    can be searched; `held` is how many articles there are, in so many `languages`."""
    spoken = Locale(language).languages
    return TEMPLATES.render(
        "search",
        language,
        base="./",
        choice=choice,
        asked=asked,
        results=results,
        near=near,
        fault=fault,
        suggestions=suggestions,
        held=held,
        languages=languages,
        topics=topics or TopicsTold(),
        own_name=_own_name(results) if results else None,
        bars=_bars(results.facets) if results and results.facets else [],
        pages=offered_pages(results.wanted.page, results.pages) if results else [],
        fields=FIELDS,
        kinds=KINDS,
        article_address=article_address,
        formats=FORMATS,
        most_exported=MOST_EXPORTED,
        marked=pieces,
        shortened=_shortened,
        number_text=lambda number: say("{number:,}", language, number=number),
        language_name=lambda code: spoken.get(code, code),
    )


def names_of(results: Results) -> list[Word]:
    """The words that were found as they are written only."""
    return [leaf for leaf in results.query.leaves if isinstance(leaf, Word) and leaf.is_name]


@dataclass(frozen=True)
class OwnName:
    """A person, a place or an organisation that is all that was searched for; `first` and `last`
    are the years, months or days of its articles, and `others` are whom they name most beside it,
    each with its kind and its articles."""

    kind: Kind
    name: str
    first: str
    last: str
    others: Sequence[tuple[Kind, str, int]]


def _own_name(results: Results) -> OwnName | None:
    """Whose page it is, if what was searched for is one whole name and nothing else."""
    facets, said = results.facets, results.query.root
    if facets is None or not isinstance(said, Phrase) or not said.whole:
        return None
    key = f"{said.part}:{' '.join(said.terms)}"
    held = [
        (kind, name, number) for kind in KINDS for name, number in facets.held[kind].counts.items()
    ]
    own = next(((kind, name) for kind, name, _ in held if same_name(kind, name) == key), None)
    if own is None:
        return None
    beside = [each for each in held if each[:2] != own and each[0] != "place"]
    beside.sort(key=lambda each: -each[2])
    days = [*(facets.days or facets.months or facets.years)]
    span = (days_of(days[0])[0], days_of(days[-1])[1]) if days else ("", "")
    return OwnName(*own, *span, beside[:_OTHERS])


def _shortened(text: str) -> str:
    if len(text) <= _SHOWN:
        return text
    return text[:_SHOWN].rsplit(" ", 1)[0] + " …"


def offered_pages(here: int, last: int) -> list[int]:
    """The numbers of pages that are offered on the page `here` of `last`, 0 for those left out
    between two."""
    near = range(max(1, here - _AROUND), min(last, here + _AROUND) + 1)
    offered = sorted({1, last, *near} & {*range(1, last + 1)})
    numbers: list[int] = []
    for number in offered:
        if numbers and number > numbers[-1] + 1:
            numbers.append(0)
        numbers.append(number)
    return numbers


def _bars(facets: Facets) -> list[Bar]:
    """The counts by day, where the period is short; else by month within a year, else by year."""
    counts = facets.days or (facets.months if len(facets.years) == 1 else facets.years)
    return [Bar(name, *days_of(name), n) for name, n in counts.items()]
