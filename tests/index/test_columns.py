"""Names counted by columns, beside tantivy's own counts."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemeroteca.index.article import Article
from hemeroteca.index.filter import Filter
from hemeroteca.index.publication import Publication
from hemeroteca.index.search.grammar import parse
from hemeroteca.index.stores.articles import ArticleIndex, Facets


def _article(n: int) -> Article:
    authors = tuple(f"Autora {n % k}" for k in (3, 7, 60) if n % k)
    sureness = f".{n % 50 + 50}" if n % 3 else ""
    paper = f"Diario {n % 5}" if n % 11 else ""
    said = Publication(paper, tuple(dict.fromkeys(authors)), confidence=sureness)
    text = f"palabra{n % 2} palabra{n % 13} Rosa Quishpe habló en Lima."
    date = f"20{n % 20 + 1:02}-03-04" if n % 4 else None
    return Article(f"a{n}", text, "es", f"t{n}", date, hash=str(n), publication=said)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArticleIndex]:
    folder: Path = tmp_path_factory.mktemp("articles")
    opened = ArticleIndex(folder)
    for first in range(0, 400, 80):  # segments, and documents that are deleted
        opened.put([_article(n) for n in range(max(0, first - 5), first + 80)])
        opened.commit()
    opened.delete(["a3", "a399"])
    opened.commit()
    yield opened
    opened.close()


def _facets(index: ArticleIndex, text: str, only: Filter, by_columns: bool) -> Facets:
    if not by_columns:
        with patch.object(index._columns, "of_now", lambda: None):
            found = index.search(parse(text), ["es"], only).facets
    else:
        with patch("hemeroteca.index.stores.columns._AT_REST_S", 0):
            while index._columns.of_now() is None:
                index._columns.wait()
            found = index.search(parse(text), ["es"], only).facets
    assert found is not None
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(["", "palabra1", "palabra5 OR palabra7", "palabra12", "nada", "date:none"]),
    st.sets(st.sampled_from([f"Diario {n}" for n in range(5)])),
)
def test_columns_count_as_tantivy_does(index: ArticleIndex, text: str, papers: set[str]) -> None:
    only = Filter(papers=tuple(sorted(papers)))
    ours, own = (_facets(index, text, only, by_columns) for by_columns in (True, False))
    assert (ours.years, ours.months, ours.undated) == (own.years, own.months, own.undated)
    assert ours.recognised == own.recognised
    for one, other in (
        *((ours.named[field], own.named[field]) for field in own.named),
        *((ours.held[kind], own.held[kind]) for kind in own.held),
    ):
        assert sorted(one.counts.values()) == sorted(other.counts.values())
        assert one.others == other.others
        least = min(other.counts.values(), default=0)  # of those with as many any may be left out
        assert {k: v for k, v in one.counts.items() if v > least} == {
            k: v for k, v in other.counts.items() if v > least
        }


def test_columns_are_those_of_the_index_as_it_is(index: ArticleIndex) -> None:
    before = _facets(index, "", Filter(), True).named["paper"].counts["Diario 1"]
    index.put([_article(1006)])
    index.commit()
    assert _facets(index, "", Filter(), True).named["paper"].counts["Diario 1"] == before + 1
