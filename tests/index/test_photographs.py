"""Photographs on scans: found where they are, and text taken for none."""

import random

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from hemeroteca.index.sources.pages.layout import Word
from hemeroteca.index.sources.pages.photographs import photographs

SCALE = 72 / 300
WIDTH, HEIGHT = 2_480, 3_508


def page(paper: int = 255, ink: int = 0) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A page with two columns of text."""
    image = Image.new("L", (WIDTH, HEIGHT), paper)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(36)
    chance = random.Random(0)
    for column in (200, 1_300):
        for line in range(1_700, 3_300, 42):
            text = "".join(chance.choices("aeiou lnrst dcmp", k=52))
            draw.text((column, line), text, fill=ink, font=font)
    draw.text((200, 150), "EL FARO", fill=ink, font=ImageFont.load_default(250))
    return image, draw


def box(image: Image.Image, words: tuple[Word, ...] = ()) -> list[tuple[int, int, int, int]]:
    found = photographs(np.asarray(image), SCALE, words)
    return [tuple(round(side) for side in (b.left, b.bottom, b.right, b.top)) for b in found]  # type: ignore[misc]


@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (215, 60)])
def test_text_is_no_photograph(paper: int, ink: int) -> None:
    assert box(page(paper, ink)[0]) == []


@pytest.mark.parametrize(("paper", "grey"), [(255, 190), (255, 20), (225, 170)])
def test_photographs_are_found_where_they_are(paper: int, grey: int) -> None:
    image, draw = page(paper)
    draw.rectangle((200, 600, 1_200, 1_600), fill=grey)
    draw.rectangle((1_300, 900, 2_200, 1_500), fill=grey)
    near = [(48, 458, 288, 698), (312, 482, 528, 626)]
    assert [pytest.approx(each, abs=3) for each in near] == box(image)


def test_a_screened_photograph_is_one() -> None:
    image, draw = page()
    for x in range(200, 1_200, 6):  # dots of 50 to the inch
        for y in range(600, 1_600, 6):
            draw.rectangle((x, y, x + 2, y + 2), fill=0)
    assert [pytest.approx((48, 458, 288, 698), abs=3)] == box(image)


def test_a_box_with_text_and_the_shadow_of_the_scanner_are_none() -> None:
    image, draw = page()
    draw.rectangle((0, 0, 150, HEIGHT), fill=30)
    draw.rectangle((200, 600, 1_200, 1_600), fill=200)
    words = tuple(Word("x", 60, 270, 480 + 12 * line, 9) for line in range(18))
    assert len(box(image)) == 1
    assert box(image, words) == []


def test_a_page_smaller_than_a_photograph_has_none() -> None:
    assert photographs(np.zeros((5, 5), np.uint8), 72 / 300, ()) == []
    assert photographs(np.zeros((900, 900), np.uint8), 72 / 300, ()) == []
