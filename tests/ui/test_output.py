"""What is printed, on terminals of any encoding."""

import json
from pathlib import Path

import pytest

from tests.helpers import Run, environment, run_command, write

SAID = "La alcaldesa “Begoña Núñez” cobró 300 € según Łukasz Żal…"


@pytest.fixture(scope="module")
def indexed(
    tmp_path_factory: pytest.TempPathFactory, cache_dir: Path
) -> tuple[Path, dict[str, str]]:
    """A folder with an indexed article, and the environment of a command there."""
    home = tmp_path_factory.mktemp("output")
    write(home / "press", "a", f"{SAID} en la plaza.", "2024-03-05")
    env = environment(CACHE_DIR=cache_dir, ARTICLES_DIR="press")
    assert run_command("index", cwd=home, env=env | {"PYTHONIOENCODING": "utf-8"}).code == 0
    return home, env


def _run(indexed: tuple[Path, dict[str, str]], encoding: str, *arguments: str) -> Run:
    home, env = indexed
    env = env | {"PYTHONIOENCODING": encoding}
    return run_command(*arguments, cwd=home, env=env, encoding=encoding)


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", SAID),
        ("cp1252", SAID.replace("Łukasz Żal", "Lukasz Zal")),
        ("latin-1", 'La alcaldesa "Begoña Núñez" cobró 300 EUR según Lukasz Zal...'),
        ("cp437", 'La alcaldesa "Begoña Núñez" cobró 300 EUR según Lukasz Zal...'),
    ],
)
def test_what_an_encoding_lacks_is_transliterated(
    indexed: tuple[Path, dict[str, str]], encoding: str, shown: str
) -> None:
    listed = _run(indexed, encoding, "articles", "show", "a")
    assert (listed.code, listed.err) == (0, "")
    assert f"{shown} en la plaza." in listed.out


def test_what_is_for_programs_is_exact_and_an_error_is_written_too(
    indexed: tuple[Path, dict[str, str]],
) -> None:
    exact = _run(indexed, "cp437", "articles", "show", "a", "--json")
    assert SAID in json.loads(exact.out)["text"]
    refused = _run(indexed, "cp437", "index", "no está…")
    assert (refused.code, refused.err[:24]) == (1, "hemeroteca: there is no ")
