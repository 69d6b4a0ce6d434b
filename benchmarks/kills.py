"""Runs killed (SIGKILL) at random moments; after each the next run must leave the index exactly in
line with its articles, checked passage by passage in both stores.

    python -m benchmarks.kills --kills 200

Each run has articles to add, to change and to delete. It is killed between its first article and
its end, as long after as runs take; one that was faster is not counted. `unfinished` are the kills
that left something half done. Vectors are counts of letters: it is the stores that are tested, not
the model."""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from benchmarks.letters import LetterEncoder
from hemeroteca.index.doctor import examine
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.index.text.language import detect_language
from hemeroteca.index.write import interrupted

_WORDS = ("El", "gato", "come", "pescado", "mientras", "la", "lluvia", "cae", "en", "Lima")
_FILES = 30
_LINES = 30
_EDITS = 15
_UNFINISHED = 3  # the code with which a check ends that had something to complete


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
    _load()
    with tempfile.TemporaryDirectory() as home:
        newspaper = _Newspaper(Path(home, "articles"), chance)
        data = Path(home, "data")
        newspaper.edit(_FILES)
        counts: Counter[str] = Counter()
        duration = 0.0  # of the last run that came to its end
        while counts["kills"] < args.kills:
            newspaper.edit(_EDITS)
            run, began = _begun(data, newspaper.folder)
            if not duration:
                _wait(run)
                duration = time.perf_counter() - began
                continue
            time.sleep(chance.uniform(0, duration))
            os.kill(run, signal.SIGKILL)  # one that has ended waits to be asked: no error
            if not os.WIFSIGNALED(os.waitpid(run, 0)[1]):
                counts["too_late"] += 1
                duration = 0.0
                continue
            counts["kills"] += 1
            outcome = _wait(_fork(lambda: _check(data, newspaper)))
            counts["unfinished"] += outcome == _UNFINISHED
            if outcome not in (0, _UNFINISHED):
                counts["wrong"] += 1
                print(f"kill {counts['kills']} is wrong", file=sys.stderr, flush=True)
    print(json.dumps({"kills": 0, "unfinished": 0, "wrong": 0, "too_late": 0} | counts))
    sys.exit(counts["wrong"] > 0)


def _load() -> None:
    """What a run loads when it needs it; one that is forked has it already."""
    for name in ("chromadb", "chromadb_rust_bindings", "rensa"):
        import_module(name)
    detect_language("El puente se abre hoy.")


def _begun(data: Path, articles: Path) -> tuple[int, float]:
    """A run in a process of its own that has looked at its first article; its id, and when."""
    reading, writing = os.pipe()
    run = _fork(lambda: _sync(data, articles, writing))
    os.close(writing)
    os.read(reading, 1)
    os.close(reading)
    return run, time.perf_counter()


def _fork(work: Callable[[], int]) -> int:
    """Do `work` in a process of its own, which has all modules already and ends with what it
    returns; the process's id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        code = work()
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    os._exit(code)


def _wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _sync(data: Path, articles: Path, begun: int) -> int:
    archive = Archive(data, cast(Encoder, LetterEncoder()))
    sync_folders(archive, [articles], lambda _: _tell(begun))
    archive.close()
    return 0


def _tell(begun: int) -> None:
    os.write(begun, b".")  # whoever waits reads the first


def _check(data: Path, newspaper: _Newspaper) -> int:
    """Complete the killed run and look at everything; _UNFINISHED if there was something to
    complete, else 0. Raises AssertionError if it is wrong."""
    archive = Archive(data, cast(Encoder, LetterEncoder()))
    unfinished = interrupted(archive)
    # What the killed run left is whole articles already.
    for document in archive.catalog.documents():
        for passage in archive.catalog.passages_of(document.id):
            assert passage.text in document.text
    sync_folders(archive, [newspaper.folder])
    found = {document.id: document.text for document in archive.catalog.documents()}
    assert found == newspaper.expected(), "the articles are others"
    assert sorted(archive.vectors.ids()) == sorted(archive.catalog.passage_ids()), "vectors"
    examination = examine(archive)
    assert examination.sound, examination
    assert sync_folders(archive, [newspaper.folder]).embedded == 0, "embedded twice"
    archive.close()
    return _UNFINISHED if unfinished else 0


if __name__ == "__main__":
    main()
