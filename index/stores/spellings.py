"""Names that are the same but for accents, capitals and marks: "El Pais" and "EL PAÍS"."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache

from hemeroteca.index.text.terms import fold


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """What all spellings of a name share."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(name).casefold()).split())


def joined(
    counted: Iterable[tuple[str, int]], key: Callable[[str], str] = name_key
) -> Counter[str]:
    """The names that are `counted`, the most frequent first; those with the same `key` under the
    first of them."""
    counts: dict[str, int] = {}
    spelt: dict[str, str] = {}
    for name, number in counted:
        first = spelt.setdefault(key(name) or name, name)
        counts[first] = counts.get(first, 0) + number
    return Counter(counts)


def by_key(names: Iterable[str]) -> dict[str, list[str]]:
    """The spellings of each name, by what they share."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[name_key(name)].append(name)
    return dict(found)
