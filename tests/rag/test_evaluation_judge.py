"""Answers judged by a language model behind a real HTTP server."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hemeroteca.rag.evaluation.judge import judge, judge_measures
from hemeroteca.rag.evaluation.run import Cited, Judgement, Result
from hemeroteca.rag.evaluation.statistics import estimate
from hemeroteca.rag.evaluation.testset import Case, Span
from tests.helpers import Run, assert_one_sentence
from tests.rag.test_llm import model_at
from tests.stub_llm import Refusal, Reply, prompt, serving


def result(question: str, answer: str, error: str | None = None) -> Result:
    case = Case(question, question, ("Ann Moss",))
    quote = Cited(Span("a", 0, 5), "T", None, f"{answer} opened it.", True, "", "")
    said = f"{answer} [1]" if answer else "The articles do not say."
    cited = [quote] * bool(answer)
    return Result(case, bool(answer), answer, said=said, citations=cited, error=error)


def judging(body: dict[str, Any]) -> Reply:
    """Faithful if Ann is in the information; 5 for Ann, 2 for a refusal, nonsense for others."""
    asked = prompt(body)
    if "## Generated Answer" not in asked:
        information = asked.rsplit("Information: ", 1)[1].split("Context:")[0]
        assert "opened" not in information
        assert "opened" in asked  # the quote is the context
        return ["YES" if "Ann" in information else "NO" if "Bob" in information else "perhaps"]
    said = asked.split("## Generated Answer")[1]
    if "Bob" in said:
        raise Refusal(500)
    return ["5.0\nright" if "Ann" in said else "2" if "do not say" in said else "9 of 10"]


def test_every_judgement_counts_the_failed_ones_as_the_worst() -> None:
    results = [result("q1", "Ann"), result("q2", "Bob"), result("q3", "Cid"), result("q4", "")]
    results.append(result("q5", "", error="QuestionError: no"))
    seen: list[tuple[int, int]] = []
    with serving(judging) as stub:
        judgements = judge(model_at(stub.url), results, lambda _, n, of: seen.append((n, of)))
    assert seen[-1] == (5, 5)
    assert {request["max_tokens"] for request in stub.requests} == {256}
    assert [(j.faithful, j.correctness) for j in judgements] == [
        (True, 5.0), (False, None), (None, None), (None, 2.0), (None, None),
    ]  # fmt: skip
    failures = [" ".join(j.failures) for j in judgements]
    assert [bool(failure) for failure in failures] == [False, True, True, False, True]
    assert "500" in failures[1]
    assert "neither yes nor no: 'perhaps'" in failures[2]
    assert "no mark: '9 of 10'" in failures[2]
    figures = estimate(judge_measures(judgements), 5)
    assert figures["faithfulness"].value == pytest.approx(1 / 4)  # of q1, q2, q3, q5
    assert figures["correctness"].value == pytest.approx((5 + 1 + 1 + 2 + 1) / 5)
    assert figures["failed"].value == pytest.approx(3 / 5)


def test_a_server_that_is_down_fails_every_judgement() -> None:
    [judged] = judge(model_at("http://127.0.0.1:9/v1"), [result("q1", "Ann")])
    assert judged == Judgement(True, None, None, judged.failures)
    assert len(judged.failures) == 2


def test_the_command_reports_judgements_apart(
    hemeroteca: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "needs a language model" in hemeroteca("evaluate", "--judge").err
    assert_one_sentence(hemeroteca("evaluate", "--judge"))
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("The bridge of Dover was opened by Ann Moss.")
    case = {"question": "Who opened the bridge of Dover?", "answers": ["Ann Moss"]}
    case["evidence"] = "opened by Ann Moss"
    (tmp_path / "cases.jsonl").write_text(json.dumps(case))

    def both(body: dict[str, Any]) -> Reply:
        return ["x"] if body.get("stream") else judging(body)

    with serving(both) as stub:
        monkeypatch.setenv("LLM_BASE_URL", stub.url)
        monkeypatch.setenv("LLM_MODEL", "stub")
        monkeypatch.setenv("ANSWER_FROM", "0")
        run = hemeroteca("evaluate", "cases.jsonl", "--judge", "--json", "--save", "run.json")
    assert run.code == 0, run.err
    shown = json.loads(run.out)
    assert shown["judge"]["correctness"]["value"] == 5
    assert shown["judge"]["failed"]["value"] == 0
    saved = json.loads((tmp_path / "run.json").read_text())
    assert saved["results"][0]["judgement"]["correctness"] == 5
    assert (saved["models"]["writer"], saved["models"]["judge"]) == ("stub", "stub")
