"""An index that may be read and not written, such as one that is mounted so in a container."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import COMMAND, Run, assert_one_sentence, environment, run_command, write

_NOBODY = 65534
pytestmark = pytest.mark.skipif(
    os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root may write anywhere"
)


@pytest.fixture(scope="module")
def place(cache_dir: Path) -> Iterator[Path]:
    """A folder that everybody may look into, with an index and articles."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    write(
        place / "press", "a", "La alcaldesa Ana Ruiz inauguró el mercado de Motril.", "2024-03-05"
    )
    shutil.copytree(cache_dir, place / "cache")
    env = _settings(place)
    assert run_command("index", cwd=place, env=env).code == 0
    for path in (place, *place.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield place
    for path in (place, *place.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    shutil.rmtree(place)


def _settings(place: Path) -> dict[str, str]:
    settings = {"ARTICLES_DIR": "press", "INDEX_DIR": place / "index", "CACHE_DIR": place / "cache"}
    return environment(**settings) | {"HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}


def _run(place: Path, *arguments: str) -> Run:
    """The command as somebody who may write nothing there."""
    rights = ["setpriv", f"--reuid={_NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*rights, str(COMMAND), *arguments],
        cwd=place,
        env=_settings(place),
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def test_it_can_be_asked_and_listed(place: Path) -> None:
    before = sorted(place.rglob("*"))
    answered = _run(place, "ask", "¿Quién inauguró el mercado de Motril?")
    assert answered.code == 0
    assert "Ana Ruiz" in answered.out
    assert "may only be read; answering from the last complete state" in answered.err
    listed = _run(place, "articles", "list")
    assert (listed.code, listed.err) == (0, "")
    assert listed.out.startswith("a  5 Mar 2024")
    shown = _run(place, "articles", "show", "a")
    assert "Ana Ruiz" in shown.out
    assert sorted(place.rglob("*")) == before


def test_to_write_it_is_refused_in_one_sentence(place: Path) -> None:
    refused = _run(place, "index")
    assert_one_sentence(refused)
    assert "may only be read" in refused.err
