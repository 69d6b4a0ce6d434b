"""Spans become answers: the rule by hand, the real reader's offsets."""

import math
from collections.abc import Sequence
from dataclasses import astuple, replace
from pathlib import Path

import numpy as np
import pytest

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.encoder.weights import load_weights, save_weights
from hemeroteca.index.errors import CheckpointError
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_documents
from hemeroteca.rag.defaults import ANSWER_FROM, UNSURE_FROM
from hemeroteca.rag.question import check_question
from hemeroteca.rag.reader.decide import Rule, ScoredSpan, decide, share_out
from hemeroteca.rag.reader.network import IMPOSSIBLE, READER_FILE, Pair, SpanScores
from hemeroteca.rag.reader.reader import READ_WITHIN, SpanReader, _trim, load_reader
from hemeroteca.rag.retriever import HybridRetriever
from hemeroteca.rag.understand.kind import AskedKind
from tests.helpers import passage

# Logit 1:1, retrieval set aside, the confidence is the share of the best answer itself.
PLAIN = Rule(
    sharpness=1,
    retrieval=0,
    rerank=0.5,
    answer=1,
    runner_up=0,
    top=0,
    lead=0,
    same_language=0,
    intercept=0,
)
QUESTION = check_question("Who met the ambassador?")


@pytest.fixture(scope="module")
def reader(encoder: Encoder) -> SpanReader:
    return load_reader(encoder)


def scored(*texts_and_scores: tuple[str, float]) -> list[Passage]:
    return [
        replace(passage(f"a{n}", text), score=score)
        for n, (text, score) in enumerate(texts_and_scores)
    ]


def span(owner: int, start: int, end: int, logit: float) -> ScoredSpan:
    """One that no other overlaps."""
    return ScoredSpan(owner, start, end, logit, mass=logit)


def test_shares_are_one_softmax_with_no_answer_at_zero() -> None:
    passages = scored(("Ana vino.", 0.9), ("Eva vino.", 0.9))
    spans = [span(0, 0, 3, math.log(3)), span(1, 0, 3, math.log(4))]
    # e^ln3 + e^ln4 + e^0 = 3 + 4 + 1
    assert share_out(passages, spans, PLAIN) == pytest.approx([3 / 8, 4 / 8])


def test_a_better_retrieved_passage_weighs_more() -> None:
    passages = scored(("Ana vino.", 0.9), ("Eva vino.", 0.8))
    spans = [span(0, 0, 3, 0.0), span(1, 0, 3, 0.0)]
    # logits 0 and 10 * (0.8 - 0.9) = -1
    total = 1 + math.exp(-1) + 1
    shares = share_out(passages, spans, replace(PLAIN, retrieval=10))
    assert shares == pytest.approx([1 / total, math.exp(-1) / total])


def test_articles_that_agree_outvote_one_that_does_not() -> None:
    passages = scored(("Vino Ána.", 0.9), ("ana vino.", 0.9), ("Eva vino.", 0.9))
    spans = [
        span(0, 5, 8, math.log(2)),
        span(1, 0, 3, math.log(2)),
        span(2, 0, 3, math.log(3)),
    ]
    reading = decide(QUESTION, passages, spans, PLAIN)
    assert [evidence.answer for evidence in reading.evidence] == ["Ána", "ana"]
    # 2 + 2 of 2 + 2 + 3 + 1
    assert reading.confidence == pytest.approx(4 / 8, abs=1e-4)


def test_an_article_agrees_with_itself_once() -> None:
    text = "Ana vino. Ana salió."
    spans = [span(0, 0, 3, 0.0), span(0, 10, 13, 0.0)]
    reading = decide(QUESTION, scored((text, 0.9)), spans, PLAIN)
    assert len(reading.evidence) == 1
    assert reading.confidence == pytest.approx(1 / 3, abs=1e-4)


def test_the_quote_is_the_whole_sentence_or_both_that_the_span_touches() -> None:
    text = "Llegó tarde. Ana vino. Luego Eva. Fin."
    one = decide(QUESTION, scored((text, 0.9)), [span(0, 13, 16, 5.0)], PLAIN)
    assert one.evidence[0].quote == "Ana vino."
    both = decide(QUESTION, scored((text, 0.9)), [span(0, 17, 32, 5.0)], PLAIN)
    assert both.evidence[0].quote == "Ana vino. Luego Eva."
    assert both.evidence[0].answer == "vino. Luego Eva"


def test_reading_ranks_the_passage_that_answers_first() -> None:
    passages = scored(("Eva vino.", 0.90), ("Ana vino.", 0.85))
    reading = decide(QUESTION, passages, [span(1, 0, 3, 9.0)], PLAIN)
    assert [p.article for p in reading.passages] == ["a1", "a0"]
    scores = [p.score for p in reading.passages]
    assert scores == sorted(scores, reverse=True)


def test_nothing_to_read_is_no_answer(reader: SpanReader) -> None:
    reading = reader.read(QUESTION, [], 8)
    assert (reading.evidence, reading.confidence) == ([], 0.0)


def test_the_reader_stands_on_the_embedded_model_only(plain_encoder: Encoder) -> None:
    with pytest.raises(CheckpointError, match="stands on the embedded model"):
        load_reader(plain_encoder)


def test_reading_leaves_the_vectors_as_they_are(encoder: Encoder, reader: SpanReader) -> None:
    before = encoder.encode_passages(["El embajador llegó."])
    reader.score_spans("Who?", scored(("El embajador llegó.", 0.9)))
    assert (encoder.encode_passages(["El embajador llegó."]) == before).all()


def test_an_answer_deep_in_a_long_passage_is_found(reader: SpanReader) -> None:
    filler = "El pleno debatió los presupuestos municipales durante toda la mañana. " * 60
    text = filler + "Alexander Lukashenko se reunió con el embajador venezolano. " + filler
    best = max(
        reader.score_spans("Who met the Venezuelan ambassador?", scored((text, 0.9))),
        key=lambda s: s.logit,
    )
    assert "Lukashenko" in text[best.start : best.end]


class Looking:
    """A network that finds the token `sought` with the logit `crowded` among others, `alone` where
    it is in a sentence of at most `few` tokens; no answer is 1."""

    def __init__(self, sought: int, crowded: float, alone: float, few: int) -> None:
        self.sought, self.crowded, self.alone, self.few = sought, crowded, alone, few
        self.read: list[list[int]] = []

    def __call__(self, pair: Pair) -> SpanScores:
        given = pair.ids[pair.first : pair.last]
        self.read.append(given)
        spans = np.full((len(pair.ids), len(pair.ids)), IMPOSSIBLE, np.float32)
        score = self.alone if len(given) <= self.few else self.crowded
        for n in range(pair.first, pair.last):
            spans[n, n] = score if pair.ids[n] == self.sought else 0
        return SpanScores(spans, 1.0)


def test_the_best_sentence_is_read_again_by_itself(encoder: Encoder) -> None:
    text = "Llovió todo el día en la costa. Vino Ana. El pleno debatió los presupuestos."
    ana = next(
        number
        for number, (start, end) in zip(*astuple(encoder.tokenize([text])[0]), strict=True)
        if text[start:end].strip() == "Ana"
    )
    network = Looking(ana, crowded=5, alone=7, few=6)
    reader = SpanReader(encoder, network, PLAIN)  # type: ignore[arg-type]
    best = max(reader.score_spans("¿Quién vino?", scored((text, 0.9))), key=lambda s: s.logit)
    assert text[best.start : best.end] == "Ana"
    assert best.logit == pytest.approx((5 - 1 + 7 - 1) / 2)
    whole, sentence = network.read
    assert (len(whole) > 12, len(sentence)) == (True, 3)  # Vino, Ana and the full stop
    # A passage of one sentence is read once.
    network.read.clear()
    reader.score_spans("¿Quién vino?", scored(("Vino Ana.", 0.9)))
    assert len(network.read) == 1


class Telling:
    """A network that gives tokens from `first` to `last` of a passage the logits of `spans`; no
    answer is 0."""

    def __init__(self, spans: dict[tuple[int, int], float]) -> None:
        self.spans = spans

    def __call__(self, pair: Pair) -> SpanScores:
        logits = np.full((len(pair.ids), len(pair.ids)), IMPOSSIBLE, np.float32)
        for (first, last), logit in self.spans.items():
            if pair.first + last < pair.last:
                logits[pair.first + first, pair.first + last] = logit
        return SpanScores(logits, 0.0)


def test_of_spans_that_overlap_the_one_most_like_all_is_taken(encoder: Encoder) -> None:
    text = "Ana vino con Eva"
    _, spans = astuple(encoder.tokenize([text])[0])
    assert [text[s:e].strip() for s, e in spans] == ["Ana", "vino", "con", "Eva"]
    # Weights 4, 3, 2 of "vino con Eva", "con Eva" and "Eva". Expected F1: the first 4 + 3 * 4/5 +
    # 2 * 2/4 = 7.4, the second 4 * 4/5 + 3 + 2 * 2/3 = 7.53, the third 4 * 2/4 + 3 * 2/3 + 2 = 6.
    network = Telling({(1, 3): math.log(4), (2, 3): math.log(3), (3, 3): math.log(2)})
    reader = SpanReader(encoder, network, PLAIN)  # type: ignore[arg-type]
    (found,) = reader.score_spans("¿Con quién?", scored((text, 0.9)))
    assert text[found.start : found.end] == "con Eva"
    assert found.logit == pytest.approx(math.log(4))
    assert found.mass == pytest.approx(math.log(4 + 3 + 2))


def test_no_answer_begins_or_ends_within_a_word(encoder: Encoder) -> None:
    text = "Habló Lukashenko"
    _, spans = astuple(encoder.tokenize([text])[0])
    pieces = [text[s:e] for s, e in spans]
    assert len(pieces) > 3  # both words are cut
    last = len(pieces) - 1
    network = Telling({(last, last): 9.0, (0, 1): 8.0, (2, last): 7.0, (0, last): 1.0})
    reader = SpanReader(encoder, network, PLAIN)  # type: ignore[arg-type]
    found = reader.score_spans("¿Quién?", scored((text, 0.9)))
    assert {text[s.start : s.end] for s in found} <= {"Habló", "Lukashenko", text}


def test_an_answer_ends_with_its_paragraph(encoder: Encoder) -> None:
    text = "Ana vino\n\nEva"
    network = Telling({(0, 2): 9.0, (1, 2): 8.0, (0, 1): 1.0, (2, 2): 0.5, (0, 0): 0.5})
    reader = SpanReader(encoder, network, PLAIN)  # type: ignore[arg-type]
    found = reader.score_spans("¿Quién?", scored((text, 0.9)))
    assert [text[s.start : s.end] for s in found] == ["Ana vino", "Eva"]


def test_sentences_that_compete_are_all_read_by_themselves(encoder: Encoder) -> None:
    texts = [f"Vino {name}. El pleno debatió los presupuestos." for name in ("Ana", "Ana", "Eva")]
    ana = encoder.tokenize(["Ana"])[0].ids[0]
    network = Looking(ana, crowded=9, alone=7, few=6)
    reader = SpanReader(encoder, network, PLAIN)  # type: ignore[arg-type]
    spans = reader.score_spans("¿Quién vino?", scored(*((text, 0.9) for text in texts)))
    # Three passages, and the two sentences with Ana: Eva's are 9 behind.
    assert len(network.read) == 3 + 2
    assert sorted(s.logit for s in spans)[-2:] == pytest.approx([7, 7])


def test_what_is_retrieved_far_behind_is_not_read(encoder: Encoder) -> None:
    scores = (0.90, 0.90 - READ_WITHIN / 2, 0.90 - READ_WITHIN * 2)
    passages = scored(*((f"Ana vino {n} veces.", score) for n, score in enumerate(scores)))
    network = Telling({(0, 0): -1.0})
    listed = replace(QUESTION, kind="listing")
    reading = SpanReader(encoder, network, PLAIN).read(listed, passages, 8)  # type: ignore[arg-type]
    assert {e.passage.article for e in reading.nearest} == {"a0", "a1"}
    assert [p.article for p in reading.passages] == ["a0", "a1", "a2"]


@pytest.mark.parametrize(
    ("behind", "logit", "group", "read"),
    [
        (0.01, 5.0, "", 1),  # clear
        (0.01, 1.5, "", 2),  # less so, and the next is as near
        (0.03, 0.2, "", 1),  # it is not
        (0.03, 5.0, "story", 2),  # what may be corrected by another version
    ],
)
def test_a_fact_stated_clearly_is_looked_for_in_no_other_passage(
    encoder: Encoder, behind: float, logit: float, group: str, read: int
) -> None:
    passages = scored(("Vino Ana.", 0.9), ("Vino Eva.", 0.9 - behind))
    passages = [replace(passage, group=group) for passage in passages]
    network = Telling({(0, 0): logit})
    reader = SpanReader(encoder, network, PLAIN)  # type: ignore[arg-type]
    assert len(reader.read(QUESTION, passages, 3).nearest) == read
    told = reader.read(replace(QUESTION, kind="listing"), passages, 3)
    assert len(told.nearest) == 2


@pytest.mark.parametrize(
    ("kind", "logit", "read"),
    [("short", -1.0, 3), ("short", 5.0, 1), ("listing", -1.0, 2)],
)
def test_the_rest_of_the_first_article_is_read_where_no_fact_is_found(
    encoder: Encoder, kind: AskedKind, logit: float, read: int
) -> None:
    first, far, beside = scored(("Vino Ana.", 0.9), ("Heló en Soria.", 0.5), ("Vino Eva.", 0.88))
    # Of its article the far one was retrieved, the last was not.
    far, unfound = replace(far, article="a0"), replace(far, id="x", article="a0", text="Vino Mar.")
    unfound = replace(unfound, score=0.0)
    asked: list[str] = []

    def of_article(article: str) -> Sequence[Passage]:
        asked.append(article)
        return [first, far, unfound]

    network = Telling({(0, 0): logit})
    reader = SpanReader(encoder, network, PLAIN)  # type: ignore[arg-type]
    question = replace(QUESTION, kind=kind)
    reading = reader.read(question, [first, beside, far], 1, of_article)
    assert len({p.id for p in reading.passages}) == len(reading.passages) == (3 + (read == 3))
    assert asked == ["a0"] * (read == 3)
    told = {p.id: p.score for p in reading.passages}
    if read == 3:  # with the score of their article, so that what they state decides
        assert min(told[far.id], told["x"]) >= 0.9
        assert {e.passage.article for e in reading.nearest} == {"a0"}


def test_an_answer_that_its_passage_hides_is_found_in_the_right_article(
    tmp_path: Path, encoder: Encoder, reader: SpanReader
) -> None:
    filler = "El alcalde habló del presupuesto de la ciudad y de las obras del puerto. " * 14
    told = "La torre de Almenar la levantó en 1931 el arquitecto Julián Oscco. "
    text = f"La torre de Almenar cae en ruinas\n\n{filler}\n\n{filler}\n\n{told}{filler}"
    archive = Archive(tmp_path, encoder)
    sync_documents(archive, [Article(id="torre", text=text, language="es")])
    question = replace(check_question("¿Quién levantó la torre de Almenar?"), kind="short")
    retriever = HybridRetriever(archive, question, 1)
    first, *others = retriever.whole("torre")
    assert "Oscco" not in first.text
    assert any("Oscco" in other.text for other in others)
    reading = reader.read(question, [replace(first, score=0.9)], 3, retriever.whole)
    assert reading.evidence[0].answer.endswith("Julián Oscco")
    archive.close()


@pytest.mark.parametrize(("logit", "runs"), [(-9.0, 2), (0.0, 4)])
def test_only_what_may_answer_is_read_again_by_sentences(
    encoder: Encoder, logit: float, runs: int
) -> None:
    read: list[Pair] = []

    def network(pair: Pair) -> SpanScores:
        read.append(pair)
        return Telling({(0, 0): logit})(pair)

    passages = scored(("Vino Ana. Llovió todo el día.", 0.9), ("Vino Eva. Heló en la costa.", 0.9))
    question = check_question("¿Quién vino?")
    reading = SpanReader(encoder, network, PLAIN).read(question, passages, 8)  # type: ignore[arg-type]
    assert (reading.confidence < UNSURE_FROM) == (runs == 2)
    assert len(reading.nearest) == 2
    # Both passages, and the first sentence of each, where the span is.
    assert len(read) == runs


def test_what_two_do_together_is_read_from_either_side(reader: SpanReader) -> None:
    told = "La ministra Elena Duarte se reunió ayer en Bruselas con el comisario Pieter Vos."
    for question, answer in (
        ("¿Con quién se reunió Elena Duarte?", "Pieter Vos"),
        ("¿Con quién se reunió Pieter Vos?", "Elena Duarte"),
        ("¿Quién se reunió con Elena Duarte?", "Pieter Vos"),
        ("Who did Pieter Vos meet?", "Elena Duarte"),
        ("Mit wem traf sich Pieter Vos?", "Elena Duarte"),
    ):
        reading = reader.read(check_question(question), scored((told, 0.9)), 3)
        assert answer in reading.evidence[0].answer, question
        assert reading.confidence >= ANSWER_FROM, question


def test_a_question_in_an_article_answers_none(reader: SpanReader) -> None:
    question = "Who met the Venezuelan ambassador?"
    told = f"{question} Alexander Lukashenko met the Venezuelan ambassador twice."
    best = max(reader.score_spans(question, scored((told, 0.9))), key=lambda s: s.logit)
    assert told[best.start : best.end] == "Alexander Lukashenko"
    assert reader.score_spans(question, scored((question, 0.9))) == []
    assert reader.score_spans(question, scored(("", 0.9))) == []


@pytest.mark.parametrize("text", ["大统领会见了大使。", "Путин говорил с Мадуро.", "🙂", "a", "é"])
def test_any_script_gives_spans_without_blanks_at_their_ends(reader: SpanReader, text: str) -> None:
    for span in reader.score_spans("¿Quién habló? " * 200, scored((text, 0.9))):
        piece = text[span.start : span.end]
        assert piece
        assert piece == piece.strip()


def test_weights_in_eight_bits_are_near_and_rows_keep_their_largest(tmp_path: Path) -> None:
    weights = {
        "a": np.array([[0.5, -1.27], [0.0, 0.01]], np.float32),
        "b": np.array([0.25], np.float32),
    }
    save_weights(tmp_path / "r.safetensors", weights, "test")
    loaded = load_weights(tmp_path / "r.safetensors")
    # Steps are 1.27 / 127 = 0.01 and 0.01 / 127, so both rows are exact up to rounding of floats.
    np.testing.assert_allclose(loaded["a"], weights["a"], atol=1e-6)
    np.testing.assert_array_equal(loaded["b"], weights["b"])


@pytest.mark.parametrize("damage", ["missing", "cut", "foreign"])
def test_a_damaged_file_is_named(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "reader.safetensors"
    if damage == "cut":
        path.write_bytes(READER_FILE.read_bytes()[:1000])
    elif damage == "foreign":
        from safetensors.numpy import save_file

        save_file({"a": np.zeros(1)}, path)
    with pytest.raises(CheckpointError, match=r"reader\.safetensors"):
        load_weights(path)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"sharpness": "x"}', '{"other": 1}'])
def test_a_damaged_rule_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "reader.json"
    path.write_text(text)
    with pytest.raises(CheckpointError, match=r"reader\.json"):
        Rule.load(path)


def test_a_rule_survives_its_file(tmp_path: Path) -> None:
    PLAIN.save(tmp_path / "rule.json")
    assert Rule.load(tmp_path / "rule.json") == PLAIN


def test_a_line_that_is_only_a_date_answers_nothing(reader: SpanReader) -> None:
    """It says when an article appeared, not when something was."""
    text = (
        "El empresario Kemal Naser sigue en paradero desconocido\n\n2 de marzo de 2024\n\n"
        "Kemal Naser, acusado de estafar a 1.200 inversores, continúa prófugo, según la Policía."
    )
    for asked in ("¿Cuándo fue detenido Kemal Naser?", "When did Kemal Naser flee?"):
        found = reader.score_spans(asked, [passage("a", text)])
        assert found
        assert not any(text.index("2 de") <= s.start < text.index("2024") for s in found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2014,", "2014"),
        (" 4 %.", "4 %"),
        ("1 de julio de 2003,", "1 de julio de 2003"),
        ("«no hubo engaño».", "«no hubo engaño»"),
        ("la Unión Europea (UE).", "la Unión Europea (UE)"),
        ("EE. UU.", "EE. UU."),
        ("Acme S. A.", "Acme S. A."),
        ("0'5", "0'5"),
        ("12,5", "12,5"),
        (",", ","),
    ],
)
def test_what_closes_a_clause_is_no_part_of_an_answer(text: str, said: str) -> None:
    start, end = _trim(f"x{text}y", 1, 1 + len(text))
    assert f"x{text}y"[start:end] == said
