"""The measures: each a function of the results that returns one statistic over the questions.

Where a measure does not apply to a question, the question has no part in it; which those are is
said in each definition. A question that failed counts as wrong wherever it could have been right.
"""

from collections.abc import Sequence

import numpy as np

from hemeroteca.index.text.language import detect_language
from hemeroteca.rag.evaluation.run import Cited, Result
from hemeroteca.rag.evaluation.statistics import Auroc, Quantile, Ratio, Statistic
from hemeroteca.rag.evaluation.testset import Span
from hemeroteca.rag.evaluation.text import exact_match, holds, token_f1

Results = Sequence[Result]
RANKING_MEASURES = {
    "recall@1": "R@1",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "mrr@10": "RR@10",
    "ndcg@10": "nDCG@10",
}
RIGHT_FROM = 0.6  # token F1 of a short answer with a gold one
# The last four are those of the user's own model.
STAGES = ("encode", "retrieve", "read", "understand", "first_token", "first_sentence", "write")


def all_measures(results: Results) -> dict[str, Statistic]:
    """Every measure by its name `group.measure`, in the order in which they are reported."""
    measures: dict[str, Statistic] = {
        "shown.right": right_of_shown(results),
        "shown.answered_rightly": answered_rightly(results),
        "shown.unanswerable_answered": unanswerable_answered(results),
        "shown.found": found(results),
        "shown.wrongly_denied": wrongly_denied(results),
        **{f"retrieval.{name}": m for name, m in article_ranking(results).items()},
        **{f"retrieval.passage_{name}": m for name, m in passage_ranking(results).items()},
        "answer.em": answer_exact_match(results),
        "answer.f1": answer_f1(results),
        "answer.quote_holds_answer": quote_holds_answer(results),
        "citations.precision": citation_precision(results),
        "citations.recall": citation_recall(results),
        "abstention.precision": refusal_precision(results),
        "abstention.recall": refusal_recall(results),
        "abstention.f1": refusal_f1(results),
        "abstention.auroc": confidence_auroc(results),
        "language.match": language_match(results),
        "latency_ms.p50": latency(results, "total", 0.5),
        "latency_ms.p95": latency(results, "total", 0.95),
    }
    for stage in STAGES:
        measures[f"latency_ms.{stage}_p50"] = latency(results, stage, 0.5)
        measures[f"latency_ms.{stage}_p95"] = latency(results, stage, 0.95)
    return measures


def right_of_shown(results: Results) -> Ratio:
    """Share of the answers shown that are right (`says_gold`). An answer to a question that the
    corpus does not answer is wrong, and so is a failed question."""
    shown = [not result.refused for result in results]
    right = [s and says_gold(result) for s, result in zip(shown, results, strict=True)]
    return _ratio(right, shown)


def answered_rightly(results: Results) -> Ratio:
    """Share of the answerable questions whose answer is shown and right (`says_gold`)."""
    right = [not result.refused and says_gold(result) for result in results]
    answerable = [result.case.answerable for result in results]
    return _ratio([r and a for r, a in zip(right, answerable, strict=True)], answerable)


def unanswerable_answered(results: Results) -> Ratio:
    """Share of the questions that the corpus does not answer that are answered all the same."""
    answered = [not result.refused and not result.case.answerable for result in results]
    return _ratio(answered, [not result.case.answerable for result in results])


def found(results: Results) -> Ratio:
    """Share of the answerable questions for which what is shown holds the answer: it is right
    (`says_gold`), or one of the sentences that a refusal shows is one of the gold evidence's."""
    shown = [says_gold(result) or _shows_evidence(result) for result in results]
    answerable = [result.case.answerable for result in results]
    return _ratio([s and a for s, a in zip(shown, answerable, strict=True)], answerable)


def wrongly_denied(results: Results) -> Ratio:
    """Share of the statements that the articles do not say which are untrue, since they do. A
    refusal that is not sure states nothing."""
    denied = [result.refused and not result.unsure for result in results]
    untrue = [d and result.case.answerable for d, result in zip(denied, results, strict=True)]
    return _ratio(untrue, denied)


def article_ranking(
    results: Results, measures: Sequence[str] = tuple(RANKING_MEASURES.values())
) -> dict[str, Ratio]:
    """Recall, reciprocal rank and nDCG over articles, of the answerable questions.

    The ranking is that of the distinct articles of the passages, each at its first passage;
    relevant are the articles that hold the evidence. Computed by ir-measures: R@k is the share of
    the relevant articles among the first k, RR@k the inverse rank of the first relevant one (0
    beyond k), nDCG@k the discounted gain over that of the best ranking (Järvelin and Kekäläinen
    2002)."""
    qrels = [result.case.gold.articles for result in results]
    rankings = [
        list(dict.fromkeys(passage.article for passage in result.passages)) for result in results
    ]
    return _ranking(results, qrels, rankings, measures)


def passage_ranking(
    results: Results, measures: Sequence[str] = tuple(RANKING_MEASURES.values())
) -> dict[str, Ratio]:
    """The same over passages: relevant are those that overlap the evidence, which in a SQuAD file
    is the answer itself."""
    qrels = [[_passage_name(span) for span in result.relevant] for result in results]
    rankings = [[_passage_name(span) for span in result.passages] for result in results]
    return _ranking(results, qrels, rankings, measures)


def answer_exact_match(results: Results) -> Ratio:
    """Share of questions whose short answer equals a gold answer after SQuAD's normalisation
    (Rajpurkar et al. 2016). Of all questions: one without answer is matched by a refusal
    (SQuAD 2.0, Rajpurkar, Jia and Liang 2018)."""
    return _mean([_best_answer(result, exact_match) for result in results])


def answer_f1(results: Results) -> Ratio:
    """Mean over questions of the token F1 of the short answer with the gold answer that is nearest
    to it (Rajpurkar et al. 2016); as with exact match, over all questions."""
    return _mean([_best_answer(result, token_f1) for result in results])


def quote_holds_answer(results: Results) -> Ratio:
    """Share of the answerable questions whose first citation contains a gold answer, as whole
    words, case and punctuation aside. A refusal quotes nothing and holds nothing."""
    return _mean(
        [float(is_right(result)) if result.case.answerable else None for result in results]
    )


def citation_precision(results: Results) -> Ratio:
    """Share of citations that support what they are cited for, over the citations of all answers.

    ALCE (Gao et al. 2023) asks a model whether a citation entails the statement. Here a statement
    is the short answer and a citation a verbatim sentence, so it can be looked up: a citation
    supports if the article holds it word for word at its offsets and it overlaps a sentence of the
    gold evidence. It then supports by itself, which is why ALCE's second condition, that without
    the citation the others would not do, decides nothing. Whatever is cited for a question that
    the corpus does not answer supports nothing. A failed question counts as one bad citation."""
    supporting = [sum(supports(result, cited) for cited in result.citations) for result in results]
    given = [len(result.citations) if result.error is None else 1 for result in results]
    return _ratio(supporting, given)


def citation_recall(results: Results) -> Ratio:
    """Share of answers given whose statement is supported by at least one of their citations, in
    the sense above (ALCE: the statement is entailed by its citations taken together). A refusal
    states nothing; a failed question counts as an answer without support."""
    supported = [any(supports(result, c) for c in result.citations) for result in results]
    return _ratio(supported, [not result.refused for result in results])


def refusal_precision(results: Results) -> Ratio:
    """Share of the refusals that fell on questions that the corpus does not answer."""
    right = [result.refused and not result.case.answerable for result in results]
    return _ratio(right, [result.refused for result in results])


def refusal_recall(results: Results) -> Ratio:
    """Share of the questions that the corpus does not answer that were refused. A failed question
    was not refused."""
    right = [result.refused and not result.case.answerable for result in results]
    return _ratio(right, [not result.case.answerable for result in results])


def refusal_f1(results: Results) -> Ratio:
    """The harmonic mean of both: 2 right refusals / (refusals + questions to refuse)."""
    right = [2 * (result.refused and not result.case.answerable) for result in results]
    both = [result.refused + (not result.case.answerable) for result in results]
    return _ratio(right, both)


def confidence_auroc(results: Results) -> Auroc:
    """Probability that a question that the corpus answers has more confidence than one that it
    does not, ties counting half. A failed question has the worst confidence for its kind."""
    positives = np.array([result.case.answerable for result in results], bool)
    scores = np.array(
        [
            result.confidence if result.error is None else float(not result.case.answerable)
            for result in results
        ]
    )
    return Auroc(positives, scores)


def language_match(results: Results) -> Ratio:
    """Share of answers whose own words are in the question's language, of those that have any.

    Own words are the text without what is verbatim from the articles: quotes, the short answer,
    titles and dates. These stay in the article's language, as a quote must; an answer made of
    them alone is in no wrong language and has no part. Failed questions count as not matching."""
    matching = [
        bool(result.own_words) and detect_language(result.own_words) == result.case.lang
        for result in results
    ]
    speaking = [bool(result.own_words) or result.error is not None for result in results]
    return _ratio(matching, speaking)


def latency(results: Results, stage: str, q: float) -> Quantile:
    """Milliseconds spent in `stage` that the share `q` of the questions stay within; a failed
    question has no time."""
    return Quantile(np.array([r.timings_ms.get(stage, np.nan) for r in results], float), q)


def says_gold(result: Result) -> bool:
    """Whether what is shown is right: its token F1 with a gold answer is at least RIGHT_FROM. An
    answer of whole sentences, of which no words are chosen, is right if one of those that it cites
    holds a gold answer."""
    if result.error is not None or not result.case.answerable:
        return False
    case = result.case
    if result.whole or not result.answer:
        quotes = [cited.quote for cited in result.citations]
        return any(holds(quote, gold) for quote in quotes for gold in case.answers)
    return any(
        token_f1(result.answer, gold, case.gold.language) >= RIGHT_FROM for gold in case.answers
    )


def _shows_evidence(result: Result) -> bool:
    return any(
        cited.verbatim and cited.span.overlaps(sentence)
        for cited in result.nearest
        for sentence in result.case.gold.sentences
    )


def is_right(result: Result) -> bool:
    """Whether the first citation holds a gold answer; what the risk and the verdicts go by."""
    quotes = [cited.quote for cited in result.citations[:1]]
    return any(holds(quote, gold) for quote in quotes for gold in result.case.answers)


def supports(result: Result, cited: Cited) -> bool:
    """Whether a citation supports the answer: see citation_precision."""
    return cited.verbatim and any(
        cited.span.overlaps(sentence) for sentence in result.case.gold.sentences
    )


def verdict(result: Result) -> str:
    """One of "right", "wrong", "rightly refused", "wrongly refused", "failed"."""
    if result.error is not None:
        return "failed"
    if result.refused:
        return "wrongly refused" if result.case.answerable else "rightly refused"
    return "right" if is_right(result) else "wrong"


def _best_answer(result: Result, agreement) -> float:  # type: ignore[no-untyped-def]
    case = result.case
    if result.error is not None:
        return 0.0
    if not case.answerable or result.refused:
        return float(result.refused and not case.answerable)
    return max(float(agreement(result.answer, gold, case.gold.language)) for gold in case.answers)


def _ranking(
    results: Results,
    qrels: Sequence[Sequence[str]],
    rankings: Sequence[Sequence[str]],
    measures: Sequence[str],
) -> dict[str, Ratio]:
    import ir_measures

    # In descending numbers, because engines break ties of scores by name.
    run = {
        str(n): {name: float(-rank) for rank, name in enumerate(ranking)}
        for n, ranking in enumerate(rankings)
        if ranking
    }
    relevant = {
        str(n): dict.fromkeys(names, 1)
        for n, names in enumerate(qrels)
        if results[n].case.answerable
    }
    values: dict[str, list[float | None]] = {
        measure: [0.0 if result.case.answerable else None for result in results]
        for measure in measures
    }
    parsed = {ir_measures.parse_measure(measure): measure for measure in measures}
    if relevant and run:
        for metric in ir_measures.iter_calc(list(parsed), relevant, run):
            values[parsed[metric.measure]][int(metric.query_id)] = float(metric.value)
    names = {measure: name for name, measure in RANKING_MEASURES.items()}
    return {names.get(measure, measure): _mean(found) for measure, found in values.items()}


def _passage_name(span: Span) -> str:
    return f"{span.article}:{span.start}-{span.end}"


def _mean(values: Sequence[float | None]) -> Ratio:
    """The mean of the values that are not None."""
    return _ratio([value or 0.0 for value in values], [value is not None for value in values])


def _ratio(numerators: Sequence[float], denominators: Sequence[float]) -> Ratio:
    return Ratio(np.array(numerators, float), np.array(denominators, float))
