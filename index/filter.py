"""Which articles count: the one form in which filters travel through the program."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hemeroteca.index.period import Period


@dataclass(frozen=True)
class Filter:
    """The articles of `period`, of one of the `papers`, in one of the `sections`, by one of the
    `authors`, in one of the `languages` (ISO 639-1) and of the ids `articles`, which `collection`
    names; what is empty leaves all. One that leaves all is false. Names are spelt as the articles
    spell them.

    An article without a date is of no period, unless they are `undated` ones that count as well."""

    period: Period = Period()
    undated: bool = False
    papers: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    collection: str = ""

    def __bool__(self) -> bool:
        return bool(self.period or self.names or self.articles)

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """What is filtered by beside the period, by its field: "paper", "section" and so on."""
        all_of = {
            "paper": self.papers,
            "section": self.sections,
            "author": self.authors,
            "language": self.languages,
        }
        return {name: values for name, values in all_of.items() if values}

    @property
    def days(self) -> list[tuple[int, int]]:
        """The days that count, each from a first to a last (yyyymmdd, 0 for no date); none where
        all do."""
        undated = [(0, 0)] if self.undated else []
        return [self.period.days, *undated] if self.period else []

    def within(self, period: Period) -> "Filter":
        """The same in another period."""
        return replace(self, period=period)

    def joined(self, other: "Filter") -> "Filter":
        """The same with what `other` filters by and this does not."""
        return Filter(*(mine or theirs for mine, theirs in _pairs(self, other)))

    def without(self, other: "Filter") -> "Filter":
        """The same without what `other` filters by as well."""
        return Filter(
            *(type(mine)() if mine == theirs else mine for mine, theirs in _pairs(self, other))
        )

    def without_names(self, field: str) -> "Filter":
        """The same, whatever the `field` ("paper", "section", "author" or "language") is."""
        emptied: dict[str, Any] = {f"{field}s": ()}
        return replace(self, **emptied)

    def as_dict(self) -> dict[str, object]:
        """The filter as JSON has it."""
        return {
            "period": [day or None for day in self.period.iso],
            "undated": self.undated,
            **{name: list(getattr(self, name)) for name in _LISTS},
            "collection": self.collection,
        }

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> "Filter":
        """The inverse of `as_dict`."""
        period = Period.from_iso(*said["period"])
        lists = {name: tuple(said.get(name, ())) for name in _LISTS}
        return cls(period, said["undated"], **lists, collection=said.get("collection", ""))


_LISTS = ("papers", "sections", "authors", "languages", "articles")


def _pairs(one: Filter, other: Filter) -> Iterator[tuple[Any, Any]]:
    return zip(vars(one).values(), vars(other).values(), strict=True)
