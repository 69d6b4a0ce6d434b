"""Pages whose words were recognised before: where they stand, and hOCR and ABBYY as they are."""

import gzip
import io
from datetime import date
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.place import Region, regions_of
from hemeroteca.index.sources.dates import date_in_folders
from hemeroteca.index.sources.extract import Extract, LeftOut, Part, Rejected
from hemeroteca.index.sources.find import ArticleFile, Refused, find_articles
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.read import Reading, read_articles

Lines = list[list[str]]  # of a page: the words of its lines


def alto(*lines: str, size: str = 'WIDTH="1000" HEIGHT="2000"') -> bytes:
    """Lines 100 high and 800 wide, one below the other from 100 on."""
    inner = "".join(
        f'<TextLine HPOS="100" VPOS="{100 + 100 * n}" WIDTH="800" HEIGHT="90">'
        + "<SP/>".join(f'<String CONTENT="{escape(word)}" WC="0.5"/>' for word in line.split())
        + "</TextLine>"
        for n, line in enumerate(lines)
    )
    return (
        f"<alto><Layout><Page {size}><PrintSpace><TextBlock>{inner}</TextBlock></PrintSpace></Page>"
        "</Layout></alto>"
    ).encode()


def hocr(*pages: Lines, close: bool = True) -> bytes:
    said = "".join(
        f"<div class='ocr_page' title='image \"{number}.tif\"; bbox 0 0 1000 2000'>"
        "<div class='ocr_carea'><p class='ocr_par'>"
        + "".join(
            f"<span class='ocr_line' title='bbox 100 {100 + 100 * n} 900 {190 + 100 * n}'>"
            + " ".join(
                f"<span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 50'>{escape(word)}</span>"
                for word in line
            )
            + "</span>\n"
            for n, line in enumerate(lines)
        )
        + "</p></div></div>"
        for number, lines in enumerate(pages, start=1)
    )
    end = "</body></html>" if close else ""
    return f"<html><head><title>x</title></head><body>{said}{end}".encode()


def abbyy(*pages: Lines, by_letter: bool = True) -> bytes:
    def line(n: int, words: list[str]) -> str:
        text = " ".join(words)
        if by_letter:
            written = "".join(
                f'<charParams l="1" t="2" r="3" b="4" charConfidence="50">{escape(letter)}'
                "</charParams>"
                for letter in text
            )
        else:
            written = escape(text)
        place = f'l="100" t="{100 + 100 * n}" r="900" b="{190 + 100 * n}"'
        return (
            f'<line baseline="9" {place}><formatting lang="Spanish">{written}</formatting></line>'
        )

    said = "".join(
        '<page width="1000" height="2000"><block blockType="Text"><text><par>'
        + "".join(line(n, words) for n, words in enumerate(lines))
        + "</par></text></block></page>"
        for lines in pages
    )
    named = "http://www.abbyy.com/FineReader_xml/FineReader10-schema-v1.xml"
    return f'<?xml version="1.0"?><document xmlns="{named}">{said}</document>'.encode()


def page_xml(lines: Lines) -> bytes:
    """As Transkribus writes it."""

    def line(n: int, words: list[str]) -> str:
        top, low = 100 + 100 * n, 190 + 100 * n
        return (
            f'<TextLine id="l{n}"><Coords points="100,{top} 900,{top} 900,{low} 100,{low}"/>'
            f'<TextEquiv conf="0.5"><Unicode>{escape(" ".join(words))}</Unicode></TextEquiv>'
            "</TextLine>"
        )

    named = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15"
    inner = "".join(line(n, words) for n, words in enumerate(lines))
    return (
        f'<?xml version="1.0"?><PcGts xmlns="{named}"><Page imageFilename="1.png" '
        f'imageWidth="1000" imageHeight="2000"><TextRegion id="r"><Coords points="0,0 9,9"/>{inner}'
        "</TextRegion></Page></PcGts>"
    ).encode()


def read(data: bytes, suffix: str) -> list[Part]:
    return list(FORMATS[suffix].extracts(io.BytesIO(data), suffix))


def extracts(data: bytes, suffix: str) -> list[Extract]:
    found = read(data, suffix)
    assert all(isinstance(each, Extract) for each in found)
    return [each for each in found if isinstance(each, Extract)]


SAID = [["Ganó", "las", "elecciones"], ["el", "señor", "Mu-"], ["ñoz", "por", "34", "votos."]]
MADE = [
    (alto(*map(" ".join, SAID)), ".xml"),
    (hocr(SAID), ".hocr"),
    (hocr(SAID), ".html"),
    (abbyy(SAID), ".xml"),
    (page_xml(SAID), ".xml"),
]


@pytest.mark.parametrize(("data", "suffix"), MADE)
def test_each_line_has_its_place_and_words_are_whole(data: bytes, suffix: str) -> None:
    (found,) = extracts(data, suffix)
    assert found.text == "Ganó las elecciones el señor Muñoz por 34 votos."
    assert found.publication.confidence == "0.50"
    last = Region(1, 0.1, 0.15, 0.8, 0.045)
    start = found.text.index("por 34")
    (region,) = regions_of(found.places, start, start + 6)
    assert region.page == 1
    assert (region.left, region.top) == pytest.approx((last.left, last.top))
    assert (region.width, region.height) == pytest.approx((last.width, last.height))
    start = found.text.index("Muñoz")  # a word in two lines is in both
    assert len(regions_of(found.places, start, start + 5)) == 2


def test_abbyy_is_read_by_line_as_well() -> None:
    (found,) = extracts(abbyy(SAID, by_letter=False), ".xml")
    assert found.text == "Ganó las elecciones el señor Muñoz por 34 votos."
    assert found.publication.confidence == ""


def test_a_page_that_was_taken_out_of_abbyy_is_read() -> None:
    """As the library of Lausanne keeps them."""
    page = abbyy(SAID).partition(b"<page")[2].partition(b"</page>")[0]
    (found,) = extracts(b"<page" + page + b"</page>", ".xml")
    assert found.text == "Ganó las elecciones el señor Muñoz por 34 votos."
    assert found.places


def test_pages_that_are_packed_with_gzip_are_read() -> None:
    for data, suffix in MADE:
        if suffix == ".xml":
            (found,) = extracts(gzip.compress(data), ".gz")
            assert found.text == "Ganó las elecciones el señor Muñoz por 34 votos."
    for data, reason in (
        (gzip.compress(b"<alto>")[:-9], "cannot be unpacked"),
        (gzip.compress(b"<alto>" + b" " * 60_000_000), "has more than 50 MB"),
        (gzip.compress(b"<alto></alto>"), "is a page of ALTO without words"),
    ):
        with pytest.raises(ArticleError, match=reason):
            read(data, ".gz")


@pytest.mark.parametrize("made", [hocr, abbyy])
def test_each_page_of_a_file_is_an_article(made: object) -> None:
    data = hocr(SAID, [["Llueve."]]) if made is hocr else abbyy(SAID, [["Llueve."]])
    first, second = extracts(data, ".hocr" if made is hocr else ".xml")
    assert (second.text, second.publication.page, second.key) == ("Llueve.", "2", "page-2")
    assert second.places[0].region.page == 2
    assert first.publication.page == "1"


def test_a_hyphen_of_hocr_may_stand_behind_the_last_word() -> None:
    """As the National Library of Austria writes it."""
    data = hocr([["un", "au"], ["tre", "Journal"]]).replace(b"au</span>", b"au</span>&shy;")
    (found,) = extracts(data, ".html")
    assert found.text == "un autre Journal"


def test_a_page_that_is_no_hocr_is_a_web_page() -> None:
    said = "El pleno del ayuntamiento aprobó ayer el presupuesto de obras del puerto. " * 5
    page = f"<html><body><article><p>{said}</p></article></body></html>".encode()
    (found,) = extracts(page, ".html")
    assert found.text.startswith("El pleno")
    assert not found.places


_WORD = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=9
)
_HYPHENS = "-\u00ad\u00ac\u2010\u2011\u2e17\u2e40="


def _is_told(word: str) -> bool:
    from hemeroteca.index.text.characters import clean

    return clean(word) == word and not any(letter in _HYPHENS for letter in word)


_PAGE = st.lists(st.lists(_WORD.filter(_is_told), min_size=1, max_size=6), min_size=1, max_size=6)


@given(st.lists(_PAGE, min_size=1, max_size=3), st.booleans())
def test_the_words_of_hocr_and_abbyy_come_out_as_they_went_in(
    pages: list[Lines], by_letter: bool
) -> None:
    for data, suffix in ((hocr(*pages), ".hocr"), (abbyy(*pages, by_letter=by_letter), ".xml")):
        told = [each.text for each in extracts(data, suffix)]
        assert told == [" ".join(word for line in lines for word in line) for lines in pages]


@given(_PAGE)
def test_every_line_is_placed_where_its_words_are(lines: Lines) -> None:
    for data in (alto(*map(" ".join, lines)), page_xml(lines)):
        (found,) = extracts(data, ".xml")
        assert found.text == " ".join(word for line in lines for word in line)
        told = [found.text[place.start : place.end].strip() for place in found.places]
        assert told == [" ".join(line) for line in lines]


def test_lines_outside_of_the_page_are_read_and_named() -> None:
    data = alto("Ganó Muñoz.", "Llueve.").replace(b'VPOS="200"', b'VPOS="2100"')
    (found,) = extracts(data, ".xml")
    assert found.text == "Ganó Muñoz. Llueve."
    assert [place.region.top for place in found.places] == [0.05]
    (note,) = found.notes
    assert "outside of the page, read without their place: 1" in str(note)
    assert "Llueve" in str(note)


def test_a_page_without_a_size_has_no_places() -> None:
    (found,) = extracts(alto("Ganó Muñoz.", size=""), ".xml")
    assert (found.text, found.places) == ("Ganó Muñoz.", ())


def test_where_lines_have_no_place_that_of_their_words_counts() -> None:
    data = (
        b'<alto><Layout><Page WIDTH="100" HEIGHT="100"><TextBlock><TextLine>'
        b'<String HPOS="10" VPOS="20" WIDTH="5" HEIGHT="4" CONTENT="Llueve"/>'
        b'<String HPOS="20" VPOS="21" WIDTH="10" HEIGHT="4" CONTENT="hoy."/>'
        b"</TextLine></TextBlock></Page></Layout></alto>"
    )
    (found,) = extracts(data, ".xml")
    (place,) = found.places
    assert (place.region.left, place.region.top) == pytest.approx((0.1, 0.2))
    assert (place.region.width, place.region.height) == pytest.approx((0.2, 0.05))


def test_of_a_cut_abbyy_file_the_pages_before_are_read_and_the_cut_is_named() -> None:
    whole = abbyy(SAID, [["Llueve", "mucho", "hoy."]], by_letter=False)
    first, second, lost = read(whole[: whole.index(b"mucho") + 5], ".xml")
    assert isinstance(first, Extract)
    assert first.text.endswith("34 votos.")
    assert isinstance(second, Extract)
    assert second.text == "Llueve mucho"
    assert isinstance(lost, Rejected)
    assert (str(lost.where), "damaged or cut" in str(lost.reason)) == ("page 2", True)


def test_entities_and_pages_without_words_are_refused() -> None:
    bomb = b'<!DOCTYPE document [<!ENTITY a "x">]>' + abbyy(SAID).partition(b"?>")[2]
    for data in (bomb, b'<!DOCTYPE alto [<!ENTITY a "x">]>' + alto("Uno.")):
        with pytest.raises(ArticleError, match="defines XML entities"):
            read(data, ".xml")
    with pytest.raises(ArticleError, match="page of hOCR without words"):
        read(hocr([]), ".hocr")
    with pytest.raises(ArticleError, match="page of ABBYY without words"):
        read(abbyy([]), ".xml")


@pytest.mark.parametrize(
    ("folders", "day"),
    [
        ("nwb/1874/01/06", date(1874, 1, 6)),
        ("BL/0002364/1811/0127", date(1811, 1, 27)),
        ("aze18830101", date(1883, 1, 1)),
        ("El Faro/1913-06-10/alto", date(1913, 6, 10)),
        ("1900/01/02/Document/1", date(1900, 1, 2)),
        ("1874/01/06/1875/02/07", date(1875, 2, 7)),
        ("esj/1772/0057", None),
        ("1874/13/06", None),
        ("caja 12/34/56", None),
        ("", None),
    ],
)
def test_the_day_of_a_page_may_stand_in_the_names_of_its_folders(
    folders: str, day: date | None
) -> None:
    assert date_in_folders(folders.split("/")) == day


def test_pages_have_the_day_of_their_folders_and_texts_have_not(tmp_path: Path) -> None:
    folder = tmp_path / "1874" / "01" / "06"
    folder.mkdir(parents=True)
    (folder / "00000001.xml").write_bytes(alto("Ganó Muñoz."))
    (folder / "00000002.html").write_bytes(hocr(SAID))
    (folder / "nota.txt").write_text("Llueve desde hace dos semanas en toda la comarca.")
    days = {}
    for file in find_articles([tmp_path]):
        assert isinstance(file, ArticleFile)
        for each in read_articles(file):
            assert isinstance(each, Reading)
            days[file.path.name] = each.article.date
    assert days == {"00000001.xml": "1874-01-06", "00000002.html": "1874-01-06", "nota.txt": None}


SUM = "5e1689d8fc55a28c6ba3acc476a84c1352e5596b011bdf5cbc1e63546212d4ed"


@pytest.mark.parametrize(
    "text",
    [
        f"sha256 (0002364_18110127_0001.jp2) = {SUM}\nsha256 (0002364_mets.xml) = {SUM}\n",
        f"{SUM}  data/1.xml\n{SUM} *data/dos hojas.tif\n",
        f"# made by BagIt\n{SUM[:32]} 1.xml\n",
        f"1.xml,{SUM[:40]}\n2.xml,{SUM[:40]}\n",
        f"MD5: {SUM[:32]}  1.xml\n",
        f'"{SUM[:32]}"\t"1.xml"\t1234\n',
    ],
)
def test_a_list_of_checksums_is_passed_over_and_named(text: str) -> None:
    (found,) = read(text.encode(), ".txt")
    assert isinstance(found, LeftOut)
    assert "checksums and no article" in str(found.reason)


def test_a_list_of_files_is_passed_over_and_a_text_that_names_some_is_not() -> None:
    (found,) = read(b"./text/0001.xml 1234\n./text/0002.xml 999\nimages/0001.tif\n", ".txt")
    assert isinstance(found, LeftOut)
    assert str(found.reason) == "is a list of 3 files and no article"
    for text in (f"El resumen es {SUM}.", "mapa.pdf", "Se publicó en faro.es\nayer por la tarde."):
        assert len(extracts(text.encode(), ".txt")) == 1


def test_the_pictures_of_pages_are_no_files_to_complain_of(tmp_path: Path) -> None:
    for name in ("alto/1.xml", "alto/1.jpg", "images/1.tif", "otra.tif", "alto/9.jp2"):
        path = tmp_path / "n" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(alto("Llueve.") if name.endswith("xml") else b"")
    found = list(find_articles([tmp_path]))
    refused = {each.path.name for each in found if isinstance(each, Refused)}
    assert refused == {"otra.tif", "9.jp2"}
