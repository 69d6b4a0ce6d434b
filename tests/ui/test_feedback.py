"""Judged answers as draft lines of a test set."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.rag.evaluation.testset import read_cases
from hemeroteca.ui.cli.feedback import draft_lines
from hemeroteca.ui.settings import Settings
from hemeroteca.ui.web.history import History
from hemeroteca.ui.web.message import Turn
from tests.helpers import Run, read, write

TEXT = "El volcán expulsó ceniza. La alcaldesa Rosa Quishpe cerró las escuelas."
QUOTE = "La alcaldesa Rosa Quishpe cerró las escuelas."
CITATION = Citation(1, "volcan", "T", None, QUOTE, TEXT.index(QUOTE), len(TEXT), 0.5, (13, 25))
ASKED = "¿Quién cerró las escuelas?"
SAID = (Statement("Rosa Quishpe", (1,)),)
SINCE = Filter(Period(date(2025, 1, 1)))
RIGHT = Turn(
    ASKED,
    Answer(ASKED, "short", "es", 0.5, "Rosa Quishpe", SAID, citations=(CITATION,), filter=SINCE),
)
ABSENT = Turn("¿Y quién las abrió?", Answer("¿Y quién las abrió?", "absent", "es", 0.1))


def _judge(history: History) -> str:
    conversation = history.begin("me", RIGHT)
    for turn in (ABSENT, RIGHT):
        history.add("me", conversation, turn)
    for position, vote in enumerate((1, 1, -1)):
        history.judge("me", conversation, position, vote)
    history.remark("me", conversation, 2, "It was another.")
    return conversation[:12]


def test_a_line_has_what_the_judgement_proves(tmp_path: Path) -> None:
    history = History(tmp_path / "db")
    name = _judge(history)
    right, absent, wrong = map(json.loads, draft_lines(history))
    assert right == {
        "id": f"{name}-0",
        "question": RIGHT.question,
        "answers": ["Rosa Quishpe"],
        "tags": ["feedback", "right"],
        "from": "2025-01-01",
        "evidence": [QUOTE],
        "article": "volcan",
    }
    assert absent["history"] == [RIGHT.question]
    assert (absent["answers"], absent["tags"]) == ([], ["feedback", "right"])
    assert (wrong["answers"], wrong["tags"]) == ([], ["feedback", "wrong"])
    assert wrong["comment"] == "It was another."


def test_the_lines_are_a_test_set(tmp_path: Path) -> None:
    history = History(tmp_path / "db")
    _judge(history)
    cases = tmp_path / "cases.jsonl"
    cases.write_text("\n".join(draft_lines(history)), encoding="utf-8")
    assert len(read_cases(cases, [read(tmp_path, "volcan", TEXT)])) == 3


def test_the_command_exports_them(
    hemeroteca: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "seeds", "volcan", TEXT).parent
    run = hemeroteca("feedback", "export")
    assert (run.code, run.out, run.err) == (0, "", "hemeroteca: nobody has judged an answer yet\n")
    path = Settings(index_dir=Path("data")).conversations([folder])
    path.parent.mkdir(parents=True, exist_ok=True)
    _judge(History(path))
    run = hemeroteca("feedback", "export")
    assert (run.code, run.err) == (0, "")
    assert [json.loads(line)["answers"] for line in run.out.splitlines()] == [
        ["Rosa Quishpe"],
        [],
        [],
    ]
