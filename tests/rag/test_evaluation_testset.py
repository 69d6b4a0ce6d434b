"""Test sets: what is read, and the one sentence for what is not."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hemeroteca.index.article import Article
from hemeroteca.index.period import Period
from hemeroteca.rag.evaluation.run import Run, check_same_questions, load_run
from hemeroteca.rag.evaluation.scores import check_floors, read_floors, score
from hemeroteca.rag.evaluation.squad import read_squad
from hemeroteca.rag.evaluation.testset import EvaluationError, Span, read_cases, read_corpus
from hemeroteca.rag.understand.followup import is_follow_up, with_history
from tests.helpers import ROOT, assert_one_sentence, read, write
from tests.helpers import Run as Ended

TEXT = "Llegó Ana Ruiz a Quito. La recibió el alcalde. Ana Ruiz habló de 1999."


@pytest.fixture
def corpus(tmp_path: Path) -> list[Article]:
    folder = tmp_path / "articles"
    return [read(folder, "visita", TEXT, "2024-05-01"), read(folder, "otro", "Otra cosa pasó.")]


def cases_file(folder: Path, *lines: object) -> Path:
    path = folder / "cases.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


GOOD = {"id": "a", "question": "¿Quién llegó?", "answers": ["Ana Ruiz"], "evidence": "Ana Ruiz a"}


def test_a_case_is_found_in_its_article(tmp_path: Path, corpus: list[Article]) -> None:
    extra = {"tags": ["who"], "history": ["¿Qué pasó?"], "from": "2024-01-01", "to": None}
    (case,) = read_cases(cases_file(tmp_path, "", GOOD | extra), corpus)
    start = corpus[0].text.index("Ana Ruiz a")
    assert case.gold.evidence == (Span("visita", start, start + 10),)
    (sentence,) = case.gold.sentences
    assert corpus[0].text[sentence.start : sentence.end] == "Llegó Ana Ruiz a Quito."
    assert (case.lang, case.gold.language) == ("es", "es")
    assert case.history == ("¿Qué pasó?",)
    assert case.period == Period(date(2024, 1, 1))


def test_evidence_counts_wherever_it_stands(tmp_path: Path, corpus: list[Article]) -> None:
    (case,) = read_cases(cases_file(tmp_path, GOOD | {"evidence": ["Ana Ruiz"]}), corpus)
    assert len(case.gold.evidence) == 2
    assert len(case.gold.sentences) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "expected a JSON object"),
        ("[]", "expected a JSON object, found list"),
        (GOOD | {"answer": "x"}, "unknown key 'answer'"),
        ({"question": "¿Quién?"}, "'answers' is missing"),
        (GOOD | {"question": " "}, "the question is empty"),
        (GOOD | {"question": 3}, "'question' should be a text, found 3"),
        (GOOD | {"answers": "Ana"}, "'answers' should be a list of texts"),
        (GOOD | {"evidence": []}, "has answers but no 'evidence'"),
        (GOOD | {"evidence": "Ana Rúiz"}, "no article of the corpus holds the evidence 'Ana Rúiz'"),
        (GOOD | {"article": "otro"}, "article 'otro' lacks the evidence"),
        (GOOD | {"article": "nada"}, "the corpus has no article 'nada'"),
        (GOOD | {"from": "ayer"}, "'from' should be a date YYYY-MM-DD, found 'ayer'"),
    ],
)
def test_a_bad_line_is_named(
    tmp_path: Path, corpus: list[Article], line: object, reason: str
) -> None:
    path = cases_file(tmp_path, GOOD | {"id": "first"}, line)
    with pytest.raises(EvaluationError) as caught:
        read_cases(path, corpus)
    assert str(caught.value).startswith(f"{path}, line 2: {reason}")


def test_a_repeated_id_names_both_lines(tmp_path: Path, corpus: list[Article]) -> None:
    with pytest.raises(EvaluationError, match=r"line 3: the id 'a' is that of line 1"):
        read_cases(cases_file(tmp_path, GOOD, "", GOOD), corpus)


def test_an_empty_set_and_a_file_that_is_not_there(tmp_path: Path, corpus: list[Article]) -> None:
    with pytest.raises(EvaluationError, match="holds no question"):
        read_cases(cases_file(tmp_path, ""), corpus)
    with pytest.raises(EvaluationError, match="cannot read"):
        read_cases(tmp_path / "none.jsonl", corpus)


def test_a_line_separator_within_a_text_ends_no_line(tmp_path: Path, corpus: list[Article]) -> None:
    path = cases_file(tmp_path, json.dumps(GOOD | {"tags": ["a\u2028b"]}, ensure_ascii=False))
    assert read_cases(path, corpus)[0].tags == ("a\u2028b",)


def test_nothing_but_the_command_line_imports_the_evaluation() -> None:
    floors = [*(ROOT / "index").rglob("*.py"), *(ROOT / "rag").rglob("*.py")]
    for path in sorted(set(floors) - set((ROOT / "rag" / "evaluation").glob("*.py"))):
        assert "hemeroteca.rag.evaluation" not in path.read_text(encoding="utf-8"), path


def test_the_project_s_own_set_is_what_it_claims() -> None:
    cases = read_cases(ROOT / "rag/evaluation/seeds.jsonl", read_corpus([ROOT / "seeds"]))
    assert len(cases) >= 60
    assert len({case.lang for case in cases}) >= 5
    refused = [case for case in cases if not case.answerable]
    assert len(refused) >= len(cases) / 3
    near = [case for case in refused if "near-miss" in case.tags]
    assert len(near) >= len(refused) / 2
    assert any(case.history for case in cases)
    assert any("false-premise" in case.tags for case in cases)


def squad(folder: Path, name: str, questions: list[tuple[str, str]], impossible: str = "") -> Path:
    """Two paragraphs of one article and one of another; the first has the questions."""

    def asked(id: str, text: str) -> dict[str, object]:
        if id == impossible:
            return {"id": id, "question": text, "answers": [], "is_impossible": True}
        answer = {"text": "Ana Ruiz", "answer_start": TEXT.index("Ana Ruiz")}
        return {"id": id, "question": text, "answers": [answer, answer]}

    first = {"context": TEXT, "qas": [asked(*pair) for pair in questions]}
    second = {"context": "Volvió el martes a su casa de Quito.", "qas": []}
    third = {"context": "La fábrica cerró en junio.", "qas": []}
    data = [
        {"title": "Ana Ruiz", "paragraphs": [first, second]},
        {"title": "Fábrica", "paragraphs": [third]},
    ]
    path = folder / name
    path.write_text(json.dumps({"data": data}), encoding="utf-8")
    return path


def test_squad_paragraphs_become_articles(tmp_path: Path) -> None:
    testset = read_squad(squad(tmp_path, "s.json", [("1", "¿Quién llegó a Quito?")]))
    names = [document.id for document in testset.documents]
    assert names == ["Ana_Ruiz/00", "Ana_Ruiz/01", "Fábrica/00"]
    (case,) = testset.cases
    assert case.answers == ("Ana Ruiz",)
    # The answer at its offset, not where the same words stand again.
    assert case.gold.evidence == (Span("Ana_Ruiz/00", 6, 14),)
    assert case.gold.sentences == (Span("Ana_Ruiz/00", 0, 23),)


def test_parallel_questions_keep_the_corpus_s_answers(tmp_path: Path) -> None:
    corpus = squad(tmp_path, "es.json", [("1", "¿Quién llegó a Quito?")])
    asked = squad(tmp_path, "en.json", [("1", "Who was it that arrived in Quito?")])
    (case,) = read_squad(corpus, asked).cases
    assert (case.question, case.lang) == ("Who was it that arrived in Quito?", "en")
    assert case.gold.language == "es"
    other = squad(tmp_path, "other.json", [("2", "Who?")])
    with pytest.raises(EvaluationError, match=r"other\.json has no question '1'"):
        read_squad(corpus, other)


def test_impossible_questions_are_asked_only_without_their_article_s_rest(tmp_path: Path) -> None:
    questions = [("1", "¿Quién llegó a Quito?"), ("2", "¿Quién llegó a Lima?")]
    path = squad(tmp_path, "s.json", questions, impossible="2")
    whole = read_squad(path)
    assert [case.id for case in whole.cases] == ["1"]
    assert whole.left_out == 1
    rounds = read_squad(path, per_paragraph=True)
    assert [case.id for case in rounds.cases] == ["1", "2"]
    (part,) = rounds.parts
    names = [document.id for document in part.documents]
    assert names == ["Ana_Ruiz/00", "Fábrica/00"]


def test_distractors_join_every_corpus(tmp_path: Path, corpus: list[Article]) -> None:
    path = squad(tmp_path, "s.json", [("1", "¿Quién llegó a Quito?")])
    assert len(read_squad(path, distractors=corpus).documents) == 5
    same = replace(corpus[0], id="Ana_Ruiz/00")
    with pytest.raises(EvaluationError, match="is in the test set's corpus already"):
        read_squad(path, distractors=[same])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "line 1: expected a SQuAD file"),
        ("{}", "is no SQuAD file: it has no list 'data'"),
        ('{"data": [{"title": "x"}]}', "is no SQuAD file: data[0] lacks or mistypes 'paragraphs'"),
        ('{"data": []}', "holds no question"),
    ],
)
def test_a_bad_squad_file_is_named(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    with pytest.raises(EvaluationError) as caught:
        read_squad(path)
    assert str(path) in str(caught.value)
    assert reason in str(caught.value)


def test_a_shifted_answer_is_refused(tmp_path: Path) -> None:
    path = squad(tmp_path, "s.json", [("1", "¿Quién?")])
    path.write_text(path.read_text().replace('"answer_start": 6', '"answer_start": 7'))
    with pytest.raises(EvaluationError, match="is not at character 7 of its paragraph"):
        read_squad(path)


def test_the_first_cases_span_rounds(tmp_path: Path) -> None:
    testset = read_squad(squad(tmp_path, "s.json", [("1", "¿Quién?"), ("2", "¿Quién?")]))
    assert [case.id for case in testset.first(1).cases] == ["1"]
    assert testset.first(1).cases_hash() != testset.cases_hash()
    assert testset.first(1).corpus_hash() == testset.corpus_hash()


@pytest.mark.parametrize(
    "question",
    [
        "¿y cuándo se firmó?",
        "And for how long?",
        "et sur quoi ont-ils échangé leurs points de vue ?",
        "а сколько раз он встречался с послом Венесуэлы?",
        "peki hangi alanları kapsıyor?",
        "那什么时候开始的呢？",
        "¿Cuándo?",
    ],
)
def test_follow_ups_lean(question: str) -> None:
    assert is_follow_up(question)
    assert with_history(question, ["¿Qué acuerdo hay?"]) == ["¿Qué acuerdo hay?", question]


@pytest.mark.parametrize(
    "question",
    [
        "¿Con quién habló Putin por teléfono?",
        "En quelle année le musée a-t-il ouvert ?",
        "O que o Maduro falou pro Trump sobre deixar a Venezuela?",
        "Which fighter jets flew through Venezuelan airspace?",
        "特朗普是哪一天签署对马杜罗的特赦令的？",
        "Ce a spus președintele despre alegeri?",
    ],
)
def test_questions_that_stand_alone_do_not(question: str) -> None:
    assert with_history(question, ["Who won the cup?"]) == [question]


def test_a_chain_of_follow_ups_reaches_the_question_that_stands_alone() -> None:
    asked = ["Who won the cup?", "Which agreement do Russia and Venezuela have?", "And since when?"]
    assert with_history("And who signed it?", asked) == [*asked[1:], "And who signed it?"]


def test_history_never_makes_a_question_too_long() -> None:
    assert with_history("And when?", ["Which agreement " + "x" * 1_995]) == ["And when?"]


def run_over(corpus: str, cases: str) -> Run:
    return Run("t", corpus, cases, 1, 0, {}, {}, [], {}, "0", "2024-01-01")


def test_runs_over_other_things_are_not_compared() -> None:
    check_same_questions(run_over("a", "b"), run_over("a", "b"), ["one", "two"])
    with pytest.raises(EvaluationError, match="one and two are runs over different corpora"):
        check_same_questions(run_over("a", "b"), run_over("c", "b"), ["one", "two"])
    with pytest.raises(EvaluationError, match="one and two are runs over different test sets"):
        check_same_questions(run_over("a", "b"), run_over("a", "c"), ["one", "two"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "no saved run"),
        ("[]", "no saved run"),
        ('{"format": 99}', r"no saved run of format 1 \(found 99\)"),
        ('{"format": 1, "results": []}', "damaged run"),
    ],
)
def test_a_bad_run_is_named(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text)
    with pytest.raises(EvaluationError, match=reason):
        load_run(path)
    with pytest.raises(EvaluationError, match="cannot read the run"):
        load_run(tmp_path / "none.json")


def test_floors(tmp_path: Path) -> None:
    from tests.rag.test_evaluation_measures import RESULTS

    path = tmp_path / "floors.json"
    path.write_text('{"answer.em": 0.4, "answer.f1": 0.1}')
    with pytest.raises(
        EvaluationError, match=r"^below the floor: answer.em is 0.333, its floor 0.4$"
    ):
        check_floors(score(RESULTS, slices=False), read_floors(path))
    path.write_text('{"answer.fine": 0.4}')
    with pytest.raises(EvaluationError, match=r"there is no measure 'answer\.fine'"):
        read_floors(path)
    path.write_text('{"answer.em": "high"}')
    with pytest.raises(EvaluationError, match=r"the floor of answer\.em should be a number"):
        read_floors(path)


@pytest.mark.parametrize(
    "arguments",
    [
        ["none.jsonl"],
        ["cases.txt"],
        ["cases.jsonl"],
        ["--judge"],
        ["--compare", "a.json", "b.json"],
        ["cases.jsonl", "--compare", "a.json", "b.json"],
        ["cases.jsonl", "--questions", "x.json"],
        ["--floors", "none.json"],
    ],
)
def test_the_command_says_one_sentence(
    hemeroteca: Callable[..., Ended], tmp_path: Path, arguments: list[str]
) -> None:
    write(tmp_path / "seeds", "visita", TEXT)
    cases_file(tmp_path, GOOD, "{")
    assert_one_sentence(hemeroteca("evaluate", *arguments))
