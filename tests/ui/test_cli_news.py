"""hemeroteca news, and what indexing says of it."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from hemeroteca.ui.settings import load_settings
from hemeroteca.ui.web.saved import SavedSearches
from tests.helpers import Run, write


@pytest.fixture
def press(tmp_path: Path, hemeroteca: Callable[..., Run]) -> Path:
    """An indexed folder, of which two people follow something since."""
    folder = tmp_path / "press"
    folder.mkdir()
    write(folder, "old", "A zeppelin flew over Porto.", "2025-10-04")
    assert hemeroteca("index", folder).code == 0
    with closing(SavedSearches(load_settings().conversations([folder]))) as saved:
        now = _latest(folder)
        saved.follow("user:ana", "search", "zeppelin", {}, now, 1)
        saved.follow("browser:x", "search", "balloon", {}, now, 1)
    return folder


def _latest(folder: Path) -> str:
    from hemeroteca.index.stores.catalog import Catalog

    with closing(Catalog(load_settings().archive_dir([folder]) / "catalog.db")) as catalog:
        return catalog.indexed_between()[1]


def test_an_indexing_says_that_there_is_news_and_the_command_which(
    press: Path, hemeroteca: Callable[..., Run]
) -> None:
    nothing = hemeroteca("news", "--articles", press)
    assert (nothing.code, nothing.out) == (0, "")
    assert "no news" in nothing.err
    write(press, "new", "Another zeppelin flew over Braga, and a balloon.", "2025-10-05")
    assert "2 new for what is followed" in hemeroteca("index", press).err
    assert "new for what is followed" not in hemeroteca("index", press).err
    shown = hemeroteca("news", "--articles", press, "--user", "ana")
    assert shown.out.startswith("zeppelin\n  - Another zeppelin flew over Braga")
    assert "5 October 2025" in shown.out
    assert "balloon\n" not in shown.out
    told = json.loads(hemeroteca("news", "--articles", press, "--json", "--mark").out)["news"]
    assert {each["followed"] for each in told} == {"zeppelin", "balloon"}
    assert {each["citation"]["article"] for each in told} == {"new"}
    assert hemeroteca("news", "--articles", press).out == ""
    assert "zeppelin" in hemeroteca("news", "--articles", press, "--since", "2020-01-01").out


def test_news_bring_the_index_in_line_first(press: Path, hemeroteca: Callable[..., Run]) -> None:
    write(press, "new", "Another zeppelin flew over Braga.", "2025-10-05")
    assert "Another zeppelin" in hemeroteca("news", "--articles", press).out


def test_a_day_that_is_none_is_refused(press: Path, hemeroteca: Callable[..., Run]) -> None:
    refused = hemeroteca("news", "--articles", press, "--since", "soon")
    assert (refused.code, "expected a date" in refused.err) == (1, True)


def test_a_run_without_anything_followed_does_not_load_the_framework_of_the_page() -> None:
    code = "import sys, hemeroteca.ui.cli.news; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
