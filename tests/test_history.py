"""The conversations that are kept."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import StorageError
from rag.answer import Citation
from ui.history import History, Past, as_markdown
from ui.turn import Turn

CITATION = Citation(1, "a", "A *title*", "2025-01-02", "It is <b>one</b>.", 3, 20, 0.5, (6, 9))
FOUND = Turn("How many?", "one [1]", True, "one", 0.5, (CITATION,), ("2025-01-01", None))
ABSENT = Turn("And who?", "The articles do not say.\n\nNearest", False)
FAILED = Turn("😀", "The question has no words.")


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "conversations.db")


def test_a_conversation_comes_back_whole_after_a_restart(history: History, tmp_path: Path) -> None:
    identity = history.begin("me", "How\nmany?")
    for turn in (FOUND, ABSENT, FAILED):
        history.add("me", identity, turn)
    again = History(tmp_path / "conversations.db")
    assert again.past("me") == [Past(identity, "How many?")]
    assert again.turns("me", identity) == [FOUND, ABSENT, FAILED]


def test_the_newest_comes_first(history: History) -> None:
    ids = [history.begin("me", question) for question in "abc"]
    assert [past.id for past in history.past("me")] == ids[::-1]


def test_nobody_meets_the_conversations_of_another(history: History) -> None:
    identity = history.begin("me", "q")
    history.add("me", identity, FOUND)
    history.add("you", identity, ABSENT)
    history.judge("you", identity, 0, 1)
    history.delete("you", identity)
    assert history.past("you") == []
    assert history.turns("you", identity) == []
    assert history.judged_turns("me", identity) == [(FOUND, 0)]


def test_what_is_deleted_is_gone_and_takes_no_more_turns(history: History) -> None:
    identity = history.begin("me", "q")
    history.add("me", identity, FOUND)
    history.judge("me", identity, 0, 1)
    history.delete("me", identity)
    history.add("me", identity, ABSENT)
    assert (history.past("me"), history.turns("me", identity)) == ([], [])
    assert history.feedback() == []


def test_a_vote_can_be_changed_and_taken_back(history: History) -> None:
    identity = history.begin("me", "q")
    history.add("me", identity, FOUND)
    history.add("me", identity, ABSENT)
    for vote in (1, -1):
        history.judge("me", identity, 1, vote)
        ((judged, before),) = history.feedback()
        assert (judged.position, judged.turn, judged.vote) == (1, ABSENT, vote)
        assert before == (FOUND,)
    history.judge("me", identity, 1, 0)
    assert history.feedback() == []


def test_turns_added_at_once_are_all_kept(history: History) -> None:
    identity = history.begin("me", "q")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: history.add("me", identity, FOUND), range(24)))
    assert len(history.turns("me", identity)) == 24


def test_a_file_that_is_no_database_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "broken").write_text("no database " * 100)
    with pytest.raises(StorageError, match="cannot use the conversations"):
        History(tmp_path / "broken")


def test_markdown_has_the_citations_and_switches_markup_off() -> None:
    assert as_markdown([FOUND, ABSENT]) == (
        "## How many?\n\n2025-01-01 – …\n\n**one** [1]\n\n"
        "> It is \\<b\\>one\\</b\\>.\n>\n> [1] A \\*title\\*, 2025-01-02 (a, 3–20)\n\n"
        "## And who?\n\nThe articles do not say.\n"
    )
