"""What the page does when something is kept, and with what was kept."""

import json
from collections.abc import Callable
from typing import Any

import gradio as gr

from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.web.collection_export import export
from hemeroteca.ui.web.collections import Collection, Collections, gone
from hemeroteca.ui.web.collections_view import collections_html, kept_html
from hemeroteca.ui.web.export_view import export_html
from hemeroteca.ui.web.keeping import keep, open_collection
from hemeroteca.ui.web.notice import noticed
from hemeroteca.ui.web.period_view import Chosen, asked_html
from hemeroteca.ui.web.visitor import Visitor, visitor

# The id of the collection that is open, what is kept in it, the collections, and a notice.
Shown = tuple[Any, ...]
_PARTS = 3


class CollectionsTab:
    """One method for each thing that can be pressed. The last of what each returns is a notice, of
    what cannot be done; then the page is as it was."""

    def __init__(self, archive: Archive, collections: Collections) -> None:
        self._archive = archive
        self._collections = collections

    def arrive(self, current: str, browser: str, request: gr.Request) -> Shown:
        """The collection that was open, else the latest."""
        return self._done(visitor(browser, request), current)

    def keep(self, current: str, browser: str, request: gr.Request, event: gr.EventData) -> Shown:
        """Keep a quote or an article in the collection that is open, or keep it no more."""
        who, carried = visitor(browser, request), json.loads(str(event._data["citation"]))
        return self._done(
            who, current, lambda: keep(self._archive, self._collections, who, current, carried)
        )

    def choose(self, browser: str, request: gr.Request, event: gr.EventData) -> Shown:
        """Open a collection; what is kept from now on is kept there."""
        return self._done(visitor(browser, request), str(event._data["id"]))

    def collect(
        self, current: str, browser: str, request: gr.Request, event: gr.EventData
    ) -> Shown:
        """A new collection, open."""
        who, name = visitor(browser, request), str(event._data["text"])
        return self._done(who, current, lambda: self._collections.add(who.owner, name))

    def rename(self, current: str, browser: str, request: gr.Request, event: gr.EventData) -> Shown:
        """The collections, one of them under its new name."""
        who, id, name = visitor(browser, request), str(event._data["id"]), str(event._data["text"])
        return self._done(who, current, lambda: self._collections.rename(who.owner, id, name))

    def forget(self, current: str, browser: str, request: gr.Request, event: gr.EventData) -> Shown:
        """The collections without one."""
        who, id = visitor(browser, request), str(event._data["id"])
        return self._done(who, current, lambda: self._collections.delete(who.owner, id))

    def remove(self, current: str, browser: str, request: gr.Request, event: gr.EventData) -> Shown:
        """The collection without one of its items."""
        who, id = visitor(browser, request), str(event._data["id"])
        return self._done(who, current, lambda: self._collections.remove(who.owner, id))

    def note(self, browser: str, request: gr.Request, event: gr.EventData) -> Any:
        """What a person notes, recorded; it stands in its field already."""
        who, id, text = visitor(browser, request), str(event._data["id"]), str(event._data["text"])

        def note() -> tuple[()]:
            self._collections.note(who.owner, id, text)
            return ()

        return noticed(note, 0, who.language)[0]

    def question(
        self, asked_of: Chosen, browser: str, request: gr.Request, event: gr.EventData
    ) -> tuple[Any, ...]:
        """What is asked from now on is asked of the articles of a collection."""
        who, id = visitor(browser, request), str(event._data["id"])

        def ask() -> tuple[Chosen, str]:
            found = self._found(who, id)
            now = {**asked_of, "collection": id, "collection_name": found.name}
            return now, asked_html(self._archive, now, who.language)

        return noticed(ask, 2, who.language)

    def export(self, browser: str, request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        """A link to a collection as a file."""
        who, data = visitor(browser, request), event._data

        def export_it() -> tuple[str]:
            found = self._found(who, str(data["id"]))
            items = self._collections.items(who.owner, found.id)
            return (export_html(export(found, items, str(data["style"]), who.language)),)

        return noticed(export_it, 1, who.language)

    def _done(
        self, who: Visitor, current: str, act: Callable[[], str | None] = lambda: None
    ) -> Shown:
        """The page after `act`, which may give the collection that is open then."""

        def shown() -> tuple[str, str, str]:
            found = open_collection(self._collections, who.owner, act() or current)
            items = self._collections.items(who.owner, found.id) if found else []
            return (
                found.id if found else "",
                kept_html(found, items, who.language),
                collections_html(self._collections.of(who.owner), found, items, who.language),
            )

        return noticed(shown, _PARTS, who.language)

    def _found(self, who: Visitor, id: str) -> Collection:
        found = self._collections.find(who.owner, id)
        if found is None:
            raise gone()
        return found
