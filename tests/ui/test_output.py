"""What is printed, on terminals of any encoding."""

import json
from pathlib import Path

import pytest

from tests.helpers import environment, run_command, write

SAID = "La alcaldesa “Begoña Núñez” cobró 300 € según Łukasz Żal…"


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
    tmp_path: Path, cache_dir: Path, encoding: str, shown: str
) -> None:
    write(tmp_path / "press", "a", f"{SAID} en la plaza.", "2024-03-05")
    env = environment(INDEX_DIR=tmp_path / "data", CACHE_DIR=cache_dir, ARTICLES_DIR="press")
    utf8 = env | {"PYTHONIOENCODING": "utf-8"}
    assert run_command("index", cwd=tmp_path, env=utf8).code == 0
    env |= {"PYTHONIOENCODING": encoding}
    listed = run_command("articles", "show", "a", cwd=tmp_path, env=env, encoding=encoding)
    assert (listed.code, listed.err) == (0, "")
    assert f"{shown} en la plaza." in listed.out
    exact = run_command("articles", "show", "a", "--json", cwd=tmp_path, env=env, encoding=encoding)
    assert SAID in json.loads(exact.out)["text"]
    refused = run_command("index", "no está…", cwd=tmp_path, env=env, encoding=encoding)
    assert (refused.code, refused.err[:24]) == (1, "hemeroteca: there is no ")
