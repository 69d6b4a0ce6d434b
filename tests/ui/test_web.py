"""The page, served by the command and driven with a real browser."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.helpers import ROOT, SEED, Server, write

CHROMIUM = shutil.which("chromium")
# Whatever of this ran would put an id into the page, change its title or ask 192.0.2.1.
MARKUP = (
    "<b id='injected'>&amp; &</b><script>document.title=1</script>"
    "<img src='http://192.0.2.1/x.png' onerror='document.title=2'>"
    "<a id='injected' href='javascript:document.title=3'>a</a>[b](javascript:document.title=4) "
    "![c](http://192.0.2.1/y.png) **d** `e` ${document.title=5} {{value}} \"><i id='injected'>"
)
WAIT_MS = 60_000  # for an answer on a busy machine
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ, reason="there is no chromium on this machine"
)


@dataclass
class Visit:
    """A page, the hosts it asked for anything, and the faults of its script."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Ask, and wait until what is asked is answered."""
        answers = self.page.locator(".answer:not(.waiting)")
        before = answers.count()
        box = self.page.locator("#question textarea")
        box.fill(question)
        box.press("Enter")
        expect(answers).to_have_count(before + 1)

    def open(self, address: str) -> None:
        self.page.goto(address)
        expect(self.page.locator("#question textarea")).to_be_visible()
        expect(self.page.locator(".masthead")).to_be_visible()

    def picture(self, name: str) -> None:
        (ROOT / "artefacts").mkdir(exist_ok=True)
        self.page.screenshot(path=ROOT / "artefacts" / f"{name}.png")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, cache_dir: Path) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("web")
    shutil.copytree(SEED.parent, home / "seeds")
    write(
        home / "seeds",
        "volcan",
        f"El volcán Cotopaxi {MARKUP} expulsó ceniza. Todo pasó durante la noche {MARKUP}.",
    )
    write(
        home / "seeds",
        "library",
        "The public library of Porto reopened on Monday after two years of repairs. "
        "The architect Helena Duarte designed its new reading room.",
        "2025-10-04",
    )
    # Whatever its confidence it answers: here the page is tested, not the reader.
    opened = Server(home, CACHE_DIR=cache_dir, ANSWER_FROM=0)
    opened.start()
    yield opened
    opened.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield opened
        opened.close()


@contextmanager
def _visiting(browser: Browser, address: str, **context: Any) -> Iterator[Visit]:
    options = {"viewport": {"width": 1280, "height": 900}, "locale": "en-US"} | context
    page = browser.new_context(**options).new_page()
    page.set_default_timeout(WAIT_MS)
    expect.set_options(timeout=WAIT_MS)
    visited = Visit(page)
    page.on("request", lambda request: visited.hosts.add(urlsplit(request.url).netloc))
    page.on("pageerror", lambda error: visited.faults.append(str(error)))
    visited.open(address)
    yield visited
    page.context.close()
    assert not visited.faults


@pytest.fixture
def visit(server: Server, browser: Browser) -> Iterator[Visit]:
    with _visiting(browser, server.address) as visited:
        yield visited


def test_a_question_shows_its_evidence_and_nothing_leaves_the_machine(
    visit: Visit, server: Server
) -> None:
    page = visit.page
    expect(page).to_have_title("Hemeroteca")
    expect(page.get_by_text("3 articles")).to_be_visible()
    visit.ask("Who met the Venezuelan ambassador?")
    card = page.locator("#evidence .card.cited").first
    expect(card.locator(".quote")).to_contain_text("Lukashenko")
    expect(card.locator(".context")).to_contain_text("En paralelo, Bielorrusia también se acercó")
    expect(card.locator("time")).to_have_text("12 December 2025")
    expect(card.locator("b")).to_contain_text("Vladímir Putin")
    conversation = page.get_by_role("log")
    expect(conversation).to_contain_text("Who met the Venezuelan ambassador?")
    expect(conversation).to_contain_text("[1]")
    visit.picture("chat")
    assert visit.hosts - {""} == {urlsplit(server.address).netloc}  # "" is of data: addresses
    assert not server.network_log.exists(), server.network_log.read_text()


@pytest.mark.parametrize("how", ["marker", "card", "keyboard"])
def test_the_article_opens_at_the_quote(visit: Visit, how: str) -> None:
    page = visit.page
    visit.ask("Who met the Venezuelan ambassador?")
    article = page.locator("#evidence .article").first
    expect(article).to_be_hidden()
    if how == "marker":
        page.locator(".marker").first.click()
    elif how == "card":
        page.locator("#evidence summary").first.click()
    else:
        page.locator("#evidence summary").first.focus()
        page.keyboard.press("Enter")
    expect(article).to_be_visible()
    expect(article).to_contain_text("En un contexto de creciente fricción")  # where it begins
    expect(article.locator(".quote")).to_contain_text("Alexander Lukashenko")
    expect(article.locator(".quote mark")).to_be_in_viewport()
    assert article.evaluate("article => article.scrollTop") > 0


def test_twelve_cards_are_whole_and_their_column_scrolls(server: Server, browser: Browser) -> None:
    laptop = {"width": 1366, "height": 768}
    with _visiting(browser, server.address, viewport=laptop) as visit:
        visit.ask("Who met the Venezuelan ambassador?")
        card = visit.page.locator("#evidence .card").first
        expect(card.locator(".quote")).to_contain_text("Lukashenko")
        alone = card.evaluate("card => card.scrollHeight")
        card.evaluate("card => { for (let n = 1; n < 12; n++) card.after(card.cloneNode(true)) }")
        cards = visit.page.locator("#evidence .card")
        shown = cards.evaluate_all("cards => cards.map(card => card.clientHeight)")
        assert shown[:12] == [alone] * 12
        column = visit.page.locator("#evidence .evidence")
        assert column.evaluate("column => column.scrollHeight > column.clientHeight")


def test_three_questions_are_suggested_and_each_is_answered(visit: Visit) -> None:
    page, examples = visit.page, visit.page.locator(".welcome button")
    for _ in range(60):  # each is asked before it is shown, behind the page
        if examples.count() == 3:
            break
        page.get_by_role("button", name="New conversation").click()
        page.wait_for_timeout(1_000)
    for n in range(3):
        page.get_by_role("button", name="New conversation").click()
        examples.nth(n).click()
        expect(page.locator(".answer.found")).to_have_count(1)
        expect(page.locator("#evidence .card.cited").first).to_be_visible()


def test_markup_in_articles_and_questions_is_text(visit: Visit, server: Server) -> None:
    page = visit.page
    for times in (1, 2):  # what was said before is shown again with every question
        asked = f"¿Qué expulsó el volcán Cotopaxi? {times} {MARKUP}"
        visit.ask(asked)
        expect(page.locator(".question")).to_have_count(times)
        expect(page.locator(".question").last).to_have_text(asked)
    expect(page.locator(".talk blockquote").first).to_contain_text(MARKUP)
    card = page.locator("#evidence .card", has_text="El volcán Cotopaxi").first
    expect(card.locator("b").first).to_contain_text("<b id='injected'>&amp; &</b><script>")
    expect(card.locator(".context")).to_contain_text(MARKUP)
    card.locator("summary").click()
    expect(card.locator(".article")).to_contain_text(f"la noche {MARKUP}.")
    expect(page.locator(".past .name").first).to_contain_text("¿Qué expulsó el volcán")
    page.get_by_role("tab", name="Articles").click()
    listed = page.locator(".library .card", has_text="El volcán Cotopaxi")
    listed.locator("summary").click()
    expect(listed.locator(".article")).to_contain_text(f"la noche {MARKUP}.")
    expect(page.locator("#injected")).to_have_count(0)
    expect(page).to_have_title("Hemeroteca")
    assert visit.hosts - {""} == {urlsplit(server.address).netloc}


def test_a_question_without_words_is_answered_with_the_reason(visit: Visit) -> None:
    visit.ask("😀")
    expect(visit.page.get_by_role("log")).to_contain_text("The question has no words")
    expect(visit.page.locator("#evidence .card")).to_have_count(0)
    visit.ask("a " * 50_000)
    expect(visit.page.get_by_role("log")).to_contain_text("at most 2,000 are searched: shorten it.")
    expect(visit.page.locator(".question").last).to_have_text("a " * 1_000 + "…")


def test_nothing_asked_is_nothing_said(visit: Visit) -> None:
    box = visit.page.locator("#question textarea")
    box.fill("   ")
    box.press("Enter")
    visit.ask("Who met the Venezuelan ambassador?")  # the only question
    expect(visit.page.locator(".question")).to_have_count(1)
    expect(visit.page.locator(".past .name")).to_have_count(1)


def test_a_period_narrows_the_question_until_it_is_removed(visit: Visit) -> None:
    page = visit.page
    october = page.get_by_role("button", name="October 2025: 1 article")
    october.focus()
    page.keyboard.press("Enter")
    expect(page.locator("input[name=from]")).to_have_value("2025-10-01")
    expect(page.locator("input[name=to]")).to_have_value("2025-10-31")
    expect(october).to_be_focused()  # though it was drawn anew
    visit.ask("Who designed the reading room?")
    expect(page.locator(".asked-of")).to_have_text("October 2025")
    expect(page.locator("#evidence time").first).to_have_text("4 October 2025")
    expect(page.locator("#period g.shown")).to_have_attribute("data-from", "2025-10-01")
    page.locator("input[name=from]").press_sequentially("10052025")
    page.locator("#question textarea").click()
    expect(page.locator(".chip")).to_contain_text("5 October 2025 – 31 October 2025")
    visit.ask("Who designed the reading room?")
    expect(page.locator(".answer.absent")).to_contain_text("Not in the articles")
    page.get_by_role("button", name="Remove the period").click()
    expect(page.locator("input[name=from]")).to_have_value("")
    visit.ask("Who designed the reading room?")
    expect(page.locator(".answer.found")).to_have_count(2)


def test_a_span_of_the_timeline_is_a_period(visit: Visit) -> None:
    page = visit.page
    first, last = (
        page.locator("#period g").nth(n).bounding_box() or pytest.fail("no bar") for n in (0, -1)
    )
    page.mouse.move(first["x"] + 2, first["y"] + 4)
    page.mouse.down()
    page.mouse.move(last["x"] + 2, last["y"] + 4, steps=3)
    page.mouse.up()
    expect(page.locator(".chip")).to_contain_text("October 2025 – December 2025")
    page.get_by_role("button", name="October 2025: 1 article").click()
    expect(page.locator(".chip")).to_contain_text("October 2025")
    expect(page.locator(".chip")).not_to_contain_text("–")
    page.get_by_role("button", name="December 2025: 1 article").focus()
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".chip")).to_contain_text("October 2025 – December 2025")


def test_a_period_that_ends_before_it_begins_is_said_to(visit: Visit) -> None:
    page = visit.page
    page.locator("input[name=from]").press_sequentially("10052025")
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_contain_text("5 October 2025 – …")
    expect(page.locator("input[name=from]")).to_be_focused()
    page.locator("input[name=to]").press_sequentially("10012025")
    page.locator("#question textarea").click()
    expect(page.locator(".chip")).to_contain_text("5 October 2025 – 1 October 2025")
    visit.ask("Who designed the reading room?")
    expect(page.locator(".answer.failed")).to_contain_text("swap the dates")


def test_the_page_speaks_the_browsers_language_in_the_dark(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    with _visiting(browser, server.address, locale="es-PE", color_scheme="dark") as visit:
        page = visit.page
        expect(page.get_by_label("Su pregunta")).to_be_visible()
        expect(page.get_by_role("tab", name="Preguntar")).to_be_visible()
        expect(page.get_by_role("button", name="Nueva conversación")).to_be_visible()
        visit.ask("¿Quién diseñó la sala de lectura?")
        expect(page.get_by_role("heading", name="Pruebas")).to_be_visible()
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert max(map(int, colour.removeprefix("rgb(").removesuffix(")").split(","))) < 64
        visit.picture("dark")
        visit.ask("¿?")
        expect(page.locator(".failed")).to_contain_text("La pregunta no tiene palabras")
        page.get_by_role("tab", name="Artículos").click()
        program = tmp_path / "renamed.pdf"
        program.write_bytes(b"MZ\x90\0" * 1000)
        page.locator(".drop input").set_input_files(program)
        expect(page.locator(".receipt li")).to_contain_text("está dañado o es de otro tipo")


def _ask_and_judge(visit: Visit) -> None:
    visit.ask("Who met the Venezuelan ambassador after 20 November?")
    visit.page.get_by_role("button", name="Wrong").click()
    expect(visit.page.get_by_label("Why?")).to_be_visible()


def _open_article(visit: Visit) -> None:
    visit.page.locator(".marker").first.click()
    expect(visit.page.locator("#evidence .article .quote").first).to_be_visible()


def _open_library(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("tab", name="Articles").click()
    page.locator(".library summary").first.click()
    page.get_by_role("button", name="Index again").click()
    expect(page.locator(".receipt")).to_be_visible()


def _open_tab(page: Page, name: str) -> None:
    """Open a tab; what a narrow window has no room for is in a menu."""
    tab = page.get_by_role("tab", name=name)
    if not tab.count():
        page.get_by_role("button", name="More tabs").click()
        tab = page.locator(".overflow-dropdown").get_by_role("button", name=name)
    tab.click()


def open_from_menu(page: Page, name: str) -> None:
    """Open what a reader has no use for."""
    page.locator(".menu summary").click()
    page.locator(".menu").get_by_role("button", name=name).click()
    expect(page.locator(".menu p")).to_be_hidden()


def _open_evaluation(visit: Visit) -> None:
    open_from_menu(visit.page, "Evaluation")
    expect(visit.page.get_by_role("button", name="Run the test set")).to_be_visible()


def _open_collections(visit: Visit) -> None:
    _open_tab(visit.page, "Collections")
    expect(visit.page.locator(".collections .empty")).to_be_visible()


def _open_news(visit: Visit) -> None:
    _open_tab(visit.page, "News")
    expect(visit.page.locator(".news .empty")).to_be_visible()


def serious_violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe-core finds to be serious or critical: its rule, and where."""
    # Once a page, and no more of it comes back than is looked at: both take longer than axe does.
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"() => {{ {AXE_SCRIPT} }}")
    found: list[tuple[str, list[str]]] = page.evaluate(
        """async () => (await axe.run({ resultTypes: ["violations"] })).violations
            .filter(each => ["serious", "critical"].includes(each.impact))
            .map(each => [each.id, each.nodes.map(node => node.html.slice(0, 200))])"""
    )
    return found


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_axe_finds_nothing_serious(
    server: Server, browser: Browser, scheme: str, width: int
) -> None:
    window = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
    with _visiting(browser, server.address, **window) as visit:
        steps = (None, _ask_and_judge, _open_article, _open_library, _open_collections, _open_news)
        for step in (*steps, _open_evaluation):
            if step:
                step(visit)
            assert not serious_violations(visit.page), step


@pytest.mark.parametrize(("width", "height"), [(820, 1180), (390, 844)])
def test_fingers_find_what_they_touch(
    server: Server, browser: Browser, width: int, height: int
) -> None:
    window = {"viewport": {"width": width, "height": height}, "has_touch": True, "is_mobile": True}
    with _visiting(browser, server.address, **window) as visit:
        page = visit.page
        visit.ask("Who met the Venezuelan ambassador?")
        small = page.locator("button, summary, select, input, textarea, .part a").evaluate_all(
            """all => all.filter(each => {
                const { width, height } = each.getBoundingClientRect()
                return each.checkVisibility({ visibilityProperty: true }) && height > 1
                    && (width < 44 || height < 44)
            }).map(each => each.outerHTML)"""
        )
        assert not small
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        expect(page.locator(".question")).to_be_in_viewport()
        name = page.locator(".past .name").bounding_box() or {}
        assert name["width"] > 120
        if width > 800:  # beside the answer, whole
            expect(page.locator("#evidence .card").first).to_be_in_viewport(ratio=1)


def test_on_a_phone_everything_stacks(server: Server, browser: Browser) -> None:
    with _visiting(browser, server.address, viewport={"width": 390, "height": 844}) as visit:
        page = visit.page
        visit.ask("Who met the Venezuelan ambassador?")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        tops = [
            (page.locator(part).bounding_box() or {})["y"]
            for part in (".talk", "#question", ".evidence", ".past")
        ]
        assert tops == sorted(tops)
        visit.picture("phone")


def test_a_conversation_is_kept_named_judged_saved_and_deleted(
    visit: Visit, server: Server
) -> None:
    page = visit.page
    question = "Who designed the reading room of the library?"
    visit.ask(question)
    expect(page.locator(".answer.found .short")).to_contain_text("Helena Duarte")
    page.get_by_role("button", name="Wrong").click()
    expect(page.get_by_role("button", name="Wrong")).to_have_attribute("aria-pressed", "true")
    page.get_by_placeholder("Why?").fill("It was her brother.")
    page.get_by_role("button", name=f"Rename: {question}").click()
    page.keyboard.press("Escape")
    expect(page.locator(".past input")).to_have_count(0)
    page.get_by_role("button", name=f"Rename: {question}").click()
    page.locator(".past input").fill("The reading room")
    page.keyboard.press("Enter")
    kept = page.locator(".past").get_by_role("button", name="The reading room", exact=True)
    expect(kept).to_be_visible()
    page.locator("#question textarea").fill("Who reopened it?")
    page.evaluate("window.former = true")
    server.stop()
    page.locator("#question textarea").press("Enter")
    expect(page.get_by_text("Connection to the server was lost")).to_be_visible()
    server.start()
    page.wait_for_function("!window.former")
    # The page comes back by itself, with what was open in it and what was asked in vain.
    expect(page.locator(".question")).to_have_text(question)
    expect(page.locator("#question textarea")).to_have_value("Who reopened it?")
    expect(page.get_by_role("button", name="Wrong")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Why?")).to_have_value("It was her brother.")
    expect(page.locator("#evidence .card.cited").first).to_contain_text("Helena Duarte")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as Markdown: The reading room").click()
    saved = Path(download.value.path()).read_text(encoding="utf-8")
    assert saved.startswith(f"## {question}\n\n**Helena Duarte** [1]")
    references = {}
    for style in ("BibTeX", "RIS", "CSL-JSON"):
        with page.expect_download() as download:
            page.locator("#exported").get_by_role("link", name=style).click()
        references[style] = Path(download.value.path()).read_text(encoding="utf-8")
    assert references["BibTeX"].startswith("@article{")
    assert references["RIS"].startswith("TY  - NEWS\n")
    [item] = json.loads(references["CSL-JSON"])
    assert "Helena Duarte" in item["note"]
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".welcome")).to_be_visible()
    kept.click()
    expect(page.locator(".question")).to_have_text(question)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Delete: The reading room").click()
    expect(kept).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete: The reading room").click()
    expect(page.locator(".past .name")).to_have_count(0)


def test_another_browser_has_its_own_conversations(visit: Visit) -> None:
    expect(visit.page.locator(".past .hint")).to_be_visible()
    expect(visit.page.locator(".past .name")).to_have_count(0)


def test_the_articles_can_be_listed_searched_and_opened(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("tab", name="Articles").click()
    expect(page.locator(".library .card")).to_have_count(3)
    expect(page.locator(".library .card").first).to_contain_text("12 December 2025")
    box = page.get_by_placeholder("Search the articles")
    box.fill("architect")
    box.press("Enter")
    expect(page.locator(".library .card")).to_have_count(1)
    page.locator(".library summary").click()
    expect(page.locator(".library .article")).to_contain_text("The architect Helena Duarte")
    box.fill("zeppelin")
    box.press("Enter")
    expect(page.get_by_text("No article matches.")).to_be_visible()


def test_an_article_is_added_asked_and_deleted_on_the_page(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    page.get_by_role("tab", name="Articles").click()
    chosen = page.locator(".drop input")
    text = "The lighthouse of Cabo Vilán was repaired. The engineer Marta Souto led the work."
    lighthouse = write(tmp_path, "lighthouse", text, "2025-11-28")
    program = tmp_path / "renamed.pdf"
    program.write_bytes(b"MZ\x90\0" * 1000)
    large = tmp_path / "large.txt"
    with large.open("wb") as stream:
        stream.truncate(200_000_000)
    chosen.set_input_files([lighthouse, program, large])
    receipt = page.locator(".receipt")
    expect(receipt).to_contain_text("1 article added")
    expect(receipt.locator("li")).to_have_count(2)
    expect(receipt).to_contain_text("renamed.pdf is damaged or of another kind")
    expect(receipt).to_contain_text("large.txt It has 200 MB; what is added here may have 50 MB.")
    expect(page.locator(".masthead")).to_contain_text("4 articles")
    chosen.set_input_files(lighthouse)
    expect(receipt).to_contain_text("It is here already, as lighthouse.txt.")
    page.get_by_role("tab", name="Ask", exact=True).click()
    visit.ask("Who led the work at the lighthouse?")
    expect(page.locator(".answer.found .short")).to_contain_text("Marta Souto")
    page.locator(".marker").click()
    opened = page.locator("#evidence .article")
    expect(opened).to_contain_text("The lighthouse of Cabo Vilán")
    page.get_by_role("tab", name="Articles").click()
    moment = page.locator(".library .card", has_text="Cabo Vilán").locator("time.moment")
    expect(moment).to_have_text(re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d"))
    card = page.locator(".library .card", has_text="Cabo Vilán")
    card.locator("summary").click()
    page.once("dialog", lambda dialog: dialog.accept())
    card.get_by_role("button", name="Delete").click()
    expect(receipt).to_contain_text("1 removed")
    expect(page.locator(".masthead")).to_contain_text("3 articles")
    expect(card).to_have_count(0)
    page.get_by_role("tab", name="Ask", exact=True).click()
    expect(opened).to_contain_text("The lighthouse of Cabo Vilán")  # the card stayed open
    for _ in range(2):
        page.locator("#evidence summary").first.click()
    expect(page.get_by_text("This article is no longer in the archive.")).to_be_visible()


def test_a_questions_own_dates_narrow_it_until_they_are_removed(visit: Visit) -> None:
    page = visit.page
    visit.ask("Who designed the reading room in October?")
    chip = page.locator(".asked-of .chip")
    expect(chip).to_contain_text("October 2025")
    expect(page.locator("#evidence time").first).to_have_text("4 October 2025")
    chip.click()
    expect(page.locator(".answer.found")).to_have_count(2)
    expect(chip).to_have_count(1)  # the second question has none


def test_a_question_can_be_asked_again_and_its_answer_copied(visit: Visit) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask("Who designed the reading room?")
    page.get_by_role("button", name="Copy").click()
    assert "Helena Duarte [1]" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".question")).to_have_count(2)
    expect(page.locator(".answer.found")).to_have_count(2)
