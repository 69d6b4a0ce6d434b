"""What a question means, for every caller alike."""

from datetime import date

import pytest

from hemeroteca.index.period import Period
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.question import QuestionError
from hemeroteca.rag.understand.understand import understand

LATEST = date(2025, 12, 12)
OCTOBER = Period(date(2025, 10, 1), date(2025, 10, 31))
ASKED = "¿Con quién se reunió el embajador en octubre?"


def test_a_question_is_searched_as_it_is_put() -> None:
    question = understand(f"  {ASKED} ")
    assert (question.text, question.searched, question.language) == (ASKED, ASKED, "es")
    assert not question.period  # the archive's last day is not known


def test_its_own_words_name_its_period() -> None:
    question = understand(ASKED, latest=LATEST)
    assert (question.period, question.period_named) == (OCTOBER, True)


def test_a_period_that_was_chosen_counts_more() -> None:
    chosen = Period(date(2025, 11, 1))
    question = understand(ASKED, chosen, latest=LATEST)
    assert (question.period, question.period_named) == (chosen, False)


def test_a_follow_up_is_searched_with_what_it_follows_and_asked_of_the_same_period() -> None:
    question = understand("¿Y dónde?", history=["¿Quién ganó la liga?", ASKED], latest=LATEST)
    assert question.text == "¿Y dónde?"
    assert question.searched == f"{ASKED} ¿Y dónde?"
    assert (question.period, question.period_named) == (OCTOBER, True)


def test_the_period_of_the_follow_up_itself_comes_first() -> None:
    question = understand("¿Y en noviembre?", history=[ASKED], latest=LATEST)
    assert question.period == Period(date(2025, 11, 1), date(2025, 11, 30))


def test_what_stands_alone_keeps_nothing_of_the_conversation() -> None:
    question = understand("¿Quién diseñó la sala de lectura?", history=[ASKED], latest=LATEST)
    assert question.searched == question.text
    assert not question.period


def test_what_cannot_be_asked_is_an_error() -> None:
    with pytest.raises(QuestionError, match="no words"):
        understand("¿?")


def test_the_chain_reads_the_period_and_sets_it_aside_where_nothing_answers_in_it(
    willing_chain: Chain,
) -> None:
    named = "Who met the Venezuelan ambassador in December 2025?"
    answer = willing_chain.ask(named)
    assert (answer.period.iso, answer.period_named) == (("2025-12-01", "2025-12-31"), True)
    assert {p.article for p in answer.passages} == {"000_e0d77ce3e9648c87"}
    assert not willing_chain.ask(named, any_time=True).period
    empty = willing_chain.ask("Who met the Venezuelan ambassador in May 1999?")
    assert empty.answerable
    assert not empty.period
