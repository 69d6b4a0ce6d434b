"""What is kept and followed on the page, in a real browser, with users and without."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from hemeroteca.ui.web.auth import hash_password
from tests.helpers import SEED, Server, write
from tests.ui.test_web import (  # noqa: F401, the same browser
    Visit,
    _visiting,
    browser,
    pytestmark,
    serious_violations,
)

QUESTION = "Who designed the reading room?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, cache_dir: Path) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("keeping")
    shutil.copytree(SEED.parent, home / "seeds")
    write(
        home / "seeds",
        "library",
        "The public library of Porto reopened on Monday after two years of repairs. "
        "The architect Helena Duarte designed its new reading room.",
        "2025-10-04",
    )
    users = f"ana:{hash_password('a')},eve:{hash_password('e')}"
    opened = Server(home, CACHE_DIR=cache_dir, ANSWER_FROM=0, CHAT_USERS=users)
    opened.start()
    yield opened
    opened.stop()


@pytest.fixture
def visit(server: Server, browser: Browser) -> Iterator[Visit]:  # noqa: F811
    credentials = {"username": "ana", "password": "a"}
    with _visiting(browser, server.address, http_credentials=credentials) as visited:
        yield visited


def _tab(page: Page, name: str) -> None:
    """Open a tab and wait for what it shows, which the server tells."""
    page.get_by_role("tab", name=name, exact=True).click()
    page.wait_for_timeout(1_500)


def _keep_first(visit: Visit) -> None:
    """Open the first card of evidence and keep its quote, by keyboard."""
    visit.page.locator("#evidence summary").first.focus()
    visit.page.keyboard.press("Enter")
    keep = visit.page.locator("#evidence").get_by_role("button", name="Keep").first
    keep.focus()
    visit.page.keyboard.press("Enter")


def test_a_quote_is_kept_noted_asked_and_exported(
    visit: Visit,
    server: Server,
    browser: Browser,  # noqa: F811
) -> None:
    page = visit.page
    visit.ask(QUESTION)
    _keep_first(visit)
    kept = page.locator("#evidence [data-event=keep]").first
    expect(kept).to_have_attribute("aria-pressed", "true")
    expect(kept).to_have_text("★ Kept")
    _tab(page, "Articles")
    page.locator(".library summary", has_text="Vladímir").click()
    page.locator(".library .card[open]").get_by_role("button", name="Keep").click()
    _tab(page, "Collections")
    items = page.locator(".collections .item")
    expect(items).to_have_count(2)
    expect(items.first.locator("blockquote")).to_contain_text("Helena Duarte")
    note = items.first.get_by_placeholder("Your note")
    note.fill("Ask *her*.\nIn January.")
    page.locator(".collections h2").last.click()
    assert not serious_violations(page)
    visit.picture("collections")
    for style, told in {
        "Markdown": "**Note:** Ask \\*her\\*.",
        "RIS": "N1  - Ask *her*. In January.",
        "BibTeX": "Ask *her*. In January.}",
        "CSL-JSON": "Ask *her*.\\nIn January.",
        "JSON": '"note": "Ask *her*.\\nIn January."',
    }.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Export as {style}", exact=True).click()
        text = Path(download.value.path()).read_text(encoding="utf-8")
        assert told in text, style
        assert text.count("Helena Duarte") == 1, style
    # Asked by itself: what the others say does not count.
    items.first.get_by_role("button", name="Remove").click()
    expect(items).to_have_count(1)
    page.get_by_role("button", name="Ask these articles").click()
    chip = page.locator("#period .chip", has_text="Only in “Kept”")
    expect(chip).to_be_visible()
    visit.ask(QUESTION)
    expect(page.locator(".answer").first).to_contain_text("Helena Duarte")
    expect(page.locator(".answer").last).not_to_contain_text("Helena Duarte")
    expect(page.locator(".asked-of").last).to_have_text("“Kept”")
    # Deleted in another tab: said, and the page goes on.
    with _visiting(
        browser, server.address, http_credentials={"username": "ana", "password": "a"}
    ) as other:
        _tab(other.page, "Collections")
        other.page.once("dialog", lambda dialog: dialog.accept())
        other.page.get_by_role("button", name="Delete: Kept").click()
        expect(other.page.locator(".collections .name")).to_have_count(0)
    visit.ask(QUESTION)
    expect(page.locator(".answer.failed").last).to_contain_text("The collection is gone")
    chip.click()
    visit.ask(QUESTION)
    expect(page.locator(".answer").last).to_contain_text("Helena Duarte")


def test_a_note_of_a_megabyte_is_refused_and_not_lost(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    _keep_first(visit)
    _tab(page, "Collections")
    note = page.get_by_placeholder("Your note").first
    note.fill("ñ" * 1_000_000)
    page.locator(".collections h2").last.click()
    expect(page.get_by_text("The note has 1,000,000 characters")).to_be_visible()
    assert len(note.input_value()) == 1_000_000


def test_a_collection_has_a_name_of_its_own(visit: Visit) -> None:
    page = visit.page
    _tab(page, "Collections")
    new = page.get_by_label("New collection")
    new.fill("<b>Ash</b>")
    new.press("Enter")
    name = page.locator(".collections .name", has_text="<b>Ash</b>")
    expect(name).to_be_visible()
    expect(page.locator(".collections .empty")).to_contain_text("The collection is empty")
    page.get_by_role("button", name="Rename: <b>Ash</b>").click()
    page.locator(".collections li input").fill("Lava")
    page.keyboard.press("Enter")
    expect(page.locator(".collections h2").last).to_have_text("Lava")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete: Lava").click()
    expect(page.locator(".collections .name", has_text="Lava")).to_have_count(0)


def test_new_articles_bring_news_of_what_is_followed(
    visit: Visit,
    server: Server,
    browser: Browser,  # noqa: F811
    tmp_path: Path,
) -> None:
    page = visit.page
    visit.ask("Who repaired the lighthouse?")
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_text("Followed: what new articles say")).to_be_visible()
    _tab(page, "News")
    search = page.get_by_label("Follow a search (words)")
    search.fill("zeppelin")
    search.press("Enter")
    expect(page.locator(".news .name")).to_have_count(2)
    expect(page.locator(".news .empty")).to_contain_text("There is no news.")
    _tab(page, "Articles")
    text = "The engineer Marta Souto repaired the lighthouse of Cabo Vilán. A zeppelin flew by."
    page.locator(".drop input").set_input_files(write(tmp_path, "light", text, "2025-11-28"))
    expect(page.locator(".receipt")).to_contain_text("1 article added")
    _tab(page, "News")
    items = page.locator(".news .item")
    expect(items).to_have_count(2)
    expect(page.locator(".news .item", has_text="For “Who repaired")).to_contain_text("Marta Souto")
    assert not serious_violations(page)
    visit.picture("news")
    feed = page.get_by_role("link", name="Atom feed").get_attribute("href") or ""
    address = f"{server.address}/{feed}"
    read = httpx.get(address, auth=("ana", "a"), timeout=60)
    assert read.headers["content-type"] == "application/atom+xml"
    names = {"a": "http://www.w3.org/2005/Atom"}
    entries = ElementTree.fromstring(read.text).findall("a:entry", names)
    assert len(entries) == 2
    link = entries[0].find("a:link", names)
    assert link is not None
    assert "Marta Souto" in httpx.get(link.get("href", ""), auth=("ana", "a"), timeout=60).text
    # A private link opened by another user, by nobody, and one that never was.
    assert httpx.get(address, auth=("eve", "e"), timeout=60).status_code == 404
    assert httpx.get(address, timeout=60).status_code == 401
    gone = f"{server.address}/feed/{'0' * 32}.atom"
    assert httpx.get(gone, auth=("ana", "a"), timeout=60).status_code == 404
    credentials = {"username": "eve", "password": "e"}
    with _visiting(browser, server.address, http_credentials=credentials) as other:
        for name, said in {
            "News": "Nothing is followed yet.",
            "Collections": "What you keep",
        }.items():
            _tab(other.page, name)
            expect(other.page.get_by_text(said)).to_be_visible()
            expect(other.page.locator(".item:visible")).to_have_count(0)
    page.get_by_role("button", name="Mark all as seen").click()
    expect(items).to_have_count(0)
    page.get_by_role("button", name="Seen ones as well").click()
    expect(items).to_have_count(2)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Follow no more: zeppelin").click()
    expect(page.locator(".news .name")).to_have_count(1)


def test_a_forged_citation_is_not_kept(visit: Visit) -> None:
    page = visit.page
    visit.ask("Who met the Venezuelan ambassador?")  # which no other test keeps
    card = page.locator("#evidence .card").first
    carried = json.loads(card.get_attribute("data-citation") or "{}")
    forged = json.dumps(carried | {"quote": "Nobody said this.", "mark": [0, 0]})
    card.evaluate("(card, forged) => { card.dataset.citation = forged }", forged)
    page.locator("#evidence summary").first.click()
    page.locator("#evidence").get_by_role("button", name="Keep").first.click()
    expect(page.get_by_text("the sentence is no longer there").last).to_be_visible()
