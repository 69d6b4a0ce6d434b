"""An index on disk."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import tantivy

from hemeroteca.index.doctor import examine
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.errors import IndexMismatchError, StorageError
from hemeroteca.index.stores.archive import FORMAT, Archive, discard
from hemeroteca.index.stores.chroma import connected
from hemeroteca.index.stores.chroma_server import ChromaServer
from hemeroteca.index.sync import sync_folders
from hemeroteca.index.write import differing_articles
from tests.helpers import ROOT, assert_stores_agree, write


def test_an_index_is_there_when_opened_again(tmp_path: Path, encoder: Encoder) -> None:
    write(tmp_path / "articles", "a", "El gato come pescado.")
    first = Archive(tmp_path / "data", encoder)
    sync_folders(first, [tmp_path / "articles"])
    first.close()
    again = Archive(tmp_path / "data", encoder)
    document = again.document("a")
    assert document is not None
    assert document.text == "El gato come pescado."
    assert again.document("b") is None
    assert_stores_agree(again)
    again.close()


def test_an_index_of_another_encoder_is_refused(tmp_path: Path, encoder: Encoder) -> None:
    Archive(tmp_path / "data", encoder).close()
    other = Encoder(encoder.model, "another model")
    with pytest.raises(
        IndexMismatchError,
        match=r"made by multilingual-e5-small .*setting is another model: run `.*EMBEDDING_MODEL",
    ):
        Archive(tmp_path / "data", other)


def test_an_index_tells_the_precision_that_began_it_and_serves_the_other(
    tmp_path: Path, encoder: Encoder, plain_encoder: Encoder
) -> None:
    Archive(tmp_path / "data", plain_encoder).close()
    other = Archive(tmp_path / "data", encoder)
    assert other.begun_in == "fp32"
    other.close()


def test_an_index_of_another_format_is_refused(archive: Archive) -> None:
    maker = {"encoder": archive.encoder.fingerprint, "format": "0"}
    archive.catalog.set_meta("maker", json.dumps(maker))
    refusal = (
        f"the index in {archive.folder} has format 0, this version reads {FORMAT}: "
        "run `hemeroteca index --rebuild`"
    )
    with pytest.raises(IndexMismatchError, match=f"^{re.escape(refusal)}$"):
        Archive(archive.folder, archive.encoder)


def test_an_index_of_the_format_before_gets_its_words_and_codes_anew_and_keeps_its_vectors(
    tmp_path: Path,
    encoder: Encoder,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    write(tmp_path / "articles", "a", "Las mujeres de la cooperativa vendieron el aceite.")
    write(tmp_path / "articles", "b", "El alcalde abrió la feria.")
    made = Archive(tmp_path / "data", encoder)
    sync_folders(made, [tmp_path / "articles"])
    a, b = (made.catalog.passages_of(article)[0].id for article in "ab")
    # As a version that stemmed otherwise wrote it: under other words, and one passage not at all.
    monkeypatch.setattr("hemeroteca.index.stores.fulltext.terms", lambda text, language: ["other"])
    made.fulltext.delete([a, b])
    made.fulltext.put(made.catalog.passages_of("a"))
    made.fulltext.commit()
    monkeypatch.undo()
    assert made.fulltext.search("mujer", ["es"], 5) == {}
    maker = json.loads(made.catalog.get_meta("maker") or "")
    made.catalog.set_meta("maker", json.dumps(maker | {"format": "3"}))
    made.close()
    for codes in (tmp_path / "data" / "vectors").glob("codes-*"):
        shutil.rmtree(codes)
    with monkeypatch.context() as patched:
        patched.setattr(encoder.model, "encode", None)
        again = Archive(tmp_path / "data", encoder)
    assert len(caplog.records) == 1
    assert "what its 2 passages are searched by is written anew" in caplog.text
    assert list(again.fulltext.search("mujer", ["es"], 5)) == [a]
    assert again.vectors.unreachable([a, b]) == set()
    assert_stores_agree(again)
    assert sync_folders(again, [tmp_path / "articles"]).embedded == 0
    again.close()
    caplog.clear()
    Archive(tmp_path / "data", encoder).close()
    assert not caplog.records


def test_an_index_whose_articles_had_other_fields_gets_them_anew(
    tmp_path: Path, encoder: Encoder
) -> None:
    write(tmp_path / "articles", "a", "El alcalde abrió la feria.")
    made = Archive(tmp_path / "data", encoder)
    sync_folders(made, [tmp_path / "articles"])
    maker = json.loads(made.catalog.get_meta("maker") or "")
    made.catalog.set_meta("maker", json.dumps(maker | {"format": "7"}))
    made.close()
    for codes in (tmp_path / "data" / "vectors").glob("codes-*"):
        shutil.rmtree(codes)
    shutil.rmtree(tmp_path / "data" / "articles")
    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True).build()
    (tmp_path / "data" / "articles").mkdir()
    tantivy.Index(schema, path=str(tmp_path / "data" / "articles"))
    again = Archive(tmp_path / "data", encoder)
    assert_stores_agree(again)
    again.close()


def test_an_index_without_headlines_serves_and_gets_them_with_the_next_run(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [
        {"id": "1", "title": "Ana Ruiz, alcaldesa", "text": "Tuvo doce votos en el pleno."},
        {"id": "2", "text": "El puerto abrió ayer."},
    ]
    path = tmp_path / "articles" / "a.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(map(json.dumps, records)))
    with monkeypatch.context() as before:
        before.setattr("hemeroteca.index.sources.read.lacking_headline", lambda *_: "")
        made = Archive(tmp_path / "data", encoder)
        sync_folders(made, [path])
    maker = json.loads(made.catalog.get_meta("maker") or "")
    made.catalog.set_meta("maker", json.dumps(maker | {"format": "4"}))
    made.close()
    with closing(sqlite3.connect(tmp_path / "data" / "catalog.db")) as db:
        db.execute("ALTER TABLE article DROP COLUMN opening")
        db.execute("DROP TABLE published")
    again = Archive(tmp_path / "data", encoder)
    (passage,) = again.catalog.passages_of("a/1")
    assert (passage.text, passage.headline) == ("Tuvo doce votos en el pleno.", 0)
    report = sync_folders(again, [path])
    assert (report.changed, report.unchanged, report.embedded) == (1, 1, 1)
    (passage,) = again.catalog.passages_of("a/1")
    assert passage.text == "Ana Ruiz, alcaldesa\n\nTuvo doce votos en el pleno."
    assert passage.text[: passage.headline].strip() == "Ana Ruiz, alcaldesa"
    assert_stores_agree(again)
    again.close()


@pytest.mark.parametrize("folder", ["file", "file/data", "/proc/hemeroteca"])
def test_a_folder_that_cannot_be_written_is_an_error(
    tmp_path: Path, encoder: Encoder, folder: str
) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError, match=r"cannot write to the data folder .*set INDEX_DIR"):
        Archive(tmp_path / folder, encoder)


def _wait_until(done: Callable[[], bool]) -> None:
    """tantivy looks for what another process wrote twice a second."""
    for _ in range(100):
        if done():
            return
        time.sleep(0.1)


def test_an_index_with_its_vectors_on_a_server(
    tmp_path: Path, encoder: Encoder, chroma_server: ChromaServer
) -> None:
    folder = tmp_path / "articles"
    write(folder, "a", "El gato come pescado.")
    write(folder, "b", "El perro duerme.")
    one = Archive(tmp_path / "data", encoder, chroma_server)
    sync_folders(one, [folder])
    # Another process, such as a chat that is open meanwhile, sees what this one writes.
    other = Archive(tmp_path / "data", encoder, chroma_server)
    write(folder, "c", "La vaca da leche.")
    (folder / "a.txt").unlink()
    sync_folders(one, [folder])
    _wait_until(lambda: sorted(other.fulltext.ids()) == sorted(one.fulltext.ids()))
    _wait_until(lambda: not differing_articles(other))
    assert_stores_agree(other)
    vector = encoder.encode_questions(["vaca"])[0]
    nearest = other.catalog.passages(list(other.vectors.nearest(vector, 5)))
    assert {passage.text for passage in nearest.values()} == {
        "El perro duerme.",
        "La vaca da leche.",
    }
    other.renew_vectors()
    other.close()
    one.close()
    with pytest.raises(IndexMismatchError, match=r"in http://127.*not in the data.*CHROMA_URL"):
        Archive(tmp_path / "data", encoder)
    again = Archive(tmp_path / "data", encoder, chroma_server)
    assert examine(again).sound
    name = again.vectors.name
    again.close()
    discard(tmp_path / "data", chroma_server)
    assert not (tmp_path / "data").exists()
    client = connected(chroma_server)
    assert name not in {collection.name for collection in client.list_collections()}
    client.close()


_OPEN = """
import sys
from pathlib import Path
from benchmarks.letters import LetterEncoder
from hemeroteca.index.stores.archive import Archive
archive = Archive(Path(sys.argv[1]), LetterEncoder())
print(archive.vectors.name)
archive.close()
"""


def test_two_that_open_it_first_at_once_open_the_same(tmp_path: Path) -> None:
    opening = [
        subprocess.Popen(
            [sys.executable, "-c", _OPEN, str(tmp_path / "data")],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    ended = [(*each.communicate(timeout=180), each.returncode) for each in opening]
    assert [code for _, _, code in ended] == [0] * 4, ended
    assert len({said for said, _, _ in ended}) == 1


def test_a_rebuild_replaces_a_damaged_catalog(tmp_path: Path, chroma_server: ChromaServer) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "catalog.db").write_bytes(b"no database" * 1000)
    discard(folder, chroma_server)
    assert not folder.exists()
