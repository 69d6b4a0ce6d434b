"""Citations as references."""

import json
from dataclasses import replace

import pytest

from hemeroteca.index.publication import Publication
from hemeroteca.rag.answer import Citation
from hemeroteca.rag.references import name_parts, references

PUBLISHED = Publication(
    "El País", ("Ana Gil", "EFE"), "Economía", "https://press.example/pan?a=1_2", "Madrid", "34"
)
CITATION = Citation(
    n=1, article="a", title="El 5 % & el {pan}", date="2024-03-05", quote="Subió\nun 5 %.",
    start=0, end=14, score=0.5, mark=(0, 0), publication=PUBLISHED, language="es",
)  # fmt: skip
BARE = Citation(2, "b", "Otro", None, "No.", 0, 3, 0.5, (0, 0))


def test_a_plain_reference_is_one_line_in_the_readers_language() -> None:
    assert references([CITATION, CITATION, BARE], "plain", "es") == (
        "Ana Gil, EFE, “El 5 % & el {pan}”, El País, Economía, Madrid, p. 34, 5 de marzo de 2024, "
        "https://press.example/pan?a=1_2\n“Otro”"
    )
    assert "5 March 2024" in references([CITATION], "plain", "en")


def test_bibtex_is_escaped_and_braced() -> None:
    assert references([CITATION], "bibtex") == "\n".join(
        [
            "@article{gil2024-el-5,",
            "  author = {Gil, Ana and {EFE}},",
            r"  title = {{El 5 \% \& el \{pan\}}},",
            "  journal = {El País},",
            "  date = {2024-03-05},",
            "  year = {2024},",
            "  edition = {Madrid},",
            "  pages = {34},",
            "  url = {https://press.example/pan?a=1_2},",
            r"  note = {“Subió un 5 \%.”},",
            "}",
        ]
    )
    assert references([BARE], "bibtex").startswith("@article{otro,\n  title = {{Otro}},")


def test_ris_has_a_tag_a_line() -> None:
    lines = references([CITATION], "ris").split("\n")
    assert lines[0] == "TY  - NEWS"
    assert lines[-1] == "ER  - "
    assert {"AU  - Gil, Ana", "AU  - EFE", "T2  - El País", "DA  - 2024/03/05", "SP  - 34"} < {
        *lines
    }
    assert "N1  - “Subió un 5 %.”" in lines


def test_csl_is_what_zotero_reads() -> None:
    [item, bare] = json.loads(references([CITATION, BARE], "csl"))
    assert item["type"] == "article-newspaper"
    assert item["author"] == [{"family": "Gil", "given": "Ana"}, {"literal": "EFE"}]
    assert item["issued"] == {"date-parts": [[2024, 3, 5]]}
    assert (item["container-title"], item["page"], item["URL"]) == ("El País", "34", PUBLISHED.url)
    assert bare == {"id": "b", "type": "article-newspaper", "title": "Otro", "note": "“No.”"}


@pytest.mark.parametrize(
    ("name", "language", "parts"),
    [
        ("Ana Gil", "es", ("Gil", "Ana")),
        ("Ana Gil Mas", "es", ("Gil Mas", "Ana")),
        ("Ana Mary Hill", "en", ("Hill", "Ana Mary")),
        ("Ursula von der Leyen", "de", ("von der Leyen", "Ursula")),
        ("Gil, Ana", "es", ("Gil", "Ana")),
        ("EUROPA PRESS", "es", ("EUROPA PRESS", "")),
        ("Reuters", "en", ("Reuters", "")),
    ],
)
def test_a_name_has_its_parts(name: str, language: str, parts: tuple[str, str]) -> None:
    assert name_parts(name, language) == parts


def test_control_characters_and_newlines_end_no_record() -> None:
    broken = replace(CITATION, title="A\r\nER  - \nTY  - BOOK", quote="x")
    assert references([broken], "ris").count("\nER  - ") == 1


def test_every_article_has_a_key_of_its_own_that_is_not_long() -> None:
    titles = ["Suceso", "Suceso", "Suceso", "В Москве", "В Киеве", "x" * 5_000]
    cited = [replace(BARE, article=str(n), title=title) for n, title in enumerate(titles)]
    written = references([*cited, cited[0]], "bibtex")
    keys = [line[9:-1] for line in written.split("\n") if line.startswith("@article{")]
    assert keys == ["suceso", "suceso-2", "suceso-3", "article", "article-2", "x" * 20]


def test_two_hundred_authors_are_all_named() -> None:
    names = tuple(f"Ana{n} Gil{n}" for n in range(200))
    crowd = replace(CITATION, publication=replace(PUBLISHED, authors=names))
    assert references([crowd], "ris").count("\nAU  - ") == 200
    assert references([crowd], "bibtex").count(" and Gil") == 199
    assert len(json.loads(references([crowd], "csl"))[0]["author"]) == 200
