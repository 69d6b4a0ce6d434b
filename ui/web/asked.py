"""What is asked of the page of searches, as its address has it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal, get_args
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request

from hemeroteca.index.filter import Filter
from hemeroteca.index.search.search import Wanted
from hemeroteca.index.search.topics import within_topic
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.articles import ORDERS, Order
from hemeroteca.index.stores.chosen import in_all_spellings
from hemeroteca.index.stores.holdings import FIELDS, Field
from hemeroteca.index.text.names import KINDS, Kind
from hemeroteca.ui.web.auth import user_of
from hemeroteca.ui.web.collections import Collections, Within, empty, gone
from hemeroteca.ui.web.period_view import parse_period

View = Literal["words", "meaning", "both"]
VIEWS: tuple[View, ...] = get_args(View)
MOST = 20  # articles on a page
_LAST_PAGE = 10_000_000
_LONGEST_NAME = 1_000


@dataclass(frozen=True)
class Asked:
    """A search of the page: `first` and `last` are ISO dates or "", `undated` is "" for a period
    without the articles that have no date, "with" for one with them, "only" for those alone;
    `within` is the collection whose articles alone are searched, `whole` the field of which every
    name is shown, `topic` the name of the one whose articles alone are searched."""

    text: str = ""
    view: View = "words"
    order: Order = "best"
    page: int = 1
    names: Mapping[Field, tuple[str, ...]] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    undated: str = ""
    within: Within | None = None
    whole: Field | Kind | None = None
    topic: str = ""

    @classmethod
    def read(cls, said: QueryParams, find: Callable[[str], Within] = Within) -> "Asked":
        """What an address says; what it says wrongly of how to show it is as if it were not. `find`
        finds a collection by its id."""
        page = said.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 9 else 1
        names = {
            name: tuple(dict.fromkeys(v[:_LONGEST_NAME] for v in said.getlist(name) if v.strip()))
            for name in FIELDS
        }
        undated, collection = said.get("undated", ""), said.get("collection", "")[:_LONGEST_NAME]
        return cls(
            said.get("q", ""),
            next((view for view in VIEWS if view == said.get("view")), "words"),
            next((order for order in ORDERS if order == said.get("order")), "best"),
            min(max(1, number), _LAST_PAGE),
            {name: values for name, values in names.items() if values},
            said.get("from", ""),
            said.get("to", ""),
            undated if undated in ("with", "only") else "",
            find(collection) if collection else None,
            next((name for name in (*FIELDS, *KINDS) if name == said.get("all")), None),
            said.get("topic", "")[:_LONGEST_NAME].strip(),
        )

    def wanted(self) -> Wanted:
        """The search itself. Raises PeriodError for what is no date, CollectionError for a
        collection that is gone or empty."""
        only = "only" if self.undated == "only" else ""
        period = parse_period("" if only else self.first, "" if only else self.last)
        papers, sections, authors, languages = (self.names.get(field, ()) for field in FIELDS)
        kept = Filter(period, self.undated == "with", papers, sections, authors, languages)
        if self.within:
            if not self.within.name:
                raise gone()
            if not self.within.articles:
                raise empty()
            held = tuple(self.within.articles)
            kept = replace(kept, articles=held, collection=self.within.name)
        return Wanted(self.text, kept, bool(only), self.order, self.page, MOST)

    @property
    def narrowed(self) -> bool:
        """Whether it is asked of some articles only."""
        of_some = self.names or self.first or self.last or self.within or self.topic
        return bool(of_some or self.undated == "only")

    @property
    def unfolded_fields(self) -> Sequence[Field | Kind]:
        """The fields of which every name is shown."""
        return [self.whole] if self.whole else []

    @property
    def fields(self) -> Sequence[tuple[str, str]]:
        """What is chosen beside the words, as an address or a form has it."""
        return [pair for pair in self._pairs() if pair[0] not in ("q", "page", "all")]

    @property
    def address(self) -> str:
        """Where this search stands, below the page's own address."""
        said = urlencode(self._pairs())
        return f"search?{said}" if said else "search"

    def _pairs(self) -> list[tuple[str, str]]:
        said = [("q", self.text)] if self.text else []
        said += [("view", self.view)] if self.view != "words" else []
        said += [("order", self.order)] if self.order != "best" else []
        said += [(name, value) for name, values in self.names.items() for value in values]
        said += [(k, v) for k, v in (("from", self.first), ("to", self.last)) if v]
        said += [("undated", self.undated)] if self.undated else []
        said += [("collection", self.within.id)] if self.within else []
        said += [("topic", self.topic)] if self.topic else []
        said += [("all", self.whole)] if self.whole else []
        said += [("page", str(self.page))] if self.page > 1 else []
        return said

    def exported(self, suffix: str) -> str:
        """The address of all that it finds as a file."""
        kept = replace(self, view="words", page=1, whole=None)
        return kept.address.replace("search", f"search.{suffix}", 1)

    @property
    def compared(self) -> str:
        """The address at which it is compared with another search."""
        return self.bare().address.replace("search", "compare", 1)

    @property
    def pictured(self) -> str:
        """The address at which the photographs of what it finds are shown."""
        return self.pictured_on(1)

    def pictured_on(self, page: int) -> str:
        """The same of another page of them."""
        shown = replace(self, view="words", page=page, whole=None)
        return shown.address.replace("search", "pictures", 1)

    @property
    def among_many(self) -> str:
        """The address at which many searches are made of the same articles."""
        return replace(self.bare(), text="").address.replace("search", "batch", 1)

    @property
    def shared(self) -> str:
        """The address of the passages that several of its articles share."""
        return self.bare().address.replace("search", "passages", 1)

    def bare(self) -> "Asked":
        """It without what only says how it is shown."""
        return replace(self, view="words", order="best", page=1, whole=None)

    def on_page(self, page: int) -> str:
        """The address of another page of it."""
        return replace(self, page=page).address

    def ordered(self, order: Order) -> str:
        """The address of the same in another order."""
        return replace(self, order=order, page=1).address

    def viewed(self, view: View) -> str:
        """The address of the same, seen otherwise."""
        return replace(self, view=view, page=1).address

    def searching(self, text: str) -> str:
        """The address of another search of the same articles."""
        return replace(self, text=text, page=1).address

    def toggled(self, name: Field, value: str) -> str:
        """The address with a name chosen, or no longer."""
        values = self.names.get(name, ())
        now = tuple(v for v in values if v != value) if value in values else (*values, value)
        names = {key: each for key, each in {**self.names, name: now}.items() if each}
        return replace(self, names=names, page=1).address

    def only_of(self, field: Field, name: str) -> str:
        """The address of what of it is of a name."""
        return replace(self, names={**self.names, field: (name,)}, page=1).address

    def in_days(self, first: str, last: str, undated: str = "") -> str:
        """The address of the same in a period, or without one."""
        return replace(self, first=first, last=last, undated=undated, page=1).address

    def holding(self, kind: Kind, name: str) -> str:
        """The address of the same of articles that name a person, a place or an organisation, or
        no longer."""
        said = f'{kind}:"{name}"'
        taken = self.text.replace(said, "") if said in self.text else f"{self.text} {said}"
        return self.searching(" ".join(taken.split()))

    def unfolded(self, name: Field | Kind | None) -> str:
        """The address with every name of a field shown, or of none."""
        return replace(self, whole=name).address

    def on_topic(self, name: str) -> str:
        """The address of what of it is on a topic; without a name, on any or none."""
        return replace(self, topic=name, page=1).address

    def in_no_collection(self) -> str:
        """The address of the same, not of the articles of a collection alone."""
        return replace(self, within=None, page=1).address

    def everywhere(self) -> str:
        """The address of the same in all articles."""
        return Asked(self.text, self.view, self.order, whole=self.whole).address


def finding(request: Request, collections: Collections | None) -> Callable[[str], Within]:
    """What finds the collections that whoever sent `request` may search."""
    if collections is None:
        return Within
    return partial(collections.within, user=user_of(request))


def wanted_in(archive: Archive, asked: Asked) -> Wanted:
    """The search itself, of all spellings of the names that are chosen. Raises PeriodError for what
    is no date, CollectionError for a collection that is gone or empty, TopicError for a topic that
    is none."""
    wanted = asked.wanted()
    only = in_all_spellings(archive.catalog.holdings, wanted.only)
    return replace(wanted, only=within_topic(archive, only, asked.topic) if asked.topic else only)
