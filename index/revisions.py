"""Which of an agency's items, and of the captures of a page, count: of several versions, wherever
they lie, the latest."""

from collections.abc import Set
from pathlib import Path

from hemeroteca.index.sources.extract import Version
from hemeroteca.index.stores.catalog import Revision


class Revisions:
    """The versions that a run comes upon, beside those that are `known` from the runs before."""

    def __init__(self, known: dict[str, Revision]) -> None:
        self.dropped: set[str] = set()  # articles of which a later version was found
        self._known = known
        self._items = {each.article: item for item, each in known.items() if each.article}
        self._latest: dict[str, Revision] = {}

    def later(self, version: Version, article: str) -> Revision | None:
        """The version that counts instead of this one of `article`, if there is one."""
        found = self._latest.get(version.item)
        if found is None:
            found = self._known.get(version.item)
            if found is not None and not Path(found.source).exists():
                return None
        if found is None or found.article == article:
            return None
        return found if found.order >= version.order else None

    def add(self, version: Version, article: str, source: str) -> None:
        """Let this version count; of `article`, "" if it takes the item back."""
        for before in (self._latest.get(version.item), self._known.get(version.item)):
            if before and before.article and before.article != article:
                self.dropped.add(before.article)
        self.dropped.discard(article)
        self._latest[version.item] = Revision(version.order, article, source)

    def pass_over(self, article: str) -> None:
        """Let what is known of an article count whose file has not changed."""
        item = self._items.get(article)
        if item is not None and item not in self._latest:
            self._latest[item] = self._known[item]

    def all(self, seen: Set[str]) -> dict[str, Revision]:
        """What is to be recorded, where the articles `seen` are there."""
        kept = {i: r for i, r in self._known.items() if r.article and r.article in seen}
        return {**kept, **self._latest}
