"""Pages in PAGE XML, as people who transcribe newspapers keep them."""

import io
from html import escape
from pathlib import Path

import pytest

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.place import Region
from hemeroteca.index.sources.extract import Extract, Rejected
from hemeroteca.index.sources.formats.page_xml import parse_page_xml
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.pages.picture_file import PictureFile, picture_file
from tests.index.test_issue import area, article, mets, parts, structure, texts, write
from tests.index.test_picture_file import picture
from tests.index.test_recognised import page_xml

SPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"


def page(*regions: str, order: str = "", space: str = SPACE) -> bytes:
    named = f' xmlns="{space}"' if space else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><PcGts{named}><Page imageFilename="0001.jpg" '
        f'imageWidth="1000" imageHeight="2000">{order}{"".join(regions)}</Page></PcGts>'
    ).encode()


def said(*readings: str, first: int = 0) -> str:
    return "".join(
        f'<TextEquiv index="{n}"><Unicode>{escape(text)}</Unicode></TextEquiv>'
        for n, text in enumerate(readings, start=first)
    )


def line(inner: str, name: str = "l") -> str:
    return f'<TextLine id="{name}"><Coords points="100,100 900,100 900,190"/>{inner}</TextLine>'


def region(*inner: str, name: str = "r", kind: str = "paragraph") -> str:
    coords = '<Coords points="100,100 900,100 900,400"/>'
    return f'<TextRegion id="{name}" type="{kind}">{coords}{"".join(inner)}</TextRegion>'


def read(data: bytes) -> str:
    (found,) = FORMATS[".xml"].extracts(io.BytesIO(data), ".xml")
    assert isinstance(found, Extract)
    return found.text


@pytest.mark.parametrize("space", ["", SPACE, SPACE.replace("2019-07-15", "2013-07-15")])
def test_each_region_is_a_paragraph(space: str) -> None:
    first = region(line(said("El pleno de Mu-")), line(said("ñoz votó.")))
    assert read(page(first, region(line(said("Llovió."))), space=space)) == (
        "El pleno de Muñoz votó.\n\nLlovió."
    )


def test_what_a_person_corrected_is_read_and_what_was_recognised_is_not() -> None:
    both = said("a Mora y absuelve", "a Mora y absuclve")
    swapped = (
        '<TextEquiv index="1"><Unicode>a Ruia.</Unicode></TextEquiv>'
        '<TextEquiv index="0"><Unicode>a Ruiz.</Unicode></TextEquiv>'
    )
    given = region(line(said("El tribunal condena")), line(both), line(swapped))
    assert read(page(given)) == "El tribunal condena a Mora y absuelve a Ruiz."
    # A reading that is empty is none, and one without an index stands behind.
    empty = said("", "Llueve.")
    without = (
        "<TextEquiv><Unicode>Nieua.</Unicode></TextEquiv>"
        '<TextEquiv index="3"><PlainText>Nieva.</PlainText></TextEquiv>'
    )
    assert read(page(region(line(empty), line(without)))) == "Llueve. Nieva."


def test_a_line_has_its_words_and_a_region_its_own_text_where_no_more_is_said() -> None:
    words = "".join(f"<Word id='w{n}'>{said(w)}</Word>" for n, w in enumerate(("Ganó", "Ruiz.")))
    assert read(page(region(line(words)))) == "Ganó Ruiz."
    assert read(page(region(line(words + said("Ganó Ruiz ayer."))))) == "Ganó Ruiz ayer."
    assert read(page(region(line(""), said("Ganó Mu-\nñoz.")))) == "Ganó Muñoz."
    assert read(page(region(line(said("Ganó.")), said("Ganó.")))) == "Ganó."


def test_words_have_their_own_ids_where_an_issue_names_them() -> None:
    words = "".join(f"<Word id='w{n}'>{said(w)}</Word>" for n, w in enumerate(("Ganó", "Ruiz.")))
    data = page(region(line(words + said("Ganó Ruiz."), "l1"), line(said("Sí."), "l2")))
    (block,) = parse_page_xml(io.BytesIO(data), by_word=True).blocks
    assert [(run.text, run.ids) for run in block.lines] == [
        ("Ganó", ("w0", "l1")), ("Ruiz.", ("w1", "l1")), ("Sí.", ("l2",)),
    ]  # fmt: skip


def test_regions_come_in_the_order_of_reading() -> None:
    order = (
        '<ReadingOrder><OrderedGroup id="o"><RegionRefIndexed index="2" regionRef="a"/>'
        '<UnorderedGroupIndexed index="1" id="u"><RegionRef regionRef="c"/></UnorderedGroupIndexed>'
        '<RegionRefIndexed index="0" regionRef="b"/></OrderedGroup></ReadingOrder>'
    )
    regions = [region(line(said(n.upper())), name=n) for n in "dabc"]
    assert read(page(*regions, order=order)).split("\n\n") == ["B", "C", "A", "D"]
    cells = "".join(region(line(said(n)), name=n) for n in ("Uno", "Dos"))
    table = f'<TableRegion id="t"><Coords points="0,0 9,9"/>{cells}</TableRegion>'
    order = order.replace('regionRef="b"', 'regionRef="t"')
    last = region(line(said("A")), name="a")
    assert read(page(last, table, order=order)).split("\n\n") == ["Uno", "Dos", "A"]
    cell = f'<TableCell row="0" col="0" id="k">{line(said("Celda."))}</TableCell>'  # Transkribus'
    assert read(page(f'<TableRegion id="t">{cell}</TableRegion>')) == "Celda."
    # Within a region, each once.
    inner = region(region(line(said("Dentro.")), name="in"), line(said("Fuera.")), said("Todo."))
    assert sorted(read(page(inner)).split("\n\n")) == ["Dentro.", "Fuera."]


def test_a_page_s_number_is_none_of_its_text() -> None:
    number = region(line(said("7")), kind="page-number")
    assert read(page(number, region(line(said("Llueve."))))) == "Llueve."


def test_pictures_and_outlines_of_every_age_have_their_place() -> None:
    old = '<Coords><Point x="100" y="500"/><Point x="300" y="900"/></Coords>'
    bad = '<Coords points="a,b 1,2e9 nan,inf"/>'
    shown = f'<ImageRegion id="i">{old}</ImageRegion><GraphicRegion id="g">{bad}</GraphicRegion>'
    told = parse_page_xml(io.BytesIO(page(region(line(said("Llueve."))), shown)))
    assert told.pictures[0] == pytest.approx(Region(1, 0.1, 0.25, 0.2, 0.2))
    (run,) = told.blocks[0].lines
    assert run.region == pytest.approx(Region(1, 0.1, 0.05, 0.8, 0.045))


def test_what_is_cut_or_empty_is_named() -> None:
    whole = page(region(line(said("Llueve."))))
    kept, lost = FORMATS[".xml"].extracts(io.BytesIO(whole[:-30]), ".xml")
    assert isinstance(kept, Extract)
    assert kept.text == "Llueve."
    assert isinstance(lost, Rejected)
    for nothing in (page(), b"<PcGts/>", page(region(line("")))):
        with pytest.raises(ArticleError, match="is a page of PAGE XML without words"):
            read(nothing)


def test_a_page_is_shown_by_the_picture_that_it_names(tmp_path: Path) -> None:
    """As Transkribus exports a document: pictures, and a folder of pages."""
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "p007.xml").write_bytes(page_xml([["Llueve."]]))
    picture(tmp_path / "1.png")
    assert picture_file(tmp_path / "page" / "p007.xml", 1) == PictureFile(tmp_path / "1.png")


def test_an_issue_of_mets_may_have_its_words_in_page_xml(tmp_path: Path) -> None:
    first = page(
        region(line(said("El pleno votó."), name="l1"), name="r1"),
        region(line(said("Anuncios."), name="l2"), name="r2"),
    )
    second = page(region(line(said("Y se fue."), name="l3"), name="r3"))
    said_of = structure(article("a1", area("A1", "r1"), area("A2", "r3")))
    write(tmp_path, mets(said_of), first, second)
    assert texts(parts(tmp_path)) == ["El pleno votó.\n\nY se fue.", "Anuncios."]
