"""Articles embedded by workers on a real local Ray, their vectors on a real Chroma server."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.errors import IndexMismatchError, StorageError
from hemeroteca.index.parallel import LOCAL, Worker, Workers
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.chroma_server import ChromaServer
from hemeroteca.index.sync import sync_folders
from tests.helpers import Run, assert_one_sentence, assert_stores_agree, write

_KILLED = "HEMEROTECA_TEST_KILLED"  # names a file that is there once a worker has been killed


class _KilledOnce(Worker):
    """The first to have stored a batch is killed before it can say so."""

    def prepare(self, documents: Sequence[Article]) -> list[list[Passage]]:
        done = super().prepare(documents)
        try:
            Path(os.environ[_KILLED]).touch(exist_ok=False)
        except FileExistsError:
            return done
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("unreachable")


@pytest.fixture
def workers(
    tmp_path: Path, cache_dir: Path, chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workers]:
    pytest.importorskip("ray")
    monkeypatch.setenv(_KILLED, str(tmp_path / "killed"))
    monkeypatch.setenv("RAY_worker_niceness", "0")  # not behind whatever else runs here
    monkeypatch.setattr("hemeroteca.index.parallel.Worker", _KilledOnce)
    load = partial(load_encoder, EMBEDDED_MODEL, cache_dir, threads=1)
    opened = Workers(LOCAL, load, chroma_server)
    yield opened
    opened.close()


@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_a_killed_worker_costs_nothing_but_time(
    tmp_path: Path,
    encoder: Encoder,
    chroma_server: ChromaServer,
    newspaper: Path,
    workers: Workers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("hemeroteca.index.write._BATCH_CHARACTERS", 100)  # every article is one
    archive = Archive(tmp_path / "data", encoder, chroma_server)
    report = sync_folders(archive, [newspaper], workers=workers)
    assert (tmp_path / "killed").exists()
    assert report.added == len(list(newspaper.iterdir()))
    assert report.embedded == report.passages == len(archive.vectors)
    assert_stores_agree(archive)
    (question,) = encoder.encode_questions(["Who designed the reading room in Porto?"])
    nearest = archive.catalog.passages(list(archive.vectors.nearest(question, 1)))
    assert [found.article for found in nearest.values()] == ["library"]
    # A worker's vectors are those of this process, on one thread as on several.
    ids = sorted(archive.catalog.passage_ids())
    texts = [archive.catalog.passages([identity])[identity].text for identity in ids]
    stored = archive.vectors.get(ids)
    for identity, vector in zip(ids, encoder.encode_passages(texts), strict=True):
        assert stored[identity] @ vector == pytest.approx(1, abs=1e-5)
    # What is the same is not sent to anyone; what was only moved keeps its vectors.
    assert sync_folders(archive, [newspaper], workers=workers).embedded == 0
    moved = tmp_path / "moved"
    for file in newspaper.iterdir():
        write(moved, f"{file.stem}-2", file.read_text(encoding="utf-8"))
    assert sync_folders(archive, [moved], workers=workers).embedded == 0
    assert_stores_agree(archive)
    archive.close()


def test_a_worker_with_another_encoder_is_refused(
    encoder: Encoder, chroma_server: ChromaServer
) -> None:
    with pytest.raises(IndexMismatchError, match=r"expected another: install the same version"):
        Worker(lambda: encoder, "another", chroma_server, "refused", 256)


def test_a_batch_prepared_twice_is_there_once(
    tmp_path: Path, encoder: Encoder, chroma_server: ChromaServer
) -> None:
    worker = Worker(
        lambda: encoder, encoder.fingerprint, chroma_server, f"twice-{tmp_path.name}", 256
    )
    document = Article("porto", "The library reopened. It is free.", "en", hash="h")
    first = worker.prepare([document])
    assert worker.prepare([document]) == first
    assert [p.text for (p,) in first] == [document.text]
    assert sum(map(len, worker._vectors.ids(0))) == 1
    assert worker.prepare([]) == []


def test_ray_without_a_chroma_server_is_refused(
    hemeroteca: Callable[..., Run], newspaper: Path
) -> None:
    run = hemeroteca("index", newspaper, "--ray", LOCAL)
    assert_one_sentence(run)
    assert "set CHROMA_URL" in run.err


def test_ray_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, chroma_server: ChromaServer
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(StorageError, match=r"pip install 'hemeroteca\[ray\]'"):
        Workers(LOCAL, lambda: pytest.fail("not loaded"), chroma_server)


def test_a_ray_that_does_not_start_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, chroma_server: ChromaServer
) -> None:
    def init(*_: object, **__: object) -> None:
        raise Exception("The current node timed out\nduring startup.")  # as Ray's node.py does

    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(init=init))
    with pytest.raises(StorageError, match=r"Ray at local \(The current node timed out during"):
        Workers(LOCAL, lambda: pytest.fail("not loaded"), chroma_server)
