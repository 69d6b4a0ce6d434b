"""What a language model thinks of the answers: LlamaIndex's evaluators, apart from the measures.

A judgement that fails, because the server does or because what it says is no judgement, is counted
as failed and as the worst: dropping it would let a model choose what it judges."""

import asyncio
import logging
import re
from collections.abc import Sequence

import numpy as np
from llama_index.core.evaluation import (
    CorrectnessEvaluator,
    EvaluationResult,
    FaithfulnessEvaluator,
)

from hemeroteca.rag.evaluation.run import Judgement, Progress, Result
from hemeroteca.rag.evaluation.statistics import Ratio, Statistic
from hemeroteca.rag.writer.llm import LanguageModel

_JUDGEMENT_TOKENS = 256
_WORST, _BEST = 1.0, 5.0
_SCORE = re.compile(r"\W*([1-5](?:\.\d+)?)(?![\d.])")
_NO_ANSWER = "The articles do not answer this question; the right answer says so."

log = logging.getLogger(__name__)


def judge(
    model: LanguageModel, results: Sequence[Result], progress: Progress | None = None
) -> list[Judgement]:
    """A judgement of each of `results`, by `model`."""
    return asyncio.run(_judge(model, results, progress))


def judge_measures(judgements: Sequence[Judgement]) -> dict[str, Statistic]:
    """The statistics by their name.

    `faithfulness`: share of the answers given whose own words are supported by the sentences that
    they cite. `correctness`: mean over all questions of the marks from 1 to 5, given with the gold
    answers at hand. `failed`: share of the questions of which a judgement failed; there the answer
    counts as unfaithful, or its mark is 1."""
    given = np.array([judgement.stated for judgement in judgements], float)
    faithful = np.array([judgement.faithful is True for judgement in judgements], float)
    marks = np.array([judgement.correctness or _WORST for judgement in judgements], float)
    failed = np.array([bool(judgement.failures) for judgement in judgements], float)
    every = np.ones(len(judgements))
    return {
        "faithfulness": Ratio(faithful * given, given),
        "correctness": Ratio(marks, every),
        "failed": Ratio(failed, every),
    }


async def _judge(
    model: LanguageModel, results: Sequence[Result], progress: Progress | None
) -> list[Judgement]:
    # One loop for all: the client keeps its connections, which belong to a loop.
    llm = model.llm.model_copy(update={"max_tokens": _JUDGEMENT_TOKENS})
    faithfulness = FaithfulnessEvaluator(llm=llm)
    correctness = CorrectnessEvaluator(llm=llm, parser_function=_mark)
    judgements = []
    for n, result in enumerate(results, start=1):
        judgements.append(await _judged(result, faithfulness, correctness))
        if progress:
            progress("judgements", n, len(results))
    return judgements


async def _judged(
    result: Result, faithfulness: FaithfulnessEvaluator, correctness: CorrectnessEvaluator
) -> Judgement:
    if result.error is not None:
        return Judgement(stated=True, failures=[f"not asked: {result.error}"])
    failures: list[str] = []
    said, quotes = result.said, [cited.quote for cited in result.citations]
    faithful = mark = None
    if result.answered:
        verdict = await _asked(
            faithfulness.aevaluate(query=result.case.question, response=said, contexts=quotes),
            failures,
        )
        if verdict and re.search(r"\b(yes|no)\b", verdict.feedback or "", re.IGNORECASE):
            faithful = verdict.passing
        elif verdict:
            failures.append(f"neither yes nor no: {(verdict.feedback or '')[:80]!r}")
    verdict = await _asked(
        correctness.aevaluate(
            query=result.case.question,
            response=said,
            reference=" / ".join(result.case.answers) or _NO_ANSWER,
        ),
        failures,
    )
    if verdict and verdict.score is not None:
        mark = verdict.score
    elif verdict:
        failures.append(f"no mark: {(verdict.feedback or '')[:80]!r}")
    return Judgement(result.answered, faithful, mark, failures)


async def _asked(judging, failures: list[str]) -> EvaluationResult | None:  # type: ignore[no-untyped-def]
    try:
        verdict: EvaluationResult = await judging
    except Exception as error:  # client, transport and server raise dozens of types
        log.debug("a judgement failed", exc_info=True)
        failures.append(f"{type(error).__name__}: {' '.join(str(error).split())[:160]}")
        return None
    return verdict


def _mark(said: str) -> tuple[float | None, str]:
    """The mark with which `said` begins. LlamaIndex's own parser raises at a mark without a line
    of reasons, and takes any number."""
    found = _SCORE.match(said)
    mark = float(found[1]) if found else None
    return (mark if mark is not None and mark <= _BEST else None), said
