"""The evaluation on the page, over runs that are saved."""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from hemeroteca.rag.evaluation.run import Result, Run
from hemeroteca.rag.evaluation.testset import Case, CaseSet, Part
from hemeroteca.ui.settings import Settings
from hemeroteca.ui.web import evaluation_tab
from hemeroteca.ui.web.evaluation_tab import EvaluationTab, Shown

RUN = Run(
    testset="press",
    corpus_hash="c" * 64,
    cases_hash="q" * 64,
    articles=1,
    left_out=0,
    models={"reader": "r"},
    settings={"top_k": 20},
    results=[Result(Case("1", "Who <b>opens</b>?", lang="en"), answered=True, answer="Ana")],
    seconds={},
    package="0",
    created="2025-01-02T03:04:05+00:00",
)
REQUEST: Any = SimpleNamespace(headers={"accept-language": "en"}, session_hash="s")


def _last(steps: Iterator[Shown]) -> tuple[str, str]:
    """The chooser and the report that are shown in the end."""
    chooser, report = "", ""
    for step in steps:
        chooser, report = (
            before if isinstance(new, dict) else new  # Gradio's way to leave it alone
            for before, new in zip((chooser, report), step, strict=True)
        )
    return chooser, report


def _chosen(run: str, against: str) -> gr.EventData:
    return gr.EventData(None, {"run": run, "against": against})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index_dir=tmp_path)


def _save(settings: Settings, name: str, run: Run) -> None:
    run.save(settings.index_dir / "evaluation" / "runs" / f"{name}.json")


def test_without_a_run_there_is_only_the_button(settings: Settings) -> None:
    chooser, shown = _last(EvaluationTab(settings).arrive(REQUEST))
    assert 'data-event="examine">Run the test set' in chooser
    assert "<select" not in chooser
    assert "No run has been saved yet." in shown


def test_a_run_is_shown_and_compared_with_an_earlier_one(settings: Settings) -> None:
    refused = replace(RUN.results[0], answered=False, answer="")
    _save(settings, "a", RUN)
    _save(settings, "b", replace(RUN, results=[refused]))
    tab = EvaluationTab(settings)
    chooser, shown = _last(tab.view(REQUEST, _chosen("a", "")))
    assert '<option value="a" selected>' in chooser
    assert 'sandbox="allow-scripts"' in shown
    assert "Evaluation: press" in shown
    assert "&lt;b&gt;opens" not in shown  # escaped for the report, then for the frame
    assert "&lt;b&gt;opens" in unescape(shown)
    chooser, shown = _last(tab.view(REQUEST, _chosen("b", "a")))
    assert "Only B is right (1)" in shown  # nothing answers it, and b refused
    assert "Only A is right (0)" in shown
    assert chooser.count("selected") == 2


def test_the_last_choice_is_shown_though_its_report_is_ready_first(settings: Settings) -> None:
    _save(settings, "a", RUN)
    tab = EvaluationTab(settings)
    first = tab.view(REQUEST, _chosen("a", ""))
    next(first)  # it is being prepared
    assert "Evaluation: press" in _last(tab.view(REQUEST, _chosen("a", "")))[1]
    # Not nothing: at the end Gradio repeats what came last.
    assert list(first) == [(gr.skip(), gr.skip())]


def test_runs_that_cannot_be_compared_and_files_that_are_none_say_so(settings: Settings) -> None:
    _save(settings, "a", RUN)
    _save(settings, "b", replace(RUN, corpus_hash="d" * 64))
    tab = EvaluationTab(settings)
    assert "different corpora" in _last(tab.view(REQUEST, _chosen("b", "a")))[1]
    spanish: Any = SimpleNamespace(headers={"accept-language": "es"}, session_hash="s")
    assert "distintos artículos" in _last(tab.view(spanish, _chosen("b", "a")))[1]
    (settings.index_dir / "evaluation" / "runs" / "a.json").write_text("{}")
    assert "no saved run" in _last(tab.view(REQUEST, _chosen("a", "")))[1]
    assert "Evaluation: press" in _last(tab.view(REQUEST, _chosen("b", "../../etc")))[1]


def test_the_test_set_is_asked_with_progress_and_its_run_kept(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(settings: Settings, cases: CaseSet, sources: list[Path], progress: Any) -> Run:
        progress("questions", 1, 2)
        return RUN

    monkeypatch.setattr(evaluation_tab, "ask_testset", ask)
    monkeypatch.setattr(evaluation_tab, "read_testset", lambda _: CaseSet("press", [Part([], [])]))
    steps = list(EvaluationTab(settings).examine(REQUEST))
    assert [step[1].count("<progress") for step in steps] == [1, 1, 1, 0]
    assert 'max="2" value="1"' in steps[1][1]
    chooser, shown = _last(iter(steps))
    assert '<option value="press-2025-01-02T030405" selected>' in chooser
    assert "Evaluation: press" in shown
