"""What a scanned word shows of its letters that Tesseract does not tell apart."""

import numpy as np
import pytest
from PIL import Image

from hemeroteca.index.sources.pages.diaereses import with_diaeresis
from hemeroteca.index.sources.pages.drawn import PDFIUM, open_pdf
from hemeroteca.index.sources.pages.layout import Box
from hemeroteca.index.sources.pages.same_shapes import as_seen
from hemeroteca.index.sources.pages.scan import DPI
from tests.index.drawn import FONTS, Drawn, pdf

X, Y = 20, 700


def drawn(text: str, above: str = "", dpi: int = DPI) -> tuple[Box, np.ndarray]:
    """The box and the picture of a word of 9 points, below the line `above`, as a scanner of so
    many dots an inch sees it and Tesseract is given it."""
    alone, whole = (
        _picture([Drawn(X, Y, text, 9, font=FONTS[1]), *more], dpi)
        for more in ([], [Drawn(X, Y + 10.5, above, 9, font=FONTS[1])])
    )
    rows, columns = np.nonzero(alone < 128)
    box = Box(columns.min(), rows.max() + 1, columns.max() + 1, rows.min())
    return box, whole


def _picture(pieces: list[Drawn], dpi: int) -> np.ndarray:
    with PDFIUM:
        document = open_pdf(pdf(pieces))
        picture = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
        document.close()
    size = round(picture.width * DPI / dpi), round(picture.height * DPI / dpi)
    return np.asarray(picture.resize(size, Image.Resampling.BICUBIC).crop((0, 300, 600, 700)))


@pytest.mark.parametrize("dpi", [300, 150])
@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("Argüelles,", "Argiielles,"),
        ("Argüelles,", "Argúelles,"),
        ("ARGÜELLES", "ARGUELLES"),
        ("pingüino", "pinguino"),
    ],
)
def test_two_dots_above_a_letter_are_a_diaeresis(shown: str, read: str, dpi: int) -> None:
    assert with_diaeresis(read, *drawn(shown, "pyqj gpjy qgyp", dpi)) == shown


@pytest.mark.parametrize("shown", ["guerra", "guía", "GUERRA", "Miguel", "seguí", "guiño"])
def test_no_other_letter_is_one(shown: str) -> None:
    assert with_diaeresis(shown, *drawn(shown, "pyqj gpjy")) == shown


@pytest.mark.parametrize(
    ("shown", "read", "around"),
    [
        ("cuatrocientos", "Cuatrocientos", ("", "")),
        ("Cuatrocientos", "Cuatrocientos", ("", "")),
        ("Carta", "Carta", ("", "")),
        ("1990.", "1990,", ("de", "La")),
        ("1990,", "1990,", ("de", "La")),
        ("1990,", "1990.", ("de", "la")),
        ("1990.", "1990.", ("de", "la")),
        ("metros,", "metros,", ("", "y")),
        ("ldesa", "Idesa", ("alca-", "")),
        ("Idesa", "Idesa", ("de", "")),
    ],
)
def test_size_and_place_tell_letters_of_one_shape(
    shown: str, read: str, around: tuple[str, str]
) -> None:
    assert as_seen(read, around, *drawn(shown)) == shown


def test_a_mark_in_a_poor_picture_is_what_goes_with_the_next_word() -> None:
    """Enlarged from 100 dots an inch, a comma looks like a full stop."""
    assert as_seen("metros,", ("", "y"), *drawn("metros.")) == "metros,"
