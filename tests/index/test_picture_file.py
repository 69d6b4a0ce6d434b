"""Which file shows a page of recognised text, and what is said where none can."""

import io
import warnings
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.place import Region, regions_of
from hemeroteca.index.sources.find import ArticleFile, find_articles
from hemeroteca.index.sources.pages.picture import fault_of, marked_page
from hemeroteca.index.sources.pages.picture_file import PictureFile, picture_file
from hemeroteca.index.sources.read import Reading, read_articles
from tests.index.drawn import Drawn, pdf
from tests.index.test_issue import alto, area, article, block, mets, structure, write
from tests.index.test_recognised import SAID, abbyy, hocr
from tests.index.test_recognised import alto as placed

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


FIRST = "El pleno votó ayer la ordenanza de ruidos."


def packed(folder: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(folder / "numero.zip", "w") as container:
        for name, data in files.items():
            container.writestr(name, data)
    return folder / "numero.zip"


def white(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("L", (200, 400), "white").save(out, kind)
    return out.getvalue()


LONG = "hemeroteca de la provincia/" * 5 + "1874"


def read_packed(path: Path) -> list[Reading]:
    """The articles of a ZIP, in which nothing was refused."""
    found = []
    for file in find_articles([path]):
        assert isinstance(file, ArticleFile)
        for each in read_articles(file):
            assert isinstance(each, Reading), each
            found.append(each)
    return found


@pytest.mark.parametrize(
    ("name", "data", "beside"),
    [
        ("faro.pdf", pdf([Drawn(60, 700, FIRST)]), ""),
        ("1.xml", placed(FIRST), "1.jpg"),
        ("1874/01/06/alto/1.xml", placed(FIRST), "1874/01/06/images/1.jpg"),
        ("1874/01/06/1_alto.xml", placed(FIRST), "1874/01/06/1.tif"),
        ("n.hocr", hocr([FIRST.split()]), "1.tif"),
        ("hocr/1.html", hocr([FIRST.split()]), "hocr/1.tif"),
        ("n_abbyy.xml", abbyy([FIRST.split()]), "n.png"),
        (f"{LONG}/1.xml", placed(FIRST), f"{LONG}/1.jpg"),
        (f"{LONG}/n.hocr", hocr([FIRST.split()], [["Fin."]]), f"{LONG}/1.tif"),
    ],
)
@pytest.mark.parametrize("ending", ["zip", "ZIP"])
def test_a_page_in_a_zip_is_shown_by_what_lies_beside_it_there(
    tmp_path: Path, name: str, data: bytes, beside: str, ending: str
) -> None:
    kind = {".jpg": "JPEG", ".tif": "TIFF", ".png": "PNG", "": ""}[Path(beside).suffix]
    files = {name: data} | ({beside: white(kind)} if beside else {})
    path = packed(tmp_path, {"otro/2.txt": b"La lluvia. ", **files})
    path = path.rename(path.with_suffix(f".{ending}"))
    readings = read_packed(path)
    found = next(each.article for each in readings if FIRST in each.article.text)
    start = found.text.index(FIRST)
    regions = regions_of(found.places, start, start + len(FIRST))
    file = picture_file(path, regions[0].page, found.id)
    assert file is not None
    assert file.path is not None
    assert file.path.name == Path(beside or name).name
    assert fault_of(file.path) is None
    seen = shown(file, regions[0])
    region = regions[0]
    across, down = region.left + region.width / 2, region.top + region.height / 2
    colours = {
        seen.getpixel((int(across * seen.width) + n, int(down * seen.height)))
        for n in range(-20, 20)
    }
    assert MARK in colours
    assert picture_file(path, 1, f"other/{found.id}") is None
    path.unlink()
    assert picture_file(path, 1, found.id) is None


def test_an_issue_in_a_zip_shows_the_pages_that_its_mets_names(tmp_path: Path) -> None:
    issue = mets(structure(article("Ruidos", area("A1", "B"), area("A2", "C"))), pages=2)
    issue = issue.replace(
        b"</mets:fileGrp>",
        b'<mets:file ID="I1"><mets:FLocat xlink:href="file://./img/uno.jpg"/></mets:file>'
        b"</mets:fileGrp>",
    ).replace(b'<mets:fptr FILEID="A1"/>', b'<mets:fptr FILEID="A1"/><mets:fptr FILEID="I1"/>')
    texts = {"n/text/1.xml": placed_block("B", FIRST), "n/text/2.xml": placed_block("C", "Fin.")}
    pictures = {"n/img/uno.jpg": white(), "n/text/2.png": white("PNG"), "n/img/3.jpg": white()}
    path = packed(tmp_path, {"n/18820208-mets.xml": issue, **texts, **pictures})
    found = next(each.article for each in read_packed(path) if FIRST in each.article.text)
    names = []
    for sentence in (FIRST, "Fin."):
        start = found.text.index(sentence)
        regions = regions_of(found.places, start, start + len(sentence))
        file = picture_file(path, regions[0].page, found.id)
        shown(file, regions[0])
        assert file is not None
        assert file.path is not None
        names.append(file.path.name)
    assert names == ["uno.jpg", "2.png"]
    assert picture_file(path, 3, found.id) is None


def test_a_picture_in_a_zip_that_is_of_no_page_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path, {"1.xml": placed(FIRST), "1.jpg": white(), "foto.jpg": white()})
    (file,) = find_articles([path])
    assert isinstance(file, ArticleFile)
    said = [each for each in read_articles(file) if not isinstance(each, Reading)]
    assert ["foto.jpg" in repr(each) for each in said] == [True]


def placed_block(name: str, text: str) -> bytes:
    """A page of one block with a place."""
    return placed(text).replace(b"<TextBlock>", f'<TextBlock ID="{name}">'.encode())
