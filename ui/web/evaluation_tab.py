"""What the evaluation does when something is pressed: ask the test set, show and compare runs."""

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import gradio as gr

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.rag.evaluation.run import check_same_questions, load_run
from hemeroteca.rag.evaluation.scores import compare, score
from hemeroteca.rag.evaluation.testset import CaseSet
from hemeroteca.ui.language import FAULT, say
from hemeroteca.ui.report.page import comparison_html, report_html
from hemeroteca.ui.runs import OWN_TESTSET, ask_testset, default_file, read_testset, saved_runs
from hemeroteca.ui.settings import Settings
from hemeroteca.ui.web.background import Report, watched
from hemeroteca.ui.web.progress_view import meter_html, receipt_html
from hemeroteca.ui.web.uploads import MAX_BYTES, arrived
from hemeroteca.ui.web.view import TEMPLATES
from hemeroteca.ui.web.visitor import language_of

log = logging.getLogger(__name__)

_ASKING, _REPORTING = Message("Asking the test questions"), Message("Preparing the report")

Shown = tuple[Any, Any]  # the runs to choose from, the report


class EvaluationTab:
    """One method for each thing that can be pressed. One test set is asked at a time, and to its
    end though the page is closed meanwhile."""

    def __init__(self, settings: Settings, sources: Sequence[Path] = ()) -> None:
        """`sources` are the articles of which questions that are sent are asked."""
        self._settings = settings
        self._sources = sources
        self._asking = Lock()
        self._chosen: dict[str | None, object] = {}  # what each page waits for

    def arrive(self, request: gr.Request) -> Iterator[Shown]:
        """The runs to choose from, and the report of the latest."""
        yield from self._shown(request)

    def examine(self, request: gr.Request) -> Iterator[Shown]:
        """Ask the project's own test set, and show the report."""
        yield from self._examine(request, lambda: (read_testset(self._settings), [OWN_TESTSET]))

    def admit(self, request: gr.Request, event: gr.EventData) -> Iterator[Shown]:
        """Ask the test set that was sent of the articles at hand, and show the report."""
        file = event._data["files"][0]

        def read() -> tuple[CaseSet, list[Path]]:
            path, sources = arrived(file), [*self._sources]
            return read_testset(self._settings, path, articles=sources), sources

        yield from self._examine(request, read)

    def _examine(
        self, request: gr.Request, read: Callable[[], tuple[CaseSet, list[Path]]]
    ) -> Iterator[Shown]:
        language = language_of(request)

        def meter(done: int = 0, total: int = 0) -> Shown:
            return gr.skip(), meter_html(_ASKING, language, done, total)

        yield meter()
        try:
            yield from watched(lambda report: self._ask(read, report), meter)
        except HemerotecaError as error:
            yield self._failed(say(error.message, language), language)
        except Exception:
            log.exception("the test set could not be asked")
            yield self._failed(say(FAULT, language), language)
        else:
            yield from self._shown(request)

    def _ask(self, read: Callable[[], tuple[CaseSet, list[Path]]], report: Report) -> None:
        with self._asking:
            cases, sources = read()
            run = ask_testset(
                self._settings,
                cases,
                sources,
                lambda _, done, total: report(done, total),
            )
            run.save(default_file(self._settings, run))

    def _failed(self, why: str, language: str, name: str = "", against: str = "") -> Shown:
        return self._chooser(name, against, language), receipt_html(why, [], language)

    def view(self, request: gr.Request, event: gr.EventData) -> Iterator[Shown]:
        """The run that was chosen, or what changed to it from the other."""
        chosen = str(event._data["run"]), str(event._data["against"])
        yield from self._shown(request, *chosen)

    def _shown(self, request: gr.Request, name: str = "", against: str = "") -> Iterator[Shown]:
        """The report, unless another was chosen while it was prepared."""
        session, choice = request.session_hash, object()
        self._chosen[session] = choice
        try:
            for step in self._prepared(name, against, language_of(request)):
                # At its end Gradio shows again what came last.
                yield step if self._chosen.get(session) is choice else (gr.skip(), gr.skip())
        finally:
            if self._chosen.get(session) is choice:
                del self._chosen[session]

    def _prepared(self, name: str, against: str, language: str) -> Iterator[Shown]:
        runs = saved_runs(self._settings)
        if not runs:
            yield self._chooser("", "", language), TEMPLATES.render("report", language, page="")
            return
        name = name if name in runs else next(iter(runs))
        # The intervals take a second or two.
        yield self._chooser(name, against, language), meter_html(_REPORTING, language)
        try:
            page = _compared(runs, against, name) if against in runs else _report(runs[name])
        except HemerotecaError as error:
            yield self._failed(say(error.message, language), language, name, against)
        else:
            yield gr.skip(), TEMPLATES.render("report", language, page=page)

    def _chooser(self, name: str, against: str, language: str) -> str:
        return TEMPLATES.render(
            "evaluation",
            language,
            limit=MAX_BYTES,
            runs=list(saved_runs(self._settings)),
            chosen=name,
            against=against,
        )


def _report(path: Path) -> str:
    run = load_run(path)
    return report_html(run, score(run.results))


def _compared(runs: dict[str, Path], before: str, after: str) -> str:
    one, other = load_run(runs[before]), load_run(runs[after])
    check_same_questions(one, other, [before, after])
    return comparison_html((before, after), compare(one, other))
