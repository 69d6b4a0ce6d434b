"""Follow-ups put by a model as questions that stand alone, and when it is not believed."""

from collections.abc import Callable

import pytest

from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.understand.rewrite import condense
from hemeroteca.rag.writer.llm import ModelError
from tests.rag.test_llm import model_at
from tests.rag.test_writer import RIGHT, chain_to
from tests.stub_llm import number, prompt, question_of, serving

HISTORY = ["Who met the Venezuelan ambassador in Moscow?", "how many times?"]
FOLLOW_UP = "and where was he invited?"
STANDALONE = "Where was the Venezuelan ambassador invited?"


@pytest.mark.parametrize(
    ("said", "searched"),
    [
        (STANDALONE, STANDALONE),
        (f"  {STANDALONE}\n", STANDALONE),
        ("Where was the Venezuelan ambassador Jorge Pérez invited?", None),  # invents a name
        ("Where was the ambassador invited on 3 May 2021?", None),  # invents a date
        ("Where were 40 Venezuelan ambassadors invited?", None),  # invents a number
        ("The rewritten question is:\nWhere was he invited?", None),
        ("so " * 900, None),
        (FOLLOW_UP, None),  # still leans
        ("Where exactly was he invited, please?", None),  # so does this, of another form
        ("Who met the Venezuelan ambassador in Moscow?", None),  # asks something else
    ],
)
def test_what_a_model_makes_of_a_follow_up(said: str, searched: str | None) -> None:
    with serving(lambda _: [said]) as stub:
        assert condense(model_at(stub.url), FOLLOW_UP, "en", HISTORY) == searched
    [body] = stub.requests
    assert prompt(body) == (
        "Earlier questions:\n- Who met the Venezuelan ambassador in Moscow?\n- how many times?\n\n"
        "Last question: and where was he invited?"
    )


def test_a_change_of_subject_drops_nothing_of_the_question() -> None:
    question = "What did the council of Dover decide about the 12 schools?"
    for said, searched in (
        (question, question),
        ("What did the Venezuelan ambassador decide in Moscow?", None),
    ):
        with serving(lambda _, said=said: [said]) as stub:
            assert condense(model_at(stub.url), question, "en", HISTORY) == searched


@pytest.mark.parametrize(
    ("said", "searched"),
    [
        (lambda: "Who designed the reading room of the library of Porto?",) * 2,
        (
            lambda: "Who is Marco Bellini?",
            lambda: "When did the library of Porto reopen? and who designed it?",
        ),
    ],
)
def test_the_question_that_was_searched_is_told(
    newspaper_archive: Archive, said: Callable[[], str], searched: Callable[[], str]
) -> None:
    history = ["When did the library of Porto reopen?"]
    replies = iter([lambda _: [said()], lambda body: [f"{RIGHT} [{number(body, 'Helena')}]"]])
    with serving(lambda body: next(replies)(body)) as stub:
        answer = chain_to(newspaper_archive, stub).ask("and who designed it?", history=history)
    assert answer.question == "and who designed it?"
    assert answer.searched == searched()
    assert question_of(stub.requests[1]) == searched()
    assert answer.timings_ms["understand"] > 0


def test_a_fault_is_an_error() -> None:
    with serving(lambda _: []) as stub, pytest.raises(ModelError):
        condense(model_at(stub.url), FOLLOW_UP, "en", HISTORY)
