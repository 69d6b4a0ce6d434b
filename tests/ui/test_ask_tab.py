"""What stands on the page when answers come in another order than they were asked for."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.chain import Chain
from hemeroteca.ui.web.ask_tab import AskTab
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.history import History
from hemeroteca.ui.web.queue import QuestionQueue
from hemeroteca.ui.web.suggestions import Suggestions
from hemeroteca.ui.web.visitor import new_name, visitor

ONE, OTHER = "Who closed the schools of Puebla?", "What opened in Porto?"
PARTS = ("conversation", "talk", "evidence", "past")


def _request(visit: str = "visit") -> Any:
    return SimpleNamespace(headers={"accept-language": "en"}, username=None, session_hash=visit)


class Tab:
    """The tab as one visit uses it: `shown` is what stands on the page by now."""

    def __init__(self, tab: AskTab, suggestions: "Slow", history: History) -> None:
        self.tab, self.suggestions, self.history = tab, suggestions, history
        self.browser, self.shown = "", dict.fromkeys(PARTS, "")

    def draw(self, values: Sequence[Any], parts: Sequence[str] = PARTS) -> None:
        for part, value in zip(parts, values, strict=True):
            if not isinstance(value, dict):  # Gradio's way to leave it alone
                self.shown[part] = value

    def asking(self, question: str) -> Iterator[None]:
        steps = self.tab.ask(question, self.shown["conversation"], {}, self.browser, _request())
        for step in steps:
            self.draw(step[1:])
            yield

    def ask(self, question: str) -> None:
        list(self.asking(question))

    def arrive(self) -> None:
        browser, _, *page, _ = self.tab.arrive(self.browser, _request())
        self.browser = browser
        self.draw(page, PARTS[1:])

    def come_back(self) -> None:
        said = self.shown["conversation"], self.shown["talk"], self.browser, _request()
        self.draw([self.tab.come_back(*said)], ["talk"])

    def begin(self) -> None:
        self.draw(self.tab.begin(self.browser, _request()))

    def press(self, what: Callable[..., Sequence[Any]], *inputs: str, **data: Any) -> None:
        self.draw(what(*inputs, self.browser, _request(), gr.EventData(None, data)))


class Slow(Suggestions):
    """Suggestions that come after what is done `meanwhile`."""

    meanwhile: Callable[[], object] = int

    def of(self, language: str, wait_s: float = 0) -> Sequence[str]:
        todo, self.meanwhile = self.meanwhile, int
        todo()
        return ("Timeline of Rosa Quishpe",)


@pytest.fixture
def tab(newspaper_archive: Archive, willing_chain: Chain, tmp_path: Path) -> Iterator[Tab]:
    history, collections = History(tmp_path / "h.db"), Collections(tmp_path / "h.db")
    suggestions = Slow(newspaper_archive, willing_chain, 20)
    queue: QuestionQueue[Any] = QuestionQueue(2, 10)
    opened = AskTab(willing_chain, newspaper_archive, history, queue, 20, collections, suggestions)
    yield Tab(opened, suggestions, history)
    history.close()
    collections.close()


def test_a_visit_has_one_name_before_and_after_it_is_told() -> None:
    here, there = _request("one"), _request("two")
    assert visitor("", here) == visitor(new_name(here), here)
    assert new_name(here) == new_name(_request("one")) != new_name(there)
    assert "one" not in new_name(here)


def test_what_is_asked_before_the_page_has_its_name_goes_on(tab: Tab) -> None:
    tab.ask(ONE)
    begun = tab.shown["conversation"]
    tab.arrive()
    tab.ask(OTHER)
    assert tab.shown["conversation"] == begun
    turns = tab.history.turns(f"browser:{tab.browser}", begun)
    assert [kept.turn.question for kept in turns] == [ONE, OTHER]


@pytest.mark.parametrize("how", ["arrive", "come_back"])
def test_suggestions_that_come_late_leave_what_was_asked_meanwhile(tab: Tab, how: str) -> None:
    tab.begin()
    tab.suggestions.meanwhile = lambda: tab.ask(ONE)
    {"arrive": tab.arrive, "come_back": tab.come_back}[how]()
    assert ONE in tab.shown["talk"]
    assert "Timeline of" not in tab.shown["talk"]
    assert ONE in tab.shown["past"]
    assert tab.shown["conversation"]


def test_who_comes_back_while_a_question_waits_sees_it_wait(tab: Tab) -> None:
    tab.arrive()
    steps = tab.asking(ONE)
    next(steps)
    assert "waiting" in tab.shown["talk"]
    tab.come_back()
    assert "waiting" in tab.shown["talk"]
    list(steps)
    assert "waiting" not in tab.shown["talk"]
    assert ONE in tab.shown["talk"]


def test_an_answer_that_comes_late_leaves_what_was_opened_meanwhile(tab: Tab) -> None:
    tab.arrive()
    tab.ask(ONE)
    one = tab.shown["conversation"]
    tab.begin()
    steps = tab.asking(OTHER)
    next(steps)
    tab.press(tab.tab.reopen, id=one)
    evidence = tab.shown["evidence"]
    list(steps)
    assert tab.shown["conversation"] == one
    assert tab.shown["evidence"] == evidence
    assert ONE in tab.shown["talk"]
    assert OTHER not in tab.shown["talk"]
    assert OTHER in tab.shown["past"]  # it is kept, and can be opened


def test_an_answer_is_drawn_where_its_conversation_was_opened_again(tab: Tab) -> None:
    tab.arrive()
    tab.ask(ONE)
    one = tab.shown["conversation"]
    steps = tab.asking(OTHER)
    next(steps)
    tab.press(tab.tab.reopen, id=one)
    list(steps)
    assert ONE in tab.shown["talk"]
    assert OTHER in tab.shown["talk"]


def test_to_delete_another_conversation_leaves_the_question_that_waits(tab: Tab) -> None:
    tab.arrive()
    tab.ask(ONE)
    one = tab.shown["conversation"]
    tab.begin()
    steps = tab.asking(OTHER)
    next(steps)
    tab.press(tab.tab.forget, tab.shown["conversation"], id=one)
    assert "waiting" in tab.shown["talk"]
    assert ONE not in tab.shown["past"]
    list(steps)
    assert OTHER in tab.shown["talk"]
