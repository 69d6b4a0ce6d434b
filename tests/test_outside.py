"""Nothing is reported to anyone, and nothing is left behind: watched from outside, because native
code shows itself to none of Python's hooks."""

import subprocess
import sys
from pathlib import Path

from benchmarks.outside import COMMAND, STRACE, Watch, recording_proxy
from tests.helpers import environment, write

_REPORTING = """
import os, pathlib, socket, sys, urllib.request
pathlib.Path.home().joinpath("device").write_text("id")
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
    line.connect(("192.0.2.1", 9))
try:
    urllib.request.urlopen("http://collector.invalid/")
except OSError:
    pass
"""


def test_what_a_program_reaches_is_seen(tmp_path: Path) -> None:
    with recording_proxy() as (proxy, asked):
        watch = Watch(tmp_path, proxy)
        watch.run(sys.executable, "-c", _REPORTING)
        seen = watch.seen(asked)
    assert seen.asked == ["GET http://collector.invalid/"]
    assert str(watch.home / "device") in seen.files
    if STRACE:
        assert seen.connections == ["192.0.2.1:9"]


def test_a_question_reaches_nothing_and_leaves_nothing_but_the_model(tmp_path: Path) -> None:
    with recording_proxy() as (proxy, asked):
        watch = Watch(tmp_path, proxy)
        write(watch.own / "press", "a", "La alcaldesa Ana Ruiz inauguró el mercado de Motril.")
        watch.environment["ARTICLES_DIR"] = str(watch.own / "press")
        said = watch.run(COMMAND, "ask", "¿Quién inauguró el mercado de Motril?")
        seen = watch.seen(asked)
    assert "Ana Ruiz" in said
    assert not seen, seen


_IMPORTING = """
import os
before = dict(os.environ)
import hemeroteca.index.parallel, hemeroteca.ui.session, hemeroteca.rag.writer.llm
import chromadb, onnxruntime
print(dict(os.environ) == before)
"""


def test_importing_changes_no_variable_of_the_environment() -> None:
    """Neither one that is not set nor one that is, to the contrary."""
    for own in ({}, {"ORT_DISABLE_TELEMETRY": "0", "ANONYMIZED_TELEMETRY": "True"}):
        done = subprocess.run(
            [sys.executable, "-c", _IMPORTING],
            env=environment() | own,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == "True\n"
