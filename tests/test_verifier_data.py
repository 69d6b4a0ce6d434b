"""What the verifier learns from: sentences changed in one thing, and how they are split."""

import json
import random
from pathlib import Path

import pytest

from training.data import Paragraph, Question
from training.news.press import PressArticle, group_of
from training.verifier.data import (
    CLAIMED,
    VERDICTS,
    claimed_examples,
    in_context,
    reading_examples,
    split_of,
    story_statements,
    tidy,
)
from training.verifier.edits import FRAMES, edits, framed, other_number

SENTENCE = "In May the minister Anna Lind accused Peter Holm, who may be 43, of fraud."


def test_each_edit_changes_one_thing() -> None:
    made = {edit.kind: edit for edit in edits(SENTENCE, "en", ["Karl Berg"], random.Random(1))}
    assert set(made) >= {"value", "name", "role", "hedge dropped"}
    assert "Karl Berg" in made["name"].text
    assert made["name"].verdict == "contradicted"
    assert made["role"].text.startswith("In May the minister Peter Holm accused Anna Lind")
    assert made["hedge dropped"].verdict == "not said"
    assert all(edit.text != SENTENCE for edit in made.values())


def test_a_negation_is_put_in_and_taken_out() -> None:
    for language, plain, denied in (
        ("en", "She was there.", "She was not there."),
        ("es", "La ministra es de Vigo.", "La ministra no es de Vigo."),
    ):
        for given, expected in ((plain, denied), (denied, plain)):
            made = edits(given, language, [], random.Random(0))  # type: ignore[arg-type]
            assert expected in [edit.text for edit in made if edit.kind == "negation"]


def test_accused_becomes_convicted() -> None:
    made = edits("Fue acusada de sedición en La Paz.", "es", [], random.Random(0))
    (changed,) = [edit for edit in made if edit.kind == "accused to convicted"]
    assert changed.text == "Fue condenada por sedición en La Paz."
    assert changed.verdict == "not said"


def test_two_names_that_only_stand_together_do_not_change_roles() -> None:
    made = edits("Ana y Luis llegaron a casa.", "es", [], random.Random(0))
    assert not [edit for edit in made if edit.kind == "role"]


def test_another_number_looks_like_the_first() -> None:
    rng = random.Random(0)
    for number in ("7", "43", "3,4", "1.500", "2019"):
        other = other_number(number, rng)
        assert other != number
        assert len(other) == len(number)


def test_a_frame_decides_and_keeps_the_sentence() -> None:
    rng = random.Random(0)
    denied = framed("El virus es de laboratorio.", "es", "contradicted", rng)
    assert "el virus es de laboratorio" in denied
    assert "Anna Lind left" in framed("Anna Lind left.", "en", "not said", rng)
    assert set(FRAMES["es"]) == set(FRAMES["en"]) == set(VERDICTS)


def test_tokens_of_a_treebank_are_written_as_they_were() -> None:
    assert tidy("Kesha -LRB- born March 1 , 1987 -RRB- did n't sing .") == (
        "Kesha (born March 1, 1987) didn't sing."
    )


def test_a_page_is_in_one_split_however_its_name_is_written() -> None:
    assert split_of("Steve_Wozniak") == split_of("Steve Wozniak")
    splits = [split_of(str(n)) for n in range(1000)]
    assert 30 < splits.count("dev") < 90
    assert 100 < splits.count("test") < 180


def test_context_stands_before_the_evidence() -> None:
    assert in_context("It rains.", random.Random(0), "Weather", "Look.", share=0.0) == "It rains."
    whole = in_context("It rains.", random.Random(0), "Weather", "Look.", share=1.0)
    assert whole.startswith("Weather")
    assert whole.endswith("\nLook. It rains.")


def test_a_read_answer_is_stated_by_its_sentence_and_no_other_is() -> None:
    text = "Anna was born in 1961. She moved to Vigo in 1984 with Peter."
    questions = (
        Question("1", "When was Anna born?", ((17, 21),)),
        Question("2", "When did she move to Vigo?", ((44, 48),)),
    )
    paragraphs = [Paragraph("Anna#0", "en", text, questions)] * 30
    made = reading_examples(paragraphs, 1.0, "s", random.Random(0))
    stated = {(j.statement, j.verdict) for j in made if j.verdict == "stated"}
    assert stated == {
        ("When was Anna born? 1961", "stated"), ("When did she move to Vigo? 1984", "stated")
    }  # fmt: skip
    assert ("When was Anna born? 1984", "not said") in {(j.statement, j.verdict) for j in made}


def test_what_is_claimed_of_real_news_is_judged_by_its_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = PressArticle(
        "es", "Cierra el Rex", "Cierra el Rex\n\nAna lo vende. Costó 20 euros.", (), "press 1",
        "press 1", "es-000", [(0, 13), (15, 28), (29, 45)],
    )  # fmt: skip
    monkeypatch.setattr("training.news.press.load_press", lambda *_: [article])
    folder = tmp_path / "press"
    folder.mkdir()
    rows = [
        {"article": "es-000", "sentences": [1, 2], "claims": [
            {"claim": "Ana sells it.", "lang": "en", "verdict": "stated", "kind": "short"},
            {"claim": "Ana buys it.", "lang": "en", "verdict": "contradicted", "kind": "deed"},
        ]},
        {"article": "es-000", "sentences": [2], "questions": [
            {"question": "¿Quién lo vende?", "answer": "20 euros", "lang": "es",
             "verdict": "not said", "kind": "who"},
        ]},
        {"article": "es-001", "sentences": [0], "claims": []},
    ]  # fmt: skip
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "c01.jsonl").write_text(lines, encoding="utf-8")
    made = claimed_examples(tmp_path, None, random.Random(0), folder)
    judged = {(j.statement, j.evidence.splitlines()[-1], j.verdict) for j in made}
    assert judged >= {
        ("Ana sells it.", "Ana lo vende. Costó 20 euros.", "stated"),
        ("Ana buys it.", "Ana lo vende. Costó 20 euros.", "contradicted"),
        ("¿Quién lo vende? 20 euros", "Costó 20 euros.", "not said"),
    }
    # What else is made are copies of the sentences.
    assert {v for s, _, v in judged if "?" not in s and "it" not in s} == {"stated"}
    assert {j.group for j in made} == {"press 1"}
    rows[0]["sentences"] = [2, 3]
    (folder / "c01.jsonl").write_text(json.dumps(rows[0]), encoding="utf-8")
    with pytest.raises(ValueError, match=r"es-000 has 3 sentences, and number 3 is asked for"):
        claimed_examples(tmp_path, None, random.Random(0), folder)


def test_who_did_what_in_a_story_is_stated_by_its_sentence() -> None:
    made = story_statements(60, random.Random(0))
    assert len(made) >= 60
    for one in made:
        assert one.verdict in ("stated", "not said")
        _, mark, answer = one.statement.rpartition("?")
        if one.verdict == "stated" and mark:
            assert answer.strip() in one.evidence
    assert {one.verdict for one in made} == {"stated", "not said"}


def test_the_claims_on_real_news_have_verdicts_and_languages() -> None:
    rows = [
        json.loads(line)
        for path in sorted(CLAIMED.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    said = [one for row in rows for one in (*row.get("claims", ()), *row.get("questions", ()))]
    assert len(said) > 6000
    assert {one["verdict"] for one in said} == set(VERDICTS)
    assert {one["lang"] for one in said} == {"ca", "de", "en", "es", "fr", "gl", "it", "pt", "ru"}
    for row in rows:
        first, last = row["sentences"][0], row["sentences"][-1]
        assert row["sentences"] == list(range(first, last + 1))
    # Questions and claims of one article are in one split.
    assert {split_of(group_of(row["article"])) for row in rows} == {"train", "dev", "test"}
