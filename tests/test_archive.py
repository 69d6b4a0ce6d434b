"""An index on disk."""

import json
from pathlib import Path

import pytest

from index.archive import Archive
from index.encoder import Encoder
from index.errors import IndexMismatchError, StorageError
from index.sync import sync_folders
from tests.helpers import assert_stores_agree, write


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
        match=r"made by multilingual-e5-small .*setting is another model .*index --rebuild`",
    ):
        Archive(tmp_path / "data", other)


def test_an_index_of_another_format_is_refused(archive: Archive) -> None:
    maker = {"encoder": archive.encoder.fingerprint, "format": "0"}
    archive.catalog.state("maker", json.dumps(maker))
    with pytest.raises(IndexMismatchError, match=r"\(format 0\).*--rebuild"):
        Archive(archive.folder, archive.encoder)


@pytest.mark.parametrize("folder", ["file", "file/data", "/proc/hemeroteca"])
def test_a_folder_that_cannot_be_written_is_an_error(
    tmp_path: Path, encoder: Encoder, folder: str
) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError, match=r"cannot write to the data folder .*set INDEX_DIR"):
        Archive(tmp_path / folder, encoder)
