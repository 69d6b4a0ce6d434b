"""Scanned pages: which are, what is made of hOCR, and what is said where Tesseract is missing."""

import io
import random
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.pages import scan
from hemeroteca.index.sources.pages.capitals import Row, capitals
from hemeroteca.index.sources.pages.captions import is_credited
from hemeroteca.index.sources.pages.drawn import PDFIUM, open_pdf, read_sheet
from hemeroteca.index.sources.pages.layout import Word, with_capitals
from hemeroteca.index.sources.pages.scan import is_scan, languages, words_of
from tests.index.drawn import Drawn, pdf, wrapped
from tests.index.newspaper import MARGIN, Area

TEXT = (
    "La alcaldesa de Almuñécar anunció ayer que el muelle nuevo quedará terminado en otoño, con "
    "una inversión de tres millones de euros aportados por el Ministerio."
)
needs_tesseract = pytest.mark.skipif(
    "spa" not in languages(), reason="Tesseract is not installed here, or lacks Spanish"
)


def scanned(drawn: list[Drawn], dpi: int = 150) -> bytes:
    """The page as a picture on a page of its own."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf(drawn))
        picture = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
        document.close()
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=dpi)
    return out.getvalue()


def stamped(data: bytes, stamp: Drawn) -> bytes:
    """The file with a line of text on its first page."""
    out = io.BytesIO()
    with PDFIUM:
        document, mark = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument(pdf([stamp]))
        page = document[0]
        page.insert_obj(mark.page_as_xobject(0, document).as_pageobject())
        page.gen_content()
        document.save(out)
        document.close()
    return out.getvalue()


def is_read_as_scan(data: bytes) -> bool:
    with PDFIUM:
        document = open_pdf(data)
        sheet = read_sheet(document, 1)
        document.close()
    return is_scan(sheet)


def read(data: bytes) -> Extract:
    (extract,) = FORMATS[".pdf"].read(io.BytesIO(data))
    assert isinstance(extract, Extract)
    return extract


def lines() -> list[Drawn]:
    drawn = Area(MARGIN, 1, 400.0, 700.0).text([TEXT])
    return [replace(each, font="Helvetica") for each in drawn]


STAMP = Drawn(60, 20, "Biblioteca de Baeza", 8)


def test_a_page_is_a_scan_if_its_text_is_a_picture_whatever_is_stamped_on_it() -> None:
    assert is_read_as_scan(scanned(lines(), 50))
    assert is_read_as_scan(stamped(scanned(lines(), 50), STAMP))
    assert not is_read_as_scan(pdf(lines()))
    assert not is_read_as_scan(pdf([]))
    # A photograph over the whole page behind a text that can be read.
    full = Area(MARGIN, 1, 500.0, 800.0).text([TEXT] * 12)
    data = scanned([], 50)
    for each in full:
        data = stamped(data, each) if each.y > 600 else data
    assert not is_read_as_scan(data)


def test_what_is_missing_is_said_and_the_other_pages_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scan, "languages", lambda: ())
    with pytest.raises(ArticleError, match=r"is a scan: install Tesseract .*tesseract-ocr-spa"):
        read(scanned(lines(), 50))
    found = read(stamped(scanned(lines(), 50), STAMP))
    assert found.text == STAMP.text
    assert "left out: 1; the first is page 1: install Tesseract" in str(found.notes[0])


def test_a_command_that_fails_is_named_with_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "languages", lambda: ("xyz",))
    monkeypatch.setattr(scan, "_COMMAND", "false")
    found = read(stamped(scanned(lines(), 50), STAMP))
    assert found.text == STAMP.text
    assert str(found.notes[0]).startswith("page 1: cannot be read by Tesseract")


def hocr(*paragraphs: str) -> bytes:
    said = "".join(f"<p class='ocr_par'>{each}</p>" for each in paragraphs)
    return (
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><div class='ocr_page'>"
        f"{said}<div class='ocr_photo' title='bbox 100 1000 500 1400'/></div></body></html>"
    ).encode()


def line(
    left: int,
    bottom: int,
    words: str,
    size: float = 37.5,
    slope: float = 0.0,
    wide: int = 150,
    sure: int = 90,
) -> str:
    spans = "".join(
        f"<span class='ocrx_word' title='bbox {left + 200 * n} {bottom - 30} "
        f"{left + 200 * n + wide} {bottom}; x_wconf {sure - 10 * n}'>{word}</span>"
        for n, word in enumerate(words.split())
    )
    asc, desc = 0.26 * size, 0.26 * size
    return (
        f"<span class='ocr_line' title='bbox {left} {bottom - 30} {left + 600} {bottom}; baseline "
        f"{slope} -8; x_size {size}; x_descenders {desc}; x_ascenders {asc}'>{spans}</span>"
    )


def test_words_of_hocr_have_places_sizes_and_confidence() -> None:
    found = words_of(hocr(line(300, 600, "El pleno votó")), 72 / 300, 842)
    assert [word.text for word in found.words] == ["El", "pleno", "votó"]
    first = found.words[0]
    assert (first.left, first.right) == (72.0, 108.0)
    assert first.base == pytest.approx(842 - 592 * 72 / 300)
    assert first.size == pytest.approx(9, rel=0.02)
    assert found.confidence == pytest.approx(0.8)
    (photograph,) = found.pictures
    assert (photograph.left, photograph.top) == (24.0, 842 - 240.0)


def test_a_page_that_lies_askew_is_read_straight() -> None:
    lines = [line(300, 600 + 50 * n, "El pleno votó", slope=0.02) for n in range(3)]
    found = words_of(hocr(*lines), 72 / 300, 842)
    assert len({round(word.base, 6) for word in found.words}) == 3


def test_dirt_is_no_word_and_a_pixel_no_other_size() -> None:
    found = words_of(
        hocr(line(300, 600, "El | pleno"), line(300, 700, "votó hoy la ordenanza", 39)), 0.24, 842
    )
    assert [word.text for word in found.words][:2] == ["El", "pleno"]
    assert len({word.size for word in found.words}) == 1


def test_a_line_beside_a_word_is_no_letter_of_it() -> None:
    found = words_of(hocr(line(300, 600, "_El —_ pleno| votó |la a_b")), 0.24, 842)
    assert [word.text for word in found.words] == ["El", "pleno", "votó", "la", "a_b"]


def test_what_is_no_hocr_is_said() -> None:
    with pytest.raises(ArticleError, match="cannot be read by Tesseract"):
        words_of(b"Segmentation fault", 0.24, 842)


@needs_tesseract
def test_a_scan_is_read_with_its_confidence_and_places() -> None:
    found = read(stamped(scanned(lines()), STAMP))
    assert TEXT in found.text
    assert float(found.publication.confidence) > 0.8
    first = found.places[0].region
    assert first.page == 1
    assert first.left == pytest.approx((MARGIN + 10.8) / 595, abs=0.02)
    assert first.top == pytest.approx((842 - 700) / 842, abs=0.02)


WORDS = "ayuntamiento presupuesto carretera votó puerto vecinos anunció año según muelle otoño"


@needs_tesseract
@pytest.mark.parametrize("seed", range(2))
def test_the_words_of_a_scan_come_out_as_they_went_in(seed: int) -> None:
    chance = random.Random(seed)
    said = " ".join(["Ayer", *chance.choices(WORDS.split(), k=40)]) + "."
    drawn = [
        Drawn(60, 760 - 14 * n, line, 11, font="Helvetica")
        for n, line in enumerate(wrapped(said, 40 + 5 * seed))
    ]
    assert read(scanned(drawn, 200)).text == said


def test_a_caption_below_a_photograph_keeps_its_size() -> None:
    text = [line(300, 600 + 50 * n, "El pleno votó la ordenanza ayer") for n in range(4)]
    caption = [line(100, 1440, "Vista del muelle ayer", 34)]  # a tenth smaller
    elsewhere = [line(100, 2440, "Vista del muelle ayer", 34)]
    found = words_of(hocr("".join(text), "".join(caption), "".join(elsewhere)), 72 / 300, 842)
    body = found.words[0].size
    sizes = [word.size / body for word in found.words if word.text == "muelle"]
    assert sizes == [pytest.approx(34 / 37.5), 1.0]


@needs_tesseract
def test_a_photograph_that_is_drawn_on_a_scan_is_found() -> None:
    data = scanned(lines())
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        grey = document[0].render(scale=300 / 72, grayscale=True).to_numpy().squeeze().copy()
        document.close()
    grey[1_500:2_300, 800:1_700] = 150
    found = scan.ScanReader().read(grey, 595.0, 842.0)
    (seen,) = found.pictures
    assert (seen.left, seen.right) == pytest.approx((800 * 0.24, 1_700 * 0.24), abs=3)
    assert (seen.top, seen.bottom) == pytest.approx((842 - 360, 842 - 552), abs=3)


def test_words_whose_boxes_touch_are_two() -> None:
    found = words_of(hocr(line(300, 600, "recepción a las", wide=201)), 0.24, 842)
    for before, after in zip(found.words, found.words[1:], strict=False):
        assert after.left - before.right > 0.1 * before.size


def test_a_slash_that_is_sure_is_no_dirt() -> None:
    for sure, said in ((110, ["tarde.", "/", "GIL"]), (80, ["tarde.", "GIL"])):
        found = words_of(hocr(line(300, 600, "tarde. / GIL", sure=sure)), 0.24, 842)
        assert [word.text for word in found.words] == said


def test_the_last_line_of_a_caption_in_capitals_is_no_larger() -> None:
    text = "".join(line(300, 600 + 50 * n, "El pleno votó la ordenanza ayer") for n in range(4))
    caption = line(100, 1440, "Vista del muelle por la", 34) + line(100, 1485, "LUIS GIL ROA", 41)
    found = words_of(hocr(text, caption), 0.24, 842)
    sizes = {word.text: word.size for word in found.words}
    assert sizes["GIL"] == sizes["Vista"]


def test_a_caption_that_seems_as_large_is_told_by_its_credit() -> None:
    text = "".join(line(300, 600 + 50 * n, "El pleno votó la ordenanza ayer") for n in range(4))
    for said, is_small in (("Muelle ayer. MARTA GIL", True), ("Muelle de Motril ayer.", False)):
        found = words_of(hocr(text, line(100, 1440, said)), 0.24, 842)
        body = found.words[0].size
        (size,) = {word.size for word in found.words if word.text == "ayer."}
        assert (size < 0.95 * body) is is_small


@pytest.mark.parametrize(
    ("text", "is_caption"),
    [
        ("Vista general de Carrizosa, ayer. / SOFÍA MONTES", True),
        ("La grúa nueva del muelle. (FOTOS GIL)", True),
        ("El alcalde firmó ayer en MADRID", False),
        ("El muelle reabrió ayer.", False),
        ("Lo dijo la alcaldesa. EFE", False),  # an agency's, as below an article
    ],
)
def test_a_credit_is_a_name_in_capitals_behind_a_sentence(text: str, is_caption: bool) -> None:
    assert is_credited(text) is is_caption


def drop_capital(text: str, ink: tuple[int, int]) -> list[str]:
    """What is found beside two lines that are set in by 100 pixels, where ink of this height and
    width stands, which is read as `text`."""
    picture = np.full((600, 1_000), 255, np.uint8)
    high, wide = ink
    picture[300 - high : 300, 55 : 55 + wide] = 0
    rows = [Row(150, 900, 250, 40), Row(150, 900, 300, 40), Row(50, 900, 350, 40)]
    return [each.text for each in capitals(picture, rows, lambda shown: text)]


def test_a_drop_capital_is_ink_beside_lines_that_are_set_in() -> None:
    assert drop_capital("L", (80, 70)) == ["L"]
    assert drop_capital("«L", (80, 70)) == ["«L"]
    assert drop_capital("]", (80, 70)) == []  # a figure
    assert drop_capital("la", (80, 70)) == []
    assert drop_capital("I", (80, 4)) == []  # a rule
    assert drop_capital("L", (25, 20)) == []  # the bullet of a list


def test_a_drop_capital_begins_the_first_word_of_a_line_that_is_not_quite_level() -> None:
    words = [Word("L", 10, 30, 70, 40), Word("a", 35, 40, 89.8, 10), Word("ley", 45, 60, 90, 10)]
    assert [word.text for word in with_capitals(words, 10)] == ["La", "ley"]


@needs_tesseract
def test_a_drop_capital_on_a_scan_begins_its_word() -> None:
    said = (
        *((60, 656, "L", 34), (92, 670, "a alcaldesa anunció que", 11)),
        *((92, 656, "el muelle nuevo quedará en", 11), (60, 642, "otoño terminado, dijo ayer", 11)),
        (60, 628, "el ministerio en su nota de prensa.", 11),
    )
    drawn = [Drawn(*each, font="Helvetica") for each in said]
    assert read(scanned(drawn, 300)).text.startswith("La alcaldesa anunció que el muelle")
