"""Photographs on the pages of newspapers: whose they are, their captions, cut out of the page."""

import io
import json
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from hemeroteca.index.article import Article
from hemeroteca.index.picture import Picture
from hemeroteca.index.place import Place, Region
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.pages.pictured import with_pictures
from hemeroteca.index.sources.pictures.looking import looked_at
from hemeroteca.index.sources.pictures.marks import SAME, as_numbers, differences, marks_of
from tests.index.drawn import HEIGHT, Drawn, pdf
from tests.index.photos import SENTENCES, encoded, photo
from tests.index.test_ebook import epub
from tests.index.test_issue import alto as issue_page
from tests.index.test_issue import area, article, block, mets, structure
from tests.index.test_issue import write as write_issue
from tests.index.test_pictures import articles_of
from tests.index.test_recognised import alto, hocr

Placed = tuple[int, float, float, float, float]  # number, left, bottom, width and height in points


def with_photos(data: bytes, *photos: Placed) -> bytes:
    """The PDF with photographs on its first page."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    for number, left, bottom, width, height in photos:
        image = pypdfium2.PdfImage.new(document)
        image.load_jpeg(io.BytesIO(encoded(photo(number), quality=90)))
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height).translate(left, bottom))
        page.insert_obj(image)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    page.close()
    document.close()
    return out.getvalue()


def _column(left: float, top: float, title: str, text: str) -> list[Drawn]:
    drawn = [Drawn(left, top, title, 22, font="Helvetica")]
    words, line, y = text.split(), "", top - 30
    for word in [*words, ""]:
        if not word or len(line) + len(word) > 42:
            drawn.append(Drawn(left, y, line, 9))
            line, y = "", y - 10.8
        line = f"{line} {word}".strip()
    return drawn


def _is(image_marks: bytes, number: int) -> bool:
    """Whether marks are those of the photograph of this number."""
    return int(differences(image_marks, as_numbers([marks_of(photo(number))]))[0]) <= SAME


def _photographs(found: Article) -> list[tuple[str, bytes]]:
    seen, notes = looked_at(found)
    assert not notes
    return [(each.caption, each.marks) for each in seen.pictures if each.is_photograph]


def test_each_photograph_of_an_edition_is_of_its_article(tmp_path: Path) -> None:
    text = " ".join(SENTENCES * 4)
    page = [
        *_column(45, 780, "Reabre el muelle", text),
        *_column(320, 780, "Sube la luz", text),
        Drawn(45, 382, "El muelle, ayer. EFE", 7),
    ]
    data = with_photos(pdf(page), (1, 45, 395, 220, 147), (2, 320, 395, 220, 147), (3, 5, 5, 9, 9))
    (tmp_path / "faro.pdf").write_bytes(data)
    found = {each.title: _photographs(each) for each in articles_of(tmp_path)}
    [(caption, marks)] = found["Reabre el muelle"]
    assert caption == "El muelle, ayer. EFE"
    assert _is(marks, 1)
    [(caption, marks)] = found["Sube la luz"]
    assert caption == ""
    assert _is(marks, 2)


def test_a_document_has_its_photographs(tmp_path: Path) -> None:
    page = [Drawn(45, 700 - 12 * n, SENTENCES[n % 2].strip()[:90]) for n in range(9)]
    (tmp_path / "faro.pdf").write_bytes(with_photos(pdf(page), (4, 100, 200, 300, 200)))
    [found] = articles_of(tmp_path)
    [(_, marks)] = _photographs(found)
    assert _is(marks, 4)
    region = found.pictures[0].region
    assert region is not None
    assert region.top == pytest.approx((HEIGHT - 400) / HEIGHT, abs=0.01)


def test_what_a_page_hides_of_a_photograph_is_not_shown(tmp_path: Path) -> None:
    page = [Drawn(45, 700 - 12 * n, SENTENCES[n % 2].strip()[:90]) for n in range(9)]
    document = pypdfium2.PdfDocument(with_photos(pdf(page), (4, 100, 200, 300, 200)))
    clip = pypdfium2.raw.FPDF_CreateClipPath(100, 240, 400, 360)
    pypdfium2.raw.FPDFPage_InsertClipPath(document[0], clip)
    out = io.BytesIO()
    document.save(out)
    document.close()
    (tmp_path / "faro.pdf").write_bytes(out.getvalue())
    [found] = articles_of(tmp_path)
    [picture] = found.pictures
    shown = [(HEIGHT - 360) / HEIGHT, 120 / HEIGHT]
    assert picture.region is not None
    assert [picture.region.top, picture.region.height] == pytest.approx(shown, abs=0.005)
    seen, _ = looked_at(found)
    assert seen.pictures[0].width / seen.pictures[0].height == pytest.approx(300 / 120, abs=0.05)


def _page_picture(folder: Path, name: str, *placed: tuple[int, int, int]) -> None:
    """The scan of a page 1000 x 2000 large with photographs at (number, left, top)."""
    page = Image.new("L", (1000, 2000), 235)
    for number, left, top in placed:
        page.paste(photo(number).convert("L"), (left, top))
    page.save(folder / name)


def test_a_library_s_page_has_the_illustrations_that_its_text_names(tmp_path: Path) -> None:
    shown = (
        '<Illustration ID="i1" HPOS="200" VPOS="900" WIDTH="480" HEIGHT="320"/>'
        '<GraphicalElement HPOS="100" VPOS="50" WIDTH="800" HEIGHT="4"/>'
        '<Illustration HPOS="5000" VPOS="9000" WIDTH="480" HEIGHT="320"/>'
    )
    data = (
        alto(*map(str.strip, SENTENCES)).decode().replace("</PrintSpace>", f"{shown}</PrintSpace>")
    )
    (tmp_path / "faro.xml").write_text(data, encoding="utf-8")
    _page_picture(tmp_path, "faro.png", (5, 200, 900))
    [found] = articles_of(tmp_path)
    assert len(found.pictures) == 1
    [(_, marks)] = _photographs(found)
    assert _is(marks, 5)
    (tmp_path / "faro.png").unlink()
    assert _photographs(found) == []


def test_hocr_names_its_photographs(tmp_path: Path) -> None:
    photograph = "<div class='ocr_photo' title='bbox 200 900 680 1220'></div>"
    data = hocr([each.split() for each in SENTENCES]).decode()
    data = data.replace("<div class='ocr_carea'>", f"{photograph}<div class='ocr_carea'>", 1)
    (tmp_path / "faro.hocr").write_text(data, encoding="utf-8")
    _page_picture(tmp_path, "faro.png", (6, 200, 900))
    [found] = articles_of(tmp_path)
    [(_, marks)] = _photographs(found)
    assert _is(marks, 6)


def test_an_issue_s_illustrations_go_to_the_article_beside_them() -> None:
    def lines(top: float, left: float) -> list[Region]:
        return [Region(1, left, top + 0.02 * n, 0.4, 0.012) for n in range(4)]

    def told(title: str, regions: list[Region]) -> Extract:
        text = "\n".join(f"linea {n}" for n in range(4))
        places = [Place(8 * n, 8 * n + 7, region) for n, region in enumerate(regions)]
        return Extract(text, title, title, places=tuple(places))

    above, below = told("Arriba", lines(0.1, 0.05)), told("Abajo", lines(0.6, 0.5))
    regions = [Region(1, 0.05, 0.2, 0.4, 0.2), Region(1, 0.5, 0.7, 0.4, 0.2), Region(1, 0, 0, 1, 1)]
    one, other = with_pictures([above, below], regions)
    assert [each.region for each in one.pictures] == [regions[0]]
    assert [each.region for each in other.pictures] == [regions[1]]


def test_pictures_of_a_digitised_issue(tmp_path: Path) -> None:
    shown = '<Illustration HPOS="10" VPOS="10" WIDTH="480" HEIGHT="320"/>'
    page = issue_page(block("b1", "El muelle reabre.", "Lo dijo el alcalde."))
    page = page.replace(b"<PrintSpace", b'<PrintSpace WIDTH="1000" HEIGHT="2000"', 1)
    page = page.replace(b"</PrintSpace>", f"{shown}</PrintSpace>".encode(), 1)
    logical = structure(article("Reabre", area("T1", "b1")))
    write_issue(tmp_path, mets(logical, pages=1), page)
    _page_picture(tmp_path, "1.png", (10, 10, 10))
    [found] = articles_of(tmp_path)
    assert [each.region for each in found.pictures] == [Region(1, 0.01, 0.005, 0.48, 0.16)]


def test_pictures_of_a_book(tmp_path: Path) -> None:
    markup = (
        "<html><body><h1>Reabre el muelle</h1><figure><img src='../fotos/a%20b.jpg' alt='x'/>"
        f"<figcaption>El muelle</figcaption></figure><p>{SENTENCES[0] * 2}</p></body></html>"
    )
    data = epub({"texto/uno.xhtml": markup, "fotos/a b.jpg": encoded(photo(7))})
    (tmp_path / "faro.epub").write_bytes(data)
    [found] = [each for each in articles_of(tmp_path) if "muelle" in each.text]
    [(caption, marks)] = _photographs(found)
    assert caption == "El muelle"
    assert _is(marks, 7)


def test_a_record_names_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "fotos").mkdir()
    (tmp_path / "fotos" / "a.jpg").write_bytes(encoded(photo(8)))
    (tmp_path / "b.jpg").write_bytes(encoded(photo(9)))
    records = [
        {"id": "1", "text": SENTENCES[0], "image": "fotos/a.jpg"},
        {"id": "2", "text": SENTENCES[1], "images": [{"path": "b.jpg", "caption": "La grúa"}]},
        {"id": "3", "text": SENTENCES[1] * 2, "image": "https://faro.example/c.jpg"},
        {"id": "4", "text": SENTENCES[0] * 2, "foto": ["../../x.jpg", 7, None, {"src": {}}]},
        {"id": "5", "text": SENTENCES[0] * 3, "imagen": "gone.jpg"},
    ]
    path = tmp_path / "press.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    found = {each.id.rpartition("/")[2]: _photographs(each) for each in articles_of(path)}
    [(_, first)] = found.pop("1")
    [(caption, second)] = found.pop("2")
    assert _is(first, 8)
    assert _is(second, 9)
    assert caption == "La grúa"
    assert found == {"3": [], "4": [], "5": []}


def test_a_picture_tells_programs_where_it_lies() -> None:
    printed = Picture("page", "El muelle", Region(3, 0.1, 0.2, 0.3, 0.4), "", 600, 400, b"x")
    assert json.loads(json.dumps(printed.as_dict())) == {
        "caption": "El muelle",
        "width": 600,
        "height": 400,
        "page": 3,
        "region": [0.1, 0.2, 0.3, 0.4],
    }
    assert Picture("beside fotos/a.jpg", width=9, height=8).as_dict() == {
        "caption": "",
        "width": 9,
        "height": 8,
        "file": "fotos/a.jpg",
    }
