"""Every measure against fractions worked out by hand."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemeroteca.rag.evaluation.curves import calibration, recall_by_rank, risk_coverage
from hemeroteca.rag.evaluation.measures import all_measures, verdict
from hemeroteca.rag.evaluation.run import Cited, Result, Run
from hemeroteca.rag.evaluation.scores import compare, score
from hemeroteca.rag.evaluation.statistics import (
    Auroc,
    Quantile,
    Ratio,
    Statistic,
    estimate,
    estimate_differences,
)
from hemeroteca.rag.evaluation.testset import Case, Gold, Span
from hemeroteca.rag.evaluation.text import exact_match, holds, normalise, token_f1, tokens

GOLD = Gold((Span("a", 10, 20),), (Span("a", 0, 30),), "es")


def case(id: str, answerable: bool = True, lang: str = "en") -> Case:
    if not answerable:
        return Case(id, "Who?", lang=lang)
    return Case(id, "Who?", ("Ana Ruiz",), ("x",), lang=lang, gold=GOLD)


def cited(
    start: int, end: int, quote: str = "", article: str = "a", verbatim: bool = True
) -> Cited:
    return Cited(Span(article, start, end), "T", None, quote, verbatim, "", "")


def answered(
    id: str, answer: str, citations: Sequence[Cited], answerable: bool = True, **facts: object
) -> Result:
    return Result(case(id, answerable), answered=True, answer=answer, citations=citations, **facts)  # type: ignore[arg-type]


def value(results: Sequence[Result], name: str) -> float:
    return float(all_measures(results)[name].compute(np.ones((1, len(results))))[0])


# Three answerable questions (one right, one wrong, one refused), two without answer (one refused,
# one answered), and one that failed.
RESULTS = [
    answered("1", "la Ana Ruiz", [cited(0, 30, "Vino Ana Ruiz.")], confidence=0.9),
    answered("2", "Eva Ruiz", [cited(40, 60, "Eva Ruiz."), cited(15, 18, "x")], confidence=0.7),
    Result(
        case("3"),
        confidence=0.4,
        own_words="The articles do not say.",
        nearest=[cited(0, 30, "Vino Ana Ruiz.")],
    ),
    Result(case("4", False), confidence=0.2, own_words="Los artículos no lo dicen."),
    answered("5", "Leo", [cited(0, 30, "Leo.")], answerable=False, confidence=0.6),
    Result(case("6"), error="broken"),
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # 1 of 1, 2, 5 and 6: "Eva Ruiz" shares half of its words with the gold answer.
        ("shown.right", 1 / 4),
        ("shown.answered_rightly", 1 / 4),  # of 1, 2, 3 and 6
        ("shown.unanswerable_answered", 1 / 2),  # 5 of 4 and 5
        ("shown.found", 2 / 4),  # 1, and 3 among what comes nearest, of 1, 2, 3 and 6
        ("shown.wrongly_denied", 1 / 2),  # 3 of 3 and 4
        ("answer.em", 2 / 6),  # 1 and 4
        ("answer.f1", (1 + 2 / 4 + 0 + 1 + 0 + 0) / 6),  # "Eva Ruiz" shares one of two words
        ("answer.quote_holds_answer", 1 / 4),  # of 1, 2, 3 and 6
        ("citations.precision", 2 / 5),  # 1; one of two of 2; none of 5; 6 counts as one
        ("citations.recall", 2 / 4),  # 1 and 2 of 1, 2, 5 and 6
        ("abstention.precision", 1 / 2),  # 4 of 3 and 4
        ("abstention.recall", 1 / 2),  # 4 of 4 and 5
        ("abstention.f1", 1 / 2),
        # Answerable .9 .7 .4 and 0 for the failed one, against .2 and .6: 2 + 2 + 1 + 0 of 8 pairs.
        ("abstention.auroc", 5 / 8),
        ("language.match", 1 / 3),  # 3 in English; 4 is in Spanish; 6 failed
    ],
)
def test_measures_are_the_fractions_worked_out_by_hand(name: str, expected: float) -> None:
    assert value(RESULTS, name) == pytest.approx(expected)


def test_an_answer_of_sentences_is_right_if_one_holds_a_gold_answer() -> None:
    quotes = [cited(40, 60, "Llovió."), cited(0, 30, "Vino Ana Ruiz.")]
    assert value([answered("1", "", quotes)], "shown.right") == 1
    assert value([answered("1", "", quotes[:1])], "shown.right") == 0
    sentence = quotes[-1].quote
    assert value([answered("1", sentence, quotes, whole=True)], "shown.right") == 1
    assert value([answered("1", sentence, quotes[:1], whole=True)], "shown.right") == 0
    long = f"{sentence} " + "No dijo nada más de ello. " * 5
    assert value([answered("1", long, quotes)], "shown.right") == 0  # words that were chosen


def test_a_refusal_that_is_not_sure_denies_nothing() -> None:
    unsure = Result(case("1"), unsure=True)
    denied = [Result(case("2")), Result(case("3", False))]
    assert value([unsure, *denied], "shown.wrongly_denied") == 1 / 2
    assert value([unsure, *denied], "shown.found") == 0


def test_verdicts() -> None:
    assert [verdict(result) for result in RESULTS] == [
        "right",
        "wrong",
        "wrongly refused",
        "rightly refused",
        "wrong",
        "failed",
    ]


def test_a_citation_that_is_not_in_the_article_supports_nothing() -> None:
    result = answered("1", "Ana Ruiz", [cited(0, 30, "Vino Ana Ruiz.", verbatim=False)])
    assert value([result], "citations.precision") == 0


def test_a_citation_of_another_article_supports_nothing() -> None:
    result = answered("1", "Ana Ruiz", [cited(0, 30, "Vino Ana Ruiz.", article="b")])
    assert value([result], "citations.recall") == 0


def ranked(id: str, *articles: str) -> Result:
    """Passages of ten characters; the gold passage of article a is 10-20."""
    seen: dict[str, int] = {}
    spans = []
    for name in articles:
        start = seen.get(name, 0)
        spans.append(Span(name, start, start + 10))
        seen[name] = start + 10
    return Result(case(id), passages=spans, relevant=[Span("a", 10, 20)])


def test_ranking_measures_count_distinct_articles_and_passages_apart() -> None:
    results = [
        ranked("1", "b", "b", "a", "c", "a"),  # article a second, its gold passage fifth
        ranked("2", "a", "a"),  # article first, passage second
        ranked("3"),  # nothing was found
        Result(case("4"), error="broken", relevant=[Span("a", 10, 20)]),
        Result(case("5", False), passages=[Span("a", 10, 20)]),  # no part in it
    ]
    assert value(results, "retrieval.recall@1") == pytest.approx(1 / 4)
    assert value(results, "retrieval.recall@5") == pytest.approx(2 / 4)
    assert value(results, "retrieval.mrr@10") == pytest.approx((1 / 2 + 1) / 4)
    # A relevant result at rank r gains 1 / log2(r + 1); the best ranking gains 1.
    assert value(results, "retrieval.ndcg@10") == pytest.approx((1 / np.log2(3) + 1) / 4)
    assert value(results, "retrieval.passage_recall@1") == 0
    assert value(results, "retrieval.passage_recall@5") == pytest.approx(2 / 4)
    assert value(results, "retrieval.passage_mrr@10") == pytest.approx((1 / 5 + 1 / 2) / 4)
    assert [p.y for p in recall_by_rank(results)[:2]] == [1 / 4, 2 / 4]
    assert [p.y for p in recall_by_rank(results, of_passages=True)[:5]] == [
        0,
        0.25,
        0.25,
        0.25,
        0.5,
    ]


def test_equal_scores_keep_their_order() -> None:
    names = [f"z{n}" for n in range(9)] + ["a"]
    assert value([ranked("1", *names)], "retrieval.mrr@10") == pytest.approx(1 / 10)


def test_ranking_measures_agree_with_ir_measures() -> None:
    import ir_measures

    rng = np.random.default_rng(0)
    names = list("abcdefghijklmno")
    results, qrels, run = [], {}, {}
    for n in range(40):
        order = [str(name) for name in rng.permutation(names)]
        results.append(ranked(str(n), *order))
        qrels[str(n)] = {"a": 1}
        run[str(n)] = {name: 1 / (rank + 1) for rank, name in enumerate(order)}
    measures = {
        "recall@1": ir_measures.R @ 1,
        "recall@5": ir_measures.R @ 5,
        "recall@10": ir_measures.R @ 10,
        "mrr@10": ir_measures.RR @ 10,
        "ndcg@10": ir_measures.nDCG @ 10,
    }
    expected = ir_measures.calc_aggregate(measures.values(), qrels, run)
    for name, measure in measures.items():
        assert value(results, f"retrieval.{name}") == pytest.approx(expected[measure])


def test_latency_by_stage() -> None:
    results = [
        answered(str(n), "", [], timings_ms={"total": float(n), "read": 2.0 * n})
        for n in range(1, 21)
    ]
    assert value(results, "latency_ms.p50") == 10
    assert value(results, "latency_ms.p95") == 19
    assert value(results, "latency_ms.read_p95") == 38
    assert np.isnan(value(results, "latency_ms.encode_p50"))


def test_the_stages_of_a_model_are_shown_where_there_is_one() -> None:
    timings = {"total": 9.0, "write": 7.0, "first_token": 3.0}
    with_model = score([answered("1", "", [], timings_ms=timings)], slices=False).shown
    without = score([answered("1", "", [], timings_ms={"total": 9.0})], slices=False).shown
    assert with_model["latency_ms.first_token_p50"].value == 3
    assert {name for name in with_model if name not in without} == {
        f"latency_ms.{stage}_{share}"
        for stage in ("write", "first_token")
        for share in ("p50", "p95")
    }


def test_risk_rises_with_coverage() -> None:
    points = risk_coverage(RESULTS)
    # Surest first: 1 right, 2 wrong, 5 wrong, then the failure; of six questions.
    assert [(p.x, p.y) for p in points] == [
        (1 / 6, 0),
        (2 / 6, 1 / 2),
        (3 / 6, 2 / 3),
        (4 / 6, 3 / 4),
    ]


def test_calibration_bins() -> None:
    points = calibration(RESULTS)
    assert [(p.x, p.y, p.questions) for p in points] == [
        (0.2, 0, 1),
        (0.4, 1, 1),
        (0.6, 0, 1),
        (0.7, 1, 1),
        (0.9, 1, 1),
    ]


def test_slices_hold_their_questions() -> None:
    scores = score(RESULTS)
    assert scores.by["answerable"]["yes"].n == 4
    assert scores.by["answerable"]["no"].figures["answer.em"].value == pytest.approx(1 / 2)
    assert scores.by["lang"]["en"].n == 6
    shown = scores.as_dict()
    assert list(shown) == [
        *(
            "n",
            "shown",
            "retrieval",
            "answer",
            "citations",
            "abstention",
            "language",
            "latency_ms",
            "by",
        )
    ]
    assert set(shown["answer"]["em"]) == {"value", "low", "high"}


def test_a_comparison_pairs_the_questions() -> None:
    right = answered("1", "Ana Ruiz", [cited(0, 30, "Vino Ana Ruiz.")])
    wrong = answered("1", "Eva", [cited(40, 50, "Eva.")])
    refused = Result(case("2", False))
    before = run_of([right, refused, right, wrong])
    after = run_of([right, refused, wrong, right])
    comparison = compare(before, after)
    assert [(f.before, f.after) for f in comparison.gained] == [(wrong, right)]
    assert [(f.before, f.after) for f in comparison.lost] == [(right, wrong)]
    # One won, one lost of four: no difference, with an interval around it.
    difference = comparison.differences["answer.em"]
    assert difference.value == 0
    assert difference.low is not None
    assert difference.low < 0
    shown = comparison.as_dict()["lost"][0]
    assert shown["after"]["citations"] == [{"article": "a", "quote": "Eva."}]
    assert (shown["before"]["verdict"], shown["after"]["verdict"]) == ("right", "wrong")


def run_of(results: Sequence[Result]) -> Run:
    return Run("t", "c", "q", 1, 0, {}, {}, results, {}, "0", "2024-01-01")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The  Cat, sat!", "en", "cat sat"),
        ("el 7 de mayo de 2025", "es", "7 de mayo de 2025"),
        ("«Los» artículos…", "es", "artículos"),
        ("Eine der Städte", "de", "städte"),
        ("the cat", "es", "the cat"),
        ("¿José?", "es", "josé"),
    ],
)
def test_normalisation(text: str, language: str, expected: str) -> None:
    assert normalise(text, language) == expected


def test_f1_as_squad_defines_it() -> None:
    # Prediction 3 tokens (article gone), gold 2, 2 in common: P 2/3, R 1, F1 4/5.
    assert token_f1("the old cat sat", "cat sat", "en") == pytest.approx(4 / 5)
    # A repeated token counts as often as both have it: 1 of 2 and 1 of 1.
    assert token_f1("cat cat", "cat", "en") == pytest.approx(2 / 3)
    assert token_f1("", "", "en") == 1
    assert token_f1("", "cat", "en") == 0
    assert exact_match("The cat.", "cat", "en") == 1
    assert exact_match("cat", "cats", "en") == 0


def test_scripts_without_blanks_count_characters() -> None:
    assert tokens("北京2008年", "zh") == ["北", "京", "2008", "年"]
    assert token_f1("北京市", "北京", "zh") == pytest.approx(4 / 5)


def test_a_quote_holds_whole_words() -> None:
    assert holds("En 1999, dijo “Perú”.", "perú")
    assert not holds("En 1999.", "99")
    assert holds("会议在北京举行", "北京")
    assert not holds("anything", "...")


def figures(statistic: Statistic, n: int) -> tuple[float, float, float]:
    figure = estimate({"it": statistic}, n)["it"]
    assert figure.value is not None
    assert figure.low is not None
    assert figure.high is not None
    return figure.value, figure.low, figure.high


def test_the_interval_of_a_mean_is_that_of_the_normal_distribution() -> None:
    values = np.random.default_rng(1).normal(5, 2, 400)
    mean, low, high = figures(Ratio(values, np.ones(400)), 400)
    error = 1.96 * values.std() / 20
    assert mean == pytest.approx(values.mean())
    assert low == pytest.approx(mean - error, abs=error / 4)
    assert high == pytest.approx(mean + error, abs=error / 4)


def test_a_constant_has_no_width() -> None:
    assert figures(Ratio(np.ones(50), np.ones(50)), 50) == (1, 1, 1)


def test_what_applies_to_nothing_is_undefined() -> None:
    assert estimate({"it": Ratio(np.zeros(5), np.zeros(5))}, 5)["it"].value is None
    assert estimate({"it": Auroc(np.ones(5, bool), np.arange(5.0))}, 5)["it"].value is None
    assert estimate({"it": Quantile(np.full(5, np.nan), 0.5)}, 5)["it"].value is None


def test_the_same_resamples_every_time() -> None:
    statistic = Auroc(np.arange(30) % 3 == 0, np.random.default_rng(0).random(30))
    assert figures(statistic, 30) == figures(statistic, 30)


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=12
    )
)
def test_weighted_auroc_is_that_of_the_repeated_questions(
    rows: list[tuple[bool, int, int]],
) -> None:
    positives, scores, weights = (np.array(column) for column in zip(*rows, strict=True))
    found = Auroc(positives, scores.astype(float)).compute(weights[None].astype(float))[0]
    above = np.repeat(scores[positives], weights[positives])
    below = np.repeat(scores[~positives], weights[~positives])
    pairs = [float(a > b) + (a == b) / 2 for a, b in itertools.product(above, below)]
    if pairs:
        assert found == pytest.approx(np.mean(pairs))
    else:
        assert np.isnan(found)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=1, max_size=12))
def test_weighted_quantile_is_that_of_the_repeated_questions(rows: list[tuple[int, int]]) -> None:
    values, weights = (np.array(column) for column in zip(*rows, strict=True))
    found = Quantile(values.astype(float), 0.5).compute(weights[None].astype(float))[0]
    repeated = np.sort(np.repeat(values, weights))
    if len(repeated):
        assert found == np.quantile(repeated, 0.5, method="inverted_cdf")
    else:
        assert np.isnan(found)


def test_a_paired_difference_is_narrower_than_two_apart() -> None:
    rng = np.random.default_rng(3)
    hard = rng.random(300)
    one = {"it": Ratio(hard, np.ones(300))}
    other = {"it": Ratio(hard + 0.1 + rng.normal(0, 0.01, 300), np.ones(300))}
    difference = estimate_differences(one, other, 300)["it"]
    assert difference.value == pytest.approx(0.1, abs=0.01)
    assert difference.high is not None
    assert difference.low is not None
    assert difference.high - difference.low < 0.01
    same = estimate_differences(one, one, 300)["it"]
    assert (same.value, same.low, same.high) == (0, 0, 0)


def test_a_thousand_resamples_of_all_measures_take_seconds_at_most() -> None:
    """The bound is 2 s on a free machine; measured 0.3 s. Processor time, so that a busy machine
    does not fail it."""
    import time

    n = 900
    rng = np.random.default_rng(0)
    results = [
        answered(
            str(i),
            "Ana",
            [cited(0, 30, "Ana Ruiz")],
            answerable=bool(rng.random() < 0.7),
            confidence=float(rng.random()),
            timings_ms={"total": float(rng.random())},
        )
        for i in range(n)
    ]
    measures = all_measures(results)
    started = time.process_time()
    estimate(measures, n)
    assert time.process_time() - started < 2
