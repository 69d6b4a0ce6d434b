"""Digitised issues: METS with its ALTO pages."""

import gzip
import io
import re
import zipfile
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract, Part, Rejected
from hemeroteca.index.sources.find import ArticleFile, find_articles
from hemeroteca.index.sources.formats.issue import read_issue_of
from hemeroteca.index.sources.formats.registry import FORMATS
from hemeroteca.index.sources.read import Reading, read_articles

METS = """<?xml version="1.0" encoding="UTF-8"?><mets:mets xmlns:mets="http://www.loc.gov/METS/"
xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mods="http://www.loc.gov/mods/v3"
LABEL="El Faro {day}">{said}<mets:fileSec><mets:fileGrp ID="ALTOGRP">{files}</mets:fileGrp>
</mets:fileSec><mets:structMap TYPE="PHYSICAL"><mets:div TYPE="Newspaper">{pages}</mets:div>
</mets:structMap>{logical}</mets:mets>"""


def block(name: str, *lines: str) -> str:
    """A block of ALTO whose lines are words with their ids; a line's last "-" parts its word."""
    inner = ""
    for number, line in enumerate(lines):
        strings = "<SP/>".join(
            f'<String ID="{name}_{number}_{at}" WC="0.80" CONTENT="{escape(word)}"/>'
            for at, word in enumerate(line.split())
        )
        inner += f'<TextLine ID="{name}_{number}">{strings}</TextLine>'
    return f'<TextBlock ID="{name}">{inner}</TextBlock>'


def alto(*blocks: str) -> bytes:
    body = f"<Layout><Page><PrintSpace>{''.join(blocks)}</PrintSpace></Page></Layout>"
    return f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#">{body}</alto>'.encode()


def area(file: str, begin: str, end: str = "") -> str:
    last = f' END="{end}"' if end else ""
    return (
        f'<mets:fptr><mets:area FILEID="{file}" BETYPE="IDREF" BEGIN="{begin}"{last}/></mets:fptr>'
    )


def mets(logical: str, pages: int = 2, said: str = "", day: str = "08.02.1882") -> bytes:
    files = "".join(
        f'<mets:file ID="A{n}"><mets:FLocat xlink:href="file://./text/{n}.xml"/></mets:file>'
        for n in range(1, pages + 1)
    )
    physical = "".join(
        f'<mets:div TYPE="page" ORDER="{n}"><mets:fptr FILEID="A{n}"/></mets:div>'
        for n in range(1, pages + 1)
    )
    written = METS.format(said=said, files=files, pages=physical, logical=logical, day=day)
    return written.encode()


def structure(*articles: str) -> str:
    inner = f'<mets:div TYPE="ISSUE"><mets:div TYPE="CONTENT">{"".join(articles)}</mets:div>'
    return f'<mets:structMap TYPE="LOGICAL">{inner}</mets:div></mets:structMap>'


def article(name: str, *paragraphs: str, kind: str = "ARTICLE") -> str:
    inner = "".join(
        f'<mets:div TYPE="PARAGRAPH"><mets:div TYPE="TEXT">{p}</mets:div></mets:div>'
        for p in paragraphs
    )
    body = f'<mets:div TYPE="BODY"><mets:div TYPE="BODY_CONTENT">{inner}</mets:div></mets:div>'
    return f'<mets:div TYPE="{kind}" ID="{name}" DMDID="MD_{name}">{body}</mets:div>'


def write(folder: Path, issue: bytes, *pages: bytes) -> None:
    (folder / "text").mkdir(parents=True)
    (folder / "18820208-mets.xml").write_bytes(issue)
    for number, page in enumerate(pages, start=1):
        (folder / "text" / f"{number}.xml").write_bytes(page)


def parts(folder: Path) -> list[Part | Reading]:
    found: list[Part | Reading] = []
    for file in find_articles([folder]):
        assert isinstance(file, ArticleFile)
        found += read_articles(file)
    return found


def texts(found: list[Part | Reading]) -> list[str]:
    articles = [part.article for part in found if isinstance(part, Reading)]
    return [article.text[article.body :] for article in articles]


SAID = (
    "<mets:dmdSec ID='MD_a1'><mets:mdWrap><mets:xmlData><mods:mods><mods:titleInfo>"
    "<mods:title>Las elecciones</mods:title></mods:titleInfo><mods:name><mods:namePart "
    "type='family'>Ruiz</mods:namePart><mods:namePart type='given'>Ana</mods:namePart></mods:name>"
    "</mods:mods></mets:xmlData></mets:mdWrap></mets:dmdSec>"
)


def test_an_issue_without_a_physical_map_has_all_pages_of_its_group(tmp_path: Path) -> None:
    """What is missing, or outside the folder, is named, and the rest is read."""
    issue = mets(structure(article("a1", area("A1", "B1"))), 4, SAID).replace(b"PHYSICAL", b"")
    issue = re.sub(rb"<mets:structMap TYPE=\"\">.*?</mets:structMap>", b"", issue, flags=re.DOTALL)
    issue = issue.replace(b"./text/4.xml", b"../4.xml")
    write(tmp_path / "a", issue, alto(block("B1", "Ganó Ruiz.")), alto(block("C1", "Otra página.")))
    (tmp_path / "4.xml").write_bytes(alto(block("D1", "Ajena.")))
    found = parts(tmp_path / "a")
    assert texts(found) == ["Ganó Ruiz.", "Otra página."]
    said = {str(part.where): str(part.reason) for part in found if isinstance(part, Rejected)}
    assert said == {
        "file://./text/3.xml": "is named by METS and is not there",
        "file://../4.xml": "is named by METS and lies outside the folder that is read",
    }


def test_a_word_that_a_page_s_end_parts_is_whole_however_it_is_written(tmp_path: Path) -> None:
    """Both pages write it with the hyphen, which only the first shows to be none of it."""

    def part(content: str, kind: str) -> str:
        said = f'SUBS_TYPE="{kind}" SUBS_CONTENT="suspen-sión" CONTENT="{content}"'
        return f'<TextBlock ID="{kind}"><TextLine><String {said}/></TextLine></TextBlock>'

    pages = alto(part("suspen-", "HypPart1")), alto(part("sión", "HypPart2"))
    areas = area("A1", "HypPart1") + area("A2", "HypPart2")
    issue = mets(structure(article("a1", areas)), 2, SAID)
    issue = re.sub(rb"<mets:structMap TYPE=.PHYSICAL.*?</mets:structMap>", b"", issue, flags=re.S)
    write(tmp_path, issue, *pages)
    (found,) = parts(tmp_path)
    assert isinstance(found, Reading)
    assert texts([found]) == ["suspensión"]
    assert found.article.publication.page == "1, 2"


def test_lines_outside_of_a_page_are_named_and_their_articles_read(tmp_path: Path) -> None:
    line = '<TextLine HPOS="{}" VPOS="20" WIDTH="50" HEIGHT="9"><String CONTENT="{}"/></TextLine>'
    lines = line.format(10, "Ganó") + line.format(9_000, "Ruiz.")
    page = alto(f'<TextBlock ID="B1">{lines}</TextBlock>')
    page = page.replace(b"<Page>", b'<Page WIDTH="100" HEIGHT="100">')
    write(tmp_path, mets(structure(article("a1", area("A1", "B1"))), 1, SAID), page)
    (found,) = parts(tmp_path)
    assert isinstance(found, Reading)
    assert texts([found]) == ["Ganó Ruiz."]
    assert ["outside" in str(note) for note in found.notes] == [True]


def test_an_article_runs_over_pages_and_the_rest_is_the_page_s(tmp_path: Path) -> None:
    logical = structure(
        article("a1", area("A1", "B1") + area("A1", "B2"), area("A2", "C1")),
        article("a2", area("A2", "C2"), kind="Article"),
    )
    first = alto(block("B0", "EL FARO"), block("B1", "Ganó Muñoz por 34", "votos y el ayun-"),
                 block("B2", "tamiento lo celebró."))  # fmt: skip
    second = alto(block("C1", "Hubo fiesta."), block("C2", "Llueve."), block("C3", "Anuncio"))
    write(tmp_path, mets(logical, said=SAID), first, second)
    found = [part for part in parts(tmp_path) if isinstance(part, Reading)]
    assert texts(list(found)) == [
        "Ganó Muñoz por 34 votos y el ayuntamiento lo celebró.\n\nHubo fiesta.",
        *("Llueve.", "EL FARO", "Anuncio"),
    ]
    known = found[0].article
    assert (known.title, known.date, known.publication.paper) == (
        *("Las elecciones", "1882-02-08", "El Faro"),
    )
    assert (known.publication.page, known.publication.authors) == ("1, 2", ("Ana Ruiz",))
    assert known.publication.confidence == "0.80"
    assert [each.article.publication.page for each in found[1:]] == ["2", "1", "2"]


@pytest.mark.parametrize("grouped", [False, True])
def test_articles_are_linked_to_places_of_pages_down_to_the_word(
    tmp_path: Path, grouped: bool
) -> None:
    places = (
        f'<mets:div ID="p1" TYPE="pagearea">{area("A1", "B1_0_0", "B1_0_1")}</mets:div>'
        f'<mets:div ID="p2" TYPE="pagearea">{area("A1", "B1_0_2", "B1_1_0")}</mets:div>'
    )
    names = '<mets:div TYPE="ARTICLE" ID="a1"/><mets:div TYPE="ADVERT" ID="a2"/>'
    pairs = (("a1", "p1"), ("a2", "p2"))
    if grouped:
        links = "".join(
            f'<mets:smLinkGrp><mets:smLocatorLink xlink:href="#{a}" xlink:label="x"/>'
            f'<mets:smLocatorLink xlink:href="#{p}" xlink:label="y"/>'
            '<mets:smArcLink xlink:from="x" xlink:to="y"/></mets:smLinkGrp>'
            for a, p in pairs
        )
    else:
        links = "".join(f'<mets:smLink xlink:from="{a}" xlink:to="#{p}"/>' for a, p in pairs)
    issue = mets(structure(names) + f"<mets:structLink>{links}</mets:structLink>", pages=1)
    issue = issue.replace(b'<mets:fptr FILEID="A1"/>', f'<mets:fptr FILEID="A1"/>{places}'.encode())
    write(tmp_path, issue, alto(block("B1", "Uno dos tres", "cuatro cinco")))
    assert texts(parts(tmp_path)) == ["Uno dos", "tres cuatro", "cinco"]


def test_an_issue_without_articles_is_its_pages(tmp_path: Path) -> None:
    write(tmp_path, mets("", day="1904-01-02"), alto(block("B", "Uno.")), alto(block("B", "Dos.")))
    found = [part.article for part in parts(tmp_path) if isinstance(part, Reading)]
    assert [each.text[each.body :] for each in found] == ["Uno.", "Dos."]
    assert [each.title for each in found] == [
        "El Faro 1904-01-02, p. 1",
        "El Faro 1904-01-02, p. 2",
    ]
    assert {each.date for each in found} == {"1904-01-02"}
    assert [each.id for each in found] == ["18820208-mets/page-1", "18820208-mets/page-2"]


def test_a_page_that_is_not_there_is_named_and_the_rest_read(tmp_path: Path) -> None:
    logical = structure(article("a1", area("A1", "B1"), area("A2", "C1")),
                        article("a2", area("A2", "C2")))  # fmt: skip
    write(tmp_path, mets(logical), alto(block("B1", "Ganó Muñoz.")))
    found = parts(tmp_path)
    assert texts(found) == ["Ganó Muñoz."]
    lost = {str(each.where): str(each.reason) for each in found if isinstance(each, Rejected)}
    assert lost["file://./text/2.xml"] == "is named by METS and is not there"
    assert lost["MD_a2"] == "none of its pages can be read"
    (reading,) = [each for each in found if isinstance(each, Reading)]
    assert "its page file://./text/2.xml cannot be read" in map(str, reading.notes)


def test_what_lies_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "other.xml").write_bytes(alto(block("B1", "Secreto.")))
    issue = mets(structure(article("a1", area("A1", "B1"))), pages=1)
    folder = tmp_path / "issue"
    write(folder, issue.replace(b"file://./text/1.xml", b"../other.xml"))
    found = parts(folder)
    assert texts(found) == []
    assert any("lies outside" in str(each.reason) for each in found if isinstance(each, Rejected))


def test_an_issue_changes_with_its_pages(tmp_path: Path) -> None:
    write(tmp_path, mets("", pages=1), alto(block("B", "Uno.")))
    (before,) = find_articles([tmp_path])
    assert isinstance(before, ArticleFile)
    stamp = before.stamp()
    assert stamp == before.stamp()
    (tmp_path / "text" / "1.xml").write_bytes(alto(block("B", "Uno y dos.")))
    (after,) = find_articles([tmp_path])
    assert isinstance(after, ArticleFile)
    assert after.stamp() != stamp


def test_a_table_of_contents_tells_the_articles_of_an_issue(tmp_path: Path) -> None:
    contents = mets(structure(article("a1", area("A1", "B1"))), pages=1)
    page = alto(block("B1", "Ganó Muñoz."), block("B2", "Anuncio."))
    write(tmp_path, mets("", pages=1), page)
    (tmp_path / "toc").mkdir()
    (tmp_path / "toc" / "T1.xml").write_bytes(contents.replace(b"./text", b"../text"))
    assert texts(parts(tmp_path)) == ["Ganó Muñoz.", "Anuncio."]


def test_pages_may_be_packed_as_their_names_do_not_say(tmp_path: Path) -> None:
    """As the National Library of France keeps some."""
    logical = structure(article("a1", area("A1", "B1"), area("A2", "C1")))
    write(tmp_path, mets(logical), alto(block("B1", "Ganó")), alto(block("C1", "Muñoz.")))
    for page in (tmp_path / "text").iterdir():
        page.with_name(f"{page.name}.gz").write_bytes(gzip.compress(page.read_bytes()))
        page.unlink()
    assert texts(parts(tmp_path)) == ["Ganó\n\nMuñoz."]
    packed = tmp_path.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as container:
        for path in tmp_path.rglob("*.*"):
            container.write(path, path.relative_to(tmp_path))
    found = list(read_articles(ArticleFile("n", packed)))
    assert texts(found) == ["Ganó\n\nMuñoz."]
    (tmp_path / "text" / "1.xml.gz").write_bytes(b"no gzip")
    said = [str(each.reason) for each in parts(tmp_path) if isinstance(each, Rejected)]
    assert [each[:18] for each in said] == ["cannot be unpacked"]


def test_an_issue_in_a_zip_is_read_as_in_its_folder() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as container:
        container.writestr("n/mets.xml", mets(structure(article("a1", area("A2", "C1")))))
        container.writestr("n/text/1.xml", alto(block("B1", "Portada.")))
        container.writestr("n/text/2.xml", alto(block("C1", "Ganó Muñoz.")))
    found = list(FORMATS[".zip"].extracts(packed, ".zip"))
    assert [part.text for part in found if isinstance(part, Extract)] == ["Ganó Muñoz.", "Portada."]


@pytest.mark.parametrize(
    ("lines", "right"),
    [
        (["el gobier-", "no"], "el gobierno"),
        (["en Saint-", "Étienne"], "en Saint-Étienne"),
        (["GOBIER-", "NO"], "GOBIERNO"),
        (["de 1914 -", "1918"], "de 1914 - 1918"),
        (["gobier\u00ac", "no"], "gobierno"),
    ],
)
def test_words_are_whole_where_only_a_hyphen_says_so(lines: list[str], right: str) -> None:
    (found,) = FORMATS[".xml"].extracts(io.BytesIO(alto(block("B", *lines))), ".xml")
    assert isinstance(found, Extract)
    assert found.text == right


def test_hyphens_that_a_library_writes_into_whole_words_are_none_of_them() -> None:
    def parted(begin: str, end: str, whole: str) -> str:
        return (
            f'<TextLine><String CONTENT="{begin}" SUBS_TYPE="HypPart1" SUBS_CONTENT="{whole}"/>'
            f'<HYP CONTENT="-"/></TextLine><TextLine><String CONTENT="{end}" SUBS_TYPE="HypPart2"'
            f' SUBS_CONTENT="{whole}"/></TextLine>'
        )

    def text(*lines: str) -> str:
        page = alto(f"<TextBlock>{''.join(lines)}</TextBlock>")
        (found,) = FORMATS[".xml"].extracts(io.BytesIO(page), ".xml")
        assert isinstance(found, Extract)
        return found.text

    assert text(parted("gobier-", "no", "gobier-no")) == "gobierno"
    real = [parted("franco", "alemán", "franco-alemán"), parted("gobier", "no", "gobierno")]
    assert text(*real, parted("pue", "blo", "pueblo")) == "franco-alemán gobierno pueblo"


_WORD = st.sampled_from(["el", "R&D", "<3%", "Łódź", "नई", "東京", "3,5", "gobierno", "Motril"])
_PIECES = st.lists(st.lists(_WORD, min_size=1, max_size=6), min_size=1, max_size=8)


@given(_PIECES, st.data())
def test_every_word_comes_out_once_in_its_article(
    pieces: list[list[str]], data: st.DataObject
) -> None:
    pages = [data.draw(st.integers(1, 3)) for _ in pieces]
    owners = [data.draw(st.sampled_from(["", "a1", "a2"])) for _ in pieces]
    blocks: dict[int, list[str]] = {1: [], 2: [], 3: []}
    areas: dict[str, list[str]] = {"a1": [], "a2": []}
    for number, (words, page, owner) in enumerate(zip(pieces, pages, owners, strict=True)):
        blocks[page].append(block(f"B{number}", *words))
        if owner:
            areas[owner].append(area(f"A{page}", f"B{number}"))
    files = {f"file://./text/{n}.xml": alto(*of_one) for n, of_one in blocks.items()}
    logical = structure(*(article(name, *of_one) for name, of_one in areas.items()))
    issue = io.BytesIO(mets(logical, pages=3))
    found = [
        p for p in read_issue_of(issue, lambda a: io.BytesIO(files[a])) if isinstance(p, Extract)
    ]
    for owner in ("a1", "a2"):
        expected = [" ".join(w) for w, o in zip(pieces, owners, strict=True) if o == owner]
        texts = [part.text.split("\n\n") for part in found if part.key == f"MD_{owner}"]
        assert texts == ([expected] if expected else [])
    said = sorted(word for part in found for word in part.text.split())
    assert said == sorted(word for words in pieces for word in words)


def test_what_names_no_pages_is_refused() -> None:
    def nothing(address: str) -> io.BytesIO:
        raise ArticleError("is named by METS and is not there")

    with pytest.raises(ArticleError, match="names no pages"):
        list(read_issue_of(io.BytesIO(mets("", pages=0)), nothing))


def test_an_article_whose_pieces_are_not_on_its_page_is_named(tmp_path: Path) -> None:
    logical = structure(article("a1", area("A1", "B1")), article("a2", area("A1", "B9")))
    write(tmp_path, mets(logical, pages=1), alto(block("B1", "Ganó Muñoz.")))
    found = parts(tmp_path)
    assert texts(found) == ["Ganó Muñoz."]
    lost = {str(each.where): str(each.reason) for each in found if isinstance(each, Rejected)}
    assert lost == {"MD_a2": "its page holds no words where they should be"}


def test_a_bad_page_of_an_issue_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    bad = [
        b"",
        b"<!DOCTYPE alto [<!ENTITY a 'x'>]>" + alto(block("B", "Trampa.")),
        alto(block("B", "Antes.")) [:-60],
        b"\x00\x01\x02 no page",
    ]  # fmt: skip
    write(tmp_path, mets("", pages=5), alto(block("B", "Ganó Muñoz.")), *bad)
    found = parts(tmp_path)
    assert texts(found) == ["Ganó Muñoz.", "Antes."]
    lost = {str(each.where): str(each.reason) for each in found if isinstance(each, Rejected)}
    assert lost["file://./text/3.xml"].startswith("defines XML entities")
    assert lost["file://./text/4.xml"].startswith("is damaged or cut here")
    assert {"file://./text/2.xml", "file://./text/5.xml"} <= lost.keys()


def test_mets_with_entities_is_refused_and_its_pages_are_not_lost(tmp_path: Path) -> None:
    issue = mets("", pages=1)
    head, rest = issue[: issue.index(b"?>") + 2], issue[issue.index(b"?>") + 2 :]
    write(tmp_path, head + b"<!DOCTYPE x [<!ENTITY a 'x'>]>" + rest, alto(block("B", "Uno.")))
    (file,) = find_articles([tmp_path])
    assert isinstance(file, ArticleFile)
    with pytest.raises(ArticleError, match="defines XML entities"):
        list(read_articles(file))
