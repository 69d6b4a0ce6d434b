"""What the reader learns from, and that it never learns from what it is measured on."""

import json
import math
import random
from pathlib import Path

import pytest
import torch

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.defaults import ANSWER_FROM, PASSAGES_READ
from hemeroteca.rag.reader.decide import Rule, decide
from hemeroteca.rag.reader.network import Pair
from hemeroteca.rag.reader.reader import load_reader
from hemeroteca.rag.retriever import HybridRetriever
from training.calibrate import as_read, read_question
from training.data import Example, Paragraph, Question, Splitter, examples, load_squad, swapped
from training.deeds import deed_examples
from training.events import HELD, event_examples, found_in
from training.measure import auroc
from training.network import SpanScores
from training.train_reader import Item, batches, loss_among, loss_of, tokenize

TEXT = "Ana llegó el lunes. " * 30 + "El tren salió a las ocho. " + "Llovió todo el día. " * 30


@pytest.fixture(scope="module")
def splitter(encoder: Encoder) -> Splitter:
    return Splitter(encoder.token_offsets)


def squad(folder: Path) -> Path:
    answer = {"text": "las ocho", "answer_start": TEXT.index("las ocho")}
    qas = [
        {"id": "1", "question": "¿A qué hora salió el tren?", "answers": [answer]},
        {"id": "2", "question": "¿Quién es Eva?", "answers": [], "is_impossible": True},
    ]
    path = folder / "set_es.json"
    path.write_text(json.dumps({"data": [{"title": "T", "paragraphs": [
        {"context": TEXT, "qas": qas}
    ]}]}))  # fmt: skip
    return path


def test_examples_hold_their_answer_or_none(tmp_path: Path, splitter: Splitter) -> None:
    paragraphs = load_squad(squad(tmp_path), "es")
    for seed in range(5):
        made = examples(paragraphs, splitter, random.Random(seed), "x", negatives=1.0)
        spans = [e for e in made if e.span]
        assert [e.passage[slice(*e.span)] for e in spans if e.span] == ["las ocho"]
        for example in made:
            if example.span is None and "tren" in example.question:
                assert "las ocho" not in example.passage


def test_a_false_question_differs_in_one_name_or_number_that_the_passage_holds() -> None:
    passage = "En 1905 visitó Albert Einstein a Marie Curie en la ciudad de París."
    question = "¿Dónde visitó Albert Einstein a su colega en 1905?"
    elsewhere = "El físico Max Planck murió en 1947."
    false = {swapped(question, passage, elsewhere, random.Random(n)) for n in range(60)}
    names = ("Marie Curie", "París", "Max Planck")
    assert false == {
        *(question.replace("Albert Einstein", name) for name in names),
        question.replace("1905", "1947"),
    }


def test_a_question_without_a_name_of_the_passage_is_not_made_false() -> None:
    for n in range(20):
        assert swapped("¿Quién es Eva?", "El tren salió.", "Ana vive.", random.Random(n)) is None


def test_tokens_of_the_gold_span_are_those_of_the_answer(encoder: Encoder) -> None:
    made = examples(
        [Paragraph("a", "es", "El tren salió a las ocho.", (Question("1", "¿?", ((16, 24),)),))],
        Splitter(encoder.token_offsets),
        random.Random(0),
        "x",
    )
    item = tokenize(made[:1], encoder)[0]
    assert item.gold is not None
    first, last = (n - item.pair.first for n in item.gold)
    spans = encoder.token_offsets([made[0].passage])[0]
    assert made[0].passage[spans[first][0] : spans[last][1]].strip() == "las ocho"


def test_the_loss_is_the_negative_log_share_of_the_gold_span() -> None:
    # Two tokens: spans (0,0), (0,1), (1,1) with logits ln 1, ln 2, ln 3; no answer ln 4.
    spans = torch.tensor([[[math.log(1), math.log(2)], [-1e4, math.log(3)]]])
    scores = SpanScores(spans, torch.tensor([math.log(4)]))
    pair = Pair([0, 1], 0)
    assert loss_of(scores, [Item(pair, (0, 1))]).item() == pytest.approx(-math.log(2 / 10))
    assert loss_of(scores, [Item(pair, None)]).item() == pytest.approx(-math.log(4 / 10))


def test_the_passages_of_one_group_share_a_softmax() -> None:
    # One token a passage, with logits against no answer of ln 2, ln 3 and ln 5.
    spans = torch.tensor([2.0, 3.0, 5.0]).log()[:, None, None] + 7
    scores = SpanScores(spans, torch.full((3,), 7.0))
    pair = Pair([0], 0)
    told = [Item(pair, (0, 0), 4), Item(pair, None, 4), Item(pair, None, 5)]
    among = -(math.log(2 / (1 + 2 + 3)) + math.log(1 / (1 + 5))) / 2
    assert loss_among(scores, told).item() == pytest.approx(among, rel=1e-5)
    # Either of two passages that hold it will do, and what is in no group counts nothing.
    both = [Item(pair, (0, 0), 4), Item(pair, (0, 0), 4), Item(pair, None)]
    assert loss_among(scores, both).item() == pytest.approx(-math.log(5 / 6), rel=1e-5)
    assert loss_among(scores, [Item(pair, None)] * 3).item() == 0


def test_what_is_asked_of_several_passages_comes_in_one_batch() -> None:
    items = [Item(Pair([0] * (n % 70 + 3), 1), None, n // 3 if n < 240 else -1) for n in range(300)]
    stream = batches(items, random.Random(0))
    found: dict[int, list[int]] = {}
    seen = 0
    while seen < len(items):
        batch = next(stream)
        seen += len(batch)
        for group in {i.group for i in batch if i.group >= 0}:
            found.setdefault(group, []).append(sum(i.group == group for i in batch))
    assert seen == len(items)
    assert found == {n: [3] for n in range(80)}


def test_batches_use_every_example_once_an_epoch() -> None:
    items = [Item(Pair([0] * (n % 50 + 3), 1), None) for n in range(300)]
    stream = batches(items, random.Random(0))
    seen = 0
    while seen < len(items):
        batch = next(stream)
        seen += len(batch)
        assert max(len(i.pair.ids) for i in batch) * len(batch) <= 2048
    assert seen == len(items)


def test_auroc_counts_ties_half() -> None:
    # Pairs: 2>1, 2=2 (half), 3>1, 3>2: 3.5 of 4
    assert auroc([2, 3], [1, 2]) == pytest.approx(3.5 / 4)


AMONG = {"es": ["Llovió todo el día en la costa."], "en": ["It rained all day at the coast."]}


def _made_up(held: bool) -> list[Example]:
    rng = random.Random(3)
    made = event_examples(AMONG, 600, rng, held=held)
    return made + deed_examples(AMONG, 600, rng, held=held)


def test_a_made_up_answer_stands_once_in_its_passage() -> None:
    made = _made_up(held=False)
    for example in made:
        if example.span is not None:
            answer = example.passage[slice(*example.span)]
            assert answer.strip() == answer != ""
            assert example.passage.count(answer) == 1
        assert example.question.endswith("?")
        assert "  " not in example.passage
        assert "{" not in example.question + example.passage
    without = sum(example.span is None for example in made)
    assert 0.35 < without / len(made) < 0.65


def test_the_same_made_up_question_has_one_answer() -> None:
    answers: dict[tuple[str, str], set[tuple[int, int] | None]] = {}
    for example in _made_up(held=False):
        answers.setdefault((example.question, example.passage), set()).add(example.span)
    assert all(len(found) == 1 for found in answers.values())


def test_names_kept_for_measuring_are_not_learnt_and_our_own_nowhere() -> None:
    learnt, measured = (
        " ".join(e.question + " " + e.passage for e in _made_up(held)) for held in (False, True)
    )
    for country in HELD["countries"]:
        assert country[0] not in learnt  # type: ignore[index]
    assert any(country[0] in measured for country in HELD["countries"])  # type: ignore[index]
    for name in ("Venez", "Belarus", "Bielorrusia", "Lukashenko", "Maduro", "tanker"):
        assert name not in learnt + measured


def test_an_answer_told_twice_is_left_out() -> None:
    passage = "Ana vino. Ana salió con Eva."
    asking = [("Who came?", "Ana"), ("With whom?", "Eva"), ("Where?", None)]
    assert found_in(passage, asking, "x") == [
        Example("With whom?", passage, (24, 27), "x"),
        Example("Where?", passage, None, "x"),
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Who met the Venezuelan ambassador?",
        "¿Quién dirige el museo del encaje de Calais?",
        "¿Quién ganó el campeonato de ajedrez de Soria?",
    ],
)
def test_the_rule_is_fitted_to_what_the_program_reads(
    newspaper_archive: Archive, encoder: Encoder, question: str
) -> None:
    reader, rule = load_reader(encoder), Rule.load()
    gathered = read_question(newspaper_archive, reader, question, [], "", without="")
    as_told = as_read(gathered, rule)
    retriever = HybridRetriever(newspaper_archive, gathered.question, 20)
    reading = reader.read(gathered.question, retriever.search(), PASSAGES_READ, retriever.whole)
    told = decide(as_told.question, as_told.passages, as_told.spans, rule)
    assert told.confidence == pytest.approx(reading.confidence, abs=0.02)
    if reading.confidence >= ANSWER_FROM:
        assert told.evidence[0].answer == reading.evidence[0].answer
