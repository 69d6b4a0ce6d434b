"""A filter of names as people write them, in the spelling of the archive."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from unicodedata import combining, normalize

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.stores.holdings import Field, Holdings

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


def _spelt(holdings: Holdings, field: Field, wanted: Sequence[str]) -> tuple[str, ...]:
    if not any(map(str.strip, wanted)):
        return ()
    plain: dict[str, list[str]] = {}
    for name in holdings.names(field):
        plain.setdefault(_plain(name), []).append(name)
    found: list[str] = []
    for written in filter(str.strip, wanted):
        sought = _plain(written)
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


def _plain(name: str) -> str:
    bare = (c for c in normalize("NFKD", name.casefold()) if not combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())
