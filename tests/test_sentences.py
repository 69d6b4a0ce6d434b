"""Every sentence that can reach a person is there in every language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po as read_by_babel
from jinja2 import Environment, nodes

from hemeroteca.index.errors import ArticleError, HemerotecaError, Message
from hemeroteca.rag.translations import read_po
from hemeroteca.ui.language import say
from tests.helpers import ROOT

# What an answer says, in the language of its question; all else is said in the page's.
_ANSWERS = ("rag/kinds/", "rag/render", "rag/writer/")
_ANSWERED_IN = sorted((ROOT / "rag" / "locale").rglob("*.po"))
_SHOWN_IN = sorted((ROOT / "ui" / "locale").rglob("*.po"))
_MAKERS = {"Message", "Noun", "say"}
# What is raised with a sentence that no person reads, or in words of its own.
_OTHERS = {"AssertionError", "AttributeError", "TypeError", "ValueError", "FullError"}


def _calls(path: Path) -> Iterator[tuple[str, ast.expr]]:
    """The name and the first argument of each call that makes a sentence."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            name = node.func.id
            if name in _MAKERS or (name.endswith("Error") and name not in _OTHERS):
                yield name, node.args[0]


def _in_template(path: Path) -> Iterator[str]:
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        said = isinstance(call.node, nodes.Name) and call.node.name in ("_", "n_")
        if said and isinstance(call.args[0], nodes.Const):
            yield call.args[0].value


def _sentences(of_answers: bool) -> Iterator[str]:
    for folder in ("hemeroteca", "index", "rag", "ui"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.relative_to(ROOT).as_posix().startswith(_ANSWERS) != of_answers:
                continue
            for name, given in _calls(path):
                for each in [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]:
                    assert not isinstance(each, ast.JoinedStr | ast.BinOp | ast.Call), (
                        f"{path}:{each.lineno}: {name} wants a constant sentence with named blanks"
                    )
                    if isinstance(each, ast.Constant):
                        yield each.value
        if not of_answers:
            for path in sorted((ROOT / folder).rglob("*.html")):
                yield from _in_template(path)


def _blanks(sentence: str) -> list[tuple[str, str | None, str | None]]:
    return sorted(
        (field, spec, conversion)
        for _, field, spec, conversion in Formatter().parse(sentence)
        if field is not None
    )


def _has_words(sentence: str) -> bool:
    return bool(re.search("[a-z]", re.sub(r"\{.*?\}", "", sentence)))


def _check(path: Path, sentences: set[str]) -> None:
    """The same sentences in the file as in the program, none of them without its translation."""
    found = {sentence: forms for sentence, forms in read_po(path).items() if sentence}
    assert sentences ^ set(found) == set(), f"{path}: in one of the program and the file only"
    assert all(form.strip() for forms in found.values() for form in forms)


@pytest.mark.parametrize("path", _SHOWN_IN, ids=str)
def test_the_page_says_everything_in_its_languages(path: Path) -> None:
    sentences = set(filter(_has_words, _sentences(of_answers=False)))
    assert len(sentences) > 150
    _check(path, sentences)


def test_an_answer_says_everything_in_its_languages() -> None:
    sentences = set(filter(_has_words, _sentences(of_answers=True)))
    assert len(sentences) >= 13
    assert len(_ANSWERED_IN) >= 23
    for path in _ANSWERED_IN:
        _check(path, sentences)


@pytest.mark.parametrize("path", [*_SHOWN_IN, *_ANSWERED_IN], ids=str)
def test_a_translation_has_the_same_blanks(path: Path) -> None:
    for sentence, forms in read_po(path).items():
        for form in forms if sentence else ():
            assert _blanks(form) == _blanks(sentence), sentence


@pytest.mark.parametrize("path", [*_SHOWN_IN, *_ANSWERED_IN], ids=str)
def test_a_file_is_read_as_babel_reads_it(path: Path) -> None:
    with path.open("rb") as file:
        catalog = read_by_babel(file, abort_invalid=True)
    found = {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        for message in catalog
        if message.id
    }
    said = {sentence: forms for sentence, forms in read_po(path).items() if sentence}
    assert said == {k: (v,) if isinstance(v, str) else v for k, v in found.items()}


_NO_TEXT = ArticleError("has no text: expected a field named text, found {names}", names="a: b")


@pytest.mark.parametrize(
    ("message", "english", "spanish"),
    [
        (ArticleError("is empty").message, "is empty", "está vacío"),
        (
            Message(
                "has {megabytes:.1f} MB; {what} may have {most:.0f} MB",
                megabytes=6.0,
                what=Message("an article"),
                most=5.0,
            ),
            "has 6.0 MB; an article may have 5 MB",
            "tiene 6.0 MB; un artículo puede tener 5 MB",
        ),
        (
            Message(
                "{where}: {reason}",
                where=Message("{file}, {where}", file="{0}.jsonl", where=Message("line 7")),
                reason=_NO_TEXT.message,
            ),
            "{0}.jsonl, line 7: has no text: expected a field named text, found a: b",
            "{0}.jsonl, line 7: no tiene texto: se esperaba un campo llamado text, se encontró "
            "a: b",
        ),
        (Message("another sentence"), "another sentence", "another sentence"),
    ],
)
def test_a_sentence_is_said_with_what_it_quotes(
    message: Message, english: str, spanish: str
) -> None:
    assert say(message, "es") == spanish
    assert say(message, "en") == str(message) == english


def test_an_error_is_its_sentence_in_english() -> None:
    error = HemerotecaError("has {pages:,} pages; it may have {most:,}", pages=2_000, most=1_000)
    assert str(error) == "has 2,000 pages; it may have 1,000"
    assert say(error.message, "es") == "tiene 2.000 páginas; puede tener 1.000"
