"""Whether every passage can be found, and mending it if not."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from hemeroteca.index.doctor import Examination, examine, repair
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from tests.helpers import assert_stores_agree, passage, write

TEXTS = {"a": "El gato come pescado.", "b": "The ship left the harbour.", "c": "…!"}


@pytest.fixture
def indexed(archive: Archive, tmp_path: Path) -> Archive:
    for name, text in TEXTS.items():
        write(tmp_path / "articles", name, text)
    sync_folders(archive, [tmp_path / "articles"])
    return archive


def _ids(archive: Archive, article: str) -> list[str]:
    return [passage.id for passage in archive.catalog.passages_of(article)]


def _lose_vector(archive: Archive) -> None:
    archive.vectors.delete(_ids(archive, "a"))


def _lose_words(archive: Archive) -> None:
    archive.fulltext.delete(_ids(archive, "a"))
    archive.fulltext.commit()


def _double_words(archive: Archive) -> None:
    archive.fulltext.put(archive.catalog.passages_of("a"))
    archive.fulltext.commit()


def _wrong_words(archive: Archive) -> None:
    (identity,) = _ids(archive, "a")
    archive.fulltext.delete([identity])
    archive.fulltext.put([passage(identity, "Otra cosa.")])
    archive.fulltext.commit()


def _orphan_vector(archive: Archive) -> None:
    archive.vectors.put([passage("orphan", "Hola.")], archive.encoder.encode_passages(["Hola."]))


def _orphan_words(archive: Archive) -> None:
    archive.fulltext.put([passage("orphan", "Hola.")])
    archive.fulltext.commit()


def _lose_passages(archive: Archive) -> None:
    with sqlite3.connect(archive.folder / "catalog.db") as db:
        db.execute("DELETE FROM passage WHERE article = 'a'")


def _shift_passages(archive: Archive) -> None:
    with sqlite3.connect(archive.folder / "catalog.db") as db:
        db.execute("""UPDATE passage SET "end" = 999 WHERE article = 'a'""")


def _interrupt(archive: Archive) -> None:
    archive.catalog.set_meta("unfinished", "enter")


def _faults(found: Examination) -> set[str]:
    return {name for name, value in vars(found).items() if value} - {"articles", "passages"}


def test_a_sound_index_is_left_alone(indexed: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    found = examine(indexed)
    assert found.sound
    assert (found.articles, found.passages, _faults(found)) == (3, 3, set())
    monkeypatch.delattr("hemeroteca.index.encoder.encoder.Encoder.encode_passages")
    assert repair(indexed) == found


@pytest.mark.parametrize(
    ("harm", "faults"),
    [
        (_lose_vector, {"lost_vectors"}),
        (_lose_words, {"lost_words"}),
        (_double_words, {"lost_words"}),
        (_wrong_words, {"lost_words"}),
        (_orphan_vector, {"orphans"}),
        (_orphan_words, {"orphans"}),
        (_lose_passages, {"unsound", "orphans"}),
        (_shift_passages, {"unsound"}),
        (_interrupt, {"interrupted"}),
    ],
)
def test_each_harm_is_named_and_mended(
    indexed: Archive, harm: Callable[[Archive], None], faults: set[str]
) -> None:
    harm(indexed)
    found = examine(indexed)
    assert not found.sound
    assert _faults(found) == faults
    assert repair(indexed).sound
    assert_stores_agree(indexed)
    assert {d.id: d.text for d in indexed.catalog.documents()} == TEXTS
    (mended,) = indexed.catalog.passages_of("a")
    assert mended.text == TEXTS["a"]
    question = indexed.encoder.encode_questions(["¿Qué come el gato?"])[0]
    assert next(iter(indexed.vectors.nearest(question, 1))) == mended.id


def test_a_vector_that_chroma_has_lost_is_lost(indexed: Archive) -> None:
    (lost,) = _ids(indexed, "a")
    indexed.vectors._chroma.delete([0], [lost])
    assert examine(indexed).lost_vectors == [lost]
    assert repair(indexed).sound


def test_a_vector_whose_code_is_another_is_lost(indexed: Archive) -> None:
    path = next(indexed.vectors._folder.glob("codes-*/first"))
    bits = bytearray(path.read_bytes())
    row = len(bits) // 3
    bits[:row] = bits[row : 2 * row]
    path.write_bytes(bits)
    (lost,) = examine(indexed).lost_vectors
    assert repair(indexed).sound
    assert lost in indexed.catalog.passage_ids()


def test_more_equal_passages_than_a_search_gives_are_all_found(
    archive: Archive, tmp_path: Path
) -> None:
    for n in range(25):
        write(tmp_path / "articles", f"copy{n}", TEXTS["a"])
    sync_folders(archive, [tmp_path / "articles"])
    assert examine(archive).sound
