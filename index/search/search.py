"""Articles found by a search, with what of them shows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from hemeroteca.index.article import Article
from hemeroteca.index.filter import Filter
from hemeroteca.index.publication import flat
from hemeroteca.index.search.excerpts import Excerpt, excerpts
from hemeroteca.index.search.grammar import parse
from hemeroteca.index.search.marks import Mark, Marker
from hemeroteca.index.search.query import All, Days, Query
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.articles import Facets, Order
from hemeroteca.index.stores.holdings import Field
from hemeroteca.index.text.names import KINDS, Kind


@dataclass(frozen=True)
class Wanted:
    """What is looked for: the search as it is written, of the articles that `only` leaves, or of
    those without a date; in which order, and which page of how many articles, from 1 on."""

    text: str = ""
    only: Filter = Filter()
    undated: bool = False
    order: Order = "best"
    page: int = 1
    most: int = 20


@dataclass(frozen=True)
class Hit:
    """An article found: `marks` are places of its title, `excerpts` pieces of its text, `score` is
    its BM25, 0 in the order of days."""

    article: Article
    score: float
    marks: Sequence[tuple[int, int]]
    excerpts: Sequence[Excerpt]

    def as_dict(self) -> dict[str, object]:
        """The object in the `hits` of `hemeroteca search --json`."""
        left_out = ("text", "opening", "body", "hash")
        known = {k: v for k, v in flat(self.article).items() if k not in left_out}
        return {
            "article": known.pop("id"),
            **known,
            "score": self.score,
            "marks": [list(mark) for mark in self.marks],
            "excerpts": [excerpt.as_dict() for excerpt in self.excerpts],
        }


@dataclass(frozen=True)
class Results:
    """One page of what was found, of `total` articles."""

    wanted: Wanted
    query: Query
    total: int
    hits: Sequence[Hit]
    facets: Facets | None = None

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.wanted.most)

    def as_dict(self) -> dict[str, object]:
        """What `hemeroteca search --json` prints."""
        return {
            "query": self.query.text,
            "notes": [str(note) for note in self.query.notes],
            "total": self.total,
            "page": self.wanted.page,
            "pages": self.pages,
            "hits": [hit.as_dict() for hit in self.hits],
            "facets": self.facets.as_dict() if self.facets else None,
        }


def search(
    archive: Archive,
    wanted: Wanted,
    faceted: bool = True,
    whole: Collection[Field | Kind] = (),
) -> Results:
    """What is found, every article counted; of the fields `whole` all names are. Raises SearchError
    or DaysError, saying how a search is written."""
    query = parse(wanted.text)
    sought = replace(query, root=All((query.root, Days(undated=True)))) if wanted.undated else query
    # What has no words has no best: the latest come first.
    order = "newest" if wanted.order == "best" and not query.leaves else wanted.order
    found = archive.articles.search(
        sought,
        archive.catalog.languages(),
        wanted.only,
        order,
        (wanted.page - 1) * wanted.most,
        wanted.most,
        faceted,
        whole,
    )
    markers = _Markers(query)
    documents = archive.documents_of([*found.scores])  # one that is missing is being removed
    hits = [_hit(each, found.scores[id], markers) for id, each in documents.items()]
    return Results(wanted, query, found.total, hits, found.facets)


class _Markers:
    """The markers of a search by language."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._made: dict[str, tuple[Marker, Marker]] = {}

    def of(self, language: str) -> tuple[Marker, Marker]:
        """That of titles and that of texts."""
        if language not in self._made:
            self._made[language] = (
                Marker(self._query, language, ("title", "text")),
                Marker(self._query, language, ("text", *KINDS)),
            )
        return self._made[language]


def _hit(document: Article, score: float, markers: _Markers) -> Hit:
    in_title, in_text = markers.of(document.language)
    title = [(mark.start, mark.end) for mark in in_title.marks(document.title)]
    text, body = document.text, document.body
    marks = [
        Mark(mark.start + body, mark.end + body, mark.wanted) for mark in in_text.marks(text[body:])
    ]
    return Hit(document, score, title, excerpts(text, body, marks))
