"""Take the pictures of the README and of docs/ anew: the page over `seeds/` and a few made-up
articles, and the report of the project's own test set.

python -m docs.pictures"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.crowd import serving
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.evaluation.scores import score
from hemeroteca.ui.report.page import report_html
from hemeroteca.ui.runs import OWN_TESTSET, ask_testset, read_testset
from hemeroteca.ui.session import open_archive, open_chain
from hemeroteca.ui.settings import OWN_ARTICLES, Settings

_FOLDER = Path(__file__).parent
_WAIT_MS = 120_000
_ARTICLES = {
    "puente": "date 2025-10-21 El puente de Requejada se reabre al tráfico. La ingeniera Lucía "
    "Arce dirigió los trabajos, que costaron cuatro millones de euros.",
    "library": "date 2025-11-04 The public library of Porto reopened on Tuesday. The architect "
    "Helena Duarte designed its new reading room.",
    "musee": "date 2025-11-19 Le musée de la dentelle de Calais a vendu soixante mille billets. Sa "
    "directrice, Camille Fournier, prépare une exposition sur les métiers à tisser.",
    "ceniza": "date 2025-11-20 El volcán Cotopaxi expulsó ceniza durante la noche. La alcaldesa "
    "Rosa Quishpe ordenó cerrar las escuelas de Latacunga.",
    "elbe": "date 2025-12-02 Die neue Brücke über die Elbe ist für den Verkehr freigegeben. Die "
    "Baukosten betrugen vierzig Millionen Euro.",
}
_LIGHTHOUSE = (
    "date 2025-12-09 The lighthouse of Cabo Vilán shines again. The engineer Marta Souto led the "
    "repairs, which took three months."
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        press = Path(folder) / "press"
        shutil.copytree(OWN_ARTICLES, press)
        for name, text in _ARTICLES.items():
            (press / f"{name}.txt").write_text(text, encoding="utf-8")
        lighthouse = Path(folder) / "lighthouse.txt"
        lighthouse.write_text(_LIGHTHOUSE, encoding="utf-8")
        settings = Settings(index_dir=Path(folder) / "data")
        with open_archive(settings, [press]) as archive:
            sync_folders(archive, [press])
            chain = open_chain(settings, archive)
            with serving(chain, archive, [press]) as served, sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"), args=["--no-sandbox"]
                )
                _chat(browser, served.address)
                _article(browser, served.address)
                _phone(browser, served.address)
                _library(browser, served.address, lighthouse)
                _report(browser, settings)
                browser.close()


def _chat(browser: Browser, address: str) -> None:
    page = _open(browser, address, "en-US", "light", 1280, 800)
    _ask(page, "Who closed the schools of Latacunga after 15 November?")
    _ask(page, "Who met the Venezuelan ambassador?")
    page.screenshot(path=_FOLDER / "chat.png")


def _article(browser: Browser, address: str) -> None:
    page = _open(browser, address, "es-ES", "dark", 1280, 800)
    _ask(page, "¿Quién ganó el partido de fútbol?")
    _ask(page, "¿Cuántos minutos volaron los cazas en el espacio aéreo venezolano?")
    page.locator(".marker").first.click()
    expect(page.locator("#evidence .article .quote").first).to_be_visible()
    page.screenshot(path=_FOLDER / "article.png")


def _phone(browser: Browser, address: str) -> None:
    page = _open(browser, address, "en-US", "light", 390, 844)
    _ask(page, "Who met the Venezuelan ambassador?")
    page.screenshot(path=_FOLDER / "phone.png")


def _library(browser: Browser, address: str, added: Path) -> None:
    page = _open(browser, address, "en-US", "light", 1280, 800)
    page.get_by_role("tab", name="Articles").click()
    page.locator(".drop input").set_input_files(added)
    expect(page.locator(".receipt")).to_contain_text("1 article added")
    page.mouse.move(0, 0)
    page.screenshot(path=_FOLDER / "articles.png")


def _report(browser: Browser, settings: Settings) -> None:
    """Of the project's own test set."""
    testset = read_testset(settings)
    run = ask_testset(settings, testset, [OWN_TESTSET], lambda *_: None)
    page = browser.new_page(viewport={"width": 1180, "height": 1000})
    page.set_content(report_html(run, score(run.results)))
    page.screenshot(path=_FOLDER / "report.png")


def _open(
    browser: Browser, address: str, locale: str, scheme: str, width: int, height: int
) -> Page:
    page = browser.new_page(
        locale=locale,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": height},
    )
    page.set_default_timeout(_WAIT_MS)
    expect.set_options(timeout=_WAIT_MS)
    page.goto(address)
    expect(page.locator(".welcome")).to_be_visible()
    return page


def _ask(page: Page, question: str) -> None:
    before = page.locator(".answer:not(.waiting)").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".answer:not(.waiting)")).to_have_count(before + 1)


if __name__ == "__main__":
    main()
