"""Following folders."""

import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

from hemeroteca.index.sources.watch import follow
from tests.helpers import COMMAND, environment, heed_interrupts, write


def _followed(sources: list[Path], apart: Path) -> "Queue[int]":
    """A queue that gets a number for every word, from a thread."""
    words: Queue[int] = Queue()

    def listen(following: Iterator[None]) -> None:
        for number, _ in enumerate(following):
            words.put(number)

    threading.Thread(target=listen, args=(follow(sources, apart),), daemon=True).start()
    assert [words.get(timeout=60), words.get(timeout=60)] == [0, 1]  # at once; once it stands
    return words


def test_a_change_is_told_once_it_is_quiet_and_others_are_not(tmp_path: Path) -> None:
    folder, data = tmp_path / "press", tmp_path / "press" / "data"
    write(folder, "a", "El gato.")
    data.mkdir()
    single = write(tmp_path / "else", "single", "El perro.")
    words = _followed([folder, single], data)
    write(folder, ".hidden", "no")
    write(data, "index", "no")
    write(single.parent, "neighbour", "no")
    time.sleep(2)
    assert words.empty()
    for n in range(20):  # together, they are one change
        write(folder, f"b{n}", "La vaca.")
    assert words.get(timeout=60) == 2
    single.unlink()
    write(single.parent, "single", "El perro duerme.")
    assert words.get(timeout=60) == 3
    time.sleep(1)
    assert words.empty()


def test_index_watch_follows_and_ends_with_ctrl_c(tmp_path: Path, cache_dir: Path) -> None:
    write(tmp_path / "seeds", "a", "El gato come pescado.")
    (tmp_path / "seeds" / "p.png").touch()
    with subprocess.Popen(
        [COMMAND, "index", "--watch"],
        cwd=tmp_path,
        env=environment(CACHE_DIR=cache_dir),
        preexec_fn=heed_interrupts,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as watching:
        assert watching.stdout is not None
        try:
            assert watching.stdout.readline().startswith("1 added, 0 changed, 0 removed,")
            write(tmp_path / "seeds", "b", "El perro duerme.")
            assert watching.stdout.readline().startswith("1 added, 0 changed, 0 removed, 1 unch")
            (tmp_path / "seeds" / "a.txt").unlink()
            assert watching.stdout.readline().startswith("0 added, 0 changed, 1 removed, 1 unch")
            watching.send_signal(signal.SIGINT)
            _, errors = watching.communicate(timeout=60)
        finally:
            watching.kill()
    assert watching.returncode == 0
    skipped, last = errors.splitlines()  # named once, not with every change
    assert skipped.startswith("skipped seeds/p.png: expected one of ")
    assert last == "hemeroteca: no longer following"
