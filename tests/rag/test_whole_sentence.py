"""A sentence is the answer where it is not sure which of its words are, and no more than that."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.defaults import ANSWER_FROM, WORDS_FROM
from hemeroteca.rag.kinds.whole_sentence import is_sure_of_words
from hemeroteca.rag.question import Question
from hemeroteca.rag.reader.decide import Reading
from hemeroteca.rag.render import own_words, plain_text
from hemeroteca.ui.session import open_chain
from hemeroteca.ui.settings import Settings
from tests.helpers import SEED

ASKED = "¿Con quién habló Putin por teléfono?"
UNSURE, LIKELY = ANSWER_FROM, 0.6


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Archive]:
    archive = Archive(tmp_path_factory.mktemp("index"), encoder)
    sync_folders(archive, [SEED.parent])
    yield archive
    archive.close()


def asked(
    archive: Archive,
    cache_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    confidence: float,
    holds: float,
    text: str = ASKED,
    **settings: Any,
) -> Answer:
    """The answer where the best one is as likely as `confidence`, and its sentence as `holds`."""

    def verified(question: Question, reading: Reading, *_: object) -> Reading:
        return replace(reading, confidence=confidence, holds=holds)

    monkeypatch.setattr("hemeroteca.rag.chain.verified", verified)
    return open_chain(Settings(cache_dir=cache_dir, **settings), archive).ask(text)


def test_a_sentence_that_holds_the_answer_is_told_where_the_words_are_not_sure(
    archive: Archive, cache_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = asked(archive, cache_dir, monkeypatch, UNSURE, LIKELY)
    assert answer.kind == "sentence"
    assert answer.answerable
    assert answer.whole
    assert answer.confidence == LIKELY
    [citation] = answer.citations
    [statement] = answer.statements
    assert answer.answer == statement.text == citation.quote
    assert statement.cites == (citation.n,)
    assert "Maduro" in citation.quote
    assert not answer.nearest
    assert not own_words(answer)  # only the article speaks
    assert citation.quote in plain_text(answer)


@pytest.mark.parametrize(
    ("confidence", "holds", "kind"),
    [
        (WORDS_FROM, 0.99, "short"),
        (WORDS_FROM, 0.0, "short"),
        (ANSWER_FROM, 0.0, "short"),  # nobody has said how likely the sentence is
        (ANSWER_FROM, 0.5, "sentence"),
        (ANSWER_FROM - 0.01, 0.9, "absent"),
        (0.0, 0.0, "absent"),
    ],
)
def test_sure_words_go_first_and_what_is_not_likely_is_refused(
    archive: Archive,
    cache_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    confidence: float,
    holds: float,
    kind: str,
) -> None:
    assert asked(archive, cache_dir, monkeypatch, confidence, holds).kind == kind


def test_who_wants_any_answer_is_never_refused(
    archive: Archive, cache_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sure, kind in ((0.01, "sentence"), (0.7, "short")):
        answer = asked(archive, cache_dir, monkeypatch, sure, sure + 0.1, answer_from=0.0)
        assert answer.kind == kind


def test_a_sentence_of_somebody_else_is_no_answer(
    archive: Archive, cache_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "¿Con quién habló Dilma Rousseff por teléfono?"
    assert asked(archive, cache_dir, monkeypatch, UNSURE, LIKELY, text).kind == "absent"


def test_nothing_read_is_no_sentence(
    archive: Archive, cache_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def verified(question: Question, reading: Reading, *_: object) -> Reading:
        return replace(reading, evidence=[], confidence=0.0)

    monkeypatch.setattr("hemeroteca.rag.chain.verified", verified)
    assert open_chain(Settings(cache_dir=cache_dir), archive).ask(ASKED).kind == "absent"


@pytest.mark.parametrize(
    ("question", "quote", "answer", "words"),
    [
        ("¿Cuándo firmó Zubeldia?", "Firmó ayer hasta junio de 2026.", "junio de 2026", False),
        ("¿Cuándo firmó Zubeldia?", "Firmó ayer hasta junio de 2026.", "ayer", True),
        ("¿Hasta cuándo firmó Zubeldia?", "Firmó hasta junio de 2026.", "junio de 2026", True),
        ("When did she sign?", "She signed until the June of 2026.", "June of 2026", False),
        ("Wann unterschrieb er?", "Er unterschrieb bis Juni 2026.", "Juni 2026", False),
        ("Quand a-t-il signé ?", "Il a signé jusqu'en juin 2026.", "juin 2026", False),
        ("¿Quién firmó?", "Firmó hasta ayer.", "ayer", True),
    ],
)
def test_until_when_is_not_when(question: str, quote: str, answer: str, words: bool) -> None:
    best = SimpleNamespace(quote=quote, start=7, answer_start=7 + quote.index(answer))
    reading = SimpleNamespace(evidence=[best], confidence=0.9, holds=0.9)
    asked = SimpleNamespace(searched=question)
    assert is_sure_of_words(cast(Any, asked), cast(Any, reading)) == words
