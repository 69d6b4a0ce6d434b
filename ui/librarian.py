"""What the list of the articles does when something is pressed: add, delete, index again."""

from collections.abc import Sequence
from pathlib import Path

import gradio as gr
from gradio.utils import get_upload_folder

from index.archive import Archive
from index.errors import HemerotecaError
from index.sync import SyncReport, sync_folders
from ui.library import Refused, drop_html, find_articles, library_html, masthead_html, receipt_html
from ui.messages import counted, said
from ui.period import period_html
from ui.uploads import MAX_BYTES, UploadError, Uploads, too_large
from ui.visitor import language_of

Shown = tuple[str, str, str, str]  # the receipt, the list, the masthead, the period


class Librarian:
    """One method for each thing that can be pressed; the methods that write are called one at a
    time."""

    def __init__(self, archive: Archive, sources: Sequence[Path]) -> None:
        self._archive = archive
        self._sources = sources
        self._uploads = Uploads(archive)

    def arrive(self, request: gr.Request) -> str:
        """Where articles are added."""
        return drop_html(language_of(request))

    def find(self, wanted: str, request: gr.Request) -> str:
        """The articles that hold the words `wanted`."""
        return self._list(wanted, language_of(request))

    def admit(
        self,
        wanted: str,
        dates: tuple[str, str],
        request: gr.Request,
        event: gr.EventData,
        progress: gr.Progress = gr.Progress(),  # noqa: B008, Gradio fills it in
    ) -> Shown:
        """Add the files that were sent, and say of each that was not why."""
        language = language_of(request)
        refused: list[Refused] = []
        kept: dict[Path, str] = {}
        for file in event._data["files"]:
            name = str(file["name"])
            try:
                kept[self._keep(file, name, language)] = name
            except UploadError as error:
                refused.append(Refused(name, str(error)))
        if not kept:
            return self._shown(said(language, "nothing_added"), refused, wanted, dates, language)
        try:
            report = self._sync(language, progress)
        except HemerotecaError as error:
            later = said(language, "kept_for_later", reason=error)
            return self._shown(later, refused, wanted, dates, language)
        refused += self._unread(kept, report, language)
        what = counted(language, "added", report.added)
        return self._shown(what, refused, wanted, dates, language)

    def _keep(self, file: dict, name: str, language: str) -> Path:
        if int(file["size"]) > MAX_BYTES:  # the page's script did not even send it
            raise UploadError(too_large(int(file["size"]), language))
        path = Path(str(file["path"])).resolve()
        # A request may name any path; only what was sent here is taken.
        if not path.is_relative_to(Path(get_upload_folder()).resolve()):
            raise UploadError(said(language, "file_lost"))
        try:
            return self._uploads.add(path, name, language)
        finally:
            path.unlink(missing_ok=True)

    def _unread(self, kept: dict[Path, str], report: SyncReport, language: str) -> list[Refused]:
        """Why files did not become articles, or not whole; what holds no article is removed."""
        holding = {entry.source for entry in self._archive.catalog.entries().values()}
        found = []
        for path, name in kept.items():
            reasons = [skipped.reason for skipped in report.skipped if skipped.path == str(path)]
            if str(path) not in holding:
                self._uploads.remove(str(path))
                found.append(Refused(name, "; ".join(reasons)))
            elif reasons:
                found.append(Refused(name, said(language, "partly", reason="; ".join(reasons))))
        return found

    def discard(
        self,
        wanted: str,
        dates: tuple[str, str],
        request: gr.Request,
        event: gr.EventData,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> Shown:
        """Delete the file of an article that was added here."""
        document = self._archive.document(str(event._data["id"]))
        if document is not None:
            self._uploads.remove(document.metadata["source"])
        return self.reindex(wanted, dates, request, progress)

    def reindex(
        self,
        wanted: str,
        dates: tuple[str, str],
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> Shown:
        """Bring the index in line with the articles."""
        language = language_of(request)
        try:
            report = self._sync(language, progress)
        except HemerotecaError as error:
            return self._shown(str(error), [], wanted, dates, language)
        numbers = {name: getattr(report, name) for name in ("changed", "removed", "unchanged")}
        done = [said(language, name, number=number) for name, number in numbers.items() if number]
        if report.added:
            done.insert(0, counted(language, "added", report.added))
        what = ", ".join(done) or said(language, "nothing_added")
        refused = [Refused(skipped.path, skipped.reason) for skipped in report.skipped]
        return self._shown(what, refused, wanted, dates, language)

    def _sync(self, language: str, progress: gr.Progress) -> SyncReport:
        indexing = said(language, "indexing")
        return sync_folders(
            self._archive,
            self._sources,
            lambda done, total: progress((done, total), indexing, unit=""),
        )

    def _shown(
        self,
        what: str,
        refused: Sequence[Refused],
        wanted: str,
        dates: tuple[str, str],
        language: str,
    ) -> Shown:
        return (
            receipt_html(what, refused, language),
            self._list(wanted, language),
            masthead_html(self._archive, language),
            period_html(self._archive.catalog.dates(), dates, language),
        )

    def _list(self, wanted: str, language: str) -> str:
        found = find_articles(self._archive, wanted)
        return library_html(found, language, self._uploads.holds)
