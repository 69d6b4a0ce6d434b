"""A claim checked by the command, by programs, and on its page."""

import asyncio
import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import httpx
import jsonschema
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from gradio_client import Client
from mcp.shared.memory import create_connected_server_and_client_session
from playwright.sync_api import expect, sync_playwright
from starlette.applications import Starlette
from starlette.testclient import TestClient
from typer.testing import CliRunner

import hemeroteca as package
from hemeroteca.index.errors import CheckpointError
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.claim_checker import ClaimChecker
from hemeroteca.rag.verifier.rule import Rule
from hemeroteca.ui.cli.main import app
from hemeroteca.ui.programs.library import Library
from hemeroteca.ui.programs.mcp_server import mcp_server
from hemeroteca.ui.session import loaded_verifier
from hemeroteca.ui.web.check_page import check_routes
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.keeping_route import keeping_route
from hemeroteca.ui.web.page import reading_routes
from hemeroteca.ui.web.reading import POLICY
from tests.helpers import ROOT, Run, Server, assert_one_sentence, free_port, write
from tests.judging import CONTRADICTED, HAS_WEIGHTS, STATED, FakeVerifier
from tests.ui.test_web import CHROMIUM, WAIT_MS

Command = Callable[..., Run]
CLAIM = "Helena Duarte designed the reading room."
QUOTE = "The architect Helena Duarte designed its new reading room."
BY_WORDS = {"Duarte": STATED, "Cotopaxi": CONTRADICTED}


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeVerifier]:
    verifier = FakeVerifier(BY_WORDS, longest=500)
    monkeypatch.setattr("hemeroteca.rag.verifier.judge.load_verifier", lambda _: verifier)
    loaded_verifier.cache_clear()  # what another test has loaded
    yield verifier
    loaded_verifier.cache_clear()  # no other test shall be judged by it


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    write(tmp_path / "seeds", "a", f"The library is open. {QUOTE}", "2024-03-04")
    return tmp_path / "seeds"


@pytest.fixture(scope="module")
def library(chain: Chain, newspaper_archive: Archive) -> Library:
    checker = ClaimChecker(newspaper_archive, lambda: FakeVerifier({"Duarte": STATED}))  # type: ignore[arg-type,return-value]
    return Library(chain, checker, newspaper_archive, top_k=10, concurrent=1)


def test_the_command_has_help() -> None:
    shown = CliRunner().invoke(app, ["check", "--help"], env={"COLUMNS": "200"}).output
    for option in ("--pairs", "--json", "--from", "--undated", "--paper", "--index", "--top-k"):
        assert option in shown


def test_the_command_says_what_the_articles_say(
    hemeroteca: Command, articles: Path, fake: FakeVerifier
) -> None:
    shown = hemeroteca("check", CLAIM)
    assert shown.code == 0, shown.err
    assert shown.out.startswith(f"The articles say so.\n\n[1] “{QUOTE}”\n")
    said = json.loads(hemeroteca("check", CLAIM, "--json").out)
    assert (said["verdict"], said["confidence"]) == ("stated", 0.95)
    [evidence] = said["evidence"]
    cited = evidence["citation"]
    text = json.loads(hemeroteca("articles", "show", "a", "--json").out)["text"]
    assert text[cited["start"] : cited["end"]] == cited["quote"] == QUOTE
    assert hemeroteca("check", CLAIM, "--to", "2020-01-01").out == (
        "The articles of this period do not say.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "expected a claim, or a file of claims"),
        ([""], "The claim is empty"),
        (["Who designed it?"], "This is a question: ask it"),
        (["a " * 300], "sentence by sentence"),
        ([CLAIM, "--from", "soon"], "expected a date"),
        ([CLAIM, "--from", "2024-01-02", "--to", "2024-01-01"], "swap the dates"),
        ([CLAIM, "--paper", "Nope"], "no article has the paper"),
        ([CLAIM, "--pairs", "pairs.jsonl"], "give nothing else"),
        (["--pairs", "pairs.jsonl", "--paper", "El Faro"], "give nothing else"),
        (["--pairs", "none.jsonl"], "cannot read none.jsonl"),
    ],
)
def test_what_cannot_be_checked_is_one_sentence(
    hemeroteca: Command, articles: Path, fake: FakeVerifier, arguments: list[str], said: str
) -> None:
    run = hemeroteca("check", *arguments)
    assert_one_sentence(run)
    assert said in run.err


def test_without_the_verifiers_files_it_is_one_sentence(
    hemeroteca: Command, articles: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    load, missing = Rule.load, tmp_path / "verifier.json"
    monkeypatch.setattr(Rule, "load", lambda: load(missing))
    loaded_verifier.cache_clear()  # what another test has loaded
    (tmp_path / "pairs.jsonl").write_text(json.dumps({"claim": "a", "sources": ["b"]}))
    for arguments in ((CLAIM,), ("--pairs", "pairs.jsonl")):
        run = hemeroteca("check", *arguments)
        assert_one_sentence(run)
        assert "cannot read the verifier's rule" in run.err
        assert "reinstall hemeroteca" in run.err


def test_each_pair_is_a_line_and_no_bad_one_is_lost(
    hemeroteca: Command, tmp_path: Path, fake: FakeVerifier
) -> None:
    lines = [
        b'\xef\xbb\xbf{"claim": "Duarte did.", "sources": ["Duarte did it.", "So."], "id": 7}',
        b"",
        b"x",
        b"[1]",
        b'{"claim": " ", "sources": ["x"]}',
        b'{"claim": "a", "sources": []}',
        b'{"claim": "a", "sources": ["x", 3]}',
        b'{"claim": "a", "sources": "x"}',
        b'{"claim": "\xff", "sources": ["x"]}',
        b'{"claim": "\\ud800", "sources": ["x"]}',
        b'{"claim": "a", "sources": ["' + b"x" * 600 + b'"]}',
        b'{"claim": "Was it Duarte?", "sources": ["Cotopaxi."]}',
    ]
    (tmp_path / "pairs.jsonl").write_bytes(b"\n".join(lines))
    run = hemeroteca("check", "--pairs", "pairs.jsonl", "--json")
    assert run.code == 1
    told = [json.loads(line) for line in run.out.splitlines()]
    assert [each["line"] for each in told] == [1, *range(3, 13)]
    assert told[0] == {
        "line": 1, "claim": "Duarte did.", "verdict": "stated", "confidence": 0.95,
        "stated": 0.95, "contradicted": 0.03, "not_said": 0.02,
    }  # fmt: skip
    assert told[-1]["verdict"] == "contradicted"
    reasons = ["not JSON", "no JSON object", "no claim", *["no sources"] * 3, "not UTF-8",
               "half a character", "expected less"]  # fmt: skip
    for each, said, reason in zip(told[1:-1], run.err.splitlines(), reasons, strict=True):
        assert said == f"hemeroteca: pairs.jsonl, line {each['line']}: {each['error']}"
        assert reason in said


def test_pairs_are_read_by_people_as_well(
    hemeroteca: Command, tmp_path: Path, fake: FakeVerifier
) -> None:
    pair = {"claim": "a\x1b[31m" + "b" * 90, "sources": ["Duarte"]}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(pair))
    run = hemeroteca("check", "--pairs", "pairs.jsonl")
    assert run.code == 0
    assert run.out.startswith("1. stated (0.95): a�[31mbbb")
    assert run.out.endswith("b…\n")
    # The sources stand for themselves: nothing is indexed.
    assert not (tmp_path / "data").exists()


def test_a_program_checks_by_the_archive(
    articles: Path, tmp_path: Path, fake: FakeVerifier, cache_dir: Path
) -> None:
    with package.open(articles, index_dir=tmp_path / "index", cache_dir=cache_dir) as archive:
        archive.sync()
        check = archive.check(CLAIM)
        assert isinstance(check, package.Check)
        [evidence] = check.evidence
        citation = evidence.citation
        text = archive.article(citation.article).text
        assert text[citation.start : citation.end] == citation.quote == QUOTE
        assert archive.check(CLAIM, date_to="2020-01-01").verdict == "not said"
        assert archive.check("La biblioteca está abierta.", language="en").unsure is False
        with pytest.raises(package.ClaimError, match="is a question"):
            archive.check("Who?")
        with pytest.raises(TypeError, match="is no filter"):
            archive.check(CLAIM, papers="El Faro")


def test_the_tool_tells_json_of_its_schema(library: Library) -> None:
    async def talk() -> None:
        async with create_connected_server_and_client_session(mcp_server(library)) as session:
            [tool] = [t for t in (await session.list_tools()).tools if t.name == "check"]
            assert set(tool.inputSchema["properties"]) > {"claim", "paper", "date_from", "index"}
            called = await session.call_tool("check", {"claim": CLAIM, "language": "en"})
            told = called.structuredContent
            assert not called.isError
            assert told is not None
            jsonschema.validate(told, tool.outputSchema or {})
            assert (told["verdict"], told["evidence"][0]["citation"]["quote"]) == ("stated", QUOTE)
            assert "timings_ms" not in told
            wrong = await session.call_tool("check", {"claim": "Who?"})
            assert wrong.isError
            assert (wrong.structuredContent or {})["error"]["type"] == "ClaimError"

    asyncio.run(talk())


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=check_routes(library))) as opened:
        yield opened


def _page(client: TestClient, q: str, spoken: str = "en", **asked: str) -> str:
    address = "/check?" + urlencode({"q": q, **asked})
    return unescape(client.get(address, headers={"accept-language": spoken}).text)


def test_the_page_shows_the_sentence_that_decides(client: TestClient) -> None:
    page = _page(client, CLAIM)
    assert '<h1 id="verdict" lang="en">The articles say so.</h1>' in page
    assert f'<blockquote lang="en">{QUOTE}</blockquote>' in page
    assert "States it with a probability of 95 %" in page
    assert "4 March 2024" in page
    quoted = re.escape(urlencode({"quote": QUOTE}))
    assert re.search(rf'href="\./article/library\?at=\d+&{quoted}#place-1"', page)
    assert 'aria-current="page">Check</a>' in page
    spanish = _page(client, CLAIM, "es")
    assert "Lo afirma con una probabilidad del 95 %" in spanish
    assert '<h1 id="verdict" lang="en">The articles say so.</h1>' in spanish  # as it was written
    assert client.get("/check").headers["content-security-policy"] == POLICY


def test_the_page_says_what_is_wrong(client: TestClient) -> None:
    assert "This is a question: ask it" in _page(client, "Who?")
    assert "Esto es una pregunta" in _page(client, "¿Quién?", "es")
    assert "at most 500" in _page(client, "a " * 300)
    assert "expected a date" in _page(client, CLAIM, **{"from": "soon"})
    assert client.get("/check?q=Who?").status_code == 400
    assert "no article has the paper" in _page(client, CLAIM, paper="Nope")
    assert "or do not say: with the sentences" in _page(client, "  ")
    hostile = client.get("/check?" + urlencode({"q": "<script>x</script>. Ana."})).text
    assert "<script>x" not in hostile


def test_the_page_keeps_to_what_is_chosen(client: TestClient) -> None:
    page = _page(client, CLAIM, language="de", **{"from": "2024-01-01", "undated": "with"})
    assert "The chosen articles do not say." in page
    assert '<option value="de" selected>German (1)</option>' in page
    assert '<option value="en">English' in page
    unknown = _page(client, CLAIM, author="<b>Nobody")
    assert '<option value="<b>Nobody" selected><b>Nobody</option>' in unknown  # unescaped here
    assert 'name="from" value="2024-01-01"' in page
    assert 'value="with" checked' in page
    later = _page(client, CLAIM, **{"from": "2024-08-01"})
    assert "1 article without a date left out" in later


def test_programs_read_the_page_as_json(client: TestClient) -> None:
    said = client.get("/check.json", params={"q": CLAIM}).json()
    assert (said["verdict"], said["evidence"][0]["citation"]["quote"]) == ("stated", QUOTE)
    wrong = client.get("/check.json?q=Who?")
    assert (wrong.status_code, "is a question" in wrong.json()["error"]) == (400, True)


def test_a_verifier_that_cannot_be_loaded_is_the_servers_fault(
    chain: Chain, newspaper_archive: Archive
) -> None:
    def load() -> FakeVerifier:
        raise CheckpointError("cannot read the verifier's rule {path}", path="x")

    checker = ClaimChecker(newspaper_archive, load)  # type: ignore[arg-type]
    routes = check_routes(Library(chain, checker, newspaper_archive, 10, 1))
    with TestClient(Starlette(routes=routes)) as client:
        failed = client.get("/check", params={"q": CLAIM})
        assert failed.status_code == 500
        assert "cannot read the verifier" in failed.text


@contextmanager
def _served(library: Library, archive: Archive) -> Iterator[str]:
    port = free_port()
    collections = Collections(Path(":memory:"))
    kept = keeping_route(archive, collections)
    routes = [*reading_routes(archive), *check_routes(library), kept]
    config = uvicorn.Config(Starlette(routes=routes), port=port, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
        collections.close()


@pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ, reason="there is no chromium on this machine"
)
@pytest.mark.parametrize("width", [1280, 375])
def test_a_claim_is_checked_by_keyboard_and_its_sentence_opened(
    library: Library, newspaper_archive: Archive, width: int
) -> None:
    with _served(library, newspaper_archive) as address, sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="es-ES", has_touch=width < 500
        )
        context.set_default_timeout(WAIT_MS)
        expect.set_options(timeout=WAIT_MS)
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/search")
        page.get_by_role("link", name="Comprobar").click()
        box = page.get_by_role("textbox", name="Una afirmación, una sola frase")
        expect(box).to_be_focused()
        page.keyboard.type(CLAIM)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("The articles say so.")
        expect(page.locator("blockquote")).to_have_text([QUOTE])
        expect(page.locator(".checked")).to_contain_text("Lo afirma con una probabilidad del 95 %")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        (ROOT / "artefacts").mkdir(exist_ok=True)
        expect(page.get_by_role("button", name="Guardar")).to_be_visible()
        expect(page.locator("#told")).to_be_empty()
        page.screenshot(path=ROOT / "artefacts" / f"check-{width}.png")
        page.locator(".cited a").click()
        expect(page.locator("#place-1")).to_have_text(QUOTE)
        expect(page.locator("#place-1")).to_be_in_viewport()
        page.go_back()
        box.fill("¿Quién diseñó la sala?")
        page.get_by_role("button", name="Comprobar").click()
        expect(page.get_by_role("alert")).to_contain_text("Esto es una pregunta")
        expect(box).to_have_value("¿Quién diseñó la sala?")
        browser.close()
        assert not faults


@pytest.mark.skipif(not HAS_WEIGHTS, reason="the verifier's weights are not here")
def test_the_server_checks_with_the_real_verifier(guarded: Server) -> None:
    claim = "Alexander Lukashenko met the Venezuelan ambassador."
    auth = ("ana", "pa:ss")
    reply = httpx.get(
        f"{guarded.address}/check.json", params={"q": claim}, auth=auth, timeout=WAIT_MS / 1000
    )
    assert reply.status_code == 200, reply.text
    client = Client(guarded.address, httpx_kwargs={"auth": auth}, verbose=False)
    said = client.predict(claim, api_name="/check")
    assert (said["claim"], said["verdict"]) == (claim, reply.json()["verdict"])
    assert httpx.get(f"{guarded.address}/check").status_code == 401
