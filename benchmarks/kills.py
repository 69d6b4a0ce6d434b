"""Runs killed (SIGKILL) at random moments; after each the next run must leave the index exactly in
line with its articles, checked passage by passage in both stores.

    python -m benchmarks.kills --kills 200

Vectors are counts of letters: it is the stores that are tested, not the model."""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

from benchmarks.letters import LetterEncoder
from index.archive import Archive
from index.doctor import examine
from index.encoder import Encoder
from index.sync import sync_folders

_WORDS = ("El", "gato", "come", "pescado", "mientras", "la", "lluvia", "cae", "en", "Lima")
_FILES = 30
_LINES = 30
_EDITS = 15


class _Newspaper:
    """A folder of single files and a file of many articles, edited at random."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.files: dict[str, str] = {}
        self.lines: dict[str, str] = {}
        folder.mkdir()

    def edit(self, count: int) -> None:
        """Add, change or remove `count` articles of each kind."""
        for articles, size in ((self.files, _FILES), (self.lines, _LINES)):
            for _ in range(count):
                name = f"{self.chance.randrange(size)}"
                if self.chance.random() < 0.3:
                    articles.pop(name, None)
                else:
                    articles[name] = self._text()
        for name in map(str, range(_FILES)):
            path = self.folder / f"{name}.txt"
            text = self.files.get(name)
            if text is None:
                path.unlink(missing_ok=True)
            elif not path.exists() or path.read_text() != text:
                path.write_text(text)
        records = [json.dumps({"id": name, "text": text}) for name, text in self.lines.items()]
        (self.folder / "many.jsonl").write_text("\n".join(records))

    def expected(self) -> dict[str, str]:
        return self.files | {f"many/{name}": text for name, text in self.lines.items()}

    def _text(self) -> str:
        sentences = self.chance.randrange(1, 12)
        return " ".join(
            " ".join(self.chance.choices(_WORDS, k=8)).capitalize() + "." for _ in range(sentences)
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as home:
        newspaper = _Newspaper(Path(home, "articles"), chance)
        data = Path(home, "data")
        wrong, within = 0, 0
        newspaper.edit(_FILES)
        started = time.perf_counter()
        _wait(_fork(lambda: _sync(data, newspaper.folder)))
        duration = time.perf_counter() - started
        for _ in range(args.kills):
            newspaper.edit(_EDITS)
            run = _fork(lambda: _sync(data, newspaper.folder))
            time.sleep(chance.uniform(0, duration))
            os.kill(run, signal.SIGKILL)  # one that has ended waits to be asked: no error
            within += os.WIFSIGNALED(os.waitpid(run, 0)[1])
            wrong += _wait(_fork(lambda: _check(data, newspaper))) != 0
    print(json.dumps({"kills": args.kills, "within_a_run": within, "wrong": wrong}))
    sys.exit(wrong > 0)


def _fork(work: Callable[[], None]) -> int:
    """Do `work` in a process of its own, which has all modules already; its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    os._exit(code)


def _wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _sync(data: Path, articles: Path) -> None:
    archive = Archive(data, cast(Encoder, LetterEncoder()))
    sync_folders(archive, [articles])
    archive.close()


def _check(data: Path, newspaper: _Newspaper) -> None:
    """Complete the killed run and look at everything. Raises AssertionError if it is wrong."""
    archive = Archive(data, cast(Encoder, LetterEncoder()))
    # What the killed run left is whole articles already.
    for document in archive.catalog.documents():
        for passage in archive.catalog.passages_of(document.id_):
            assert passage.text in document.text
    sync_folders(archive, [newspaper.folder])
    found = {document.id_: document.text for document in archive.catalog.documents()}
    assert found == newspaper.expected(), "the articles are others"
    assert sorted(archive.vectors.ids()) == sorted(archive.catalog.passage_ids()), "vectors"
    examination = examine(archive)
    assert examination.sound, examination
    assert sync_folders(archive, [newspaper.folder]).embedded == 0, "embedded twice"
    archive.close()


if __name__ == "__main__":
    main()
