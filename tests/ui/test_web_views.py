"""Every view of the page in the windows that people have: nothing clipped, nothing that axe finds
serious; and what is asked of it that cannot be done."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.helpers import Server
from tests.ui.hands import Mouse
from tests.ui.test_tasks import (  # noqa: F401, the same archive and browser
    ROOM,
    SCHOOLS,
    Desk,
    context,
    pytestmark,
    server,
)
from tests.ui.test_web import serious_violations

WINDOWS = [(1280, 800), (1366, 768), (1440, 900), (820, 1180), (390, 844)]
OPENED = "article/press/1?at=0&quote=La+gobernadora+Elena+Prado"


@pytest.fixture
def desk(server: Server, context: BrowserContext, tmp_path: Path) -> Iterator[Desk]:  # noqa: F811
    page = context.new_page()
    page.goto(f"{server.address}/name.js")
    page.evaluate("localStorage.clear()")
    used = Desk(page, Mouse(page), server.address, tmp_path)
    yield used
    page.close()
    assert not used.faults


def _fits(page: Page, view: str) -> None:
    """In each window nothing reaches beyond its side, and axe finds nothing serious."""
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (view, width)
        assert not serious_violations(page), (view, width)


def test_every_view_fits_every_window(desk: Desk) -> None:
    page = desk.page
    desk.open()
    _fits(page, "nothing asked")
    desk.ask(SCHOOLS)
    sentence = page.locator("#evidence .quote").first
    for width, height in WINDOWS[:4]:
        page.set_viewport_size({"width": width, "height": height})
        expect(sentence).to_be_in_viewport(ratio=1)
        expect(page.locator("#evidence .open").first).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".question").last.evaluate("each => each.scrollIntoView({block: 'start'})")
    expect(page.locator(".answer blockquote")).to_be_in_viewport(ratio=1)
    expect(desk.button("Open the article", page.locator(".answer"))).to_be_in_viewport(ratio=1)
    _fits(page, "an answer")
    page.set_viewport_size({"width": 1280, "height": 800})
    desk.press(desk.button(f"Share: {SCHOOLS}"))
    shared = page.get_by_role("link", name="Shared conversation").get_attribute("href")
    page.locator("#evidence summary").first.click()
    desk.button(re.compile("Keep"), page.locator("#evidence")).first.click()
    for tab in ("Articles", "Collections", "News"):
        desk.tab(tab)
        page.wait_for_timeout(700)
        _fits(page, tab)
    for path in ("search?q=Puebla", "search?q=OR", "search?q=room&view=both", OPENED, shared):
        desk.open(str(path))
        _fits(page, str(path))


def test_an_empty_archive_invites_in_every_window(
    context: BrowserContext,  # noqa: F811
    tmp_path: Path,
    cache_dir: Path,
) -> None:
    (tmp_path / "none").mkdir()
    empty = Server(tmp_path, CACHE_DIR=cache_dir, ARTICLES_DIR=tmp_path / "none")
    empty.start()
    page = context.new_page()
    page.goto(empty.address)
    expect(page.locator(".welcome")).to_contain_text("The archive is empty.")
    _fits(page, "an empty archive")
    page.get_by_role("button", name="Add articles").click()
    expect(page.locator(".drop")).to_be_visible()
    page.close()
    empty.stop()


def test_a_search_of_operators_or_of_10000_characters_is_explained(desk: Desk) -> None:
    desk.search("OR AND NOT")
    expect(desk.page.get_by_role("alert")).to_be_visible()
    expect(desk.page.get_by_role("searchbox")).to_have_value("OR AND NOT")
    desk.search("lluvia " * 1_430)
    expect(desk.page.get_by_role("alert")).to_be_visible()
    expect(desk.page.get_by_role("searchbox")).to_have_value("lluvia " * 1_430)


def test_a_link_to_an_article_that_is_gone_shows_what_it_quoted(desk: Desk) -> None:
    desk.open("article/press/gone?at=3&quote=La+gobernadora+Elena+Prado")
    expect(desk.page.locator(".fault")).to_contain_text("no longer in the archive")
    expect(desk.page.locator("blockquote")).to_have_text("La gobernadora Elena Prado")


def test_two_tabs_ask_in_one_conversation(desk: Desk) -> None:
    desk.open()
    desk.ask(ROOM)
    expect(desk.page).to_have_url(re.compile("conversation="))
    other = Desk(desk.page.context.new_page(), Mouse(desk.page), desk.address, desk.folder)
    other.page.goto(desk.page.url)
    expect(other.page.locator(".question")).to_have_text([ROOM])
    other.hand = Mouse(other.page)
    other.ask(SCHOOLS)
    # With the answer to it comes what the other tab asked: none is lost.
    desk.hand.write(desk.page.locator("#question textarea"), "Who visited Tlaxcala?", "Enter")
    expect(desk.page.locator(".question")).to_have_count(3)
    expect(desk.page.locator(".answer:not(.waiting)")).to_have_count(3)
    other.page.close()


def test_two_presses_in_one_instant_both_count(desk: Desk) -> None:
    desk.open()
    desk.tab("Articles")
    cards = desk.page.locator(".library .card")
    for n in (0, 1, 2):
        cards.nth(n).locator("summary").click()
    keeps = desk.page.locator(".library .card[open] [data-event=keep]")
    expect(keeps).to_have_count(3)
    keeps.evaluate_all("all => all.forEach(each => each.click())")
    expect(desk.page.locator(".library [data-event=keep][aria-pressed=true]")).to_have_count(3)
    desk.tab("Collections")
    expect(desk.page.locator(".collections .item")).to_have_count(3)
    expect(desk.page.locator(".collections .past .name")).to_have_count(1)


def test_a_collection_deleted_elsewhere_and_a_note_of_a_megabyte_are_said(desk: Desk) -> None:
    desk.open()
    desk.keep_evidence()
    desk.tab("Collections")
    note = desk.page.get_by_placeholder("Your note")
    note.fill("ñ" * 1_000_000)
    note.blur()
    expect(desk.page.get_by_text("The note has 1,000,000 characters")).to_be_visible()
    other = Desk(desk.page.context.new_page(), Mouse(desk.page), desk.address, desk.folder)
    other.hand = Mouse(other.page)
    other.open()
    other.tab("Collections")
    other.page.once("dialog", lambda dialog: dialog.accept())
    other.press(other.button("Delete: Kept"))
    expect(other.page.locator(".collections .name")).to_have_count(0)
    other.page.close()
    desk.press(desk.button("Ask these articles"))
    expect(desk.page.get_by_text("The collection is gone")).to_be_visible()


def test_a_conversation_of_another_browser_is_not_shown(desk: Desk) -> None:
    desk.open()
    desk.ask(ROOM)
    expect(desk.page).to_have_url(re.compile("conversation="))
    mine = desk.page.url
    desk.page.evaluate("localStorage.clear()")
    desk.page.goto(mine)
    expect(desk.page.get_by_role("alert")).to_contain_text("another person's")
    expect(desk.page.locator(".question")).to_have_count(0)
    assert httpx.get(f"{desk.address}/shared/{'0' * 32}", timeout=60).status_code == 404
