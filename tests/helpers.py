"""Small functions that several test files call."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.sources.read import read_article
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.index.write import differing_articles
from hemeroteca.ui.settings import Settings

if TYPE_CHECKING:
    from hemeroteca.rag.chain import Chain

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "000_e0d77ce3e9648c87.txt"
COMMAND = Path(sys.executable).parent / "hemeroteca"


@dataclass(frozen=True)
class Run:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


def write(folder: Path, article: str, text: str, day: str | None = None) -> Path:
    """Write an article file, with a date line if there is a day."""
    path = folder / f"{article}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"date {day} {text}" if day else text, encoding="utf-8", newline="")
    return path


def read(folder: Path, article: str, text: str, day: str | None = None) -> Article:
    """The article that such a file becomes."""
    return read_article(ArticleFile(article, write(folder, article, text, day)))


def passage(id: str, text: str, language: str = "es", day: int = 0) -> Passage:
    """A passage that is an article by itself."""
    iso = f"{day // 10_000}-{day // 100 % 100:02}-{day % 100:02}" if day else None
    source = f"{id}.txt"
    return Passage(id, id, text, 0, len(text), language, text, iso, source)


@contextmanager
def chain_over(
    records: Sequence[Mapping[str, object]],
    folders: pytest.TempPathFactory,
    encoder: Encoder,
    cache_dir: Path,
) -> "Iterator[Chain]":
    """The chain over articles given as the lines of a file, put together as the command line
    does."""
    from hemeroteca.ui.session import open_chain

    folder = folders.mktemp("press")
    (folder / "press.jsonl").write_text("\n".join(map(json.dumps, records)))
    archive = Archive(folders.mktemp("data"), encoder)
    sync_folders(archive, [folder])
    yield open_chain(Settings(cache_dir=cache_dir), archive)
    archive.close()


def assert_stores_agree(archive: Archive) -> None:
    """Catalog, vectors and full text hold the same passages, each once, and the articles are
    searched as the catalog has them."""
    catalog = sorted(archive.catalog.passage_ids())
    assert sorted(archive.vectors.ids()) == catalog
    assert sorted(archive.fulltext.ids()) == catalog
    assert differing_articles(archive) == []
    assert archive.catalog.get_meta("unfinished") is None


def heed_interrupts() -> None:
    """For a child, before its program: a shell starts what it runs behind deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def environment(**settings: object) -> dict[str, str]:
    """This process's environment with these settings of the program and no others; without one, the
    index lies in data/ of the folder where the command runs."""
    names = {name.upper() for name in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return kept | {"INDEX_DIR": "data"} | {name: str(value) for name, value in settings.items()}


def offline(log: Path, **settings: object) -> dict[str, str]:
    """The same for a process that can reach this machine only, and that past a proxy that is down;
    `log` gets what else it tried."""
    guard = ROOT / "tests" / "offline"
    down = "http://127.0.0.1:9"
    return environment(**settings) | {
        "PYTHONPATH": str(guard),
        "NETWORK_LOG": str(log),
        "http_proxy": down,
        "https_proxy": down,
        "all_proxy": down,
    }


def run_command(
    *arguments: object,
    cwd: Path,
    env: dict[str, str],
    encoding: str = "utf-8",
    timeout_s: int = 180,
) -> Run:
    """Run `hemeroteca` as a process of its own, as a person does."""
    done = subprocess.run(
        [str(COMMAND), *map(str, arguments)],
        cwd=cwd,
        env=env,
        capture_output=True,
        encoding=encoding,
        timeout=timeout_s,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


class Server:
    """`hemeroteca chat` in the folder `home`, on a free port, without a network."""

    def __init__(self, home: Path, **settings: object) -> None:
        self.home = home
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.network_log = home / "network.log"
        self._env = offline(self.network_log, CHAT_PORT=port, **settings)

    def start(self, until_indexed: bool = True) -> None:
        with (self.home / "stderr").open("a") as errors:
            self._process = subprocess.Popen(
                [COMMAND, "chat"],
                cwd=self.home,
                env=self._env,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert self.address in line, (self.home / "stderr").read_text()
        if "indexing goes on" in line and until_indexed:
            assert "done" in self._process.stdout.readline()

    def stop(self) -> None:
        self._process.terminate()
        self._process.communicate(timeout=60)


def assert_one_sentence(run: Run, code: int = 1) -> None:
    """The command failed with one line on standard error and no traceback."""
    assert run.code == code, run
    assert run.out == ""
    assert "Traceback" not in run.err
    assert len(run.err.strip().splitlines()) == 1, run.err
    assert run.err.startswith("hemeroteca: ")
