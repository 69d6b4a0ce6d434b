"""The photographs of articles: found, looked at, kept with their articles, and found again."""

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance

from hemeroteca.index.article import Article
from hemeroteca.index.errors import ArticleError
from hemeroteca.index.search.pictures import (
    PictureFileError,
    alike,
    find_picture,
    photographs_of,
)
from hemeroteca.index.sources.find import find_articles
from hemeroteca.index.sources.pictures.looking import looked_at
from hemeroteca.index.sources.pictures.opened import Pictures, fault_of
from hemeroteca.index.sources.read import Reading, read_articles
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.catalog import Catalog
from hemeroteca.index.sync import sync_folders
from hemeroteca.index.write import differing_articles
from tests.helpers import assert_stores_agree
from tests.index.photos import SENTENCES, bomb, encoded, inside, page, photo, saved
from tests.index.test_web_archive import record


def articles_of(folder: Path) -> list[Article]:
    files = list(find_articles([folder]))
    readings = [part for file in files for part in read_articles(file)]  # type: ignore[arg-type]
    return [each.article for each in readings if isinstance(each, Reading)]


def _seen(folder: Path) -> list[tuple[str, int, int]]:
    """Of each photograph of the one article its caption and its size."""
    [article] = articles_of(folder)
    article, notes = looked_at(article)
    assert not notes
    return [(each.caption, each.width, each.height) for each in article.pictures if each.marks]


SHOWN = (
    '<figure><img src="nota_files/one.jpg"><figcaption>El muelle. EFE</figcaption></figure>'
    '<p><img src="nota_files/two.jpg" alt="La grúa"></p>'
)


def test_pictures_saved_beside_a_page_have_its_captions(tmp_path: Path) -> None:
    saved(tmp_path, "nota", SHOWN, one=encoded(photo(1)), two=encoded(photo(2, 300, 400)))
    assert _seen(tmp_path) == [("El muelle. EFE", 480, 320), ("La grúa", 300, 400)]


def test_pictures_saved_inside_a_page(tmp_path: Path) -> None:
    shown = f'<img src="{inside(photo(1))}" alt="Uno"><img src="{inside(photo(2))}" alt="Dos">'
    (tmp_path / "nota.html").write_text(page("Nota", shown), encoding="utf-8")
    assert _seen(tmp_path) == [("Uno", 480, 320), ("Dos", 480, 320)]
    [article] = articles_of(tmp_path)
    opened, _ = Pictures(Path(article.source), article.id).open(article.pictures[1])
    difference = sum(ImageEnhance.Contrast(opened).enhance(0).getpixel((0, 0))) - sum(  # type: ignore[arg-type]
        ImageEnhance.Contrast(photo(2)).enhance(0).getpixel((0, 0))  # type: ignore[arg-type]
    )
    assert abs(difference) < 6


def test_pictures_packed_as_mail(tmp_path: Path) -> None:
    shown = '<img src="https://faro.example/uno.jpg" alt="Uno"><img src="cid:dos" alt="Dos">'
    lines = [
        'Content-Type: multipart/related; boundary="x"\r\nMIME-Version: 1.0\r\n\r\n--x\r\n'
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"Content-Location: https://faro.example/nota\r\n\r\n{page('Nota', shown)}\r\n"
    ]
    named = ("Content-Location: https://faro.example/uno.jpg", "Content-ID: <dos>")
    for number, name in enumerate(named, start=1):
        data = inside(photo(number)).partition(",")[2]
        lines.append(
            "--x\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n"
            f"{name}\r\n\r\n{data}\r\n"
        )
    (tmp_path / "nota.mhtml").write_bytes("".join([*lines, "--x--\r\n"]).encode())
    assert _seen(tmp_path) == [("Uno", 480, 320), ("Dos", 480, 320)]


@pytest.mark.parametrize("packed", [False, True])
def test_pictures_of_a_crawl(tmp_path: Path, packed: bool) -> None:
    shown = '<img src="/fotos/uno.jpg" alt="Uno"><img src="https://otra.example/no.jpg">'
    markup = page("Nota", shown).replace(
        "<title>", '<meta property="og:type" content="article"><title>'
    )
    records = [
        record("https://faro.example/2024/nota", markup.encode()),
        record("https://faro.example/fotos/uno.jpg", encoded(photo(1)), kind="image/jpeg"),
    ]
    if packed:
        with zipfile.ZipFile(tmp_path / "crawl.wacz", "w") as container:
            container.writestr("archive/data.warc", b"".join(records))
    else:
        (tmp_path / "crawl.warc").write_bytes(b"".join(records))
    assert _seen(tmp_path) == [("Uno", 480, 320)]


def test_pictures_of_a_page_in_a_zip(tmp_path: Path) -> None:
    saved(tmp_path / "loose", "nota", SHOWN, one=encoded(photo(1)), two=encoded(photo(2)))
    with zipfile.ZipFile(tmp_path / "press.zip", "w") as container:
        for path in sorted((tmp_path / "loose").rglob("*.*")):
            container.write(path, path.relative_to(tmp_path / "loose").as_posix())
    [first, *_] = articles_of(tmp_path / "press.zip")
    first, notes = looked_at(first)
    assert not notes
    assert [(each.caption, each.width) for each in first.pictures] == [
        ("El muelle. EFE", 480),
        ("La grúa", 480),
    ]


def test_what_is_no_photograph_is_left_out(tmp_path: Path) -> None:
    shown = (
        '<img src="nota_files/dot.jpg"><img src="nota_files/icon.jpg">'
        '<img src="nota_files/rule.jpg"><img src="nota_files/flat.jpg">'
        '<img src="nota_files/one.jpg" width="32"><img class="site-logo" src="nota_files/one.jpg">'
        '<img src="nota_files/gone.jpg"><img src="https://faro.example/far.jpg">'
        '<img src="../../secret.jpg"><img src="/etc/secret.jpg"><img src="file:///x.jpg">'
        '<aside><img src="nota_files/one.jpg"></aside>'
    )
    saved(
        tmp_path / "press" / "in", "nota", shown, one=encoded(photo(1)),
        dot=encoded(photo(1, 1, 1)), icon=encoded(photo(1, 64, 64)),
        rule=encoded(photo(1, 900, 130)), flat=encoded(Image.new("RGB", (400, 300), "navy")),
    )  # fmt: skip
    (tmp_path / "secret.jpg").write_bytes(encoded(photo(3)))
    assert _seen(tmp_path / "press") == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"this is no picture", "is no picture of a kind that can be shown"),
        (encoded(photo(1))[:3_000], "damaged"),
        (bomb(), "too large to be shown"),
        (bomb(9_000, 9_000), "too large to be shown"),
    ],
)
def test_a_picture_that_cannot_be_read_is_named(tmp_path: Path, data: bytes, said: str) -> None:
    saved(tmp_path, "nota", SHOWN, one=data, two=encoded(photo(2)))
    [article] = articles_of(tmp_path)
    article, [note] = looked_at(article)
    assert "one.jpg" in str(note)
    assert said in str(note)
    assert [each.is_photograph for each in article.pictures] == [False, True]


def test_pictures_come_and_go_with_their_articles(archive: Archive, tmp_path: Path) -> None:
    press = tmp_path / "press"
    path = saved(press, "nota", SHOWN, one=encoded(photo(1)), two=encoded(photo(2)))
    assert not sync_folders(archive, [press]).skipped
    [article] = archive.catalog.documents()
    assert [each.number for each in photographs_of(archive, article)] == [1, 2]
    assert len(archive.catalog.photographs.get().articles) == 2
    # Another caption, the same text: what is said of the article changes, and its words stay found.
    path.write_text(page("nota", SHOWN.replace("La grúa", "El faro")), encoding="utf-8")
    assert sync_folders(archive, [press]).changed == 1
    [article] = archive.catalog.documents()
    assert [each.caption for each in article.pictures] == ["El muelle. EFE", "El faro"]
    assert archive.articles.holding("Motril") == 1
    assert differing_articles(archive) == []
    path.write_text(page("nota", SHOWN, text="Cambia el texto. "), encoding="utf-8")
    assert sync_folders(archive, [press]).changed == 1
    assert len(archive.catalog.photographs.get().articles) == 2
    assert_stores_agree(archive)
    path.unlink()
    assert sync_folders(archive, [press]).removed == 1
    assert not archive.catalog.photographs.get().articles
    assert archive.catalog._rows("SELECT * FROM picture") == []


def test_a_picture_that_an_article_shows_is_not_said_to_be_none(
    archive: Archive, tmp_path: Path
) -> None:
    press = tmp_path / "press"
    press.mkdir()
    record = {"id": "1", "text": SENTENCES[0], "image": "a.jpg"}
    (press / "press.jsonl").write_text(json.dumps(record), encoding="utf-8")
    for name in ("a.jpg", "b.jpg"):
        (press / name).write_bytes(encoded(photo(1)))
    assert [Path(each.path).name for each in sync_folders(archive, [press]).skipped] == ["b.jpg"]


def test_an_index_of_before_gets_its_pictures(archive: Archive, tmp_path: Path) -> None:
    press = tmp_path / "press"
    saved(press, "nota", SHOWN, one=encoded(photo(1)), two=encoded(photo(2)))
    sync_folders(archive, [press])
    path = archive.folder / "catalog.db"
    with sqlite3.connect(path) as db:
        db.execute("DROP TABLE picture")
        db.execute("UPDATE published SET described = ''")
    db.close()
    former = Catalog(path, read_only=True)
    [article] = former.documents()
    assert not article.pictures
    assert not former.photographs.get().articles
    former.close()
    archive.catalog.close()
    archive.catalog = Catalog(path)
    [article] = archive.catalog.documents()
    assert not article.pictures
    assert not photographs_of(archive, article)
    report = sync_folders(archive, [press])
    assert report.embedded == 0
    [article] = archive.catalog.documents()
    assert len(photographs_of(archive, article)) == 2


def test_the_same_picture_is_found_in_other_articles(archive: Archive, tmp_path: Path) -> None:
    press = tmp_path / "press"
    one = photo(1, 800, 600)
    variants = {
        "small": one.resize((400, 300)),
        "grey": one.convert("L"),
        "dark": ImageEnhance.Brightness(one).enhance(0.7),
        "cut": one.crop((80, 60, 800, 600)),
    }
    saved(press, "first", '<img src="first_files/p.jpg">', p=encoded(one, quality=30))
    for name, picture in variants.items():
        saved(press, name, f'<img src="{name}_files/p.jpg">', p=encoded(picture))
    for number in range(2, 9):
        data = encoded(photo(number))
        saved(press, f"other{number}", f'<img src="other{number}_files/p.jpg">', p=data)
    sync_folders(archive, [press])
    first = archive.document("first")
    assert first is not None
    found = alike(archive, first.pictures[0].marks, "first")
    assert {each.article.id for each in found} == {*variants}
    again = find_picture(archive, encoded(one.resize((320, 240)), "PNG"), "mine.png")
    assert {each.article.id for each in again} == {"first", *variants}
    assert find_picture(archive, encoded(photo(99)), "mine.jpg") == []
    for data in (b"", b"text", encoded(one)[:3_000], bomb()):
        with pytest.raises(PictureFileError):
            find_picture(archive, data, "mine.jpg")


def test_what_a_paper_shows_beside_many_articles_is_its_own(
    archive: Archive, tmp_path: Path
) -> None:
    press = tmp_path / "press"
    logo = encoded(photo(50, 300, 200))
    for number in range(6):
        shown = (
            f'<img src="n{number}_files/logo.jpg"><img src="n{number}_files/own.jpg" alt="Propia">'
        )
        saved(press, f"n{number}", shown, logo=logo, own=encoded(photo(number)))
    sync_folders(archive, [press])
    for article in archive.catalog.documents():
        assert len(article.pictures) == 2
        shown_of = photographs_of(archive, article)
        assert [each.picture.caption for each in shown_of] == ["Propia"]


def test_a_picture_that_went_is_said(tmp_path: Path) -> None:
    path = saved(tmp_path, "nota", SHOWN, one=encoded(photo(1)), two=encoded(photo(2)))
    [article] = articles_of(tmp_path)
    picture = article.pictures[0]
    assert fault_of(path, article.id, picture) is None
    (tmp_path / "nota_files" / "one.jpg").unlink()
    assert "no longer there" in str(fault_of(path, article.id, picture))
    with pytest.raises(ArticleError, match="no longer there"):
        Pictures(path, article.id).open(picture)
    path.unlink()
    assert "no longer there" in str(fault_of(path, article.id, article.pictures[1]))


def test_a_picture_is_opened_small_or_as_it_is(tmp_path: Path) -> None:
    path = saved(tmp_path, "nota", SHOWN, one=encoded(photo(1, 2_000, 1_000)))
    [article] = articles_of(tmp_path)
    image, size = Pictures(path, article.id).open(article.pictures[0], 500)
    assert (image.size, size) == ((500, 250), (2_000, 1_000))
    assert Image.open(io.BytesIO(encoded(image))).mode == "RGB"
