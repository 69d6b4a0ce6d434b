"""The command from end to end: the real encoder and reader over a few articles."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.evaluation.measures import verdict
from hemeroteca.rag.evaluation.run import Run, ask_all, load_run
from hemeroteca.rag.evaluation.scores import compare, score
from hemeroteca.rag.evaluation.testset import CaseSet, Part, read_cases, read_corpus
from hemeroteca.ui.report.page import report_html
from tests.helpers import ROOT
from tests.helpers import Run as Ended

CASES = [
    {
        "id": "who",
        "question": "Who designed the new reading room of the library of Porto?",
        "answers": ["Helena Duarte"],
        "evidence": "The architect Helena Duarte designed its new reading room.",
        "tags": ["who"],
    },
    {
        "id": "cost",
        "question": "¿Cuánto costó el nuevo puente sobre el Elba?",
        "answers": ["vierzig Millionen Euro"],
        "evidence": "Die Baukosten betrugen vierzig Millionen Euro.",
        "tags": ["how-many"],
    },
    {"id": "cup", "question": "Who won the chess world cup in 2011?", "answers": []},
    {
        "id": "free",
        "question": "And who enters for free?",
        "history": ["When did the public library of Porto reopen?"],
        "answers": ["students and pensioners"],
        "evidence": "Admission is free for students and pensioners.",
    },
]


@pytest.fixture(scope="module")
def cases_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cases") / "press.jsonl"
    path.write_text("\n".join(json.dumps(case) for case in CASES))
    return path


@pytest.fixture(scope="module")
def testset(cases_path: Path, newspaper: Path) -> CaseSet:
    documents = read_corpus([newspaper])
    return CaseSet("press", [Part(documents, read_cases(cases_path, documents))])


class Broken:
    """A chain that fails at one question."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain

    def ask(self, question: str, *arguments: Any) -> Answer:
        if "chess" in question:
            raise ValueError("no such board")
        return self.chain.ask(question, *arguments)


@pytest.fixture(scope="module")
def opened(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, cache_dir: Path
) -> Iterator[tuple[Archive, Chain]]:
    from hemeroteca.ui.session import open_chain
    from hemeroteca.ui.settings import Settings

    archive = Archive(tmp_path_factory.mktemp("data"), encoder)
    yield archive, open_chain(Settings(cache_dir=cache_dir), archive)
    archive.close()


@pytest.fixture(scope="module")
def run(opened: tuple[Archive, Chain], testset: CaseSet) -> Run:
    archive, chain = opened
    return ask_all(chain, archive, testset, 20, {"embedding": "e"}, {})


def test_every_question_comes_back(run: Run) -> None:
    assert [result.case.id for result in run.results] == ["who", "cost", "cup", "free"]
    assert all(result.error is None for result in run.results)
    scores = score(run.results)
    assert scores.figures["retrieval.recall@1"].value == 1
    assert scores.figures["retrieval.passage_recall@1"].value == 1


def test_a_follow_up_is_searched_with_what_came_before(
    run: Run, opened: tuple[Archive, Chain]
) -> None:
    _, chain = opened
    answer = chain.ask(str(CASES[3]["question"]), history=["When did the library of Porto reopen?"])
    assert answer.question == CASES[3]["question"]
    assert answer.passages[0].article == "library"


def test_what_is_cited_is_verbatim(run: Run, testset: CaseSet) -> None:
    texts = {document.id: document.text for document in testset.documents}
    for result in run.results:
        for cited in result.citations:
            assert cited.verbatim
            whole = cited.before + cited.quote + cited.after
            assert whole in texts[cited.span.article]


def test_a_saved_run_comes_back_the_same(run: Run, tmp_path: Path) -> None:
    run.save(tmp_path / "deep" / "run.json")
    loaded = load_run(tmp_path / "deep" / "run.json")
    assert loaded.as_dict() == run.as_dict()
    assert score(loaded.results) == score(run.results)


def test_a_failed_question_counts_as_wrong(
    opened: tuple[Archive, Chain], testset: CaseSet, run: Run
) -> None:
    archive, chain = opened
    broken = ask_all(Broken(chain), archive, testset, 20, {}, {})  # type: ignore[arg-type]
    assert broken.results[2].error == "ValueError: no such board"
    assert score(broken.results).n == len(CASES)
    comparison = compare(run, broken)
    assert [flip.before.case.id for flip in comparison.lost] == (
        ["cup"] if run.results[2].refused else []
    )
    assert not comparison.gained


def test_a_run_differs_from_itself_in_nothing(run: Run) -> None:
    comparison = compare(run, run)
    assert not comparison.gained
    assert not comparison.lost
    for difference in comparison.differences.values():
        assert difference.value in (0, None)


def test_the_command_prints_one_object(
    hemeroteca: Callable[..., Ended], cases_path: Path, newspaper: Path, tmp_path: Path
) -> None:
    page, saved = tmp_path / "report.html", tmp_path / "a.json"
    common = ["evaluate", cases_path, "--articles", newspaper]
    ended = hemeroteca(*common, "--json", "--html", page, "--save", saved)
    assert ended.code == 0, ended.err
    shown = json.loads(ended.out)
    assert shown["n"] == 4
    assert shown["retrieval"]["recall@1"]["value"] == 1
    assert set(shown["by"]) == {"lang", "answerable", "tag"}
    assert "<svg" in page.read_text()
    # Its index lies apart from the user's.
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["evaluation"]

    compared = hemeroteca("evaluate", "--compare", saved, saved, "--json")
    assert json.loads(compared.out)["difference"]["answer"]["em"]["value"] == 0
    assert "B - A" in hemeroteca("evaluate", "--compare", saved, saved).out

    floors = tmp_path / "floors.json"
    floors.write_text('{"retrieval.recall@1": 1.1}')
    fallen = hemeroteca(*common, "--limit", 1, "--floors", floors)
    assert fallen.code == 1
    assert "below the floor: retrieval.recall@1 is 1.000, its floor 1.1" in fallen.err
    other = next((tmp_path / "data" / "evaluation" / "runs").iterdir())
    refused = hemeroteca("evaluate", "--compare", saved, other)
    assert refused.code == 1
    assert "are runs over different test sets" in refused.err


def test_the_report_loads_nothing_and_escapes_everything(run: Run) -> None:
    first = replace(run.results[0], answer="<script>alert(1)</script>", answered=True)
    results: Sequence[Any] = [first, *run.results[1:]]
    html = report_html(replace(run, results=results, testset="<b>press"), score(results))
    assert not re.findall(r"(?:src|href)\s*=|url\(|@import|https?://", html)
    assert "<script>alert" not in html
    assert "<b>press" not in html


def test_the_report_works_in_a_browser(run: Run, tmp_path: Path) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("there is no chromium")
    from playwright.sync_api import sync_playwright

    # In words that sort otherwise than numbers: 9 % behind 10 %.
    results = [
        replace(result, confidence=confidence)
        for result, confidence in zip(run.results, (0.5, 0.09, 0.1, 0.99), strict=True)
    ]
    path = tmp_path / "report.html"
    path.write_text(report_html(replace(run, results=results), score(results)), encoding="utf-8")
    wanted: list[str] = []
    problems: list[str] = []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=browser,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = opened.new_page()
        page.on("request", lambda request: wanted.append(request.url))
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(path.as_uri())
        column = page.locator("#questions tbody td:nth-child(3)")
        page.click("th button:has-text('confidence')")
        assert column.all_inner_texts() == ["0.09", "0.10", "0.50", "0.99"]
        page.click("th button:has-text('confidence')")
        assert column.all_inner_texts() == ["0.99", "0.50", "0.10", "0.09"]
        judged = verdict(results[2])
        page.click(f"button[data-show='{judged}']")
        shown = [verdict(result) for result in results].count(judged)
        assert page.locator("#questions tbody tr:visible").count() == shown
        opened.close()
    assert wanted == [path.as_uri()]
    assert not problems


def test_asking_does_not_wait_for_what_evaluates() -> None:
    code = (
        "import sys, hemeroteca.ui.cli.main, hemeroteca.ui.session\n"
        "heavy = {'ir_measures', 'hemeroteca.rag.evaluation', 'hemeroteca.ui.report.page'}\n"
        "heavy &= set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
