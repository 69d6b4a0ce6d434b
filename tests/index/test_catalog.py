"""The articles and where their passages lie."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.errors import StorageError
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.publication import Publication
from hemeroteca.index.stores.catalog import Catalog, Entry
from hemeroteca.index.text.passages import split_article
from tests.helpers import read

TEXT = "👩‍👩‍👧 José. José volvió a Perú.\r\nFin."


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog(tmp_path / "catalog.db")
    yield opened
    opened.close()


def _entered(document: Article, stamp: str = "s") -> tuple[Article, str, list[Passage]]:
    """The document and its passages of one word, here a token."""

    def words(texts: list[str]) -> list[list[tuple[int, int]]]:
        return [[(i, i + 1) for i in range(len(text))] for text in texts]

    return document, stamp, split_article(document, words, 8)


def test_documents_and_passages_come_back_as_they_were(tmp_path: Path, catalog: Catalog) -> None:
    document, stamp, passages = _entered(read(tmp_path, "a", TEXT, "2025-01-02"))
    assert len(passages) > 2
    assert catalog.put([(document, stamp, passages)]) == []

    assert catalog.document("a") == document
    assert catalog.passages_of("a") == [replace(passage, group="a") for passage in passages]
    assert catalog.passage_ids() == {p.id for p in passages}
    assert catalog.counts() == (1, len(passages))


def test_an_article_keeps_the_time_at_which_it_was_entered(
    tmp_path: Path, catalog: Catalog
) -> None:
    catalog.put([_entered(read(tmp_path, "a", TEXT))])
    [listed] = catalog.listed()
    assert listed.indexed is not None
    age = datetime.now(UTC) - datetime.fromisoformat(listed.indexed)
    assert timedelta(0) <= age < timedelta(minutes=5)


def test_a_catalog_of_a_former_version_keeps_its_articles(tmp_path: Path) -> None:
    path = tmp_path / "former.db"
    catalog = Catalog(path)
    catalog.put([_entered(read(tmp_path, "a", TEXT))])
    catalog.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP INDEX article_indexed")
        db.execute("ALTER TABLE article DROP COLUMN indexed")
        db.commit()
    for _ in range(2):  # the second time there is nothing to be added
        catalog = Catalog(path)
        assert [listed.indexed for listed in catalog.listed()] == [None]
        catalog.close()
    catalog = Catalog(path)
    catalog.put([_entered(read(tmp_path, "b", TEXT))])
    assert [listed.indexed is None for listed in catalog.listed()] == [True, False]
    catalog.close()


def test_what_is_said_beside_the_text_is_kept_and_replaced(
    tmp_path: Path, catalog: Catalog
) -> None:
    published = Publication("El País", ("Ana Gil", "Luis Mas"), "Cultura", page="34")
    document = replace(read(tmp_path, "a", TEXT), subtitle="Abajo", publication=published)
    catalog.put([_entered(document)])
    assert catalog.document("a") == document
    [listed] = catalog.listed()
    assert (listed.subtitle, listed.publication) == ("Abajo", published)
    assert {p.publication for p in catalog.passages_of("a")} == {published}
    assert catalog.entries()["a"].described == document.described != ""

    changed = replace(document, publication=Publication("El Mundo", ("Ana Gil",)))
    catalog.describe([changed])
    assert catalog.document("a") == changed
    catalog.delete(["a"])
    assert catalog.listed() == []


def test_what_is_not_there_is_none_or_left_out(catalog: Catalog) -> None:
    assert catalog.document("a") is None
    assert catalog.passages_of("a") == []
    assert catalog.passages(["a", "b"]) == {}
    assert not catalog.period()
    assert catalog.share(Filter(Period(date(2025, 1, 1)))) == 0
    assert catalog.counts() == (0, 0)
    assert catalog.get_meta("unknown") is None


def test_entering_again_replaces_and_names_the_passages_put_out(
    tmp_path: Path, catalog: Catalog
) -> None:
    old = _entered(read(tmp_path, "a", "Uno. Dos."))
    new = _entered(read(tmp_path, "a", "Uno. Tres."))
    catalog.put([old])
    assert catalog.put([old]) == []  # the same revision puts nothing out
    assert sorted(catalog.put([new])) == sorted(p.id for p in old[2])
    assert catalog.passage_ids() == {p.id for p in new[2]}


def test_striking_an_article_takes_its_passages_along(tmp_path: Path, catalog: Catalog) -> None:
    a, b = (_entered(read(tmp_path, name, "Uno. Dos.")) for name in "ab")
    catalog.put([a, b])
    assert sorted(catalog.delete(["a", "missing"])) == sorted(p.id for p in a[2])
    assert list(catalog.entries()) == ["b"]
    assert catalog.passage_ids() == {p.id for p in b[2]}


def test_a_transaction_is_whole_or_nothing(tmp_path: Path, catalog: Catalog) -> None:
    a, b = (_entered(read(tmp_path, name, "Uno. Dos.")) for name in "ab")
    twice = (b[0], b[1], [*b[2], b[2][0]])
    with pytest.raises(StorageError, match="cannot use the catalog"):
        catalog.put([a, twice])
    assert catalog.counts() == (0, 0)


def test_a_damaged_catalog_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "catalog.db"
    catalog = Catalog(path)
    catalog.put([_entered(read(tmp_path, str(n), "Uno. " * 500)) for n in range(50)])
    catalog.close()
    whole = path.read_bytes()
    # The first page is sound, and some question or other meets what is not.
    path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    with pytest.raises(StorageError, match=r"the catalog .* is damaged .*--rebuild"):
        Catalog(path).entries()
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(StorageError, match=r"the catalog .* is damaged .*--rebuild"):
        Catalog(path)


def test_texts_are_packed_and_those_of_former_versions_are_not(
    tmp_path: Path, catalog: Catalog
) -> None:
    text = "El pleno aprobó el presupuesto de Ávila. " * 50
    entered = {name: _entered(read(tmp_path, name, text)) for name in ("now", "former")}
    long = _entered(read(tmp_path, "long", text * 30))
    catalog.put([*entered.values(), long])
    with closing(sqlite3.connect(tmp_path / "catalog.db")) as db:
        db.execute("UPDATE article SET text = ? WHERE article = 'former'", (text,))
        db.commit()
        sizes = dict(db.execute("SELECT article, length(text) FROM article"))
    whole = len(text.strip())
    assert sizes["now"] < whole / 2 <= whole <= sizes["former"]
    assert sizes["long"] == len(long[0].text) > 50_000
    for document, _, passages in (*entered.values(), long):
        assert catalog.document(document.id).text.strip() == document.text.strip()
        found = catalog.passages([passage.id for passage in passages])
        assert [found[passage.id].text for passage in passages] == [p.text for p in passages]
    assert catalog.unsound() == []


def test_stamps_and_facts_are_kept(tmp_path: Path, catalog: Catalog) -> None:
    document, stamp, passages = _entered(read(tmp_path, "a", "Uno."))
    catalog.put([(document, stamp, passages)])
    catalog.restamp({"a": ("later", "elsewhere.txt")})
    digest = document.hash
    assert catalog.entries() == {"a": Entry("a", digest, "later", "elsewhere.txt")}
    catalog.set_meta("maker", "one")
    catalog.set_meta("maker", "two")
    assert catalog.get_meta("maker") == "two"
    catalog.set_meta("maker", None)
    assert catalog.get_meta("maker") is None


def test_languages_and_days_are_those_of_the_articles(tmp_path: Path, catalog: Catalog) -> None:
    texts = {
        "a": ("El gobierno anunció ayer nuevas medidas.", "2025-01-02"),
        "b": ("The government announced new measures.", "2024-12-31"),
        "c": ("El gobierno no dijo nada más sobre ello.", None),
    }
    catalog.put(_entered(read(tmp_path, name, *article)) for name, article in texts.items())
    assert catalog.languages() == ["en", "es"]
    assert catalog.languages_by_number() == ["es", "en"]
    assert catalog.period() == Period(date(2024, 12, 31), date(2025, 1, 2))
    assert [document.id for document in catalog.documents()] == ["a", "b", "c"]


def test_threads_read_at_the_same_time(tmp_path: Path, catalog: Catalog) -> None:
    catalog.put([_entered(read(tmp_path, "a", TEXT))])

    def text(_: int) -> str:
        document = catalog.document("a")
        catalog.close()
        return document.text if document else ""

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(text, range(40))) == {TEXT}


def test_a_period_holds_both_its_days_and_nothing_undated(tmp_path: Path, catalog: Catalog) -> None:
    entered = [
        _entered(read(tmp_path, "old", "Uno.", "2024-12-31")),
        _entered(read(tmp_path, "first", "Dos.", "2025-01-01")),
        _entered(read(tmp_path, "last", "Tres.", "2025-01-31")),
        _entered(read(tmp_path, "undated", "Cuatro.")),
    ]
    catalog.put(entered)
    ids = {document.id: {p.id for p in passages} for document, _, passages in entered}
    inside = ids["first"] | ids["last"]
    january = Filter(Period(date(2025, 1, 1), date(2025, 1, 31)))
    assert set(catalog.passages_left(january)) == inside
    assert catalog.share(january) == 2 / 4
    catalog.delete(["old"])
    assert catalog.share(january) == 2 / 3
    catalog.put(entered[1:])  # again: whatever counts the entries, these are the same articles
    assert catalog.share(january) == 2 / 3
    since = Filter(Period(date(1, 1, 1)))
    assert set(catalog.keep(since, sorted(inside | ids["undated"]))) == inside
    assert catalog.keep(january, sorted(ids["first"] | ids["old"])) == sorted(ids["first"])
