"""Files that are added on the page."""

from pathlib import Path

import pytest

from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.ui.web.uploads import MAX_BYTES, UploadError, Uploads
from tests.helpers import assert_stores_agree, write

TEXT = "El volcán Cotopaxi expulsó ceniza durante la noche."


def _file(folder: Path, text: str = TEXT) -> Path:
    return write(folder, "sent", text)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("volcán.txt", "volcán.txt"),
        ("2025-03-04 Acta.TXT", "2025-03-04 Acta.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\ana\\acta.txt", "acta.txt"),
        (".hidden.txt", "hidden.txt"),
        ("....txt", "article.txt"),
        ("a\x00b\n<c>:?.txt", "a_b__c___.txt"),
        ("e\u0301.txt", "é.txt"),
        ("x" * 500 + ".txt", "x" * 200 + ".txt"),
        ("ñ" * 150 + ".txt", "ñ" * 100 + ".txt"),  # 200 bytes
        ("\udcff.txt", "_.txt"),
    ],
)
def test_a_name_is_made_safe(archive: Archive, tmp_path: Path, name: str, kept: str) -> None:
    path = Uploads(archive).add(_file(tmp_path), name)
    assert path == archive.added / kept
    assert path.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("name", ["a.exe", "a", "", "a.txt.exe", "/", ".."])
def test_what_is_of_no_kind_that_is_read_is_refused(
    archive: Archive, tmp_path: Path, name: str
) -> None:
    with pytest.raises(UploadError, match=r"Expected one of \.txt, .* found"):
        Uploads(archive).add(_file(tmp_path), name)
    assert not archive.added.exists()


def test_what_is_too_large_or_did_not_arrive_is_refused(archive: Archive, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(UploadError, match="may have 50 MB"):
        Uploads(archive).add(large, "large.txt")
    with pytest.raises(UploadError, match="did not arrive"):
        Uploads(archive).add(tmp_path, "folder.txt")


def test_the_same_file_twice_is_refused_and_another_of_its_name_numbered(
    archive: Archive, tmp_path: Path
) -> None:
    uploads = Uploads(archive)
    uploads.add(_file(tmp_path), "a.txt")
    with pytest.raises(UploadError, match=r"here already, as a\.txt"):
        uploads.add(_file(tmp_path), "b.txt")
    second = uploads.add(_file(tmp_path, "Another text."), "a.txt")
    assert second.name == "a (2).txt"


def test_what_was_added_survives_and_what_was_not_is_never_removed(
    archive: Archive, tmp_path: Path
) -> None:
    sources = [tmp_path / "press"]
    own = write(sources[0], "own", "The library of Porto reopened on Monday.")
    sync_folders(archive, sources)
    uploads = Uploads(archive)
    added = uploads.add(_file(tmp_path), "own.txt")
    assert added.name == "own (2).txt"  # an article's id is never taken twice
    for _ in range(2):
        sync_folders(archive, sources)
        assert set(archive.catalog.entries()) == {"own", "own (2)"}
    sources_held = {entry.source for entry in archive.catalog.entries().values()}
    assert [source for source in sources_held if uploads.holds(source)] == [str(added)]
    uploads.remove(str(own))
    assert own.exists()
    uploads.remove(str(added))
    assert sync_folders(archive, sources).removed == 1
    assert_stores_agree(archive)


def test_an_added_file_inside_a_source_is_one_article(archive: Archive, tmp_path: Path) -> None:
    uploads = Uploads(archive)
    uploads.add(_file(tmp_path), "own.txt")
    (tmp_path / "sent.txt").unlink()
    sync_folders(archive, [tmp_path])  # the index is in the folder of articles
    [entry] = archive.catalog.entries().values()
    assert uploads.holds(entry.source)
