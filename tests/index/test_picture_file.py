"""Which file shows a page of recognised text, and what is said where none can."""

import io
import warnings
from pathlib import Path

import pytest
from PIL import Image

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.place import Region
from hemeroteca.index.sources.pages.picture import fault_of, marked_page
from hemeroteca.index.sources.pages.picture_file import PictureFile, picture_file
from tests.index.test_issue import alto, block, mets, write
from tests.index.test_recognised import SAID, abbyy, hocr

MARK = (255, 214, 64)
REGION = Region(1, 0.25, 0.25, 0.5, 0.25)


def picture(
    path: Path, mode: str = "L", pages: int = 1, size: tuple[int, int] = (200, 400)
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    white = {"I;16": 65_535, "1": 1, "CMYK": (0, 0, 0, 0), "LA": (255, 255)}.get(mode, "white")
    sheets = [Image.new(mode, size, white) for _ in range(pages)]
    more = {"save_all": True, "append_images": sheets[1:]} if pages > 1 else {}
    sheets[0].save(path, **more)  # type: ignore[arg-type]


def shown(file: PictureFile | None, region: Region = REGION) -> Image.Image:
    assert file is not None
    return Image.open(io.BytesIO(marked_page(file, [region]))).convert("RGB")


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        *(("1.jpg", "L"), ("1.png", "RGB"), ("1.png", "I;16"), ("1.tif", "1"), ("1.tif", "CMYK")),
        *(("1.TIF", "L"), ("1.jp2", "RGB"), ("1.png", "P"), ("1.png", "LA"), ("1.tiff", "I;16")),
    ],
)
def test_the_region_is_marked_on_pictures_of_every_kind(
    tmp_path: Path, name: str, mode: str
) -> None:
    (tmp_path / "1.xml").write_bytes(alto(block("B", "Uno.")))
    picture(tmp_path / name, mode)
    found = picture_file(tmp_path / "1.xml", 1)
    assert found == PictureFile(tmp_path / name)
    seen = shown(found)
    width, height = seen.size
    assert seen.getpixel((width // 2, int(0.4 * height))) == MARK
    assert seen.getpixel((width // 2, int(0.7 * height))) == (255, 255, 255)


def test_a_large_picture_is_made_small(tmp_path: Path) -> None:
    for name in ("1.jpg", "1.jp2", "1.tif"):
        picture(tmp_path / name, size=(5_600, 8_000))
        assert shown(PictureFile(tmp_path / name)).size == (1_400, 2_000)


@pytest.mark.parametrize("place", ["1.jpg", "img/1.jpg", "images/1.tif", "text/1.png"])
def test_the_picture_of_an_issue_is_named_by_mets_or_as_its_page(
    tmp_path: Path, place: str
) -> None:
    issue = mets("", pages=1)
    if place.startswith("img"):
        named = f'<mets:file ID="I1"><mets:FLocat xlink:href="file://./{place}"/></mets:file>'
        issue = issue.replace(b"</mets:fileGrp>", named.encode() + b"</mets:fileGrp>")
        issue = issue.replace(
            b'<mets:fptr FILEID="A1"/>', b'<mets:fptr FILEID="A1"/><mets:fptr FILEID="I1"/>'
        )
    write(tmp_path, issue, alto(block("B", "Uno.")))
    picture(tmp_path / place)
    found = picture_file(tmp_path / "18820208-mets.xml", 1)
    assert found == PictureFile(tmp_path / place)
    assert picture_file(tmp_path / "18820208-mets.xml", 2) is None


def test_what_lies_on_the_web_is_a_link_and_never_fetched(tmp_path: Path) -> None:
    address = "https://iiif.example/1/full/max/0/default.jpg"
    named = f'<mets:file ID="I1"><mets:FLocat xlink:href="{address}"/></mets:file></mets:fileGrp>'
    issue = mets("", pages=1).replace(b"</mets:fileGrp>", named.encode())
    issue = issue.replace(
        b'<mets:fptr FILEID="A1"/>', b'<mets:fptr FILEID="A1"/><mets:fptr FILEID="I1"/>'
    )
    write(tmp_path, issue, alto(block("B", "Uno.")))
    found = picture_file(tmp_path / "18820208-mets.xml", 1)
    assert found == PictureFile(None, 1, address)


def test_what_lies_outside_of_the_issue_is_not_shown(tmp_path: Path) -> None:
    picture(tmp_path / "secret.jpg")
    folder = tmp_path / "issue"
    named = '<mets:file ID="I1"><mets:FLocat xlink:href="../secret.jpg"/></mets:file>'
    issue = mets("", pages=1).replace(b"</mets:fileGrp>", named.encode() + b"</mets:fileGrp>")
    issue = issue.replace(
        b'<mets:fptr FILEID="A1"/>', b'<mets:fptr FILEID="A1"/><mets:fptr FILEID="I1"/>'
    )
    write(folder, issue, alto(block("B", "Uno.")))
    assert picture_file(folder / "18820208-mets.xml", 1) is None
    (folder / "text" / "1.jpg").symlink_to(tmp_path / "secret.jpg")
    assert picture_file(folder / "18820208-mets.xml", 1) is None


def test_pages_of_alto_name_their_picture_themselves(tmp_path: Path) -> None:
    said = "<Description><sourceImageInformation><fileName>C:\\scans\\p7.jpg</fileName>"
    said += "</sourceImageInformation></Description><Layout>"
    page = alto(block("B", "Uno.")).replace(b"<Layout>", said.encode())
    (tmp_path / "alto").mkdir()
    (tmp_path / "alto" / "0007.xml").write_bytes(page)
    picture(tmp_path / "images" / "p7.jpg")
    found = picture_file(tmp_path / "alto" / "0007.xml", 1)
    assert found == PictureFile(tmp_path / "images" / "p7.jpg")


def test_hocr_names_a_picture_for_each_page(tmp_path: Path) -> None:
    (tmp_path / "n.hocr").write_bytes(hocr(SAID, SAID))
    for name in ("1.tif", "2.tif"):
        picture(tmp_path / name)
    assert picture_file(tmp_path / "n.hocr", 2) == PictureFile(tmp_path / "2.tif")
    shown(picture_file(tmp_path / "n.hocr", 2), Region(2, 0.25, 0.25, 0.5, 0.25))


def test_a_picture_of_several_pages_shows_each(tmp_path: Path) -> None:
    (tmp_path / "n_abbyy.xml").write_bytes(abbyy(SAID, SAID, SAID))
    picture(tmp_path / "n.tif", pages=3)
    for page in (1, 3):
        found = picture_file(tmp_path / "n_abbyy.xml", page)
        assert found == PictureFile(tmp_path / "n.tif", page)
        shown(found, Region(page, 0.25, 0.25, 0.5, 0.25))
    with pytest.raises(ArticleError, match="page 4 cannot be shown"):
        marked_page(PictureFile(tmp_path / "n.tif", 4), [REGION])


def test_the_picture_of_another_issue_is_not_shown(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.xml").write_bytes(alto(block("B", "Uno.")))
    picture(tmp_path / "a" / "1.jpg")
    picture(tmp_path / "1.jpg")
    assert picture_file(tmp_path / "b" / "1.xml", 1) is None


def test_what_cannot_be_shown_is_said(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_bytes(alto(block("B", "Uno.")))
    assert picture_file(tmp_path / "1.xml", 1) is None
    (tmp_path / "1.djvu").write_bytes(b"AT&TFORM")
    found = picture_file(tmp_path / "1.xml", 1)
    assert found == PictureFile(tmp_path / "1.djvu")
    assert "1.djvu is no picture of a kind that can be shown" in str(fault_of(tmp_path / "1.djvu"))
    with pytest.raises(ArticleError, match=r"1\.djvu is no picture"):
        marked_page(found, [REGION])
    picture(tmp_path / "2.png")
    assert fault_of(tmp_path / "2.png") is None
    cut = (tmp_path / "2.png").read_bytes()[:60]
    (tmp_path / "2.png").write_bytes(cut)
    with pytest.raises(ArticleError, match="page 1 cannot be shown"):
        marked_page(PictureFile(tmp_path / "2.png"), [REGION])


def test_a_picture_larger_than_a_sheet_is_not_opened(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture(tmp_path / "1.png", "1", size=(20_000, 16_000))
        assert "too large to be shown" in str(fault_of(tmp_path / "1.png"))
