"""Indexing beside an open page: waited for a moment, told, stopped with what was done kept."""

from pathlib import Path
from threading import Event

import pytest

from hemeroteca.index.errors import StorageError
from hemeroteca.index.progress import Progress, Tell
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.ui.web.indexing import Indexing
from tests.helpers import assert_stores_agree, environment, run_command, write


def test_it_goes_on_while_others_ask_and_is_stopped_between_articles(
    archive: Archive, tmp_path: Path
) -> None:
    for n in range(40):
        write(tmp_path / "press", f"a{n}", f"Nota {n}: la alcaldesa abre el puente {n}.")
    first, go_on = Event(), Event()

    def task(tell: Tell) -> None:
        def told(now: Progress) -> None:
            first.set()
            go_on.wait(60)
            tell(now)

        sync_folders(archive, [tmp_path / "press"], told)

    indexing = Indexing(task)
    assert not indexing.goes_on
    indexing.start()
    assert first.wait(60)
    indexing.wait(0.01)
    assert indexing.goes_on
    assert indexing.writing.locked()
    indexing._stopped.set()
    go_on.set()
    indexing.stop()
    assert not indexing.goes_on
    assert not indexing.writing.locked()
    assert archive.catalog.counts()[0] < 40
    sync_folders(archive, [tmp_path / "press"])
    assert archive.catalog.counts()[0] == 40
    assert_stores_agree(archive)


def test_what_fails_at_once_is_raised_and_what_fails_later_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    go_on = Event()
    go_on.set()

    def fail(tell: Tell) -> None:
        go_on.wait(60)
        raise StorageError("there is no {source}: name an existing folder", source="x")

    indexing = Indexing(fail)
    indexing.start()
    with pytest.raises(StorageError, match="there is no x"):
        indexing.wait(60)
    ended = Event()
    indexing.then(ended.set)
    assert ended.wait(60)
    indexing.stop()
    assert not caplog.records  # whoever waited says it
    go_on.clear()
    later = Indexing(fail)
    later.start()
    later.wait(0.01)
    go_on.set()
    later.stop()
    assert [record.getMessage() for record in caplog.records] == [
        "there is no x: name an existing folder"
    ]


def test_a_run_that_finds_nothing_new_loads_neither_chroma_nor_what_answers(
    tmp_path: Path, cache_dir: Path
) -> None:
    write(tmp_path / "press", "a", "El pleno votó ayer la ordenanza del ruido.")
    known = environment(CACHE_DIR=cache_dir) | {"PYTHONPROFILEIMPORTTIME": "1"}
    first, second = (
        run_command("index", "press", cwd=tmp_path, env=known).err.split() for _ in range(2)
    )
    assert "chromadb" in first
    assert "hemeroteca.index.stores.archive" in second
    assert not {"chromadb", "hemeroteca.rag.chain", "hemeroteca.rag.reader.reader"} & {*second}
