"""Every view of the page in the windows that people have: nothing clipped, nothing that axe finds
serious; and what is asked of it that cannot be done."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.helpers import Server
from tests.judging import HAS_WEIGHTS
from tests.ui.hands import Keyboard, Mouse
from tests.ui.test_tasks import (  # noqa: F401, the same archive and browser
    ROOM,
    SCHOOLS,
    Desk,
    context,
    pytestmark,
    server,
)
from tests.ui.test_web import WAIT_MS, serious_violations

WINDOWS = [(1280, 800), (1366, 768), (1440, 900), (820, 1180), (390, 844)]
FEW = [(1280, 800), (820, 1180), (390, 844)]  # the other two are between them
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


def _fits(page: Page, view: str, windows: Sequence[tuple[int, int]] = WINDOWS) -> None:
    """In each window nothing reaches beyond its side, and axe finds nothing serious."""
    for width, height in windows:
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


QUESTION = "¿Quién diseñó la sala de lectura?"


def _spoken(context: BrowserContext) -> BrowserContext:  # noqa: F811
    """Another browser, dark and in Spanish."""
    assert context.browser is not None
    opened = context.browser.new_context(locale="es-ES", color_scheme="dark")
    opened.set_default_timeout(WAIT_MS)
    return opened


def _opened(page: Page, view: str, *summaries: str) -> None:
    """The same with everything opened that opens."""
    for summary in summaries:
        page.locator(summary).first.click()
    _fits(page, view, FEW)
    for summary in summaries:
        for width, height in WINDOWS:
            page.set_viewport_size({"width": width, "height": height})
            inside = page.locator(f"{summary} + *").first
            box = inside.bounding_box()
            assert box is not None, (view, summary)
            assert box["x"] >= 0, (view, summary, width)
            assert box["x"] + box["width"] <= width, (view, summary, width)


def test_every_view_fits_in_the_dark_and_in_spanish(
    server: Server,  # noqa: F811
    context: BrowserContext,  # noqa: F811
) -> None:
    spoken = _spoken(context)
    page = spoken.new_page()
    page.goto(server.address)
    expect(page.locator(".masthead p")).to_contain_text("artículos")
    _opened(page, "the menu", ".menu summary")
    page.get_by_role("button", name="Evaluación").click()
    expect(page.locator(".examining")).to_be_visible()
    _fits(page, "the evaluation", FEW)
    page.get_by_role("tab", name="Preguntar").click()
    page.locator("#question textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".answer.found")).to_contain_text("Helena Duarte")
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)
        proof = page.locator("#evidence .card").first
        if width < 500:
            page.locator(".question").last.evaluate("each => each.scrollIntoView()")
            proof = page.locator(".answer")
        expect(proof.locator(".quote, blockquote").first).to_be_in_viewport(ratio=1)
        expect(proof.get_by_text("Abrir el artículo")).to_be_in_viewport(ratio=1)
    _fits(page, "an answer", FEW)
    boxes = [each.bounding_box() for each in page.locator(".votes button").all()]
    assert len({round(box["y"]) for box in boxes if box}) == 1, "the two votes part"
    for tab in ("Artículos", "Colecciones", "Novedades"):
        page.get_by_role("tab", name=tab, exact=True).click()
        page.wait_for_timeout(700)
        _fits(page, tab, FEW)
        for below in page.locator(
            ".past li:visible, .drop:visible, .library summary:visible"
        ).all()[:2]:
            below.hover()
            assert not serious_violations(page), (tab, "below the mouse")
    page.goto(f"{server.address}/search?q=Puebla&from=2020-01-01&to=2020-12-31")
    _opened(page, "a search", ".help summary", ".saving summary")
    page.goto(f"{server.address}/search?q=lluvia")
    _opened(page, "former searches", ".made summary")
    page.goto(f'{server.address}/search?q=person:"Elena Prado"&view=both')
    _fits(page, "a person", FEW)
    page.goto(f"{server.address}/{OPENED}")
    _fits(page, "an article", FEW)
    page.goto(f"{server.address}/compare?q=Puebla&with=Tlaxcala")
    _fits(page, "two searches", FEW)
    page.goto(f"{server.address}/batch")
    page.locator("textarea").fill("Puebla\nAND\nlluvia")
    page.get_by_role("button", name="Buscar").click()
    expect(page.locator(".batch")).to_be_visible()
    _fits(page, "many searches", FEW)
    page.goto(f"{server.address}/check")
    _opened(page, "a check", ".claiming summary")
    if HAS_WEIGHTS:
        page.goto(f"{server.address}/check?q=Elena Prado cerró las escuelas.&paper=El Faro")
        expect(page.locator(".checked blockquote").first).to_be_visible()
        _fits(page, "a claim", FEW)
    spoken.close()


@pytest.fixture
def indexing(tmp_path: Path, cache_dir: Path) -> Iterator[Server]:
    """A server that opens while most of its articles are still to be indexed."""
    (tmp_path / "seeds").mkdir()
    note = '{"id": "%d", "text": "Nota %d. Sigue la lluvia en la sierra."}'
    notes = "\n".join(note % (n, n) for n in range(9_000))
    (tmp_path / "seeds" / "press.jsonl").write_text(notes, encoding="utf-8")
    opened = Server(tmp_path, CACHE_DIR=cache_dir)
    opened.start(until_indexed=False)
    yield opened
    opened.stop()


def test_the_menu_opens_while_articles_are_indexed(
    indexing: Server,
    context: BrowserContext,  # noqa: F811
) -> None:
    spoken = _spoken(context)
    page = spoken.new_page()
    page.goto(indexing.address)
    meter = page.locator("#progress .meter")
    expect(meter).to_contain_text("quedan")
    for width, height in FEW:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)
        top, below = page.locator("#top").bounding_box(), meter.bounding_box()
        assert top is not None
        assert below is not None
        assert below["y"] >= top["y"] + top["height"], "it lies over the head of the page"
    _opened(page, "the menu beside an indexing", ".menu summary")
    expect(meter).to_be_visible()
    page.get_by_role("button", name="Evaluación").click()
    expect(page.locator(".examining")).to_be_visible()
    page.get_by_role("tab", name="Artículos").click()
    page.wait_for_timeout(700)
    _fits(page, "the articles beside an indexing", FEW)
    expect(meter).to_be_visible()
    spoken.close()


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


def test_a_name_typed_in_a_list_is_chosen_once(desk: Desk) -> None:
    page = desk.page
    desk.open()
    papers = page.get_by_label("All papers")
    papers.evaluate("""papers => {
        papers.told = []
        papers.addEventListener('change', () => papers.told.push(papers.value))
    }""")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    Keyboard(page).choose(papers, "La Voz")
    assert papers.evaluate("papers => papers.told")[0] == "La Nota"  # it passes through another
    page.keyboard.press("Tab")
    expect(page.locator("#period option[selected]")).to_have_text(re.compile("^La Voz"))
    assert ["La Voz" in body for body in sent if '"paper"' in body] == [True]
