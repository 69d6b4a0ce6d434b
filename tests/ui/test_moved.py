"""An index whose articles were moved."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hemeroteca.ui.settings import Settings
from tests.helpers import Run, write


@pytest.fixture
def press(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    for n, text in enumerate(("El gato duerme.", "La lluvia cae en Lima.", "Vuelve José.")):
        write(folder, f"a{n}", text)
    return folder


def _indexed(hemeroteca: Callable[..., Run], folder: Path) -> tuple[int, int]:
    """(added, unchanged)."""
    run = hemeroteca("index", folder, "--json")
    assert run.code == 0, run.err
    articles = json.loads(run.out)["articles"]
    return articles["added"], articles["unchanged"]


def test_a_folder_that_was_moved_keeps_its_index_and_its_conversations(
    hemeroteca: Callable[..., Run], press: Path
) -> None:
    assert _indexed(hemeroteca, press) == (3, 0)
    kept = Settings().conversations([press])
    kept.write_bytes(b"")
    moved = press.rename(press.with_name("hemeroteca de papel"))
    assert _indexed(hemeroteca, moved) == (0, 3)
    assert not kept.exists()
    assert Settings().conversations([moved]).exists()
    run = hemeroteca("articles", "list", "--articles", moved, "--json")
    assert str(moved) in run.out
    assert f"{press}/" not in run.out


def test_a_copy_is_another_archive(hemeroteca: Callable[..., Run], press: Path) -> None:
    _indexed(hemeroteca, press)
    copy = Path(shutil.copytree(press, press.with_name("copy")))
    assert _indexed(hemeroteca, copy) == (3, 0)
    assert _indexed(hemeroteca, press) == (0, 3)


def test_other_articles_are_another_archive(hemeroteca: Callable[..., Run], press: Path) -> None:
    _indexed(hemeroteca, press)
    shutil.rmtree(press)
    other = write(press.with_name("other"), "a0", "Otra cosa, más larga.").parent
    assert _indexed(hemeroteca, other) == (1, 0)
