"""The list of the articles."""

import pytest

from hemeroteca.index.search.grammar import SearchError
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.catalog import Listed
from hemeroteca.ui.web.articles_view import MOST, articles_html, search_articles
from tests.helpers import SEED


def _none(source: str) -> bool:
    return False


def test_the_latest_come_first_and_those_without_a_date_last(newspaper_archive: Archive) -> None:
    listed = search_articles(newspaper_archive, " ")
    assert [one.article for one in listed] == [SEED.stem, "strasse", "library", "musee", "volcan"]
    assert [one.article for one in search_articles(newspaper_archive, "", limit=2)] == [
        SEED.stem,
        "strasse",
    ]
    assert list(newspaper_archive.catalog.dates().items()) == [
        ("2023-06-15", 1),
        ("2024-03-04", 1),
        ("2024-09-01", 1),
        ("2025-12-12", 1),
    ]


def test_words_are_found_by_their_stem_in_every_language(newspaper_archive: Archive) -> None:
    def found(words: str) -> list[str]:
        return [one.article for one in search_articles(newspaper_archive, words)]

    assert found("architects") == ["library"]
    assert found("volcanes") == ["volcan"]
    assert found("architect OR volcán") == ["library", "volcan"]
    assert found("architect volcán") == []
    assert found("title:architect") == []
    assert found("zeppelin") == []
    with pytest.raises(SearchError, match="quotation mark"):
        found('" OR ( *')


def test_a_card_shows_what_the_catalog_knows(newspaper_archive: Archive) -> None:
    (listed,) = search_articles(newspaper_archive, "architect")
    assert (listed.date, listed.language, listed.passages) == ("2024-03-04", "en", 1)
    assert listed.indexed is not None
    article = Listed('a"', "A <title>", None, "es", "/x/a.txt", 2, "2025-01-02T03:04:05+00:00")
    html = articles_html([article], "en", _none)
    assert "A &lt;title&gt;" in html
    assert "without a date" in html
    assert '2<span class="prefix"> passages</span>' in html
    assert '<time class="moment" datetime="2025-01-02T03:04:05+00:00">2 Jan 2025, 03:04</' in html
    assert "Spanish" in html
    assert "español" in articles_html([article], "es", _none)
    assert 'data-citation="{&#34;article&#34;: &#34;a\\&#34;&#34;}"' in html


def test_a_list_that_is_cut_says_so() -> None:
    one = Listed("a", "A", None, "es", "a.txt", 1, None)
    assert "The first 200 are shown." in articles_html([one] * MOST, "en", _none)
    assert "are shown" not in articles_html([one], "en", _none)
    assert "No article matches." in articles_html([], "en", _none)


def test_only_what_may_be_deleted_can_be_and_after_a_question() -> None:
    one = Listed("a", "A", None, "es", "/x/<a>.txt", 1, None)
    assert "discard" not in articles_html([one], "en", _none)
    html = articles_html([one], "en", lambda source: source == "/x/<a>.txt")
    assert 'data-event="discard" data-id="a"' in html
    assert 'data-sure="Delete the file &lt;a&gt;.txt and every article in it?"' in html
