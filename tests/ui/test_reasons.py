"""What the floors below say, in the language of the page."""

import ast
import re
from pathlib import Path

import pytest

from hemeroteca.ui.reasons import _SENTENCES, reason
from tests.helpers import ROOT

# Errors that reach the page; others end a command before there is one.
_SAID = {
    *("ArticleError", "BusyError", "EvaluationError", "QuestionError"),
    *("Refused", "Rejected", "Skipped", "StorageError"),
}
_SOURCES = [
    *(ROOT / "index").rglob("*.py"),
    *(ROOT / "rag" / f"{name}.py" for name in ("question", "evaluation/run")),
]


def _template(node: ast.expr) -> str | None:
    """A literal with blanks for what is filled in; None for what is no literal."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{\w+[^{}]*\}", "{}", node.value)  # blanks may have names
    if isinstance(node, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.Constant) else "{}" for p in node.values)
        return "".join(map(str, parts))
    return None


def _templates(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.args
            and node.func.id in _SAID
        ):
            found.add(_template(node.args[-1]))
    return {template for template in found if template}


def test_there_is_a_translation_of_every_sentence_that_may_reach_the_page() -> None:
    sentences = {template for path in _SOURCES for template in _templates(path)}
    assert len(sentences) > 60
    for language, translated in _SENTENCES.items():
        assert sentences - set(translated) == set(), f"ui/reasons.py lacks these in {language}"


def test_a_translation_has_the_same_blanks() -> None:
    for translated in _SENTENCES.values():
        for english, said in translated.items():
            assert english.count("{}") == said.count("{}"), english


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("is empty", "está vacío"),
        (
            "has 6.0 MB; an article may have 5 MB",
            "tiene 6.0 MB; un artículo puede tener 5 MB",
        ),
        (
            "a.jsonl, line 7: has no text: expected a field named text, found a: b",
            "a.jsonl, línea 7: no tiene texto: se esperaba un campo llamado text, se encontró a: b",
        ),
        (
            "its name 'a' is taken by /x/{0}.txt",
            "su nombre 'a' ya lo tiene /x/{0}.txt",
        ),
        (
            "line 2: is not JSON (Expecting value: line 1 column 1 (char 0))",
            "línea 2: no es JSON (Expecting value: line 1 column 1 (char 0))",
        ),
        ("another sentence", "another sentence"),
        ("another: sentence", "another: sentence"),
    ],
)
def test_a_sentence_is_said_with_what_it_quotes(english: str, spanish: str) -> None:
    assert reason(ValueError(english), "es") == spanish
    assert reason(english, "en") == english
