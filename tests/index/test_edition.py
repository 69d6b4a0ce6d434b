"""Editions of a newspaper as PDF: every article its own, with nothing of its neighbours."""

import io
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hemeroteca.index.place import regions_of
from hemeroteca.index.sources.extract import Extract
from hemeroteca.index.sources.find import ArticleFile
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.read import Reading, read_articles
from tests.index.drawn import LETTER, Drawn, Framed, pdf
from tests.index.newspaper import MARGIN, TOP, Area, Told, page, told

CAPTION = "Vista del muelle, ayer por la tarde. / EVA RÍOS"
HEAD = (
    Drawn(MARGIN, 815, "EL FARO DEL SUR — Martes, 5 de marzo de 2024", 8),
    Drawn(540, 815, "7", 8),
)


def extracts(*pages: list[Drawn | Framed]) -> list[Extract]:
    found = list(FORMATS[".pdf"].read(io.BytesIO(pdf(*pages))))
    assert all(isinstance(each, Extract) for each in found)
    return [each for each in found if isinstance(each, Extract)]


def four(seed: int = 1, paragraphs: int = 3) -> list[Told]:
    chance = random.Random(seed)
    return [told(chance, number, paragraphs) for number in range(4)]


def by_line(pieces: list[Drawn | Framed]) -> list[Drawn | Framed]:
    """Drawn from the top over all columns, as many layout programs do."""
    return sorted(pieces, key=lambda piece: (-piece.y, piece.x))


@pytest.mark.parametrize("seed", range(24))
def test_every_article_of_a_page_is_its_own(seed: int) -> None:
    articles = four(seed, paragraphs=2 + seed % 2)
    drawn = page(articles, 3 + seed // 2 % 2, CAPTION, HEAD)
    found = extracts(by_line(drawn) if seed % 3 else drawn)
    assert [(each.title, each.subtitle, each.text) for each in found if each.title] == [
        (each.title, each.subtitle, each.text) for each in articles
    ]
    assert [each.text for each in found if not each.title] == [CAPTION]


def test_an_article_has_the_newspaper_the_day_and_the_page() -> None:
    found = extracts(page(four(), 3, CAPTION, HEAD))
    assert {each.publication.paper for each in found} == {"EL FARO DEL SUR"}
    assert {each.publication.page for each in found} == {"7"}
    assert {each.day for each in found} == {date(2024, 3, 5)}
    assert [str(each.where) for each in found] == ["page 7"] * 5
    assert len({each.key for each in found}) == 5


def test_what_every_page_says_is_the_newspaper_and_the_rest_the_section() -> None:
    def head(section: str, number: int) -> list[Drawn]:
        said = [(MARGIN, section), (200, "El Faro del Sur"), (380, "5 de marzo de 2024")]
        return [Drawn(x, 815, text, 8) for x, text in (*said, (540.0, str(number)))]

    pages = [
        page(four(n), 3, CAPTION, head(s, 10 + n)) for n, s in enumerate(["LOCAL", "DEPORTES"])
    ]
    found = extracts(*pages)
    assert {each.publication.paper for each in found} == {"El Faro del Sur"}
    assert {(each.publication.page, each.publication.section) for each in found} == {
        ("10", "LOCAL"),
        ("11", "DEPORTES"),
    }
    assert {each.day for each in found} == {date(2024, 3, 5)}


def test_an_address_at_the_foot_of_the_pages_is_no_newspaper() -> None:
    foot = [Drawn(400, 20, "elfarodelsur.example/portada", 8)]
    found = extracts(*(page(four(n), 3, CAPTION, [*HEAD, *foot]) for n in range(2)))
    assert {each.publication.paper for each in found} == {"EL FARO DEL SUR"}
    assert {each.publication.section for each in found} == {""}
    found = extracts(*(page(four(n), 3, CAPTION, foot) for n in range(2)))
    assert {each.publication.paper for each in found} == {""}


def test_the_number_of_a_page_stands_in_no_article_however_large() -> None:
    large = [Drawn(MARGIN, 815, "2", 13), Drawn(MARGIN + 60, 815, "Boletín del Puerto", 13)]
    found = extracts(page(four(1), 3, CAPTION), page(four(2), 3, CAPTION, large))
    assert not any("Boletín" in f"{each.title} {each.text}" for each in found)
    assert [each.publication.page for each in found] == ["1"] * 5 + ["2"] * 5


def test_the_ids_of_articles_stay_when_a_page_is_added() -> None:
    first, second = page(four(1), 3, CAPTION), page(four(2), 3, CAPTION)
    before = [each.key for each in extracts(first)]
    assert [each.key for each in extracts(first, second)][:5] == before


def test_an_article_goes_on_where_it_says_so() -> None:
    """The parted sentence is whole, and what says so is in neither part."""
    articles, others = four(1), four(2)
    long = replace(
        articles[3], paragraphs=("Baeza votó ayer la ordenanza del ruido, que el pleno",)
    )
    rest = "había aplazado dos veces por falta de acuerdo entre los grupos del gobierno municipal."
    first = page([*articles[:3], long], 3, CAPTION, [Drawn(540, 815, "1", 8)])
    lowest = min(piece.y for piece in first if isinstance(piece, Drawn) and piece.x > 380)
    first.append(Drawn(400, lowest - 14, "Pasa a la página 2", 8))
    area = Area(MARGIN, 3, 161.0, 330)
    second = page(others[:2] + others[2:], 3, CAPTION, [Drawn(540, 815, "2", 8)])
    lowest = min(piece.y for piece in second if isinstance(piece, Drawn))
    area.top = lowest - 30
    second += [
        *area.line("Viene de la página 1", 8),
        *area.line(long.title, 14),
        *area.text([rest], indented=False),
    ]
    found = {each.title: each for each in extracts(first, second)}
    assert found[long.title].text.startswith(f"{long.paragraphs[0]} {rest}")
    assert found[long.title].publication.page == "1, 2"
    assert not any("página" in each.text for each in found.values())
    assert [each.text for each in others if found[each.title].text != each.text] == []


def test_a_page_without_a_headline_goes_on_with_the_article_before() -> None:
    articles = four(1)
    more = told(random.Random(9), 5, 4)
    area = Area(MARGIN, 3, 161.0, TOP)
    found = extracts(page(articles, 3, CAPTION), [*area.text(more.paragraphs)])
    assert found[-1].title == articles[3].title
    assert found[-1].text == f"{articles[3].text}\n\n{more.text}"
    assert found[-1].publication.page == "1, 2"


def test_words_of_an_article_set_large_within_it_begin_none() -> None:
    articles = four(1)
    drawn = page(articles, 3, CAPTION)
    last = [piece for piece in drawn if isinstance(piece, Drawn) and piece.x > 380]
    area = Area(min(piece.x for piece in last), 1, 161.0, min(piece.y for piece in last) - 20)
    drawn += area.line("Dimite el edil de Úbeda", 13)
    drawn += area.text(["El alcalde dijo ayer en el pleno extraordinario que"])
    drawn += area.line("«No me voy»", 13)
    drawn += area.text(["no piensa dimitir por esto."], indented=False)
    *_, found = extracts(drawn)
    assert found.title == "Dimite el edil de Úbeda"
    said = "El alcalde dijo ayer en el pleno extraordinario que no piensa dimitir por esto."
    assert found.text == f"{said}\n\n«No me voy»"


def test_the_small_line_above_a_headline_is_its_own() -> None:
    articles = four(1)
    drawn = page(articles, 3, CAPTION)
    head = next(
        p for p in drawn if isinstance(p, Drawn) and p.text.startswith(articles[1].title[:9])
    )
    drawn.append(Drawn(head.x, head.y + 16, "MUNICIPAL", 8))
    found = extracts(drawn)
    assert [each.text for each in found if each.title] == [each.text for each in articles]
    assert found[1].subtitle == f"MUNICIPAL {articles[1].subtitle}"


def test_sections_of_a_paper_in_two_columns_are_no_articles() -> None:
    area = Area(MARGIN, 2, 240.0, TOP)
    drawn: list[Drawn | Framed] = [*area.line("Sobre la vendimia en los valles altos", 18)]
    for column in range(2):
        half = Area(MARGIN + column * 251, 1, 240.0, area.top)
        for number in range(2):
            section = 2 * column + number + 1
            drawn += half.line(f"{section} Parte de la obra", 13)
            drawn += half.text(told(random.Random(section), section).paragraphs)
    (found,) = extracts(drawn)
    assert found.title == "Sobre la vendimia en los valles altos"


def test_a_report_in_one_column_is_one_article() -> None:
    area = Area(MARGIN, 1, 480.0, TOP)
    drawn: list[Drawn | Framed] = []
    for number, each in enumerate(four()):
        drawn += area.article(each, 20 if not number else 15)
    (found,) = extracts(drawn)
    assert (
        found.text.split()
        == " ".join(f"{each.title} {each.subtitle} {each.text}" for each in four()).split()
    )


def test_each_line_is_known_by_its_place_on_its_page(tmp_path: Path) -> None:
    articles = four()
    path = tmp_path / "faro.pdf"
    path.write_bytes(pdf(page(articles, 3, CAPTION, HEAD)))
    found = [
        each.article
        for each in read_articles(ArticleFile("faro", path))
        if isinstance(each, Reading)
    ]
    for told_article, article in zip(
        articles, [each for each in found if each.subtitle], strict=True
    ):
        for paragraph in told_article.paragraphs:
            start = article.text.index(paragraph)
            regions = regions_of(article.places, start, start + len(paragraph))
            assert {region.page for region in regions} == {1}
            assert sum(region.width for region in regions) * 595 == pytest.approx(
                len(paragraph) * 9 * LETTER, rel=0.25
            )
        (first, *_) = regions_of(article.places, 0, 3)
        assert first.left == pytest.approx(MARGIN / 595, abs=0.01) or first.left > 0.6
