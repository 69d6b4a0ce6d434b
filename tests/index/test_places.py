"""Where the lines of articles stand, kept with them."""

import io
import json
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.place import Place, Region, packed, regions_of, unpacked
from hemeroteca.index.publication import flat
from hemeroteca.index.sources.pages.picture import marked_page
from hemeroteca.index.sources.pages.picture_file import PictureFile
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.index.write import restore
from tests.index.drawn import Drawn, pdf

LINES = ["El pleno votó ayer la ordenanza.", "La lluvia paró por la tarde."]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "press"
    folder.mkdir()
    (folder / "faro.pdf").write_bytes(
        pdf([Drawn(60, 700 - 40 * number, line) for number, line in enumerate(LINES)])
    )
    return folder


def test_places_are_packed_to_a_point() -> None:
    places = (
        Place(0, 12, Region(1, 0.1, 0.25, 0.5, 0.01)),
        Place(12, 70_000, Region(65_535, 0.0, 0.999, 1.0, 0.001)),
    )
    for found, place in zip(unpacked(packed(places)), places, strict=True):
        assert (found.start, found.end, found.region.page) == (
            *(place.start, place.end),
            place.region.page,
        )
        for name in ("left", "top", "width", "height"):
            assert getattr(found.region, name) == pytest.approx(
                getattr(place.region, name), abs=1e-5
            )
    assert packed([places[0]._replace(region=places[0].region._replace(page=70_000))]) == b""


def test_a_piece_of_a_text_stands_where_its_lines_do() -> None:
    upper, lower = Region(1, 0.1, 0.1, 0.5, 0.01), Region(1, 0.1, 0.2, 0.5, 0.01)
    places = [Place(0, 10, upper), Place(10, 20, lower)]
    assert regions_of(places, 0, 10) == [upper]
    assert regions_of(places, 9, 11) == [upper, lower]
    assert regions_of(places, 20, 30) == []


def test_the_index_knows_where_each_line_stands(archive: Archive, folder: Path) -> None:
    sync_folders(archive, [folder])
    article = archive.catalog.document("faro")
    assert article is not None
    for number, line in enumerate(LINES):
        start = article.text.index(line)
        (region,) = regions_of(article.places, start, start + len(line))
        assert region.page == 1
        assert region.left == pytest.approx(60 / 595, abs=0.001)
        assert region.top == pytest.approx((842 - 700 + 40 * number - 6.75) / 842, abs=0.002)
    restore(archive, unsound=["faro"])
    again = archive.catalog.document("faro")
    assert again is not None
    assert again.places == article.places
    # Formerly no article with places could be shown as JSON, by the command line or over MCP.
    assert json.loads(json.dumps(flat(article)))["text"] == article.text


def test_what_moves_on_its_page_is_known_by_its_new_place(archive: Archive, folder: Path) -> None:
    sync_folders(archive, [folder])
    (folder / "faro.pdf").write_bytes(
        pdf([Drawn(60, 600 - 40 * number, line) for number, line in enumerate(LINES)])
    )
    report = sync_folders(archive, [folder])
    assert (report.changed, report.embedded) == (1, 0)
    article = archive.catalog.document("faro")
    assert article is not None
    assert article.places[0].region.top == pytest.approx((842 - 600 - 6.75) / 842, abs=0.002)


def test_the_picture_of_a_page_has_the_region_marked(folder: Path) -> None:
    region = Region(1, 0.1, 0.5, 0.4, 0.02)
    picture = Image.open(io.BytesIO(marked_page(PictureFile(folder / "faro.pdf"), [region])))
    width, height = picture.size
    assert picture.getpixel((int(0.3 * width), int(0.51 * height))) == (255, 214, 64)
    assert picture.getpixel((int(0.3 * width), int(0.6 * height))) == (255, 255, 255)
    with pytest.raises(ArticleError, match="page 2 cannot be shown"):
        marked_page(PictureFile(folder / "faro.pdf", 2), [region._replace(page=2)])
    with pytest.raises(ArticleError, match=r"cannot be shown|is damaged"):
        marked_page(PictureFile(folder / "gone.pdf"), [region])


def test_a_page_on_its_side_is_marked_as_it_is_shown(tmp_path: Path, archive: Archive) -> None:
    data = pdf([Drawn(100, 100, LINES[0], turned=True)])
    document = pypdfium2.PdfDocument(data)
    document[0].set_rotation(90)
    (tmp_path / "press").mkdir()
    document.save(tmp_path / "press" / "side.pdf")
    document.close()
    sync_folders(archive, [tmp_path / "press"])
    article = archive.catalog.document("side")
    assert article is not None
    (region,) = regions_of(article.places, 0, 5)
    assert region.left == pytest.approx(100 / 842, abs=0.01)
    assert region.top + region.height == pytest.approx(100 / 595, abs=0.01)
