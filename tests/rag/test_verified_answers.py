"""How likely an answer is right, by the reader and by the verifier."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from hemeroteca.index.article import Passage
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.errors import CheckpointError
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.question import check_question
from hemeroteca.rag.reader.decide import Evidence, Reading, evidence_of
from hemeroteca.rag.verifier.answers import (
    HOLDS_FILE,
    AnswerRule,
    answer_features,
    judge_answer,
    premise_of,
    verified,
)
from hemeroteca.rag.verifier.judge import Verifier, load_verifier
from hemeroteca.rag.verifier.judgement import Judgement, Premise
from hemeroteca.ui.session import open_chain
from hemeroteca.ui.settings import Settings
from tests.helpers import SEED
from tests.judging import STATED, FakeVerifier

TITLE = "La cofradía de Malpeque denuncia a una naviera"
BEFORE = "El vertido llegó a las bateas el lunes."
SENTENCE = (
    "La patrona mayor, Eladia Couso, denunció a la naviera Astrolín, que tiene 14 barcos, por un "
    "vertido de 300 litros de gasóleo."
)
TEXT = f"{TITLE}\n\n{BEFORE} {SENTENCE}"


def passage(text: str = TEXT) -> Passage:
    return Passage("p", "a", text, 0, len(text), "es", title=TITLE, headline=len(TITLE))


def answered(answer: str, text: str = TEXT) -> Evidence:
    start = text.index(answer, len(TITLE))
    return evidence_of(passage(text), (start, start + len(answer)), 0.5)


@pytest.fixture(scope="module")
def verifier(encoder: Encoder) -> Verifier:
    return load_verifier(encoder)


def test_what_answers_is_judged_with_the_sentence_before_and_the_headline() -> None:
    assert premise_of(answered("Eladia Couso")) == Premise(SENTENCE, BEFORE, TITLE)
    assert premise_of(answered("el lunes")) == Premise(BEFORE, "", TITLE)


def test_a_headline_is_judged_by_itself() -> None:
    found = evidence_of(passage(), (0, len("La cofradía de Malpeque")), 0.5)
    assert premise_of(found) == Premise(TITLE)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("¿Quién denunció a la naviera Astrolín?", "Eladia Couso", "Astrolín"),
        ("¿Cuántos litros de gasóleo se vertieron en Malpeque?", "300", "14"),
        ("How many ships does Astrolín have?", "14 barcos", "300 litros"),
    ],
)
def test_the_right_answer_of_a_sentence_is_likelier_than_another(
    verifier: Verifier, question: str, right: str, wrong: str
) -> None:
    """As sure as the reader may be of both."""
    rule = AnswerRule.load()
    likely, unlikely = (
        verified(check_question(question), Reading([answered(each)], 0.6, []), verifier, rule, rule)
        for each in (right, wrong)
    )
    assert likely.confidence > unlikely.confidence + 0.1


def test_what_stands_before_does_not_speak_against_an_answer(verifier: Verifier) -> None:
    """It may hold what a pronoun means, or be of something else."""
    text = f"{TITLE}\n\nLa alcaldesa de Lugo no se reunió con nadie. {SENTENCE}"
    asked = "¿Quién denunció a la naviera Astrolín?"
    alone, behind = (
        judge_answer(verifier, asked, answered("Eladia Couso", each))
        for each in (f"{TITLE}\n\n{SENTENCE}", text)
    )
    assert behind.stated >= alone.stated


def test_what_two_do_together_is_asked_in_either_form(verifier: Verifier) -> None:
    sentence = "La ministra Ana Ruiz sostuvo dos encuentros con el embajador de Chile, Luis Vega."
    found = evidence_of(passage(f"{TITLE}\n\n{sentence}"), (len(TITLE) + 2, len(TITLE) + 22), 0.5)
    who, with_whom = (
        judge_answer(verifier, asked, found).stated
        for asked in (
            "¿Quién se reunió con el embajador de Chile?",
            "¿Con quién se reunió el embajador de Chile?",
        )
    )
    assert who == pytest.approx(with_whom)


@pytest.mark.parametrize(
    "question",
    [
        "who met the Venezuelan ambassador?",
        "¿Quién se reunió con el embajador de Venezuela?",
        "¿Con quién se reunió el embajador de Venezuela?",
        "¿Quién se reunió con el embajador venezolano?",
    ],
)
def test_who_met_the_ambassador_is_told_in_any_words(
    tmp_path: Path, encoder: Encoder, cache_dir: Path, question: str
) -> None:
    archive = Archive(tmp_path, encoder)
    sync_folders(archive, [SEED.parent])
    answer = open_chain(Settings(cache_dir=cache_dir), archive).ask(question)
    archive.close()
    assert answer.answer == "Alexander Lukashenko"


def test_the_surer_the_reader_the_likelier(verifier: Verifier) -> None:
    rule = AnswerRule.load()
    judged = judge_answer(verifier, "¿Quién denunció a Astrolín?", answered("Eladia Couso"))
    likely = [rule.confidence(answer_features(sure, judged)) for sure in (0.0, 0.1, 0.5, 0.9, 1.0)]
    assert likely == sorted(likely)
    assert all(0 < each < 1 for each in likely)


def test_a_question_of_any_length_is_judged(verifier: Verifier) -> None:
    asked = check_question("¿" + "Quién fue, dime, " * 60 + "quién denunció a Astrolín?")
    reading = Reading([answered("Eladia Couso")], 0.6, [])
    rule = AnswerRule.load()
    assert verified(asked, reading, verifier, rule, rule).confidence != reading.confidence


def test_what_cannot_be_judged_stays_as_the_reader_has_it(verifier: Verifier) -> None:
    asked, rule = check_question("¿Quién denunció a Astrolín?"), AnswerRule.load()
    nothing = Reading([], 0.0, [])
    assert verified(asked, nothing, verifier, rule, rule) == nothing
    long = TEXT.replace("por un", "por un vertido, " * 400 + "por un")
    reading = Reading([answered("Eladia Couso", long)], 0.6, [])
    assert verified(asked, reading, verifier, rule, rule) == reading


def test_only_what_is_likely_changes(verifier: Verifier) -> None:
    reading = Reading([answered("Eladia Couso")], 0.6, [passage()])
    asked = check_question("¿Quién denunció a Astrolín?")
    found = verified(asked, reading, verifier, AnswerRule.load(), AnswerRule.load(HOLDS_FILE))
    assert replace(found, confidence=reading.confidence, holds=0.0) == reading


@pytest.mark.parametrize("sure", [0.1, 0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("stated", [0.1, 0.5, 0.9])
def test_a_sentence_holds_the_answer_more_likely_than_its_words_are_it(
    sure: float, stated: float
) -> None:
    judged = Judgement(stated, (1 - stated) / 2, (1 - stated) / 2)
    features = answer_features(sure, judged)
    right, held = AnswerRule.load(), AnswerRule.load(HOLDS_FILE)
    assert held.confidence(features) > right.confidence(features)


def test_what_contradicts_an_answer_speaks_against_it() -> None:
    rule = AnswerRule.load()
    stated, contradicted, open_ = (
        rule.confidence(answer_features(0.5, judged))
        for judged in (
            Judgement(0.9, 0.05, 0.05), Judgement(0.05, 0.9, 0.05), Judgement(0.05, 0.05, 0.9)
        )
    )  # fmt: skip
    assert stated > max(contradicted, open_)


def test_a_damaged_rule_is_named(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    for text in ("{", json.dumps({"reader": 1.0}), json.dumps({"reader": "much"}), "[]"):
        path.write_text(text)
        with pytest.raises(CheckpointError, match=r"answers\.json"):
            AnswerRule.load(path)
    with pytest.raises(CheckpointError, match="reinstall"):
        AnswerRule.load(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("question", "answer", "day", "likely"),
    [
        ("¿Cuándo llegó el vertido a las bateas?", "el lunes", "2024-05-15", True),
        ("What day did the spill arrive?", "el lunes", "2024-05-15", True),
        # Of an undated article nobody knows which Monday it was; who asks for whom asks for no day.
        ("¿Cuándo llegó el vertido a las bateas?", "el lunes", None, False),
        ("¿Adónde llegó el vertido?", "las bateas", "2024-05-15", False),
    ],
)
def test_the_reader_may_doubt_a_day_that_the_verifier_is_sure_of(
    question: str, answer: str, day: str | None, likely: bool
) -> None:
    verifier = FakeVerifier({"vertido": STATED})
    found = answered(answer)
    reading = Reading([replace(found, passage=replace(found.passage, date=day))], 0.1, [])
    rule = AnswerRule(1.0, 0.0, 0.0)  # the reader's word
    told = verified(check_question(question), reading, verifier, rule, rule)  # type: ignore[arg-type]
    assert (told.confidence, told.holds) == pytest.approx(
        (0.95, 0.95) if likely else (0.1, 0.1), abs=1e-3
    )
