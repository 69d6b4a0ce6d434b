"""The conversations that are kept."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hemeroteca.index.errors import Message, StorageError
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.ui.markdown import as_markdown
from hemeroteca.ui.web.history import Conversation, History
from hemeroteca.ui.web.message import Kept, Turn, turn_of

CITATION = Citation(1, "a", "A *title*", "2025-01-02", "It is <b>one</b>.", 3, 20, 0.5, (6, 9))
FORMER = {name: value for name, value in vars(CITATION).items() if name != "publication"}
ANSWER = Answer(
    question="How many?",
    kind="short",
    language="en",
    confidence=0.5,
    answer="one",
    statements=(Statement("one", (1,)),),
    citations=(CITATION,),
    filter=Filter(Period(date(2025, 1, 1))),
    notes=(Message("No written answer: {reason}", reason=Message("its answer is empty")),),
)
FOUND = Turn("How many?", ANSWER)
ABSENT = Turn("And who?", Answer("And who?", "absent", "en", 0.1, nearest=(CITATION,)))
FAILED = Turn("😀", failure="The question has no words.")


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "conversations.db")


def _begin(history: History, *turns: Turn) -> str:
    conversation = history.begin("me", turns[0])
    for turn in turns[1:]:
        history.add("me", conversation, turn)
    return conversation


def test_a_conversation_comes_back_whole_after_a_restart(history: History, tmp_path: Path) -> None:
    conversation = _begin(history, FOUND, ABSENT, FAILED)
    history.close()
    again = History(tmp_path / "conversations.db")
    assert again.conversations("me") == [Conversation(conversation, "How many?")]
    assert again.turns("me", conversation) == [Kept(FOUND), Kept(ABSENT), Kept(FAILED)]


def test_the_newest_comes_first(history: History) -> None:
    ids = [history.begin("me", Turn(question)) for question in "abc"]
    assert [past.id for past in history.conversations("me")] == ids[::-1]


def test_nobody_meets_the_conversations_of_another(history: History) -> None:
    conversation = _begin(history, FOUND)
    history.add("you", conversation, ABSENT)
    history.judge("you", conversation, 0, 1)
    history.remark("you", conversation, 0, "no")
    history.rename("you", conversation, "no")
    history.delete("you", conversation)
    assert history.conversations("you") == []
    assert history.turns("you", conversation) == []
    assert history.turns("me", conversation) == [Kept(FOUND)]
    assert history.conversations("me") == [Conversation(conversation, FOUND.question)]


def test_what_is_deleted_is_gone_and_takes_no_more_turns(history: History) -> None:
    conversation = _begin(history, FOUND)
    history.judge("me", conversation, 0, 1)
    history.delete("me", conversation)
    history.add("me", conversation, ABSENT)
    assert (history.conversations("me"), history.turns("me", conversation)) == ([], [])
    assert history.feedback() == []


def test_a_vote_can_be_changed_explained_and_taken_back(history: History) -> None:
    conversation = _begin(history, FOUND, ABSENT)
    for vote in (1, -1):
        history.judge("me", conversation, 1, vote)
        history.remark("me", conversation, 1, f" since {vote} " + " " * 1000)
        (judged,) = history.feedback()
        assert (judged.position, judged.before) == (1, (FOUND,))
        assert judged.kept == Kept(ABSENT, vote, f"since {vote}")
    history.judge("me", conversation, 1, 0)
    assert history.feedback() == []


def test_a_conversation_has_the_name_it_was_given(history: History) -> None:
    conversation = _begin(history, FOUND)
    history.rename("me", conversation, " Another\nname ")
    assert history.conversations("me") == [Conversation(conversation, "Another name")]
    history.rename("me", conversation, "  ")
    assert history.conversations("me") == [Conversation(conversation, "Another name")]


def test_a_file_of_a_former_version_gets_room_for_comments(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "old.db")
    db.executescript(
        """CREATE TABLE turn (conversation TEXT NOT NULL, position INTEGER NOT NULL,
        content TEXT NOT NULL, vote INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (conversation, position)) WITHOUT ROWID"""
    )
    db.close()
    history = History(tmp_path / "old.db")
    conversation = _begin(history, FOUND)
    history.judge("me", conversation, 0, 1)
    history.remark("me", conversation, 0, "yes")
    assert history.feedback()[0].kept == Kept(FOUND, 1, "yes")


def test_turns_added_at_once_are_all_kept(history: History) -> None:
    conversation = _begin(history, FOUND)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: history.add("me", conversation, FOUND), range(24)))
    assert len(history.turns("me", conversation)) == 25


def test_a_file_that_is_no_database_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "broken").write_text("no database " * 100)
    with pytest.raises(StorageError, match="cannot use the conversations"):
        History(tmp_path / "broken")


def test_markdown_has_the_citations_and_switches_markup_off() -> None:
    assert as_markdown([Kept(FOUND), Kept(ABSENT)]) == (
        "## How many?\n\n1 January 2025 – …\n\n**one** [1]\n\n"
        "(No written answer: its answer is empty)\n\n"
        "> It is \\<b\\>one\\</b\\>.\n>\n> [1] “A \\*title\\*”, 2 January 2025 (a, 3–20)\n\n"
        "## And who?\n\nThe articles do not say.\n"
    )


def test_markdown_says_which_cited_article_is_gone_and_keeps_its_quote() -> None:
    text = as_markdown([Kept(FOUND), Kept(FOUND)], {"a"})
    assert text.count("> It is \\<b\\>one\\</b\\>.") == 2
    assert text.count("(a, 3–20)\n>\n> This article is no longer in the archive.\n") == 2


def test_the_markdown_of_a_written_answer_keeps_its_sentences_behind_the_short_one() -> None:
    statements = (*ANSWER.statements, Statement("It is *so*.", (1,)), Statement("Yes.", (1,)))
    written = replace(ANSWER, kind="written", statements=statements, notes=())
    text = as_markdown([Kept(Turn("How many?", written))])
    assert "**one** [1]\n\nIt is \\*so\\*. [1] Yes. [1]\n\n> It is" in text


@pytest.mark.parametrize(
    ("text", "answered", "kind", "said"),
    [
        ("one [1]\n\n[1] “It is”", True, "short", "one"),
        ("It is one. [1] So. [1]\n\n(A note)", True, "written", "It is one. So."),
        ("Los artículos no lo dicen.\n\nNearest", False, "absent", None),
    ],
)
def test_a_turn_of_a_former_version_is_read(
    text: str, answered: bool, kind: str, said: str | None
) -> None:
    former = {
        **{"question": "¿Cuántos había?", "text": text, "answered": answered},
        **{"answer": "one" if answered else "", "confidence": 0.5},
        **{"evidence": [FORMER], "period": ["2025-01-01", None]},
        **{"proposed": True, "searched": ""},
    }
    turn = turn_of(json.dumps(former))
    assert turn.answer is not None
    assert (turn.answer.kind, turn.answer.language) == (kind, "es")
    assert [(s.text, s.cites) for s in turn.answer.statements] == ([(said, (1,))] if said else [])
    assert turn.evidence == [CITATION]
    assert turn.answer.period == Period(date(2025, 1, 1))
    assert turn.answer.named.period


def test_a_failure_of_a_former_version_is_read() -> None:
    former = {"question": "😀", "text": "The question has no words.", "answered": None}
    assert turn_of(json.dumps(former)) == FAILED
