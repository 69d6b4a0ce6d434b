"""The page, served by the command and driven with a real browser."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.helpers import COMMAND, ROOT, SEED, offline, write

CHROMIUM = shutil.which("chromium")
MARKUP = "<b id='injected'>&</b><img src='http://192.0.2.1/x.png' onerror='document.title=1'>"
WAIT_MS = 60_000  # for an answer on a busy machine
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ, reason="there is no chromium on this machine"
)


@dataclass
class Server:
    """The running command."""

    address: str
    network_log: Path


@dataclass
class Visit:
    """A page, and the hosts it asked for anything."""

    page: Page
    hosts: set[str] = field(default_factory=set)

    def ask(self, question: str) -> None:
        box = self.page.get_by_placeholder("Your question")
        box.fill(question)
        box.press("Enter")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, cache_dir: Path) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("web")
    shutil.copytree(SEED.parent, home / "seeds")
    write(home / "seeds", "volcan", f"El volcán Cotopaxi expulsó ceniza durante la noche {MARKUP}.")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = home / "network.log"
    # Whatever its confidence it answers: here the page is tested, not the reader.
    env = offline(log, CHAT_PORT=port, CACHE_DIR=cache_dir, ANSWER_FROM=0)
    errors = (home / "stderr").open("w+")
    process = subprocess.Popen(
        [COMMAND, "chat"], cwd=home, env=env, stdout=subprocess.PIPE, stderr=errors, text=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert f"http://127.0.0.1:{port}" in line, (home / "stderr").read_text()
        yield Server(f"http://127.0.0.1:{port}", log)
    finally:
        process.terminate()
        process.communicate(timeout=60)
        errors.close()


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
def _visiting(browser: Browser, address: str) -> Iterator[Visit]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(WAIT_MS)
    expect.set_options(timeout=WAIT_MS)
    visited = Visit(page)
    page.on("request", lambda request: visited.hosts.add(urlsplit(request.url).netloc))
    page.goto(address)
    expect(page.get_by_placeholder("Your question")).to_be_visible()
    yield visited
    page.close()


@pytest.fixture
def visit(server: Server, browser: Browser) -> Iterator[Visit]:
    with _visiting(browser, server.address) as visited:
        yield visited


def test_a_question_shows_its_evidence_and_nothing_leaves_the_machine(
    visit: Visit, server: Server
) -> None:
    page = visit.page
    expect(page).to_have_title("Hemeroteca")
    expect(page.get_by_text("2 articles")).to_be_visible()
    visit.ask("Who met the Venezuelan ambassador?")
    card = page.locator("#evidence .card.cited").first
    expect(card.locator("blockquote")).to_contain_text("Lukashenko")
    expect(card.locator("time")).to_have_text("2025-12-12")
    expect(card.locator("b")).to_contain_text("Vladímir Putin")
    conversation = page.get_by_role("log")
    expect(conversation).to_contain_text("Who met the Venezuelan ambassador?")
    expect(conversation).to_contain_text("[1]")
    (ROOT / "artefacts").mkdir(exist_ok=True)
    page.screenshot(path=ROOT / "artefacts" / "chat.png")
    assert visit.hosts - {""} == {urlsplit(server.address).netloc}  # "" is of data: addresses
    assert not server.network_log.exists(), server.network_log.read_text()


def test_three_examples_can_be_asked(visit: Visit) -> None:
    examples = visit.page.locator("button.example, .examples button, [data-testid=dataset] button")
    expect(examples).to_have_count(3)
    examples.first.click()
    expect(visit.page.locator("#evidence .card").first).to_be_visible()


def test_markup_in_articles_and_questions_is_text(visit: Visit, server: Server) -> None:
    asked = f"¿Qué expulsó el volcán Cotopaxi? {MARKUP}"
    visit.ask(asked)
    expect(visit.page.get_by_role("log")).to_contain_text(asked)
    card = visit.page.locator("#evidence .card.cited").first
    expect(card.locator("blockquote")).to_contain_text(f"noche {MARKUP}")
    expect(visit.page.locator("#injected")).to_have_count(0)
    expect(visit.page).to_have_title("Hemeroteca")
    assert visit.hosts - {""} == {urlsplit(server.address).netloc}


def test_a_question_without_words_is_answered_with_the_reason(visit: Visit) -> None:
    visit.ask("😀")
    expect(visit.page.get_by_role("log")).to_contain_text("The question has no words")
    expect(visit.page.locator("#evidence .card")).to_have_count(0)
