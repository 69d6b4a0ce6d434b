"""ZIP files of articles, kind and hostile."""

import io
import json
import stat
import zipfile
from pathlib import Path

import pytest

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract, Rejected
from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.formats.zipped import _MAX_FILES
from hemeroteca.index.sources.read import Reading, read_articles

PAGE = b"<html><body><article><h1>Sube el pan</h1><p>El pan subio en Lima.</p></article></body>"


def packed(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as container:
        for name, data in files.items():
            container.writestr(name, data)
    return buffer.getvalue()


def found(data: bytes) -> list[Extract | Rejected]:
    return list(FORMATS[".zip"].extracts(io.BytesIO(data), ".zip"))


def reasons(data: bytes) -> dict[str, str]:
    return {str(r.where): str(r.reason) for r in found(data) if isinstance(r, Rejected)}


def test_every_file_is_read_as_it_would_be_in_a_folder(tmp_path: Path) -> None:
    line = json.dumps({"id": "n7", "text": "La noticia.", "date": "2024-05-06"}).encode()
    path = tmp_path / "press.zip"
    path.write_bytes(
        packed(
            {
                "2024/05/pan.html": PAGE,
                "2024/05/pan_files/frame.html": PAGE,
                "2024/2024-01-02 nota.txt": "La nota de José.".encode(),
                "export.jsonl": line + b"\nbad\n",
                ".hidden.txt": b"no",
                "__MACOSX/._pan.html": b"no",
                "photo.png": b"no",
            }
        )
    )
    articles = list(read_articles(ArticleFile("press", path)))
    read = [each.article for each in articles if isinstance(each, Reading)]
    shown = {article.id: article.date for article in read}
    assert shown == {
        "press/2024/05/pan": None,
        "press/2024/2024-01-02 nota": "2024-01-02",
        "press/export/n7": "2024-05-06",
    }
    rejected = [a for a in articles if isinstance(a, Rejected)]
    assert [str(r.where) for r in rejected] == ["export.jsonl, line 2", "photo.png"]
    assert str(rejected[1].reason) == "is of no kind that is read (.png)"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../out.txt", "has a path that leaves the ZIP"),
        ("a/../../out.txt", "has a path that leaves the ZIP"),
        ("/etc/out.txt", "has a path that leaves the ZIP"),
        ("C:/out.txt", "has a path that leaves the ZIP"),
        ("more.zip", "is a ZIP in a ZIP: unpack the outer one"),
        ("no", r"is of no kind that is read (no suffix)"),
        ("empty.jsonl.gz", "is packed with gzip and is no WARC or XML: unpack it"),
    ],
)
def test_what_may_not_be_read_is_named_with_the_reason(name: str, reason: str) -> None:
    data = packed({name: b"El texto.", "good.txt": b"El gato."})
    assert reasons(data) == {name: reason}
    (good,) = (e for e in found(data) if isinstance(e, Extract))
    assert (good.key, good.text) == ("good", "El gato.")


def test_a_link_is_not_followed() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        container.writestr(link, "/etc/passwd")
    assert reasons(buffer.getvalue()) == {"link.txt": "is a link"}


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    zeros = bytes(4_000_000)
    assert reasons(packed({"bomb.txt": zeros}))["bomb.txt"].startswith("unpacks to 1,0")
    assert reasons(packed({"long.txt": bytes(5_000_001)}, zipfile.ZIP_STORED)) == {
        "long.txt": "has 5.0 MB; an article may have 5 MB"
    }
    with pytest.raises(ArticleError, match=f"holds 100,001 files; it may hold {_MAX_FILES:,}"):
        found(packed(dict.fromkeys(map(str, range(100_001)), b""), zipfile.ZIP_STORED))


def test_damage_in_one_file_leaves_the_others() -> None:
    data = packed({"a.txt": b"El gato.", "b.txt": b"El perro."}, zipfile.ZIP_STORED)
    assert list(reasons(data.replace(b"El gato.", b"El pato."))) == ["a.txt"]
    with pytest.raises(ArticleError, match="is damaged or of another kind"):
        found(data[:-30])
    locked = bytearray(packed({"a.txt": b"El gato."}))
    for at in (locked.find(b"PK\3\4") + 6, locked.find(b"PK\1\2") + 8):
        locked[at] |= 1
    assert reasons(bytes(locked)) == {"a.txt": "is locked with a password: pack it without one"}


def test_a_smaller_size_than_the_true_one_does_not_let_more_in() -> None:
    data = bytearray(packed({"a.txt": b"El gato. " * 100}))
    for at in (data.find(b"PK\3\4") + 22, data.find(b"PK\1\2") + 24):
        data[at : at + 4] = (9).to_bytes(4, "little")
    assert all(isinstance(each, Rejected) or len(each.text) <= 9 for each in found(bytes(data)))
