"""A journalist's tasks with searches and articles, in a real browser."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.helpers import ROOT, Server, write
from tests.ui.test_web import CHROMIUM, WAIT_MS, serious_violations

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ, reason="there is no chromium on this machine"
)
RECORDS = """\
{"id": "1", "title": "Puebla cierra sus escuelas", "paper": "El Faro", "author": "Rosa Quishpe", \
"date": "2020-03-04", "text": "La gobernadora cerró las escuelas de Puebla. El presidente del \
Gobierno la felicitó."}
{"id": "2", "title": "Las escuelas siguen cerradas", "paper": "La Voz", \
"author": "Juan O'Donnell", "date": "2020-03-20", "text": "En Puebla las escuelas siguen \
cerradas desde las 12:30 del lunes."}
{"id": "3", "title": "El pueblo vota", "paper": "El Faro", "author": "Rosa Quishpe", \
"date": "2021-05-06", "text": "El pueblo eligió a su alcaldesa. Hubo una reunión en Madrid."}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, cache_dir: Path) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("search")
    write(home / "seeds", "library", "The library of Porto has a new reading room.", "2019-01-02")
    (home / "seeds" / "press.jsonl").write_text(RECORDS, encoding="utf-8")
    for n in range(24):
        write(home / "seeds", f"note{n}", f"Nota {n}: sigue la lluvia en la sierra.", "2018-01-02")
    opened = Server(home, CACHE_DIR=cache_dir)
    opened.start()
    yield opened
    opened.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def page(server: Server, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 800},
        locale="en-US",
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(WAIT_MS)
    expect.set_options(timeout=WAIT_MS)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(f"{server.address}/search")
    yield opened
    context.close()
    assert not faults


def _search(page: Page, text: str) -> None:
    box = page.get_by_role("searchbox")
    box.fill(text)
    box.press("Enter")
    expect(page.locator(".hits h2, .note, .fault").first).to_be_visible()


def _found(page: Page) -> list[str]:
    return page.locator(".hits h2").all_inner_texts()


def _picture(page: Page, name: str) -> None:
    (ROOT / "artefacts").mkdir(exist_ok=True)
    page.screenshot(path=ROOT / "artefacts" / f"{name}.png")


def test_a_phrase_in_one_paper_in_a_month_is_found_and_cited(page: Page) -> None:
    _search(page, '"las escuelas"')
    assert len(_found(page)) == 2
    page.get_by_role("link", name="El Faro 1").click()
    page.get_by_role("link", name="2020 1").click()
    page.get_by_role("link", name="March 2020 1").click()
    expect(page.locator(".hits h2")).to_have_text(["Puebla cierra sus escuelas"])
    expect(page.locator(".excerpt mark")).to_have_text("las escuelas")
    _picture(page, "search")
    page.get_by_role("link", name="Puebla cierra sus escuelas").click()
    expect(page.locator("#place-1")).to_have_text("las escuelas")
    expect(page.locator("#place-1")).to_be_in_viewport()
    with page.expect_download() as download:
        page.get_by_role("link", name="RIS").click()
    assert "T1  - Puebla cierra sus escuelas" in Path(download.value.path()).read_text() or (
        "TI  - Puebla cierra sus escuelas" in Path(download.value.path()).read_text()
    )


def test_back_and_forward_and_a_kept_link_lead_where_one_was(page: Page, server: Server) -> None:
    _search(page, "Puebla")
    page.get_by_role("link", name="La Voz 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 article")
    kept = page.url
    page.get_by_role("link", name="Las escuelas siguen cerradas").click()
    expect(page.locator(".reading h1")).to_have_text("Las escuelas siguen cerradas")
    page.go_back()
    assert page.url == kept
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 articles")
    expect(page.get_by_role("searchbox")).to_have_value("Puebla")
    page.go_forward()
    page.go_forward()
    expect(page.locator(".reading h1")).to_have_text("Las escuelas siguen cerradas")
    page.goto(kept)
    assert _found(page) == ["Las escuelas siguen cerradas"]


def test_an_author_is_followed_from_an_article(page: Page) -> None:
    _search(page, "title:pueblo")
    page.get_by_role("link", name="El pueblo vota").click()
    page.get_by_role("link", name="Rosa Quishpe").click()
    expect(page.locator(".hits h2")).to_have_text(["El pueblo vota", "Puebla cierra sus escuelas"])


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("O'Donnell", []),
        ("author:O'Donnell", ["Las escuelas siguen cerradas"]),
        ("12:30", ["Las escuelas siguen cerradas"]),
        ("Madrid: reunión", ["El pueblo vota"]),
        ("Puebla NOT presidente", ["Las escuelas siguen cerradas"]),
        ("gobernad* OR alcaldesa", ["Puebla cierra sus escuelas", "El pueblo vota"]),
        ("gobrenadora~", ["Puebla cierra sus escuelas"]),
        ("paper:faro date:>2020", ["El pueblo vota"]),
        ('"presidente gobierno"~1', ["Puebla cierra sus escuelas"]),
    ],
)
def test_what_journalists_write_finds_what_they_mean(
    page: Page, text: str, titles: list[str]
) -> None:
    _search(page, text)
    assert sorted(_found(page)) == sorted(titles)


def test_every_page_of_many_is_reached_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")  # leaves the box, which has the focus from the beginning
    page.keyboard.press("/")
    page.keyboard.type("lluvia")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("24 articles")
    first = _found(page)
    page.get_by_role("link", name="Next").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".hits h2")).to_have_count(4)
    assert len({*first, *_found(page)}) == 24
    page.get_by_role("link", name="Oldest first").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".hits h2")).to_have_count(20)


def test_a_wrong_search_is_explained_and_can_be_mended(page: Page) -> None:
    _search(page, "AND OR NOT")
    expect(page.get_by_role("alert")).to_contain_text("AND stands between two words")
    expect(page.get_by_role("searchbox")).to_have_value("AND OR NOT")
    _search(page, '"Puebla')
    expect(page.get_by_role("alert")).to_contain_text("is not closed")
    _search(page, '"Puebla"')
    assert len(_found(page)) == 2


def test_words_and_meaning_are_one_switch(page: Page) -> None:
    _search(page, "reading room")
    page.get_by_role("link", name="Side by side").click()
    expect(page.get_by_role("heading", name="Nearest in meaning")).to_be_visible()
    words, meaning = page.locator(".results").all()
    assert (words.bounding_box() or {})["y"] == (meaning.bounding_box() or {})["y"]
    expect(meaning.locator("h2").first).to_contain_text("The library of Porto")
    _picture(page, "side-by-side")
    page.get_by_role("link", name="Words", exact=True).click()
    expect(page.get_by_role("heading", name="Nearest in meaning")).to_have_count(0)


def test_a_sentence_is_linked_to_and_opened_by_its_link(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/article/press/1")
    page.locator(".sentence", has_text="El presidente del Gobierno").evaluate(
        "sentence => getSelection().selectAllChildren(sentence)"
    )
    page.get_by_role("button", name="Copy the link to this sentence").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    expect(page.locator("#place-1")).to_have_text("El presidente del Gobierno la felicitó.")


def test_an_article_shows_what_is_around_it(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/article/press/1")
    around = page.get_by_role("complementary", name="Around this article")
    expect(around.get_by_role("link", name="Las escuelas siguen cerradas")).to_be_visible()
    _picture(page, "article")


def test_what_is_found_is_kept_noted_and_asked(page: Page, server: Server) -> None:
    """From a page for reading to the chat: by keyboard, and before the browser had a name."""
    _search(page, "escuelas")
    star = page.locator(".hits li", has_text="La Voz").get_by_role("button", name="Keep")
    star.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("Kept in “Kept”")
    page.get_by_role("link", name="Puebla cierra sus escuelas").click()
    aside = page.get_by_role("complementary")
    aside.get_by_role("button", name="☆ Keep").click()
    aside.get_by_role("textbox", name="Note on").fill("Call the governor")
    aside.get_by_role("textbox", name="New collection").fill("Mayors")
    page.keyboard.press("Enter")
    expect(aside.locator(".items li")).to_have_count(0)
    page.locator(".sentence").last.select_text()
    page.locator(".copying").get_by_role("button", name="Keep").click()
    expect(aside.locator("blockquote")).to_have_text("El presidente del Gobierno la felicitó.")
    aside.get_by_role("combobox").select_option("Kept")
    expect(aside.get_by_role("textbox", name="Note on")).to_have_value("Call the governor")
    _picture(page, "keep")
    page.goto(server.address)
    box = page.locator("#question textarea")
    box.fill("Who closed the schools of Puebla?")  # before the page has arrived
    box.press("Enter")
    expect(page.locator(".answer:not(.waiting)")).to_have_count(1)
    page.get_by_role("tab", name="Collections").click()
    expect(page.locator("#collections .past .name")).to_have_text(["Kept", "Mayors"])
    page.locator("#collections").get_by_role("button", name="Kept", exact=True).click()
    expect(page.locator("#collections textarea").last).to_have_value("Call the governor")
    page.get_by_role("button", name="Ask these articles").click()
    box.fill("Who closed the schools of Puebla?")
    box.press("Enter")
    expect(page.locator(".answer:not(.waiting)")).to_have_count(2)
    page.reload()
    expect(page.locator(".question")).to_have_count(2)


def test_the_chat_leads_to_the_search_and_back(page: Page, server: Server) -> None:
    page.goto(server.address)
    page.locator(".ways").get_by_role("link", name="Search").click()
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("link", name="Ask").click()
    expect(page.locator("#question textarea")).to_be_visible()


def test_a_conversation_and_its_answers_have_addresses(page: Page, server: Server) -> None:
    page.goto(server.address)
    asked = ["Who closed the schools of Puebla?", "What has a new reading room?"]
    for number, question in enumerate(asked, start=1):
        box = page.locator("#question textarea")
        box.fill(question)
        box.press("Enter")
        expect(page.locator(".answer:not(.waiting)")).to_have_count(number)
        # It has its address once it is kept, which is after it is shown.
        expect(page).to_have_url(re.compile(r"\?conversation=\w{32}$"))
    page.get_by_role("button", name="Link", exact=True).first.click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{page.url}&turn=0"
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".question")).to_have_count(0)
    assert page.url == f"{server.address}/"
    page.go_back()
    expect(page.locator(".question")).to_have_text(asked)
    page.go_forward()
    expect(page.locator(".question")).to_have_count(0)
    page.goto(f"{server.address}/search")
    page.goto(link)
    expect(page.locator(".question")).to_have_text(asked)
    page.goto(f"{server.address}/?conversation={'0' * 32}")
    expect(page.get_by_role("alert")).to_contain_text("was deleted, or is another person's")


def test_what_was_still_being_made_is_there_without_a_key(server: Server, page: Page) -> None:
    page.goto(f"{server.address}/passages")
    expect(page.locator("[data-again]")).to_have_count(0, timeout=30_000)
    expect(page.locator("main .facts").first).to_contain_text("passage")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_axe_finds_nothing_serious(
    server: Server, browser: Browser, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, locale="en-US"
    )  # type: ignore[arg-type]
    page = context.new_page()
    for address in (
        "search", "search?q=Puebla&paper=El+Faro", "search?q=OR", "search?q=room&view=both",
        "article/press/1?q=Puebla", "article/none", "passages", "pictures",
    ):  # fmt: skip
        page.goto(f"{server.address}/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        for way in page.locator(".switch a").all():  # the row clips what is wider than it
            box, row = way.bounding_box(), page.locator(".switch").bounding_box()
            assert box
            assert row
            assert box["x"] + box["width"] <= row["x"] + row["width"], address
        assert not serious_violations(page), address
    context.close()


def test_a_page_of_results_comes_at_once(page: Page, server: Server) -> None:
    _search(page, "lluvia")
    spent = page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")
    assert spent < 5_000  # a busy machine; docs/measurements.md has the figure of a quiet one
    assert re.search("24 articles", page.content())
