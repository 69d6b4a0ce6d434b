"""What the list of the articles does when something is pressed: add, delete, index again."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

import gradio as gr

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.progress import Progress
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import SyncReport, sync_folders
from hemeroteca.ui.language import FAULT, Noun, count, say
from hemeroteca.ui.web.articles_view import (
    adding_html,
    articles_html,
    masthead_html,
    search_articles,
)
from hemeroteca.ui.web.background import Report, watched
from hemeroteca.ui.web.period_view import Chosen, asked_html
from hemeroteca.ui.web.progress_view import Refused, indexing_html, receipt_html
from hemeroteca.ui.web.uploads import UploadError, Uploads, arrived
from hemeroteca.ui.web.visitor import language_of

log = logging.getLogger(__name__)

_ADDED = Noun("{number:,} article added", "{number:,} articles added")
_CHANGED = Noun("{number:,} changed", "{number:,} changed")
_REMOVED = Noun("{number:,} removed", "{number:,} removed")
_UNCHANGED = Noun("{number:,} unchanged", "{number:,} unchanged")

Shown = tuple[Any, Any, Any, Any]  # the receipt, the list, the masthead, the period


@dataclass(frozen=True)
class _Outcome:
    what: str
    refused: Sequence[Refused] = ()


class ArticlesTab:
    """One method for each thing that can be pressed. Those that write say how far they are; they
    do it one at a time, and to the end though the page is closed meanwhile."""

    def __init__(
        self,
        archive: Archive,
        sources: Sequence[Path],
        check: Callable[[], object] = int,
        writing: "Lock | None" = None,  # Lock is a function to Python
    ) -> None:
        """`check` is called when something was written, `writing` held meanwhile."""
        self._archive = archive
        self._check = check
        self._sources = sources
        self._uploads = Uploads(archive)
        self._writing = writing or Lock()

    def arrive(self, request: gr.Request) -> str:
        """Where articles are added."""
        return adding_html(language_of(request))

    def find(self, wanted: str, request: gr.Request) -> str:
        """The articles that hold the words `wanted`."""
        return self._list(wanted, language_of(request))

    def admit(
        self, wanted: str, asked_of: Chosen, request: gr.Request, event: gr.EventData
    ) -> Iterator[Shown]:
        """Add the files that were sent, and say of each that was not why."""
        language, files = language_of(request), event._data["files"]

        def add(report: Report) -> _Outcome:
            return self._add(files, language, report)

        yield from self._write(add, wanted, asked_of, language)

    def paste(
        self, wanted: str, asked_of: Chosen, request: gr.Request, event: gr.EventData
    ) -> Iterator[Shown]:
        """Add the text that was pasted."""
        language, text = language_of(request), str(event._data["text"])

        def add(report: Report) -> _Outcome:
            path = self._uploads.add_text(text)
            return self._added({path: path.name}, [], language, report)

        yield from self._write(add, wanted, asked_of, language)

    def discard(
        self, wanted: str, asked_of: Chosen, request: gr.Request, event: gr.EventData
    ) -> Iterator[Shown]:
        """Delete the file of an article that was added here."""
        language, article = language_of(request), str(event._data["id"])

        def delete(report: Report) -> _Outcome:
            document = self._archive.document(article)
            if document is not None:
                self._uploads.remove(document.source)
            return replace(self._index(language, report), refused=())

        yield from self._write(delete, wanted, asked_of, language)

    def reindex(self, wanted: str, asked_of: Chosen, request: gr.Request) -> Iterator[Shown]:
        """Bring the index in line with the articles."""
        language = language_of(request)

        def index(report: Report) -> _Outcome:
            return self._index(language, report)

        yield from self._write(index, wanted, asked_of, language)

    def _write(
        self,
        task: Callable[[Report], _Outcome],
        wanted: str,
        asked_of: Chosen,
        language: str,
    ) -> Iterator[Shown]:
        def in_turn(report: Report) -> _Outcome:
            with self._writing:
                outcome = task(report)
                self._check()
                return outcome

        def meter(now: Progress | None = None) -> Shown:
            return indexing_html(now, language), gr.skip(), gr.skip(), gr.skip()

        yield meter()
        try:
            outcome = yield from watched(in_turn, meter)
        except HemerotecaError as error:
            outcome = _Outcome(say(error.message, language))
        except Exception:
            log.exception("the index could not be written")
            outcome = _Outcome(say(FAULT, language))
        yield (
            receipt_html(outcome.what, outcome.refused, language),
            self._list(wanted, language),
            masthead_html(self._archive, language),
            asked_html(self._archive, asked_of, language),
        )

    def _add(self, files: Sequence[dict], language: str, report: Report) -> _Outcome:
        refused: list[Refused] = []
        kept: dict[Path, str] = {}
        for file in files:
            name = str(file["name"])
            try:
                kept[self._keep(file, name)] = name
            except UploadError as error:
                refused.append(Refused(name, say(error.message, language)))
        if not kept:
            return _Outcome(say("Nothing was added", language), refused)
        return self._added(kept, refused, language, report)

    def _added(
        self, kept: dict[Path, str], refused: list[Refused], language: str, report: Report
    ) -> _Outcome:
        """What comes of the files that were kept here, by the names that they had."""
        try:
            done = sync_folders(self._archive, self._sources, report)
        except HemerotecaError as error:
            later = Message(
                "The files are kept and will be indexed with the next run: {reason}",
                reason=error.message,
            )
            return _Outcome(say(later, language), refused)
        refused += self._unread(kept, done, language)
        return _Outcome(count(_ADDED, done.added, language), refused)

    def _keep(self, file: dict, name: str) -> Path:
        path = arrived(file)
        try:
            return self._uploads.add(path, name)
        finally:
            path.unlink(missing_ok=True)

    def _unread(self, kept: dict[Path, str], done: SyncReport, language: str) -> list[Refused]:
        """Why files did not become articles, or not whole, and how many an export held; what holds
        no article is removed."""
        holding = {entry.source for entry in self._archive.catalog.entries().values()}
        found = []
        for path, name in kept.items():
            reasons = [
                say(skipped.reason, language)
                for skipped in done.skipped
                if skipped.path == str(path)
            ]
            counted = [
                say(each.held.message, language) for each in done.counted if each.path == str(path)
            ]
            said = "; ".join(counted + reasons)
            if str(path) not in holding:
                self._uploads.remove(str(path))
                found.append(Refused(name, said))
            elif reasons:
                partly = say("Not all of it: {reason}", language, reason=said)
                found.append(Refused(name, partly))
            elif counted:
                found.append(Refused(name, said))
        return found

    def _index(self, language: str, report: Report) -> _Outcome:
        done = sync_folders(self._archive, self._sources, report)
        numbers = {
            _ADDED: done.added,
            _CHANGED: done.changed,
            _REMOVED: done.removed,
            _UNCHANGED: done.unchanged,
        }
        parts = [count(noun, number, language) for noun, number in numbers.items() if number]
        what = ", ".join(parts) or say("Nothing was added", language)
        said = [Refused(each.path, say(each.held.message, language)) for each in done.counted]
        said += [Refused(each.path, say(each.reason, language)) for each in done.skipped]
        return _Outcome(what, said)

    def _list(self, wanted: str, language: str) -> str:
        try:
            found = search_articles(self._archive, wanted)
        except HemerotecaError as error:  # of what cannot be searched
            return articles_html([], language, self._uploads.holds, error.message)
        return articles_html(found, language, self._uploads.holds)
