"""Pages on which articles stand around one another: each headline has its own text."""

import random

import pytest

from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.pages.layout import Box, Word, in_reading_order
from hemeroteca.index.sources.pages.parts import parts_of
from tests.index.drawn import Drawn, Framed
from tests.index.newspaper import GUTTER, MARGIN, SIZE, TOP, Area, Told, told
from tests.index.test_edition import by_line, extracts

WIDTH = 118.0


def area(column: int, columns: int, top: float) -> Area:
    return Area(MARGIN + column * (WIDTH + GUTTER), columns, WIDTH, top)


def articles(number: int, paragraphs: int = 3) -> list[Told]:
    chance = random.Random(7)
    return [told(chance, n, paragraphs) for n in range(number)]


def texts(found: list[Extract]) -> dict[str | None, str]:
    return {each.title: each.text for each in found}


def right(*each: Told) -> dict[str | None, str]:
    return {one.title: one.text for one in each}


def test_a_column_beside_a_headline_belongs_to_its_article() -> None:
    first, second, third = articles(3, 4)
    body = area(0, 3, TOP)
    head = body.line(first.title, 20)
    text = body.text(first.paragraphs[:3])
    last = area(3, 1, TOP).text(first.paragraphs[3:])
    below = min(piece.y for piece in (*text, *last)) - 25
    drawn = [*head, *text, *last]
    drawn += area(0, 2, below).article(second, 16)
    drawn += area(2, 2, below).article(third, 16)
    assert texts(extracts(by_line(drawn))) == right(first, second, third)


def test_an_article_stands_around_another() -> None:
    """Its columns are of uneven length, and the other's headline stands below the shorter ones."""
    first, second, third = articles(3, 8)
    whole = area(0, 4, TOP)
    head = whole.line(first.title, 22)
    long = area(0, 2, whole.top)
    short = area(2, 2, whole.top)
    drawn = [*head, *long.text(first.paragraphs[:6]), *short.text(first.paragraphs[6:])]
    drawn += area(2, 2, short.top - 20).article(
        Told(second.title, second.subtitle, second.paragraphs[:2]), 15
    )
    lowest = min(piece.y for piece in drawn) - 30
    drawn += area(0, 4, lowest).article(third, 18)
    found = texts(extracts(by_line(drawn)))
    assert found[first.title] == first.text
    assert found[second.title] == "\n\n".join(second.paragraphs[:2])
    assert found[third.title] == third.text


def test_a_frame_within_an_article_is_an_article_of_its_own() -> None:
    first, second, third = articles(3, 9)
    whole = area(0, 3, TOP)
    head = whole.line(first.title, 22)
    left, upper = area(0, 1, whole.top), area(1, 1, whole.top)
    drawn: list[Drawn | Framed] = [*head, *left.text(first.paragraphs[:4])]
    drawn += upper.text(first.paragraphs[4:5])
    box = Area(upper.left + 6, 1, WIDTH - 12, upper.top - 12)
    inner = Told(second.title, second.subtitle, second.paragraphs[:1])
    drawn += box.article(inner, 14)
    drawn.append(Framed(upper.left, box.top, WIDTH, upper.top - 4 - box.top))
    drawn += area(1, 1, box.top - 14).text(first.paragraphs[5:6])
    drawn += area(2, 1, whole.top).text(first.paragraphs[6:])
    lowest = min(piece.y for piece in drawn) - 30
    drawn += area(0, 3, lowest).article(Told(third.title, third.subtitle, third.paragraphs[:3]), 18)
    found = texts(extracts(by_line(drawn)))
    assert found[inner.title] == inner.text
    assert found[first.title] == first.text


def test_a_frame_without_a_headline_is_of_no_article() -> None:
    first, second = articles(2, 4)
    body = area(0, 3, TOP)
    drawn: list[Drawn | Framed] = [*body.article(first, 20)]
    drawn += area(0, 2, body.top - 10).article(second, 16)
    side = area(2, 1, body.top - 40)
    rows = side.text(["Tarifa de anuncios por palabra."])
    drawn += [*rows, Framed(side.left - 6, side.top, WIDTH + 12, body.top - 20 - side.top)]
    found = texts(extracts(by_line(drawn)))
    assert found == {**right(first, second), None: "Tarifa de anuncios por palabra."}


def test_the_name_of_the_newspaper_is_no_headline_of_the_article_below_it() -> None:
    first, second, third = articles(3)
    drawn = area(0, 4, TOP).line("El Faro del Sur", 40)
    below = min(piece.y for piece in drawn) - 14
    drawn += area(0, 1, below).article(first, 14)
    drawn += area(1, 2, below).article(second, 22)
    drawn += area(3, 1, below).article(third, 14)
    found = texts(extracts(by_line(drawn)))
    assert {title: text for title, text in found.items() if title} == right(first, second, third)


@pytest.mark.parametrize("size", [6.5, SIZE])
def test_an_article_that_goes_on_says_so_in_letters_of_any_size(size: float) -> None:
    first, second, third = articles(3)
    part = area(0, 2, TOP)
    drawn = part.article(Told(first.title, first.subtitle, first.paragraphs[:2]), 20)
    drawn += area(1, 1, part.top).line("Sigue en la pág. 2", size)
    drawn += area(2, 2, TOP).article(second, 16)
    drawn.append(Drawn(540, 815, "1", 8))
    rest = area(2, 2, TOP)
    after = [*area(0, 2, TOP).article(third, 18), Drawn(540, 815, "2", 8)]
    after += [*rest.line("Viene de la pág. 1", size), *rest.line(first.title, 14)]
    after += rest.text(first.paragraphs[2:])
    found = texts(extracts(drawn, after))
    assert {title: text.split() for title, text in found.items()} == {
        each.title: each.text.split() for each in (first, second, third)
    }


@pytest.mark.parametrize("pictured", [False, True])
def test_a_headline_over_its_first_column_alone_has_the_text_of_the_next(pictured: bool) -> None:
    """White says so, beside it and below a photograph of the article above."""
    first, second = articles(2, 4)
    width = 250.0
    whole = Area(MARGIN, 2, width, TOP)
    drawn: list[Drawn | Framed] = [*whole.line(first.title, 22)]
    left, right_ = Area(MARGIN, 1, width, whole.top), Area(306, 1, width, whole.top)
    if pictured:
        drawn += left.text(first.paragraphs)
        drawn.append(Framed(right_.left, left.top + 80, width, whole.top - left.top - 90))
    else:
        drawn += [*left.text(first.paragraphs[:2]), *right_.text(first.paragraphs[2:])]
    below = Area(MARGIN, 1, width, min(left.top, right_.top) - 20)
    drawn += below.line("Concejo", 16)
    for n in (0, 1):
        beside = Area(MARGIN + n * 261, 1, width, below.top)
        drawn += beside.text(second.paragraphs[2 * n : 2 * n + 2])
    found = texts(extracts(by_line(drawn)))
    assert found == {first.title: first.text, "Concejo": second.text}


def test_wide_blanks_of_a_last_line_part_no_column() -> None:
    """Of four columns the last two end earlier, within a line whose words stand far apart."""
    columns = [[f"{n}{m}" for m in range(10 if n > 1 else 40)] for n in range(4)]
    words = [Word("Pleno", 0, 390, 800, 20)]
    for n, lines in enumerate(columns):
        for m, line in enumerate(lines):
            x, base = 100.0 * n, 780.0 - 10 * m
            pieces = [(x, x + 90)] if (n, m) != (2, 9) else [(x, x + 40), (x + 49, x + 90)]
            words += [Word(line, left, right, base, 9) for left, right in pieces]
    found = [line.text for each in in_reading_order(words, 9) for line in each.lines]
    columns[2][-1] = "29 29"
    assert found == ["Pleno", *(line for lines in columns for line in lines)]


def test_the_picture_behind_a_page_of_recognised_text_parts_no_words() -> None:
    """The headline stands over the middle of its column, whose first line has wide blanks."""
    words = [Word("Ausland", 90, 180, 700, 18)]
    for column, left in enumerate((10.0, 290.0)):
        for n in range(30):
            parts = [(left, left + 270)] if n else [(left, left + 60), (left + 71, left + 270)]
            words += [Word(f"{column}{n}", a, b, 680.0 - 10 * n, 9) for a, b in parts]
    behind = Box(0, 0, 600, 800)
    (part,) = parts_of(words, [behind])
    found = [line.text for each in in_reading_order(part.words, 9) for line in each.lines]
    assert found == [
        "Ausland",
        *(f"{c}{n}" if n else f"{c}0 {c}0" for c in (0, 1) for n in range(30)),
    ]
