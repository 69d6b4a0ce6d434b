"""Nothing of the program needs, or even tries, a network."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import (
    SEED,
    assert_one_sentence,
    environment,
    offline,
    run_command,
    write,
)


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('192.0.2.1', 80), 1)",  # an address kept for documentation
        "socket.getaddrinfo('example.org', 80)",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))",
    ],
)
def test_the_guard_refuses_and_records(tmp_path: Path, attempt: str) -> None:
    log = tmp_path / "network.log"
    done = subprocess.run(
        [sys.executable, "-c", f"import socket; {attempt}"],
        env=offline(log),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "the tests allow no connection" in done.stderr
    assert len(log.read_text().splitlines()) == 1


def test_a_first_question_is_answered_offline_and_is_one_json_object(
    tmp_path: Path, cache_dir: Path
) -> None:
    log = tmp_path / "network.log"
    env = offline(log, ARTICLES_DIR=SEED.parent, INDEX_DIR=tmp_path / "data", CACHE_DIR=cache_dir)
    run = run_command("ask", "who met the Venezuelan ambassador?", "--json", cwd=tmp_path, env=env)
    assert run.code == 0, run.err
    answer = json.loads(run.out)  # one object: anything beside it would be an error
    assert answer["question"] == "who met the Venezuelan ambassador?"
    assert {passage["article"] for passage in answer["passages"]} == {SEED.stem}
    assert run.err == ""
    assert not log.exists(), log.read_text()


def test_a_model_hub_out_of_reach_is_one_sentence_within_seconds(
    tmp_path: Path, cache_dir: Path
) -> None:
    write(tmp_path / "press", "a", "El puerto reabrió.")
    env = environment(
        ARTICLES_DIR="press",
        INDEX_DIR=tmp_path / "data",
        CACHE_DIR=cache_dir,
        EMBEDDING_MODEL="intfloat/multilingual-e5-base",
    ) | {"HF_HOME": str(tmp_path / "hub"), "https_proxy": "http://127.0.0.1:9"}
    # An answer for each file and try, one after the other, would take minutes.
    run = run_command("index", cwd=tmp_path, env=env, timeout_s=90)
    assert_one_sentence(run)
    assert "cannot load the embedding model 'intfloat/multilingual-e5-base'" in run.err
