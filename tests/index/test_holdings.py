"""What an archive holds, counted and filtered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.publication import Publication
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.catalog import Catalog
from hemeroteca.index.stores.chosen import FilterError, chosen, in_all_spellings
from hemeroteca.index.stores.holdings import Holdings
from hemeroteca.index.sync import sync_documents
from tests.helpers import assert_stores_agree

ARTICLES = [
    Article("a", "El pan sube.", "es", date="2024-03-05", hash="a",
            publication=Publication("El País", ("Ana Gil", "Luis Mas"), "Economía", hour="08:00")),
    Article("b", "El vino baja.", "es", date="2024-03-05", hash="b",
            publication=Publication("El País", ("Ana Gil",), "Cultura", hour="10:00")),
    Article("c", "Bread is dear.", "en", date="2024-04-01", hash="c",
            publication=Publication("The Guardian", ("Ann Hill",), "Business")),
    Article("d", "El pan falta.", "es", hash="d",
            publication=Publication("EL PAÍS", (), "Economía")),
    Article("e", "El pan es pan.", "es", date="2023-01-01", hash="e"),
]  # fmt: skip
MARCH = Period(date(2024, 3, 1), date(2024, 3, 31))


def entered(document: Article) -> tuple[Article, str, list[Passage]]:
    end = len(document.text)
    passage = Passage(f"{document.id}@:0-{end}", document.id, document.text, 0, end, "es")
    return document, "", [passage]


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog(tmp_path / "catalog.db")
    opened.put(map(entered, ARTICLES))
    yield opened
    opened.close()


@pytest.fixture
def holdings(catalog: Catalog) -> Holdings:
    return catalog.holdings


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (Filter(), "abcde"),
        (Filter(papers=("El País",)), "ab"),
        (Filter(papers=("El País", "EL PAÍS")), "abd"),
        (Filter(sections=("Economía",)), "ad"),
        (Filter(authors=("Ana Gil",)), "ab"),
        (Filter(authors=("Luis Mas", "Ann Hill")), "ac"),
        (Filter(languages=("en",)), "c"),
        (Filter(MARCH), "ab"),
        (Filter(MARCH, undated=True), "abd"),
        (Filter(MARCH, undated=True, papers=("El País",), authors=("Luis Mas",)), "a"),
        (Filter(papers=("Nobody's",)), ""),
    ],
)
def test_a_filter_leaves_what_it_says_in_every_count(
    catalog: Catalog, only: Filter, found: str
) -> None:
    assert "".join(sorted(catalog.holdings.articles(only))) == found
    assert catalog.holdings.count(only) == len(found)
    assert catalog.share(only) == len(found) / len(ARTICLES)
    ids = {f"{a.id}@:0-{len(a.text)}" for a in ARTICLES if a.id in found}
    assert set(catalog.passages_left(only)) == ids
    assert set(catalog.keep(only, sorted(catalog.passage_ids()))) == ids


def test_names_and_days_are_counted(holdings: Holdings) -> None:
    assert holdings.names("paper") == {"El País": 3, "The Guardian": 1}
    assert holdings.names("author", Filter(MARCH)) == {"Ana Gil": 2, "Luis Mas": 1}
    assert holdings.names("language", among=["a", "c"], limit=1) == {"en": 1}
    assert holdings.days(Filter(papers=("El País",))) == {"2024-03-05": 2}
    assert holdings.undated(Filter(MARCH)) == 1
    assert holdings.undated(Filter(MARCH, papers=("El País",))) == 0


def test_spellings_of_one_name_are_one(holdings: Holdings) -> None:
    assert holdings.spellings("paper")["el pais"] == ["El País", "EL PAÍS"]
    assert holdings.papers() == ["EL PAÍS", "El País", "The Guardian"]
    only = in_all_spellings(holdings, Filter(papers=("EL PAÍS",), authors=("Nobody",)))
    assert only == Filter(papers=("EL PAÍS", "El País"), authors=("Nobody",))
    assert in_all_spellings(holdings, Filter(MARCH)) == Filter(MARCH)


def test_the_latest_and_the_earliest_come_by_day_and_hour(holdings: Holdings) -> None:
    assert holdings.articles(limit=3) == ["c", "b", "a"]
    assert holdings.articles(oldest_first=True) == ["e", "a", "b", "c", "d"]
    assert holdings.articles(among=["b", "d"]) == ["b", "d"]


def test_names_are_found_however_they_are_written(holdings: Holdings) -> None:
    assert chosen(holdings, {"paper": ["el pais"]}).papers == ("El País", "EL PAÍS")
    assert chosen(holdings, {"paper": ["guardian"]}).papers == ("The Guardian",)
    assert chosen(holdings, {"author": ["gil"], "language": [""]}).authors == ("Ana Gil",)
    with pytest.raises(FilterError, match="no article has the paper 'El Paso'; there are El País"):
        chosen(holdings, {"paper": ["El Paso"]})


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (Filter(papers=("El País",)), "a"),
        (Filter(sections=("Economía",)), "ad"),
        (Filter(MARCH, undated=True), "ad"),
        (Filter(languages=("en",)), ""),
        (Filter(papers=("El País",), authors=("Ann Hill",)), ""),
    ],
)
def test_words_are_searched_in_what_a_filter_leaves(
    archive: Archive, only: Filter, found: str
) -> None:
    sync_documents(archive, ARTICLES)
    hits = archive.fulltext.search("pan", archive.catalog.languages(), 9, only)
    assert "".join(sorted(hit.partition("@")[0] for hit in hits)) == found
    assert_stores_agree(archive)


def test_a_filter_is_read_as_it_was_written() -> None:
    only = Filter(MARCH, True, ("El País",), ("Cultura",), ("Ana Gil",), ("es",))
    assert Filter.from_dict(only.as_dict()) == only
    assert only.without(Filter(MARCH, papers=("El País",))) == replace(
        only, period=Period(), papers=()
    )
    assert Filter(papers=("A",)).joined(Filter(MARCH, papers=("B",))) == Filter(
        MARCH, papers=("A",)
    )


def test_the_articles_about_something_hold_all_its_words(archive: Archive) -> None:
    sync_documents(archive, ARTICLES)
    assert sorted(archive.about("los panes", "es")) == ["a", "d", "e"]
    assert archive.about("pan que sube", "es", Filter(MARCH)) == ["a"]
    assert archive.about("pan", "es", Filter(papers=("The Guardian",))) == []
    assert archive.about("", "es") == []
    assert archive.about("¿?", "es") == []


def test_a_name_is_no_other_word_with_its_stem(archive: Archive) -> None:
    sync_documents(archive, [
        Article("city", "El Gobierno de Puebla amplió el confinamiento.", "es", hash="1"),
        Article("people", "El pueblo pidió agua durante toda la sequía.", "es", hash="2"),
        Article("peoples", "Los pueblos de la sierra pidieron agua.", "es", hash="3"),
    ])  # fmt: skip
    assert archive.about("¿Puebla?", "es") == ["city"]
    # With a capital that no article gives it, a word is met in all its forms.
    assert {"people", "peoples"} <= set(archive.about("Pueblo", "es"))


def test_a_short_name_is_met_in_another_language_as_it_is_written(archive: Archive) -> None:
    sync_documents(archive, [
        Article("party", "Vox pidió ayer la dimisión del alcalde.", "es", hash="1"),
        Article("street", "La calle amaneció ayer cortada por las obras.", "es", hash="2"),
    ])  # fmt: skip
    assert archive.about("Vox", "en") == ["party"]
    assert archive.about("Vox calle", "en") == []


def test_the_papers_are_named_once_each(holdings: Holdings) -> None:
    assert holdings.papers() == ["EL PAÍS", "El País", "The Guardian"]
