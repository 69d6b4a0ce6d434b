"""A test set asked through the page, in a real browser."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Browser, expect

from benchmarks import crowd
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.chain import Chain
from hemeroteca.ui.runs import OWN_TESTSET, read_testset
from hemeroteca.ui.settings import Settings
from hemeroteca.ui.web import evaluation_tab
from tests.ui.test_web import (  # noqa: F401, the same browser
    WAIT_MS,
    browser,
    open_from_menu,
    pytestmark,
    serious_violations,
)


@pytest.fixture
def settings(tmp_path: Path, newspaper: Path, cache_dir: Path) -> Settings:
    return Settings(index_dir=tmp_path, articles_dir=newspaper, cache_dir=cache_dir)


@pytest.fixture
def address(
    settings: Settings,
    tmp_path: Path,
    chain: Chain,
    newspaper_archive: Archive,
    newspaper: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """The page, its own test set cut to three questions."""
    few = tmp_path / "few.jsonl"
    lines = OWN_TESTSET.read_text(encoding="utf-8").splitlines(keepends=True)
    few.write_text("".join(lines[:3]), encoding="utf-8")
    monkeypatch.setattr(
        evaluation_tab,
        "read_testset",
        lambda settings, path=few, articles=(): read_testset(settings, path, articles=articles),
    )
    with crowd.serving(chain, newspaper_archive, [newspaper], settings) as served:
        yield served.address


def test_a_test_set_is_asked_shown_and_compared(
    address: str,
    settings: Settings,
    browser: Browser,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = browser.new_page(locale="en-US")
    page.set_default_timeout(WAIT_MS)
    expect.set_options(timeout=WAIT_MS)
    page.goto(address)
    open_from_menu(page, "Evaluation")
    expect(page.get_by_text("No run has been saved yet.")).to_be_visible()
    page.get_by_role("button", name="Run the test set").click()
    expect(page.locator(".meter")).to_contain_text("Asking the test questions")
    report = page.frame_locator("iframe.report")
    expect(report.get_by_role("heading", name="Evaluation: few")).to_be_visible()
    expect(report.locator("figure svg")).to_have_count(4)
    expect(report.locator("tr", has_text="answer.f1").first).to_be_visible()
    expect(page.get_by_label("Compare with").locator("option")).to_have_count(1)
    assert not serious_violations(page)

    [run] = (settings.index_dir / "evaluation" / "runs").glob("*.json")
    shutil.copy(run, run.with_name("earlier.json"))
    made, waiting = evaluation_tab._report, Event()

    def late(path: Path) -> str:
        if path.stem == "earlier":
            waiting.wait(WAIT_MS / 1000)
        return made(path)

    # Another run is chosen while the report of the latest is still prepared.
    monkeypatch.setattr(evaluation_tab, "_report", late)
    page.get_by_role("tab", name="Ask", exact=True).click()
    open_from_menu(page, "Evaluation")
    expect(page.get_by_label("Compare with").locator("option")).to_have_count(2)
    page.locator("select[name=run]").select_option(run.stem)
    expect(report.get_by_role("heading", name="Evaluation: few")).to_be_visible()
    waiting.set()
    page.wait_for_timeout(1000)
    expect(page.locator("select[name=run]")).to_have_value(run.stem)
    page.get_by_label("Compare with").select_option("earlier")
    expect(report.get_by_role("heading", name="Comparison")).to_be_visible()
    expect(report.locator("tr", has_text="answer.f1")).to_contain_text("0.000")
    expect(report.get_by_role("heading", name="Only B is right (0)")).to_be_visible()

    # Questions of one's own, asked of the articles at hand.
    case = {
        "question": "Who closed the schools of Latacunga?",
        "answers": ["Rosa Quishpe"],
        "evidence": "La alcaldesa Rosa Quishpe ordenó cerrar las escuelas",
    }
    own = settings.index_dir / "mine.jsonl"
    own.write_text(json.dumps(case), encoding="utf-8")
    page.locator("input[name=testset]").set_input_files(own)
    expect(report.get_by_role("heading", name="Evaluation: mine")).to_be_visible()
    own.write_text(json.dumps(case | {"evidence": "Nobody closed them"}), encoding="utf-8")
    page.locator("input[name=testset]").set_input_files(own)
    expect(page.locator(".receipt")).to_contain_text("mine.jsonl, line 1")
    page.close()
