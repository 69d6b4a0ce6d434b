"""`hemeroteca ask` with a model, on a terminal and piped, as processes of their own."""

import os
import pty
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import COMMAND, environment, heed_interrupts, run_command, write
from tests.stub_llm import Reply, StubLLM, number, serving

QUESTION = "Who opened the bridge of Dover?"
RIGHT = "Ann Moss opened the bridge of Dover."


def reply(body: dict[str, Any]) -> Reply:
    """Two sentences; then by the model's name the end, a break, or a long silence."""
    n = number(body, "Ann Moss")
    yield from (f"{RIGHT} [{n}] ", "It was ", "opened on Monday ", f"by Ann Moss. [{n}] ", "And ")
    if body["model"] == "slow":
        yield 60.0
    if body["model"] == "broken":
        yield b"data: {\n\n"


@pytest.fixture(scope="module")
def stub() -> Iterator[StubLLM]:
    with serving(reply) as opened:
        yield opened


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    text = "The bridge of Dover was opened on Monday by Ann Moss \x1b[31min red\x1b[0m."
    write(folder / "seeds", "a", text)
    return folder


def settings(stub: StubLLM, model: str, cache_dir: Path) -> dict[str, str]:
    return environment(
        LLM_BASE_URL=stub.url,
        LLM_MODEL=model,
        LLM_ALWAYS="true",
        ANSWER_FROM="0",
        CACHE_DIR=cache_dir,
    ) | {"TERM": "xterm", "COLUMNS": "100"}


class Terminal:
    """The command on a terminal of its own."""

    def __init__(self, home: Path, env: dict[str, str]) -> None:
        self._screen, far = pty.openpty()
        self.process = subprocess.Popen(
            [COMMAND, "ask", QUESTION],
            cwd=home,
            env=env,
            stdin=far,
            stdout=far,
            stderr=far,
            preexec_fn=heed_interrupts,
        )
        os.close(far)
        self.shown = ""

    def read_until(self, wanted: str | None) -> None:
        """Read to the first appearance of `wanted`, or to the end."""
        until = time.monotonic() + 170
        while wanted is None or wanted not in self.shown:
            assert time.monotonic() < until, self.shown
            try:
                self.shown += os.read(self._screen, 65_536).decode(errors="replace")
            except OSError:  # the other end is closed
                assert wanted is None, self.shown
                break


def test_after_a_fault_what_passed_is_kept_and_the_line_says_why(
    home: Path, stub: StubLLM, cache_dir: Path
) -> None:
    terminal = Terminal(home, settings(stub, "broken", cache_dir))
    terminal.read_until(None)
    assert terminal.process.wait(30) == 0
    partial, whole = terminal.shown.split(f"{RIGHT} [1]", 1)
    assert "Ann Moss [1]" in partial  # the embedded answer, at once
    assert RIGHT in partial
    assert "\x1b[2K" in partial.split(RIGHT)[-1]  # the line is erased
    assert "(The written answer broke off: its server failed" in whole
    assert "\x1b[31m" not in whole
    assert "Ann Moss [31min red" in whole  # what would steer it is not in the text at all


def test_control_c_ends_it_cleanly(home: Path, stub: StubLLM, cache_dir: Path) -> None:
    stub.left.clear()
    terminal = Terminal(home, settings(stub, "slow", cache_dir))
    terminal.read_until(RIGHT)
    terminal.process.send_signal(signal.SIGINT)
    terminal.read_until(None)
    assert terminal.process.wait(30) == 130
    assert "Traceback" not in terminal.shown


def test_piped_it_prints_the_answer_only(home: Path, stub: StubLLM, cache_dir: Path) -> None:
    run = run_command("ask", QUESTION, cwd=home, env=settings(stub, "whole", cache_dir))
    assert run.code == 0, run.err
    assert run.out.startswith(f"{RIGHT} [1] It was opened on Monday by Ann Moss. [1]\n\n")
    assert run.out.count(RIGHT) == 1
