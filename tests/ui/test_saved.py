"""What is followed, and what new articles bring for it."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.answer import Citation
from hemeroteca.rag.chain import Chain
from hemeroteca.ui.session import open_chain
from hemeroteca.ui.settings import Settings
from hemeroteca.ui.web.feed import atom
from hemeroteca.ui.web.news import check_news
from hemeroteca.ui.web.saved import SavedError, SavedSearches
from tests.helpers import write

CITATION = Citation(1, "a", "Ash", "2024-03-05", "It fell.", 0, 8, 0.5, (0, 0))
BEFORE = "2024-01-01T00:00:00+00:00"


@pytest.fixture
def saved(tmp_path: Path) -> SavedSearches:
    return SavedSearches(tmp_path / "kept.db")


def test_what_is_followed_is_followed_once(saved: SavedSearches) -> None:
    one = saved.follow("me", "question", "Who  met?", {"paper": "A", "from": ""}, BEFORE, 3)
    assert saved.follow("me", "question", "Who met?", {"paper": "A"}, BEFORE, 9) == one
    assert saved.follow("me", "search", "Who met?", {"paper": "A"}, BEFORE, 3) != one
    assert saved.follow("me", "question", "Who met?", {}, BEFORE, 3) != one
    assert [each.kind for each in saved.of("me")] == ["question", "search", "question"]
    assert (saved.of("me")[-1].asked_of, saved.of("me")[-1].held) == ({"paper": "A"}, 3)
    with pytest.raises(SavedError, match="Nothing is written"):
        saved.follow("me", "search", " ", {}, BEFORE, 3)


def test_no_more_are_followed_than_can_be_asked(saved: SavedSearches) -> None:
    for number in range(200):
        saved.follow("me", "search", str(number), {}, BEFORE, 0)
    with pytest.raises(SavedError, match="200 questions and searches"):
        saved.follow("me", "search", "one more", {}, BEFORE, 0)
    saved.follow("you", "search", "one more", {}, BEFORE, 0)


def test_news_come_once_and_are_seen(saved: SavedSearches) -> None:
    saved.follow("me", "question", "What fell?", {}, BEFORE, 1)
    [followed] = saved.of("me")
    assert saved.record(followed, [(CITATION, "ash")], "2024-02-01", 2) == 1
    assert saved.record(followed, [(CITATION, "ash")], "2024-03-01", 3) == 0
    [now] = saved.of("me")
    assert (now.checked, now.held, now.unseen) == ("2024-03-01", 3, 1)
    [news] = saved.news("me")
    assert (news.citation, news.answer, news.seen) == (CITATION, "ash", False)
    assert saved.news("me", since="2999-01-01") == []
    saved.mark_seen("me")
    assert [each.seen for each in saved.news("me")] == [True]
    assert saved.of("me")[0].unseen == 0
    saved.forget("me", now.id)
    assert saved.news() == []
    assert saved.record(now, [(CITATION, "ash")], "2024-04-01", 3) == 0


def test_nothing_of_another_owner_is_seen_or_changed(saved: SavedSearches) -> None:
    id = saved.follow("me", "question", "What fell?", {}, BEFORE, 1)
    saved.record(saved.of()[0], [(CITATION, "ash")], BEFORE, 1)
    assert saved.of("you") == []
    assert saved.news("you") == saved.news("you", id) == []
    saved.mark_seen("you", id)
    saved.forget("you", id)
    assert saved.of("me")[0].unseen == 1
    mine, yours = saved.feed_key("me"), saved.feed_key("you")
    assert mine == saved.feed_key("me") != yours
    assert (saved.feed_owner(mine), saved.feed_owner(yours)) == ("me", "you")
    assert saved.feed_owner("x") is None


@pytest.fixture
def chain(archive: Archive, cache_dir: Path) -> Chain:
    return open_chain(Settings(cache_dir=cache_dir, answer_from=0.3), archive)


def test_new_articles_are_asked_what_is_followed_and_old_ones_are_not(
    archive: Archive, chain: Chain, saved: SavedSearches, tmp_path: Path
) -> None:
    folder = tmp_path / "press"
    folder.mkdir()
    write(folder, "old", "The architect Helena Duarte designed the reading room.", "2025-10-04")
    sync_folders(archive, [folder])
    held = archive.catalog.counts()[0]
    question = "Who designed the reading room?"
    saved.follow("me", "question", question, {}, archive.catalog.indexed_between()[1], held)
    saved.follow("me", "search", "zeppelin", {}, archive.catalog.indexed_between()[1], held)
    saved.follow("me", "search", "zeppelin", {"paper": "gone"}, "", 0)
    assert check_news(archive, chain, saved, 20) == 0
    write(folder, "new", "A zeppelin flew over Porto. Nobody knows why it came.", "2025-10-05")
    sync_folders(archive, [folder])
    assert check_news(archive, chain, saved, 20) == 1
    [news] = saved.news("me")
    assert (news.saved.text, news.citation.article) == ("zeppelin", "new")
    assert check_news(archive, chain, saved, 20) == 0
    write(folder, "other", "The reading room was designed by the architect Ana Gil.", "2025-10-06")
    sync_folders(archive, [folder])
    check_news(archive, chain, saved, 20)
    [news] = [each for each in saved.news("me") if each.citation.article == "other"]
    assert news.saved.text == question
    assert "Ana Gil" in news.answer


def test_an_index_that_is_made_anew_is_no_news(
    archive: Archive, chain: Chain, saved: SavedSearches, tmp_path: Path
) -> None:
    folder = tmp_path / "press"
    folder.mkdir()
    write(folder, "old", "A zeppelin flew over Porto.", "2025-10-05")
    sync_folders(archive, [folder])
    saved.follow("me", "search", "zeppelin", {}, BEFORE, 1)  # asked before all was indexed
    assert check_news(archive, chain, saved, 20) == 0
    saved.follow("you", "search", "zeppelin", {}, "", 0)  # of an archive that was empty
    assert check_news(archive, chain, saved, 20) == 1


def test_the_feed_is_atom_and_its_markup_is_text(saved: SavedSearches) -> None:
    saved.follow("me", "question", "What <b>fell</b>?\x00", {}, BEFORE, 1)
    told = replace(CITATION, title="Ash & \x01<b>", article="a b/ñ")
    saved.record(saved.of()[0], [(told, "ash")], BEFORE, 1)
    news, key = saved.news("me"), saved.feed_key("me")
    feed = ElementTree.fromstring(atom(news, "http://127.0.0.1:7860/press/", key, "en"))
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.findtext("a:updated", namespaces=names) == news[0].found
    [entry] = feed.findall("a:entry", names)
    assert entry.findtext("a:title", namespaces=names) == "Ash & <b>"
    link = entry.find("a:link", names)
    assert link is not None
    assert link.get("href", "").startswith("http://127.0.0.1:7860/press/article/a%20b/%C3%B1?")
    assert entry.findtext("a:summary", namespaces=names) == (
        "ash: “It fell.”\nFor “What <b>fell</b>?”"
    )
    empty = ElementTree.fromstring(atom([], "http://127.0.0.1/", key, "en"))
    assert empty.findall("a:entry", names) == []
