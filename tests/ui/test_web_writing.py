"""Answers that a model writes, as the page shows them; the model's server is a stub."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks import crowd
from hemeroteca.index.stores.archive import Archive
from hemeroteca.ui.session import open_chain
from hemeroteca.ui.settings import Settings
from hemeroteca.ui.web import page as web
from tests import stub_llm
from tests.stub_llm import Reply, number, prompt
from tests.ui.test_web import WAIT_MS, browser, pytestmark  # noqa: F401, the same browser

FIRST = "Helena Duarte designed the new reading room."
SECOND = "Admission is free for students."
go_on = Event()


def _reply(body: dict[str, Any]) -> Reply:
    """A sentence and half of another; the rest, or a fault, when the test lets it go on."""
    asked = prompt(body)
    if "Last question:" in asked:
        yield asked.rsplit("Last question: ")[-1]  # it stands alone
        return
    yield f"{FIRST} [{number(body, 'Helena Duarte')}] Admission "
    go_on.wait(60)
    if "break" in asked:
        yield b"data: {broken\n\n"
    else:
        yield f"is free for students. [{number(body, 'Admission is free')}]"


@pytest.fixture(scope="module")
def address(newspaper_archive: Archive, newspaper: Path) -> Iterator[str]:
    with stub_llm.serving(_reply) as stub, pytest.MonkeyPatch.context() as patch:
        patch.setattr(web, "_CONCURRENT", 1)
        patch.setattr(web, "_WAITING", 1)
        settings = Settings(answer_from=0.0, llm_base_url=stub.url, llm_model="m", llm_always=True)
        chain = open_chain(settings, newspaper_archive)
        with crowd.serving(chain, newspaper_archive, [newspaper]) as served:
            yield served.address


@pytest.fixture
def page(address: str, browser: Browser) -> Iterator[Page]:  # noqa: F811
    go_on.clear()
    opened = browser.new_page(locale="en-US")
    opened.set_default_timeout(WAIT_MS)
    expect.set_options(timeout=WAIT_MS)
    opened.goto(address)
    expect(opened.locator(".welcome")).to_be_visible()
    yield opened
    go_on.set()
    opened.close()


def _ask(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".waiting")).to_contain_text(FIRST)


def test_sentences_come_as_they_are_checked_and_the_answer_replaces_them(page: Page) -> None:
    _ask(page, "Who designed the reading room of the library?")
    expect(page.locator(".waiting .marker")).to_have_count(0)
    go_on.set()
    expect(page.locator(".written")).to_have_text(f"{FIRST} [1] {SECOND} [2]")
    expect(page.locator(".waiting")).to_have_count(0)
    expect(page.locator("#evidence .card.cited")).to_have_count(2)
    page.locator(".marker").last.click()
    opened = page.locator("#evidence .article .quote")
    expect(opened).to_contain_text("Admission is free for students and pensioners.")


def test_after_a_fault_what_was_checked_stays_and_the_reason_stands(page: Page) -> None:
    _ask(page, "Who designed the reading room of the library? (break off)")
    go_on.set()
    expect(page.locator(".written")).to_have_text(f"{FIRST} [1]")
    expect(page.locator(".note")).to_contain_text("The written answer broke off: its server failed")


def test_an_answer_is_stopped_at_once_and_can_be_asked_for_again(page: Page) -> None:
    _ask(page, "Who designed the reading room of the library?")
    expect(page.locator(".waiting .draft")).to_contain_text("Helena Duarte")  # the embedded answer
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".short")).to_contain_text("[1]")  # which is kept
    expect(page.get_by_text(FIRST)).to_have_count(0)
    assert not go_on.is_set()  # the model has not come to an end
    go_on.set()
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".written")).to_contain_text(SECOND)


def test_a_long_question_that_is_stopped_is_kept_whole(page: Page) -> None:
    question = "Who designed the reading room of the library? " + "Was it built of stone? " * 20
    assert len(question) > 300
    _ask(page, question + "And who pays?")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".answer:not(.waiting)")).to_have_count(1)
    expect(page.locator(".question")).to_contain_text("And who pays?")
    go_on.set()
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".written")).to_contain_text(SECOND)
    expect(page.locator(".question").last).to_contain_text("And who pays?")


def test_who_waits_is_told_so_and_can_stop_and_who_comes_last_is_asked_to_come_back(
    page: Page,
    browser: Browser,  # noqa: F811
) -> None:
    """One question is answered at a time here, and one waits."""
    _ask(page, "Who designed the reading room of the library?")
    others = [browser.new_page(locale=locale) for locale in ("en-US", "es-ES")]
    for other in others:
        other.goto(page.url)
        expect(other.locator(".welcome")).to_be_visible()
        other.locator("#question textarea").fill("Who designed the reading room?")
        other.keyboard.press("Enter")
        expect(other.locator(".answer")).to_be_visible()
    waiting, late = others
    expect(waiting.locator(".doing")).to_have_text("The page is busy; yours is the next question…")
    expect(late.locator(".failed")).to_contain_text("La página está ocupada")
    waiting.get_by_role("button", name="Stop").click()
    expect(waiting.locator(".failed")).to_contain_text("You stopped this answer.")
    assert not go_on.is_set()  # the first is not answered yet
    late.get_by_role("button", name="Preguntar de nuevo").click()
    expect(late.locator(".doing")).to_have_text(
        "La página está ocupada; su pregunta es la siguiente…"
    )
    go_on.set()
    for asked in (page, late):
        expect(asked.locator(".written")).to_contain_text(SECOND)
    for other in others:
        other.close()


def test_a_reader_of_an_earlier_answer_is_not_moved(page: Page) -> None:
    go_on.set()
    for n in (1, 2, 3):
        page.locator("#question textarea").fill(f"Who designed the reading room? {n}")
        page.keyboard.press("Enter")
        expect(page.locator(".answer:not(.waiting)")).to_have_count(n)
    talk, right = page.locator(".talk"), page.get_by_role("button", name="Right").first
    talk.evaluate("talk => { talk.scrollTop = 0 }")
    right.hover()  # this scrolls as far as it needs
    top = talk.evaluate("talk => talk.scrollTop")
    right.click()
    expect(right).to_have_attribute("aria-pressed", "true")
    assert talk.evaluate("talk => talk.scrollTop") == top
    assert talk.evaluate("talk => talk.scrollHeight - talk.scrollTop - talk.clientHeight") > 100
    page.locator("#question textarea").fill("Who designed the reading room? 4")
    page.keyboard.press("Enter")
    expect(page.locator(".answer:not(.waiting)")).to_have_count(4)
    expect(page.locator(".answer").last).to_be_in_viewport()
    expect(page.locator("#hearing")).to_contain_text("Helena Duarte designed")
