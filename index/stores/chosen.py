"""A filter of names as people write them, in the spelling of the archive."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.stores.holdings import FIELDS, Field, Holdings
from hemeroteca.index.stores.spellings import name_key

_SUGGESTED = 5


class FilterError(HemerotecaError):
    """No article has what is filtered by."""


def chosen(
    holdings: Holdings,
    names: Mapping[Field, Sequence[str]],
    period: Period = Period(),
    undated: bool = False,
) -> Filter:
    """The filter by `names`, each in capitals or not, with accents or without, whole or, where no
    whole name is so, a part of names. Raises FilterError if no article has one of them."""
    found = {field: _spelt(holdings, field, wanted) for field, wanted in names.items()}
    return Filter(
        period,
        undated,
        papers=found.get("paper", ()),
        sections=found.get("section", ()),
        authors=found.get("author", ()),
        languages=found.get("language", ()),
    )


def in_all_spellings(holdings: Holdings, kept: Filter) -> Filter:
    """The same filter with all spellings of its names; one that no article has stays."""
    every: dict[str, tuple[str, ...]] = {}
    for field in FIELDS:
        if names := kept.names.get(field):
            plain = holdings.spellings(field)
            found = (spelling for n in names for spelling in (n, *plain.get(name_key(n), ())))
            every[f"{field}s"] = tuple(dict.fromkeys(found))
    return replace(kept, **every)  # type: ignore[arg-type]


def _spelt(holdings: Holdings, field: Field, wanted: Sequence[str]) -> tuple[str, ...]:
    if not any(map(str.strip, wanted)):
        return ()
    plain = holdings.spellings(field)
    found: list[str] = []
    for written in filter(str.strip, wanted):
        sought = name_key(written)
        same = plain.get(sought) or [
            name for key, of_one in plain.items() if f" {sought} " in f" {key} " for name in of_one
        ]
        if not same:
            near = get_close_matches(sought, plain, _SUGGESTED, 0.5) or list(plain)[:_SUGGESTED]
            raise FilterError(
                "no article has the {field} {name!r}; there are {known}",
                field=field,
                name=written.strip()[:100],
                known=", ".join(name for key in near for name in plain[key]) or "-",
            )
        found += same
    return tuple(dict.fromkeys(found))
