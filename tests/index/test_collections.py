"""Folders that programs keep: Zotero, SingleFile, ArchiveBox."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from unittest import mock

import pytest

from hemeroteca.index.article import Article
from hemeroteca.index.sources import looks as looks_module
from hemeroteca.index.sources.extract import Rejected
from hemeroteca.index.sources.find import ArticleFile, Refused, find_articles
from hemeroteca.index.sources.looks import Looks
from hemeroteca.index.sources.read import Reading, read_articles

TEXT = (
    "El pan sube un cinco por ciento desde el lunes en las tahonas de Motril, dijo el gremio.",
    "Las harinas costaban un tercio más que hace un año, y la luz el doble, según las cuentas.",
)


def page(head: str = "", title: str = "Sube el pan", before: str = "") -> str:
    body = "".join(f"<p>{each}</p>" for each in TEXT)
    return (
        f"<!DOCTYPE html><html>{before}<head><meta charset=utf-8><title>{title}</title>{head}"
        f"</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )


SAVED = (
    "<!--\n Page saved with SingleFile \n url: https://www.faro.example/pan?id=3 \n saved date: "
    "Tue May 07 2024 10:21:33 GMT+0200 (Central European Summer Time)\n-->"
)


def put(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(folder: Path) -> tuple[list[Article], list[str]]:
    """The articles of a folder, and what is said of its other files; the same in a ZIP."""
    articles, said = read(find_articles([folder]))
    packed = folder.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as container:
        for path in folder.rglob("*"):
            container.write(path, path.relative_to(folder))
    others, said_of_others = read([ArticleFile(folder.name, packed)])
    assert sorted(map(facts, others)) == sorted(map(facts, articles))
    unread = "style.css"  # of which a ZIP says the same in other words
    assert [each for each in sorted(said_of_others) if unread not in each] == [
        each for each in sorted(said) if unread not in each
    ]
    return articles, said


def facts(article: Article) -> str:
    return repr((article.text, article.title, article.date, article.publication))


def read(files: Iterable[ArticleFile | Refused]) -> tuple[list[Article], list[str]]:
    articles, said = [], []
    for each in files:
        if isinstance(each, Refused):
            said.append(f"{each.path.name}: {each.reason}")
            continue
        for part in read_articles(each):
            if isinstance(part, Rejected):
                said.append(f"{Path(str(part.where)).name}: {part.reason}")
                continue
            assert isinstance(part, Reading), part
            articles.append(part.article)
            said += map(str, part.notes)
    return articles, said


def test_a_page_of_singlefile_has_the_address_and_day_it_was_saved(tmp_path: Path) -> None:
    dated = '<meta property="article:published_time" content="2024-05-06T10:00:00+02:00">'
    put(tmp_path, {"a.html": page(before=SAVED), "b.html": page(dated, "Baja", SAVED)})
    (undated, own), said = found(tmp_path)
    for each in (undated, own):
        assert each.publication.url == "https://www.faro.example/pan?id=3"
        assert each.publication.paper == "faro.example"
        assert all(sentence in each.text for sentence in TEXT)
    assert (undated.date, own.date) == ("2024-05-07", "2024-05-06")
    assert said == ["says no day: the one on which it was saved stands for it"]


OUTPUTS = {
    "singlefile.html": page(before=SAVED, title="Entera"),
    "output.html": page(title="Del navegador"),
    "faro.example/pan/index.html": page(title="Servida"),
    "readability/content.html": page(title="Legible"),
    "htmltotext.txt": " ".join(TEXT),
}
ASIDE = {
    "index.html": page(title="Índice"),
    "headers.json": '{"Content-Type": "text/html"}',
    "readability/article.json": json.dumps({"title": "T", "content": " ".join(TEXT)}),
    "faro.example/style.css": "p{}",
    "screenshot.png": "",
    "warc/1715000000.warc.gz": "",
}
INDEX = {
    "timestamp": "1715000000.1",
    "url": "https://faro.example/pan",
    "title": "Sube el pan | El Faro",
    "tags": "economía",
    "canonical": {"index_path": "index.html", "wget_path": "faro.example/pan/index.html"},
    "history": {"wget": []},
}


@pytest.mark.parametrize("without", range(len(OUTPUTS)))
def test_a_snapshot_of_archivebox_is_one_article(without: int, tmp_path: Path) -> None:
    outputs = dict(list(OUTPUTS.items())[without:])
    files = {"index.json": json.dumps(INDEX), **ASIDE, **outputs}
    put(tmp_path / "archive" / "1715000000.1", files)
    put(
        tmp_path,
        {"ArchiveBox.conf": "", "index.html": "", "sources/1-cli.txt": "https://a.example"},
    )
    (article,), said = found(tmp_path)
    assert article.publication.url.removeprefix("https://www.").startswith(
        ("https://faro.example/pan", "faro.example/pan")
    )
    assert article.publication.paper == "faro.example"
    titles = ("Entera", "Del navegador", "Servida", "Legible", "Sube el pan | El Faro")
    assert article.title == titles[without]
    assert all(sentence in article.text for sentence in TEXT)
    assert [each for each in said if "stands for it" not in each] == []


def test_a_snapshot_without_its_page_is_named(tmp_path: Path) -> None:
    put(tmp_path / "1715000000.1", {"index.json": json.dumps(INDEX), **ASIDE, "output.html": ""})
    assert found(tmp_path) == (
        [],
        ["index.json: is a snapshot of https://faro.example/pan without the page"],
    )


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/">
<bib:Article rdf:about="https://faro.example/pan"><z:itemType>newspaperArticle</z:itemType>
<dcterms:isPartOf><bib:Newspaper><dc:title>El Faro</dc:title></bib:Newspaper></dcterms:isPartOf>
<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Ruiz</foaf:surname>
<foaf:givenName>Ana</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
<link:link rdf:resource="#item_3"/><dc:title>Sube el pan en Motril</dc:title>
<dc:date>2024-05-06</dc:date><bib:pages>12</bib:pages>
<dc:identifier><dcterms:URI><rdf:value>https://faro.example/pan</rdf:value></dcterms:URI>
</dc:identifier></bib:Article>
<z:Attachment rdf:about="#item_3"><z:itemType>attachment</z:itemType>
<rdf:resource rdf:resource="files/3/p%C3%A1gina.html"/><dc:title>Snapshot</dc:title></z:Attachment>
</rdf:RDF>"""
BIBTEX = """
@comment{nada}
@article{ruiz2024, title = {Sube el {pan} en Motril}, author = {Ruiz, Ana},
  journaltitle = {El Faro}, date = {2024-05-06}, pages = 12, url = {https://faro.example/pan},
  abstract = {Con, comas y {llaves}}, file = {Snapshot:%s:text/html} }
"""
CSL = [
    {
        "id": "http://zotero.org/users/1/items/AAAA1111", "type": "article-newspaper",
        "title": "Sube el pan en Motril", "container-title": "El Faro", "page": "12",
        "abstract": "Un resumen.", "URL": "https://www.faro.example/pan?id=3",
        "author": [{"family": "Ruiz", "given": "Ana"}], "issued": {"date-parts": [["2024", 5, 6]]},
    }
]  # fmt: skip
KEPT = "storage/ABCD1234/página.html"


@pytest.mark.parametrize(
    ("export", "written", "kept"),
    [
        ("Mi biblioteca.rdf", RDF, "files/3/página.html"),
        ("b.bib", BIBTEX % "files/3/página.html", "files/3/página.html"),
        ("b.bib", BIBTEX % f"/home/ana/Zotero/{KEPT}", KEPT),
        ("csl.json", json.dumps(CSL), KEPT),
        ("csl.json", json.dumps(CSL), "storage/ABCD1234/Ruiz - 2024 - Sube el pan en Motril.html"),
    ],
)
def test_what_zotero_kept_is_what_its_export_says(
    export: str, written: str, kept: str, tmp_path: Path
) -> None:
    is_named = "pan en Motril" in kept
    put(tmp_path, {export: written, kept: page(title="x", before="" if is_named else SAVED)})
    put(tmp_path / Path(kept).parent, {".zotero-ft-cache": "x", "style.css": "p{}"})
    (article,), said = found(tmp_path)
    known = article.publication
    assert (article.title, article.date) == ("Sube el pan en Motril", "2024-05-06")
    assert (known.paper, known.authors, known.page) == ("El Faro", ("Ana Ruiz",), "12")
    assert "faro.example/pan" in known.url
    assert all(sentence in article.text for sentence in TEXT)
    assert [each for each in said if "css" not in each] == []


def test_references_without_their_texts_are_named(tmp_path: Path) -> None:
    put(tmp_path, {"a.rdf": RDF, "b.bib": BIBTEX % "files/3/x.html", "c.rdf": "<a/>", "d.bib": ""})
    articles, said = found(tmp_path)
    assert articles == []
    assert [each.split(":")[0] for each in said] == ["a.rdf", "b.bib", "c.rdf", "d.bib"]
    assert "references without their texts (1)" in said[0]
    assert "no export of references" in said[2]


def test_the_data_folder_of_zotero_is_read_by_its_storage(tmp_path: Path) -> None:
    put(tmp_path, {"zotero.sqlite": "", "csl.json": json.dumps(CSL), KEPT: page(before=SAVED)})
    put(tmp_path, {"styles/a.csl": "<style/>", "translators/b.js": "", "locate/x.xml": "<a/>"})
    (article,), _ = found(tmp_path)
    assert article.publication.paper == "El Faro"


def test_files_are_opened_to_be_told_apart_only_when_they_changed(tmp_path: Path) -> None:
    put(tmp_path, {"a.xml": "<nitf/>", "b.json": "[]", "c/index.json": "{}", "d.bib": BIBTEX})
    first = Looks()
    list(find_articles([tmp_path], looks=first))
    assert {key.split()[0] for key in first.found} == {"METS", "snapshot", "works"}
    second = Looks(first.found)
    with mock.patch.object(Path, "open", side_effect=AssertionError("opened")):
        before = list(find_articles([tmp_path], looks=second))
    assert not second.is_news
    put(tmp_path, {"a.xml": "<nitf><body/></nitf>"})
    third = Looks(second.found)
    assert list(find_articles([tmp_path], looks=third)) == before
    assert third.is_news
    assert isinstance(before[0], ArticleFile | Refused)
    assert looks_module.file_stamp(tmp_path / "a.xml") in dict(third.found.values())
