"""What the tests share: the real encoder, a small newspaper, the command run in this process."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import chromadb
import hypothesis
import platformdirs
import pytest

from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL, Engine
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.chroma_server import ChromaServer
from hemeroteca.index.sync import sync_folders
from hemeroteca.ui.settings import Settings
from tests.helpers import SEED, Run, Server, free_port, write

if TYPE_CHECKING:
    from hemeroteca.rag.chain import Chain

# The first example of a property pays for what is loaded lazily, hence no deadline.
hypothesis.settings.register_profile(
    "hemeroteca",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    database=None,
    # To explain a failure it traces each line of what fails, which takes minutes.
    phases=[phase for phase in hypothesis.Phase if phase is not hypothesis.Phase.explain],
)
hypothesis.settings.load_profile("hemeroteca")


@pytest.fixture(scope="session")
def cache_dir() -> Path:
    """The user's cache folder: to unpack the model again would cost seconds."""
    return platformdirs.user_cache_path("hemeroteca")


@pytest.fixture(scope="session")
def encoder(cache_dir: Path) -> Encoder:
    return load_encoder(EMBEDDED_MODEL, cache_dir)


@pytest.fixture(scope="session")
def plain_encoder(cache_dir: Path) -> Encoder:
    """The same model run by sentence-transformers, whose vectors are the reference."""
    return load_encoder(EMBEDDED_MODEL, cache_dir, "sentence-transformers")


@pytest.fixture
def archive(tmp_path: Path, encoder: Encoder) -> Iterator[Archive]:
    """An empty archive."""
    opened = Archive(tmp_path / "data", encoder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def newspaper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed article, which is Spanish, and a few more in other languages."""
    folder = tmp_path_factory.mktemp("newspaper")
    shutil.copy(SEED, folder)
    write(
        folder,
        "library",
        "The public library of Porto reopened on Monday after two years of repairs. "
        "The architect Helena Duarte designed its new reading room. "
        "Admission is free for students and pensioners.",
        "2024-03-04",
    )
    write(
        folder,
        "musee",
        "Le musée de la dentelle de Calais a vendu soixante mille billets cette année. "
        "Sa directrice, Camille Fournier, prépare une exposition sur les métiers à tisser.",
        "2023-06-15",
    )
    write(
        folder,
        "strasse",
        "Die neue Brücke über die Elbe wird im Oktober für den Verkehr freigegeben. "
        "Die Baukosten betrugen vierzig Millionen Euro.",
        "2024-09-01",
    )
    write(
        folder,
        "volcan",
        "El volcán Cotopaxi expulsó ceniza durante la noche. "
        "La alcaldesa Rosa Quishpe ordenó cerrar las escuelas de Latacunga.",
    )
    return folder


@pytest.fixture(scope="session")
def newspaper_archive(
    tmp_path_factory: pytest.TempPathFactory, newspaper: Path, encoder: Encoder
) -> Iterator[Archive]:
    opened = Archive(tmp_path_factory.mktemp("data"), encoder)
    sync_folders(opened, [newspaper])
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def chain(newspaper_archive: Archive, cache_dir: Path) -> "Chain":
    """The chain over the newspaper, put together as the command line does."""
    from hemeroteca.ui.session import open_chain

    return open_chain(Settings(cache_dir=cache_dir), newspaper_archive)


@pytest.fixture(scope="session")
def willing_chain(newspaper_archive: Archive, cache_dir: Path) -> "Chain":
    """The same, but it answers whatever its confidence: for what must hold of any answer."""
    from hemeroteca.ui.session import open_chain

    return open_chain(Settings(cache_dir=cache_dir, answer_from=0.0), newspaper_archive)


@pytest.fixture(scope="session")
def chroma_server(chroma_run: tuple[ChromaServer, int]) -> ChromaServer:
    """A real `chroma run`, as a user starts it."""
    return chroma_run[0]


@pytest.fixture(scope="session")
def chroma_pid(chroma_run: tuple[ChromaServer, int]) -> int:
    """Its process."""
    return chroma_run[1]


@pytest.fixture(scope="session")
def chroma_run(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[ChromaServer, int]]:
    port = free_port()
    home = tmp_path_factory.mktemp("chroma")
    command = Path(chromadb.__file__).parents[4] / "bin" / "chroma"
    with subprocess.Popen(
        [command, "run", "--path", home, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        server = ChromaServer(
            f"http://127.0.0.1:{port}", "default_tenant", "default_database", "a key"
        )
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield server, running.pid
        running.terminate()


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory, cache_dir: Path) -> Iterator[Server]:
    """The chat over the seeds, for the user ana with the password `pa:ss`."""
    from hemeroteca.ui.web.auth import hash_password

    users = f"ana:{hash_password('pa:ss')}"
    home = tmp_path_factory.mktemp("guarded")
    opened = Server(home, ARTICLES_DIR=SEED.parent, CACHE_DIR=cache_dir, CHAT_USERS=users)
    opened.start()
    yield opened
    opened.stop()


@pytest.fixture
def hemeroteca(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    encoder: Encoder,
) -> Callable[..., Run]:
    """The command, run in this process and in an empty folder; only the encoder, which takes
    seconds to load, is the tests' own."""
    from hemeroteca.ui.cli.main import main

    def load(model: str, cache: Path, engine: Engine = "onnxruntime") -> Encoder:
        return encoder if model == EMBEDDED_MODEL else load_encoder(model, cache)

    monkeypatch.setattr("hemeroteca.ui.session.load_encoder", load)
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("INDEX_DIR", "data")
    monkeypatch.setenv("CHAT_PORT", str(free_port()))  # a chat may be open on the usual one

    def run(*arguments: object) -> Run:
        monkeypatch.setattr(sys, "argv", ["hemeroteca", *map(str, arguments)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        out, err = capsys.readouterr()
        return Run(code, out, err)

    return run
